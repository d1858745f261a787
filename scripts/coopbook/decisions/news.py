"""What deciding has to tell: results of votes, votes that open, minutes of meetings, polls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from ..base.messages import Translator, _
from ..records.index import Entry, Index
from .kinds import MINUTES, POLL, PROPOSAL, RESULT
from .types import Correction, Minutes, Poll, Proposal, Result
from .types.meetings import Erratum
from .wording.outcomes import RESULTS, describe_number

DRAFT = "draft"


class News(NamedTuple):
    """Something that happened.

    Attributes:
        at: when it happened.
        changed: when it was last corrected.
        key: names it for ever, below the host of the site.
        title: in the reader's language.
        about: a summary in plain text; may be empty.
        entry: the record whose page tells more.
    """

    at: datetime
    changed: datetime
    key: str
    title: str
    about: str
    entry: Entry


def news_of_deciding(index: Index, language: str, say: Translator) -> Iterator[News]:
    """All of it, in no order; `say` says our own words in the language."""
    yield from _results(index, language, say)
    yield from _votes(index, language, say)
    yield from _minutes(index, language)
    yield from _polls(index, language, say)


def midnight(day: str) -> datetime:
    """The instant at which an ISO day begins."""
    return datetime.combine(date.fromisoformat(day), time(), UTC)


def _results(index: Index, language: str, say: Translator) -> Iterator[News]:
    for entry in index.of(RESULT):
        result = Result.of(entry)
        if not result.result or not result.counted_at:
            continue
        proposal = index.find(PROPOSAL, result.proposal)
        words = [describe_number(result.number), RESULTS[result.result]]
        at = datetime.fromisoformat(result.counted_at)
        about = " · ".join(say(word) for word in words if word)
        more = index.text(Proposal.of(proposal).summary, language) if proposal else ""
        yield News(
            at,
            _corrected_at(at, result.errata),
            f"result/{entry.id}",
            index.text(entry.title, language),
            f"{about}. {more}".strip(),
            proposal or entry,
        )


def _votes(index: Index, language: str, say: Translator) -> Iterator[News]:
    today = index.today.isoformat()
    for entry in index.of(PROPOSAL):
        proposal = Proposal.of(entry)
        if proposal.opens and proposal.opens[:10] <= today and proposal.is_put_to_the_vote:
            title = say(_("Open to vote: {words}", words=index.text(entry.title, language)))
            about = index.text(proposal.summary, language)
            at = datetime.fromisoformat(proposal.opens)
            yield News(at, at, f"proposal/{entry.id}", title, about, entry)


def _minutes(index: Index, language: str) -> Iterator[News]:
    for entry in index.of(MINUTES):
        minutes = Minutes.of(entry)
        if minutes.date and minutes.status != DRAFT:
            at, title = midnight(minutes.date), index.text(entry.title, language)
            changed = _corrected_at(at, minutes.errata)
            yield News(at, changed, f"minutes/{entry.id}", title, "", entry)


def _polls(index: Index, language: str, say: Translator) -> Iterator[News]:
    """Questions that are put to members, and what was done with the answers."""
    for entry in index.of(POLL):
        poll, words = Poll.of(entry), index.text(entry.title, language)
        if poll.opens and poll.opens <= index.today.isoformat():
            at, title = midnight(poll.opens), say(_("A question: {words}", words=words))
            yield News(at, at, f"poll/{entry.id}", title, "", entry)
        if poll.conclusion and poll.conclusion.on:
            at = midnight(poll.conclusion.on)
            title = say(_("What came of a question: {words}", words=words))
            yield News(at, at, f"poll/{entry.id}/conclusion", title, "", entry)


def _corrected_at(at: datetime, errata: Iterable[Correction | Erratum]) -> datetime:
    """The day of the last erratum, or the instant itself."""
    return max([at, *(midnight(one.on) for one in errata if one.on)])
