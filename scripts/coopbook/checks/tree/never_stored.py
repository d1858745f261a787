"""Social-security numbers, bank accounts, bank cards, keys and passwords stand nowhere.

Every text is looked at: NIR (France), NISS (Belgium), NAS (Canada, where the word is near; in a
Canadian co-op also nine digits in groups of three), IBAN and card numbers by their check digits
(python-stdnum), keys and tokens by their known forms (detect-secrets). Digits inside an address are
that site's own numbers, save those of a NIR.

## Why
They open bank accounts and identities. Whoever clones the repository has them, and its history
keeps them after they are deleted: a key found here must be replaced, not only taken out.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from ...base.diagnostics import Diagnostic
from ...base.messages import Message, _
from ...base.positions import Path, point_at
from ...base.secret_patterns import secret_patterns
from ...records.index import Index
from ...records.model import Record

SEES_REFUSED = True

_GAP = "[ \u00a0\u202f.\\-/]?"
_NUMBERS = re.compile(
    "(?<![0-9A-Za-z])(?:"
    f"(?P<nir>[12]{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}(?:[0-9]{{2}}|2[AB]){_GAP}[0-9]{{3}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{2}})"
    f"|(?P<niss>[0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{2}}{_GAP}[0-9]{{3}}{_GAP}[0-9]{{2}})"
    f"|(?P<card>[3-6][0-9]{{3}}(?:{_GAP}[0-9]{{4}}){{3}})"
    f"|(?<![0-9]{_GAP[:-1]})(?P<nas>[0-9]{{3}}(?P<gap>{_GAP})[0-9]{{3}}(?P=gap)[0-9]{{3}})"
    f"(?!{_GAP}[0-9]| ?R[CMPTZ]\\b)"
    ")(?![0-9A-Za-z])"
)
_IBAN = re.compile(
    "(?<![0-9A-Za-z])[A-Z]{2}[0-9]{2}(?:[ \u00a0\u202f]?[A-Z0-9]){11,30}(?![0-9A-Za-z])"
)
_ADDRESS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://|\bwww\.)[^\s<>\"]+|(?<=\]\()[^\s()]+")
_CANADIAN_WORD = re.compile(r"\b(?:NAS|SIN)\b|(?i:assurance sociale|social insurance)")
_TAKE_OUT = _("Take it out at once. It stays in the history: tell the co-op's administrator.")
_REPLACE = _("Replace it where it is used, then take it out: it stays in the history.")


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    texts: list[tuple[Path | None, str]] = [
        (path, value)
        for path, value, schema in record.leaves
        if isinstance(value, str) and not {"format", "x-vocabulary", "x-ref"} & schema.keys()
    ]
    texts.append((None, record.body))
    starts = [0, *itertools.accumulate(len(text) + 1 for _path, text in texts)]
    for start, message, help in _find_secrets("\n".join(text for _path, text in texts), index):
        number = bisect.bisect(starts, start) - 1
        path, text = texts[number]
        place = point_at(text, start - starts[number])
        yield record.fault_in_text(message, path, (place.line, place.column), help=help)


def _find_secrets(text: str, index: Index) -> Iterator[tuple[int, Message, Message]]:
    addresses = [found.span() for found in _ADDRESS.finditer(text)]
    for found in _NUMBERS.finditer(text):
        in_address = any(start <= found.start() < end for start, end in addresses)
        name = None if in_address and not found["nir"] else _number(found, index)
        if name:
            yield (
                found.start(),
                _("This looks like a number that is never stored here: {name}.", name=name),
                _TAKE_OUT,
            )
    for found in _IBAN.finditer(text):
        if _is_iban(found[0]):
            yield (
                found.start(),
                _("This looks like a number that is never stored here: {name}.", name="IBAN"),
                _TAKE_OUT,
            )
    for kind, pattern in secret_patterns():
        for found in pattern.finditer(text):
            yield (
                found.start(),
                _("This looks like a key or password: {name}.", name=kind),
                _REPLACE,
            )


def _number(found: re.Match[str], index: Index) -> Message | None:
    digits = re.sub(r"[^0-9AB]", "", found[0])
    if found["nas"]:
        near = (found["gap"] and index.settings.country == "CA") or _CANADIAN_WORD.search(
            found.string, max(0, found.start() - 60), found.end() + 20
        )
        return (
            _("a Canadian social insurance number (NAS)") if near and _is_canadian(digits) else None
        )
    check, known = _checks()[found.lastgroup or ""]
    return known if check(digits) else None


@lru_cache(maxsize=1)
def _checks() -> dict[str, tuple[Callable[[str], bool], Message]]:
    from stdnum import luhn
    from stdnum.be import nn
    from stdnum.fr import nir

    return {
        "nir": (nir.is_valid, _("a French social-security number (NIR)")),
        "niss": (nn.is_valid, _("a Belgian national number (NISS)")),
        "card": (luhn.is_valid, _("a bank card number")),
    }


def _is_canadian(digits: str) -> bool:
    from stdnum.ca import sin

    return bool(sin.is_valid(digits))


def _is_iban(text: str) -> bool:
    """Whether a text begins with an IBAN: words in capitals, such as a BIC, may follow it."""
    from stdnum import iban

    characters = re.sub(r"\s", "", text)
    return any(
        iban.is_valid(characters[:length], check_country=False)
        for length in range(15, len(characters) + 1)
    )
