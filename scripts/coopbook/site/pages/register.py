"""The register of decisions: every proposal and every resolution of a meeting, and a page for each
state, category, year, text and body.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup

from ...base.collation import sort_key
from ...base.messages import _
from ...base.once import once
from ...decisions.kinds import BODY, MINUTES, PROPOSAL, RESULT, RULES, TEXT
from ...decisions.status import HOLDING, REPLACED, STOPPED, VOTING
from ...decisions.types import NO_CITATION, Minutes, Proposal, Result
from ...decisions.votes import vote_id, vote_ids
from ...records.index import Entry
from .. import assets
from ..context import Site
from ..navigation import title_of
from ..rendering import Maker, defer_page
from ..subscribing import head_links

KIND = PROPOSAL

PATH = "decisions/proposals/"
BY = "decisions/by"
MOST = 1000
"""Decisions on the register's own page; older ones are on the pages of their years."""
MEMBERS_VOTE = "members-vote"
NOTE, DRAFT = "note", "draft"
NAMED = {"text": TEXT, "body": BODY}
"""The facets that name a record, and of which kind it is."""
UNDATED = "undated"
STATES = {
    "vote": (_("Open to vote"), VOTING),
    "discussion": (_("Under discussion"), ("open", "draft")),
    "in-force": (_("In force"), HOLDING),
    "not-followed": (_("Not followed"), ("rejected", "no_quorum", *STOPPED)),
    "replaced": (_("Replaced"), REPLACED),
}
STATE = {status: state for state, (_title, statuses) in STATES.items() for status in statuses}
RESOLVED = {
    "adopted": "in-force",
    "rejected": "not-followed",
    "no_quorum": "not-followed",
    "withdrawn": "not-followed",
}
FACETS = {
    "state": _("By state"),
    "category": _("By category"),
    "year": _("By year"),
    "text": _("By text changed"),
    "body": _("By who decided"),
}
"""What decisions are sorted by, each with the title of its list."""


@dataclass(frozen=True)
class Row:
    """A decision. `facets` are its values by facet; `anchor` its place on a page of minutes."""

    entry: Entry
    title: Markup
    date: str
    said: str
    facets: dict[str, tuple[str, ...]]
    numbers: tuple[str, ...] = ()
    anchor: str = ""

    @property
    def state(self) -> str:
        """The first of its states; nothing where it has none."""
        return next(iter(self.facets["state"]), "")

    @property
    def year(self) -> str:
        """The year it is of; nothing where it has no date."""
        return self.date[:4]


def index_pages(site: Site) -> Iterator[Maker]:
    rows = register(site)
    spoken = site.addresses.languages_of_list(row.entry for row in rows)
    if not rows or site.language not in spoken:
        return
    facets = {name: list(_values(site, name, rows)) for name in FACETS}
    title, script = (
        site.words.say(title_of(site, "decisions/proposals")),
        assets.path("register.js", site.coop),
    )
    values: dict[str, Any] = {"section": "decisions/proposals", "contents": False}
    shown = rows[:MOST]
    yield defer_page(
        site,
        PATH,
        title,
        "lists/register.html",
        groups=_groups(site, shown),
        facets=facets,
        titles=FACETS,
        total=len(rows),
        older=len(rows) > MOST,
        head=head_links(site, PATH, script=script),
        alternates=site.addresses.paths(PATH, spoken),
        description=site.words.say(
            _("What {coop} has decided, how, and what became of it.", coop=site.settings.name)
        ),
        **values,
    )
    for name, found in facets.items():
        for value, label, *_rest in found:
            yield from _facet_page(site, name, value, label, rows, values)


def _facet_page(
    site: Site, name: str, value: str, label: Markup, rows: list[Row], values: dict[str, Any]
) -> Iterator[Maker]:
    """The decisions that have one value of a facet, in the languages in which one of them is
    written.
    """
    own = [row for row in rows if value in row.facets[name]]
    spoken = site.addresses.languages_of_list(row.entry for row in own)
    if site.language in spoken:
        path = f"{BY}/{name}/{value}/"
        title = Markup("{}, {}").format(
            site.words.say(title_of(site, "decisions/proposals")), label
        )
        more = {
            "groups": _groups(site, own),
            "total": len(own),
            "alternates": site.addresses.paths(path, spoken),
            "label": label,
        }
        yield defer_page(site, path, title, "lists/register.html", **more, **values)


@once
def register(site: Site) -> list[Row]:
    """All decisions: those to come and without a date first, then the last one on top."""
    proposals = site.index.of(PROPOSAL)
    rows = [_of_proposal(site, entry) for entry in proposals]
    ratified = (Proposal.of(entry).ratified_by for entry in proposals)
    confirming = {(by.minutes, by.resolution) for by in ratified if by != NO_CITATION}
    for entry in site.index.of(MINUTES):
        rows += _of_minutes(site, entry, confirming)
    return sorted(
        rows, key=lambda row: (row.date or "9999", row.entry.id, row.anchor), reverse=True
    )


def result_of(site: Site, proposal: Entry) -> Entry | None:
    """The result of a proposal's last consultation."""
    results = site.index.entries.get(RESULT, {})
    first, second = vote_ids(proposal.id)
    return results.get(second) or results.get(first)


def numbers(site: Site, proposal: Entry) -> tuple[str, ...]:
    """A proposal's numbers in words: each of its consultations has one."""
    results = site.index.entries.get(RESULT, {})
    found = (Result.of(results[name]) for name in vote_ids(proposal.id) if name in results)
    return tuple(site.words.decision_number(one.number) for one in found if one.number)


