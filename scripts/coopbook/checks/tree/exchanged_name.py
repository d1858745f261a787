"""A name goes from one thing to another in no change: that of a body, a college, a membership
category, a situation or a term of a list; and no two bodies have one name, but those of two local
offices.

This check compares with the files before the change (`coopbook check --base`), in every language,
whatever the capitals and accents. Of categories of decisions, `undecided-rules` asks the same.

## Why
Files name things by their ids and pages by their names. Where two names change places, every
mandate, vote or profile that was written stays as it is and says something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ...base.diagnostics import Diagnostic
from ...base.formats import slug
from ...base.messages import _
from ...base.positions import Path, Value
from ...decisions.kinds import BODY
from ...records.core_kinds import COOP, VOCABULARY
from ...records.index import Entry, Index

LISTS = ("colleges", "membership_categories", "situations", "offices")
"""The lists of coop.yml whose things have names of their own."""


class Named(NamedTuple):
    """What is called something in a language, whatever the country; `letters` are those by which
    names are compared.
    """

    language: str
    letters: str
    id: str
    entry: Entry
    path: Path


HELP = _("Call it otherwise.")


def check_index(index: Index) -> Iterator[Diagnostic]:
    seen: dict[tuple[str, str], list[Entry]] = {}
    for body in index.of(BODY):
        for language, name in (body.get("name") or {}).items() if body.sound else ():
            bearers = seen.setdefault((language.partition("-")[0], slug(name)), [])
            others = (one for one in bearers if one is not body)
            first = next((one for one in others if not _are_of_two_offices(one, body)), None)
            if first is not None:
                message = _("Another body has this name: {file}.", file=first.file)
                yield body.fault(message, "name", language, help=HELP)
            bearers.append(body)


def _are_of_two_offices(one: Entry, other: Entry) -> bool:
    """Whether two bodies are each of a local office of its own, where people know which is meant;
    the name of a body of the whole co-op is that body's alone.
    """
    offices = one.get("office") or "", other.get("office") or ""
    return all(offices) and offices[0] != offices[1]


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    then = {list_: list(names) for list_, names in _lists(before)}
    for list_, names in _lists(after):
        had: dict[tuple[str, str], list[Named]] = {}
        for one in then.get(list_, ()):
            had.setdefault((one.language, one.letters), []).append(one)
        for one in names:
            bearers = had.get((one.language, one.letters), [])
            if {one.id, *one.entry.formerly} & {bearer.id for bearer in bearers}:
                continue
            others = [x.id for x in bearers if not _are_of_two_offices(x.entry, one.entry)]
            if others:
                message = _("This was the name of something else until now: “{id}”.", id=others[0])
                yield one.entry.fault(message, *one.path, help=HELP)


def _lists(index: Index) -> Iterator[tuple[str, Iterable[Named]]]:
    """The names of each list."""
    yield BODY, [one for body in index.of(BODY) for one in _names(body, body.get("name"), "name")]
    for list_ in LISTS:
        for coop in index.of(COOP):
            yield list_, _names_in(coop, index.coop.get(list_), (list_,), ("label", "name"))
    for vocabulary in index.of(VOCABULARY):
        terms = vocabulary.get("terms")
        yield vocabulary.file, _names_in(vocabulary, terms, ("terms",), ("label",))


def _names_in(entry: Entry, things: Value, path: Path, words: tuple[str, ...]) -> Iterator[Named]:
    for id, thing in things.items() if isinstance(things, Mapping) else ():
        for word in words:
            for one in _names(entry, thing.get(word), *path, id, word):
                yield one._replace(id=id)


def _names(entry: Entry, label: Value, *path: str | int) -> Iterator[Named]:
    for language, name in label.items() if isinstance(label, Mapping) and entry.sound else ():
        plain = language.partition("-")[0]
        yield Named(plain, slug(str(name)), entry.id, entry, (*path, language))
