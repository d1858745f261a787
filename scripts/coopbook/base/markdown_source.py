"""Texts of members as they are written, in Markdown, without what pages leave out of them: links
that lead nowhere, comments, raw HTML. What is given to programs is made of them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator

from .markdown import OMITTED, WITH_HTML, WITH_PLACES, convert, escape_signs, plain
from .positions import point_at

MOST_TAGS = 20
_WHOLE_LINK = re.compile(
    r'<(?:a|img) data-sourcepos="(\d+):(\d+)-(\d+):(\d+)" (?:href|src)="([^"]*)"'
)
_LINK_WORDS = re.compile(
    r"!?\[(.*?)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])?\Z|!?\[(.*)\]\(.*\Z", re.S
)
"""A link or a picture as it is written, with its words."""
_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\]]+\]:\s*<?([^\s>]+)")
_TAG = re.compile(r"(</?[A-Za-z][A-Za-z0-9-]*)(?=[\s/>])([^<>\n]*>?)")
_TAG_ALONE = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?=[\s/>])[^<>\n]*>[ \t]*\Z")
_COMMENT = re.compile(r"<!--.*?(-->|\Z)", re.S)
_MARK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9-]* |/)coop-([0-9]+)-")
_BLOCK = re.compile(
    r"((?: {0,3}> ?|[ ]*(?:[-+*]|[0-9]{1,9}[.)])[ ]+)*[ ]*)(</?[A-Za-z][A-Za-z0-9-]*)(?=[\s/>]|\Z)"
)
"""The beginning of a line that may begin a block of HTML, below lists and quotations."""
_EMPTY_LINE = re.compile(r"\A[ \t>]*\Z")
_LITERAL = frozenset(["script", "pre", "style", "textarea"])
_LITERAL_END = re.compile(r"</(?:script|pre|style|textarea)>", re.I)
_BLOCK_NAMES = frozenset(
    re.findall(
        r"\w+",
        "address article aside base basefont blockquote body caption center col colgroup dd "
        "details dialog dir div dl dt fieldset figcaption figure footer form frame frameset "
        "h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav "
        "noframes ol optgroup option p param search section summary table tbody td tfoot th "
        "thead title tr track ul",
    )
)
"""Tags that begin a block of HTML wherever a line begins with them (CommonMark 0.31, 4.6)."""
_CUT = "\0"
"""Where a tag stood: no text has it."""
_EMPTY_PARAGRAPH = re.compile(r"<p></p>")
_LIST_MARK = re.compile(r"\A([0-9]*)([-.)])")
_SPACE_AT_TAG = re.compile(r" ?(</?(?:[pb]|[uod]l|li|h[1-6]|t[a-z]+|blockquote|pre)\b[^>]*>) ?")


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

    out = convert(text, WITH_PLACES, rewrite=keep)
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


def html_tags(text: str) -> Iterator[tuple[int, int, str]]:
    """The first tags of raw HTML that the renderer leaves out: line, column, tag."""
    if "<" not in text or OMITTED not in convert(text):
        return
    begun = (tag for tag in raw_tags(text) if not tag[0].startswith("</"))
    for tag in itertools.islice(begun, MOST_TAGS):
        place = point_at(text, tag.start())
        yield place.line, place.column, tag[0]


def raw_tags(text: str) -> Iterator[re.Match[str]]:
    """Each tag of raw HTML that is whole on its line. What might be a tag is marked; the renderer
    says which marks are HTML.
    """
    numbers = itertools.count()

    def mark(tag: re.Match[str]) -> str:
        number = next(numbers)
        if tag[1].startswith("</"):
            return f"</coop-{number}-{tag[1][2:]}{tag[2]}"
        return f"{tag[1]} coop-{number}-{tag[2]}"

    marked = convert(_TAG.sub(mark, text), WITH_HTML)
    raw = {int(number) for number in _MARK.findall(marked)}
    for number, tag in enumerate(_TAG.finditer(text)):
        if number in raw:
            yield tag


def without_html(text: str) -> str:
    """The Markdown of a text without comments and the raw HTML that pages leave out: tags alone
    inside a line, and a whole block with what it holds. Where that cannot be cut out of the text,
    its words.

    What is returned has the page of the text itself: that is looked at, not hoped for.
    """
    if "<" not in text:
        return text
    text = without_comments(text)
    shown = convert(text)
    if OMITTED not in shown:
        return text
    left = _cut_tags(_cut_blocks(text))
    found = convert(left)
    if OMITTED not in found and _page_words(found) == _page_words(shown):
        return left
    return _LIST_MARK.sub(r"\1\\\2", escape_signs(plain(text, len(text))))


def _page_words(rendered: str) -> str:
    """What a page has of a text, whatever was left out between: its tags and words."""
    words = " ".join(rendered.replace(OMITTED, "").split())
    return _EMPTY_PARAGRAPH.sub("", _SPACE_AT_TAG.sub(r"\1", words))


def _cut_blocks(text: str) -> str:
    """A text without the blocks of raw HTML: from the line that begins one to the next empty line,
    the end of the list or quotation around it, or that of a script and its like.
    """
    raw = {tag.start() for tag in raw_tags(text)}
    out: list[str] = []
    prefix, end, start = "", None, 0
    for line in text.split("\n"):
        here, start = start, start + len(line) + 1
        if end is not None and _is_inside(line, prefix):
            closed = end.search(line)
            end = None if closed else end
            out += [line] if closed and not line.strip(" >") else []
            continue
        begun = _BLOCK.match(line)
        end = _end_of_block(begun, out) if begun else None
        if begun is None or end is None or here + begun.start(2) not in raw:
            end = None
            out.append(line)
            continue
        prefix = begun[1]
        out.append(prefix.rstrip())
        end = None if end is _LITERAL_END and end.search(line) else end
    return "\n".join(out)


def _is_inside(line: str, prefix: str) -> bool:
    """Whether a line belongs to the list or the quotation in which a block began."""
    if ">" in prefix:
        return line.lstrip().startswith(">")
    depth = len(line) - len(line.lstrip())
    return not line.strip() or depth >= len(prefix.rstrip()) or not prefix.strip()


def _end_of_block(begun: re.Match[str], above: list[str]) -> re.Pattern[str] | None:
    """What ends the block that a line may begin; None where it begins none (CommonMark 0.31, 4.6):
    a tag of another name stands alone, below an empty line.
    """
    name = begun[2].strip("</").lower()
    if name in _LITERAL:
        return _LITERAL_END
    alone = _TAG_ALONE.match(begun.string, begun.start(2))
    if name in _BLOCK_NAMES or (alone and not (above and above[-1].strip(" >"))):
        return _EMPTY_LINE
    return None


def _cut_tags(text: str) -> str:
    """A text without the tags of raw HTML that stand inside its lines; a line that held tags alone
    would part a paragraph if it stayed, empty.
    """
    left, at = [], 0
    for tag in raw_tags(text):
        left += [text[at : tag.start()], _CUT]
        at = tag.end()
    lines = "".join([*left, text[at:]]).split("\n")
    kept = (line for line in lines if _CUT not in line or line.replace(_CUT, "").strip())
    return "\n".join(kept).replace(_CUT, "")


def without_comments(text: str) -> str:
    """A text without what its author hid in comments: no page shows it, so no data may hold it."""
    return _COMMENT.sub("", text)


def link_places(text: str) -> Iterator[tuple[str, int, int, bool]]:
    """The address of each link and picture as it is written in a text: the address, where it begins
    and ends, and whether it is a picture's. Those of definitions below the text come last.
    """
    written: list[str] = []

    def keep(url: str) -> str:
        written.append(url)
        return f"{len(written) - 1}"

    lines = text.split("\n")
    starts = list(itertools.accumulate((len(line) + 1 for line in lines), initial=0))
    out = convert(text, WITH_PLACES, rewrite=keep)
    for found in _WHOLE_LINK.finditer(out):
        line, column, end, last, number = found.groups()
        first, stop = starts[int(line) - 1] + int(column) - 1, starts[int(end) - 1] + int(last)
        address = _ADDRESS_IN_LINK.search(text, first, stop)
        if number and address:
            begin, finish = address.span(2 if address[2] is not None else 1)
            yield written[int(number)], begin, finish, found[0].startswith("<img")
    for line, start in zip(lines, starts, strict=False):
        if defined := _DEFINITION.match(line):
            yield defined[1], start + defined.start(1), start + defined.end(1), False


_ADDRESS_IN_LINK = re.compile(
    r"""\]\(\s*(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*))"""
    r"""(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)$"""
)
"""The address at the end of a link: between angle brackets (1) or bare (2)."""
