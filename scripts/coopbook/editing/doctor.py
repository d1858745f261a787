"""How a co-op's folder stands: what keeps it going, what will stop it one day, and what cannot be
seen from here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from ..agenda.reminders import for_a_page, reminders
from ..base.diagnostics import Diagnostic
from ..base.messages import NOTHING, Message, _, ngettext
from ..base.positions import Value
from ..decisions.mandates import mandates_held
from ..decisions.types import Member
from ..decisions.votes import rules_of
from ..records.core_kinds import MEMBER
from ..records.index import Index
from ..records.kinds import is_our_own, shipped_kinds
from ..records.own_schemas import adds_to_ours
from ..records.starter_files import PACKAGES, REQUIREMENTS, find_stale
from ..records.vocabularies import EXTENDS, shipped_names
from ..yaml_files.reader import parse

State = Literal["good", "soon", "mend", "unknown"]
MOST_TOLD = 10
"""Days to come that are told one by one."""
FEWEST = 2
"""Administrators without whom a co-op stands still when one is ill."""
MOST_FILES, MOST_BYTES = 20_000, 1_000_000_000
"""What free hosting of static sites takes, at most: files of one site, bytes of one site."""
NEARLY = 0.8
_MEGA = 1_000_000
PAST_DUE = "past-due"
_PINNED = re.compile(r"^coopbook==|@[0-9a-f]{40}\b|sha256=", re.MULTILINE)
"""A requirement that always gives the same Coopbook."""


class Line(NamedTuple):
    """One thing that was looked at, how it stands, and what mends it."""

    state: State
    message: Message
    help: Message = NOTHING


def examine_folder(
    root: Path, index: Index, found: Sequence[Diagnostic], language: str, days: int
) -> Iterator[Line]:
    """Look at a co-op's folder; nothing is changed.

    Args:
        root: The folder.
        index: What it holds.
        found: What the check says of it.
        language: In which language titles are said.
        days: How far to look ahead.
    """
    yield from _examine_check(found)
    yield from _examine_administrators(index)
    yield from _examine_deadlines(index, found)
    yield from _examine_coming(index, language, days)
    yield from _examine_program(root, index)
    yield from _examine_replaced(root)
    for audience in ("public", "members"):
        yield _examine_site(root, index, audience)


def _examine_check(found: Sequence[Diagnostic]) -> Iterator[Line]:
    errors = sum(item.severity == "error" for item in found)
    if errors:
        words = ngettext(
            "The check finds {count} error: no site is made.",
            "The check finds {count} errors: no site is made.",
            errors,
        )
        yield Line("mend", words, _("Run: {command}", command="coopbook check"))
    else:
        yield Line("good", _("The check finds no error."))


def _examine_administrators(index: Index) -> Iterator[Line]:
    rules = rules_of(index)
    if not rules:
        yield Line(
            "unknown",
            _("Who looks after the program is not said: there are no rules of decision."),
            _("Begin with “coopbook preset”, and name them in a body's mandates."),
        )
        return
    role = rules.maintainers
    holders = {
        entry.id
        for _body, mandate in mandates_held(index, role, index.today)
        if (entry := index.find(MEMBER, mandate.member)) and not Member.of(entry).has_left
    }
    words = ngettext(
        "{count} person looks after the program (role “{role}”).",
        "{count} people look after the program (role “{role}”).",
        len(holders),
        role=role,
    )
    if len(holders) >= FEWEST:
        yield Line("good", words)
    else:
        help = _("Give two people a mandate of this role: while one is away, the other can mend.")
        yield Line("mend", words, help)


def _examine_deadlines(index: Index, found: Sequence[Diagnostic]) -> Iterator[Line]:
    late = [item for item in found if item.check == PAST_DUE]
    members = sum(
        item.file in index.by_file
        and index.by_file[item.file].kind == MEMBER
        and item.path in ((), ("reviewed",))
        for item in late
    )
    others = len(late) - members
    if members:
        words = ngettext(
            "{count} member's page was not reviewed in time.",
            "{count} members' pages were not reviewed in time.",
            members,
        )
        yield Line("mend", words, _("Run: {command}", command="coopbook remind"))
    else:
        yield Line("good", _("Every member's page was reviewed in time."))
    if others:
        words = ngettext("{count} day is past.", "{count} days are past.", others)
        yield Line("mend", words, _("Run: {command}", command="coopbook remind"))
    else:
        yield Line("good", _("No day is past."))


def _examine_coming(index: Index, language: str, days: int) -> Iterator[Line]:
    """What is to be done within so many days: mandates that end, votes that close, contracts."""
    found = [
        one for one in for_a_page(reminders(index, language, days)) if one.due and not one.late
    ]
    for one in found[:MOST_TOLD]:
        members = (index.find(MEMBER, id) for id in one.members)
        whose = [one.entry, *(member for member in members if member and member != one.entry)]
        names = Message(", ".join(index.text(entry.title, language) for entry in whose))
        yield Line("soon", _("{name}: {value}", name=names, value=one.said))
    more = max(0, len(found) - MOST_TOLD)
    if more:
        words = ngettext(
            "And {count} more within {days} days.",
            "And {count} more within {days} days.",
            more,
            days=days,
        )
        yield Line("soon", words, _("Run: {command}", command=f"coopbook remind --days {days}"))
    if not found:
        yield Line("good", _("Nothing is due within {days} days.", days=days))


def _examine_program(root: Path, index: Index) -> Iterator[Line]:
    run = _("Run: {command}", command="coopbook upgrade")
    requirements = root / REQUIREMENTS
    if not requirements.is_file():
        yield Line(
            "unknown",
            _("Nothing here says which Coopbook is installed: no {file}.", file=REQUIREMENTS),
        )
        return
    text = requirements.read_bytes().decode("utf-8", "replace")
    if _PINNED.search(text):
        yield Line("good", _("{file} names one Coopbook and no other.", file=REQUIREMENTS))
    else:
        message = _("{file} does not say which Coopbook alone is installed.", file=REQUIREMENTS)
        help = _("Name a version or a whole commit there; “coopbook upgrade” does.")
        yield Line("mend", message, help)
    if (root / PACKAGES).is_file():
        yield Line("good", _("All that Coopbook needs is pinned in {file}.", file=PACKAGES))
    else:
        yield Line("mend", _("What Coopbook needs is not pinned: no {file}.", file=PACKAGES), run)
    stale = [] if index.mark is None else find_stale(index.mark)
    if index.mark is None:
        message = _("Nothing here says which Coopbook laid the files for the forge.")
        yield Line("mend", message, run)
    elif stale:
        words = ngettext(
            "This Coopbook lays {count} file for git or the forge otherwise: {file}.",
            "This Coopbook lays {count} files for git and the forge otherwise, {file} among them.",
            len(stale),
            file=stale[0],
        )
        yield Line("mend", words, run)
    else:
        yield Line("good", _("The files for git and the forge are those of this Coopbook."))
    for path in index.mark.files if index.mark else ():
        if (root / f"{path}.new").is_file():
            words = _("{other} still lies beside your own.", other=f"{path}.new")
            yield Line("mend", words, _("Take over what you want of it, then delete it."))


def _examine_replaced(root: Path) -> Iterator[Line]:
    """Lists and record types that stand in the place of ours: nothing new comes to them."""
    replaced = False
    if is_our_own(root):
        return
    for name in shipped_names():
        file = root / "schemas/vocabularies" / f"{name}.yml"
        if _reads(file) and not (_fields(file)).get(EXTENDS):
            replaced = True
            yield Line(
                "mend",
                _("schemas/vocabularies/{name}.yml takes the place of Coopbook's list.", name=name),
                _("Write “extends: coopbook” in it, and keep only the words that differ."),
            )
    for name in shipped_kinds():
        file = root / "schemas" / f"{name}.schema.json"
        if _reads(file) and not adds_to_ours(_fields(file)):
            replaced = True
            yield Line(
                "mend",
                _(
                    "schemas/{name}.schema.json takes the place of Coopbook's record type.",
                    name=name,
                ),
                _('Write "x-extends": "coopbook" in it, and keep only the fields that differ.'),
            )
    if not replaced:
        yield Line("good", _("Lists and record types follow Coopbook's."))


def _reads(file: Path) -> bool:
    return file.is_file() and not file.is_symlink()


def _fields(file: Path) -> dict[str, Value]:
    value = parse(file.read_bytes(), front_matter=False).value
    return value if isinstance(value, dict) else {}


def _examine_site(root: Path, index: Index, audience: str) -> Line:
    """Whether a site is within what hosting takes; as far as that can be said, where it is not
    made.
    """
    folder = root / "site" / audience
    if not folder.is_dir():
        files = sum(map(len, index.entries.values())) + len(index.assets)
        size = sum(file.size for file in index.assets.values())
        limits = _limits(audience, files, size)
        if limits.state == "mend":
            return limits
        return Line(
            "unknown",
            _("site/{audience} is not made here: its size is not known.", audience=audience),
            _("Run: {command}", command="coopbook build"),
        )
    sizes = [
        (Path(path) / name).lstat().st_size
        for path, _folders, names in os.walk(folder)
        for name in names
    ]
    return _limits(audience, len(sizes), sum(sizes))


def _limits(audience: str, files: int, size: int) -> Line:
    words = _(
        "site/{audience} has {files} files and {size} MB; hosting takes {most} and {limit} MB.",
        audience=audience,
        files=files,
        size=-(-size // _MEGA),
        most=MOST_FILES,
        limit=MOST_BYTES // _MEGA,
    )
    if files < MOST_FILES * NEARLY and size < MOST_BYTES * NEARLY:
        return Line("good", words)
    return Line("mend", words, _("Ask your host, or take pictures and old pages out."))
