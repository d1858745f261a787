"""What a newer Coopbook makes of the files that an older one laid in a co-op's folder.

Three texts meet: what was laid (the base), what the co-op has made of it, what this Coopbook lays.
A file that nobody changed becomes the present one; one that the co-op changed keeps that and takes
what is new; where both changed the same lines it stays, and the present one lies beside it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from pathlib import Path

from msgspec import Struct, field

from ..base.git import GitError, merge_texts
from ..base.version import __version__
from ..records import starter_files
from ..records.kinds import is_our_own
from ..records.starter_files import (
    MARK,
    PACKAGES,
    REQUIREMENTS,
    Mark,
    digest,
    forge_files,
    forge_names,
    laid_texts,
    packages,
    present_files,
    read_mark,
    render_mark,
    with_pins_of,
)
from ..yaml_files.reader import parse

BESIDE = ".new"
"""How the present text of a file is called that could not be merged."""

LINE_BY_LINE = (".gitattributes", ".gitignore")
"""Files of which each line stands by itself: what is added at the end of both is kept."""

_CLOCK = re.compile(r"^  schedule:", re.MULTILINE)
"""How a workflow is told to run by the clock."""
_HOUR = re.compile(r"^ +- cron: .*$", re.MULTILINE)
_TIMED = "-timed.yml"
_COOPBOOK = re.compile(r"^(?:coopbook\b(?![-.\w])|\S+#(?:\S*&)?egg=coopbook\b).*$", re.MULTILINE)
"""The line that says which Coopbook is installed."""


class StarterPlan(Struct):
    """What an upgrade does to our files.

    Attributes:
        files: What is written, by path; the mark is the last.
        renewed: Those that nobody changed.
        merged: Those that the co-op changed, and that take what is new.
        added: Those that there were not before.
        beside: The present text of each file that could not be merged, by the file.
        waiting: Such texts of an earlier upgrade, which still lie there.
        pin: The line that says which Coopbook is installed, and the one that names this one, where
            they differ.
        first_mark: Whether no Coopbook had left a mark here.
        new_checks: Those that the Coopbook of the mark did not have; of all where there was none.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    renewed: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    beside: dict[str, str] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    pin: tuple[str, str] | None = None
    first_mark: bool = False
    new_checks: tuple[str, ...] = ()


def plan_starter(
    root: Path, checks: Iterable[str], requirement: str, *, pinned: bool
) -> StarterPlan:
    """Compare a co-op's copies of our files with what was laid and with what is laid now.

    A file that was taken out stays out. Nothing is done in a folder that has none of our files, nor
    in our own repository, whose files for the forge are made from these.

    Args:
        root: The co-op's folder.
        checks: The checks that there are now.
        requirement: The line that installs this very Coopbook.
        pinned: Whether it does so elsewhere, too, and is written.
    """
    mark = read_mark(root)
    present = _present_files(root, mark.files if mark else {})
    here = {path: text for path in present if (text := _read(root / path)) is not None}
    found = StarterPlan(first_mark=mark is None)
    laid = here or (root / REQUIREMENTS).is_file()
    if is_our_own(root) or (mark is None and not laid):
        return found
    bases = mark.files if mark else _guess_bases(here, present)
    for path, text in sorted(present.items(), key=lambda one: one[0].endswith(_TIMED)):
        if path in here:
            moved = path.replace(".yml", _TIMED) in present.keys() - here.keys() - bases.keys()
            _bring_up_to_date(found, path, here[path], text, bases.get(path, ""), moved=moved)
        elif path not in bases and (here or mark):
            _add(found, path, text, here)
    _plan_packages(found, root, bases)
    _plan_pin(found, root, requirement, pinned)
    now = {**bases, **{path: digest(text) for path, text in present.items()}}
    if (root / PACKAGES).is_file() or PACKAGES in found.files or PACKAGES in bases:
        now[PACKAGES] = digest(packages())
    kept = {path: now[path] for path in sorted(now)}
    slugs = tuple(sorted(checks))
    found.new_checks = tuple(slug for slug in slugs if mark is None or slug not in mark.checks)
    new = render_mark(Mark(__version__, kept, slugs))
    if _is_free(root, MARK) and _read(root / MARK) != new.decode():
        found.files[MARK] = new
    found.waiting = [f"{path}{BESIDE}" for path in now if (root / f"{path}{BESIDE}").is_file()]
    return found


def _present_files(root: Path, had: Mapping[str, str]) -> dict[str, str]:
    """The files of ours that concern a co-op: the common ones, and those of each forge of which it
    has any, or had. One that a link leads to, or that is no text, is not ours to touch.
    """
    others = {
        path
        for forge in forge_names()
        if not any((root / path).is_file() or path in had for path in forge_files(forge))
        for path in forge_files(forge)
    }
    return {
        path: text
        for path, text in present_files().items()
        if path not in others and _is_free(root, path)
    }


def _is_free(root: Path, path: str) -> bool:
    """Whether a file may be written: its text can be read, or there is nothing of its name."""
    file = root / path
    inside = file.parent.resolve().is_relative_to(root.resolve())
    return inside and (_read(file) is not None or not os.path.lexists(file))


