"""The one Markdown renderer: GitHub's dialect by comrak, raw HTML left out, addresses allow-listed.

Bodies, biographies and wiki pages all pass here, so that a member sees in the forge what the site
will show.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import comrak
from msgspec import Struct

SCHEMES = frozenset(["http", "https", "mailto", "tel"])

Rewrite = Callable[[str], str]
"""An address as written -> the address on the page, or nothing where there is none."""

_SIGNS = re.compile(r"([\\`*_{}\[\]()#+!|<>~&])")
_HEADING = re.compile(r"<h([1-6])>(.*?)</h[1-6]>", re.S)
_INLINE_TAG = re.compile(r"</?(a|b|code|del|em|i|s|span|strong|sub|sup)\b[^>]*>")
_ANY_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r'<(a|img) data-sourcepos="(\d+):(\d+)-\d+:\d+" (?:href|src)="([^"]*)"')
_HEADING_PLACE = re.compile(r'<h([1-6]) data-sourcepos="(\d+):1-(\d+):\d+">')
_NOTE = re.compile(r'((?: id="| href="#))(fn(?:ref)?-)')
_NO_IMAGE = re.compile(r'<img src="" alt="([^"]*)"[^>]*/>')
_NO_LINK = re.compile(r'<a href=""( title="[^"]*")?>')
_TASK = re.compile(r'(<input type="checkbox"[^>]*/>) (?:\n<p>(.*?)</p>|(.*?)(?=</li>|\n<))', re.S)
_EMPTY_HEAD = re.compile(r"<th( align=\"[a-z]+\")?></th>")
OMITTED = "<!-- raw HTML omitted -->"


class Heading(NamedTuple):
    """`language` is that of its text where it is not the page's."""

    level: int
    id: str
    text: str
    language: str = ""


class Link(NamedTuple):
    """An address in a text; line and column count from 1 within that text."""

    url: str
    line: int
    column: int
    image: bool


class Rendered(Struct, frozen=True):
    html: str
    headings: tuple[Heading, ...]


def _extensions(link: Rewrite | None, image: Rewrite | None) -> comrak.ExtensionOptions:
    options = comrak.ExtensionOptions()
    options.table = options.strikethrough = options.autolink = options.tasklist = (
        options.footnotes
    ) = True
    options.link_url_rewriter, options.image_url_rewriter = link, image
    return options


_PARSE = comrak.ParseOptions()
_PARSE.sourcepos_chars = True
PLAIN, WITH_PLACES, WITH_HTML = (
    comrak.RenderOptions(),
    comrak.RenderOptions(),
    comrak.RenderOptions(),
)
WITH_PLACES.sourcepos = WITH_PLACES.escape = WITH_PLACES.unsafe_ = (
    True  # addresses are only listed: those refused must be seen too
)
WITH_HTML.unsafe_ = True


def convert(text: str, how: comrak.RenderOptions = PLAIN, rewrite: Rewrite | None = None) -> str:
    """HTML of a text as the renderer makes it, before it is made fit for a page.

    Args:
        text: The Markdown.
        how: `PLAIN`; `WITH_PLACES`, where each part stood; `WITH_HTML`, raw HTML left in.
        rewrite: What each address of a link or a picture becomes.
    """
    return comrak.render_markdown(text, _extensions(rewrite, rewrite), _PARSE, how)


