"""What no table says of a member and a record needs: a name, whether it is a person, the country of
a town, and that nobody is listed without a consent.
"""

from __future__ import annotations

from ..base.formats import slug
from ..base.messages import _, ngettext
from ..base.positions import Value
from ..records.model import dig
from .columns import ID
from .identity import split_name
from .plan import Line, Plan

_TYPE, _LISTED, _PRESENCE, _CONSENTS = "type", "listed", "presence", "consents"
_DIRECTORY = "directory"
_PLACE, _COUNTRY = "place", "country"
_OF_ONE_PERSON = frozenset(
    map(
        slug,
        (
            *("EI", "entreprise individuelle", "micro-entreprise", "micro-entrepreneur"),
            *("auto-entrepreneur", "indépendant", "indépendante", "sole trader", "freelance"),
            *("personne physique", "raison individuelle", "profession libérale", "salarié"),
        ),
    )
)
"""Legal forms of somebody who works alone."""


def complete_lines(plan: Plan, country: str) -> None:
    """Give each line its name, its type and the country of its town; one that names nobody is
    refused.

    Args:
        plan: Its lines, as they were read.
        country: That of the co-op.
    """
    splits = all(column.target != ID for column in plan.columns)
    assumed = organised = 0
    for line in plan.lines:
        if not _give_name(line.value):
            line.refuse(_("It names nobody."))
            continue
        organised += _give_type(line.value)
        if line.value[_TYPE] == "person" and splits:
            split_name(line.value["name"])
        else:
            _give_order(line.value["name"])
        assumed += _give_country(line.value, country)
    if assumed:
        plan.remarks.append(
            ngettext(
                "{count} line names a place without its country: {country} is taken.",
                "{count} lines name a place without its country: {country} is taken.",
                assumed,
                country=country,
            )
        )
    if organised:
        plan.remarks.append(
            ngettext(
                "{count} line has a legal form or a number of companies and no given name: it "
                "is an organisation; --set type=person says otherwise.",
                "{count} lines have a legal form or a number of companies and no given name: "
                "they are organisations; --set type=person says otherwise.",
                organised,
            )
        )


def give_defaults(plan: Plan, line: Line) -> None:
    """What a new member's record says where its line does not. Nobody is listed without a consent,
    whatever the line says.
    """
    value = line.value
    value.setdefault(_PRESENCE, "present")
    value.setdefault(_LISTED, any(one.get("given") for one in _directory_consents(value)))
    if value[_TYPE] == "person" and value[_LISTED] is True and not _directory_consents(value):
        value[_LISTED] = False
        column = line.origins.get((_LISTED,), "")
        why = _("there is no consent for the directory: not listed")
        plan.note(line, column, "changed", True, why)


def _give_name(value: dict[str, Value]) -> bool:
    """Whether there is a name to show, once it is put together of what there is."""
    name = value.setdefault("name", {})
    if not name.get("display"):
        whole = " ".join(filter(None, (name.get("given"), name.get("family"))))
        whole = whole or str(value.get("legal_name") or value.get("trade_name") or "")
        if not whole:
            value.pop("name")
            return False
        name["display"] = whole
    return True


def _give_type(value: dict[str, Value]) -> bool:
    """Whether a line that does not say it is taken for an organisation."""
    if _TYPE in value:
        return False
    form = slug(str(value.get("legal_form") or ""))
    is_business = (form and form not in _OF_ONE_PERSON) or dig(value, "ids", "siren")
    has_person = value["name"].get("given") or value["name"].get("family")
    value[_TYPE] = "organisation" if is_business and not has_person else "person"
    return bool(value[_TYPE] == "organisation")


def _give_order(name: dict[str, Value]) -> None:
    """A name that begins with a sign stands where its first letter belongs."""
    shown = str(name["display"])
    if not shown[0].isalnum() and not name.get("sort"):
        name["sort"] = shown.lstrip("#@*«\"'([{-–—. ") or shown


def _give_country(value: dict[str, Value], country: str) -> bool:
    """Whether a place without a country is given that of the co-op."""
    place = value.get(_PLACE)
    if not isinstance(place, dict) or place.get(_COUNTRY):
        return False
    place[_COUNTRY] = country
    return True


def _directory_consents(value: dict[str, Value]) -> list[dict[str, Value]]:
    """The consents for the directory that were not withdrawn."""
    return [
        one
        for one in value.get(_CONSENTS) or []
        if isinstance(one, dict) and one.get("purpose") == _DIRECTORY and not one.get("withdrawn")
    ]
