"""A clone with its remote, as votes need it: fetch, compare two commits, commit and push."""

from __future__ import annotations

import base64
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from ..base.git import HOW, GitError, Repository, path_text
from ..base.messages import Message, _
from ..decisions.proposed_change import MOST_BYTES, Altered

BASE = "refs/coopbook/base"
SEEN = "refs/coopbook/votes/"
"""Where the journal of each change is kept, by its number."""
JOURNAL = "journal.jsonl"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,199}")
COMMIT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
NO_OBJECT = "0" * 40
RACES = 5
"""How often a run begins again because another was faster, before it gives up."""
_FETCH = (
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-write-fetch-head",
    "--no-recurse-submodules",
    "--end-of-options",
)


@dataclass(frozen=True)
class KeptJournal:
    """What is kept of a change: the commit, and what its journal holds; `noted` is what stood there
    before there were journals: since when which text was known, with which commit, the newest
    first.
    """

    tip: str = ""
    content: bytes = b""
    noted: tuple[tuple[datetime, str, str], ...] = ()


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
        if not re.fullmatch(r"refs/[A-Za-z0-9/_-]+", change):
            raise GitError(_("“{name}” is no name of a branch.", name=change))
        _require_branch(base)
        mine = f"refs/coopbook/{change.removeprefix('refs/')}"
        self.run(
            *_FETCH, self.remote, f"+refs/heads/{base}:{BASE}", f"+{change}:{mine}", online=True
        )
        return self.commit(BASE), self.commit(mine)

    def fetch_base(self, base: str) -> str:
        """The commit of the base branch, from the remote."""
        _require_branch(base)
        self.run(*_FETCH, self.remote, f"+refs/heads/{base}:{BASE}", online=True)
        return self.commit(BASE)

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

    def is_part_of(self, commit: str, head: str) -> bool:
        """Whether a commit is one of those that a head rests on, or the head itself."""
        known = COMMIT.fullmatch(commit) is not None
        return known and not self.attempt("merge-base", "--is-ancestor", commit, head).returncode

    def merged_steps(self, start: str, base: str, folder: str) -> list[tuple[str, datetime]]:
        """The commits by which files of a folder came onto the base after one of its commits (after
        none: all), the oldest first, each with its instant.
        """
        after = [f"^{start}"] if start else []
        rows = self.text(
            *("log", "--first-parent", "--reverse", "--no-show-signature", "--format=%H %cI"),
            *(base, *after, "--", folder),
        ).splitlines()
        return [
            (commit, datetime.fromisoformat(at)) for commit, at in (row.split() for row in rows)
        ]

    def merged_change(self, commit: str) -> tuple[int, set[str]] | None:
        """The number of the change that a merge on the base brought, by the head that the remote
        keeps of it, and its commits; None where it is no merge, or of no change that is known.
        """
        base, *heads = self.text("log", "-1", "--format=%P", commit).split()[:2] or [""]
        if not heads:
            return None
        listed = self.attempt(
            *("ls-remote", "--end-of-options", self.remote),
            *("refs/pull/*/head", "refs/merge-requests/*/head"),
            online=True,
        )
        rows = (row.split("\t") for row in listed.stdout.decode("utf-8", "replace").splitlines())
        names = [name for head, name in rows if head == heads[0]]
        number = names[0].split("/")[2] if len(names) == 1 else ""
        return (int(number), self.commits(base, heads[0])) if number.isdecimal() else None

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
        return _(
            "The repository refused what was to be recorded: {reason}",
            reason=self._reason_of(ran.stdout + ran.stderr),
        )

    def read_journal(self, number: int) -> KeptJournal:
        """What the remote has of the journal of a change, or in the place where one would be."""
        name = f"{SEEN}{number}"
        if not self._remote_tip(name):
            return KeptJournal()
        self.run(*_FETCH, self.remote, f"+{name}:{name}", online=True)
        return self.journal_here(number)

    def journal_here(self, number: int) -> KeptJournal:
        """What this clone has of the journal of a change."""
        name = f"{SEEN}{number}"
        tip = self.attempt("rev-parse", "--verify", "--quiet", name).stdout.decode().strip()
        if not tip:
            return KeptJournal()
        held = self.tree(tip).get(JOURNAL)
        if held is not None:
            return KeptJournal(tip, self.blob(held[1]))
        return KeptJournal(tip, noted=tuple(self._read_noted(name)))

    def journals_here(self) -> list[int]:
        """The numbers of the changes whose journals this clone has."""
        rows = self.text("for-each-ref", "--format=%(refname)", SEEN).splitlines()
        return sorted(int(one) for row in rows if (one := row.removeprefix(SEEN)).isdecimal())

    def fetch_journals(self) -> list[int]:
        """Bring all journals of the remote here; the numbers of their changes."""
        rows = self.run("ls-remote", "--end-of-options", self.remote, f"{SEEN}*", online=True)
        names = {row.partition("\t")[2] for row in rows.decode("utf-8", "replace").splitlines()}
        numbers = sorted(int(one) for name in names if (one := name[len(SEEN) :]).isdecimal())
        if numbers:
            self.run(*_FETCH, self.remote, f"+{SEEN}*:{SEEN}*", online=True)
        return numbers

    def keep_journal(
        self, number: int, tip: str, content: bytes, head: str = ""
    ) -> Message | Literal["kept", "raced"]:
        """Put a longer journal in the place of the one that was read, unless somebody was faster.

        Args:
            number: Of the change.
            tip: What was read: nothing, or a commit.
            content: What the journal holds now.
            head: A commit to be kept with it, which a later push may leave behind.

        Returns:
            `kept`; `raced` where another run was faster: read it again; or why the remote does not
            take it.
        """
        name = f"{SEEN}{number}"
        row = f"100644 blob {self.store(content)}\t{JOURNAL}\n".encode()
        tree = self.run("mktree", stdin=row).decode().strip()
        parents = [part for one in (tip, head) if one for part in ("-p", one)]
        words = f"Journal of the vote on change {number}\n".encode()
        made = self.run("commit-tree", *parents, "-F", "-", tree, stdin=words).decode().strip()
        ran = self.attempt(
            "push",
            "--porcelain",
            "--no-verify",
            "--no-follow-tags",
            f"--force-with-lease={name}:{tip}",
            "--end-of-options",
            self.remote,
            f"{made}:{name}",
            online=True,
        )
        if not ran.returncode:
            return "kept"
        if self._remote_tip(name) != tip:
            return "raced"
        return _(
            "What was seen of the vote could not be kept: {reason}",
            reason=self._reason_of(ran.stdout + ran.stderr),
        )

    def _remote_tip(self, name: str) -> str:
        """The commit that a reference of the remote has; nothing where there is none."""
        rows = self.run("ls-remote", "--end-of-options", self.remote, name, online=True)
        found = (row.split("\t") for row in rows.decode("utf-8", "replace").splitlines())
        return next((row[0] for row in found if row[1:] == [name]), "")

    def _read_noted(self, name: str) -> Iterator[tuple[datetime, str, str]]:
        """What stood in the place of a journal before there were any: since when which text was
        known, with which commit, the newest first.
        """
        for row in self.text("log", "--first-parent", "--format=%s %P", name).splitlines():
            with suppress(ValueError):
                since, text, _before, head = row.split()
                yield datetime.fromisoformat(since), text, head

    def _reason_of(self, out: bytes) -> str:
        """Why a push was refused, in git's own words or the remote's."""
        said = [
            line
            for line in out.decode("utf-8", "replace").splitlines()
            if line.startswith(("!", "remote:", "fatal:"))
        ]
        return self.clean(" ".join(said) or "?")

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


def _require_branch(name: str) -> None:
    if not NAME.fullmatch(name) or ".." in name:
        raise GitError(_("“{name}” is no name of a branch.", name=name))


def _raw(tokens: list[bytes]) -> Iterator[tuple[str, str, str, str]]:
    """Path, status, mode and object after, from what diff-tree says."""
    for head, path in zip(tokens[::2], tokens[1::2], strict=False):
        _old, mode, _was, blob, how = head.decode("ascii").lstrip(":").split()
        yield path_text(path), how[:1], mode, blob
