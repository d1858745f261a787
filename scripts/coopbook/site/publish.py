"""Writes a site into a folder beside the old one (`exchange.py` puts it in place)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Protocol

from .. import outputs
from ..base.atomic_files import names_file
from ..base.diagnostics import Diagnostic
from ..base.markdown import Heading, links
from ..base.parallel import spread
from ..decisions.named_voters import with_named_voters
from ..decisions.polls import open_polls, with_answers
from ..decisions.votes import open_votes, rules_of, tellers
from ..records import pictures
from ..records.addresses import has_pages
from ..records.audience import Audience, view, view_index
from ..records.core_kinds import MEMBER
from ..records.index import Index
from ..records.links import list_attachments, resolve
from ..records.load import Book, Progress
from ..records.model import Record
from . import assets
from .assemblies import paper_files
from .context import Site
from .facets import FACETS, group
from .navigation import has, page_kinds
from .ordering import order
from .pages import index_pages
from .pages.my_page import views
from .pages.records import record_page
from .pages.voting import my_votes
from .rendering import Maker
from .search import search_files
from .security import header_files
from .shells import Page, Shell
from .sitemap import sitemap_files
from .subscribing import ways

AT_ONCE = 20
"""Pages of lists that a process makes at a time."""

FEW = 4
"""Chunks of records for which one process is enough."""


class Theme(Protocol):
    """What the site generator gives: shells, and the contents list as its theme writes it."""

    def shell(self, site: Site, page: Page) -> Shell: ...

    def toc(self, headings: tuple[Heading, ...]) -> str: ...


def write(
    book: Book,
    audience: Audience,
    warnings: Iterable[Diagnostic],
    theme: Theme,
    folder: Path,
    progress: Progress,
) -> None:
    """Write every page, picture and data file of one audience's site into a folder."""
    index = view_index(book.index, audience)
    told = tuple(warnings) if audience == "members" else ()
    mails = tellers_mails(book, index) if audience == "members" else {}
    first = Site(index, index.languages[0], told, mails)
    sites = [first, *first.others]
    for site in sites:
        _sort_lists(site)
    writer = _Writer(book, audience, sites, theme, _Folder(folder), progress)
    paths = [*writer.records(), *writer.lists()]
    logo = index.settings.look.logo
    if logo:
        writer.out.file(
            f"files/{logo}", pictures.clean(book.root / logo, pictures.format_of(logo)), again=True
        )
    others: Iterable[outputs.File] = chain(
        assets.files(index.coop).items(), sitemap_files(index, paths), header_files(index)
    )
    for path, content in others:
        writer.out.file(path, content)


def tellers_mails(book: Book, index: Index) -> dict[str, str]:
    """The mail addresses, as members see them, of those who count a vote that is open, or enter
    answers to a poll: the index has none, so the records are read once.
    """
    wanted = {id for entry in open_votes(index) for id in tellers(index, entry)}
    wanted |= {*rules_of(index).tellers} if open_polls(index) else set()
    found = (
        record for record in book.records() if record.kind.name == MEMBER and record.id in wanted
    )
    shown = (view(record, book.index, "members") for record in found)
    return (
        {record.id: record.get("email") for record in shown if record and record.get("email")}
        if wanted
        else {}
    )


def _sort_lists(site: Site) -> None:
    """Sort once, before the work is spread, what every process needs."""
    for kind in page_kinds(site):
        order(site, kind.name)
    for facet in FACETS:
        group(site, facet)
    ways(site)


def _assets(record: Record, index: Index) -> Iterator[str]:
    """The pictures of the repository that a record's texts and fields show."""
    shown = [link.url for _path, text in record.markdown() for link in links(text)]
    for url in (*shown, *(url for _path, url in record.pictures())):
        target = resolve(url, record.file, index)
        if target.place == "asset":
            yield target.asset


