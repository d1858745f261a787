"""Results of votes: their list year by year, and what a result's page shows besides its fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...base.messages import Message, _
from ...decisions.kinds import PROPOSAL, RESULT
from ...decisions.types import Proposal, Result
from ...decisions.votes import rules_of, was_counted_by_todays_rules
from ...decisions.wording.rules_text import rule_of_vote
from ...records.index import Entry
from ...records.model import Record
from ..context import Site
from ..listing import list_pages
from ..navigation import title_of
from ..rendering import Maker
from .register import Row

KIND = RESULT


def index_pages(site: Site) -> Iterator[Maker]:
    entries = site.index.of(RESULT)
    rows = sorted(
        (_row(site, entry) for entry in entries),
        key=lambda row: (row.date, Result.of(row.entry).number),
        reverse=True,
    )
    path, title = "decisions/results/", site.words.say(title_of(site, "decisions/results"))
    yield from list_pages(
        site,
        path,
        title,
        rows,
        "lists/results.html",
        languages=site.addresses.languages_of_list(entries),
        section="decisions/results",
        contents=False,
    )


def _row(site: Site, entry: Entry) -> Row:
    result = Result.of(entry)
    words = _("Second round") if result.election else _("Second consultation")
    second = (site.words.say(words),) if result.stage == "second" else ()
    return Row(
        entry,
        site.texts.title(entry),
        result.counted_at[:10],
        site.words.outcome(result.result) if result.result else "",
        {"state": (), "category": (result.category,) if result.category else ()},
        (site.words.decision_number(result.number or None), *second),
    )


def record_values(site: Site, record: Record, path: str) -> dict[str, Any]:
    """The rule that a vote was held by, and who took no part in it."""
    proposal = site.index.find(PROPOSAL, Result.of(record).proposal)
    entry = site.index.entries[RESULT][record.id]
    named = bool((record.derived or {}).get("voters"))
    return {
        "proposal": proposal,
        "rule": rule_then(site, entry),
        **(describe_recused(site, proposal, named=named) if proposal else {}),
    }


def rule_then(site: Site, result: Entry) -> list[Message]:
    """The rule that a vote was held by, in words, where today's rules are still those; else nothing
    is known of them here.
    """
    if not was_counted_by_todays_rules(site.index, result):
        return []
    kept = Result.of(result)
    category = rules_of(site.index).categories[kept.category]
    return rule_of_vote(category, kept.stage, election=kept.election is not None)


def describe_recused(site: Site, proposal: Entry, *, named: bool) -> dict[str, Any]:
    """Those who took no part in a vote because it concerns them: by name where voters are named,
    else how many.
    """
    those = Proposal.of(proposal).recused
    return {"recused": those if named else (), "recused_count": len(those)}
