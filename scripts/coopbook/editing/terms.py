"""The lists of words that members choose from: which word somebody means, and a new word for one.

A co-op's own list adds to ours (`extends: coopbook`); its words stand in the order of their ids, so
that two people who add one each rarely touch the same lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..base.diagnostics import Diagnostic, suggestion
from ..base.formats import slug
from ..base.messages import NOTHING, Message, Misuse, _
from ..base.positions import Value
from ..records.core_kinds import VOCABULARY
from ..records.index import Index
from ..records.load import parse_record
from ..records.vocabularies import EXTENDS, OURS, drop_retired, is_retired
from ..yaml_files.editor import patch, render
from ..yaml_files.reader import parse

LIKE = 80
"""How alike two words are, of 100, of which one may be meant by the other."""
MOST_LIKE = 6
PART = 20
"""How much less a part of what was said counts than all of it."""
SPOKEN = 4
"""Words of fewer letters say nothing of what somebody does."""


class Near(NamedTuple):
    """A word of a list that somebody may mean, with what of it is like what was said."""

    vocabulary: str
    id: str
    word: str


def list_names(index: Index) -> list[str]:
    """The lists of words, in alphabetical order."""
    return [entry.id for entry in index.of(VOCABULARY)]


def require_list(index: Index, name: str) -> dict[str, Value]:
    """The words of a list. Raises Misuse where there is none of this name."""
    if name not in list_names(index):
        near = suggestion(name, list_names(index)) or _choices(index)
        raise Misuse(_("There is no list “{name}”. {help}", name=name, help=near))
    return index.terms(name) or {}


def _choices(index: Index) -> Message:
    return _("One of: {choices}.", choices=", ".join(list_names(index)))


def find_near(index: Index, said: str, names: list[str]) -> list[Near]:
    """The words of some lists that are most like what somebody says, the most alike first; each
    once.
    """
    from rapidfuzz import fuzz, process, utils

    words = [
        Near(name, id, word)
        for name in names
        for id, term in drop_retired(index.terms(name) or {}).items()
        for word in dict.fromkeys([*words_of(term), id])
    ]
    parts = [said, *(part for part in re.split(r"[^\w-]+", said) if len(part) >= SPOKEN)]
    scored = [
        (score if part == said else score - PART, number)
        for part in dict.fromkeys(parts)
        for _word, score, number in process.extract(
            part,
            [near.word for near in words],
            scorer=fuzz.QRatio,
            processor=utils.default_process,
            score_cutoff=LIKE,
            limit=None,
        )
    ]
    found: dict[tuple[str, str], Near] = {}
    for _score, number in sorted(scored, key=lambda one: -one[0]):
        found.setdefault(words[number][:2], words[number])
    return list(found.values())[:MOST_LIKE]


def words_of(term: Value) -> Iterator[str]:
    """The labels and synonyms of a word of a list."""
    yield from (term.get("label") or {}).values()
    for synonyms in (term.get("synonyms") or {}).values():
        yield from synonyms


def add_term(
    index: Index, name: str, id: str, term: Mapping[str, Any], data: bytes | None
) -> tuple[str, bytes]:
    """The file of a co-op's own list with one word more, or with more said of one.

    Args:
        index: What there is.
        name: The list.
        id: The word's id.
        term: What is said of it: `label` and `synonyms` by language, `broader`.
        data: What the co-op's own file of this list holds; None where there is none.

    Returns:
        The file's path and what it holds then.

    Raises:
        Misuse: There is no such list, the id is none, the word is there under another id, or what
            is said of it has not the right form.
    """
    terms = require_list(index, name)
    _require_new(terms, id, term)
    file = f"schemas/vocabularies/{name}.yml"
    own: dict[str, Any] = {EXTENDS: OURS, "terms": {}}
    if data is not None:
        own = parse(data, front_matter=False).value
        if not isinstance(own, dict) or not isinstance(own.get("terms", {}), dict):
            raise Misuse(_("{file} cannot be read. See: coopbook check", file=file))
    had = own.get("terms", {})
    after = {**own, "terms": _put_in(had, id, _more(had.get(id, {}), term))}
    written = render(after) if data is None else patch(data, after, front_matter=False)
    _record, found = parse_record(index.kinds[VOCABULARY], file, written)
    _require_sound(found)
    return file, written


def _require_new(terms: Mapping[str, Value], id: str, term: Mapping[str, Any]) -> None:
    if slug(id) != id:
        raise Misuse(
            _(
                "“{id}” is no id: small letters, digits and hyphens. {help}",
                id=id,
                help=_near_id(id),
            )
        )
    if id not in terms and not term.get("label"):
        raise Misuse(_("A new word needs a label: --label “…”."))
    broader = term.get("broader")
    if broader and broader not in terms:
        raise Misuse(
            _(
                "There is no word “{id}” in the list. {help}",
                id=broader,
                help=suggestion(broader, terms),
            )
        )
    known = {slug(word): other for other, one in terms.items() for word in words_of(one)}
    for word in words_of(term):
        if (other := known.get(slug(word), id)) != id and not is_retired(terms[other]):
            raise Misuse(_("“{word}” is a word of “{id}” already.", word=word, id=other))


def _near_id(id: str) -> Message:
    return _("Did you mean “{near}”?", near=slug(id)) if slug(id) else NOTHING


def _more(had: Mapping[str, Any], term: Mapping[str, Any]) -> dict[str, Any]:
    """What was said of a word, and what is said now; synonyms come behind those of before."""
    found = {**had, **{key: value for key, value in term.items() if value}}
    for key in ("label", "synonyms"):
        if had.get(key) and term.get(key):
            found[key] = {**had[key], **term[key]}
    for language, words in (term.get("synonyms") or {}).items():
        before = (had.get("synonyms") or {}).get(language, [])
        found["synonyms"][language] = list(dict.fromkeys([*before, *words]))
    return {key: found[key] for key in (*_ORDER, *found) if key in found}


_ORDER = ("label", "synonyms", "broader")


def _put_in(terms: Mapping[str, Value], id: str, term: Value) -> dict[str, Value]:
    """The words with one more, before the first whose id comes after it."""
    if id in terms:
        return {**terms, id: term}
    ids = list(terms)
    place = next((number for number, other in enumerate(ids) if other > id), len(ids))
    ordered = [*ids[:place], id, *ids[place:]]
    return {one: term if one == id else terms[one] for one in ordered}


def _require_sound(found: list[Diagnostic]) -> None:
    if found:
        raise Misuse(*(message for one in found for message in (one.message, one.help) if message))