def _of_proposal(site: Site, entry: Entry) -> Row:
    proposal, minutes = Proposal.of(entry), _confirming(site, entry)
    when, status = day_of(site, entry), proposal.status
    members_vote = MEMBERS_VOTE if result_of(site, entry) else ""
    facets = {
        "state": _one(STATE.get(status)),
        "category": _one(proposal.category),
        "year": (when[:4] or UNDATED,),
        "text": tuple(sorted({one.document for one in proposal.amends if one.document})),
        "body": _one((minutes.body if minutes else "") or members_vote),
    }
    return Row(
        entry,
        site.texts.title(entry),
        when,
        site.words.proposal_status(status) if status else "",
        facets,
        numbers(site, entry),
    )


def day_of(site: Site, entry: Entry) -> str:
    """The day of a proposal's last word: of the assembly that confirmed it, of its last
    consultation; of one to come, its end.
    """
    proposal, minutes = Proposal.of(entry), _confirming(site, entry)
    last = site.index.entries.get(RESULT, {}).get(vote_id(entry))
    days = (
        minutes.date if minutes else "",
        Result.of(last).counted_at if last else "",
        proposal.days.closes,
        proposal.closes,
        proposal.opens,
    )
    return next((day for day in days if day), "")[:10]


def _confirming(site: Site, proposal: Entry) -> Minutes | None:
    """The minutes of the assembly that confirmed a proposal."""
    found = site.index.find(MINUTES, Proposal.of(proposal).ratified_by.minutes)
    return Minutes.of(found) if found else None


def _of_minutes(site: Site, entry: Entry, confirming: set[tuple[str, int | None]]) -> Iterator[Row]:
    """The resolutions of a meeting, but for those that confirm a vote: its own row says so."""
    minutes = Minutes.of(entry)
    if minutes.record == NOTE or minutes.status == DRAFT:
        return
    proposals = site.index.entries.get(PROPOSAL, {})
    for one in minutes.resolutions:
        confirms = (entry.id, one.number) in confirming or one.proposal in proposals
        if one.result not in RESOLVED or confirms:
            continue
        title = (
            site.texts.plain(one.title)
            if one.title
            else Markup(site.words.say(_("Resolution {number}", number=one.number)))
        )
        facets = {
            "state": _one(RESOLVED[one.result]),
            "category": _one(one.category),
            "year": (minutes.date[:4] or UNDATED,),
            "text": tuple(sorted({article.partition("/")[0] for article in one.amends})),
            "body": _one(minutes.body),
        }
        yield Row(
            entry,
            title,
            minutes.date,
            site.texts.choice(MINUTES, "resolutions.result", one.result),
            facets,
            anchor=f"resolution-{one.number}",
        )


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _groups(site: Site, rows: Iterable[Row]) -> list[tuple[str, str, list[Row]]]:
    """Id, title and rows: what can be voted on, what is discussed, then year by year."""
    rows = list(rows)
    open_ones = [
        (state, site.words.say(STATES[state][0]), [row for row in rows if row.state == state])
        for state in ("vote", "discussion")
    ]
    closed = [row for row in rows if row.state not in {"vote", "discussion"}]
    years = [(year, list(of)) for year, of in groupby(closed, key=lambda row: row.year)]
    named = [
        (f"year-{year or UNDATED}", year or site.words.say(_("Without a date")), of)
        for year, of in years
    ]
    return [group for group in (*open_ones, *named) if group[2]]


def _values(
    site: Site, name: str, rows: list[Row]
) -> Iterator[tuple[str, Markup, int, str, Markup]]:
    """The values of a facet that some decision has: value, label, how many, address, and the
    label's language for what can hold no mark.
    """
    counts: dict[str, list[Row]] = {}
    for row in rows:
        for value in row.facets[name]:
            counts.setdefault(value, []).append(row)
    labels = {value: _label(site, name, value) for value in counts}
    for value in sorted(counts, key=lambda one: _place(name, one, labels[one])):
        prefix = (
            site.prefix
            if site.language in site.addresses.languages_of_list(row.entry for row in counts[value])
            else ""
        )
        yield (
            value,
            labels[value],
            len(counts[value]),
            f"{prefix}{BY}/{name}/{value}/",
            _lang(site, name, value),
        )


def _place(name: str, value: str, label: Markup) -> Any:
    if name == "state":
        return list(STATES).index(value)
    if name == "year":
        return -int(value) if value.isdigit() else 0
    return sort_key(label.striptags())


def _label(site: Site, name: str, value: str) -> Markup:
    if name == "state":
        return Markup(site.words.say(STATES[value][0]))
    if name == "category":
        return site.texts.category(value)
    if value == UNDATED and name == "year":
        return Markup(site.words.say(_("Without a date")))
    if value == MEMBERS_VOTE:
        return Markup(site.words.say(_("A vote of the members")))
    entry = _facet_record(site, name, value)
    return site.texts.title(entry) if entry else Markup.escape(value)


def _facet_record(site: Site, name: str, value: str) -> Entry | None:
    """The text or the body that a facet's value is."""
    return site.index.find(NAMED[name], value) if name in NAMED else None


def _lang(site: Site, name: str, value: str) -> Markup:
    rules, entry = site.index.find(RULES, RULES), _facet_record(site, name, value)
    if name == "category":
        return site.texts.lang(rules.get("categories", value, "label") if rules else None)
    return site.texts.lang(entry.title if entry else None)
