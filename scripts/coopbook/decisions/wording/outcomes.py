"""What came of a vote, in words."""

from __future__ import annotations

from datetime import datetime

from ...base.dates import written_moment
from ...base.messages import NOTHING, Message, _, ngettext
from ..tally.arithmetic import Measure
from ..tally.shapes import Share, read_as
from ..types import Result
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


def describe_moment(moment: datetime, language: str) -> str:
    """A moment as people write it, in its own zone."""
    return written_moment(moment.isoformat(), language.replace("-", "_"))


def describe_measure(one: Measure, word: str) -> Message:
    """The same of one that was just counted."""
    return describe_share(read_as(Share, measure(one, word)), nobody=not one.whole)


def is_of_nobody(share: Share, result: Result) -> bool:
    """Whether there was nobody of whom a result's quorum or majority could be a part."""
    counts, present = result.counts, result.represented
    sizes = {
        "expressed": (counts.for_ or 0) + (counts.against or 0),
        "represented": result.cast if present is None else present,
    }
    return not sizes.get(share.base, result.electorate)


def describe_share(share: Share, nobody: bool = False) -> Message:
    """A quorum or a majority as a result writes it: 16/24 in favour, at least 1/4 needed: reached.
    `nobody`: it is a part of nothing.
    """
    met = _("reached") if share.met else _("not reached")
    if nobody:
        return _(
            "{words}, {needed}: {met}",
            words=NOBODY.get(share.base, NOBODY["electorate"]),
            needed=_describe_need(share),
            met=met,
        )
    return _(
        "{share} {words}, {needed}: {met}",
        share=share.reached,
        words=PARTS[share.of] if share.of else BASES[share.base],
        needed=_describe_need(share),
        met=met,
    )


def _describe_need(share: Share) -> Message:
    """What was asked for."""
    least = ngettext("{count} person at least", "{count} people at least", share.min or 0)
    if not share.needed:
        return least
    if share.op == "gt":
        words = _("more than {fraction} needed", fraction=share.needed)
    else:
        words = _("at least {fraction} needed", fraction=share.needed)
    return words if share.min is None else _("{share} and {least}", share=words, least=least)


def describe_number(number: int | None) -> Message:
    """What a decision is called by its number; nothing for one that has none."""
    return _("Decision no. {number}", number=number) if number else NOTHING
