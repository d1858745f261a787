"""The sections of a site: their titles and addresses, the menu and the foot of the page.

They are data, in `navigation.yml`; the kinds that a co-op adds have a section each, too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from ..agenda.days import own_day
from ..base.messages import Message
from ..base.messages import languages as our_languages
from ..base.once import once
from ..base.positions import Value
from ..records.addresses import has_pages
from ..records.core_kinds import PAGE
from ..records.dialect import labels
from ..records.index import Entry
from ..records.model import Kind, dig
from ..yaml_files.reader import parse
from . import facets, guides
from .context import Site

FILE = Path(__file__).with_name("navigation.yml")
MENU, FOOT = "menu", "footer"
"""Places of the navigation, as `x-menu` names them."""


@dataclass(frozen=True)
class Section:
    """A section of the sites; the fields are those of `navigation.yml`."""

    title: str
    kinds: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    field: str = ""
    empty: bool = False
    single: str = ""
    page: bool = False
    needs: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    words: bool = False
    shipped: bool = False
    audience: str = ""


class Menu(NamedTuple):
    """The menu of one audience's site.

    Attributes:
        entries: the sections of the menu, in order.
        foot: those at the foot of the page.
        parents: the entry below which a section stands that is no entry itself.
    """

    entries: tuple[str, ...]
    foot: tuple[str, ...]
    parents: dict[str, str]


class Link(NamedTuple):
    """A section as it stands in a menu: its name, its title in words, its path."""

    section: str
    title: str
    path: str


@lru_cache
def sections() -> dict[str, Section]:
    """The sections of `navigation.yml`, by their name, which is their address."""
    return {name: msgspec.convert(part, Section) for name, part in _read()["sections"].items()}


@lru_cache
def menu_of(audience: str) -> Menu:
    """The menu of an audience's site, whatever of it exists."""
    found = _read()[audience]
    entries = [one if isinstance(one, dict) else {one: []} for one in found["menu"]]
    below = {name: part for entry in entries for name, part in entry.items()}
    parents = {section: name for name, part in below.items() for section in part}
    return Menu(tuple(below), tuple(found["foot"]), parents)


@lru_cache
def _read() -> dict[str, Value]:
    value: dict[str, Value] = parse(FILE.read_bytes(), front_matter=False).value
    return value


@once
def page_kinds(site: Site) -> list[Kind]:
    """The kinds whose records have pages, in the order of the sections, then the co-op's own."""
    order = [kind for section in sections().values() for kind in section.kinds]
    kinds = [kind for kind in site.index.kinds.values() if has_pages(kind)]
    places = {name: place for place, name in reversed([*enumerate(order)])}
    return sorted(kinds, key=lambda kind: (places.get(kind.name, len(order)), kind.name))


def own_kinds(site: Site, place: str) -> list[Kind]:
    """The kinds whose list stands at a place of the navigation because their schema says so
    (`x-menu`); those of `navigation.yml` do not.

    Args:
        site: the site.
        place: `menu`, `footer`, or an entry of the menu on whose page they are listed.
    """
    found = [
        kind
        for kind in page_kinds(site)
        if kind.folder not in sections() and _place_of(site, kind) == place
    ]
    found.sort(key=lambda kind: (kind.menu.place, kind.name))
    return [kind for kind in found if has(site, kind.folder)]


def _place_of(site: Site, kind: Kind) -> str:
    """Where the list of a kind stands; where a site has no such entry, nowhere."""
    place = kind.menu.public if site.audience == "public" else kind.menu.members
    if place in (MENU, FOOT) or place in menu_of(site.audience).entries:
        return place
    return menu_of(site.audience).parents.get(place, "")


@once
def _all_sections(site: Site) -> dict[str, Section]:
    own = {
        kind.folder: Section("", (kind.name,), empty=kind.menu.always) for kind in page_kinds(site)
    }
    return own | sections()


def title_of(site: Site, name: str) -> Message:
    """The title of a section."""
    if name in sections():
        return Message(sections()[name].title)
    own = (kind.title_plural for kind in page_kinds(site) if kind.folder == name)
    return next(own, Message(name))


def entry_title(site: Site, name: str) -> Message:
    """What a section is called where it is an entry of the navigation."""
    own = (kind for kind in page_kinds(site) if kind.folder == name and name not in sections())
    kind = next(own, None)
    return labels.menu_title(kind.schema) if kind else title_of(site, name)


@once
def menu(site: Site) -> list[Link]:
    """The entries of the main menu."""
    return list(_links(site, _with_own(site, menu_of(site.audience).entries, MENU)))


@once
def foot(site: Site) -> list[Link]:
    """The entries at the foot of the page."""
    return list(_links(site, _with_own(site, menu_of(site.audience).foot, FOOT)))


def _with_own(site: Site, entries: tuple[str, ...], place: str) -> list[str]:
    """Entries of ours, which have the places 10, 20, 30 and so on, and those of other kinds."""
    placed = [(10 * number, 0, name) for number, name in enumerate(entries, 1)]
    own = own_kinds(site, place)
    placed += [(kind.menu.place, 1 + number, kind.folder) for number, kind in enumerate(own)]
    return [name for _place, _number, name in sorted(placed)]


