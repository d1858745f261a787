"""The one Markdown renderer: GitHub's dialect by comrak, raw HTML left out, addresses allow-listed.

Bodies, biographies and wiki pages all pass here, so that a member sees in the forge what the site
will show.
"""

from __future__ import annotations

import html
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

import comrak
from msgspec import Struct

from .positions import point_at

SCHEMES = frozenset(["http", "https", "mailto", "tel"])

MOST_TAGS = 20

Rewrite = Callable[[str], str]
"""An address as written -> the address on the page, or nothing where there is none."""

_SIGNS = re.compile(r"([\\`*_{}\[\]()#+!|<>~&])")
_HEADING = re.compile(r"<h([1-6])>(.*?)</h[1-6]>", re.S)
_ANY_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r'<(a|img) data-sourcepos="(\d+):(\d+)-\d+:\d+" (?:href|src)="([^"]*)"')
_WHOLE_LINK = re.compile(
    r'<(?:a|img) data-sourcepos="(\d+):(\d+)-(\d+):(\d+)" (?:href|src)="([^"]*)"'
)
_LINK_WORDS = re.compile(
    r"!?\[(.*?)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])?\Z|!?\[(.*)\]\(.*\Z", re.S
)
"""A link or a picture as it is written, with its words."""
_DEFINITION = re.compile(r" {0,3}\[[^\]]+\]:\s*<?([^\s>]+)")
_HEADING_PLACE = re.compile(r'<h([1-6]) data-sourcepos="(\d+):1-(\d+):\d+">')
_NOTE = re.compile(r'((?: id="| href="#))(fn(?:ref)?-)')
_NO_IMAGE = re.compile(r'<img src="" alt="([^"]*)"[^>]*/>')
_NO_LINK = re.compile(r'<a href=""( title="[^"]*")?>')
_TASK = re.compile(r'(<input type="checkbox"[^>]*/>) (?:\n<p>(.*?)</p>|(.*?)(?=</li>|\n<))', re.S)
_EMPTY_HEAD = re.compile(r"<th( align=\"[a-z]+\")?></th>")
_OMITTED = "<!-- raw HTML omitted -->"
_TAG = re.compile(r"(<[A-Za-z][A-Za-z0-9-]*)(?=[\s/>])([^<>\n]*>?)")
_COMMENT = re.compile(r"<!--.*?(-->|\Z)", re.S)
_MARK = re.compile(r"<[A-Za-z][A-Za-z0-9-]* coop-[0-9]+-")


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
_PLAIN, _WITH_PLACES, _WITH_HTML = (
    comrak.RenderOptions(),
    comrak.RenderOptions(),
    comrak.RenderOptions(),
)
_WITH_PLACES.sourcepos = _WITH_PLACES.escape = _WITH_PLACES.unsafe_ = (
    True  # addresses are only listed: those refused must be seen too
)
_WITH_HTML.unsafe_ = True


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
    out = comrak.render_markdown(text, options, _PARSE, _PLAIN).replace(_OMITTED, "")
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


def links(text: str) -> Iterator[Link]:
    """Each link and image of a text, as written, with its place."""
    if (
        "](" not in text
        and "]:" not in text
        and "][" not in text
        and "<" not in text
        and "://" not in text
        and "www." not in text
    ):
        return
    written: list[str] = []

    def keep(url: str) -> str:
        written.append(url)
        return f"{len(written) - 1}"

    out = comrak.render_markdown(text, _extensions(keep, keep), _PARSE, _WITH_PLACES)
    for tag, line, column, number in _LINK.findall(out):
        if number:
            yield Link(written[int(number)], int(line), int(column), tag == "img")


def without_links(text: str, leads: Callable[[str], bool]) -> str:
    """The Markdown of a text with the words alone of the links and pictures that lead nowhere.

    Args:
        text: The Markdown.
        leads: Whether an address, as written, leads somewhere.
    """
    if "](" not in text and "]:" not in text:
        return text
    written: list[str] = []

    def keep(url: str) -> str:
        written.append(url)
        return f"{len(written) - 1}"

    out = comrak.render_markdown(text, _extensions(keep, keep), _PARSE, _WITH_PLACES)
    lines = text.split("\n")
    places = [
        ((int(line), int(column)), (int(end), int(last)))
        for line, column, end, last, number in _WHOLE_LINK.findall(out)
        if number and not leads(written[int(number)])
    ]
    for start, end in sorted(places, reverse=True):
        _keep_words(lines, start, end)
    defined = (_DEFINITION.match(line) for line in lines)
    return "\n".join(
        line for line, found in zip(lines, defined, strict=True) if not found or leads(found[1])
    )


def _keep_words(lines: list[str], start: tuple[int, int], end: tuple[int, int]) -> None:
    """Put the words of a link, or of a picture, into its place; lines and columns from 1, the last
    one included.
    """
    (first, column), (last, stop) = start, end
    whole = "\n".join(lines[first - 1 : last])
    begin = column - 1
    finish = len(whole) - (len(lines[last - 1]) - stop)
    words = _LINK_WORDS.match(whole[begin:finish])
    if words:
        whole = whole[:begin] + (words[1] or words[2] or "") + whole[finish:]
        lines[first - 1 : last] = whole.split("\n")


def heading_lines(text: str) -> Iterator[tuple[int, int, int]]:
    """Each heading that stands in no list or quotation: its level, its first and its last line,
    from 1.
    """
    out = comrak.render_markdown(text, _extensions(None, None), _PARSE, _WITH_PLACES)
    return (
        (int(level), int(first), int(last)) for level, first, last in _HEADING_PLACE.findall(out)
    )


def html_tags(text: str) -> Iterator[tuple[int, int, str]]:
    """The first tags of raw HTML that the renderer leaves out: line, column, tag. What might be a
    tag is marked; the renderer says which marks are HTML.
    """
    if "<" not in text or _OMITTED not in comrak.render_markdown(
        text, _extensions(None, None), _PARSE, _PLAIN
    ):
        return
    numbers = itertools.count()
    marked = _TAG.sub(lambda tag: f"{tag[1]} coop-{next(numbers)}-{tag[2]}", text)
    raw = set(
        _MARK.findall(comrak.render_markdown(marked, _extensions(None, None), _PARSE, _WITH_HTML))
    )
    found = [
        tag for number, tag in enumerate(_TAG.finditer(text)) if f"{tag[1]} coop-{number}-" in raw
    ]
    for tag in found[:MOST_TAGS]:
        place = point_at(text, tag.start())
        yield place.line, place.column, tag[0]


def without_comments(text: str) -> str:
    """A text without what its author hid in comments: no page shows it, so no data may hold it."""
    return _COMMENT.sub("", text)


def plain(text: str, most: int = 200) -> str:
    """The words of a text on one line, cut at a space: for descriptions."""
    words = " ".join(html.unescape(_ANY_TAG.sub(" ", render(text).html.replace("¶", ""))).split())
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + "…"


def escape_markdown(text: str) -> str:
    """A text inside Markdown as it was written: it makes no heading, no link, no picture and calls
    nobody by an @.
    """
    return _SIGNS.sub(r"\\\1", text).replace("@", "@<!-- -->")
