"""The one place that runs git: it reads objects and history.

Never a checkout, a hook, a filter or a program of what is read: a proposed change may hold
anything.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Literal

from .messages import Message, Stopped, _, show_value
from .own_folders import OwnFolder

Tree = dict[str, tuple[str, str]]
"""Mode and object of each file, by path."""
How = Literal["added", "altered", "deleted"]
"""What a change does to a file."""
HOW: dict[str, How] = {"A": "added", "D": "deleted"}
"""As git writes it; any other letter means that it is altered."""

_QUIET = {
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "core.attributesFile": os.devnull,
    "commit.gpgSign": "false",
    "push.gpgSign": "false",
    "push.followTags": "false",
    "fetch.recurseSubmodules": "false",
    "push.recurseSubmodules": "no",
    "gc.auto": "0",
    "maintenance.auto": "false",
    "protocol.ext.allow": "never",
    "core.quotePath": "false",
}
"""What nobody's settings may change."""

_KEPT = (
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_ASKPASS",
    "GIT_EXEC_PATH",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_NOSYSTEM",
)
"""The variables of git that a caller may set; the others could lead it to another repository."""

_MOST_CONFLICTS = 127
"""What git's merge-file leaves with, at most, where lines conflict; with more, it has failed."""

_LOG = (
    "log",
    "-z",
    "-c",
    "--relative",
    "--name-status",
    "--find-renames=100%",
    "--no-color",
    "--no-show-signature",
    "--format=%cs",
)
"""Newest first. A merge names the files in which it differs from all that it joins. Renames without
a change are found by the name of their content, in linear time."""


