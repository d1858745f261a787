"""Warnings that a co-op has accepted: `checks: {accepted: [{check, file, why, until}]}` in
coop.yml.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct

from ..base.diagnostics import Diagnostic, Severity, suggestion
from ..base.messages import NOTHING, Message, _
from ..base.positions import Path
from ..records.index import Index
from .aliases import ALIASES, current_slugs
from .model import Check

INVALID, UNUSED = "acceptance-invalid", "acceptance-unused"
LONGEST = timedelta(days=366)
"""An acceptance holds for a year at most: then somebody reads the warning again."""
FILE = "coop.yml"


class Acceptance(Struct, frozen=True):
    """One entry: the warnings of a check (of several where it was split) in a file, accepted up to
    a day and that day included.
    """

    path: Path
    check: str
    slugs: tuple[str, ...]
    file: str
    until: str

    def covers(self, item: Diagnostic) -> bool:
        """Whether a fault is one that this entry accepts. An error never is."""
        return (
            item.severity == "warning"
            and item.file == self.file
            and item.check in self.slugs
            and item.check not in (INVALID, UNUSED)
        )


def apply_accepted(
    found: list[Diagnostic], index: Index, checks: Mapping[str, Check], run: Collection[str]
) -> list[Diagnostic]:
    """What was found, without the warnings that are accepted, and with what is wrong with the
    entries that accept them.

    Args:
        found: every fault of the book.
        index: its index, whose day says which entries have ended.
        checks: every check by its slug.
        run: the slugs of the checks that were run: of the others it is not known whether an entry
            accepts something.
    """
    left, told = list(found), list[Diagnostic]()
    for number, said in enumerate(index.settings.checks.accepted):
        if not said.is_complete:
            continue  # the schema refused a part of it
        path = ("checks", "accepted", number)
        entry = Acceptance(path, said.check, current_slugs(said.check), said.file, said.until)
        wrong = list(_faults(entry, index, checks))
        told += wrong
        if wrong or not set(entry.slugs) <= set(run):
            continue
        ended = entry.until < index.today.isoformat()
        rest = [item for item in left if not entry.covers(item)]
        if ended:
            message = _("This acceptance ended on {date}.", date=entry.until)
            help = _("Look at the warning again: mend it, set another day, or take the entry out.")
            told.append(_fault(UNUSED, "warning", message, (*entry.path, "until"), help))
        elif len(rest) == len(left):
            message = _("{file} has no such warning: this entry accepts nothing.", file=entry.file)
            told.append(_fault(UNUSED, "warning", message, entry.path, _("Take it out.")))
        else:
            left = rest
    return left + told


def _faults(entry: Acceptance, index: Index, checks: Mapping[str, Check]) -> Iterator[Diagnostic]:
    """Why an entry cannot accept anything."""
    unknown = [slug for slug in entry.slugs if slug not in checks]
    if unknown:
        message = _("There is no check “{check}”.", check=entry.check)
        help = suggestion(entry.check, [*checks, *ALIASES])
        yield _fault(INVALID, "error", message, (*entry.path, "check"), help)
    elif all(checks[slug].severity == "error" for slug in entry.slugs):
        message = _("“{check}” tells errors: only a warning can be accepted.", check=entry.check)
        yield _fault(INVALID, "error", message, (*entry.path, "check"), _("Mend the fault."))
    if entry.file not in index.assets and entry.file not in index.by_file:
        message = _("There is no file {file}.", file=entry.file)
        help = suggestion(entry.file, index.by_file)
        yield _fault(INVALID, "error", message, (*entry.path, "file"), help)
    last = index.today + LONGEST
    if date.fromisoformat(entry.until) > last:
        message = _(
            "A warning is accepted for a year at most: until {date}.", date=last.isoformat()
        )
        yield _fault(INVALID, "error", message, (*entry.path, "until"))


def _fault(
    slug: str, severity: Severity, message: Message, path: Path, help: Message = NOTHING
) -> Diagnostic:
    return Diagnostic(FILE, message, help, path, check=slug, severity=severity)
