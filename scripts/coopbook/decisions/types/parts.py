"""How a record becomes a typed value, and the shapes that several records share."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Self, TypeVar

import msgspec
from msgspec import Struct

from ...base.positions import Value
from ...records.index import Entry
from ...records.model import Record
from ..tally.shapes import Part


class Decisive(Part, frozen=True):
    """A record of deciding: the fields of one file."""

    file: str = ""

    @classmethod
    def of(cls, record: Entry | Record) -> Self:
        """The typed value of a record, or of its entry in the index (made once).

        Raises:
            ValueError: a co-op's own schema gives this kind another shape.
        """
        if isinstance(record, Entry):
            found: Self = _of_entry(cls, record.packed, record.id, record.file)
            return found
        return structure(cls, record.value, record.id, record.file)


D = TypeVar("D", bound=Decisive)


@lru_cache(maxsize=4096)
def _of_entry(kind: type[D], packed: bytes, id: str, file: str) -> D:
    return structure(kind, msgspec.json.decode(packed), id, file)


def structure(kind: type[D], value: Mapping[str, Value], id: str = "", file: str = "") -> D:
    """A record's fields as a typed value.

    Raises:
        ValueError: they have another shape.
    """
    known = {"file": file} | ({"id": id} if "id" in _fields(kind) else {})
    plain = {"plain": value} if "plain" in _fields(kind) else {}
    try:
        return msgspec.convert({**value, **known, **plain}, type=kind)
    except msgspec.ValidationError as error:
        raise ValueError(f"{file}: {error}") from None


@cache
def _fields(kind: type[Struct]) -> frozenset[str]:
    return frozenset(kind.__struct_encode_fields__)


def to_plain(part: Part) -> dict[str, Value]:
    """A part as it is written in its file: without what says nothing."""
    plain: dict[str, Value] = msgspec.to_builtins(part)
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in plain.items()
        if value is not None and value is not False and value not in ("", (), {})
    }


class Citation(Part, frozen=True):
    """The decision that a text, the rules or a confirmation names: a resolution of minutes, or a
    proposal.
    """

    minutes: str = ""
    resolution: int | None = None
    proposal: str = ""
    text: str = ""


NO_CITATION = Citation()


class InForce(Decisive, frozen=True):
    """A text that holds from a day because a decision says so: an article of bylaws, or the
    rules.
    """

    in_force: str = ""
    adopted_by: Citation = NO_CITATION
