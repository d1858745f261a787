"""A member's own page: what waits for that member, and what clients see beside what members see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from ...agenda.dated import Dated, calendar_title
from ...base.messages import Message, _
from ...base.once import once
from ...decisions.permissions import MAINTAINERS, own_record
from ...decisions.types import Rules
from ...decisions.votes import open_votes, rules_of
from ...decisions.wording.rules_text import Names, permission_words
from ...records.core_kinds import MEMBER
from ...records.index import Entry
from ...records.model import Record
from ..context import Site
from ..fault_words import FaultWords, explain_fault
from ..forge import edit_address
from ..happenings import SOON, deadlines
from ..mailto import mailto
from ..rendering import make_page, render_part
from ..shells import Page
from .minutes import open_actions
from .profile import profile
from .voting import why_no_vote


@dataclass(frozen=True)
class Waiting:
    """What waits for one member.

    Attributes:
        votes: proposals that are open, and on which the member has a vote.
        actions: what the member took on at a meeting.
        deadlines: what ends soon, or ended, each with its title.
        faults: what the check found in the member's own files, in words.
    """

    votes: list[Entry]
    actions: list[Dated]
    deadlines: list[tuple[Dated, Message]]
    faults: list[tuple[Entry, FaultWords]]

    def __bool__(self) -> bool:
        return bool(self.votes or self.actions or self.deadlines or self.faults)


def waiting_for(site: Site, member: Entry) -> Waiting:
    """What waits for a member."""
    return Waiting(
        [one for one in open_votes(site.index) if not why_no_vote(site, one, member)],
        _actions(site).get(member.id, []),
        [(one, calendar_title(one)) for one in _deadlines(site).get(member.id, [])],
        _faults(site).get(member.id, []),
    )


@once
def _actions(site: Site) -> dict[str, list[Dated]]:
    return _by_member(open_actions(site))


@once
def _deadlines(site: Site) -> dict[str, list[Dated]]:
    return _by_member(deadlines(site, site.index.today + SOON))


def _by_member(found: Iterable[Dated]) -> dict[str, list[Dated]]:
    """What has a date, by each member whom it concerns by name."""
    by_member: dict[str, list[Dated]] = defaultdict(list)
    for one in found:
        for member in one.members:
            by_member[member].append(one)
    return by_member


@once
def _faults(site: Site) -> dict[str, list[tuple[Entry, FaultWords]]]:
    """What the check found, by the member whose record it is or who answers for the page."""
    by_member: dict[str, list[tuple[Entry, FaultWords]]] = defaultdict(list)
    for item in site.warnings:
        entry = site.index.by_file.get(item.file)
        owner = entry and (entry.id if entry.kind == MEMBER else entry.get("owner"))
        if entry and owner:
            by_member[str(owner)].append((entry, explain_fault(site, item)))
    return by_member


def _changers(site: Site, record: Record, rules: Rules) -> list[tuple[Markup, list[Markup]]]:
    """Who may change which fields of a member's record, as it is decided of a proposed change."""
    found, properties = own_record(rules, record.kind, record.file), record.kind.properties
    own = found.by_oneself(has_office=bool(record.get("office")))
    who = permission_words(found.who, Names(category=site.texts.category))
    shares = [
        (_("I change by myself") if own else who, found.fields),
        (who if found.is_vote else _AND_THAT_ROLE if found.is_role else _PROGRAM, found.rest),
    ]
    said = ((site.texts.say(words), fields) for words, fields in shares if fields)
    return [
        (
            words[:1].upper() + words[1:],
            [site.texts.field_name(properties[name], name) for name in fields],
        )
        for words, fields in said
    ]


_PROGRAM = permission_words(MAINTAINERS)
_AND_THAT_ROLE = _("those who look after the program and hold this role")


def views(site: Site, record: Record, public: Site, seen: Record | None) -> Page:
    """A member's own page: what clients see beside what members see.

    Args:
        site: the members' site.
        record: the member as members see it.
        public: the public site in the same language.
        seen: the member as the public sees it; None where it does not.
    """
    say, coop = site.words.say, site.settings.email
    name = site.texts.text(record.title)
    entry = site.index.entries[MEMBER][record.id]
    path = f"members/{record.id}/views/"
    values = profile(site, record) | {
        "entry": entry,
        "edit": edit_address(site, record.file),
        "waiting": waiting_for(site, entry),
    }
    if coop:
        subject = say(_("Please change my page: {name}", name=name))
        question = say(_("What is wrong, and what should be there instead:"))
        values["by_mail"] = mailto(coop, subject, f"{question}\n\n")
        values["withdraw_by_mail"] = mailto(
            coop,
            say(_("Please take my page out of the public directory: {name}", name=name)),
            say(_("I withdraw my consent for the directory, from today on.")) + "\n",
        )
    if (rules := rules_of(site.index)).paths:
        values["changers"] = _changers(site, record, rules)
    if record.get("presence") == "left":
        values["left"] = say(_("You have left the co-op: your page is kept as it was."))
    if seen:
        values["public"] = render_part(
            public,
            "profile.html",
            site.prefix + path,
            **profile(public, seen),
            top="top",
            anchor="clients-",
            audience="public",
        )
    return make_page(
        site,
        path,
        say(_("My page: {name}", name=name)),
        "views.html",
        section="mine",
        contents=False,
        alternates=site.addresses.paths(path, site.addresses.languages_of(entry)),
        **values,
    )
