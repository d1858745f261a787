"""The rules of decision do not contradict themselves.

What is counted has a majority, or is decided by consent; the shares of colleges sum to 100 and each
is of a college in coop.yml; every category that is named exists, and patterns of files can be read.
No two categories are called alike, and no word is there that would count for nothing: a quorum that
asks for nobody, a tie that cannot come, a share without its number.

## Why
A rule that cannot be applied is found out on the evening of the assembly. One that is passed over
in silence is worse: everybody believes that it holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, suggestion
from ...base.globs import is_sound
from ...base.messages import _
from ...decisions.tally.arithmetic import HALF, read_fraction
from ...decisions.tally.shapes import Alternative, Category
from ...decisions.types import Rules
from ...records.index import Index
from ...records.model import Record
from ..rule_stages import Way, ways

KIND = "rules"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    rules = Rules.of(record)
    for name, category in rules.categories.items():
        if not (category.threshold or category.consent or category.against or category.any):
            message = _(
                "The category “{name}” says neither which majority decides nor that consent does.",
                name=name,
            )
            yield record.fault(message, "categories", name, help=_("Add “threshold” or “consent”."))
        second = category.second
        if (
            second is not None
            and any(way.quorum for way in category.any)
            and not (second.threshold or second.any)
        ):
            message = _(
                "The ways of the first consultation ask for a quorum: which majority holds?"
            )
            help = _("Write “threshold” or “any” for the second consultation.")
            yield record.fault(message, "categories", name, "second", help=help)
    yield from _labels(record, rules)
    for way in ways(record):
        yield from _idle_words(record, way, index)
    cap = rules.proxies.max_per_member
    if cap and cap.below and not cap.else_fraction:
        message = _("Nothing says how many proxies one member holds where more are entitled.")
        help = _("Add “else_fraction”, or take out “below”.")
        yield record.fault(message, "proxies", "max_per_member", "below", help=help)
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


def _labels(record: Record, rules: Rules) -> Iterator[Diagnostic]:
    """Categories that are called alike: nobody would know under which rule a vote is held."""
    seen: dict[tuple[str, str], str] = {}
    for name, category in rules.categories.items():
        for language, label in category.label.items():
            other = seen.setdefault((language, label.strip().casefold()), name)
            if other != name:
                message = _(
                    "This category is called as “{other}” is: {label}.", other=other, label=label
                )
                yield record.fault(
                    message, "categories", name, "label", help=_("Call it otherwise.")
                )


def _idle_words(record: Record, way: Way, index: Index) -> Iterator[Diagnostic]:
    """Words of a quorum or a majority that nothing could come of."""
    quorum, against, path = way.own.quorum, way.own.against, way.path
    if quorum and not quorum.fraction and quorum.min is None:
        message = _("This quorum says neither a share nor a number.")
        yield record.fault(message, *path, "quorum", help=_("Add “fraction” or “min”."))
    elif quorum and quorum.min_or_all and quorum.min is None:
        message = _("“min_or_all” is said of “min”, which is not there.")
        yield record.fault(message, *path, "quorum", "min_or_all", help=_("Add “min”."))
    known = index.terms("coop.membership_categories") or {}
    for number, name in enumerate(quorum.except_ if quorum else ()):
        if name not in known:
            message = _(
                "“{value}” is not in the list “{name}”.", value=name, name="membership_categories"
            )
            where = (*path, "quorum", "except", number)
            yield record.fault(message, *where, help=suggestion(name, known))
    if against and not against.fraction and against.max is None:
        message = _("This says neither how many may be against nor which share.")
        yield record.fault(message, *path, "against", help=_("Add “max” or “fraction”."))
    if way.own.tie in ("adopted", "chair") and not _can_tie(way.held):
        message = _("A tie decides nothing here: no majority is of 1/2.")
        yield record.fault(message, *path, "tie", help=_("Take the line out."))


def _can_tie(held: Alternative) -> bool:
    """Whether one half of something decides: as written, or because nothing else does."""
    if held.threshold:
        return read_fraction(held.threshold.fraction) == HALF
    decides = isinstance(held, Category) and (held.consent or held.any)
    return not (held.against or decides)


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
