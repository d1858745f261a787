"""The only file that knows the site generator (MkDocs 1.x with Material): it gives shells and the
theme's own files.

As a plugin it makes `mkdocs build` and `mkdocs serve` give the same pages as `coopbook build`: the
generator renders no page of ours, it writes its assets beside the old site; then our pages are
written and the two sites exchanged.
"""

from __future__ import annotations

import html
import logging
import os
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ..base.shipped import shipped

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.build import get_context
from mkdocs.config import config_options
from mkdocs.config.base import Config, load_config
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin
from mkdocs.structure.nav import Navigation
from mkdocs.utils import get_build_datetime

from .. import checks
from ..base.diagnostics import Diagnostic, has_errors
from ..base.markdown import Heading
from ..base.messages import _
from ..records.audience import Audience
from ..records.index import Index
from ..records.kinds import content_folders
from ..records.load import Book, load
from ..records.opening import today_of
from . import assets, exchange, frame, publish
from .context import Site
from .exchange import Ready
from .faults import banner, tell_faults
from .local_only import NAMES, local_only
from .security import META_POLICY
from .shells import Page, Shell, cut_shell, gaps_of, mark
from .toc import item_of, nest

OVERRIDES = Path(__file__).parent / "overrides"
DUMMY = "\ue002"
_LANGUAGES = Path("partials/languages")
_STYLES = re.compile(r"assets/stylesheets/main\.[0-9a-f]+\.min\.css")


class _Options(Config):
    audience = config_options.Choice(("public", "members"), default="public")
    root = config_options.Type(str, default="")


class CoopbookPlugin(BasePlugin[_Options]):
    """The generator's side of a build. `given` is a book already checked, with its warnings;
    without it the plugin reads the folder. Where `waits` is true, the new site stands ready until
    it is put in place or dropped.
    """

    given: tuple[Book, list[Diagnostic]] | None = None
    waits = False
    progress: Callable[[int], None] = staticmethod(lambda _count: None)

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self.serving = command == "serve"

    def on_config(self, config: Any) -> Any:
        beside = Path(config.config_file_path).parent if config.config_file_path else Path()
        self.root = self.given[0].root if self.given else Path(self.config.root or beside)
        self.book, self.found = self.given or self._load_and_check(self.root)
        self.final = exchange.real_folder(Path(config.site_dir))
        config.site_dir = str(exchange.new_folder(self.final))
        config.theme.dirs.insert(0, str(OVERRIDES))
        config.theme.static_templates -= {"404.html", "sitemap.xml"}
        coop = self.book.index.settings
        config.site_name = html.escape(coop.name or self.root.name)
        config.site_url = coop.site_of(self.config.audience)
        self._look(config, self.book.index)
        return config

    def _look(self, config: Any, index: Index) -> None:
        """Our style sheet and scripts; while serving, the generator puts a script of its own into
        the pages, which the policy would refuse.
        """
        coop, logo = index.coop, index.settings.look.logo
        config.theme["favicon"] = f"files/{logo}" if logo else f"{assets.FOLDER}/sign.svg"
        config.extra_css.insert(0, assets.path("coop.css", coop))
        config.extra |= {
            "policy": "" if getattr(self, "serving", False) else META_POLICY,
            "font": f"{assets.FOLDER}/{assets.FONTS[0]}",
            "theme_script": assets.path("theme.js", coop),
            "script": assets.path("coop.js", coop),
        }

    def _load_and_check(self, root: Path) -> tuple[Book, list[Diagnostic]]:
        # the generator's own clock: that of this computer, or what SOURCE_DATE_EPOCH says
        book = load(root, today_of(root, get_build_datetime()))
        found = checks.check(book)
        if has_errors(found) and not getattr(self, "serving", False):
            last = "The files have errors: no site was made, the old one stays."
            raise Abort("\n".join([*tell_faults(book, found), last]))
        return book, found

    def on_pre_build(self, *, config: Any) -> None:
        self.final.parent.mkdir(parents=True, exist_ok=True)
        self.lock = exchange.lock(self.final)
        self.lock.acquire()
        exchange.recover(self.final)

    def on_files(self, files: Any, *, config: Any) -> Any:
        """Only the theme's main style sheet: whatever lies in the document folder is nobody's, and
        of the rest no page loads anything.
        """
        for file in list(files):
            if file.src_dir == config.docs_dir or not _STYLES.fullmatch(file.src_uri):
                files.remove(file)
        return files

    def on_nav(self, nav: Any, *, config: Any, files: Any) -> Any:
        return Navigation([], [])

    def on_env(self, env: Any, *, config: Any, files: Any) -> Any:
        self.theme = MaterialTheme(env, config, files)
        return env

    def on_post_build(self, *, config: Any) -> None:
        new = Path(config.site_dir)
        if has_errors(self.found):
            publish.with_faults(self.final, new, banner(self.book, self.found))
        else:
            audience: Audience = "members" if self.config.audience == "members" else "public"
            publish.write(self.book, audience, self.found, self.theme, new, self.progress)
        if not self.waits:
            Ready(self.final, self.lock).put(keep=not getattr(self, "serving", False))

    def on_shutdown(self) -> None:
        """What serves lives in a temporary folder: nothing of it stays beside."""
        if getattr(self, "serving", False) and hasattr(self, "lock"):
            Path(self.lock.lock_file).unlink(missing_ok=True)

    def on_build_error(self, *, error: Exception) -> None:
        if hasattr(self, "lock"):
            Ready(self.final, self.lock).drop()

    def on_serve(self, server: Any, *, config: Any, builder: Any) -> Any:
        if config.dev_addr.host in NAMES:
            server.set_app(local_only(server.get_app()))
        server.unwatch(config.docs_dir)
        for folder in [*sorted(content_folders(self.book.kinds)), "coop.yml"]:
            if (self.root / folder).exists():
                server.watch(str(self.root / folder))
        return server


