"""The rules of decision do not contradict themselves.

What is counted has a majority, or is decided by consent; the shares of colleges sum to 100 and each
is of a college in coop.yml; every category that is named exists, and patterns of files can be read.

## Why
A rule that cannot be applied is found out on the evening of the assembly.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.globs import is_sound
from ...base.messages import _
from ...decisions.types import Rules
from ...records.index import Index
from ...records.model import Record

KIND = "rules"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    rules = Rules.of(record)
    for name, category in rules.categories.items():
        if category.threshold is None and category.consent is None:
            message = _(
                "The category “{name}” says neither which majority decides nor that consent does.",
                name=name,
            )
            yield record.fault(message, "categories", name, help=_("Add “threshold” or “consent”."))
    yield from _colleges(record, rules, index)
    for path, who in rules.paths.items():
        if not is_sound(path):
            yield record.fault(
                _("This pattern of files cannot be read."),
                "paths",
                path,
                help=_("Such as: members/** or {coop.yml,schemas/**}"),
            )
        if who.startswith("vote:") and who.removeprefix("vote:") not in rules.categories:
            yield _no_category(record, rules, who.removeprefix("vote:"), "paths", path)
    for number, gate in enumerate(rules.gates):
        other = gate.overridable_by
        if other and other not in rules.categories:
            yield _no_category(record, rules, other, "gates", number, "overridable_by")


def _no_category(record: Record, rules: Rules, name: str, *path: str | int) -> Diagnostic:
    message = _("There is no category “{name}” in the rules of decision.", name=name)
    return record.fault(message, *path, help=suggestion(name, rules.categories))


def _colleges(record: Record, rules: Rules, index: Index) -> Iterator[Diagnostic]:
    weights, known = rules.colleges.weights, index.terms("coop.colleges") or {}
    if rules.colleges.enabled and sum(weights.values()) != 100:
        message = _(
            "The shares of the colleges sum to {sum}, not to 100.", sum=sum(weights.values())
        )
        yield record.fault(message, "colleges", "weights" if weights else "enabled")
    for name in weights:
        if name not in known:
            message = _("“{value}” is not in the list “{name}”.", value=name, name="colleges")
            help = suggestion(name, known) if known else _("Add it to “colleges” in coop.yml.")
            yield record.fault(message, "colleges", "weights", name, help=help)