class GitError(Stopped):
    """Git could not do what was asked of it; `reason` is the first line that it said."""

    def __init__(self, message: Message, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


class GitMissing(GitError):
    """The program git is not installed."""

    def __init__(self) -> None:
        super().__init__(_("The program git is not installed."))


class Repository:
    """A repository on this computer, asked about the part of it that lies in `root`.

    Every method raises `GitError` where git refuses, and `GitMissing` where there is no git.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def is_shallow(self) -> bool:
        """Whether only the newest part of the history is here."""
        return self.text("rev-parse", "--is-shallow-repository") == "true"

    def prefix(self) -> str:
        """The path of `root` inside the repository, with a slash at its end; empty for its top."""
        return self.text("rev-parse", "--show-prefix")

    def commit(self, name: str) -> str:
        """The commit of a name."""
        return self._object(f"{name}^{{commit}}")

    def as_of(self, commit: str, moment: datetime) -> str:
        """What a branch was at an instant, going back from a commit; nothing where it is younger.

        First parents only: what was merged later was not there before.
        """
        return self.text(
            "rev-list", "--first-parent", "--max-count=1", f"--before={moment.isoformat()}", commit
        )

    def first_commit(self, commit: str) -> str:
        """What a branch began with, going back from a commit."""
        return self.text("rev-list", "--first-parent", "--max-parents=0", commit)

    def _object(self, name: str) -> str:
        return self.text("rev-parse", "--verify", "--quiet", "--end-of-options", name)

    def tree(self, commit: str) -> Tree:
        """Every file of a commit, whatever part of it `root` is."""
        rows = self.run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")
        return dict(_read_entry(row) for row in rows if row)

    def tree_below_root(self, revision: str) -> Tree:
        """The files that `root` held at a revision: a branch, a tag, a commit, or
        `commit:folder`.
        """
        name = revision if ":" in revision else f"{revision}^{{tree}}"
        if prefix := self.prefix():
            name = f"{self._object(name)}:{prefix.rstrip('/')}"
        return self.tree(self._object(name))

    def blob(self, name: str) -> bytes:
        """What an object holds."""
        return self.run("cat-file", "blob", name)

    def blobs(self, names: Iterable[str]) -> Iterator[bytes]:
        """What several objects hold, one after the other, so that memory holds one at a time."""
        with tempfile.TemporaryFile() as wanted:
            wanted.writelines(f"{name}\n".encode() for name in names)
            wanted.seek(0)
            command = self._command("cat-file", "--batch")
            with self._start(command, wanted) as process:
                assert process.stdout is not None
                yield from _read_batch(process.stdout)

    def write_files(self, tree: Mapping[str, tuple[str, str]], folder: Path) -> None:
        """Write the regular files of a tree into a folder, byte for byte.

        No filter changes them and no attribute leaves one out; links and other repositories'
        folders are not made.
        """
        top = folder.resolve()
        files = {path: what for path, what in tree.items() if what[0].startswith("100")}
        contents = self.blobs(blob for _mode, blob in files.values())
        for (path, (mode, _blob)), content in zip(files.items(), contents, strict=True):
            file = folder / path
            if not file.resolve().is_relative_to(top):
                raise GitError(
                    _("The change has a file whose name cannot be used: {file}", file=path)
                )
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            if mode == "100755":
                file.chmod(0o755)

    def last_commit(self) -> tuple[str, str]:
        """The name of the present commit, and its day (ISO 8601)."""
        name, day = self.text("log", "-1", "--no-show-signature", "--format=%H %cs").split()
        return name, day

    def last_changes(self) -> dict[str, str]:
        """The day of each present file's last change, by its path below `root`."""
        listed = self.run("ls-tree", "-r", "-z", "--name-only", "HEAD").split(b"\0")
        present = {name.decode("utf-8", "replace") for name in listed if name}
        days = _days_of_changes(self.run(*_LOG).split(b"\0"))
        return {file: days[file] for file in sorted(present & days.keys())}

    def changed_since(self, revision: str) -> Iterator[tuple[str, How, str]]:
        """The files below `root` that differ from a revision here and now, new ones included: path,
        `added`, `altered` or `deleted`, and the mode (empty where it is deleted).
        """
        rows = self.run(
            *("diff", "--raw", "-z", "--relative", "--no-renames", "--no-ext-diff", "--no-abbrev"),
            self.commit(revision),
        ).split(b"\0")
        for head, path in zip(rows[::2], rows[1::2], strict=False):
            _old, mode, *_blobs, how = head.decode("ascii").lstrip(":").split()
            what = HOW.get(how[:1], "altered")
            yield path_text(path), what, "" if what == "deleted" else mode
        listed = self.run("ls-files", "--others", "--exclude-standard", "-z").split(b"\0")
        for path in filter(None, listed):
            file = self.root / path_text(path)
            yield path_text(path), "added", "120000" if file.is_symlink() else "100644"

    def is_modified(self, paths: Iterable[str]) -> bool:
        """Whether a file below one of these paths differs from the present commit, or is new."""
        status = ("status", "--porcelain", "-z", "--untracked-files=all")
        return bool(self.run(*status, "--", *paths))

    def text(self, *arguments: str) -> str:
        """What git printed, without the white space around it."""
        return self.run(*arguments).decode("utf-8", "replace").strip()

    def run(
        self, *arguments: str, stdin: bytes = b"", index: Path | None = None, online: bool = False
    ) -> bytes:
        """What git printed.

        Args:
            arguments: What is asked of git.
            stdin: What it reads.
            index: The index file it works on, where it is not the repository's own.
            online: Whether it speaks with a remote.
        """
        ran = self.attempt(*arguments, stdin=stdin, index=index, online=online)
        if ran.returncode:
            lines = ran.stderr.decode("utf-8", "replace").strip().splitlines()
            lines = lines or [str(ran.returncode)]
            raise _failure(arguments[0], self.clean(lines[-1]), self.clean(lines[0]))
        return ran.stdout

    def attempt(
        self, *arguments: str, stdin: bytes = b"", index: Path | None = None, online: bool = False
    ) -> subprocess.CompletedProcess[bytes]:
        """As `run`, but a refusal is an answer, too."""
        try:
            return subprocess.run(
                self._command(*arguments),
                input=stdin,
                capture_output=True,
                check=False,
                env=self._environment(index, online),
            )
        except FileNotFoundError:
            raise GitMissing from None

    def clean(self, text: str) -> str:
        """What git said, without what could harm a terminal."""
        return show_value(text)

    def _start(self, command: list[str], given: IO[bytes]) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                command,
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=self._environment(None, online=False),
            )
        except FileNotFoundError:
            raise GitMissing from None

    def _command(self, *arguments: str) -> list[str]:
        return ["git", "-C", str(self.root), *arguments]

    def _settings(self, online: bool) -> dict[str, str]:  # noqa: ARG002 -- a clone of ours asks
        """What git is told beside its own files of settings."""
        return _QUIET

    def _environment(self, index: Path | None, online: bool) -> dict[str, str]:
        own = {
            key: value
            for key, value in os.environ.items()
            if key in _KEPT or not key.startswith("GIT_")
        }
        own.pop("COOPBOOK_TOKEN", None)
        settings = self._settings(online)
        for number, (key, value) in enumerate(settings.items()):
            own |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
        for role in ("AUTHOR", "COMMITTER"):
            own |= {f"GIT_{role}_NAME": "Coopbook", f"GIT_{role}_EMAIL": "coopbook@localhost"}
        own |= {
            "GIT_CONFIG_COUNT": str(len(settings)),
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_LITERAL_PATHSPECS": "1",
            "LC_ALL": "C",
        }
        return own | ({"GIT_INDEX_FILE": str(index)} if index else {})