class MaterialTheme:
    """Shells of Material for MkDocs, made when first asked for: one a section, language, folder and
    set of gaps.
    """

    def __init__(self, env: Any, config: Any, files: Any) -> None:
        self.env, self.config, self.files = env, config, files
        self.shells: dict[tuple[Any, ...], Shell] = {}
        self.between = self._between_entries()

    def shell(self, site: Site, page: Page) -> Shell:
        place = _place(page.path)
        key = (page.section, page.language, place, gaps_of(page, self.config.site_url))
        if key not in self.shells:
            self.shells[key] = self._make_shell(site, page, place)
        return self.shells[key]

    def _make_shell(self, site: Site, page: Page, place: str) -> Shell:
        gaps, item = (
            gaps_of(page, self.config.site_url),
            item_of(Heading(2, mark("toc"), mark("toc"))),
        )
        dummy = Page(
            place,
            mark("title"),
            mark("body"),
            page.section,
            mark("description") if page.description else "",
            page.language,
            page.toc,
            mark("skip"),
            mark("head"),
            mark("side") if page.side else "",
            mark("switch") if page.switch else "",
        )
        rendered = self.render(
            site,
            dummy,
            [item] if page.toc else [],
            canonical=mark("canonical") if "canonical" in gaps else "",
        )
        return cut_shell(rendered, gaps, toc_item=self._toc([item]), dummy=DUMMY)

    def render(self, site: Site, page: Page, items: list[Any], *, canonical: str) -> str:
        """The theme's own rendering of a page whose texts are already escaped. The mark <h1 keeps
        the theme from adding a heading.
        """
        config = self.config
        config.theme["language"] = _known_language(site.language, tuple(config.theme.dirs))
        context = get_context(
            Navigation([], []), self.files, config, _as_theirs(site, page, items, canonical)
        )
        return str(self.env.get_template("main.html").render(context))

    def toc(self, headings: tuple[Heading, ...]) -> str:
        return self._toc([item_of(heading) for heading in nest(headings)])

    def _toc(self, items: list[Any]) -> str:
        template = self.env.get_template("partials/toc-item.html")
        return self.between.join(template.render(toc_item=item) for item in items)

    def _between_entries(self) -> str:
        """What the theme writes between two entries of a contents list."""
        one, two = (item_of(Heading(2, mark(name), mark(name))) for name in ("one", "two"))
        first = SimpleNamespace(level=1, children=[one, two])
        template = self.env.get_template("partials/toc.html")
        whole = template.render(
            page=SimpleNamespace(toc=[first]), config=self.config, lang=SimpleNamespace(t=str)
        )
        item = self.env.get_template("partials/toc-item.html")
        return str(
            whole.partition(item.render(toc_item=one))[2].partition(item.render(toc_item=two))[0]
        )


