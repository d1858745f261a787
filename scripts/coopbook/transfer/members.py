"""Members out of a table that was kept elsewhere: what each line would write, what has no place,
and what is refused with its reason. Nothing is written before all of it is known.

A line becomes a record by itself: one that cannot be taken is refused with its number, the others
come in. Whoever is there already is recognised, by id, account, e-mail, company number or name, and
is changed only where somebody asks for it. Nobody is listed without a consent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..records.core_kinds import MEMBER
from ..records.load import Book
from .columns import Column, Target
from .completing import complete_lines, give_defaults
from .judging import judge_lines
from .naming import People, give_ids, refuse_twice
from .plan import Line, Picture, Plan, Source
from .portraits import give_portraits
from .reading import read_lines, read_named


def plan_members(
    book: Book,
    sources: Sequence[Source],
    columns: Sequence[Column],
    for_all: Mapping[Target, str],
    pictures: Mapping[str, Picture],
) -> Plan:
    """What a table of members would write.

    Args:
        book: The co-op.
        sources: The lines.
        columns: Which column is which field.
        for_all: What every line is given that does not say it itself.
        pictures: The portraits that lie beside the files of members, by the place of the line.
    """
    index = book.index
    there = {record.id: record for record in book.records() if record.kind.name == MEMBER}
    plan = Plan([Line(source.place) for source in sources], columns)
    read_lines(plan, sources, index, for_all)
    complete_lines(plan, index.settings.country)
    refuse_twice(plan.lines)
    give_ids(plan.standing, there, index)
    read_named(plan, index, People(there, plan.lines).find)
    for line in plan.standing:
        owner = there.get(line.id)
        line.file = owner.file if owner else f"{index.kinds[MEMBER].folder}/{line.id}.yml"
        if owner is None:
            give_defaults(plan, line)
    seen = give_portraits(plan, pictures, index)
    judge_lines(plan, replace(book, index=seen), there)
    for line in plan.standing:
        if line.id in there:
            line.state = "differs" if line.changes else "same"
    return plan