@dataclass
class _Writer:
    """Writes the pages of one audience's sites, one a language, in several processes when there are
    many.
    """

    book: Book
    audience: Audience
    sites: list[Site]
    theme: Theme
    out: _Folder
    progress: Progress

    def __post_init__(self) -> None:
        """Have the public's sites for what members see of them; the public has its own already."""
        self.public = self.sites if self.audience == "public" else self._public_sites()

    def _public_sites(self) -> list[Site]:
        index = view_index(self.book.index, "public")
        first = Site(index, index.languages[0])
        return [first, *first.others]

    def records(self) -> Iterator[str]:
        """Write all that is made record by record; the paths of the pages."""
        return self._spread(self._chunk, range(self.book.spool.chunks))

    def lists(self) -> Iterator[str]:
        """Write the pages and the data that need only the index; the paths of the pages. What takes
        long comes first, so that no process waits for another in the end.
        """
        makers = [(site, make) for site in self.sites for make in index_pages(site)]
        data: list[Callable[[], Iterable[outputs.File]]] = [
            *(partial(search_files, [site]) for site in self.sites),
            *outputs.index_makers(self.sites[0].index),
        ]
        starts = range(0, len(makers), AT_ONCE)
        jobs = [
            *(partial(self._data, make) for make in data),
            *(partial(self._pages, makers[start : start + AT_ONCE]) for start in starts),
        ]
        return self._spread(lambda number: jobs[number](), range(len(jobs)))

    def _data(self, make: Callable[[], Iterable[outputs.File]]) -> list[str]:
        for path, content in make():
            self.out.file(path, content)
        return []

    def _pages(self, makers: list[tuple[Site, Maker]]) -> list[str]:
        return [self.out.page(make(), site, self.theme) for site, make in makers]

    def _spread(self, work: Callable[[int], list[str]], items: Sequence[int]) -> Iterator[str]:
        for paths in spread(work, items, self.book.jobs if self.book.spool.chunks > FEW else 1):
            self.progress(len(paths))
            yield from paths

    def _chunk(self, chunk: int) -> list[str]:
        shown = (
            view(self._with_derived(record), self.book.index, self.audience)
            for record in self.book.spool.records(chunk)
        )
        return [path for record in shown if record is not None for path in self._record(record)]

    def _with_derived(self, record: Record) -> Record:
        """A record with what is worked out for members' eyes; the public's view drops it."""
        return with_answers(with_named_voters(record, self.book.index), self.book.index)

    def _record(self, record: Record) -> list[str]:
        """A record's files; the paths of its pages."""
        first = self.sites[0]
        files = outputs.record_files(record, first.index), paper_files(record, first.index)
        for path, content in chain(*files):
            self.out.file(path, content)
        self._pictures(record, first)
        self._attachments(record, first)
        if not has_pages(record.kind):
            return []
        made = [
            self.out.page(page, site, self.theme)
            for site in self.sites
            if (page := record_page(site, record)) is not None
        ]
        return made + (
            self._views(record) if self.audience == "members" and record.kind.name == MEMBER else []
        )

    def _pictures(self, record: Record, site: Site) -> None:
        """The clean copies of a member's photo and logo, and of the pictures that the record's
        texts show.
        """
        is_member = record.kind.name == MEMBER
        photo = site.index.photo(record.id) if is_member and "photo" in record.value else None
        logo = site.index.logo(record.id) if is_member and "logo" in record.value else None
        for file, sizes in ((photo, pictures.portrait), (logo, pictures.logo)):
            for made in self._in_sizes(file, sizes) if file else ():
                self.out.file(f"files/members/{record.id}/{made.name}", made.read_bytes())
        for asset in dict.fromkeys(_assets(record, site.index)):
            self.out.file(
                f"files/{asset}",
                pictures.clean(self.book.root / asset, pictures.format_of(asset)),
                again=True,
            )

    def _attachments(self, record: Record, site: Site) -> None:
        """The files that a record's page gives, as they are."""
        for file in list_attachments(record, site.index):
            content = (self.book.root / file.path).read_bytes()
            self.out.file(f"files/{file.path}", content, again=True)

    def _in_sizes(
        self, picture: str, sizes: Callable[[Path], Iterator[tuple[str, bytes]]]
    ) -> list[Path]:
        """A photo or a logo in its sizes, made once for both sites, beside the spool."""
        folder = Path(self.book.spool.folder.name) / "portraits" / picture
        if not folder.is_dir():
            folder.mkdir(parents=True)
            for name, content in sizes(self.book.root / picture):
                (folder / name).write_bytes(content)
        return sorted(folder.iterdir())

    def _views(self, record: Record) -> list[str]:
        """A member's own page: what clients see beside what members see."""
        seen, entry = (
            view(record, self.book.index, "public"),
            self.book.index.entries[MEMBER][record.id],
        )
        pairs = [
            (site, public)
            for site, public in zip(self.sites, self.public, strict=True)
            if site.addresses.speaks(entry)
        ]
        made = [
            self.out.page(views(site, record, public, seen), site, self.theme)
            for site, public in pairs
        ]
        asked = [site for site, _public in pairs if has(site, "votes")]
        return made + [self.out.page(my_votes(site, record), site, self.theme) for site in asked]


