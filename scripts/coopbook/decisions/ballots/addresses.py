"""By which e-mail addresses members are known in a vote, and who sent a mail.

As with accounts (`decisions/credentials.py`): an address that somebody else wrote into a member's
file counts in no vote that is open, and in none for a week. Git tells nobody who wrote it, so every
new address waits; the one of before goes on counting meanwhile.
"""

from __future__ import annotations

import email
from collections.abc import Iterator, Mapping
from email.utils import getaddresses
from typing import NamedTuple

from ...base.messages import Message, _
from ...records.core_kinds import MEMBER
from ...records.index import Index
from ...records.load import Book
from ..types import Member


class Addresses(NamedTuple):
    """E-mail addresses, in small letters, and the member of each: those that count in a vote, and
    those that came into their files too late for it.
    """

    counting: Mapping[str, str]
    late: Mapping[str, str]


def addresses_in_vote(book: Book, earlier: Book | None) -> Addresses:
    """By which addresses members are known in a vote.

    Args:
        book: The co-op.
        earlier: The co-op as its main branch had it a week before the vote opened; None where
            nobody can see that any more: then every address of now counts.
    """
    now = dict(_addresses(book, book.index))
    if earlier is None:
        return Addresses(now, {})
    then = dict(_addresses(earlier, book.index))
    late = {address: id for address, id in now.items() if then.get(address) != id}
    return Addresses(then, late)


def _addresses(book: Book, index: Index) -> Iterator[tuple[str, str]]:
    """Each member's address; members by the ids that they have in `index`."""
    for record in book.records():
        if record.kind.name == MEMBER and (address := Member.of(record).email):
            entry = index.find(MEMBER, record.id)
            yield address.casefold(), entry.id if entry else record.id


def sender_of(mail: bytes) -> str:
    """The address that a saved mail says it comes from, in small letters; empty where it says none,
    several, or one in the place of a name, which a reader would take for the sender.
    """
    headers = [str(one) for one in email.message_from_bytes(mail).get_all("From", [])]
    found = getaddresses(headers)
    if len(headers) != 1 or len(found) != 1 or "@" in found[0][0]:
        return ""
    return found[0][1].casefold()


def doubt_address(address: str, member: str, known: Addresses) -> Message | None:
    """Why a vote that came from an address is not taken for a member's; None where it is."""
    if known.counting.get(address) == member:
        return None
    if not address:
        return _("The mail does not say clearly who sent it.")
    if known.late.get(address) == member:
        return _(
            "“{address}” came into the file of “{member}” less than seven days before the vote "
            "opened, or since: it counts in no vote yet.",
            address=address,
            member=member,
        )
    return _(
        "“{address}” is not the address in the file of “{member}”.", address=address, member=member
    )
