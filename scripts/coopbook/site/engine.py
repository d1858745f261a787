"""The template engine for bodies: everything is escaped unless it says that it is HTML."""

from __future__ import annotations

import html
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ..base.formats import display_phone, phone_link
from ..base.markdown import Heading
from ..records.dialect.words.x_audience import may_show
from ..records.pictures import initials, tint
from .mailto import mailto

_HERE = Path(__file__).parent
_OPTIONS: dict[str, Any] = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
DOT, INTO = Markup("\u00a0· "), Markup("\u00a0› ")
"""Between things side by side, and between the steps of a way: no line begins with them."""


@lru_cache(maxsize=1)
def templates() -> Any:
    """The template engine for bodies: everything is escaped unless it says that it is HTML."""
    from jinja2 import ChainableUndefined, PackageLoader

    from .jinja import BodyEnvironment, CompiledTemplates

    env = BodyEnvironment(
        **_OPTIONS,
        loader=PackageLoader("coopbook.site"),
        undefined=ChainableUndefined,
        bytecode_cache=CompiledTemplates(_OPTIONS),
        auto_reload=False,
    )
    env.globals |= {"heading": _heading, "telephone": _telephone, "dot": DOT, "into": INTO}
    env.globals |= {"mailto": mailto, "initials": initials, "tint": tint, "may_show": may_show}
    return env


@lru_cache(maxsize=1)
def _sandbox() -> Any:
    """The engine for the templates of a co-op's own: it knows what ours know, and nothing of
    Python's insides.
    """
    from jinja2.sandbox import SandboxedEnvironment

    ours = templates()
    env = SandboxedEnvironment(**_OPTIONS, loader=ours.loader, undefined=ours.undefined)
    env.globals |= ours.globals
    return env


@lru_cache
def own_template(source: str) -> Any:
    """A template of a co-op's own, ready to be filled."""
    return _sandbox().from_string(source)


@lru_cache
def template_for(folder: str, kind: str, otherwise: str) -> str:
    """The template that a kind of ours has in a folder, else the one for all."""
    name = f"{folder}/{kind}.html"
    return name if (_HERE / "templates" / name).is_file() else otherwise


def _heading(toc: list[Heading], level: int, id: str, words: str, language: str = "") -> Markup:
    """A heading that also stands in the contents list; `language` is its own, where that is not the
    page's.
    """
    toc.append(Heading(level, id, words, language))
    lang = f' lang="{html.escape(language)}"' if language else ""
    return Markup(
        f'<h{level} id="{html.escape(id)}"{lang}>{html.escape(words)}<a class="headerlink" '
        f'href="#{html.escape(id)}" aria-hidden="true" tabindex="-1">¶</a></h{level}>'
    )


def _telephone(number: str, style: str = "") -> Markup:
    """A phone number grouped as its country does, as a link that dials it."""
    style = Markup(' class="{}"').format(style) if style else ""
    link = Markup('<a{} dir="ltr" href="{}">{}</a>')
    return link.format(style, phone_link(number), display_phone(number))