def render(
    text: str,
    link: Rewrite = str,
    image: Rewrite = lambda _url: "",
    *,
    top: int = 1,
    prefix: str = "",
) -> Rendered:
    """HTML of a text. `top` is the level of its highest headings on the page, where no level is
    skipped; a whole page (1) that does not begin with its title has it from elsewhere. `prefix`
    goes before the id of each heading and footnote.

    `link` and `image` say where an address leads; an address they refuse leaves its words alone.
    """
    options = _extensions(
        lambda url: link(url) if is_allowed_address(url) else "",
        lambda url: image(url) if ":" not in url else "",
    )
    out = comrak.render_markdown(text, options, _PARSE, PLAIN).replace(OMITTED, "")
    headings: list[Heading] = []
    seen: Counter[str] = Counter()
    above: list[int] = []
    start = _HEADING.search(out)
    untitled = top == 1 and start is not None and start[1] != "1"

    def heading(found: re.Match[str]) -> str:
        while above and above[-1] >= int(found[1]):
            above.pop()
        above.append(int(found[1]))
        level, words = (
            min(6, top + untitled + len(above) - 1),
            html.unescape(_ANY_TAG.sub("", found[2])).strip(),
        )
        id = prefix + _anchor(words, seen)
        headings.append(Heading(level, id, words))
        return (
            f'<h{level} id="{id}">{found[2]}<a class="headerlink" href="#{id}" aria-hidden="true" '
            f'tabindex="-1">¶</a></h{level}>'
        )

    out = (
        _NOTE.sub(rf"\1{prefix}\2", _HEADING.sub(heading, out))
        if prefix
        else _HEADING.sub(heading, out)
    )
    out = _NO_IMAGE.sub(r'<span class="coop-no-image">\1</span>', out)
    out = _EMPTY_HEAD.sub(r"<td\1></td>", _TASK.sub(_label_task, out))
    return Rendered(_NO_LINK.sub("<a>", out), tuple(headings))


def _label_task(task: re.Match[str]) -> str:
    """A box to tick with its words, which are read together."""
    return (
        f"<p><label>{task[1]} {task[2]}</label></p>"
        if task[2] is not None
        else f"<label>{task[1]} {task[3]}</label>"
    )


def _anchor(words: str, seen: Counter[str]) -> str:
    """A heading's id as GitHub makes it: small letters, hyphens for spaces, a number when it is
    taken.
    """
    kept = (
        letter
        for letter in words.lower()
        if letter.isalnum() or letter in "-_ " or unicodedata.category(letter).startswith("M")
    )
    name = "".join(kept).replace(" ", "-") or "section"
    count = seen[name]
    seen[name] += 1
    return f"{name}-{count}" if count else name


def is_allowed_address(url: str) -> bool:
    """Whether an address may stand on a page: relative, or of an allowed scheme; never one that
    names a host without a scheme.
    """
    if url.startswith(("//", "\\")):
        return False
    head = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", url)
    return head[1].lower() in SCHEMES if head else ":" not in url.partition("/")[0]


@lru_cache(maxsize=16)
def links(text: str) -> tuple[Link, ...]:
    """Each link and image of a text, as written, with its place. Several checks ask for those of
    one text, which is parsed once.
    """
    if (
        "](" not in text
        and "]:" not in text
        and "][" not in text
        and "<" not in text
        and "://" not in text
        and "www." not in text
    ):
        return ()
    written: list[str] = []

    def keep(url: str) -> str:
        written.append(url)
        return f"{len(written) - 1}"

    out = convert(text, WITH_PLACES, rewrite=keep)
    return tuple(
        Link(written[int(number)], int(line), int(column), tag == "img")
        for tag, line, column, number in _LINK.findall(out)
        if number
    )


def heading_lines(text: str) -> Iterator[tuple[int, int, int]]:
    """Each heading that stands in no list or quotation: its level, its first and its last line,
    from 1.
    """
    out = convert(text, WITH_PLACES)
    return (
        (int(level), int(first), int(last)) for level, first, last in _HEADING_PLACE.findall(out)
    )


def plain(text: str, most: int = 200) -> str:
    """The words of a text on one line, cut at a space: for descriptions."""
    shown = _INLINE_TAG.sub("", render(text).html.replace("¶", ""))
    words = " ".join(html.unescape(_ANY_TAG.sub(" ", shown)).split())
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + "…"


def escape_markdown(text: str) -> str:
    """A text inside Markdown as it was written: it makes no heading, no link, no picture and calls
    nobody by an @.
    """
    return escape_signs(text).replace("@", "@<!-- -->")


def escape_signs(text: str) -> str:
    """A text with a stroke before each sign that Markdown could read."""
    return _SIGNS.sub(r"\\\1", text)
