"""What people did: reviews, comments and ballot files, in one shape whatever the forge, and the
marks that they hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import asdict

Meaning = Literal["for", "against", "abstain", "blank", "none", "object", "resolve", "unclear"]

REVIEWS: dict[str, Meaning] = {"approve": "for", "request_changes": "against", "dismissed": "none"}
WORDS: dict[str, Meaning] = {
    "yes": "for",
    "pour": "for",
    "no": "against",
    "contre": "against",
    "abstain": "abstain",
    "abstention": "abstain",
    "blank": "blank",
    "blanc": "blank",
    "none": "none",
    "retrait": "none",
}
MORE_WORDS: dict[str, Meaning] = {
    "oui": "for",
    "non": "against",
    "for": "for",
    "against": "against",
}
"""What people write as well, which the first edition did not understand."""
_VOTE = re.compile(
    r"/voter?[ \t]+(?P<word>[a-z]+)(?:[ \t]+(?:for|au nom de)[ \t]+@(?P<other>[A-Za-z0-9-]+))?",
    re.I,
)
_OBJECT = re.compile(
    r"/object(?:ion)?[ \t]+(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)"
    r"(?:[ \t\u00a0\u202f]*:[ \t\u00a0\u202f]*(?P<reason>.*))?",
    re.I,
)
_RESOLVE = re.compile(r"/(?:resolve|lever)[ \t]+(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)", re.I)
_NUMBERS = ("actor_id", "number")
_FENCES = ("```", "~~~")
_AT_THE_END = " \t.!…"
"""What may stand behind a command and says nothing; after a comma there may be a condition."""
_AS_CODE = re.compile(r"`([^`]+)`")
_COMMAND = re.compile(r"/(?:voter?|object|objection|resolve|lever)\b", re.I)


class Event(Struct, frozen=True):
    """`value` is a review's state, a comment as it was written, or a ballot file's choice.

    The text of a review is its `reason`, and may hold commands. `actor_id` is the forge's number of
    the account; of a ballot file, `member` is whose it is and `actor` who cast it. `text_hash`,
    `rules_hash` and `electorate_hash` are what it was cast on, where that is known. `evidence` is
    what a teller has to show for it. `number` is the forge's own of the comment or the review: it
    tells which of two of one second was written later.
    """

    kind: Literal["review", "comment", "ballot_file"]
    value: str
    at: datetime
    actor_id: int = 0
    login: str = ""
    member: str = ""
    actor: str = ""
    reason: str = ""
    text_hash: str = ""
    rules_hash: str = ""
    electorate_hash: str = ""
    evidence: str = ""
    edited_at: datetime | None = None
    url: str = ""
    number: int = 0

    @property
    def instant(self) -> datetime:
        """When it counts: an edited comment counts at its edit."""
        return self.edited_at or self.at

    @property
    def order(self) -> tuple[Any, ...]:
        """By instant, then as the forge numbered it, each kind for itself; what else happened in
        one instant has an order of its own, the same whichever was read first.
        """
        rest = (
            self.kind,
            self.number,
            self.member,
            self.actor,
            self.actor_id,
            self.value,
            self.reason,
            self.text_hash,
            self.evidence,
            self.url,
        )
        return self.instant, *rest, self.login, self.at, self.rules_hash, self.electorate_hash

    def to_plain(self) -> dict[str, Any]:
        """Without what says nothing."""
        found = {name: value for name, value in asdict(self).items() if value}
        return found | {
            name: found[name].isoformat() for name in ("at", "edited_at") if name in found
        }

    @classmethod
    def from_plain(cls, row: Mapping[str, Any]) -> Event:
        """Raises ValueError, TypeError or KeyError for what is no event."""
        if row["kind"] not in ("review", "comment", "ballot_file"):
            raise ValueError(f"{row['kind']} is no kind of event")
        for name, value in row.items():
            if type(value) is not (int if name in _NUMBERS else str) and not (
                name == "edited_at" and value is None
            ):
                raise TypeError(f"{name}: {value!r} is of a wrong type")
            # Half a character (a lone surrogate) could be neither fingerprinted nor written.
            str(value).encode()
        times = {name: instant(row[name]) for name in ("at", "edited_at") if row.get(name)}
        return cls(**{**row, "edited_at": None, **times})


class Mark(Struct, frozen=True):
    """One thing said in an event. `voter` is another member's id where it was said for somebody
    else; `name` an objection's.
    """

    meaning: Meaning
    voter: str = ""
    name: str = ""
    reason: str = ""
    words: str = ""


def instant(text: str) -> datetime:
    """A day, an hour and its zone; without a zone, ValueError."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"{text} has no zone")
    return found


