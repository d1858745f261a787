"""Changes of a YAML source at the places of its parts: lines whose values stay are not touched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from ..base.positions import Value
from .nodes import Node, Part, Unusual, compose
from .pairing import pair_items
from .styles import COMMENT, write_as_block, write_in_quotes
from .values import same
from .writer import as_item, as_yaml, on_one_line

Fields = Mapping[str, Value]

_DEEPER_COMMENTS = r"(?:(?:[ \t]*\r?\n)*+ {%d,}#[^\n]*(?:\n|\Z))*"
_SEPARATOR = re.compile(r",\s+")
_BLOCK_TEXT = re.compile(r"[|>][0-9]?\+?[0-9]?\r?$", re.MULTILINE)
"""How a text over several lines begins that keeps its last line end (YAML 1.2.2, 8.1.1)."""


class SourceEdit:
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

    def edit_fields(self, had: Fields, value: Fields) -> str:
        """The text with these fields."""
        node = compose(self.text)
        if node is None:  # nothing but comments
            ended = not self.text or self.text.endswith("\n")
            return self.text + ("" if ended else self.newline) + self.indent_lines(as_yaml(value))
        if node.style == ":":
            self.edit_block_map(node, had, value)
        elif node.style == "{" and value:
            self.edit_flow_map(node, had, value)
        elif node.style == "{":
            self.note_change(node.start, node.end, "{}")
        else:
            raise Unusual
        return self.apply_changes()

    def note_change(self, start: int, end: int, text: str) -> None:
        self.changes.append((start, end, text))

    def apply_changes(self) -> str:
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

    def indent_lines(self, text: str, indent: str = "") -> str:
        """Lines of our own as they stand in this text."""
        return self.newline.join(f"{indent}{line}" if line else line for line in text.split("\n"))

    # --- a value in its place

    def edit_value(self, part: Part, indent: str, old: Value, new: Value, flow: bool) -> None:
        """Change the value of an entry or an item."""
        if same(old, new):
            return None
        node = part.value
        if new and isinstance(old, dict) and isinstance(new, dict) and node.style in {":", "{"}:
            if node.style == "{":
                return self.edit_flow_map(node, old, new)
            if any(self.new_name(name, old, new) is not None for name in old):
                return self.edit_block_map(node, old, new)
        if new and isinstance(old, list) and isinstance(new, list) and node.style in {"-", "["}:
            if node.style == "[":
                return self.edit_flow_list(node, old, new)
            pairs = pair_items(old, new)
            if any(before is not None for before in pairs):
                return self.edit_block_list(node, old, new, pairs)
        return self.write_anew(part, indent, new, flow)

    def new_name(self, name: str, old: Fields, new: Fields) -> str | None:
        """What an entry is called afterwards; None where it goes."""
        if name in new:
            return name
        other = self.renamed.get(name, name)
        return other if other in new and other not in old else None

    def write_anew(self, part: Part, indent: str, new: Value, flow: bool) -> None:
        """Write the value of an entry or an item anew; a comment on its first line stays."""
        node = part.value
        source = self.text[node.start : node.end]
        if isinstance(new, str):
            own = write_in_quotes(node.style, new) or (
                not flow and write_as_block(source, node.style, new)
            )
            if own:
                return self.note_change(node.start, node.end, self.indent_lines(own))
        if flow:
            return self.note_change(node.start, node.end, on_one_line(new))
        whole = as_item(new) if part.key is None else as_yaml({"k": new})
        first, _line, rest = whole.removesuffix("\n").partition("\n")
        first = first.removeprefix("-" if part.key is None else "k:")
        is_beside = "\n" not in self.text[part.sign : node.end]
        if is_beside and part.sign < node.start and not rest:
            return self.note_change(node.start, node.end, first.removeprefix(" "))
        above, behind = (COMMENT.match(self.text, at) for at in (part.sign, node.end))
        comment = above or (behind if is_beside else None)
        end = max([node.end, *(found.end() for found in (above, behind) if found)])
        if first.lstrip().startswith("|"):  # what stands below it would be read as its text
            lines = self.text[: self.end_of_lines(part, len(indent))]
            end = max(end, len(lines.rstrip("\r\n")))
        below = self.newline + self.indent_lines(rest, indent) if rest else ""
        return self.note_change(part.sign, end, f"{first}{comment[0] if comment else ''}{below}")

    # --- blocks

    def edit_block_map(self, node: Node, old: Fields, new: Fields) -> None:
        """Change the entries of a map that stand one below the other."""
        indent = self.indent_of(node)
        names = [self.new_name(str(part.key), old, new) for part in node.parts]
        for part, name in zip(node.parts, names, strict=True):
            if name is None:
                continue
            if name != part.key:
                self.rename_key(part, name)
            if not indent and name in self.anew:
                self.write_anew(part, indent, new[name], flow=False)
            else:
                self.edit_value(part, indent, old[str(part.key)], new[name], flow=False)
        texts = {
            place: [as_yaml({name: new[name]}) for name in added]
            for place, added in _place_new_names(names, list(new)).items()
        }
        self.edit_block(node, indent, [name is not None for name in names], texts)

    def edit_block_list(
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
                self.edit_value(node.parts[before], indent, old[before], item, flow=False)
        self.edit_block(node, indent, [number in pairs for number in range(len(old))], texts)

    def edit_block(
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
                self.note_change(parts[number].start - len(indent), ends[number], "")
        for place, added in texts.items():
            text = "".join(self.indent_lines(one, indent) for one in added)
            if place < 0:
                at = parts[0].start
                text = text.removeprefix(indent) + indent * (first < len(parts))
            else:
                at = ends[place]
                if not self.text.endswith("\n", 0, at):
                    whole = _BLOCK_TEXT.search(text)  # its last line end belongs to the text
                    text = self.newline + (text if whole else text.removesuffix(self.newline))
            self.note_change(at, at, text)

    def take_out_first(self, parts: list[Part], ends: list[int], count: int) -> None:
        """Take out so many parts at the head of a block; comments between them stay. The next part
        moves up to where the first began, which may be behind a hyphen.
        """
        if not count:
            return
        starts = [*(part.start for part in parts[1:]), ends[-1]]
        gaps = [self.text[ends[number] : starts[number]] for number in range(count)]
        comments = "".join(gap for gap in gaps if "#" in gap).lstrip(" ")
        self.note_change(parts[0].start, starts[count - 1], comments)

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
        self.note_change(part.start, part.start + len(old), f"{quote}{name}{quote}")

    # --- between brackets

    def edit_flow_map(self, node: Node, old: Fields, new: Fields) -> None:
        """Change the entries of a map between braces."""
        names = [self.new_name(str(part.key), old, new) for part in node.parts]
        for part, name in zip(node.parts, names, strict=True):
            if name is None:
                continue
            if name != part.key:
                self.rename_key(part, name)
            self.edit_value(part, "", old[str(part.key)], new[name], flow=True)
        texts = {
            place: [on_one_line({name: new[name]})[1:-1] for name in some]
            for place, some in _place_new_names(names, list(new)).items()
        }
        self.edit_flow(node, [name is not None for name in names], texts, on_one_line(new))

    def edit_flow_list(self, node: Node, old: list[Value], new: list[Value]) -> None:
        """Change the items of a list between brackets."""
        pairs = pair_items(old, new)
        texts: dict[int, list[str]] = {}
        place = -1
        for item, before in zip(new, pairs, strict=True):
            if before is None:
                texts.setdefault(place, []).append(on_one_line(item))
            else:
                place = before
                self.edit_value(node.parts[before], "", old[before], item, flow=True)
        stay = [number in pairs for number in range(len(old))]
        self.edit_flow(node, stay, texts, on_one_line(new))

    def edit_flow(
        self, node: Node, stay: list[bool], texts: Mapping[int, list[str]], whole: str
    ) -> None:
        """Take out parts between brackets, and put new ones behind the part of each number (-1:
        before the first).
        """
        parts = node.parts
        if not any(stay):
            self.note_change(node.start, node.end, whole)
            return
        for number, part in enumerate(parts):
            if stay[number]:
                continue
            if any(stay[:number]):  # with the comma before it
                comma = self.text.index(",", parts[number - 1].end)
                if self.text[comma + 1 : part.start].isspace():
                    self.note_change(comma, part.end, "")
                else:
                    self.note_change(comma, comma + 1, "")
                    self.note_change(part.start, part.end, "")
            else:
                self.note_change(part.start, parts[number + 1].start, "")
        for place, some in texts.items():
            between = self.separator_at(parts, max(place, 1))
            if place < 0:
                first = parts[0].start
                self.note_change(first, first, "".join(f"{one}{between}" for one in some))
            else:
                self.note_change(
                    parts[place].end, parts[place].end, "".join(f"{between}{one}" for one in some)
                )

    def separator_at(self, parts: list[Part], number: int) -> str:
        """What stands between two parts here: a comma, and a space or a new line."""
        found = (
            self.text[parts[number - 1].end : parts[number].start] if number < len(parts) else ""
        )
        return found if _SEPARATOR.fullmatch(found) else ", "


def _place_new_names(names: Sequence[str | None], wanted: list[str]) -> dict[int, list[str]]:
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