class _Folder:
    """A folder being filled; a path that leaves it is our mistake."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: set[str] = set()

    def page(self, page: Page, site: Site, theme: Theme) -> str:
        """Write a page; its path."""
        shell = theme.shell(site, page)
        self.file(
            page.file,
            shell.fill(
                page,
                site.settings.site_of(site.audience),
                theme.toc(page.toc),
            ),
        )
        return page.path

    def file(self, path: str, content: str | bytes, *, again: bool = False) -> None:
        """Write a file. Two things with one path are refused by the disk itself, whichever process
        comes second; `again` allows it.
        """
        if path.startswith("/") or ".." in path.split("/"):
            raise ValueError(f"{path} leaves the site")
        above = path.rpartition("/")[0]
        if above not in self.made:
            Path(self.folder / above).mkdir(exist_ok=True, parents=True)
            self.made.add(above)
        with (
            names_file(f"{self.folder}/{path}"),
            open(f"{self.folder}/{path}", "wb" if again else "xb") as out,  # noqa: PTH123 -- same
        ):
            out.write(content.encode() if isinstance(content, str) else content)


def with_faults(good: Path, new: Path, banner: str) -> None:
    """While serving: the last good site again, with what is wrong on top of each page; alone where
    there is no site yet.
    """
    files: Iterator[Path] = good.rglob("*") if good.is_dir() else iter(())
    for file in files:
        if file.is_file():
            target = new / file.relative_to(good)
            target.parent.mkdir(parents=True, exist_ok=True)
            data = file.read_bytes()
            target.write_bytes(
                _put_banner(data, banner.encode()) if file.suffix == ".html" else data
            )
    if not (new / "index.html").is_file():
        (new / "index.html").write_text(
            f'<!doctype html><meta charset="utf-8"><title>Coopbook</title>{banner}',
            encoding="utf-8",
        )


_BANNER_START, _BANNER_END = b"<!-- faults -->", b"<!-- /faults -->"


def _put_banner(page: bytes, banner: bytes) -> bytes:
    """A page with the banner in place of the one it may have."""
    before, start, rest = page.partition(_BANNER_START)
    if start:
        page = before + rest.partition(_BANNER_END)[2]
    head, body, tail = page.partition(b"<body")
    attributes, close, rest = tail.partition(b">")
    return head + body + attributes + close + _BANNER_START + banner + _BANNER_END + rest


def staging(root: Path) -> Path:
    """The empty folder that the generator takes for its documents: none of ours is rendered
    by it.
    """
    folder = root.absolute() / "build" / "staging"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
