"""The template engine for bodies: everything is escaped unless it says that it is HTML."""

from __future__ import annotations

import html
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from ..markdown import Heading


@lru_cache(maxsize=1)
def templates() -> Any:
    """The template engine for bodies: everything is escaped unless it says that it is HTML."""
    from jinja2 import ChainableUndefined, Environment, PackageLoader

    env = Environment(
        loader=PackageLoader("coopbook.site"), autoescape=True, undefined=ChainableUndefined, trim_blocks=True, lstrip_blocks=True
    )
    env.globals["heading"] = _heading
    return env


def _heading(toc: list[Heading], level: int, id: str, words: str, language: str = "") -> Markup:
    """A heading that also stands in the contents list; `language` is its own, where that is not the page's."""
    toc.append(Heading(level, id, words, language))
    lang = f' lang="{html.escape(language)}"' if language else ""
    return Markup(
        f'<h{level} id="{html.escape(id)}"{lang}>{html.escape(words)}<a class="headerlink" href="#{html.escape(id)}" aria-hidden="true" tabindex="-1">¶</a></h{level}>'
    )
