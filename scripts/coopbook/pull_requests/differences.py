"""What is on the page of a change now and not in the journal of its vote: what is new, altered or
gone. Nothing here reads or writes anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from ..decisions.tally import Event
from ..decisions.tally.events import commands, marks
from ..decisions.tally.terms import EDITION
from .forges import Statement
from .journal import Facts, Journal, Key


def _key_of(said: Statement) -> Key:
    """Where a statement has its place: comments and reviews are numbered apart."""
    return ("review" if said.is_review else "comment"), said.event.number


def find_differences(
    journal: Journal, present: Iterable[Statement]
) -> Iterator[tuple[Facts, Statement | None]]:
    """What is on the forge now and not in the journal: new, changed and gone statements, those that
    say something that counts alone. With the facts comes the statement, where there is one.
    """
    there: set[Key] = set()
    for said in present:
        key, fact = _key_of(said), _fact(said)
        there.add(key)
        versions = journal.statements.get(key)
        last = versions[-1] if versions else None
        if last is None or last.what == "gone":
            if fact.get("value") or fact.get("reason"):
                event = said.event
                yield (
                    {"what": "said", "uid": event.actor_id, "login": _clean(event.login)} | fact,
                    said,
                )
        elif any(getattr(last, name) != fact.get(name, _EMPTY[name]) for name in _EMPTY):
            yield {"what": "changed"} | fact, said
    for key, versions in journal.statements.items():
        if key not in there and versions[-1].what != "gone" and versions[-1].says_something:
            yield {"what": "gone", "kind": key[0], "number": key[1]}, None


_EMPTY: Facts = {"value": "", "reason": "", "edited": None, "commit": ""}
"""The fields by which a statement differs from what it was, and what they hold where they are left
out. An account that changes its name, or is gone, changes no statement.
"""


def _fact(said: Statement) -> Facts:
    """A statement as it is kept, as far as it counts."""
    event, (kind, number) = said.event, _key_of(said)
    if kind == "comment":
        kept = {"value": _only_commands(event)}
    elif event.kind == "review":
        kept = {"value": event.value, "reason": _only_commands(event)}
    else:
        kept = {"reason": _only_commands(event)}
    found: Facts = {"kind": kind, "number": number, "at": event.at}
    more = {"edited": event.edited_at, "commit": said.commit, "url": _clean(event.url), **kept}
    return found | {name: value for name, value in more.items() if value}


def _only_commands(event: Event) -> str:
    """The commands of a comment, or of the text of a review; all of it where they alone would say
    something else.
    """
    name = "reason" if event.kind == "review" else "value"
    whole = _clean(getattr(event, name))
    kept = "\n".join(commands(whole, EDITION))
    had, now = (
        [msgspec.structs.replace(mark, reason="") for mark in marks(one, EDITION)]
        if event.kind == "review"
        else list(marks(one, EDITION))
        for one in (_with(event, name, whole), _with(event, name, kept))
    )
    return kept if had == now else whole


def _with(event: Event, name: str, text: str) -> Event:
    return msgspec.structs.replace(event, **{name: text})


def _clean(text: str) -> str:
    """Text that can be written: no half of a character."""
    return text.encode("utf-8", "replace").decode()
