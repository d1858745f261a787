"""What came of a vote, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ...base.dates import written_moment
from ...base.messages import NOTHING, Message, _, ngettext
from ..tally.arithmetic import Measure
from ..vote_record import measure

RESULTS = {
    "open": _("Still open"),
    "adopted": _("Proposal adopted"),
    "rejected": _("Proposal rejected"),
    "no_quorum": _("Quorum not reached"),
    "lapsed": _("Too few were in favour: the proposal lapses"),
    "vetoed": _("Stopped by a role that the rules name"),
}
STATUSES = {
    "draft": _("Draft of a proposal"),
    "open": _("Under discussion"),
    "voting": _("Open to vote"),
    "second": _("Second consultation"),
    "withdrawn": _("Proposal withdrawn"),
    "in_force": _("In force"),
    "superseded": _("Replaced by another decision"),
    "repealed": _("Decision repealed"),
} | {name: words for name, words in RESULTS.items() if name != "open"}
"""What a proposal is, in words."""
WAITING = {
    "closes": _("The vote is not closed."),
    "gate": _("A role that the rules name has not let it pass yet."),
    "objections": _("An objection is open: it must be resolved first."),
}
WHY = {
    "early": _("before the vote opened"),
    "late": _("after the vote closed"),
    "unknown": _("an account that is no member's"),
    "not_entitled": _("not entitled to vote on this"),
    "for_another": _("for somebody else, without a proxy or proof"),
    "double": _("two votes in one message"),
    "unclear": _("not understood: {words}"),
    "no_reason": _("an objection without a reason"),
    "stale": _("on an earlier text: to be asked again"),
}
PROXIES = {
    "not_allowed": _("the rules allow no proxies"),
    "principal": _("given by somebody who is not entitled"),
    "holder": _("held by somebody who is not entitled"),
    "late": _("received after the close"),
    "replaced": _("replaced by a later one"),
    "cap": _("one more than the rules allow"),
}
BASES = {
    "expressed": _("of the votes for or against"),
    "represented": _("of those who took part"),
    "electorate": _("of all who are entitled"),
    "weights": _("of the colleges' shares"),
}
NOBODY = {
    "expressed": _("nobody voted for or against"),
    "represented": _("nobody took part"),
    "electorate": _("nobody is entitled to vote"),
}
PARTS = {"cast": _("votes cast"), "represented": _("taking part"), "for": _("in favour")}


def when(moment: datetime, language: str) -> str:
    """A moment as people write it, in its own zone."""
    return written_moment(moment.isoformat(), language.replace("-", "_"))


def weighed(one: Measure, word: str) -> Message:
    """The same of one that was just counted."""
    return measured(measure(one, word), nobody=not one.whole)


def of_nobody(found: Mapping[str, Any], result: Mapping[str, Any]) -> bool:
    """Whether there was nobody of whom a result's quorum or majority could be a part."""
    counts = result["counts"]
    sizes = {
        "expressed": counts["for"] + counts["against"],
        "represented": result.get("represented", result["cast"]),
    }
    return not sizes.get(found.get("base", ""), result["electorate"])


def measured(found: Mapping[str, Any], nobody: bool = False) -> Message:
    """A quorum or a majority as a result writes it: 16/24 in favour, at least 1/4 needed: reached.
    `nobody`: it is a part of nothing.
    """
    name = PARTS[found["of"]] if "of" in found else BASES[found["base"]]
    met = _("reached") if found["met"] else _("not reached")
    if nobody:
        return _(
            "{words}, {needed}: {met}",
            words=NOBODY.get(found.get("base", ""), NOBODY["electorate"]),
            needed=_needed(found),
            met=met,
        )
    return _(
        "{share} {words}, {needed}: {met}",
        share=found["reached"],
        words=name,
        needed=_needed(found),
        met=met,
    )


def _needed(found: Mapping[str, Any]) -> Message:
    """What was asked for."""
    least = ngettext("{count} person at least", "{count} people at least", found.get("min", 0))
    if "needed" not in found:
        return least
    if found["op"] == "gt":
        share = _("more than {fraction} needed", fraction=found["needed"])
    else:
        share = _("at least {fraction} needed", fraction=found["needed"])
    return _("{share} and {least}", share=share, least=least) if "min" in found else share


def numbered(number: int | None) -> Message:
    """What a decision is called by its number; nothing for one that has none."""
    return _("Decision no. {number}", number=number) if number else NOTHING
