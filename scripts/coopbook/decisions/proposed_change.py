"""What a proposed change does, file by file, and by whose leave: read from its files and the rules
alone, never from what it says of itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from msgspec import Struct

from ..base.git import How
from ..base.hashing import of_value
from ..base.messages import Message, _
from ..records.index import Entry, Index
from .presets import category_name
from .types import Proposal, Rules

OUTSIDE = (
    "decisions/ballots/",
    "decisions/counts/",
    "decisions/journals.yml",
    "decisions/results/",
)
"""What is never part of the text that is voted, and never taken over from a change."""
RULES = "decisions/rules.yml"
MODES = ("100644", "100755")
MOST_FILES = 500
MOST_BYTES = 10_000_000
_NO_STEPS = frozenset(["", ".", "..", ".git"])


class Altered(Struct, frozen=True):
    """A file that a change adds, alters or deletes. `mode` and `content` are git's mode and the
    SHA-256 of what it holds, empty where it is deleted; `size` is in bytes.
    """

    path: str
    how: How
    mode: str = ""
    content: str = ""
    size: int = 0

    @property
    def plain(self) -> str | None:
        """As it is fingerprinted: a mark of a program is part of it."""
        if self.how == "deleted":
            return None
        return self.content if self.mode == MODES[0] else f"{self.mode} {self.content}"


def voted_files(files: Iterable[Altered]) -> list[Altered]:
    """The files that are voted."""
    return [file for file in files if not file.path.startswith(OUTSIDE)]


def fingerprint(files: Iterable[Altered], proposal: str = "") -> str:
    """The fingerprint of the text that is voted; `proposal` is that of a proposal whose page stands
    outside the change.
    """
    plain = {file.path: file.plain for file in voted_files(files)}
    return of_value({"files": plain} | ({"proposal": proposal} if proposal else {}))


def find_unfit_files(files: Iterable[Altered]) -> Iterator[Message]:
    """What no vote can carry: links, names that are not names, contents that nobody has read."""
    every = voted_files(files)
    if len(every) > MOST_FILES:
        yield _(
            "The change touches {count} files, more than the {most} that can be voted at once.",
            count=len(every),
            most=MOST_FILES,
        )
    for file in every[:MOST_FILES]:
        if _is_no_name(file.path):
            yield _("The change has a file whose name cannot be used: {file}", file=file.path)
        elif file.how != "deleted" and file.mode not in MODES:
            yield _("“{file}” is a link, not a file: take it out of the change.", file=file.path)
        elif file.size > MOST_BYTES:
            yield _(
                "“{file}” is too big to be voted: at most {most} megabytes.",
                file=file.path,
                most=MOST_BYTES // 1_000_000,
            )


def _is_no_name(path: str) -> bool:
    odd = (
        any(unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for one in path)
        or "\\" in path
    )
    return odd or any(step.casefold() in _NO_STEPS for step in path.split("/")) or len(path) > 1000


def find_forbidden_files(
    rules: Rules, index: Index, category: str, files: Iterable[Altered], page: str
) -> Iterator[Message]:
    """Why a vote under a category cannot make this change. The page of the proposal itself may
    always be in it.
    """
    for file in voted_files(files):
        who = rules.permission(file.path)
        if file.path == page:
            continue
        if not who:
            yield _(
                "No line of “paths” in {rules} says who may change “{file}”: take it out of "
                "the change.",
                rules=RULES,
                file=file.path,
            )
        elif who == "maintainers":
            yield _(
                "“{file}” is for the maintainers, not for a vote: take it out of the change.",
                file=file.path,
            )
        elif who.startswith("vote:"):
            needed = who.removeprefix("vote:")
            if not rules.at_least(category, needed):
                yield _weaker(rules, index, file.path, needed, category)


def find_early_article(entry: Entry) -> Message | None:
    """Whether a proposal wants an article to hold before the first vote on it has closed."""
    proposal = Proposal.of(entry)
    closes = proposal.closes[:10]
    for one in proposal.amends if proposal.second is None else ():
        if (one.effective or closes) < closes:
            names = {
                "article": one.name,
                "date": one.effective,
                "day": closes,
                "file": entry.file,
            }
            return _(
                "“{article}” cannot hold from {date}, before the vote has closed: write "
                "“effective: {day}” or a later day in {file}.",
                **names,
            )
    return None


def _weaker(rules: Rules, index: Index, path: str, needed: str, category: str) -> Message:
    names = {
        "file": path,
        "needed": category_name(rules, index, needed),
        "category": category_name(rules, index, category),
    }
    if path == RULES:
        return _(
            "The rules of decision cannot be changed under a weaker rule: they ask for "
            "“{needed}”, not “{category}”.",
            **names,
        )
    return _(
        "“{file}” changes by a vote under “{needed}”; this one is held under “{category}”, "
        "which is weaker.",
        **names,
    )


HOW = {"added": _("New: {file}"), "altered": _("Altered: {file}"), "deleted": _("Deleted: {file}")}


def describe_change(rules: Rules, index: Index, files: Iterable[Altered]) -> Iterator[Message]:
    """What a change does, a line a file, and which vote each file asks for."""
    for file in voted_files(files):
        words = Message(HOW[file.how].text, {"file": file.path})
        word, _colon, name = rules.permission(file.path).partition(":")
        yield (
            _(
                "{file}, by a vote under “{category}”",
                file=words,
                category=category_name(rules, index, name),
            )
            if word == "vote"
            else words
        )