def merge_texts(base: str, ours: str, theirs: str, *, keep_both: bool = False) -> str | None:
    """A text with what two others have changed of one; None where both changed the same lines.

    With `keep_both`, the lines of both stand there then, ours first: for a file of which each line
    stands by itself.

    Raises:
        GitError: git refuses one of the texts, or is not there.
    """
    with OwnFolder("merge") as made:
        folder = Path(made)
        for name, text in (("ours", ours), ("base", base), ("theirs", theirs)):
            (folder / name).write_bytes(text.encode())
        command = ("merge-file", "-p", "--quiet", *(["--union"] if keep_both else []))
        ran = Repository(folder).attempt(*command, "ours", "base", "theirs")
    if ran.returncode > _MOST_CONFLICTS or ran.returncode < 0:
        raise _failure("merge-file", show_value(ran.stderr.decode("utf-8", "replace").strip()))
    return None if ran.returncode else ran.stdout.decode()


def _failure(what: str, reason: str, first: str = "") -> GitError:
    words = _("Git could not do its part ({what}): {reason}", what=what, reason=reason)
    return GitError(words, first or reason)


def path_text(path: bytes) -> str:
    """A path as text that gives the same bytes again."""
    return path.decode("utf-8", "surrogateescape")


def _read_entry(row: bytes) -> tuple[str, tuple[str, str]]:
    head, path = row.split(b"\t", 1)
    mode, _kind, blob = head.decode("ascii").split()
    return path_text(path), (mode, blob)


def _read_batch(out: IO[bytes]) -> Iterator[bytes]:
    """The contents that cat-file --batch prints: a line with name, kind and size before each."""
    while line := out.readline():
        _name, _kind, *size = line.decode("ascii", "replace").split()
        content = out.read(int(size[0])) if size else b""
        if not size or len(content) != int(size[0]) or out.read(1) != b"\n":
            raise _failure("cat-file", show_value(line.decode("ascii", "replace").strip()))
        yield content


def _days_of_changes(tokens: list[bytes]) -> dict[str, str]:
    """The day of each file's last change, by its present name, from what git's log says.

    A file that only got another name did not change.
    """
    found: dict[str, str] = {}
    now: dict[str, str] = {}  # a file's former name: the name it has now
    day, left = "", iter(tokens)
    for token in left:
        status = token.removeprefix(b"\n")
        if status[:1].isdigit():
            day = status.decode()
        elif status.startswith(b"R"):
            old, new = (next(left).decode("utf-8", "replace") for _end in range(2))
            name = now.pop(new, new)
            if name not in found:
                now[old] = name
        elif status:
            name = next(left).decode("utf-8", "replace")
            found.setdefault(now.get(name, name), day)
    return found
