"""A vote record, read: all that a count needs, as docs/VOTE-RECORD.md specifies it."""

from __future__ import annotations

from typing import Any

from ...base.hashing import of_value
from .electorate import Electorate, Voter
from .events import Event
from .secret import Totals
from .shapes import AppliedRules, JournalHead, Part, TellerCount, Vote, read_as


class VoteRecord(Part, frozen=True):
    """A vote record. `plain` is the record as it is written: what is hashed."""

    at: str
    vote: Vote
    rules: AppliedRules
    electorate: tuple[Voter, ...]
    events: tuple[dict[str, Any], ...] = ()
    totals: TellerCount | None = None
    salt: str = ""
    format: int = 1
    journal: JournalHead | None = None
    plain: dict[str, Any] = {}

    @classmethod
    def of(cls, data: Any) -> VoteRecord:
        """A record as a typed value.

        Args:
            data: What its file holds, which may be anything.

        Raises:
            ValueError: it has another shape.
        """
        if not isinstance(data, dict):
            raise ValueError("a vote record is an object")
        return read_as(cls, {**data, "plain": data})

    @property
    def rules_hash(self) -> str:
        """The digest of the rules that applied, as they are written."""
        return of_value(self.plain["rules"])

    @property
    def digest(self) -> str:
        """The digest of the whole record."""
        return of_value(self.plain)

    @property
    def voters(self) -> Electorate:
        return Electorate.of(self.electorate)

    @property
    def deeds(self) -> list[Event]:
        """What people did, as events.

        Raises:
            ValueError, TypeError, KeyError: one of them is no event.
        """
        return [Event.from_plain(row) for row in self.events]

    @property
    def teller_totals(self) -> Totals | None:
        """What the tellers of a secret vote found in the box; None where it was not secret."""
        return Totals.of(self.totals) if self.totals else None
