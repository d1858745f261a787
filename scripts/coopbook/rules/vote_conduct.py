"""While a vote is open, what says who votes, until when and under which rule stays as it is.

From its opening to its result a proposal keeps its category, its subject, its days, its tellers, its chair and those who do not vote.
Proxies, objections and the words of roles may be added; what stands there already is not changed, save that an objection may end. Another
date or another rule is another vote: withdraw the proposal and put it anew. This rule compares with the files before the change
(`coopbook check --base`).

## Why
Whoever can move the close, name a teller or take a voter out while people vote can choose what comes of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..deciding.states import VOTING
from ..diagnostics import Diagnostic
from ..index import Entry, Index
from ..messages import _
from ..tally.events import instant
from ..tally.keeping import times_of

KEPT = ("category", "subject", "opened", "closes", "convened", "recused", "tellers", "chair")
ADDED_TO = ("proxies", "gates", "objections")
ENDS = "resolved"


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    for old in before.of("proposal"):
        new = after.find("proposal", old.id)
        if new is None or not (old.sound and new.sound) or old.get("status") not in VOTING or not _begun(old, before):
            continue
        kept = (*KEPT, "second") if old.get("status") == "second" else KEPT
        for name in kept:
            if old.get(name) != new.get(name):
                message = _("“{name}” was changed while people vote.", name=name)
                help = _("Put it back. A vote under other terms is another one: withdraw this proposal and put it anew.")
                yield new.error(message, name if name in new.value else "status", help=help)
        yield from _taken_back(old, new)


def _begun(entry: Entry, index: Index) -> bool:
    opened = times_of(entry.value).get("opened")
    return opened is not None and instant(str(opened)).date() <= index.today


def _taken_back(old: Entry, new: Entry) -> Iterator[Diagnostic]:
    """What stood in a list that may only grow, and no longer does as it was."""
    for name in ADDED_TO:
        had, have = (list(entry.get(name) or ()) for entry in (old, new))
        if any(one not in have and not _ended(one, have) for one in had):
            message = _("What stood under “{name}” was changed while people vote.", name=name)
            yield new.error(message, name if have else "status", help=_("Put it back; add to it below."))


def _ended(one: dict[str, Any], have: list[dict[str, Any]]) -> bool:
    """Whether an objection stands there still, with its end."""
    return ENDS not in one and any({**other, ENDS: None} == {**one, ENDS: None} for other in have)
