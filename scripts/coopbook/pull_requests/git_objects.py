"""The one place that asks git of a vote: objects, references and a push; never a checkout, a hook or a program of what is proposed."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from ..base.messages import Message, _, shown
from ..decisions.proposed_change import MOST_BYTES, Altered

BASE = "refs/coopbook/base"
SEEN = "refs/coopbook/votes/"
"""Where the texts of a change are noted, in the order in which they were seen, each with its commit."""
QUIET = {
    "core.hooksPath": os.devnull, "core.fsmonitor": "false", "core.attributesFile": os.devnull, "commit.gpgSign": "false",
    "push.gpgSign": "false", "push.followTags": "false", "fetch.recurseSubmodules": "false", "push.recurseSubmodules": "no",
    "gc.auto": "0", "maintenance.auto": "false", "protocol.ext.allow": "never", "core.quotePath": "false",
}  # fmt: skip
"""What somebody's settings may not change."""
KEPT = (
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_ASKPASS",
    "GIT_EXEC_PATH",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_NOSYSTEM",
)
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,199}")
COMMIT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
NO_OBJECT = "0" * 40


class GitError(Exception):
    """Git could not. `message` is a sentence for a person."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


class Git:
    """A clone of the co-op's repository and its remote."""

    def __init__(self, root: Path, remote: str = "origin", token: str = "", web: str = "") -> None:
        self.root, self.remote, self._token, self._web = root, remote, token, web
        if remote != "." and not NAME.fullmatch(remote):
            raise GitError(_("“{name}” is no name of a remote.", name=remote))
        shallow = (
            self._run("rev-parse", "--is-shallow-repository", "--show-prefix").decode().split("\n")
        )
        if shallow[0] == "true":
            raise GitError(
                _(
                    "Only the newest part of the history of “{folder}” is here: fetch it whole (fetch-depth: 0).",
                    folder=root,
                )
            )
        if shallow[1]:
            raise GitError(_("“{folder}” is a part of a repository, not the whole.", folder=root))

    @property
    def lock(self) -> Path:
        """A file to be held by one vote at a time in this clone."""
        return Path(self._text("rev-parse", "--absolute-git-dir")) / "coopbook.lock"

    def fetch(self, base: str, change: str) -> tuple[str, str]:
        """The commits of the base branch and of a change's reference, from the remote."""
        if (
            not NAME.fullmatch(base)
            or not re.fullmatch(r"refs/[A-Za-z0-9/_-]+", change)
            or ".." in base
        ):
            raise GitError(_("“{name}” is no name of a branch.", name=base))
        mine = f"refs/coopbook/{change.removeprefix('refs/')}"
        fetch = (
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-recurse-submodules",
            "--end-of-options",
            self.remote,
        )
        self._run(*fetch, f"+refs/heads/{base}:{BASE}", f"+{change}:{mine}", online=True)
        return self.commit(BASE), self.commit(mine)

    def commit(self, name: str) -> str:
        """The commit of a name. GitError where there is none."""
        return self._text(
            "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}"
        )

    def has(self, commit: str) -> bool:
        """Whether a commit is here, or can be had."""
        if not COMMIT.fullmatch(commit):
            return False
        for _again in range(2):
            if not self._tried("cat-file", "-e", f"{commit}^{{commit}}").returncode:
                return True
            fetch = (
                "fetch",
                "--quiet",
                "--no-tags",
                "--no-write-fetch-head",
                "--no-recurse-submodules",
                "--end-of-options",
            )
            self._tried(*fetch, self.remote, commit, online=True)
        return False

    def fork(self, base: str, head: str) -> str:
        """Where a change left the base."""
        found = self._tried("merge-base", base, head)
        if found.returncode:
            raise GitError(_("The change has nothing in common with the base."))
        return found.stdout.decode().strip()

    def holds(self, commit: str, ancestor: str) -> bool:
        """Whether a commit comes after another, or is it."""
        return not self._tried("merge-base", "--is-ancestor", ancestor, commit).returncode

    def merge_of(self, base: str, head: str) -> str:
        """The commit on the base that brought a head in; nothing where there is none."""
        rows = self._text(
            "rev-list", "--merges", "--parents", "--ancestry-path", f"{head}..{base}"
        ).splitlines()
        return next((row.split()[0] for row in rows if head in row.split()[2:]), "")

    def steps(self, base: str, head: str, most: int = 100) -> list[str]:
        """The commits of a change, its newest first."""
        return self._text(
            "rev-list", "--first-parent", f"--max-count={most}", head, f"^{base}"
        ).split()

    def as_of(self, commit: str, moment: datetime) -> str:
        """What the base was at an instant, going back from a commit; nothing where it is younger."""
        return self._text(
            "rev-list", "--first-parent", "--max-count=1", f"--before={moment.isoformat()}", commit
        )

    def altered(self, fork: str, head: str) -> list[Altered]:
        """What differs between two commits; contents that are too big are not read."""
        raw = self._run(
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
        words = {"A": "added", "D": "deleted"}
        return [
            Altered(
                path,
                words.get(how, "altered"),  # type: ignore[arg-type]
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
            self._run(
                "cat-file", "--batch-check=%(objectname) %(objectsize)", input=wanted.encode()
            )
            .decode()
            .split("\n")
        )
        return {name: int(size) for name, size in (row.split() for row in rows if row)}

    def blob(self, name: str) -> bytes:
        """What an object holds."""
        return self._run("cat-file", "blob", name)

    def tree(self, commit: str) -> dict[str, tuple[str, str]]:
        """Mode and object of each file of a commit, by path."""
        rows = self._run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")
        return {
            _named(path): (mode, blob) for mode, blob, path in (_entry(row) for row in rows if row)
        }

    def write(self, tree: Mapping[str, tuple[str, str]], folder: Path) -> None:
        """The regular files of a tree into a folder, byte for byte: no filter, no link."""
        wanted = {path: blob for path, (mode, blob) in tree.items() if mode.startswith("100")}
        data = self._run(
            "cat-file", "--batch", input="".join(f"{blob}\n" for blob in wanted.values()).encode()
        )
        for path, content in zip(wanted, _contents(data), strict=True):
            file = folder / path
            if not file.resolve().is_relative_to(folder.resolve()):
                raise GitError(
                    _("The change has a file whose name cannot be used: {file}", file=path)
                )
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def store(self, content: bytes) -> str:
        """An object that holds this, and its name."""
        return self._run("hash-object", "-w", "--stdin", input=content).decode().strip()

    def commit_tree(
        self, tree: Mapping[str, tuple[str, str]], parents: Iterable[str], words: str, index: Path
    ) -> str:
        """A commit of these files; `index` is a file that does not exist yet."""
        rows = b"".join(
            f"{mode} {blob}\t".encode() + os.fsencode(path) + b"\0"
            for path, (mode, blob) in tree.items()
        )
        self._run("update-index", "-z", "--index-info", input=rows, index=index)
        made = self._run("write-tree", index=index).decode().strip()
        arguments = [part for parent in parents for part in ("-p", parent)]
        return (
            self._run("commit-tree", *arguments, "-F", "-", made, input=words.encode())
            .decode()
            .strip()
        )

    def push(self, commit: str, base: str) -> Message | None:
        """The base branch onto a commit that comes after it, never by force; why the remote refused, if it did."""
        push = (
            "push",
            "--porcelain",
            "--no-verify",
            "--no-follow-tags",
            "--end-of-options",
            self.remote,
            f"{commit}:refs/heads/{base}",
        )
        ran = self._tried(*push, online=True)
        if not ran.returncode:
            return None
        said = [
            line
            for line in (ran.stdout + ran.stderr).decode("utf-8", "replace").splitlines()
            if line.startswith(("!", "remote:", "fatal:"))
        ]
        return _(
            "The repository refused what was to be recorded: {reason}",
            reason=self._clean(" ".join(said) or "?"),
        )

    def seen(self, number: int) -> list[tuple[datetime, str]]:
        """What was noted of a change's texts: since when, and the fingerprint; the newest first."""
        name = f"{SEEN}{number}"
        listed = self._tried(
            "ls-remote", "--exit-code", "--end-of-options", self.remote, name, online=True
        )
        if listed.returncode:
            return []
        fetch = (
            "fetch",
            "--quiet",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-recurse-submodules",
            "--end-of-options",
        )
        self._run(*fetch, self.remote, f"+{name}:{name}", online=True)
        rows = (
            row.partition(" ")
            for row in self._text("log", "--first-parent", "--format=%s", name).splitlines()[:-1]
        )
        return [(datetime.fromisoformat(since), text) for since, _space, text in rows]

    def note(self, number: int, since: datetime, text: str, head: str) -> None:
        """Note the text of a change, and keep its commit, which a later push may leave behind. Nothing where the remote does not take it."""
        name, empty = (
            f"{SEEN}{number}",
            self._run("hash-object", "-w", "-t", "tree", "--stdin").decode().strip(),
        )
        last = self._tried("rev-parse", "--verify", "--quiet", name).stdout.decode().strip()
        last = (
            last or self._run("commit-tree", "-F", "-", empty, input=b"Coopbook\n").decode().strip()
        )
        words = f"{since.isoformat()} {text}\n".encode()
        made = (
            self._run("commit-tree", "-p", last, "-p", head, "-F", "-", empty, input=words)
            .decode()
            .strip()
        )
        self._tried(
            "push",
            "--quiet",
            "--no-verify",
            "--end-of-options",
            self.remote,
            f"{made}:{name}",
            online=True,
        )

    def _text(self, *arguments: str) -> str:
        return self._run(*arguments).decode().strip()

    def _run(
        self, *arguments: str, input: bytes = b"", index: Path | None = None, online: bool = False
    ) -> bytes:
        ran = self._tried(*arguments, input=input, index=index, online=online)
        if ran.returncode:
            reason = (
                ran.stderr.decode("utf-8", "replace").strip().splitlines() or [str(ran.returncode)]
            )[-1]
            raise GitError(
                _(
                    "Git could not do its part ({what}): {reason}",
                    what=arguments[0],
                    reason=self._clean(reason),
                )
            )
        return ran.stdout

    def _tried(
        self, *arguments: str, input: bytes = b"", index: Path | None = None, online: bool = False
    ) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                ["git", "-C", str(self.root), *arguments],
                input=input,
                capture_output=True,
                check=False,
                env=self._environment(index, online),
            )
        except FileNotFoundError:
            raise GitError(_("The program git is not installed.")) from None

    def _environment(self, index: Path | None, online: bool) -> dict[str, str]:
        own = {
            key: value
            for key, value in os.environ.items()
            if key in KEPT or not key.startswith("GIT_")
        }
        own.pop("COOPBOOK_TOKEN", None)
        settings = QUIET | (self._credentials() if online and self._token else {})
        for number, (key, value) in enumerate(settings.items()):
            own |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
        who = {
            f"GIT_{role}_{what}": said
            for role in ("AUTHOR", "COMMITTER")
            for what, said in (("NAME", "Coopbook"), ("EMAIL", "coopbook@localhost"))
        }
        own |= who | {
            "GIT_CONFIG_COUNT": str(len(settings)),
            "GIT_TERMINAL_PROMPT": "0",
            "LC_ALL": "C",
            "GIT_OPTIONAL_LOCKS": "0",
        }
        own |= {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_LITERAL_PATHSPECS": "1"}
        return own | ({"GIT_INDEX_FILE": str(index)} if index else {})

    def _credentials(self) -> dict[str, str]:
        """The token for the forge's own address alone, told to git by its environment: no command line and no file shows it."""
        address = urlsplit(self._web)
        if address.scheme != "https" or not address.hostname:
            return {}
        basic = base64.b64encode(f"x-access-token:{self._token}".encode()).decode()
        return {
            f"http.{address.scheme}://{address.netloc}/.extraHeader": f"Authorization: Basic {basic}"
        }

    def _clean(self, text: str) -> str:
        return shown(text.replace(self._token, "…") if self._token else text)


def _raw(tokens: list[bytes]) -> Iterator[tuple[str, str, str, str]]:
    """Path, status, mode and object after, from what diff-tree says."""
    for head, path in zip(tokens[::2], tokens[1::2], strict=False):
        _old, mode, _was, blob, how = head.decode("ascii").lstrip(":").split()
        yield _named(path), how[:1], mode, blob


def _named(path: bytes) -> str:
    return path.decode("utf-8", "surrogateescape")


def _entry(row: bytes) -> tuple[str, str, bytes]:
    head, path = row.split(b"\t", 1)
    mode, _kind, blob = head.decode("ascii").split()
    return mode, blob, path


def _contents(data: bytes) -> Iterator[bytes]:
    """The contents in what cat-file --batch says, one after the other."""
    place = 0
    while place < len(data):
        end = data.index(b"\n", place)
        size = int(data[place:end].split()[2])
        yield data[end + 1 : end + 1 + size]
        place = end + size + 2
