"""The rules of decision change by a decision alone, taken as the rules before it asked.

This rule compares with the files before the change (`coopbook check --base`): what `paths` said of `decisions/rules.yml` then names the
category, and a decision in it or in a stricter one stands in `adopted_by` (minutes and resolution, or a proposal), with the day from
which the new rules hold (`since`). The order of the categories says which is stricter, and is a rule as well. Titles, labels, worked
examples and remarks may change without a decision; the first rules need none.

## Why
Whoever can change the rules by an easy vote, or without one, can decide everything by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..decided import category_of, doubts_of_rules, named
from ..diagnostics import Diagnostic
from ..globs import matches
from ..index import Entry, Index
from ..messages import _
from ..records import Record
from ..tally.terms import BEYOND_WORDS

RULES = "decisions/rules.yml"
HELP = _("Name the decision: adopted_by, with minutes and resolution, or with proposal.")
_RULING = ("electorate", "paths", "proxies", "colleges", "gates", "secret", "tellers")


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    entry = index.by_file.get(record.file) if record.kind.name == "rules" else None
    if entry is None or not entry.sound:
        return
    for message, path in doubts_of_rules(index, entry):
        yield record.error(message, *path, help=_("Name the minutes and the resolution that adopted these rules."))


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    old, new = before.find("rules", "rules"), after.find("rules", "rules")
    wanted = demanded(old.value) if old and old.sound else ""
    if old is None or not wanted:
        return
    if new is None:
        yield Diagnostic(old.file, _("The rules of decision are gone."), _("Put the file back."))
    elif new.sound and substance(old.value) != substance(new.value):
        yield from _undecided(old, new, after, wanted)


def demanded(rules: dict[str, Any]) -> str:
    """The strictest category that the table of paths asks for to change the rules; nothing where it asks for no vote."""
    order = list(rules.get("categories") or {})
    asked = {
        who.removeprefix("vote:") for path, who in (rules.get("paths") or {}).items() if matches(path, RULES) and who.startswith("vote:")
    }
    return next((name for name in reversed(order) if name in asked), "")


def substance(rules: dict[str, Any]) -> list[Any]:
    """What the rules say, whatever it is called and however it is shown."""
    categories = [
        [name, {word: part for word, part in category.items() if word not in BEYOND_WORDS}]
        for name, category in (rules.get("categories") or {}).items()
    ]
    return [categories, *(rules.get(word) for word in _RULING)]


def _undecided(old: Entry, new: Entry, after: Index, wanted: str) -> Iterator[Diagnostic]:
    if not named(new) or new.get("adopted_by") == old.get("adopted_by"):
        message = _(
            "The rules changed without naming the decision; only one in the category “{category}” can change them.", category=wanted
        )
        yield new.error(message, "adopted_by", help=HELP)
        return
    if str(new.get("since") or "") <= str(old.get("since") or ""):
        yield new.error(_("The new rules have no day of their own."), "since", help=_("Write the day from which they hold."))
    if any(doubts_of_rules(after, new)):
        return
    order, taken = list(old.get("categories")), category_of(after, new.get("adopted_by"))
    if taken not in order or order.index(taken) < order.index(wanted):
        message = _(
            "The rules changed under a weaker rule: decided as “{taken}”, and they ask for “{wanted}”.", taken=taken or "…", wanted=wanted
        )
        yield new.error(message, "adopted_by", help=_("Decide it in the category “{wanted}” or a stricter one.", wanted=wanted))
