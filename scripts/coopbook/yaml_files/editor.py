"""A record and other values -> its file: the only way in which records are written (`render` a new
one, `patch` one that is there).

Whoever reads a change reads its lines, so a patch touches no others: comments, order, quoting,
spacing, line ends and the text below the fields stay as a person wrote them. The edit is made in
the source, at the places that `nodes` gives; then the file is read again. Should it say anything
else than was asked for, the fields in question are written anew, and at last all of them.

This is our own code and not ruamel.yaml, which keeps comments but writes the whole file anew from
its tree: of twenty ways of writing by hand it changed eleven in lines that nobody had edited
(indents, aligned values, spaces in brackets, CRLF, a text over two lines, `~`). And it reads
another YAML than `reader` does, so nothing could be promised about what the file says afterwards.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..base.messages import Misuse, _
from ..base.positions import Path, Value
from .nodes import Node, Part, Unusual, compose
from .reader import CLOSING, OPENING, parse
from .writer import OneLine, as_item, as_yaml, on_one_line

__all__ = ["OneLine", "Unwritable", "patch", "render", "same", "set_fields", "without_empty"]

Fields = Mapping[str, Value]

_EMPTY: tuple[Value, ...] = (None, "", [], {})
_NOTE_COLUMN = 62
_DEEPER_COMMENTS = r"(?:(?:[ \t]*\r?\n)*+ {%d,}#[^\n]*(?:\n|\Z))*"
_COMMENT = re.compile(r"[ \t]+#[^\r\n]*")
_EMPTY_LINES = re.compile(r"\A(?:[ \t]*\r?\n)+")
_SEPARATOR = re.compile(r",\s+")
_MOST_PAIRED = 200


class Unwritable(Misuse):
    """A file that cannot be patched, or values that no file can hold; `message` says why."""


def render(
    value: Fields,
    body: str | None = None,
    comment: str = "",
    above: Iterable[str] = (),
    notes: Mapping[Path, str] | None = None,
) -> bytes:
    """A new record's file.

    Args:
        value: The fields, in their order.
        body: The text below the fields; None where the kind has none, "" where it is still to be
            written.
        comment: A remark for whoever opens the file; it stands below the fields.
        above: Remarks above the fields, one a line.
        notes: Remarks behind single fields, by the path of the field.

    Raises:
        Unwritable: no file can hold these values.
    """
    text = _with_notes(as_yaml(value), notes) if notes else as_yaml(value)
    _require(text, value)
    text = "".join(f"# {line}\n" for line in above) + text
    if comment:
        text += textwrap.fill(
            comment, 100, initial_indent="# ", subsequent_indent="# ", break_long_words=False
        )
        text += "\n"
    if body is None:
        return text.encode()
    return f"---\n{text}---\n{_below(body)}".encode()


def set_fields(
    data: bytes,
    changes: Fields,
    *,
    front_matter: bool,
    body: str | None = None,
    order: Sequence[str] = (),
) -> bytes:
    """A file with some fields set to other values, as an editor gives them: "", null, [] and {}
    erase.

    Args:
        data: The file.
        changes: The new value of each field that is set; other fields stay.
        front_matter: Whether the fields stand above a text.
        body: Another text, if it is to be another.
        order: The names of all fields, in the order in which new ones are put in.

    Raises:
        Unwritable: the file cannot be read, or no file can hold these values.
    """
    had = _fields_of(_parts(data, front_matter).fields)
    wanted = {name: without_empty(value) for name, value in changes.items()}
    after = {
        name: value
        for name, value in (had | wanted).items()
        if value is not None or name not in wanted
    }
    return patch(data, after, front_matter=front_matter, body=body, order=order)


def without_empty(value: Value) -> Value:
    """A value without what an editor left empty in it; None where nothing is left."""
    if isinstance(value, Mapping):
        kept = {name: without_empty(part) for name, part in value.items()}
        value = {name: part for name, part in kept.items() if part is not None}
    elif isinstance(value, list):
        value = [part for part in map(without_empty, value) if part is not None]
    return None if any(same(value, empty) for empty in _EMPTY) else value


def patch(
    data: bytes,
    value: Fields,
    *,
    front_matter: bool,
    body: str | None = None,
    order: Sequence[str] = (),
    renamed: Mapping[str, str] | None = None,
) -> bytes:
    """A file with other fields: only the lines whose values differ are touched.

    Args:
        data: The file.
        value: All its fields, as they shall be.
        front_matter: Whether the fields stand above a text.
        body: Another text, if it is to be another; else the text stays byte for byte.
        order: The names of all fields, in the order in which new ones are put in; else the order
            of `value`.
        renamed: New names of keys by their old ones: where the old one goes and the new one comes
            in the same map, the line stays.

    Raises:
        Unwritable: the file cannot be read, or no file can hold these values.
    """
    above, fields, between, below = _parts(data, front_matter)
    had, wanted = _fields_of(fields), dict(value)
    newline = "\r\n" if "\r\n" in (fields or below) else "\n"
    if not same(had, wanted):
        names = [name for name in dict.fromkeys([*order, *wanted]) if name in wanted]
        ordered = {name: wanted[name] for name in names}
        fields = _patched(fields, had, ordered, newline, renamed or {})
        if front_matter and not between:  # a text that had no fields
            above, between = f"{above}---{newline}", f"---{newline}"
    if body is not None and body.strip() != below.replace("\r\n", "\n").strip():
        below = _below(body).replace("\n", newline)
    return f"{above}{fields}{between}{below}".encode()


class _Parts(NamedTuple):
    """A file cut apart: a byte order mark and the first line of hyphens, the fields, the second
    one, the text.
    """

    above: str
    fields: str
    between: str
    below: str


def _parts(data: bytes, front_matter: bool) -> _Parts:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Unwritable(_("This file is not written in UTF-8.")) from None
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    text = text.removeprefix(mark)
    if not front_matter:
        return _Parts(mark, text, "", "")
    opening = OPENING.match(text)
    if not opening:
        return _Parts(mark, "", "", text)
    closing = CLOSING.search(text, opening.end())
    if not closing:
        raise Unwritable(_("The block of fields at the top does not end."))
    return _Parts(
        mark + opening[0], text[opening.end() : closing.start()], closing[0], text[closing.end() :]
    )


def _fields_of(text: str) -> dict[str, Value]:
    """The fields as the reader reads them."""
    found = parse(text.encode(), front_matter=False)
    if found.faults:
        raise Unwritable(found.faults[0].message)
    if found.value is not None and not isinstance(found.value, dict):
        raise Unwritable(_("These are no fields: write a word, a colon and a value on each line."))
    return found.value or {}


def _below(body: str) -> str:
    """A text as it stands below the fields, without the empty lines around it."""
    text = _EMPTY_LINES.sub("", body).rstrip()
    return f"\n{text}\n" if text else ""


def _require(text: str, value: Fields) -> None:
    """Raise Unwritable where a text does not say what it was made from."""
    found = parse(text.encode(), front_matter=False)
    if found.faults:
        raise Unwritable(found.faults[0].message)
    if not same(found.value or {}, dict(value)):
        raise Unwritable(_("These values cannot be written to a file."))


def same(one: Value, other: Value) -> bool:
    """Whether two values are one in a file: 1, 1.0 and true are three."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def _patched(
    text: str, had: Fields, value: Fields, newline: str, renamed: Mapping[str, str]
) -> str:
    """The fields' text with other values, each of them read back."""
    anew: set[str] = set()
    while True:
        try:
            edited = _Edit(text, newline, renamed, anew).fields(had, value)
        except Unusual:
            break
        found = parse(edited.encode(), front_matter=False)
        if not found.faults and same(found.value or {}, value):
            return edited
        is_read = not found.faults and isinstance(found.value, dict)
        wrong = {
            name
            for name, part in value.items()
            if (not same(found.value.get(name), part) if is_read else not same(had.get(name), part))
        }
        if wrong <= anew:
            break
        anew |= wrong
    whole = as_yaml(value)
    _require(whole, value)
    return whole.replace("\n", newline)


