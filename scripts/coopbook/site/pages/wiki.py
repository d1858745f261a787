"""The wiki's navigation: folders, titles and order come from the pages themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

from ...collation import sort_key
from ...index import Entry
from ..context import LAST, Maker, Site

NEIGHBOURS = 30


@dataclass
class Folder:
    """A folder of the wiki: its own page if it has one, the pages and folders in it, in order."""

    path: str
    page: Entry | None = None
    pages: list[Entry] = field(default_factory=list)
    folders: dict[str, Folder] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2].replace("-", " ").replace("_", " ").capitalize()


def tree(site: Site) -> dict[str, Folder]:
    """Every folder by its path; the wiki itself is the empty path."""
    key = ("tree", site.language)
    if key not in site.cache:
        site.cache[key] = _tree(site)
    return cast(dict[str, Folder], site.cache[key])


def _tree(site: Site) -> dict[str, Folder]:
    folders = {"": Folder("")}
    entries = site.ordered("page")
    for entry in entries:
        _folder(folders, entry.id.rpartition("/")[0])
    for entry in entries:
        if entry.id == "index":
            folders[""].page = entry
        elif entry.id in folders:
            folders[entry.id].page = entry
        else:
            folders[entry.id.rpartition("/")[0]].pages.append(entry)
    for folder in folders.values():
        folder.folders = dict(sorted(folder.folders.items(), key=lambda item: _place(site, item[1])))
    return folders


def _place(site: Site, folder: Folder) -> tuple[Any, ...]:
    """Folders stand in the order of their own pages, then by name."""
    name = site.text(folder.page.title) if folder.page else folder.name
    return folder.page.value.get("order", LAST) if folder.page else LAST, sort_key(name)


def _folder(folders: dict[str, Folder], path: str) -> Folder:
    if path not in folders:
        above = _folder(folders, path.rpartition("/")[0])
        above.folders[path] = folders[path] = Folder(path)
    return folders[path]


def surroundings(site: Site, id: str) -> dict[str, Any]:
    """What a wiki page shows around its text: the folders above it, its neighbours, and what lies in it."""
    folders = tree(site)
    inside = folders.get("" if id == "index" else id)
    above = folders[id.rpartition("/")[0]] if id != "index" else folders[""]
    trail = [folders["/".join(steps)] for steps in _above(id)]
    names = [entry.id for entry in above.pages]
    here = names.index(id) if id in names else 0
    first = max(0, here - NEIGHBOURS // 2)
    return {"folder": inside, "trail": trail, "above": above, "neighbours": above.pages[first : first + NEIGHBOURS]}


def _above(id: str) -> Iterator[list[str]]:
    steps = [] if id == "index" else id.split("/")
    return (steps[:count] for count in range(len(steps)))


def index_pages(site: Site) -> Iterator[Maker]:
    """Pages of folders that have none of their own, the start page among them."""
    if not site.main or not site.index.of("page"):
        return
    for path, folder in tree(site).items():
        if folder.page is None:
            title = folder.name if path else site.say(site.title_of("wiki"))
            around = surroundings(site, path or "index")
            yield site.later(f"wiki/{path}/" if path else "wiki/", title, "kinds/page.html", section="wiki", headed=False, **around)
