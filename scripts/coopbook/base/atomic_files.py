"""Files written whole or not at all: in the place of another, as new ones never over another, or
many together.

They are on the disk before they have their names, and their names before the call is back: what a
secretary filed is there after a power cut, whole, and what was erased has not come back.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from .messages import Misuse, _


@contextmanager
def names_file(path: Path | str) -> Iterator[None]:
    """Say in what the disk refuses which file it was: of a write, the system does not."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(path)
        raise


def _keep_file(path: Path) -> None:
    """Wait until the disk has what a file holds."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def _keep_names(folder: Path, root: Path | None = None) -> None:
    """Wait until the disk has the names in a folder, and in those above it up to `root`. Not every
    system can be asked to; those that cannot keep them in an order of their own.
    """
    above = [one for one in folder.parents if root and one.is_relative_to(root)]
    for one in (folder, *above):
        with suppress(OSError):
            opened = os.open(one, os.O_RDONLY)
            try:
                os.fsync(opened)
            finally:
                os.close(opened)


def replace_file(path: Path, data: bytes, *, lasting: bool = True) -> None:
    """Write a file, over the one that is there if there is one. What can be made again at any time
    need not be `lasting`: the disk takes it when it likes.
    """
    new = path.with_name(f".{path.name}.new")
    try:
        with names_file(path):
            new.write_bytes(data)
            if lasting:
                _keep_file(new)
        new.replace(path)
        if lasting:
            _keep_names(path.parent)
    finally:
        new.unlink(missing_ok=True)


def create_file(root: Path, file: str, data: bytes) -> None:
    """Write a new file of `root`; Misuse where there is one of this name, or where its folder leads
    out of `root`.
    """
    path = root / file
    if not path.parent.resolve().is_relative_to(root.resolve()):
        raise Misuse(
            _(
                "The folder {folder} is a link to somewhere else: nothing was written.",
                folder=path.parent,
            )
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    try:
        with names_file(path):
            new.write_bytes(data)
            _keep_file(new)
        _name(new, path)
        _keep_names(path.parent, root)
    except FileExistsError:
        raise Misuse(_("There is already a file {file}: nothing was written.", file=file)) from None
    finally:
        new.unlink(missing_ok=True)


def _name(new: Path, path: Path) -> None:
    """Give a whole file its name; FileExistsError where another has it. Without hard links it
    cannot be done in one step.
    """
    try:
        os.link(new, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(path) from None
        new.replace(path)


def replace_all(root: Path, files: Mapping[str, bytes]) -> None:
    """Write files of `root` over those that are there, in order, once all of them lie beside
    them.
    """
    staged = {root / file: (root / file).with_name(f".{Path(file).name}.new") for file in files}
    try:
        for (path, new), data in zip(staged.items(), files.values(), strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            with names_file(path):
                new.write_bytes(data)
        for path, new in staged.items():
            with names_file(path):
                _keep_file(new)
        for path, new in staged.items():
            new.replace(path)
        for folder in dict.fromkeys(path.parent for path in staged):
            _keep_names(folder, root)
    finally:
        for new in staged.values():
            new.unlink(missing_ok=True)


def rename_files(root: Path, names: Mapping[str, str]) -> None:
    """Give files of `root` other names in their folders, also where a disk takes the two names for
    one.
    """
    for old, new in names.items():
        (root / old).rename(root / new)
    for folder in dict.fromkeys((root / new).parent for new in names.values()):
        _keep_names(folder)


def delete_files(root: Path, files: Iterable[str]) -> None:
    """Delete files of `root`; one that is gone already is no matter."""
    paths = [root / file for file in files]
    for path in paths:
        path.unlink(missing_ok=True)
    for folder in dict.fromkeys(path.parent for path in paths):
        _keep_names(folder)


def create_files(root: Path, files: Mapping[str, bytes]) -> None:
    """Write new files of `root`, those of a folder all or none; Misuse where one is there already.

    Cut off between two folders, what was written is whole, and the same call would write the rest.
    """
    for file in files:
        if (root / file).exists() or (root / file).is_symlink():
            raise Misuse(_("There is already a file {file}: nothing was written.", file=file))
        if not (root / file).parent.resolve().is_relative_to(root.resolve()):
            raise Misuse(
                _(
                    "The folder {folder} is a link to somewhere else: nothing was written.",
                    folder=Path(file).parent,
                )
            )
    by_folder: dict[Path, dict[str, bytes]] = {}
    for file, data in files.items():
        folder = next(one for one in Path(file).parents if (root / one).is_dir())
        by_folder.setdefault(folder, {})[Path(file).relative_to(folder).as_posix()] = data
    for folder, inside in by_folder.items():
        all_or_none(root / folder, inside)


def all_or_none(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write new files by their paths in a folder: made aside, then moved in, a folder of them at
    once; what was moved goes again where one cannot be.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done: list[Path] = []
    with tempfile.TemporaryDirectory(
        dir=folder.parent, prefix=".", ignore_cleanup_errors=True
    ) as made:
        aside = Path(made)
        for name, data in files.items():
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            with names_file(folder / name):
                (aside / name).write_bytes(data)
        for name in files:
            with names_file(folder / name):
                _keep_file(aside / name)
        for inner in dict.fromkeys((aside / name).parent for name in files):
            _keep_names(inner, aside)
        try:
            for top in dict.fromkeys(Path(name).parts[0] for name in files):
                (aside / top).rename(folder / top)
                done.append(folder / top)
            _keep_names(folder, folder.parent)
        except BaseException:
            for path in done:
                with suppress(OSError):
                    if path.is_dir():
                        shutil.rmtree(path)
                    else:
                        path.unlink()
            raise
