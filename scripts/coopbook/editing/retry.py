"""What the checks ask of a record that is about to be written: told one by one, and the field at
fault asked again.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from .. import checks
from ..base.diagnostics import Diagnostic
from ..base.messages import _
from ..base.positions import Path, Value
from ..records.core_kinds import COOP
from ..records.dialect import labels
from ..records.entries import entry_of
from ..records.index import Index
from ..records.model import Record, dig, order_fields, schema_at
from .form import Drafter
from .prompts import Refused


def mend(record: Record, drafter: Drafter) -> Record:
    """The record with what the checks want, as far as it was answered. Each fault is asked about
    once.
    """
    told: set[str] = set()
    while wrong := next(
        (item for item in _errors(record, drafter.index) if _key(item) not in told), None
    ):
        told.add(_key(wrong))
        record = _ANSWERS.get(wrong.check, _again)(record, wrong, drafter)
        drafter.value = record.value
    return replace(record, value=order_fields(record.value, record.kind.schema))


def _errors(record: Record, index: Index) -> list[Diagnostic]:
    """What is wrong with a record as if it stood among the others already."""
    entries = index.entries | {
        record.kind.name: index.entries[record.kind.name] | {record.id: entry_of(record)}
    }
    coop = record.value if record.kind.name == COOP else index.coop
    return [
        item
        for item in checks.check_record(record, replace(index, entries=entries, coop=coop))
        if item.severity == "error"
    ]


def _key(item: Diagnostic) -> str:
    return f"{item.check} {item.path} {item.message}"


def _again(record: Record, wrong: Diagnostic, drafter: Drafter) -> Record:
    """Ask for the field at fault; a field that has parts offers those it had. What stands at no
    field is in the text.
    """
    if drafter.asker.read and wrong.path not in drafter.given:
        drafter.asker.fault(Refused(wrong.message, wrong.help))
    return _ask_at(record, wrong, drafter)


def _ask_at(record: Record, wrong: Diagnostic, drafter: Drafter) -> Record:
    """Ask for a field: what was never asked is no fault of who answers."""
    path = wrong.path
    if not path:
        return replace(record, body=drafter.text(_("Text"))) if record.body else record
    part, had = schema_at(record.kind.schema, path), record.get(*path)
    if not part:
        return record
    needed = path[-1] in schema_at(record.kind.schema, path[:-1]).get("required", ()) or isinstance(
        path[-1], int
    )
    answer = drafter.field(path, part, needed, had if isinstance(had, dict) else None, deep=True)
    return replace(record, value=with_value(record.value, path, answer))


def _consent(record: Record, wrong: Diagnostic, drafter: Drafter) -> Record:
    """Ask for a consent; without it, what needs it is not published."""
    purpose, part = wrong.message.values["purpose"], record.kind.properties["consents"]
    label = labels.choice_of(schema_at(part, (0, "purpose")), purpose)
    question = _CONSENTS.get(purpose) or _(
        "Does this person agree to this: {purpose}?", purpose=label
    )
    help = [_("A consent is noted with its day, and can be withdrawn at any time.")]
    if not drafter.asker.yes(question, help=help):
        return replace(
            record,
            value=with_value(
                record.value, wrong.path, False if wrong.path == ("listed",) else None
            ),
        )
    had = {"purpose": purpose, "given": drafter.index.today.isoformat()}
    at, fields = ("consents", len(record.value.get("consents") or [])), part["items"]["properties"]
    answers = {
        name: drafter.field((*at, name), fields[name], name == "given", had.get(name))
        for name in ("given", "how")
    }
    consent = order_fields(
        had | {name: answer for name, answer in answers.items() if answer is not None},
        part["items"],
    )
    return replace(
        record, value=record.value | {"consents": [*(record.value.get("consents") or []), consent]}
    )


_CONSENTS = {
    "directory": _("Does this person agree that everybody may read their page?"),
    "photo": _("Does this person agree that everybody may see their photo?"),
    "email": _("Does this person agree that everybody may read their e-mail address?"),
    "phone": _("Does this person agree that everybody may read their phone number?"),
}
"""How a consent is asked for, by its purpose."""

_ANSWERS: dict[str, Callable[[Record, Diagnostic, Drafter], Record]] = {
    "consent-missing": _consent,
    "legal-notice-incomplete": _ask_at,
}
"""Checks whose mending is another field than the one at fault, or that only say what to ask."""


def with_value(value: dict[str, Value], path: Path, answer: Value) -> dict[str, Value]:
    """A copy of the fields with another value at a path; without it where there is none."""
    if answer is None and dig(value, *path) is None:
        return value
    whole = copy.deepcopy(value)
    around: Any = whole
    for step in path[:-1]:
        around = around.setdefault(step, {}) if isinstance(around, dict) else around[step]
    if answer is None and isinstance(around, dict):
        around.pop(path[-1], None)
    elif answer is None:
        del around[path[-1]]
    else:
        around[path[-1]] = answer
    return whole
