"""The legal notice has what is asked of a site where the co-op is, for its form in law.

What is asked, and of whom, stands with its sources in `data/legal.yml`: of a French company name,
form, capital, seat, phone, numbers, publisher and host; of an association less; in Québec the title
and address of the person responsible for personal information. Of countries that are not in it
nothing is asked. What an organisation does not have is said by the word `none`, such as `vat:
none`. It is an error for a public site that has an address (`site`); as long as there is none, a
warning.

## Why
The law of each country wants visitors to know who publishes a site and who answers for personal
information. The table comes from secondary sources: have a jurist confirm it before relying on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from ...base.diagnostics import Diagnostic
from ...base.messages import _
from ...base.positions import Path
from ...records.coop import NUMBERS, Coop
from ...records.index import Index
from ...records.legal import OTHER
from ...records.model import Record, schema_at

KIND = "coop"

OF_THE_SITE = ("publisher", "host")
"""What is told once for a site, whoever stands behind it."""
CAPITAL, VARIABLE = "capital", "variable_capital"


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    told = record.get("site")
    for item in _lacks(record, Coop.of(record.value)):
        yield item if told else replace(item, severity="warning")


def _lacks(record: Record, coop: Coop) -> Iterator[Diagnostic]:
    if not coop.entities and coop.entity.law.needs(OTHER):
        yield record.fault(
            _("Nothing says who stands behind the co-op in law, and who publishes its site."),
            help=_(
                "Write it under “entities” and “legal”: visitors must find it on the site. The "
                "guide has a notice for each form, and a word for those who have none."
            ),
        )
    places = [
        place
        for number, (id, entity) in enumerate(coop.entities.items())
        for name in entity.law.needs(entity.form)
        if not number or name.partition(".")[0] not in OF_THE_SITE
        for place in _missing(record, coop, id, name)
    ]
    for place in dict.fromkeys(places):
        yield record.fault(
            _("The legal notice lacks “{name}”.", name=".".join(map(str, place))),
            *place,
            help=_("Fill it in, or write “none” where there is none: visitors must find it.")
            if place[-1] in (*NUMBERS, "rcs")
            else _("Fill it in: visitors must find it on the site."),
        )


def _missing(record: Record, coop: Coop, id: str, name: str) -> Iterator[Path]:
    """Where a thing is to be written that is told nowhere. What `legal` never had room for is not
    asked of those who have no entities.
    """
    places = list(_places(coop, id, name))
    has_room = schema_at(record.kind.schema, places[0])
    if has_room and not any(record.get(*place) for place in places):
        yield places[0]


def _places(coop: Coop, id: str, name: str) -> Iterator[Path]:
    """Where a thing may be told, the usual place first."""
    steps = tuple(name.split("."))
    if steps[0] in OF_THE_SITE:
        yield ("legal", *steps)
    elif steps[0] == "privacy":
        yield ("legal", *steps)
        if id:
            yield ("entities", id, *steps)
    elif name in ("email", "phone"):
        yield (name,)
        if id:
            yield ("entities", id, name)
    else:
        yield coop.place_in(id, name)
        if name == CAPITAL:
            yield coop.place_in(id, VARIABLE)
