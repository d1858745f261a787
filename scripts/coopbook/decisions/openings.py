"""What a co-op has decided to publish that was not public: `openings` in coop.yml, each with the
decision behind it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..base.messages import Message, _
from ..base.positions import Path
from ..records.coop import Opening
from ..records.core_kinds import COOP
from ..records.index import Entry, Index, pack
from .authority import doubts, is_on_articles_alone, minutes_of, proposal_of, why_too_weak
from .votes import rules_of


def is_opened(index: Index, name: str) -> bool:
    """Whether coop.yml says that a record type, or a field of it, was decided to be published."""
    return bool(_numbers(index, name))


def doubts_of_opening(before: Index, after: Index, name: str) -> Iterator[tuple[Message, Path]]:
    """Why no decision behind an opening carries it, and the field of coop.yml that says so.

    Args:
        before: The index before the change: its rules say how strict the decision must be.
        after: The index after it, which holds the decision.
        name: The record type, or its field, such as `course.phone`.

    Yields:
        Nothing where one opening that names it is decided.
    """
    found = [list(_doubts(before, after, number)) for number in _numbers(after, name)]
    if all(found):
        yield from (doubt for of in found for doubt in of)


def _numbers(index: Index, name: str) -> list[int]:
    return [
        number
        for number, opening in enumerate(index.settings.openings)
        if name == opening.what or name.startswith(f"{opening.what}.")
    ]


def _doubts(before: Index, after: Index, number: int) -> Iterator[tuple[Message, Path]]:
    opening = after.settings.openings[number]
    cited, place = _as_cited(after, opening), ("openings", number, "adopted_by")
    found = [(message, ("openings", number, *path)) for message, path in doubts(after, cited)]
    yield from found
    if found:
        return
    if not (minutes_of(after, cited) or proposal_of(after, cited)):
        yield _("No decision that is here is named."), place
    elif is_on_articles_alone(after, cited):
        yield _("This decision is on articles, and not on what is published."), place
    elif (rules := rules_of(before)) and rules.order:
        files = ("coop.yml", *(f"schemas/{opening.what.partition('.')[0]}.schema.json",))
        wanted = rules.vote_needed(*files) or rules.order[0]
        if weak := why_too_weak(rules, wanted, after, cited):
            yield weak, place


def _as_cited(index: Index, opening: Opening) -> Entry:
    """An opening as a text that a decision gave its words: it holds from the decision on."""
    cited = {
        name: value
        for name, value in (
            ("minutes", opening.adopted_by.minutes),
            ("resolution", opening.adopted_by.resolution),
            ("proposal", opening.adopted_by.proposal),
        )
        if value
    }
    coop = index.by_id(COOP)[COOP]
    return coop._replace(packed=pack({"adopted_by": cited}))
