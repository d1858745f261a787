"""Who a line is: what one member alone may have, and a name in its parts."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..base.positions import Value
from ..records.model import dig

_UNIQUE = (
    ("email",),
    *(("ids", name) for name in ("siren", "siret", "rna", "bce", "ide", "neq", "bn")),
)

_CAPITALS = re.compile(r"[^\W\d_a-zà-öø-ÿ]{2,}(?:[-' ][^\W\d_a-zà-öø-ÿ]{2,})*")


def keys_of(value: Mapping[str, Value]) -> list[tuple[str, str]]:
    """What one member alone may have: an e-mail, an account, a company number."""
    found = [(path[-1], str(text).casefold()) for path in _UNIQUE if (text := dig(value, *path))]
    for account in value.get("accounts") or []:
        if isinstance(account, dict) and account.get("login"):
            found += [(str(account.get("forge")), str(account["login"]).casefold())]
    return found


def contradict(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    """Whether two records have different values of what a person has once."""
    mine, theirs = ({key[0]: key[1] for key in keys_of(value)} for value in (one, other))
    return any(name in theirs and theirs[name] != said for name, said in mine.items())


def split_name(name: dict[str, Value]) -> None:
    """Given and family name of two words, or where capitals tell the family name; what cannot be
    told stays whole.
    """
    whole = str(name["display"])
    if name.get("given") or name.get("family"):
        return
    words = whole.split()
    if re.fullmatch(r"[^,]+,[^,]+", whole):
        family, given = (part.strip() for part in whole.split(","))
        name["display"] = f"{given} {family}"
    elif (
        len(words) > 1
        and len(loud := [one for one in words if _CAPITALS.fullmatch(one)]) < len(words)
        and loud
    ):
        family = " ".join(loud)
        given = " ".join(one for one in words if one not in loud)
        if whole not in (f"{given} {family}", f"{family} {given}"):
            return
        family = family.title() if len(family) > 3 else family
        name["display"] = f"{given} {family}"
    elif len(words) == 2 and not re.search("[0-9]", whole):
        given, family = words
    else:
        return
    if len(given) <= 60 and len(family) <= 60:
        name |= {"given": given, "family": family}
