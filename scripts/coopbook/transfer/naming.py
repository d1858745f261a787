"""Which member each line is: somebody who is there already, by id, account, e-mail, company number
or name, or somebody new with an id of their own. The same table gives the same ids again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, count

from ..base.formats import is_kept_by_windows, slug
from ..base.messages import Message, _
from ..records.core_kinds import MEMBER
from ..records.index import Index
from ..records.model import Record
from .identity import contradict, keys_of
from .plan import NAME, Line

_LONGEST_ID = 60


def refuse_twice(lines: Sequence[Line]) -> None:
    """Refuse lines with one address, account or number: which of them is right nobody can say."""
    seen: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        for key in keys_of(line.value):
            seen[key].append(line)
    for (_name, value), some in seen.items():
        if len(some) > 1:
            places = [line.place for line in some]
            for line in some:
                others = ", ".join(place for place in places if place != line.place)
                line.refuse(
                    _("“{value}” stands on another line too: {lines}.", value=value, lines=others)
                )


def give_ids(lines: Sequence[Line], there: Mapping[str, Record], index: Index) -> None:
    """Give each line its id, or refuse it.

    Args:
        lines: Those that are not refused, in their order.
        there: The members who are there, by id.
        index: The co-op.
    """
    ids = _Ids(there, index)
    named: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        owner = ids.owner_of(line)
        if line.wanted:
            ids.give_wanted(line, owner)
        elif owner is not None:
            ids.give_owners(line, owner)
        else:
            named[slug(line.name)].append(line)
    for name, some in named.items():
        ids.give_by_name(name, some)


class _Ids:
    """The ids that are given, and who may have them."""

    def __init__(self, there: Mapping[str, Record], index: Index) -> None:
        self.there, self.index = there, index
        self.taken: set[str] = set()
        self.owners = {key: record for record in there.values() for key in keys_of(record.value)}
        self.called: dict[str, list[Record]] = defaultdict(list)
        """Those who are there by their name, the first id on top."""
        for record in sorted(there.values(), key=lambda one: (len(one.id), one.id)):
            self.called[slug(str(record.get(*NAME) or ""))].append(record)

    def owner_of(self, line: Line) -> Record | None:
        """Who is there with an address, account or number of this line."""
        return next((self.owners[key] for key in keys_of(line.value) if key in self.owners), None)

    def give_wanted(self, line: Line, owner: Record | None) -> None:
        """The id that the line itself asks for."""
        plain = slug(line.wanted)[:_LONGEST_ID].strip("-")
        id = self.index.current_id(MEMBER, line.wanted if line.wanted in self.there else plain)
        if not id:
            line.refuse(_("“{value}” gives no id.", value=line.wanted))
        elif owner is not None and owner.id != id:
            line.refuse(_tell_owner(line, owner))
        else:
            self._give(line, id)

    def give_owners(self, line: Line, owner: Record) -> None:
        """The id of whoever has an address of this line, where the name is theirs too."""
        if slug(str(owner.get(*NAME) or "")) != slug(line.name):
            line.refuse(_tell_owner(line, owner))
        else:
            self._give(line, owner.id)

    def _give(self, line: Line, id: str) -> None:
        if id in self.taken:
            line.refuse(_("Another line has the id “{id}” too.", id=id))
        else:
            self.taken.add(id)
            line.id = id

    def give_by_name(self, name: str, lines: Sequence[Line]) -> None:
        """Ids of lines that only their name tells, in their order."""
        if not name:
            for line in lines:
                line.refuse(_("“{value}” gives no id.", value=line.name))
        elif len(lines) > 1 and not all(keys_of(line.value) for line in lines):
            _refuse_namesakes(lines)
        else:
            self._match(name, lines)

    def _match(self, name: str, lines: Sequence[Line]) -> None:
        """Those who are there with this name, one for each line that does not contradict; a new id
        for the others.
        """
        waiting = [record for record in self.called[name] if record.id not in self.taken]
        for line in lines:
            match = next((one for one in waiting if not contradict(line.value, one.value)), None)
            if match is not None:
                waiting.remove(match)
                self._give(line, match.id)
            elif waiting and len(lines) == 1:
                line.refuse(
                    _(
                        "{file} has this name and another address. If it is the same person, give "
                        "this line the id “{id}”; if it is somebody else, an id of its own.",
                        file=waiting[0].file,
                        id=waiting[0].id,
                    )
                )
            else:
                self._give(line, self._free_id(name[:_LONGEST_ID].strip("-")))

    def _free_id(self, stem: str) -> str:
        first = [stem] if stem != "index" and not is_kept_by_windows(stem) else []
        ids = chain(first, (f"{stem}-{number}" for number in count(2)))
        return next(
            id for id in ids if id not in self.taken and self.index.find(MEMBER, id) is None
        )


def _refuse_namesakes(lines: Sequence[Line]) -> None:
    for line in lines:
        others = ", ".join(one.place for one in lines if one is not line)
        line.refuse(
            _(
                "“{name}” stands on another line too: {lines}. If they are two people, "
                "give each an e-mail or an id.",
                name=line.name,
                lines=others,
            )
        )


def _tell_owner(line: Line, owner: Record) -> Message:
    theirs = keys_of(owner.value)
    _name, shared = next(key for key in keys_of(line.value) if key in theirs)
    return _(
        "“{value}” is already that of {file} ({name}).",
        value=shared,
        file=owner.file,
        name=str(owner.get(*NAME) or owner.id),
    )


class People:
    """Whom a name or an id means: those who are there, and those who come."""

    def __init__(self, there: Mapping[str, Record], lines: Sequence[Line]) -> None:
        self.ids: dict[str, set[str]] = defaultdict(set)
        self.refused: dict[str, Line] = {}
        for record in there.values():
            for name in (record.id, record.get(*NAME), record.get("legal_name")):
                self._add(name, record.id)
        for line in lines:
            for name in (line.id, line.wanted, line.name, line.value.get("legal_name")):
                if line.is_refused:
                    self.refused.setdefault(slug(str(name or "")), line)
                else:
                    self._add(name, line.id)

    def _add(self, name: object, id: str) -> None:
        self.ids[slug(str(name or ""))].add(id)

    def find(self, text: str) -> str | Message:
        """The id of the one who is meant, or why nobody is."""
        word = slug(text)
        ids = self.ids.get(word, set()) if word else set()
        if len(ids) == 1:
            return next(iter(ids))
        if ids:
            names = ", ".join(sorted(ids))
            return _("Several are called so: write the id of one: {names}.", names=names)
        if word in self.refused:
            return tell_refused(self.refused[word])
        return _("Nobody is called so.")


def tell_refused(line: Line) -> Message:
    """Why somebody who is on a line that is refused cannot be named."""
    return _("Their own line is refused: {place}.", place=line.place)