def _read(file: Path) -> str | None:
    """What a file says; None where there is none of its own, or no text."""
    if file.is_symlink() or not file.is_file():
        return None
    try:
        return file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _guess_bases(here: Mapping[str, str], present: Mapping[str, str]) -> dict[str, str]:
    """What the Coopbook laid that made a folder without a mark: of those that left none, the
    first whose files are most like the co-op's. What it laid and is not here was taken out.
    """
    nearest = {path: _nearest(path, text) for path, text in here.items()}
    editions: list[dict[str, str]] = json.loads(starter_files.UNMARKED.read_bytes())
    scores = [
        sum(edition.get(path) == one for path, one in nearest.items()) for edition in editions
    ]
    likest = editions[scores.index(max(scores))]
    return {**{path: "" for path in likest if path in present}, **nearest}


def _nearest(path: str, text: str) -> str:
    """The digest of that text of a file from which the co-op's has the fewest lines otherwise."""
    texts = laid_texts(path)
    lines = text.splitlines()

    def likeness(one: str) -> float:
        return SequenceMatcher(None, texts[one].splitlines(), lines, autojunk=False).ratio()

    return digest(text) if digest(text) in texts else max(texts, key=likeness)


def _add(found: StarterPlan, path: str, text: str, here: Mapping[str, str]) -> None:
    """Lay a new file. The clock of another runs it as that one ran by itself: not where that has no
    clock, and beside where that could not be merged.
    """
    if path.endswith(_TIMED):
        other = path.replace(_TIMED, ".yml")
        if not _CLOCK.search(here.get(other, "")):
            return
        if digest(here[other]) not in laid_texts(other):
            text = _with_clock_of(here[other], text)
        if other in found.beside:
            found.beside[path] = f"{path}{BESIDE}"
            found.files[f"{path}{BESIDE}"] = text.encode()
            return
    found.added.append(path)
    found.files[path] = text.encode()


def _with_clock_of(text: str, other: str) -> str:
    """Another text with the hours at which a co-op's copy runs, where it has as many."""
    hours = iter(_HOUR.findall(text))
    if len(_HOUR.findall(text)) != len(_HOUR.findall(other)):
        return other
    return _HOUR.sub(lambda _line: next(hours), other)


def _bring_up_to_date(
    found: StarterPlan, path: str, text: str, ours: str, base: str, *, moved: bool
) -> None:
    """Plan what becomes of a file. Where its clock has `moved` to a file of its own, other hours
    are no change of this one.
    """
    now = digest(ours)
    if now in (digest(text), base):
        return
    texts, wanted = laid_texts(path), with_pins_of(text, ours)
    if digest(text) in texts:
        found.renewed.append(path)
        found.files[path] = wanted.encode()
        return
    laid = texts.get(base) or texts[_nearest(path, text)]
    plain = text.replace("\r\n", "\n").rstrip("\n") + "\n"
    laid = with_pins_of(text, _with_clock_of(plain, laid) if moved else laid)
    merged = _merge(path, laid, plain, wanted)
    if merged is None:
        found.beside[path] = f"{path}{BESIDE}"
        found.files[f"{path}{BESIDE}"] = wanted.encode()
    elif merged != plain:
        found.merged.append(path)
        found.files[path] = merged.encode()


def _merge(path: str, base: str, text: str, ours: str) -> str | None:
    """The three texts as one; None where that cannot be, or would be no file of its kind."""
    try:
        merged = merge_texts(base, text, ours, keep_both=path in LINE_BY_LINE)
    except GitError:
        return None
    if merged is not None and path.endswith(".yml"):
        faulty = [bool(parse(one.encode(), front_matter=False).faults) for one in (text, merged)]
        return None if faulty == [False, True] else merged
    return merged


def _plan_packages(found: StarterPlan, root: Path, bases: Mapping[str, str]) -> None:
    """The list of programs is made, not written: one that is as it was laid is replaced."""
    text, ours = _read(root / PACKAGES), packages()
    if not _is_free(root, PACKAGES):
        return
    if text is None:
        if PACKAGES not in bases and (root / REQUIREMENTS).is_file():
            found.added.append(PACKAGES)
            found.files[PACKAGES] = ours.encode()
    elif digest(ours) not in (digest(text), bases.get(PACKAGES)):
        if digest(text) == bases.get(PACKAGES):
            found.renewed.append(PACKAGES)
            found.files[PACKAGES] = ours.encode()
        else:
            found.beside[PACKAGES] = f"{PACKAGES}{BESIDE}"
            found.files[f"{PACKAGES}{BESIDE}"] = ours.encode()


def _plan_pin(found: StarterPlan, root: Path, requirement: str, pinned: bool) -> None:
    """Name this Coopbook where the folder says which one is installed."""
    text = _read(root / REQUIREMENTS) or ""
    lines = _COOPBOOK.findall(text)
    if len(lines) != 1 or lines[0].strip() == requirement:
        return
    found.pin = (lines[0].strip(), requirement)
    if pinned:
        found.files[REQUIREMENTS] = _COOPBOOK.sub(lambda _line: requirement, text).encode()
