"""A clone with its remote, as votes need it: fetch, compare two commits, commit and push."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from ..base.git import HOW, GitError, Repository, path_text
from ..base.messages import Message, _
from ..decisions.proposed_change import MOST_BYTES, Altered

BASE = "refs/coopbook/base"
SEEN = "refs/coopbook/votes/"
"""Where the texts of a change are noted, in the order they were seen, each with its commit."""
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,199}")
COMMIT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
NO_OBJECT = "0" * 40
_FETCH = (
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-write-fetch-head",
    "--no-recurse-submodules",
    "--end-of-options",
)


class Clone(Repository):
    """A clone of the co-op's whole repository, and its remote.

    Args:
        root: The clone's top folder.
        remote: The remote's name; `.` for the clone itself.
        token: What the forge knows us by; it goes to the host of `web` alone.
        web: The forge's address for people.

    Raises:
        GitError: Where the clone is shallow, or `root` is a part of it only.
    """

    def __init__(self, root: Path, remote: str = "origin", token: str = "", web: str = "") -> None:
        super().__init__(root)
        self.remote, self._token, self._web = remote, token, web
        if remote != "." and not NAME.fullmatch(remote):
            raise GitError(_("“{name}” is no name of a remote.", name=remote))
        if self.is_shallow():
            raise GitError(
                _(
                    "Only the newest part of the history of “{folder}” is here: fetch it "
                    "whole (fetch-depth: 0).",
                    folder=root,
                )
            )
        if self.prefix():
            raise GitError(_("“{folder}” is a part of a repository, not the whole.", folder=root))

    @property
    def lock(self) -> Path:
        """A file to be held by one vote at a time in this clone."""
        folder = self.run("rev-parse", "--absolute-git-dir").rstrip(b"\n")
        return Path(os.fsdecode(folder)) / "coopbook.lock"

    def fetch(self, base: str, change: str) -> tuple[str, str]:
        """The commits of the base branch and of a change's reference, from the remote."""
        if (
            not NAME.fullmatch(base)
            or not re.fullmatch(r"refs/[A-Za-z0-9/_-]+", change)
            or ".." in base
        ):
            raise GitError(_("“{name}” is no name of a branch.", name=base))
        mine = f"refs/coopbook/{change.removeprefix('refs/')}"
        self.run(
            *_FETCH, self.remote, f"+refs/heads/{base}:{BASE}", f"+{change}:{mine}", online=True
        )
        return self.commit(BASE), self.commit(mine)

    def has(self, commit: str) -> bool:
        """Whether a commit is here, or can be had."""
        if not COMMIT.fullmatch(commit):
            return False
        for _again in range(2):
            if not self.attempt("cat-file", "-e", f"{commit}^{{commit}}").returncode:
                return True
            self.attempt(*_FETCH, self.remote, commit, online=True)
        return False

    def fork(self, base: str, head: str) -> str:
        """Where a change left the base."""
        found = self.attempt("merge-base", base, head)
        if found.returncode:
            raise GitError(_("The change has nothing in common with the base."))
        return found.stdout.decode().strip()

    def merge_of(self, base: str, head: str) -> str:
        """The commit on the base that brought a head in; nothing where there is none."""
        rows = self.text(
            "rev-list", "--merges", "--parents", "--ancestry-path", f"{head}..{base}"
        ).splitlines()
        return next((row.split()[0] for row in rows if head in row.split()[2:]), "")

    def merge(self, base: str, head: str) -> str | None:
        """The tree that a merge of two commits would give, made of objects alone; None where they
        contradict one another.
        """
        ran = self.attempt("merge-tree", "--write-tree", "--no-messages", base, head)
        made = ran.stdout.decode("ascii", "replace").partition("\n")[0]
        if ran.returncode not in (0, 1) or not COMMIT.fullmatch(made):
            said = ran.stderr.decode("utf-8", "replace").strip().splitlines() or ["?"]
            reason = self.clean(said[-1])
            raise GitError(_("Git cannot merge the change here: {reason}", reason=reason))
        return made if ran.returncode == 0 else None

    def commits(self, base: str, head: str) -> set[str]:
        """The commits of a change."""
        return set(self.text("rev-list", head, f"^{base}").split())

    def steps(self, base: str, head: str, most: int = 100) -> list[str]:
        """The commits of a change, its newest first."""
        return self.text(
            "rev-list", "--first-parent", f"--max-count={most}", head, f"^{base}"
        ).split()

    def as_of(self, commit: str, moment: datetime) -> str:
        """What the base was at an instant, going back from a commit; nothing where it is
        younger.
        """
        return self.text(
            "rev-list", "--first-parent", "--max-count=1", f"--before={moment.isoformat()}", commit
        )

    def list_altered(self, fork: str, head: str) -> list[Altered]:
        """What differs between two commits; contents that are too big are not read."""
        raw = self.run(
            "diff-tree",
            "-r",
            "-z",
            "--raw",
            "--no-renames",
            "--no-abbrev",
            "--no-ext-diff",
            fork,
            head,
        )
        rows = list(_raw(raw.split(b"\0")))
        sizes = self._sizes(
            blob for _path, how, mode, blob in rows if how != "D" and mode != "160000"
        )
        return [
            Altered(
                path,
                HOW.get(how, "altered"),
                "" if how == "D" else mode,
                self._content(blob, sizes),
                sizes.get(blob, 0),
            )
            for path, how, mode, blob in rows
        ]

    def _content(self, blob: str, sizes: Mapping[str, int]) -> str:
        if blob not in sizes:
            return "" if blob == NO_OBJECT else blob
        return hashlib.sha256(self.blob(blob)).hexdigest() if sizes[blob] <= MOST_BYTES else blob

    def _sizes(self, blobs: Iterable[str]) -> dict[str, int]:
        wanted = "".join(f"{blob}\n" for blob in blobs)
        rows = (
            self.run("cat-file", "--batch-check=%(objectname) %(objectsize)", stdin=wanted.encode())
            .decode()
            .split("\n")
        )
        return {name: int(size) for name, size in (row.split() for row in rows if row)}

    def store(self, content: bytes) -> str:
        """An object that holds this, and its name."""
        return self.run("hash-object", "-w", "--stdin", stdin=content).decode().strip()

    def commit_tree(
        self, tree: Mapping[str, tuple[str, str]], parents: Iterable[str], words: str, index: Path
    ) -> str:
        """A commit of these files; `index` is a file that does not exist yet."""
        rows = b"".join(
            f"{mode} {blob}\t".encode() + os.fsencode(path) + b"\0"
            for path, (mode, blob) in tree.items()
        )
        self.run("update-index", "-z", "--index-info", stdin=rows, index=index)
        made = self.run("write-tree", index=index).decode().strip()
        arguments = [part for parent in parents for part in ("-p", parent)]
        return (
            self.run("commit-tree", *arguments, "-F", "-", made, stdin=words.encode())
            .decode()
            .strip()
        )

    def push(self, commit: str, base: str) -> Message | None:
        """The base branch onto a commit that comes after it, never by force; why the remote
        refused, if it did.
        """
        push = (
            "push",
            "--porcelain",
            "--no-verify",
            "--no-follow-tags",
            "--end-of-options",
            self.remote,
            f"{commit}:refs/heads/{base}",
        )
        ran = self.attempt(*push, online=True)
        if not ran.returncode:
            return None
        said = [
            line
            for line in (ran.stdout + ran.stderr).decode("utf-8", "replace").splitlines()
            if line.startswith(("!", "remote:", "fatal:"))
        ]
        return _(
            "The repository refused what was to be recorded: {reason}",
            reason=self.clean(" ".join(said) or "?"),
        )

    def read_noted(self, number: int) -> list[tuple[datetime, str]]:
        """What was noted of a change's texts: since when, and the fingerprint; the newest first."""
        name = f"{SEEN}{number}"
        listed = self.attempt(
            "ls-remote", "--exit-code", "--end-of-options", self.remote, name, online=True
        )
        if listed.returncode:
            return []
        self.run(*_FETCH, self.remote, f"+{name}:{name}", online=True)
        rows = (
            row.partition(" ")
            for row in self.text("log", "--first-parent", "--format=%s", name).splitlines()[:-1]
        )
        return [(datetime.fromisoformat(since), text) for since, _space, text in rows]

    def noted_heads(self, number: int) -> dict[str, str]:
        """The commit with which each text of a change was noted first, by the text's fingerprint;
        as of the last `read_noted`.
        """
        name = f"{SEEN}{number}"
        if self.attempt("rev-parse", "--verify", "--quiet", name).returncode:
            return {}
        rows = self.text("log", "--first-parent", "--format=%s %P", name).splitlines()[:-1]
        found = (row.split() for row in rows)
        return {text: parents[1] for _since, text, *parents in found if len(parents) == 2}

    def note(self, number: int, since: datetime, text: str, head: str) -> None:
        """Note the text of a change, and keep its commit, which a later push may leave behind.
        Nothing where the remote does not take it.
        """
        name, empty = (
            f"{SEEN}{number}",
            self.run("hash-object", "-w", "-t", "tree", "--stdin").decode().strip(),
        )
        last = self.attempt("rev-parse", "--verify", "--quiet", name).stdout.decode().strip()
        last = (
            last or self.run("commit-tree", "-F", "-", empty, stdin=b"Coopbook\n").decode().strip()
        )
        words = f"{since.isoformat()} {text}\n".encode()
        made = (
            self.run("commit-tree", "-p", last, "-p", head, "-F", "-", empty, stdin=words)
            .decode()
            .strip()
        )
        self.attempt(
            "push",
            "--quiet",
            "--no-verify",
            "--end-of-options",
            self.remote,
            f"{made}:{name}",
            online=True,
        )

    def _credentials(self) -> dict[str, str]:
        """The token for the forge's own address alone, told to git by its environment: no command
        line and no file shows it.
        """
        address = urlsplit(self._web)
        if address.scheme != "https" or not address.hostname:
            return {}
        basic = base64.b64encode(f"x-access-token:{self._token}".encode()).decode()
        setting = f"http.{address.scheme}://{address.netloc}/.extraHeader"
        return {setting: f"Authorization: Basic {basic}"}

    def _settings(self, online: bool) -> dict[str, str]:
        settings = super()._settings(online)
        return settings | self._credentials() if online and self._token else settings

    def clean(self, text: str) -> str:
        """What git said, without the token."""
        return super().clean(text.replace(self._token, "…") if self._token else text)


def _raw(tokens: list[bytes]) -> Iterator[tuple[str, str, str, str]]:
    """Path, status, mode and object after, from what diff-tree says."""
    for head, path in zip(tokens[::2], tokens[1::2], strict=False):
        _old, mode, _was, blob, how = head.decode("ascii").lstrip(":").split()
        yield path_text(path), how[:1], mode, blob