class _Edit:
    """Changes of one text, gathered by their places and made in one go. The fields in `anew` are
    written without a look at how they were.
    """

    def __init__(
        self,
        text: str,
        newline: str = "\n",
        renamed: Mapping[str, str] | None = None,
        anew: Iterable[str] = (),
    ) -> None:
        self.text, self.newline = text, newline
        self.renamed, self.anew = renamed or {}, frozenset(anew)
        self.changes: list[tuple[int, int, str]] = []

    def fields(self, had: Fields, value: Fields) -> str:
        """The text with these fields."""
        node = compose(self.text)
        if node is None:  # nothing but comments
            ended = not self.text or self.text.endswith("\n")
            return self.text + ("" if ended else self.newline) + self.lines(as_yaml(value))
        if node.style == ":":
            self.block_map(node, had, value)
        elif node.style == "{" and value:
            self.flow_map(node, had, value)
        elif node.style == "{":
            self.change(node.start, node.end, "{}")
        else:
            raise Unusual
        return self.made()

    def change(self, start: int, end: int, text: str) -> None:
        self.changes.append((start, end, text))

    def made(self) -> str:
        """The text with all changes. Those at one place stand in the order in which they were asked
        for.
        """
        out, at = [], 0
        for start, end, text in sorted(self.changes, key=lambda change: change[:2]):
            if start < at:
                raise Unusual  # two changes of one place
            out += [self.text[at:start], text]
            at = end
        return "".join([*out, self.text[at:]])

    def lines(self, text: str, indent: str = "") -> str:
        """Lines of our own as they stand in this text."""
        return self.newline.join(f"{indent}{line}" if line else line for line in text.split("\n"))

    # --- a value in its place

    def within(self, part: Part, indent: str, old: Value, new: Value, flow: bool) -> None:
        """Change the value of an entry or an item."""
        if same(old, new):
            return None
        node = part.value
        if new and isinstance(old, dict) and isinstance(new, dict) and node.style in {":", "{"}:
            if node.style == "{":
                return self.flow_map(node, old, new)
            if any(self.new_name(name, old, new) is not None for name in old):
                return self.block_map(node, old, new)
        if new and isinstance(old, list) and isinstance(new, list) and node.style in {"-", "["}:
            if node.style == "[":
                return self.flow_list(node, old, new)
            pairs = _pair(old, new)
            if any(before is not None for before in pairs):
                return self.block_list(node, old, new, pairs)
        return self.replace(part, indent, new, flow)

    def new_name(self, name: str, old: Fields, new: Fields) -> str | None:
        """What an entry is called afterwards; None where it goes."""
        if name in new:
            return name
        other = self.renamed.get(name, name)
        return other if other in new and other not in old else None

    def replace(self, part: Part, indent: str, new: Value, flow: bool) -> None:
        """Write the value of an entry or an item anew; a comment on its first line stays."""
        node = part.value
        source = self.text[node.start : node.end]
        if isinstance(new, str):
            own = _in_quotes(node.style, new) or (not flow and _block(source, node.style, new))
            if own:
                return self.change(node.start, node.end, self.lines(own))
        if flow:
            return self.change(node.start, node.end, on_one_line(new))
        whole = as_item(new) if part.key is None else as_yaml({"k": new})
        first, _line, rest = whole.removesuffix("\n").partition("\n")
        first = first.removeprefix("-" if part.key is None else "k:")
        is_beside = "\n" not in self.text[part.sign : node.end]
        if is_beside and part.sign < node.start and not rest:
            return self.change(node.start, node.end, first.removeprefix(" "))
        above, behind = (_COMMENT.match(self.text, at) for at in (part.sign, node.end))
        comment = above or (behind if is_beside else None)
        end = max([node.end, *(found.end() for found in (above, behind) if found)])
        if first.lstrip().startswith("|"):  # what stands below it would be read as its text
            lines = self.text[: self.end_of_lines(part, len(indent))]
            end = max(end, len(lines.rstrip("\r\n")))
        below = self.newline + self.lines(rest, indent) if rest else ""
        return self.change(part.sign, end, f"{first}{comment[0] if comment else ''}{below}")

    # --- blocks

    def block_map(self, node: Node, old: Fields, new: Fields) -> None:
        """Change the entries of a map that stand one below the other."""
        indent = self.indent_of(node)
        names = [self.new_name(str(part.key), old, new) for part in node.parts]
        for part, name in zip(node.parts, names, strict=True):
            if name is None:
                continue
            if name != part.key:
                self.rename_key(part, name)
            if not indent and name in self.anew:
                self.replace(part, indent, new[name], flow=False)
            else:
                self.within(part, indent, old[str(part.key)], new[name], flow=False)
        texts = {
            place: [as_yaml({name: new[name]}) for name in added]
            for place, added in _added(names, list(new)).items()
        }
        self.block(node, indent, [name is not None for name in names], texts)

    def block_list(
        self, node: Node, old: list[Value], new: list[Value], pairs: list[int | None]
    ) -> None:
        """Change the items of a list that stand one below the other. `pairs` gives the old item of
        each new one.
        """
        indent = self.indent_of(node)
        texts: dict[int, list[str]] = {}
        place = -1
        for item, before in zip(new, pairs, strict=True):
            if before is None:
                texts.setdefault(place, []).append(as_item(item))
            else:
                place = before
                self.within(node.parts[before], indent, old[before], item, flow=False)
        self.block(node, indent, [number in pairs for number in range(len(old))], texts)

    def block(
        self, node: Node, indent: str, stay: list[bool], texts: Mapping[int, list[str]]
    ) -> None:
        """Take out the parts that do not stay, and put new ones behind the part of each number (-1:
        before the first).
        """
        parts = node.parts
        ends = [self.end_of_lines(part, len(indent)) for part in parts]
        first = next((number for number, here in enumerate(stay) if here), len(parts))
        self.take_out_first(parts, ends, first)
        for number in range(first, len(parts)):
            if not stay[number]:
                self.change(parts[number].start - len(indent), ends[number], "")
        for place, added in texts.items():
            text = "".join(self.lines(one, indent) for one in added)
            if place < 0:
                at = parts[0].start
                text = text.removeprefix(indent) + indent * (first < len(parts))
            else:
                at = ends[place]
                if not self.text.endswith("\n", 0, at):
                    text = self.newline + text.removesuffix(self.newline)
            self.change(at, at, text)

    def take_out_first(self, parts: list[Part], ends: list[int], count: int) -> None:
        """Take out so many parts at the head of a block; comments between them stay. The next part
        moves up to where the first began, which may be behind a hyphen.
        """
        if not count:
            return
        starts = [*(part.start for part in parts[1:]), ends[-1]]
        gaps = [self.text[ends[number] : starts[number]] for number in range(count)]
        comments = "".join(gap for gap in gaps if "#" in gap).lstrip(" ")
        self.change(parts[0].start, starts[count - 1], comments)

    def indent_of(self, node: Node) -> str:
        """The indent of a block's parts."""
        return " " * (node.start - self.text.rfind("\n", 0, node.start) - 1)

    def end_of_lines(self, part: Part, indent: int) -> int:
        """Where the lines of a part end: behind its line break, and behind comments below it that
        are indented deeper.
        """
        end = self.text.find("\n", part.end)
        if end < 0:
            return len(self.text)
        found = re.compile(_DEEPER_COMMENTS % (indent + 1)).match(self.text, end + 1)
        return found.end() if found else end + 1

    def rename_key(self, part: Part, name: str) -> None:
        """Write another key, in the quotes of the old one."""
        old = self.text[part.start : part.sign - 1].rstrip(" \t")
        quote = old[0] if old[0] in "'\"" else ""
        self.change(part.start, part.start + len(old), f"{quote}{name}{quote}")

    # --- between brackets

    def flow_map(self, node: Node, old: Fields, new: Fields) -> None:
        """Change the entries of a map between braces."""
        names = [self.new_name(str(part.key), old, new) for part in node.parts]
        for part, name in zip(node.parts, names, strict=True):
            if name is None:
                continue
            if name != part.key:
                self.rename_key(part, name)
            self.within(part, "", old[str(part.key)], new[name], flow=True)
        texts = {
            place: [on_one_line({name: new[name]})[1:-1] for name in some]
            for place, some in _added(names, list(new)).items()
        }
        self.flow(node, [name is not None for name in names], texts, on_one_line(new))

    def flow_list(self, node: Node, old: list[Value], new: list[Value]) -> None:
        """Change the items of a list between brackets."""
        pairs = _pair(old, new)
        texts: dict[int, list[str]] = {}
        place = -1
        for item, before in zip(new, pairs, strict=True):
            if before is None:
                texts.setdefault(place, []).append(on_one_line(item))
            else:
                place = before
                self.within(node.parts[before], "", old[before], item, flow=True)
        stay = [number in pairs for number in range(len(old))]
        self.flow(node, stay, texts, on_one_line(new))

    def flow(
        self, node: Node, stay: list[bool], texts: Mapping[int, list[str]], whole: str
    ) -> None:
        """Take out parts between brackets, and put new ones behind the part of each number (-1:
        before the first).
        """
        parts = node.parts
        if not any(stay):
            self.change(node.start, node.end, whole)
            return
        for number, part in enumerate(parts):
            if stay[number]:
                continue
            if any(stay[:number]):  # with the comma before it
                comma = self.text.index(",", parts[number - 1].end)
                if self.text[comma + 1 : part.start].isspace():
                    self.change(comma, part.end, "")
                else:
                    self.change(comma, comma + 1, "")
                    self.change(part.start, part.end, "")
            else:
                self.change(part.start, parts[number + 1].start, "")
        for place, some in texts.items():
            between = self.separator(parts, max(place, 1))
            if place < 0:
                first = parts[0].start
                self.change(first, first, "".join(f"{one}{between}" for one in some))
            else:
                self.change(
                    parts[place].end, parts[place].end, "".join(f"{between}{one}" for one in some)
                )

    def separator(self, parts: list[Part], number: int) -> str:
        """What stands between two parts here: a comma, and a space or a new line."""
        found = (
            self.text[parts[number - 1].end : parts[number].start] if number < len(parts) else ""
        )
        return found if _SEPARATOR.fullmatch(found) else ", "