def _place(path: str) -> str:
    """What a shell's links are relative to: all pages as deep as this one share it."""
    return path if path.endswith(".html") else f"{DUMMY}/" * path.count("/")


class _Content(str):
    """HTML of a page: Material looks into it for a heading, which the mark of a shell has not."""

    def __contains__(self, part: object) -> bool:
        return True if part == "<h1" else super().__contains__(part)  # type: ignore[operator]


@lru_cache
def _known_language(language: str, themes: tuple[str, ...]) -> str:
    """The theme's words for a language, English where it has none."""
    names = (language, language.partition("-")[0])
    return next(
        (
            name
            for name in names
            if any((Path(theme) / _LANGUAGES / f"{name}.html").is_file() for theme in themes)
        ),
        "en",
    )


def prepare_site(
    book: Book,
    found: list[Diagnostic],
    audience: Audience,
    out: Path,
    progress: Callable[[int], None],
) -> Ready:
    """Make one audience's site of a checked book beside the old one in `out`; whoever asked for it
    puts it in place or drops it. Raises OSError where the disk refuses.
    """
    config = configure(book, found, audience, out, progress)
    plugin: CoopbookPlugin = config.plugins["coopbook"]  # the generator keeps one for all sites
    plugin.waits = True
    try:
        mkdocs_build(config)
    finally:
        plugin.waits = False
    return Ready(plugin.final, plugin.lock)


def configure(
    book: Book,
    found: list[Diagnostic],
    audience: Audience,
    out: Path,
    progress: Callable[[int], None],
) -> Any:
    """The generator's configuration for a book that is already checked."""
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    staging = publish.staging(book.root)
    config = load_config(
        config_file=str(config_file(audience)), docs_dir=str(staging), site_dir=str(out)
    )
    plugin: Any = config.plugins["coopbook"]
    plugin.given, plugin.progress = (book, found), progress
    plugin.config.audience = audience
    config.plugins.on_startup(command="build", dirty=False)
    return config


def config_file(audience: Audience) -> Path:
    """Our own configuration of the generator. A co-op's is not read: the generator would run what
    it names.
    """
    name = "mkdocs.yml" if audience == "public" else "mkdocs.members.yml"
    return shipped("configuration") / name


def serve(root: Path, audience: Audience, port: int) -> None:
    """Serve one audience's site on this computer until it is interrupted."""
    from mkdocs.commands.serve import serve as mkdocs_serve

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    mkdocs_serve(
        config_file=str(config_file(audience)),
        docs_dir=str(publish.staging(root)),
        plugins={"coopbook": {"audience": audience, "root": str(root.resolve())}},
        dev_addr=f"127.0.0.1:{port}",
    )


def _as_theirs(site: Site, page: Page, items: list[Any], canonical: str) -> Any:
    """Our page with the fields that the theme's templates read of a page of MkDocs."""
    top = f"{page.path if page.path.endswith('404.html') else ''}#{page.top}"
    first = SimpleNamespace(title="", url=top, level=1, children=items, typeset=None)
    return SimpleNamespace(
        title=page.title,
        meta={"title": page.title, "description": page.description},
        url=page.path.removesuffix("404.html"),
        canonical_url=canonical,
        content=_Content(page.body),
        toc=[first],
        is_homepage=False,
        head=page.head,
        side=page.side,
        notice=site.texts.localized(site.settings.notice) if site.settings.notice else "",
        header=frame.render_header(site, page),
        footer=frame.render_footer(site, page),
        contents=html.escape(site.words.say(_("On this page"))),
        previous_page=None,
        next_page=None,
        edit_url=None,
        ancestors=[],
        children=None,
        parent=None,
        file=SimpleNamespace(src_uri="", inclusion=None),
    )
