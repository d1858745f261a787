"""A small co-op that holds an assembly, and a secretary who fills in its sheets with an office
program.
"""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from odfdo import Cell, Document, Row, Table

RULES = """electorate: {membership: current, except: [suspended], snapshot: opens_at}
categories:
  ordinary:
    label: {en: Ordinary decision}
    channel: either
    quorum: {of: represented, base: electorate, fraction: 1/2}
    threshold: {base: expressed, fraction: 1/2, op: gt}
    tie: rejected
  bylaws:
    label: {en: Change of bylaws}
    channel: meeting
    notice_days: 15
    agenda_only: true
    quorum: {of: represented, base: electorate, fraction: 3/4}
    threshold: {base: represented, fraction: 3/4, op: gte}
    second: {notice_days: 8, quorum: {of: represented, base: electorate, fraction: 1/2}}
proxies: {allowed: true, holder: member, max_per_member: {below: 20, value: 1, else_fraction: 1/20}, scope: one_meeting}
secret: {required_for: [election]}
paths:
  "members/**": own
  "wiki/**": any_member
  "projects/**": any_member
  "events/**": any_member
  "decisions/proposals/**": any_member
  "decisions/ballots/**": own
  "decisions/bylaws/**": vote:bylaws
  "decisions/rules.yml": vote:bylaws
  "decisions/**": role:secretary
  "{coop.yml,schemas/**}": maintainers
"""  # noqa: E501
PROPOSAL = """---
title: {{en: "{title}"}}
audience: members
category: {category}
status: open
opens: 2026-10-01T09:00:00+02:00
closes: 2026-11-30T18:00:00+01:00
{more}---

## Context

We have grown.

## Proposal

{text}

## Alternatives

None.
"""
ARTICLE = """---
number: 1
title: Seat
audience: members
in_force: {since}
adopted_by: {{text: the founding meeting}}
{more}---

The seat is in {town}.
"""
MEMBERS = {
    "ana": "Ana Lopes",
    "bob": "Bob Martin",
    "cleo": "Cléo Durand",
    "dan": "Dan Petit",
    "emile": "Émile Lavertu",
    "fay": "Fay Le Goff",
    "gus": "Gus Moreau",
    "hana": "Hana Prat",
    "ines": "Inès Benali",
    "jo": "Jo Kerbrac",
    "kim": "Kim Tran",
    "zoe": "Zoé Œuvrard",
}
COOP = """format: 2
name: Test Co-op
languages: [en]
country: CH
repository: private
email: coop@test.example
legal: {name: Test Co-op, form: cooperative, variable_capital: true, seat: "1 Harbour Street, Nantes", rcs: Nantes 000 000 000}
membership_categories: {worker: {label: {en: Worker member}}}
"""  # noqa: E501
DAY, ID = "2026-12-18", "general-meeting-2026-12-18"


def member(name: str, since: str | None = "2020-01-01") -> str:
    given, _space, family = name.partition(" ")
    period = f"membership:\n  - {{from: {since}, category: worker}}\n" if since else ""
    return (
        f"type: person\nname: {{given: {given}, family: {family}, display: {name}}}\npresence: "
        f"present\nlisted: false\n{period}"
    )


def files(coop: str = COOP) -> dict[str, str]:
    found = {f"members/{id}.yml": member(name) for id, name in MEMBERS.items()}
    found |= {
        "members/rex.yml": member("Rex Trial", None),
        "coop.yml": coop,
        "decisions/rules.yml": RULES,
    }
    found["decisions/bodies/general-meeting.yml"] = (
        "name: {en: General meeting}\nkind: assembly\naudience: members\nmandates: []\n"
    )
    found["decisions/bylaws/articles.yml"] = (
        "title: {en: Articles}\nkind: articles\naudience: members\nlabel: Article\nlanguage: en\n"
    )
    found["decisions/bylaws/articles/seat.md"] = ARTICLE.format(
        since="2014-10-02", town="Nantes", more=""
    )
    accounts = PROPOSAL.format(
        title="Accounts of 2025",
        category="ordinary",
        more="",
        text="The meeting approves the accounts of 2025.",
    )
    amends = (
        "amends:\n  - {document: articles, article: seat, effective: 2027-01-01}\nrules: true\n"
    )
    seat = PROPOSAL.format(
        title="A new seat", category="bylaws", more=amends, text="The seat moves to **Rennes**."
    )
    room = PROPOSAL.format(
        title="A second seat", category="bylaws", more="", text="A second seat is opened."
    )
    vote = PROPOSAL.format(
        title="Election of the board",
        category="ordinary",
        more="subject: election\n",
        text="Ana Lopes is elected.",
    )
    texts = {"accounts": accounts, "seat": seat, "second-seat": room, "board": vote}
    return found | {f"decisions/proposals/{id}.md": text for id, text in texts.items()}


class Filled:
    """A spreadsheet as somebody changes it in an office program; columns by their titles."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.document = Document(file)
        self.tables: list[Table] = [
            table
            for table in self.document.body.get_elements("table:table")
            if isinstance(table, Table)
        ]
        self.table = self.tables[0]

    def sheet(self, number: int) -> Filled:
        self.table = self.tables[number]
        return self

    def _place(self, title: str) -> tuple[int, int]:
        for y, row in enumerate(self.table.get_values()):
            if title in row:
                return row.index(title), y
        raise KeyError(title)

    def row(self, first: str) -> int:
        """The row in which a cell says this."""
        return next(
            y
            for y, row in enumerate(self.table.get_values())
            if first in [str(cell) for cell in row if cell is not None]
        )

    def write(self, first: str, **cells: Any) -> Filled:
        """Write into the row that says `first`; a column's title has _ for spaces."""
        y = self.row(first)
        for title, value in cells.items():
            self.put(self._place(title.replace("_", " "))[0], y, value)
        return self

    def put(self, x: int, y: int, value: Any) -> None:
        style = self.table.get_cell((x, y)).style
        cell = Cell(value, style=style) if not isinstance(value, Cell) else value
        self.table.set_cell((x, y), cell)

    def add(self, values: list[Any]) -> Filled:
        """A line below the last one that says something, as somebody would who types on."""
        rows = self.table.get_values()
        last = max(y for y, row in enumerate(rows) if any(cell not in (None, "") for cell in row))
        for x, value in enumerate(values):
            if value is not None:
                self.put(x, last + 1, value)
        return self

    def duplicate(self, first: str) -> Filled:
        self.table.insert_row(self.row(first) + 1, self.table.get_row(self.row(first)))
        return self

    def drop(self, first: str) -> Filled:
        self.table.delete_row(self.row(first))
        return self

    def swapped(self, one: str, other: str) -> Filled:
        """Two columns that changed places."""
        (x1, _y), (x2, _y2) = self._place(one), self._place(other)
        for y in range(self.table.height):
            first, second = self.table.get_cell((x1, y)), self.table.get_cell((x2, y))
            self.table.set_cell((x1, y), second)
            self.table.set_cell((x2, y), first)
        return self

    def empty_row(self, after: str) -> Filled:
        self.table.insert_row(self.row(after) + 1, Row())
        return self

    def save(self, name: str = "") -> Path:
        out = self.file.with_name(name or self.file.name)
        data = BytesIO()
        self.document.save(data)
        out.write_bytes(data.getvalue())
        return out


def clock(hours: int, minutes: int) -> Cell:
    """A cell of time, as a program writes 14:45."""
    return Cell(timedelta(hours=hours, minutes=minutes), cell_type="time")