def _added(names: Sequence[str | None], wanted: list[str]) -> dict[int, list[str]]:
    """The names that are to be added, by the number of the entry after which they come: the last of
    those that precede them.
    """
    found: dict[int, list[str]] = {}
    for number, name in enumerate(wanted):
        if name not in names:
            before = set(wanted[:number])
            place = max((at for at, one in enumerate(names) if one in before), default=-1)
            found.setdefault(place, []).append(name)
    return found


def _pair(old: list[Value], new: list[Value]) -> list[int | None]:
    """For each new item the old one whose place it takes, in order, so that as little as can be
    differs.
    """
    head = 0
    while head < min(len(old), len(new)) and same(old[head], new[head]):
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and same(old[-1 - tail], new[-1 - tail]):
        tail += 1
    inner = _pair_inner(old[head : len(old) - tail], new[head : len(new) - tail])
    return [
        *range(head),
        *(None if place is None else head + place for place in inner),
        *range(len(old) - tail, len(old)),
    ]


def _pair_inner(old: list[Value], new: list[Value]) -> list[int | None]:
    """As `_pair`, by the best sum of likenesses."""
    if len(old) > _MOST_PAIRED or len(new) > _MOST_PAIRED:
        return [number if number < len(old) else None for number in range(len(new))]
    alike = [[_likeness(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _row in range(len(old) + 1)]
    for row in reversed(range(len(old))):
        for column in reversed(range(len(new))):
            paired = alike[row][column] + best[row + 1][column + 1]
            best[row][column] = max(best[row + 1][column], best[row][column + 1], paired)
    pairs: list[int | None] = [None] * len(new)
    row = column = 0
    while row < len(old) and column < len(new):
        likeness = alike[row][column]
        if likeness and best[row][column] == likeness + best[row + 1][column + 1]:
            pairs[column] = row
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def _likeness(one: Value, other: Value) -> float:
    """How much two items are one: 0 for not at all, more than 1 for the same."""
    if same(one, other):
        return 2.0
    if isinstance(one, dict) and isinstance(other, dict):
        equal = sum(same(value, other[name]) for name, value in one.items() if name in other)
        common = len(one.keys() & other.keys())
        return 0.2 * bool(common) + equal / max(len(one), len(other), 1)
    if isinstance(one, list) and isinstance(other, list):
        return 0.2
    return 0.1 * (not isinstance(one, dict | list) and not isinstance(other, dict | list))


def _in_quotes(quote: str, new: str) -> str | None:
    """A text in the quotes of the one before; None where it had none, or where it cannot stand in
    them.
    """
    if quote not in {"'", '"'} or "\n" in new:
        return None
    inner = new.replace("'", "''") if quote == "'" else re.sub(r'([\\"])', r"\\\1", new)
    text = f"{quote}{inner}{quote}"
    return text if _reads(f"k: {text}\n", new) else None


def _block(source: str, style: str, new: str) -> str | None:
    """A text over lines in the way of the one before, with its indent; None where it was none, or
    where it cannot be.
    """
    if style not in {"|", ">"}:
        return None
    header, *lines = source.replace("\r\n", "\n").split("\n")
    comment = _COMMENT.search(header)
    width = max([60, *map(len, lines)])
    indent = next((line[: len(line) - len(line.lstrip())] for line in lines if line.strip()), "")
    bare = new.rstrip("\n")
    ways = {"|": new.removesuffix("\n").split("\n"), ">": _fold(bare, width - len(indent))}
    keep = {0: "-", 1: ""}.get(len(new) - len(bare), "+")
    for way in dict.fromkeys([style, "|"]):
        text = "\n".join([f"{way}{keep}", *(indent + line if line else "" for line in ways[way])])
        if indent and _reads(f"k: {text}\n", new):
            return text.replace("\n", f"{comment[0]}\n", 1) if comment else text
    return None


def _fold(text: str, width: int) -> list[str]:
    """Lines that are read as one text: a line break of the text is an empty line."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
        lines.append("")
    return lines[:-1]


def _reads(text: str, value: str) -> bool:
    found = parse(text.encode(), front_matter=False)
    return not found.faults and same(found.value, {"k": value})


def _with_notes(text: str, notes: Mapping[Path, str]) -> str:
    """Fields with remarks behind some of them."""
    node = compose(text)
    edit = _Edit(text)
    for path, part in _paths(node, ()) if node else ():
        if path in notes:
            end = text.find("\n", part.start)
            width = end - text.rfind("\n", 0, part.start) - 1
            edit.change(end, end, " " * max(1, _NOTE_COLUMN - width) + f"# {notes[path]}")
    return edit.made()


def _paths(node: Node, path: Path) -> Iterator[tuple[Path, Part]]:
    """The entries of all maps within, by their paths."""
    for part in node.parts:
        if part.key is not None:
            yield (*path, part.key), part
            yield from _paths(part.value, (*path, part.key))
