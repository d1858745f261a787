"""Values as people write them, read as what they mean: `oui` for a yes, `complet` for what the page
itself calls so, `06 39 98 00 12` where the country is known.

Only what a schema refuses is looked at, and only what means one thing is taken. What decides
(`decisions/`) is read as it is written.
"""

from __future__ import annotations

import copy
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from msgspec import Struct

from ..base.formats import national_phone
from ..base.messages import languages, translator
from ..base.positions import Path, Value
from .blanks import DECIDING
from .dialect import labels
from .dialect.shared import Schema
from .dialect.words import x_localized
from .flaws import Flaw
from .model import Kind, dig, schema_at
from .slow_validator import validator_class

_YES = frozenset(["oui", "vrai", "yes", "true", "o", "y"])
_DIGITS = re.compile(r"[0-9 ().\u00a0\u202f/+-]+")
_WHOLE, _DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,8})"), re.compile(r"-?[0-9]{1,4}[.,][0-9]{1,9}")
_NO = frozenset(["non", "faux", "no", "false", "n"])


class Manners(Struct, frozen=True):
    """How a co-op writes: what its languages and its country make clear.

    Attributes:
        languages: Those of its sites, the main one first.
        country: Where a phone number without a country is.
    """

    languages: tuple[str, ...] = ()
    country: str = ""

    @property
    def main_language(self) -> str:
        return self.languages[0] if self.languages else "fr"

    @classmethod
    def of(cls, settings: Any) -> Manners:
        """Those of a `coop.yml`, before it is checked."""
        found = settings if isinstance(settings, dict) else {}
        languages, country = found.get("languages"), found.get("country")
        listed = languages if isinstance(languages, list) else []
        return cls(
            tuple(one for one in listed if isinstance(one, str)),
            country if isinstance(country, str) else "",
        )


Readings = Callable[[Value, Schema, Path], Iterator[Value]]
"""What a value at a path may stand for."""


def _no_others(_written: Value, _part: Schema, _path: Path) -> Iterator[Value]:
    return iter(())


def understand(
    value: Value,
    kind: Kind,
    flaws: Iterable[Flaw],
    manners: Manners,
    others: Readings = _no_others,
) -> Value:
    """Fields with what is meant in the place of what is refused.

    Args:
        value: The fields of a file; they stay as they are.
        kind: Their kind.
        flaws: What its schema refuses of them.
        manners: How the co-op writes.
        others: What else may be meant, where somebody is shown it before it is written.

    Returns:
        The fields; the same ones where nothing was understood.
    """
    if kind.files.startswith(DECIDING):
        return value
    meant = dict(_find_meant(value, kind, flaws, manners, others))
    if not meant:
        return value
    found = copy.deepcopy(value)
    for path, one in meant.items():
        dig(found, *path[:-1])[path[-1]] = one
    return found


def _find_meant(
    value: Value, kind: Kind, flaws: Iterable[Flaw], manners: Manners, others: Readings
) -> Iterator[tuple[Path, Value]]:
    for flaw in flaws:
        written = dig(value, *flaw.path)
        if flaw.on_key or not flaw.path or written is None:
            continue
        part = schema_at(kind.schema, flaw.path)
        fits = validator_class()(part).is_valid
        readings = chain(_readings(written, part, manners), others(written, part, flaw.path))
        for meant in readings:
            if fits(meant):
                yield flaw.path, meant
                break


def _readings(written: Value, part: Schema, manners: Manners) -> Iterator[Value]:
    """What a value may stand for; whether that is right the schema says."""
    if isinstance(written, int) and not isinstance(written, bool) and part.get("type") == "string":
        if part.get("format") == "phone":
            yield from _phones(str(written), manners)
        yield str(written)
    if not isinstance(written, str) or not written.strip():
        return
    if part.get("type") == "boolean":
        yield from ([True] if _fold(written) in _YES else [False] if _fold(written) in _NO else [])
    elif part.get("type") in ("integer", "number"):
        yield from _numbers(written.strip())
    elif x_localized.of(part) and len(manners.languages) == 1:
        yield {manners.languages[0]: written.strip()}
    elif "enum" in part:
        yield from _choices(written, part, manners)
    elif part.get("format") == "phone":
        yield from _phones(written, manners)
    elif part.get("type") == "array":
        yield [one.strip() for one in written.split(",")]


def _numbers(written: str) -> Iterator[float]:
    """A number between quotes, or with a comma for its decimals."""
    if _WHOLE.fullmatch(written):
        yield int(written)
    elif _DECIMAL.fullmatch(written):
        yield float(written.replace(",", "."))


def _phones(written: str, manners: Manners) -> Iterator[str]:
    if manners.country and _DIGITS.fullmatch(written):
        yield national_phone(written, manners.country)
    if written.isdigit():
        yield f"+{written}"


def _choices(written: str, part: Schema, manners: Manners) -> Iterator[str]:
    """The choice that is called so on a page, if only one is."""
    spoken = {*manners.languages, "fr", "en"} & set(languages())
    called = [
        choice
        for choice in part["enum"]
        if _fold(written)
        in {
            _fold(choice),
            *(_fold(translator(one)(labels.choice_of(part, choice))) for one in spoken),
        }
    ]
    if len(called) == 1:
        yield called[0]


def _fold(text: Any) -> str:
    """A text without capitals, accents and signs."""
    plain = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", plain.casefold()).strip()
