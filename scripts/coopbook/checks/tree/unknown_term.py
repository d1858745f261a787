"""A trade, a skill, an office and their like come from the co-op's lists.

Lists stand in `schemas/vocabularies/` and, for offices, situations, membership categories and
colleges, in `coop.yml`.

## Why
Visitors search by these words. Two spellings of one trade are two lists, each with half of its
people.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...base.diagnostics import Diagnostic, nearest
from ...base.messages import NOTHING, Message, _
from ...base.positions import Value
from ...records.core_kinds import COOP, VOCABULARY
from ...records.dialect.words import x_vocabulary
from ...records.index import Index
from ...records.model import Record
from ...records.vocabularies import drop_retired

SEES_REFUSED = True

MOST_SHOWN = 12


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    for path, value, schema in record.leaves:
        name = x_vocabulary.of(schema)
        if not name:
            continue
        terms = record.get("terms") if name == "self" else index.terms(name)
        if terms is None:
            yield record.fault(_("There is no list “{name}”.", name=name), *path)
        elif value not in terms and not _is_refused(name, index):
            yield record.fault(
                _(
                    "“{value}” is not in the list “{name}”.",
                    value=value,
                    name=record.id if name == "self" else name.removeprefix("coop."),
                ),
                *path,
                help=_suggest_term(value, drop_retired(terms))
                or _choices(name, drop_retired(terms), record.file),
            )


def _is_refused(name: str, index: Index) -> bool:
    """Whether a list may hold more than could be read: what is wrong in it is told there."""
    kind, id = (COOP, COOP) if name.startswith("coop.") else (VOCABULARY, name)
    entry = index.find(kind, id)
    return entry is not None and not entry.sound


def _suggest_term(value: str, terms: Mapping[str, Value]) -> Message:
    """The term whose id, label or synonym is most like the value."""
    words = {str(word): id for id, term in terms.items() for word in [id, *_words(term)]}
    near = nearest(value, words)
    return _("Did you mean “{near}”?", near=words[near]) if near is not None else NOTHING


def _choices(name: str, terms: Mapping[str, Value], own: str) -> Message:
    """A short list whole, where to see a long one or begin one; `own` is the file of a term that
    belongs to its own list.
    """
    if 0 < len(terms) <= MOST_SHOWN:
        return _("One of: {choices}.", choices=", ".join(terms))
    if name.startswith("coop."):
        key = name.removeprefix("coop.")
        where = _("The list is in coop.yml, under “{key}”.", key=key)
        return (
            where
            if terms
            else _("This list is still empty: begin it in coop.yml, under “{key}”.", key=key)
        )
    file = own if name == "self" else f"schemas/vocabularies/{name}.yml"
    if not terms:
        return _("This list is still empty: begin it in the file {file}.", file=file)
    return (
        _("The list is in the file {file}.", file=file)
        if name == "self"
        else _("“coopbook terms {name}” shows the list.", name=name)
    )


def _words(term: Value) -> Iterator[str]:
    if isinstance(term, dict):
        yield from (term.get("label") or {}).values()
        for words in (term.get("synonyms") or {}).values():
            yield from words
