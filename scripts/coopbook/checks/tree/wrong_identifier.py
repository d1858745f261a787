"""A number of the legal notice can be one of its register, and a legal form is one of the country.

Numbers are taken as people write them, with dots, spaces or without: what counts is that the digits
are as many as the register gives, and that check digits fit where there are some. `none` says that
there is no such number.

## Why
One wrong digit in a notice or on a contract names another company, or none. A form that is misspelt
asks for what the law does not.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.messages import _
from ...records.coop import FORMER, NUMBERS, Coop, Entity
from ...records.index import Index
from ...records.legal import looks_like_code
from ...records.model import Record

KIND = "coop"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    coop = Coop.of(record.value)
    for id, entity in coop.entities.items():
        for name in NUMBERS:
            yield from _number(record, coop, id, entity, name)
        yield from _form(record, coop, id, entity)
    if coop.declared:
        for name in FORMER:
            if record.get("legal", name) is not None:
                yield record.fault(
                    _("“legal.{name}” is read no more where there are “entities”.", name=name),
                    "legal",
                    name,
                    on_key=True,
                    help=_("Write it under “entities”, and take this line out."),
                )


def _number(record: Record, coop: Coop, id: str, entity: Entity, name: str) -> Iterator[Diagnostic]:
    text = entity.number(name)
    number = entity.identifier(name)
    if text and number.canonical(text) is None:
        yield record.fault(
            _("“{value}” cannot be this number: {label}.", value=text, label=number.label),
            *coop.place_in(id, name),
            help=_("{shape} Compare it with your papers.", shape=number.help),
        )


def _form(record: Record, coop: Coop, id: str, entity: Entity) -> Iterator[Diagnostic]:
    form = entity.form
    if entity.former or not looks_like_code(form) or entity.legal_form:
        return
    codes = [one.code for one in entity.law.forms]
    yield record.fault(
        _("“{form}” is none of the legal forms that are known there.", form=form),
        *coop.place_in(id, "form"),
        help=suggestion(form, codes)
        or _("One of: {choices}; any other in words.", choices=", ".join(codes)),
    )
