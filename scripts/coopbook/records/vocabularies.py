"""The vocabularies that ship, as the build compiled them: every command reads them, and their YAML
takes longer than all files of a small co-op. A co-op's own may add to one of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from ..base.positions import Source, Value
from ..base.shipped import Stamp, shipped, stamps
from ..yaml_files.reader import parse


def parse_shipped(name: str, data: bytes) -> Source:
    """Read a vocabulary of ours.

    Args:
        name: The stem of its file, such as `skills`.
        data: What the file holds.

    Returns:
        What `parse` gives for the file; from what was compiled, unless the file has been edited
        since.
    """
    try:
        compiled = json.loads((shipped("compiled") / f"{name}.json").read_bytes())
    except (OSError, ValueError):
        compiled = {}
    if compiled.get("sha256") == hashlib.sha256(data).hexdigest():
        return Source(compiled["value"])
    return parse(data, front_matter=False)


EXTENDS = "extends"
OURS = "coopbook"
RETIRED = "retired"


def shipped_names() -> list[str]:
    """The names of the vocabularies that ship, in alphabetical order."""
    return sorted(file.stem for file in (shipped("schemas") / "vocabularies").glob("*.yml"))


def shipped_vocabulary(name: str) -> dict[str, Value]:
    """The fields of a vocabulary that ships; none where there is none of this name."""
    if name not in shipped_names():
        return {}
    return _read_shipped(*stamps([shipped("schemas") / "vocabularies" / f"{name}.yml"]))


@lru_cache(maxsize=8)
def _read_shipped(stamp: Stamp) -> dict[str, Value]:
    found: dict[str, Value] = parse_shipped(stamp.path.stem, stamp.path.read_bytes()).value
    return found


def with_shipped(name: str, own: Mapping[str, Value]) -> dict[str, Value]:
    """A co-op's own vocabulary with the words of ours that it adds to.

    Args:
        name: The stem of its file.
        own: Its fields; with `extends`, its words are added: of a word that ours has, too, only
            what it says differs, and its synonyms come behind ours.

    Returns:
        The fields of the whole list; those of `own` where it adds to none.
    """
    ours = shipped_vocabulary(name) if own.get(EXTENDS) == OURS else {}
    if not ours:
        return dict(own)
    terms = dict(ours["terms"])
    for id, term in (own.get("terms") or {}).items():
        terms[id] = _merge_term(terms[id], term) if id in terms else term
    return {**own, "title": {**ours["title"], **(own.get("title") or {})}, "terms": terms}


def _merge_term(ours: Any, own: Any) -> dict[str, Value]:
    label = {**ours["label"], **own.get("label", {})}
    synonyms = dict(ours.get("synonyms", {}))
    for language, words in own.get("synonyms", {}).items():
        synonyms[language] = list(dict.fromkeys([*synonyms.get(language, []), *words]))
    merged = {**ours, **own, "label": label}
    return {**merged, "synonyms": synonyms} if synonyms else merged


def drop_retired(terms: Mapping[str, Value]) -> dict[str, Value]:
    """The words of a list that may still be chosen."""
    return {id: term for id, term in terms.items() if not is_retired(term)}


def is_retired(term: Value) -> bool:
    """Whether a word of a list is there for those alone who have it already."""
    return isinstance(term, dict) and term.get(RETIRED) is True
