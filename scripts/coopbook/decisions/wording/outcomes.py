"""What came of a vote, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from ...base.dates import written_moment
from ...base.messages import NOTHING, Message, _, ngettext
from ..tally.shapes import Opposed, Reached, Share, read_as
from ..types import Result
from ..vote_record import Measured, measures_reached

RESULTS = {
    "open": _("Still open"),
    "adopted": _("Proposal adopted"),
    "rejected": _("Proposal rejected"),
    "no_quorum": _("Quorum not reached"),
    "lapsed": _("Too few were in favour: the proposal lapses"),
    "vetoed": _("Stopped by a role that the rules name"),
    "second_round": _("A second round is to be held"),
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
    "standing": _("the rules allow a proxy for one meeting, not for a time"),
    "principal": _("given by somebody who is not entitled"),
    "holder": _("held by somebody who is not entitled"),
    "late": _("received after the close"),
    "ended": _("ended before the close"),
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
Row = tuple[Message, Message]
"""What was asked for, and what was reached of it."""
PARTS = {"cast": _("votes cast"), "represented": _("taking part"), "for": _("in favour")}


def describe_moment(moment: datetime, language: str) -> str:
    """A moment as people write it, in its own zone."""
    return written_moment(moment.isoformat(), language.replace("-", "_"))


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


def describe_opposed(one: Opposed) -> Message:
    """How many were against, of how many may be."""
    met = _("kept") if one.met else _("exceeded")
    return _("{count} against, {most} at most: {met}", count=one.count, most=one.most, met=met)


def rows_of_result(result: Result) -> list[Row]:
    """What a result says of quorum and majority, a line each."""
    own = Reached(quorum=result.quorum, threshold=result.threshold, against=result.against)
    return _rows(own, result.any, lambda share: is_of_nobody(share, result))


def rows_of_count(found: Measured) -> list[Row]:
    """The same of what was just counted."""
    wholes = {
        (word, one.name): one.whole
        for way in (found, *found.any)
        for word, one in (("of", way.quorum), ("base", way.threshold))
        if one is not None
    }
    ways = tuple(
        read_as(Reached, measures_reached(way) | {"adopts": way.result == "adopted"})
        for way in found.any
    )
    return _rows(
        read_as(Reached, measures_reached(found)),
        ways,
        lambda share: not wholes.get(("of", share.of) if share.of else ("base", share.base), 1),
    )


def sentence_of_count(found: Measured) -> Message:
    """What was just counted, one sentence after the other; nothing where nothing was measured."""
    said = NOTHING
    for title, words in rows_of_count(found):
        sentence = _("{title}: {words}.", title=title, words=words)
        said = _("{sentence} {other}", sentence=said, other=sentence) if said else sentence
    return said


def _rows(
    own: Reached, ways: Iterable[Reached], is_of_nothing: Callable[[Share], bool]
) -> list[Row]:
    rows = list(_own_rows(own, is_of_nothing))
    for number, way in enumerate(ways, 1):
        words = _("enough") if way.adopts else _("not enough")
        for title, part in _own_rows(way, is_of_nothing):
            line = _("{title}: {words}", title=title, words=part)
            words = _("{words}. {more}", words=words, more=line)
        rows.append((_("Way {number}", number=number), words))
    return rows


def _own_rows(own: Reached, is_of_nothing: Callable[[Share], bool]) -> Iterator[Row]:
    for title, share in ((_("Quorum"), own.quorum), (_("Majority"), own.threshold)):
        if share:
            yield title, describe_share(share, nobody=is_of_nothing(share))
    if own.against:
        yield _("Opposition"), describe_opposed(own.against)


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
