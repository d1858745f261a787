"""Where this program came from, as a requirement that installs the very same one elsewhere."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec
from msgspec import Struct

from ..base.git import GitError, Repository
from ..base.messages import Message, _
from ..base.shipped import PACKAGE, find_checkout

NAME = "coopbook"


class Origin(NamedTuple):
    """A requirement as pip reads it; `wrong` says why it will not give the same program elsewhere,
    each with its mending.
    """

    requirement: str
    wrong: tuple[tuple[Message, Message], ...] = ()


def origin() -> Origin:
    """What made this program: a checkout, or what the installer has written down (PEP 610,
    direct_url.json), or the package index.
    """
    if folder := find_checkout():
        return of_folder(folder)
    try:
        installed = distribution(NAME)
    except PackageNotFoundError:
        return of_folder(PACKAGE)
    noted = installed.read_text("direct_url.json")
    return (
        of_url(msgspec.json.decode(noted, type=DirectUrl))
        if noted
        else Origin(f"{NAME}=={installed.version}")
    )


class Checkout(Struct, frozen=True):
    """The commit that was installed, of which kind of repository."""

    vcs: str
    commit_id: str


class Archive(Struct, frozen=True):
    """The file that was installed: its digests by their method, or one as `method=digest`."""

    hashes: dict[str, str] = {}
    hash: str = ""

    @property
    def known_by(self) -> str:
        """Its SHA-256 as a requirement says it; empty where it is not known."""
        written = [*(f"{method}={digest}" for method, digest in self.hashes.items()), self.hash]
        return next((one for one in written if one.startswith("sha256=")), "")


class DirectUrl(Struct, frozen=True):
    """What an installer notes of where it took a program from:
    https://packaging.python.org/specifications/direct-url-data-structure/.
    """

    url: str
    subdirectory: str = ""
    vcs_info: Checkout | None = None
    dir_info: dict[str, Any] | None = None
    archive_info: Archive = Archive()


def of_url(noted: DirectUrl) -> Origin:
    """The requirement for what an installer noted."""
    url = _without_password(noted.url)
    below = f"subdirectory={noted.subdirectory}" if noted.subdirectory else ""
    if noted.vcs_info:
        return _of_commit(noted.vcs_info.vcs, url, noted.vcs_info.commit_id, below)
    if noted.dir_info is not None:
        return of_folder(Path(unquote(urlsplit(url).path)))
    known = noted.archive_info.known_by
    parts = "&".join(filter(None, [known, below]))
    found = _elsewhere(f"{NAME} @ {url}" + (f"#{parts}" if parts else ""), url)
    return found if known or found.wrong else Origin(found.requirement, (_UNKNOWN_DIGEST,))


def of_folder(folder: Path) -> Origin:
    """The commit of a checkout, at the address it is fetched from."""
    commit = _git(folder, "rev-parse", "HEAD")
    if not commit:
        bare = _(
            "Coopbook was installed from a folder of this computer, {folder}, without its "
            "history: elsewhere it will not be found.",
            folder=folder,
        )
        return Origin(f"{NAME} @ {folder.absolute().as_uri()}", ((bare, _SOURCE),))
    changed = _(
        "Coopbook's own files were changed since {commit}: elsewhere those changes will be "
        "missing.",
        commit=commit[:12],
    )
    record = _("Record and publish them, then name that version: --source REQUIREMENT.")
    wrong: tuple[tuple[Message, Message], ...] = (
        ((changed, record),) if _git(folder, "status", "--porcelain") else ()
    )
    remote = _git(folder, "config", "--get", "remote.origin.url")
    if not remote:
        alone = _(
            "Coopbook's own files stand on this computer alone: their folder, {folder}, has "
            "no address elsewhere.",
            folder=folder,
        )
        return Origin(
            _of_commit("git", folder.absolute().as_uri(), commit).requirement,
            ((alone, _SOURCE), *wrong),
        )
    if not _git(folder, "branch", "--remotes", "--contains", commit):
        unknown = _(
            "The version {commit} of Coopbook is not published yet: elsewhere it will not be "
            "found.",
            commit=commit[:12],
        )
        wrong = (*wrong, (unknown, _("Publish it before others install.")))
    found = _of_commit("git", _address(remote), commit)
    return Origin(found.requirement, (*found.wrong, *wrong))


_SOURCE = _(
    "Say where others find it: --source REQUIREMENT, or put that line into requirements.txt."
)


_UNKNOWN_DIGEST = (
    _("Coopbook's installer noted no digest: another file at that address would be installed."),
    _("Name its digest behind the address: --source “coopbook @ https://…#sha256=…”."),
)


def _of_commit(vcs: str, url: str, commit: str, below: str = "") -> Origin:
    """The requirement for a commit. An address without a host is not read behind “name @” by older
    versions of pip.
    """
    if urlsplit(url).scheme == "file":
        return _elsewhere(
            f"{vcs}+{url}@{commit}#{'&'.join(filter(None, [f'egg={NAME}', below]))}", url
        )
    return _elsewhere(f"{NAME} @ {vcs}+{url}@{commit}" + (f"#{below}" if below else ""), url)


def _elsewhere(requirement: str, url: str) -> Origin:
    """A requirement, with what is wrong where its address is on this computer alone."""
    if urlsplit(url).scheme in {"http", "https", "ssh", "git"}:
        return Origin(requirement)
    return Origin(
        requirement,
        (
            (
                _(
                    "Coopbook was installed from this computer: {url} is found nowhere else.",
                    url=url,
                ),
                _SOURCE,
            ),
        ),
    )


def _address(remote: str) -> str:
    """A remote's address as pip reads it: git's short form host:path has none of its own."""
    short = re.fullmatch(r"([^/:@]+@[^/:]+):(?!//)(.+)", remote)
    if short:
        return f"ssh://{short[1]}/{short[2].lstrip('/')}"
    if "://" not in remote:
        return Path(remote).absolute().as_uri()
    return _without_password(remote)


def _without_password(url: str) -> str:
    """An address without a password or token: it would be published."""
    return re.sub(r"^(https?://)[^/@]*@", r"\1", re.sub(r"^(ssh://[^/@:]*):[^/@]*@", r"\1@", url))


def _git(folder: Path, *arguments: str) -> str:
    try:
        return Repository(folder).text(*arguments)
    except GitError:
        return ""
