"""The site that readers see, the next one beside it and the one before: exchanged in one step, so
that there is never half a site.

`<site>.new` is being made; `<site>.previous` is what the last build replaced, for `coopbook
rollback`, unless somebody was taken off. Only what is whole is ever called one of the other two
names. `recover` puts right what a process that was killed has left; it and all that follows run
under `lock`.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100
_PEOPLE = "members"
"""The folder of a site, below that of a language, whose folders are people's pages."""
_DATA = "api/v1/members"
"""The folder of a site that has a file of open data of each person who lets others copy it."""


_SEARCH = "search"
"""The folder of a site that has a row of each person who is here, in each language."""
_CONTACTS = re.compile(rb'id="_contact">.*?<ul class="coop-contact">(.*?)</ul>', re.DOTALL)
"""Where the page of somebody says how they are reached."""


def real_folder(site: Path) -> Path:
    """Where a site stands that is named by a link, as servers have it: the link stays, and what it
    leads to is exchanged.
    """
    return Path(os.path.realpath(site))


def _beside(site: Path, name: str) -> Path:
    return site.with_name(f"{site.name}.{name}")


def new_folder(site: Path) -> Path:
    """Where the next site is made: beside the old one, on the same disk."""
    return _beside(site, "new")


def previous_folder(site: Path) -> Path:
    """Where the site is kept that the last build replaced."""
    return _beside(site, "previous")


def lock(site: Path) -> FileLock:
    """One build or one rollback of a site at a time."""
    return FileLock(site.with_name(f".{site.name}.lock"))


def recover(site: Path) -> None:
    """Put right what was killed: a site set aside comes back or becomes the previous one, a
    half-made one goes.
    """
    aside, new = _beside(site, "old"), new_folder(site)
    if aside.is_dir() and not site.exists():
        aside.rename(site)
    if aside.is_dir():
        _keep(aside, site)
    if new.is_dir() and _is_the_old_one(new, site):
        _keep(new, site)
    _clear(site)


def exchange(site: Path, *, keep: bool = True) -> None:
    """Put the new site in the old one's place, and keep the old one as the previous where `keep` is
    true.

    In one step where the system can, else in two with recovery at the next start.
    """
    new, aside = new_folder(site), _beside(site, "old")
    if not site.exists():
        new.rename(site)
        return
    if keep:
        _note(site).write_text(str(site.stat().st_ino))
    left = new if _exchange_at_once(new, site) else _in_two_steps(new, site, aside)
    if keep:
        _keep(left, site)
    _clear(site)


def put_back(site: Path) -> None:
    """Exchange the site with the previous one, which must be there."""
    previous = previous_folder(site)
    if not site.exists():
        previous.rename(site)
    elif not _exchange_at_once(previous, site):
        _in_two_steps(previous, site, _beside(site, "old")).rename(previous)


def _in_two_steps(new: Path, site: Path, aside: Path) -> Path:
    """Where the old site is then."""
    site.rename(aside)
    new.rename(site)
    return aside


def _keep(old: Path, site: Path) -> None:
    """Make an old site the previous one; the one that was leaves. An empty folder was no site."""
    if not (old / "index.html").is_file():
        return
    previous = previous_folder(site)
    if previous.exists():
        _take_away(_beside(site, "trash"))
        previous.rename(_beside(site, "trash"))
    old.rename(previous)


def _note(site: Path) -> Path:
    """Holds the number that the disk gives the old site's folder, for as long as it may stand under
    the name of the new one.
    """
    return site.with_name(f".{site.name}.exchange")


def _is_the_old_one(folder: Path, site: Path) -> bool:
    note = _note(site)
    return note.is_file() and note.read_text() == str(folder.stat().st_ino)


def _clear(site: Path) -> None:
    for left in (_beside(site, "old"), new_folder(site), _beside(site, "trash")):
        _take_away(left)
    _note(site).unlink(missing_ok=True)


def _take_away(left: Path) -> None:
    """Take away what is in the way of a site: a folder with all that is in it, or any file."""
    if left.is_dir() and not left.is_symlink():
        shutil.rmtree(left, ignore_errors=True)
    else:
        left.unlink(missing_ok=True)


def _exchange_at_once(one: Path, other: Path) -> bool:
    """Linux's renameat2 with RENAME_EXCHANGE; False where there is none."""
    rename = (
        getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
        if os.name == "posix"
        else None
    )
    if rename is None:
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
        return False
    raise OSError(number, os.strerror(number), str(one))


def _people_of(site: Path) -> set[str]:
    """The names of the pages of people on a site, in whatever language, of the folders of their
    photos, and of their files of open data; the addresses of those who can be found.
    """
    found = {
        page.name
        for folder in (site / _PEOPLE, *site.glob(f"*/{_PEOPLE}"))
        if folder.is_dir()
        for page in folder.iterdir()
        if page.is_dir()
    }
    given = {file.name for file in (site / _DATA).glob("*.json")}
    return found | given | {row["u"] for row in _search_rows(site)}


def _contacts_of(site: Path) -> set[bytes]:
    """The lists by which the pages of people say how they are reached, line by line."""
    pages = (
        page.read_bytes()
        for folder in (site / _PEOPLE, *site.glob(f"*/{_PEOPLE}"))
        for page in folder.glob("*/index.html")
    )
    lists = (found[1] for page in pages if (found := _CONTACTS.search(page)))
    return {line.strip() for found in lists for line in found.split(b"<li>")}


def _search_rows(site: Path) -> Iterator[dict[str, str]]:
    """What the search of a site finds: who is here, and nobody who has left."""
    for file in (site / _SEARCH).glob("*.json"):
        yield from json.loads(file.read_bytes())


@dataclass(frozen=True)
class Ready:
    """A new site beside the old one, under its lock."""

    final: Path
    lock: FileLock

    def put(self, *, keep: bool = True) -> None:
        """Put it in the old one's place. An old one that shows somebody who is gone from the new
        one, or from its open data, or an address or a number of somebody that is, is not kept, nor
        is the one before it.
        """
        new = new_folder(self.final)
        withdrawn = _people_of(self.final) - _people_of(new) or (
            _contacts_of(self.final) - _contacts_of(new)
        )
        if withdrawn:
            _take_away(previous_folder(self.final))
        exchange(self.final, keep=keep and not withdrawn)
        self.lock.release()

    def drop(self) -> None:
        """Take it away; the old one stays."""
        recover(self.final)
        self.lock.release()