def active_entry(site: Site, section: str) -> str:
    """The entry of the menu that a page of a section belongs to."""
    own = next((kind for kind in page_kinds(site) if kind.folder == section), None)
    if own and section not in sections():
        place = _place_of(site, own)
        return section if place in (MENU, FOOT) else place
    entry = menu_of(site.audience).parents.get(section, section)
    if site.audience == "public" or entry in {link.section for link in menu(site)}:
        return entry
    return "life" if entry in {kind.folder for kind in page_kinds(site)} else entry


def _links(site: Site, names: list[str]) -> Iterator[Link]:
    for name in names:
        path = address(site, name)
        if path is not None and not _is_empty(site, name):
            yield Link(name, site.words.say(entry_title(site, name)), path)


def has(site: Site, name: str) -> bool:
    """Whether the co-op has something to say in a section."""
    return address(site, name) is not None and not _is_empty(site, name)


def _is_empty(site: Site, name: str) -> bool:
    """Whether a section of ours has a page with nothing on it: no menu leads there."""
    section = sections().get(name)
    return bool(
        section
        and section.empty
        and not section.single
        and not any(_entries(site, section))
        and not any(dated_entries(site, section))
    )


def at(site: Site, name: str) -> str:
    """The path of a section, of a list such as `trades/<term>`, of a page such as
    `guides/<name>`.
    """
    folder, _slash, below = name.partition("/")
    if folder in facets.FACETS:
        return facets.address(site, name)
    if name not in sections() and folder in sections() and below:
        return f"{_prefix(site, folder)}{name}/"
    found = address(site, name)
    return f"{name}/" if found is None else found


def _is_said(value: Value, steps: list[str]) -> bool:
    """Whether a field is filled in; `*` on the way to it is any name."""
    if "*" not in steps:
        return bool(dig(value, *steps))
    place = steps.index("*")
    around = dig(value, *steps[:place])
    parts = around.values() if isinstance(around, dict) else ()
    return any(_is_said(part, steps[place + 1 :]) for part in parts)


@once
def address(site: Site, name: str) -> str | None:
    """The path of a section; None if the co-op has nothing to say there."""
    page = site.settings.pages.get(name)
    if page:
        entry = site.index.find(PAGE, page)
        return site.addresses.url(entry) if entry else None
    section = _all_sections(site).get(name)
    if section is None or not _exists(site, section):
        return None
    start = _start_page(site, section)
    if start:
        return site.addresses.url(start)
    return _prefix(site, name) + ("" if name == "home" else f"{name}/")


def _exists(site: Site, section: Section) -> bool:
    if section.page or section.audience not in ("", site.audience):
        return False
    if section.single and not any(entry.sound for entry in site.index.of(section.single)):
        return False
    if section.needs:
        return any(_is_said(site.coop, name.split(".")) for name in section.needs)
    return (
        section.empty
        or not section.kinds
        or any(_entries(site, section))
        or any(dated_entries(site, section))
    )


def _entries(site: Site, section: Section) -> Iterator[Entry]:
    for kind in section.kinds:
        for entry in site.index.of(kind):
            if not section.field or entry.get(section.field):
                yield entry


def dated_entries(site: Site, section: Section) -> Iterator[Entry]:
    """The records of other kinds that stand in a section because they are on a day (`dates`)."""
    for name in section.dates:
        kind = site.index.kinds.get(name)
        for entry in site.index.of(name) if kind else ():
            if kind and own_day(kind, entry.value):
                yield entry


def _start_page(site: Site, section: Section) -> Entry | None:
    """The record that is the page of the section itself, if it is written in the page's
    language.
    """
    kind = site.index.kinds.get(section.kinds[0]) if len(section.kinds) == 1 else None
    if kind is None or kind.single or kind.id_form != "path":
        return None
    start = site.index.find(kind.name, "index")
    written = start and site.addresses.speaks(site.addresses.version(start))
    return start if written else None


def _prefix(site: Site, name: str) -> str:
    return site.prefix if speaks(site, name) else ""


def speaks(site: Site, name: str) -> bool:
    """Whether a section has a page in this language."""
    return site.language in languages_of(site, name)


@once
def languages_of(site: Site, name: str) -> list[str]:
    """The languages in which a section has a page: the co-op's first one, and some of the
    others.
    """
    section = _all_sections(site)[name]
    if section.kinds:
        entries = _entries(site, replace(section, kinds=section.kinds[:1]))
        return site.addresses.languages_of_list([*entries, *dated_entries(site, section)])
    first, *others = site.index.languages
    return [first, *(language for language in others if _is_spoken(site, section, language))]


def _is_spoken(site: Site, section: Section, language: str) -> bool:
    if section.shipped and guides.speaks(language):
        return True
    if section.words and language.partition("-")[0] in our_languages():
        return True
    return any(_is_written(language, site.coop.get(name)) for name in section.written)


def _is_written(language: str, value: Value) -> bool:
    if isinstance(value, dict):
        return language in value or any(_is_written(language, part) for part in value.values())
    return isinstance(value, list) and any(_is_written(language, part) for part in value)
