"""A proposal has what its status asks for, in the order of time, under a category of the rules.

From `open` on it says when the vote opens and closes, with at least the days that the category asks
for; an election that an assembly holds in the room, on the day of its record, needs none of them.
What is decided has its result, counted by the program, or the resolution of a meeting; what
only a meeting may decide has the latter. What is replaced is named by the proposal that replaces
it.

## Why
Years later, a decision is worth what can be shown of it: what was asked, when, under which rules,
and what came of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import _
from ...decisions.assembly_days import is_held_in_an_assembly
from ...decisions.status import CLOSED, PASSED, PENDING, STOPPED
from ...decisions.types import NO_RULES, Category, Days, Minutes, Proposal, Result
from ...decisions.votes import is_judged_by_todays_rules, rules_of, vote_id
from ...decisions.wording.outcomes import RESULTS, STATUSES
from ...records.index import Index
from ...records.model import Record

KIND = "proposal"

DATED = frozenset([*PENDING, *CLOSED]) - {"draft", *STOPPED}
OUTCOMES = dict.fromkeys(PASSED, "adopted") | {
    "rejected": "rejected",
    "no_quorum": "no_quorum",
    "lapsed": "lapsed",
    "vetoed": "vetoed",
}


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    asked = Proposal.of(record)
    rules = rules_of(index) if is_judged_by_todays_rules(index, vote_id(record)) else NO_RULES
    category = rules.categories.get(asked.category)
    if rules and category is None:
        yield record.fault(
            _("There is no category “{name}” in the rules of decision.", name=asked.category),
            "category",
            help=suggestion(asked.category, rules.categories),
        )
    elif asked.status not in ("draft", *CLOSED) and not index.find("rules", "rules"):
        yield record.fault(
            _("There are no rules to decide by."),
            "category",
            help=_("Write them in decisions/rules.yml."),
        )
    yield from _times(record, asked, index, category)
    yield from _second(record, asked, index, category)
    yield from _check_decided(record, asked, index, category)
    yield from _objections(record, asked, index)
    if record.id in asked.supersedes:
        yield record.fault(
            _("A proposal cannot replace itself."),
            "supersedes",
            asked.supersedes.index(record.id),
            help=_("Delete the line."),
        )


def _times(
    record: Record, asked: Proposal, index: Index, category: Category | None
) -> Iterator[Diagnostic]:
    if asked.status in DATED:
        for name, said in (("opens", asked.opens), ("closes", asked.closes)):
            if not said:
                yield record.fault(
                    _(
                        "“{name}” is missing: what is discussed, voted or decided says when its "
                        "vote opens and closes.",
                        name=name,
                    ),
                    "status",
                    help=_(
                        "Such as {example}; a draft needs none.",
                        example=f"{name}: 2026-11-09T09:00:00+01:00",
                    ),
                )
    in_the_room = is_held_in_an_assembly(index, record.id, asked, asked.first)
    days = category.min_days if category and not in_the_room else 0
    yield from _order(record, asked, asked.first, (), days)


def _order(
    record: Record, asked: Proposal, times: Days, path: tuple[str, ...], min_days: int | None
) -> Iterator[Diagnostic]:
    if not times.are_complete:
        return
    days = min_days or 0
    opened, closes = datetime.fromisoformat(times.opens), datetime.fromisoformat(times.closes)
    if closes <= opened:
        yield record.fault(
            _("The vote closes before it opens."), *path, "closes", help=_("Are the two swapped?")
        )
    elif closes - opened < timedelta(days=days):
        message = _(
            "The vote is open for less than the {days} days that its category asks for.", days=days
        )
        yield record.fault(
            message,
            *path,
            "closes",
            help=_(
                "Is it voted in the room? Leave the hours out until it is on the agenda of the "
                "assembly of that day."
            )
            if asked.election is not None and opened.date() == closes.date()
            else _(
                "Close it on {instant} or later.",
                instant=(opened + timedelta(days=days)).isoformat(),
            ),
        )


def _second(
    record: Record, asked: Proposal, index: Index, category: Category | None
) -> Iterator[Diagnostic]:
    second = asked.second
    if asked.status == "second" and not second:
        yield record.fault(
            _(
                "“{name}” is missing: it says when the second consultation opens and closes.",
                name="second",
            ),
            "status",
        )
    if second and category:
        if category.second is None and asked.election is None:
            yield record.fault(
                _("The rules know no second consultation for this category."), "second"
            )
        in_the_room = is_held_in_an_assembly(index, record.id, asked, second)
        days = 0 if in_the_room else category.at("second").min_days
        yield from _order(record, asked, second, ("second",), days)
    if (
        second
        and asked.closes
        and datetime.fromisoformat(second.opens) < datetime.fromisoformat(asked.closes)
    ):
        yield record.fault(
            _("The second consultation opens before the first has closed."), "second", "opens"
        )


def _check_decided(
    record: Record, asked: Proposal, index: Index, category: Category | None
) -> Iterator[Diagnostic]:
    status, wanted = asked.status, OUTCOMES.get(asked.status)
    if wanted is None:
        return
    entry = index.by_id("result").get(vote_id(record))
    result = Result.of(entry) if entry is not None else None
    if result is None and not _may_be_without(asked):
        before = "second" if asked.second else "voting"
        help = _(
            "Write “status: {status}”, then count it: coopbook tally {id}",
            status=before,
            id=record.id,
        )
        yield record.fault(
            _("“{status}” needs a result, and there is none.", status=STATUSES[status]),
            "status",
            help=help,
        )
    elif result is not None and entry and entry.sound and result.result != wanted:
        said = RESULTS[result.result]
        yield record.fault(
            _("The result says otherwise: “{result}” ({file}).", result=said, file=result.file),
            "status",
        )
    advice = (category and category.is_for_meetings) or (result is not None and result.advisory)
    if wanted == "adopted" and advice and status != "adopted" and not asked.is_ratified:
        yield record.fault(_("Only a meeting can decide this: “ratified_by” is missing."), "status")
    others = (Proposal.of(other) for other in index.of("proposal") if other.id != record.id)
    if status == "superseded" and not any(
        record.id in other.supersedes and other.has_passed for other in others
    ):
        yield record.fault(
            _("No proposal that was adopted says that it replaces this one."),
            "status",
            help=_("Add “supersedes” to the one that does."),
        )


def _may_be_without(asked: Proposal) -> bool:
    """Whether a proposal can have come to its end without a count: a meeting decided it, a role
    stopped it before the vote, or it was never put to one.
    """
    vetoed = any(word.decision == "vetoed" for word in asked.gates)
    return asked.is_ratified or asked.status == "lapsed" or (asked.status == "vetoed" and vetoed)


def _objections(record: Record, asked: Proposal, index: Index) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for number, one in enumerate(asked.objections):
        if one.slug in seen:
            yield record.fault(
                _("There are two objections of this name."), "objections", number, "slug"
            )
        seen.add(one.slug)
        end = one.resolved
        if end is None:
            continue
        meeting = index.find("minutes", end.minutes)
        held = Minutes.of(meeting).date if meeting else ""
        if end.by == "meeting" and not one.at[:10] <= held <= end.at[:10]:
            message = _("Which meeting ended this objection?")
            help = _(
                "Name under “minutes” those of a meeting held since the objection, and until "
                "that day."
            )
            yield record.fault(message, "objections", number, "resolved", help=help)
        if datetime.fromisoformat(end.at) < datetime.fromisoformat(one.at):
            yield record.fault(
                _("The objection was resolved before it was made."),
                "objections",
                number,
                "resolved",
                "at",
            )
