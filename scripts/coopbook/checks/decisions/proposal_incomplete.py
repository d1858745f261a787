"""A proposal has what its status asks for, in the order of time, under a category of the rules.

From `open` on it says when the vote opens and closes, with at least the days that the category asks
for. What is decided has its result, counted by the program, or the resolution of a meeting; what
only a meeting may decide has the latter. What is replaced is named by the proposal that replaces
it.

## Why
Years later, a decision is worth what can be shown of it: what was asked, when, under which rules,
and what came of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import _
from ...decisions.status import CLOSED, PASSED, PENDING, STOPPED
from ...decisions.tally.terms import told_at
from ...decisions.votes import by_todays_rules, rules_of, vote_id
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
    rules = rules_of(index).plain if by_todays_rules(index, vote_id(record)) else {}
    category = (rules.get("categories") or {}).get(record.get("category"))
    if rules and category is None:
        message = _(
            "There is no category “{name}” in the rules of decision.", name=record.get("category")
        )
        yield record.error(
            message, "category", help=suggestion(str(record.get("category")), rules["categories"])
        )
    elif record.get("status") not in ("draft", *CLOSED) and not index.find("rules", "rules"):
        yield record.error(
            _("There are no rules to decide by."),
            "category",
            help=_("Write them in decisions/rules.yml."),
        )
    yield from _times(record, category or {})
    yield from _second(record, category or {})
    yield from _decided(record, index, category or {})
    yield from _objections(record, index)
    if record.id in (replaced := record.get("supersedes") or []):
        yield record.error(
            _("A proposal cannot replace itself."),
            "supersedes",
            replaced.index(record.id),
            help=_("Delete the line."),
        )


def _times(record: Record, category: dict[str, Any]) -> Iterator[Diagnostic]:
    if record.get("status") in DATED:
        for name in ("opens", "closes"):
            if not record.get(name):
                yield record.error(
                    _(
                        "“{name}” is missing: it is needed from the day the vote is open.",
                        name=name,
                    ),
                    "status",
                )
    yield from _order(record, record.value, (), category.get("min_days", 0))


def _order(
    record: Record, times: dict[str, Any], path: tuple[str, ...], days: int
) -> Iterator[Diagnostic]:
    if "opens" not in times or "closes" not in times:
        return
    opened, closes = (
        datetime.fromisoformat(times["opens"]),
        datetime.fromisoformat(times["closes"]),
    )
    if closes <= opened:
        yield record.error(
            _("The vote closes before it opens."), *path, "closes", help=_("Are the two swapped?")
        )
    elif closes - opened < timedelta(days=days):
        message = _(
            "The vote is open for less than the {days} days that its category asks for.", days=days
        )
        yield record.error(
            message,
            *path,
            "closes",
            help=_(
                "Close it on {instant} or later.",
                instant=(opened + timedelta(days=days)).isoformat(),
            ),
        )


def _second(record: Record, category: dict[str, Any]) -> Iterator[Diagnostic]:
    second = record.get("second")
    if record.get("status") == "second" and not second:
        yield record.error(
            _(
                "“{name}” is missing: it says when the second consultation opens and closes.",
                name="second",
            ),
            "status",
        )
    if second and category:
        if "second" not in category:
            yield record.error(
                _("The rules know no second consultation for this category."), "second"
            )
        yield from _order(
            record, second, ("second",), told_at(category, "second").get("min_days", 0)
        )
    if (
        second
        and record.get("closes")
        and datetime.fromisoformat(second["opens"]) < datetime.fromisoformat(record.get("closes"))
    ):
        yield record.error(
            _("The second consultation opens before the first has closed."), "second", "opens"
        )


def _decided(record: Record, index: Index, category: dict[str, Any]) -> Iterator[Diagnostic]:
    status, wanted = record.get("status"), OUTCOMES.get(record.get("status"))
    if wanted is None:
        return
    result = index.entries.get("result", {}).get(vote_id(record))
    if result is None and not _may_be_without(record, index):
        before = "second" if record.get("second") else "voting"
        help = _(
            "Write “status: {status}”, then count it: coopbook tally {id}",
            status=before,
            id=record.id,
        )
        yield record.error(
            _("“{status}” needs a result, and there is none.", status=STATUSES[status]),
            "status",
            help=help,
        )
    elif result is not None and result.sound and result.get("result") != wanted:
        said = RESULTS[result.get("result")]
        yield record.error(
            _("The result says otherwise: “{result}” ({file}).", result=said, file=result.file),
            "status",
        )
    advice = category.get("channel") == "meeting" or (result is not None and result.get("advisory"))
    if wanted == "adopted" and advice and status != "adopted" and not record.get("ratified_by"):
        yield record.error(_("Only a meeting can decide this: “ratified_by” is missing."), "status")
    if status == "superseded" and not any(
        record.id in (other.get("supersedes") or ()) and other.get("status") in PASSED
        for other in index.of("proposal")
        if other.id != record.id
    ):
        yield record.error(
            _("No proposal that was adopted says that it replaces this one."),
            "status",
            help=_("Add “supersedes” to the one that does."),
        )


def _may_be_without(record: Record, index: Index) -> bool:
    """Whether a proposal can have come to its end without a count: a meeting decided it, a role
    stopped it before the vote, or it was never put to one.
    """
    status = record.get("status")
    return (
        bool(record.get("ratified_by"))
        or status == "lapsed"
        or (
            status == "vetoed"
            and any(one["decision"] == "vetoed" for one in record.get("gates") or ())
        )
    )


def _objections(record: Record, index: Index) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for number, one in enumerate(record.get("objections") or []):
        if one["slug"] in seen:
            yield record.error(
                _("There are two objections of this name."), "objections", number, "slug"
            )
        seen.add(one["slug"])
        end = one.get("resolved") or {}
        meeting = index.find("minutes", end.get("minutes") or "")
        held = str(meeting.get("date") or "") if meeting else ""
        if end.get("by") == "meeting" and not one["at"][:10] <= held <= end["at"][:10]:
            message = _("Which meeting ended this objection?")
            help = _(
                "Name under “minutes” those of a meeting held since the objection, and until "
                "that day."
            )
            yield record.error(message, "objections", number, "resolved", help=help)
        if end and datetime.fromisoformat(end["at"]) < datetime.fromisoformat(one["at"]):
            yield record.error(
                _("The objection was resolved before it was made."),
                "objections",
                number,
                "resolved",
                "at",
            )
