"""Addresses that open a mail, already begun (RFC 6068)."""

from __future__ import annotations

from urllib.parse import quote

from ..base.messages import _
from ..base.once import once
from .context import Site


def mailto(to: str, subject: str, body: str = "") -> str:
    """The address that opens a mail; `to` may be several addresses with commas between."""
    address = f"mailto:{quote(to, safe='@,')}?subject={quote(subject)}"
    return address + (f"&body={quote(body.replace(chr(10), chr(13) + chr(10)))}" if body else "")


@once
def need_address(site: Site) -> str:
    """The address of a mail that describes a need; empty if the co-op has no mail address."""
    if not site.settings.email:
        return ""
    body = site.words.say(
        _(
            "Hello,\n\nWhat I need: \nWhere: \nWhen: \nBudget, if you know it: \n\nMy name "
            "and my organisation: \nMy phone number: \n"
        )
    )
    return mailto(site.settings.email, site.words.say(_("A need to describe")), body)