def marks(event: Event, edition: int) -> Iterator[Mark]:
    """All that an event says, in order, as an edition of the count reads it. A command that cannot
    be understood is a mark as well, so that its author is told.
    """
    if event.kind == "ballot_file" and not event.value.startswith("/"):
        yield Mark(
            WORDS.get(event.value) or _choice(event.value),
            event.member,
            reason=event.reason,
            words=event.value,
        )
    elif event.kind == "review":
        yield from _review(event, edition)
    else:
        found = commands(event.value, edition)
        yield from (_mark(line, event.reason, edition) for line in found)


def _review(event: Event, edition: int) -> Iterator[Mark]:
    """A review is one message: what its state says, and the commands in its text, which `reason`
    holds. Votes in a dismissed one are gone with it; an objection is not, for only who made it or a
    meeting ends it.
    """
    state = REVIEWS.get(event.value)
    if state:
        yield Mark(state, reason=event.reason, words=event.value)
    for mark in (_mark(line, "", edition) for line in commands(event.reason, edition)):
        own_vote = not mark.voter and mark.meaning not in ("object", "resolve", "unclear")
        if not (own_vote and mark.meaning == state) and (
            state != "none" or mark.meaning in ("object", "resolve")
        ):
            yield mark


def _choice(value: str) -> Meaning:
    known: dict[str, Meaning] = {"for": "for", "against": "against"}
    return known.get(value, "unclear")


def commands(text: str, edition: int) -> Iterator[str]:
    """The lines of a comment that are commands; what is quoted, shown as a block of code or hidden
    in an HTML comment is none. A line between two backquotes, as our own comment shows commands and
    people copy them, is none for the first edition.
    """
    for line in map(str.strip, _plain(text.splitlines())):
        copied = _AS_CODE.fullmatch(line) if edition > 1 else None
        said = copied[1].strip() if copied else line
        if _COMMAND.match(said):
            yield said


def _plain(lines: list[str]) -> Iterator[str]:
    """The lines outside code, without what HTML comments hide from who reads the page."""
    last_end = max((number for number, line in enumerate(lines) if "-->" in line), default=-1)
    fenced = hidden = False
    for number, line in enumerate(lines):
        if not hidden and line.lstrip().startswith(_FENCES):
            fenced = not fenced
        elif not fenced:
            seen, hidden = _strip_comment(line, hidden, last_end > number)
            yield seen


def _strip_comment(line: str, hidden: bool, ends_later: bool) -> tuple[str, bool]:
    """What is seen of a line, and whether the next one begins hidden. A comment that begins within
    a line and never ends is none.
    """
    seen, rest = "", line
    while rest:
        if hidden:
            _gone, end, rest = rest.partition("-->")
            hidden = not end
            continue
        before, start, rest = rest.partition("<!--")
        seen += before
        hidden = bool(start) and ("-->" in rest or ends_later or not seen.strip())
        seen += start if start and not hidden else ""
    return seen, hidden


def _mark(line: str, reason: str, edition: int) -> Mark:
    known = WORDS if edition == 1 else WORDS | MORE_WORDS
    bare = line if edition == 1 else line.rstrip(_AT_THE_END)
    vote, objection, end = (
        form.fullmatch(line) or form.fullmatch(bare) for form in (_VOTE, _OBJECT, _RESOLVE)
    )
    if vote and vote["word"].lower() in known:
        return Mark(known[vote["word"].lower()], vote["other"] or "", reason=reason, words=line)
    if objection:
        return Mark(
            "object",
            name=objection["slug"].lower(),
            reason=(objection["reason"] or "").strip(),
            words=line,
        )
    return (
        Mark("resolve", name=end["slug"].lower(), words=line)
        if end
        else Mark("unclear", words=line)
    )
