"""The rules of decision change by a decision alone, taken as the rules before it asked.

This check compares with the files before the change (`coopbook check --base`): what `paths` said of
`decisions/rules.yml` then names the category, and a decision in it or in a stricter one stands in
`adopted_by` (a resolution of an assembly whose minutes are approved, or a proposal), with the day
from which the new rules hold (`in_force`). It is another decision than the one behind the rules
before, and is not older; one that says which articles it changes (`amends`) decides on the rules as
well where it says so (`rules: true`). A resolution gives its figures, or says that it was
unanimous. The order of the categories says which is stricter, and is a
rule as well. Titles, labels, worked examples and remarks may change without a decision, though no
category gets the name that another one had; everything else needs one, the day from which the rules
hold as well; the first rules need none.

## Why
Whoever can change the rules by an easy vote, or without one, can decide everything by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...base.diagnostics import Diagnostic
from ...base.messages import Message, _
from ...decisions.authority import (
    BY,
    FIGURES,
    cites_decision,
    decided_on,
    decisions,
    doubts,
    how_to_mend,
    is_on_articles_alone,
    minutes_of,
    proposal_of,
    why_all_unfounded,
    why_too_weak,
)
from ...decisions.proposed_change import RULES
from ...decisions.tally.terms import APPLIED, BEYOND_WORDS
from ...decisions.types import Rules
from ...records.index import Entry, Index
from ...records.model import Record

KIND = "rules"

HELP = _("Name the decision: adopted_by, with minutes and resolution, or with proposal.")
RULING = (
    "categories",
    "electorate",
    "paths",
    "fields",
    "maintainers",
    "in_force",
    "minutes",
    "assemblies",
    *APPLIED,
)
BEYOND_RULES = ("title", "preset", "overlays", "adopted_by")
"""What the file says that rules nothing."""


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    entry = index.by_file.get(record.file)
    if entry is None:
        return
    usual = _("Name the approved minutes and the resolution that adopted these rules.")
    for message, path in doubts(index, entry):
        yield record.fault(message, *path, help=how_to_mend(index, entry, path, usual))


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    old, new = before.find("rules", "rules"), after.find("rules", "rules")
    wanted = Rules.of(old).vote_needed(RULES) if old and old.sound else ""
    if old is None or not wanted:
        return
    if new is None:
        yield Diagnostic(old.file, _("The rules of decision are gone."), _("Put the file back."))
    elif new.sound and substance(old.value) != substance(new.value):
        yield from _refuse_undecided(old, new, after, wanted)
    elif new.sound:
        yield from _exchanged_labels(old, new)


def _exchanged_labels(old: Entry, new: Entry) -> Iterator[Diagnostic]:
    """Whether a category is called as another one was until now."""
    had = {
        (_plain(language), label.strip().casefold()): name
        for name, category in Rules.of(old).categories.items()
        for language, label in category.label.items()
    }
    for name, category in Rules.of(new).categories.items():
        for language, label in category.label.items():
            other = had.get((_plain(language), label.strip().casefold()), name)
            if other != name:
                message = _(
                    "“{label}” was the name of another category: {other}.", label=label, other=other
                )
                yield new.fault(message, "categories", name, "label", help=_("Call it otherwise."))


def _plain(language: str) -> str:
    """A language without its country: people read the one where the other is missing."""
    return language.partition("-")[0]


def substance(rules: dict[str, Any]) -> list[Any]:
    """What the rules say, whatever it is called and however it is shown."""
    categories = [
        [name, {word: part for word, part in category.items() if word not in BEYOND_WORDS}]
        for name, category in (rules.get("categories") or {}).items()
    ]
    return [categories, *(rules.get(word) for word in RULING[1:])]


def _refuse_undecided(old: Entry, new: Entry, after: Index, wanted: str) -> Iterator[Diagnostic]:
    was, now = Rules.of(old), Rules.of(new)
    if not cites_decision(new) or now.adopted_by == was.adopted_by:
        message = _(
            "The rules changed without naming the decision; only one in the category "
            "“{category}” can change them.",
            category=wanted,
        )
        yield new.fault(message, "adopted_by", help=HELP)
        return
    if now.in_force <= was.in_force:
        yield new.fault(
            _("The new rules have no day of their own."),
            "in_force",
            help=_("Write the day from which they hold."),
        )
    if any(doubts(after, new)) or not (minutes_of(after, new) or proposal_of(after, new)):
        return
    yield from _another(old, new, after)
    if weak := why_too_weak(was, wanted, after, new):
        yield new.fault(weak, "adopted_by", help=Message(BY.text, {"wanted": wanted}))
    elif unfounded := why_all_unfounded(after, new, was):
        yield new.fault(unfounded, "adopted_by", help=FIGURES)


def _another(old: Entry, new: Entry, after: Index) -> Iterator[Diagnostic]:
    """Whether a decision is about other things than these rules: an earlier one, that on the rules
    before, or one on articles.
    """
    if decisions(after, new) & decisions(after, old):
        yield new.fault(
            _("The rules before this change name the same decision."), "adopted_by", help=HELP
        )
    elif decided_on(after, new) < (day := decided_on(after, old)):
        yield new.fault(
            _("This decision is older than the one that it would undo, of {date}.", date=day),
            "adopted_by",
            help=HELP,
        )
    elif not day and decided_on(after, new) < (since := Rules.of(old).in_force):
        yield new.fault(
            _("This decision is older than the rules that it would undo, of {date}.", date=since),
            "adopted_by",
            help=HELP,
        )
    if is_on_articles_alone(after, new):
        message = _(
            "This decision says which articles it changes, and not that it changes the rules "
            "of decision."
        )
        help = _(
            "Name the decision on the rules. One that is still to come says it under rules: true."
        )
        yield new.fault(message, "adopted_by", help=help)
