"""A mandate is given, prolonged or passed on by a decision that says how it was voted.

This check compares with the files before the change (`coopbook check --base`). Where `elected_by`
or `decided_by` of a mandate that is new, or that has another holder, role or time, names minutes
with resolutions that were adopted, one of them gives its figures or says that it was unanimous. A
mandate that weighs names minutes that were sent round, or a proposal that was adopted: a few words
are not enough. It weighs where it speaks for the co-op, or is a role to which the rules of decision
before the change give something (`paths`, `gates`, `maintainers`). These minutes are of an
assembly, of a board or of the body itself. Where such a mandate lasts longer, begins otherwise,
bears another role or other powers than before, another decision than before says so; where it
stays, so does the decision that it names, and one that is named later is no younger than itself. A
mandate that ends needs none. What speaks for the co-op in a body that is new may be brought in as
it is.

## Why
A bank or a court asks who gave it. “Adopted”, without a figure and without a name, is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from ...base.diagnostics import Diagnostic
from ...base.messages import Message, _
from ...base.positions import Path
from ...decisions.authority import FIGURES, why_unfounded
from ...decisions.mandates import has_role
from ...decisions.types import Body, Mandate, Minutes, Proposal, Rules
from ...decisions.votes import proposal_of, rules_of
from ...records.index import Entry, Index
from ..localized import says_the_same

KIND = "body"

HELP = _("Name the minutes, or the proposal, that decided it, under elected_by or decided_by.")
FIELDS = ("elected_by", "decided_by")
DECIDES = ("board", "assembly")
"""Kinds of bodies that give mandates in others."""


class Given(Struct, frozen=True):
    """A mandate as it is after the change, where it stands, and as it was; None where it is new."""

    body: Entry
    number: int
    now: Mandate
    was: Mandate | None
    same_powers: bool = True

    @property
    def is_more(self) -> bool:
        """Whether it gives something that it did not give before."""
        was, now = self.was, self.now
        if was is None:
            return True
        return (
            (was.member, was.outside, was.from_) != (now.member, now.outside, now.from_)
            or not says_the_same(was.role, now.role)
            or not self.same_powers
            or _last(now) > _last(was)
            or now.speaks_for_coop > was.speaks_for_coop
        )


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    rules = rules_of(before)
    for entry in after.of("body"):
        old = before.find("body", entry.id)
        for given in _find_given(old, entry) if entry.sound else ():
            if given.now == given.was and given.same_powers:
                continue
            found = list(_find_unfounded(given, after, rules))
            yield from found
            if found or not _weighs(given, old, before, rules):
                continue
            yield from _find_undecided(given, after) if given.is_more else _cited_anew(given, after)


def _find_given(old: Entry | None, entry: Entry) -> Iterator[Given]:
    had = {one.id: one for one in Body.of(old).mandates} if old and old.sound else {}
    powers = {one.get("id"): one.get("powers") for one in (old and old.get("mandates")) or ()}
    plain = entry.get("mandates") or ()
    for number, (now, written) in enumerate(zip(Body.of(entry).mandates, plain, strict=True)):
        same = now.id not in had or says_the_same(powers.get(now.id), written.get("powers"))
        yield Given(entry, number, now, had.get(now.id), same)


def _last(mandate: Mandate) -> str:
    return min(mandate.until or "9999", mandate.ended_on or "9999")


def _weighs(given: Given, old: Entry | None, before: Index, rules: Rules) -> bool:
    """Whether the co-op is bound by a mandate, or the rules give something to whoever holds it."""
    speaks = given.now.speaks_for_coop and old is not None
    if not (before.by_id("minutes") or before.by_id("result")):
        return speaks and given.now.from_ < before.today.isoformat()
    if speaks:
        return True
    roles = {gate.role for gate in rules.gates} | {rules.maintainers} - {""}
    permissions = (who.partition(":") for who in rules.paths.values())
    roles |= {name for word, _colon, name in permissions if word == "role"}
    return any(has_role(given.body, given.now, role) for role in roles)


def _find_undecided(given: Given, after: Index) -> Iterator[Diagnostic]:
    """Whether what a mandate newly gives rests on no decision that is here."""
    was = given.was
    had = {getattr(was, word) for word in FIELDS} if was else set()
    cited = [getattr(given.now, word) for word in FIELDS]
    here = [name for name in cited if _is_decided(name, given.body, after)]
    place = ("mandates", given.number)
    if not here:
        message = (
            _("This mandate weighs, and names no decision that is kept here.")
            if was is None
            else _("This mandate gives more than before, and names no decision that is kept here.")
        )
        yield given.body.fault(message, *place, help=HELP)
    elif was is not None and not {*here} - had:
        message = _("This mandate gives more than before, by the decision that it named before.")
        yield given.body.fault(message, *place, help=HELP)


def _cited_anew(given: Given, after: Index) -> Iterator[Diagnostic]:
    """Whether a mandate that gives what it gave names a decision that cannot have given it, or no
    longer the one that did.
    """
    was, now = given.was, given.now
    for word in FIELDS if was else ():
        had, has = getattr(was, word), getattr(now, word)
        if had == has:
            continue
        place: Path = ("mandates", given.number, *([word] if has else []))
        minutes = after.find("minutes", has)
        if _is_decided(had, given.body, after):
            message = _("This mandate no longer names the decision that gave it.")
            yield given.body.fault(message, *place, help=_("Put it back as it was."))
        elif minutes is not None and Minutes.of(minutes).date > now.from_:
            message = _("This mandate began before that meeting, on {date}.", date=now.from_)
            yield given.body.fault(message, *place, help=HELP)


def _is_decided(name: str, body: Entry, index: Index) -> bool:
    """Whether a name is that of minutes that were sent round, of whom may give this mandate, or of
    a proposal that was adopted.
    """
    minutes, proposal = index.find("minutes", name), proposal_of(index, name)
    if minutes is not None and minutes.sound:
        read, by = Minutes.of(minutes), index.find("body", Minutes.of(minutes).body)
        decides = by is not None and (by.id == body.id or Body.of(by).kind in DECIDES)
        return (
            decides and read.status != "draft" and any(one.is_adopted for one in read.resolutions)
        )
    return proposal is not None and proposal.sound and Proposal.of(proposal).has_passed


def _find_unfounded(given: Given, after: Index, rules: Rules) -> Iterator[Diagnostic]:
    for word in FIELDS if given.now != given.was else ():
        if message := _why_unfounded(after, getattr(given.now, word), rules):
            yield given.body.fault(message, "mandates", given.number, word, help=FIGURES)


def _why_unfounded(index: Index, id: str, rules: Rules) -> Message | None:
    """Why none of the resolutions of some minutes that were adopted says how it was voted."""
    minutes = index.find("minutes", id)
    if minutes is None or not minutes.sound:
        return None
    adopted = [one for one in Minutes.of(minutes).resolutions if one.is_adopted]
    found = [why_unfounded(index, minutes, one, rules) for one in adopted]
    return next(iter(found), None) if all(found) else None
