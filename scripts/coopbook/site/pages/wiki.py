"""The wiki's navigation: folders, titles and order come from the pages themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ...base.collation import sort_key
from ...base.once import once
from ...records.addresses import original_of
from ...records.core_kinds import PAGE
from ...records.index import Entry
from ...records.model import Record
from ..context import Site
from ..forge import edit_address
from ..happenings import coming
from ..navigation import title_of
from ..ordering import order
from ..rendering import Maker, defer_page, render_part

KIND = PAGE
NEIGHBOURS = 30
LAST = 10_000
"""The place of a page or a folder without an `order`: after all that have one."""


@dataclass
class Folder:
    """A folder of the wiki: its own page if it has one, the pages and folders in it, in order.
    Pages are in the site's language where they are translated; `spoken`: some page in it is, or
    this is the main language.
    """

    path: str
    url: str = ""
    title: str = ""
    page: Entry | None = None
    pages: list[Entry] = field(default_factory=list)
    folders: dict[str, Folder] = field(default_factory=dict)
    spoken: bool = False

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2].replace("-", " ").replace("_", " ").capitalize()


@once
def tree(site: Site) -> dict[str, Folder]:
    """Every folder by its path; the wiki itself is the empty path."""
    folders = {"": Folder("")}
    entries = _originals(site)
    for entry in entries:
        _folder(folders, entry.id.rpartition("/")[0])
    for entry in entries:
        page = site.addresses.version(entry)
        own = "" if entry.id == "index" else entry.id
        folder = folders.get(own) or folders[own.rpartition("/")[0]]
        if folder.path == own:
            folder.page = page
        else:
            folder.pages.append(page)
        _mark(folders, folder.path, site.addresses.speaks(page))
    for folder in folders.values():
        shown = folder.page if not _is_made(site, folder) else None
        folder.url = site.addresses.url(shown) if shown else _address(site, folder)
        folder.title = (
            site.texts.title(shown)
            if shown
            else site.texts.plain(folder.name)
            if folder.name
            else site.words.say(title_of(site, "wiki"))
        )
        if folder.page and not shown:
            folder.pages.insert(0, folder.page)
        folder.folders = dict(
            sorted(folder.folders.items(), key=lambda item: _place(site, item[1]))
        )
    return folders


def _originals(site: Site) -> list[Entry]:
    """Every page but translations, in the order of what the site shows of them; a translation
    stands where its original does.
    """
    originals = [entry for entry in order(site, PAGE) if original_of(site.index, entry) is entry]
    versions = {entry.id: site.addresses.version(entry) for entry in originals}
    places = {
        id: version.value.get("order", site.index.entries[PAGE][id].value.get("order", LAST))
        for id, version in versions.items()
    }
    return sorted(
        originals,
        key=lambda entry: (
            places[entry.id],
            sort_key(site.texts.text(versions[entry.id].title)),
            entry.id,
        ),
    )


def _mark(folders: dict[str, Folder], path: str, spoken: bool) -> None:
    """Note in a folder and in those above that one of its pages is in the site's language."""
    while spoken and not folders[path].spoken:
        folders[path].spoken = True
        path = path.rpartition("/")[0]


def _is_made(site: Site, folder: Folder) -> bool:
    """Whether the folder has a page made by us: it has none of its own, or it is the start and has
    none in this language.
    """
    return folder.spoken and (
        folder.page is None or (not folder.path and not site.addresses.speaks(folder.page))
    )


def _address(site: Site, folder: Folder) -> str:
    return f"{site.prefix if folder.spoken else ''}wiki/{folder.path}/".replace("//", "/")


def _place(site: Site, folder: Folder) -> tuple[Any, ...]:
    """Folders stand in the order of their own pages, then by name."""
    name = site.texts.text(folder.page.title) if folder.page else folder.name
    order = original_of(site.index, folder.page).value.get("order", LAST) if folder.page else LAST
    return folder.page.value.get("order", order) if folder.page else LAST, sort_key(name)


def _folder(folders: dict[str, Folder], path: str) -> Folder:
    if path not in folders:
        above = _folder(folders, path.rpartition("/")[0])
        above.folders[path] = folders[path] = Folder(path)
    return folders[path]


def surroundings(site: Site, id: str, path: str) -> dict[str, Any]:
    """What a wiki page shows around its text: the folders above it, what lies in it, and beside it
    the guide's contents. `id` is that of the original, `path` the page's own.
    """
    folders = tree(site)
    trail = [folders["/".join(steps)] for steps in _above(id)]
    inside = folders.get("" if id == "index" else id)
    entry = site.index.find(PAGE, id)
    here = site.addresses.version(entry).id if entry else ""
    side = render_part(
        site,
        "wiki_side.html",
        path,
        root=folders[""],
        here=here,
        open={folder.path for folder in (*trail, inside) if folder},
        near=lambda folder: _near(folder.pages, here),
    )
    return {"folder": inside, "trail": trail, "side": side}


def _near(pages: list[Entry], here: str) -> list[Entry]:
    """The pages of a folder, or, of very many, those around the one that is read."""
    place = next((number for number, entry in enumerate(pages) if entry.id == here), 0)
    first = max(0, min(place - NEIGHBOURS // 2, len(pages) - NEIGHBOURS))
    return pages[first : first + NEIGHBOURS]


def record_values(site: Site, record: Record, path: str) -> dict[str, Any]:
    """A page's own first heading is the page's; one without gets its title above."""
    body = site.texts.body(record, path, top=1)
    headed = bool(body.headings) and body.headings[0].level == 1
    top = body.headings[0].id if headed else "top"
    original = original_of(site.index, site.index.entries[KIND][record.id])
    values = {
        "top": top,
        "body": body,
        "headed": headed,
        "edit": edit_address(site, record.file),
        **surroundings(site, original.id, path),
    }
    role = next(
        (name for name, id in site.settings.pages.items() if site.index.find(KIND, id) is original),
        "",
    )
    return values | (
        {"role": role, "section": role, "side": "", **_role_values(site, role, path)}
        if role
        else {}
    )


def _role_values(site: Site, role: str, path: str) -> dict[str, Any]:
    """What a page with a place of its own in the navigation shows besides its text."""
    if role != "join":
        return {}
    coop = site.coop_record
    explained = [
        (site.texts.localized(one.label), site.texts.rich(one.explained, coop, f"{id}-", path))
        for id, one in site.settings.situations.items()
        if one.explained
    ]
    meetings = [entry for entry in coming(site) if entry.get("kind") == "information"]
    return {"explained": explained, "meetings": meetings[:3]}


def _above(id: str) -> Iterator[list[str]]:
    steps = [] if id == "index" else id.split("/")
    return (steps[:count] for count in range(len(steps)))


def index_pages(site: Site) -> Iterator[Maker]:
    """Pages of folders that have none of their own, the start page among them; in another language
    where a page inside is in it.
    """
    for path, folder in tree(site).items() if site.index.of(PAGE) else ():
        if _is_made(site, folder):
            title = folder.name if path else site.words.say(title_of(site, "wiki"))
            below = folder.url.removeprefix(site.prefix)
            spoken = [
                language for language in site.index.languages if _made_in(site, language, path)
            ]
            around = surroundings(site, path or "index", folder.url)
            alternates = site.addresses.paths(below, spoken)
            yield defer_page(
                site,
                below,
                title,
                "kinds/page.html",
                section="wiki",
                headed=False,
                alternates=alternates,
                **around,
            )


def _made_in(site: Site, language: str, path: str) -> bool:
    other = site.in_language(language)
    return path in tree(other) and _is_made(other, tree(other)[path])
