"""The record of a new assembly, and what is added to its draft."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..base.atomic_files import create_file
from ..base.messages import Misuse, Remark, _
from ..decisions.kinds import MINUTES
from ..decisions.types import Resolution
from ..records.load import Book
from ..records.model import order_fields
from ..yaml_files.editor import render
from .creating import Plan, add_motions, new_record
from .opening import Step
from .record import Assembly
from .saving import save


def write_draft(book: Book, plan: Plan, language: str) -> list[Remark]:
    """Write the record of a new assembly.

    Raises:
        Misuse: Where there is no such body, where a resolution is not clear, or where there is a
            file already.
    """
    id, value = new_record(plan, book.index)
    kind = book.kinds[MINUTES]
    file = f"{kind.folder}/{id}.md"
    create_file(book.root, file, render(order_fields(value, kind.schema), ""))
    assembly = Assembly(book.index, id, value, language)
    next_step = Remark(_("Next: call the meeting, with the step “notice”."))
    if assembly.day < book.index.today.isoformat():
        next_step = Remark(
            _(
                "{date} is past: is it the right year? If it is not, delete this file and begin "
                "anew. If the meeting was held, the next step is “attendance”.",
                date=assembly.date(assembly.day),
            ),
            caution=True,
        )
    return [
        Remark(_("Written: {file}", file=file)),
        *_categories(assembly, assembly.resolutions),
        next_step,
    ]


def add_resolutions(step: Step, plan: Plan) -> list[Remark]:
    """Put more to the vote of an assembly.

    Raises:
        Misuse: Where its record is no draft any more, or where a resolution is not clear.
    """
    if not step.assembly.minutes.are_a_draft:
        raise Misuse(_("These minutes are no draft any more: nothing is added to what is voted."))
    value = add_motions(plan, step.assembly.value, step.book.index)
    assembly, had = step.assembly.with_fields(**value), len(step.assembly.resolutions)
    return [*save(step, value), *_categories(assembly, assembly.resolutions[had:])]


def _categories(assembly: Assembly, resolutions: Sequence[Resolution]) -> Iterator[Remark]:
    """Under which category each resolution will be decided: where none was typed, it was chosen."""
    for one in resolutions:
        yield Remark(
            _(
                "Resolution {number}: {title}. Category: {category}.",
                number=one.number,
                title=one.title,
                category=assembly.category_name(one.category) or "…",
            )
        )
