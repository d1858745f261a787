"""Members found by name as people write it in a sheet: given name first or last, alone, shortened,
with a slip of the pen. What is read otherwise than it stands is told; of several, nobody is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from ..base.diagnostics import nearest
from ..base.messages import Message, _
from ..decisions.types import Member
from .record import Assembly, name_key
from .vocabulary import plain, ways

CIVILITIES = _("mr, mrs, ms, miss, dr")
SHORT, LONG = 5, 8
"""Letters from which one slip is taken for one, and two."""


class _Name(NamedTuple):
    """A member's name as it is compared: its words in order, the given name first."""

    id: str
    words: tuple[str, ...]

    @property
    def given(self) -> list[str]:
        """What may be the given name alone."""
        return [" ".join(self.words[:end]) for end in range(1, len(self.words))]

    @property
    def family(self) -> list[str]:
        """What may be the family name alone."""
        return [" ".join(self.words[start:]) for start in range(1, len(self.words))]

    @property
    def whole(self) -> list[str]:
        """The whole name, the family name last or first."""
        return [
            " ".join([*self.words[start:], *self.words[:start]]) for start in range(len(self.words))
        ]


def find_member(
    assembly: Assembly, text: str, note: Callable[[Message], None]
) -> tuple[str, Message | None]:
    """The member whom a text names; else why not.

    Args:
        assembly: the assembly.
        text: a name or an id; after a name, the id may stand between brackets.
        note: told what a name was read as, where it stands otherwise.
    """
    bracket = re.search(r"\(([a-z0-9-]+)\)\s*$", text)
    if bracket and assembly.index.find("member", bracket[1]):
        return bracket[1], None
    if text in assembly.index.entries.get("member", {}):
        return text, None
    ids = assembly.ids_by_name.get(name_key(text), [])
    if len(ids) == 1 and len(ids := _with_namesakes(assembly, ids[0], text)) == 1:
        return ids[0], None
    if not ids:
        ids = _find_alike(assembly, text)
        if len(ids) == 1:
            note(_("“{name}” is read as {member}.", name=text, member=assembly.name(ids[0])))
            return ids[0], None
    if ids:
        several = ", ".join(f"{assembly.name(id)} ({id})" for id in ids)
        return "", _(
            "“{name}” may be several members: {names}. Write instead what stands between the "
            "brackets.",
            name=text,
            names=several,
        )
    near = nearest(name_key(text), assembly.ids_by_name)
    if near is not None:
        return "", _(
            "there is no member “{name}”. Is it {near}?",
            name=text,
            near=assembly.name(assembly.ids_by_name[near][0]),
        )
    return "", _("there is no member “{name}”.", name=text)


def _with_namesakes(assembly: Assembly, id: str, text: str) -> list[str]:
    """A member, and where the text is no more than their id in other letters those of this given
    or family name.
    """
    written = plain(text)
    if written != plain(id):
        return [id]
    alike = (one.id for one in _names(assembly) if written in one.given + one.family)
    return list(dict.fromkeys([id, *alike]))


def _find_alike(assembly: Assembly, text: str) -> list[str]:
    """The members whom a text may name, by the first of these ways that finds any: without a title;
    a given or a family name alone; some words of the name; initials; slips of the pen.
    """
    words = [word for word in plain(text).split() if word not in ways(CIVILITIES)]
    written, names = " ".join(words), _names(assembly)
    if not written:
        return []
    exact = assembly.ids_by_name.get(name_key(written), [])
    fits: tuple[Callable[[_Name], bool], ...] = (
        lambda one: written in one.given,
        lambda one: written in one.family,
        lambda one: {*words} <= {*one.words},
        lambda one: _fits_initials(words, one),
        lambda one: any(_is_slip(written, whole) for whole in one.whole),
        lambda one: any(_is_slip(written, part) for part in one.given + one.family),
    )
    by_way = ([one.id for one in names if fit(one)] for fit in fits)
    return exact or next((ids for ids in by_way if ids), [])


def _names(assembly: Assembly) -> list[_Name]:
    """Those who may be meant: who has left is found by the whole name alone."""
    members = ((entry.id, Member.of(entry)) for entry in assembly.index.of("member"))
    return [
        _Name(id, tuple(plain(one.name.display or one.legal_name).split()))
        for id, one in members
        if not one.has_left or assembly.electorate.find(id)
    ]


def _fits_initials(words: list[str], one: _Name) -> bool:
    """Whether a name is given by initials: “A. Lopes”, “Lopes A”."""
    whole = [word for word in words if len(word) > 1]
    initials = [word for word in words if len(word) == 1]
    left = [word for word in one.words if word not in whole]
    return (
        bool(whole and initials)
        and {*whole} <= {*one.words}
        and all(any(word.startswith(letter) for word in left) for letter in initials)
    )


def _is_slip(written: str, meant: str) -> bool:
    """Whether one letter, or in a long name two, were missed, added, changed or swapped."""
    from rapidfuzz.distance import OSA

    most = 2 if len(meant) >= LONG else 1
    if min(len(written), len(meant)) < SHORT:
        return False
    return OSA.distance(written, meant, score_cutoff=most) <= most
