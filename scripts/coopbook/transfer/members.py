"""Members out of a table that was kept elsewhere: what each line would write, what has no place,
and what is refused with its reason. Nothing is written before all of it is known.

A line becomes a record by itself: one that cannot be taken is refused with its number, the others
come in. Whoever is there already is recognised, by id, account, e-mail, company number or name, and
is changed only where somebody asks for it. Nobody is listed without a consent.
"""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..base.formats import slug
from ..base.messages import ngettext
from ..records.core_kinds import MEMBER, VOCABULARY
from ..records.dialect.words import x_vocabulary
from ..records.index import Index
from ..records.load import Book
from .columns import Column, Target
from .completing import complete_lines, give_defaults
from .fields import schema_of
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
    _suggest_terms(plan, index)
    for line in plan.standing:
        if line.id in there:
            line.state = "differs" if line.changes else "same"
    return plan


def _suggest_terms(plan: Plan, index: Index) -> None:
    """Say how the list of a column gets the word that most lines miss in it."""
    for column in plan.columns:
        schema = schema_of(index.kinds[MEMBER], column.target)
        name = x_vocabulary.of(schema.get("items") or schema)
        if name not in index.by_id(VOCABULARY):
            continue
        missed = Counter(
            one.value
            for one in plan.findings
            if one.column == column.name and one.what == "homeless" and slug(one.value)
        )
        for word, times in missed.most_common(1):
            call = f"coopbook terms add {name} {slug(word)} --label {shlex.quote(word)}"
            plan.remarks.append(
                ngettext(
                    "{count} line misses “{word}” in its list. If it belongs there: {call}",
                    "{count} lines miss “{word}” in their list. If it belongs there: {call}",
                    times,
                    word=word,
                    call=call,
                )
            )
