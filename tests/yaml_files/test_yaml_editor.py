"""The one way in which records are written: only what differs is touched, and what is written is
read back.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest
from coopbook.yaml_files.editor import Unwritable, patch, render, same, set_fields, without_empty
from coopbook.yaml_files.reader import parse
from hypothesis import given, settings
from hypothesis import strategies as st
from support.coops import TOP

REAL = Path(os.environ.get("COOPBOOK_HANDBOOK") or TOP.parent / "shared" / "real" / "handbook")
FOLDERS = ("coop.yml", "members", "projects", "decisions", "events", "wiki")


def _files() -> list[Path]:
    found = [
        file
        for name in FOLDERS
        for file in sorted([TOP / name] if (TOP / name).is_file() else (TOP / name).rglob("*"))
        if file.suffix in {".yml", ".md"}
    ]
    return found + sorted(REAL.rglob("*.md"))


FILES = _files()


def fields(data: bytes, front_matter: bool) -> dict[str, Any]:
    found = parse(data, front_matter=front_matter)
    assert found.faults == []
    return found.value or {}


def patched(before: str, value: dict[str, Any], **more: Any) -> str:
    """A file of fields with other ones, read back."""
    after = patch(before.encode(), value, front_matter=False, **more)
    assert same(fields(after, False), value)
    assert patch(after, value, front_matter=False, **more) == after
    return after.decode()


WAYS = [
    ("a value", "a: 1 # one\nb:   2\n", {"a": 5, "b": 3}, "a: 5 # one\nb:   3\n"),
    (
        "quotes stay",
        "a: 'x'\nb: \"y\" # z\n",
        {"a": "it's", "b": 'a "b"'},
        "a: 'it''s'\nb: \"a \\\"b\\\"\" # z\n",
    ),
    ("a new field", "a: 1\n# end\n", {"a": 1, "b": 2}, "a: 1\nb: 2\n# end\n"),
    ("a new first field", "# head\nb: 1\n", {"a": 0, "b": 1}, "# head\na: 0\nb: 1\n"),
    ("a field erased", "a: 1 # gone\n# stays\nb: 2\n", {"b": 2}, "# stays\nb: 2\n"),
    ("all erased", "# only this stays\na: 1\n", {}, "# only this stays\n"),
    ("all others", "# head\na: 1\nb: 2\n", {"c": 3}, "# head\nc: 3\n"),
    (
        "one of a nested map",
        "m:\n  a: 1 # x\n  b: 2\n",
        {"m": {"a": 1, "b": 3}},
        "m:\n  a: 1 # x\n  b: 3\n",
    ),
    (
        "deep",
        "m:\n    n:\n        a: 1\n        b: 2\n",
        {"m": {"n": {"a": 1, "c": 3}}},
        "m:\n    n:\n        a: 1\n        c: 3\n",
    ),
    (
        "first of an item",
        "l:\n  - id: x # i\n    # about n\n    n: 1\n",
        {"l": [{"n": 1}]},
        "l:\n  - # about n\n    n: 1\n",
    ),
    (
        "before the first of an item",
        "l:\n  - n: 1\n",
        {"l": [{"id": "x", "n": 1}]},
        "l:\n  - id: x\n    n: 1\n",
    ),
    (
        "an item put in",
        "l:\n- a\n# about c\n- c\n",
        {"l": ["a", "b", "c"]},
        "l:\n- a\n- b\n# about c\n- c\n",
    ),
    (
        "an item taken out",
        "l:\n  - id: a # one\n    n: 1\n  - id: b # two\n    n: 2\n",
        {"l": [{"id": "b", "n": 3}]},
        "l:\n  - id: b # two\n    n: 3\n",
    ),
    ("brackets", "l: [ a, 'b' , c ]\n", {"l": ["a", "b", "d", "c"]}, "l: [ a, 'b', d , c ]\n"),
    ("brackets, less", "l: [a, 'b', c]\n", {"l": ["b"]}, "l: ['b']\n"),
    (
        "brackets over lines",
        "l: [\n  a, # one\n  b\n]\n",
        {"l": ["a", "b", "c"]},
        "l: [\n  a, # one\n  b, c\n]\n",
    ),
    (
        "braces",
        "m: {a: 1, \"b\": 'x'} # m\n",
        {"m": {"b": "x", "c": "a, b"}},
        'm: {"b": \'x\', c: "a, b"} # m\n',
    ),
    ("all in braces", "{a: 1, b: 2}\n", {"a": 1, "b": 3}, "{a: 1, b: 3}\n"),
    (
        "lines",
        "t: |\n   one\n\n   two\n# end\n",
        {"t": "one\n\nthree\n"},
        "t: |\n   one\n\n   three\n# end\n",
    ),
    (
        "folded lines",
        "t: >- # why\n  one two\n  three\nb: 1\n",
        {"t": "one two four", "b": 1},
        "t: >- # why\n  one two four\nb: 1\n",
    ),
    (
        "lines at the end",
        "a: 1\nt: |-\n  one",
        {"a": 1, "t": "one", "u": 2},
        "a: 1\nt: |-\n  one\nu: 2",
    ),
    (
        "a text of several lines below a lost last line end",
        "a: 1\nt: |-\n  one",
        {"a": 1, "t": "one", "u": "l\nm\n"},
        "a: 1\nt: |-\n  one\nu: |\n  l\n  m\n",
    ),
    (
        "a lost last line",
        "a: 1\nt: |\n  one",
        {"a": 1, "t": "one", "u": 2},
        "a: 1\nt: |-\n  one\nu: 2",
    ),
    ("lines kept", "t: |+\n  a\n\nb: 1\n", {"t": "c\n\n", "b": 1}, "t: |+\n  c\n\nb: 1\n"),
    ("text to map", "a: x # c\n", {"a": {"b": 1}}, "a: # c\n  b: 1\n"),
    ("map to text", "a: # c\n  b: 1\nz: 1\n", {"a": "x", "z": 1}, "a: x # c\nz: 1\n"),
    ("nothing to list", "a: # c\nz: 1\n", {"a": [{"b": 1}], "z": 1}, "a: # c\n  - b: 1\nz: 1\n"),
    (
        "map to lines",
        "a:\n  b: 1 # b\n  # more\nz: 1\n",
        {"a": "x\ny\n", "z": 1},
        "a: |\n  x\n  y\nz: 1\n",
    ),
    (
        "behind deeper comments",
        "a:\n  b: 1\n\n  # of a\nz: 1\n",
        {"a": {"b": 1}, "c": 2, "z": 1},
        "a:\n  b: 1\n\n  # of a\nc: 2\nz: 1\n",
    ),
    (
        "Windows",
        "a: 1\r\nb: 2 # c\r\n",
        {"a": 1, "x": "l\nm\n", "b": 3},
        "a: 1\r\nx: |\r\n  l\r\n  m\r\nb: 3 # c\r\n",
    ),
    ("byte order mark", "\ufeffa: 1\n", {"a": 2}, "\ufeffa: 2\n"),
    ("no last line end", "a: 1", {"a": 1, "b": 2}, "a: 1\nb: 2"),
    ("no last line end, changed", "a: 1", {"a": 2}, "a: 2"),
    ("quoted keys", "'a b': 1\n\"c\": 2\n", {"a b": 3, "c": 2}, "'a b': 3\n\"c\": 2\n"),
    (
        "not ASCII",
        "nom: Élise # 🌻\nville: x\n",
        {"nom": "Zoé 🌍", "ville": "Nœux"},
        "nom: Zoé 🌍 # 🌻\nville: Nœux\n",
    ),
    ("numbers and words", 'a: 1\nb: "1"\n', {"a": "1", "b": 1}, 'a: "1"\nb: 1\n'),
    ("true is no 1", "a: 1\n", {"a": True}, "a: true\n"),
    (
        "empty stays",
        "a:\nb: ''\nc: []\nd: 1\n",
        {"a": None, "b": "", "c": [], "d": 2},
        "a:\nb: ''\nc: []\nd: 2\n",
    ),
    ("a question mark", "? a\n: 1\nb: 2\n", {"a": 2, "b": 2}, "a: 2\nb: 2\n"),
    ("only comments", "# later\n", {"a": 1}, "# later\na: 1\n"),
    ("nothing", "", {"a": 1}, "a: 1\n"),
    (
        "lists in lists",
        "l:\n  - - a\n    - b\n  - [c]\n",
        {"l": [["a", "x"], ["c"]]},
        "l:\n  - - a\n    - x\n  - [c]\n",
    ),
]


@pytest.mark.parametrize(
    ("before", "value", "after"), [way[1:] for way in WAYS], ids=[way[0] for way in WAYS]
)
def test_only_what_differs_is_touched(before: str, value: dict[str, Any], after: str) -> None:
    assert patched(before, value) == after


@pytest.mark.parametrize("text", ["\n", "\n\n", "a\n\n", "a\nb\n\n\n", "\na\n\n"])
def test_empty_lines_at_the_end_of_a_text_end_no_document(text: str) -> None:
    """PyYAML closes a block that keeps its last lines with `...`, the end of a document."""
    before = 'phone: "+33 2"\nname: Ana\n'
    after = patched(before, {"phone": "+33 2", "name": "Ana", "a": [text]})
    assert after.startswith(before)
    assert "..." not in after


def test_new_fields_come_in_the_order_of_the_kind() -> None:
    assert patched("a: 1\nd: 4\n", {"d": 4, "a": 1, "b": 2}, order="abcd") == "a: 1\nb: 2\nd: 4\n"


def test_a_key_is_renamed_in_its_place() -> None:
    before = "a: 1\nl:\n  - 'n': 1 # first\n    t: x\n  - {n: 2, t: y}\n"
    value = {"a": 1, "l": [{"number": 1, "t": "x"}, {"number": 2, "t": "z"}]}
    after = "a: 1\nl:\n  - 'number': 1 # first\n    t: x\n  - {number: 2, t: z}\n"
    assert patched(before, value, renamed={"n": "number"}) == after


@pytest.mark.parametrize(
    ("before", "value", "body", "after"),
    [
        ("---\na: 1 # x\n---\n\nText \r\n", {"a": 2}, None, "---\na: 2 # x\n---\n\nText \r\n"),
        ("---\na: 1\n---\nOld\n", {"a": 1}, "New\n\n", "---\na: 1\n---\n\nNew\n"),
        ("---\na: 1\n---\nOld\n", {"a": 1}, "\nOld", "---\na: 1\n---\nOld\n"),
        ("---\r\na: 1\r\n---\r\nOld\r\n", {"a": 1}, "L\nM", "---\r\na: 1\r\n---\r\n\r\nL\r\nM\r\n"),
        ("Only text, no end", {"a": 1}, None, "---\na: 1\n---\nOnly text, no end"),
        ("Only\r\ntext", {"a": 1}, None, "---\r\na: 1\r\n---\r\nOnly\r\ntext"),
        ("Only text", {}, "Other", "\nOther\n"),
        ("---\n---\nText", {"a": 1}, None, "---\na: 1\n---\nText"),
        ("---\na: 1\n---", {"a": 2}, None, "---\na: 2\n---"),
        ("\ufeff---  \n# c\na: 1\n---  \n", {}, None, "\ufeff---  \n# c\n---  \n"),
        ("---\na: 1\n---\nText\n", {"a": 1}, "", "---\na: 1\n---\n"),
    ],
)
def test_a_text_stays_below_its_fields(
    before: str, value: dict[str, Any], body: str | None, after: str
) -> None:
    made = patch(before.encode(), value, front_matter=True, body=body)
    assert made.decode() == after
    assert same(fields(made, True), value)
    assert patch(made, value, front_matter=True, body=body) == made


def test_what_an_editor_leaves_empty_is_erased() -> None:
    before = b"a: x\nb: y\nm:\n  c: 1\n  d: 2\nold:\n"
    changes = {
        "a": "",
        "b": [],
        "m": {"c": 1, "d": None, "e": {"f": [""]}},
        "n": 0,
        "o": False,
        "p": {},
    }
    assert set_fields(before, changes, front_matter=False) == b"m:\n  c: 1\nold:\nn: 0\no: false\n"
    assert without_empty({"a": [{"b": ""}]}) is None


@pytest.mark.parametrize(
    "data", [b"a: [", b"a: 1\na: 2\n", b"\xff: 1\n", b"- a\n", b"a: &x 1\n", b"text\n"]
)
def test_what_cannot_be_read_is_not_patched(data: bytes) -> None:
    with pytest.raises(Unwritable):
        patch(data, {"b": 1}, front_matter=False)


@pytest.mark.parametrize("value", ["a\u200bb", "\x07", "x" * 70_000, {"k": {1: 2}}])
def test_what_no_file_can_hold_is_not_written(value: Any) -> None:
    with pytest.raises(Unwritable):
        patch(b"a: 1\n", {"a": 1, "b": value}, front_matter=False)
    with pytest.raises(Unwritable):
        render({"b": value})


def test_an_unfinished_head_is_not_patched() -> None:
    with pytest.raises(Unwritable):
        patch(b"---\na: 1\n", {"a": 2}, front_matter=True)


def test_a_new_file_has_its_text_and_remarks() -> None:
    assert render({"a": 1}) == b"a: 1\n"
    assert render({"a": 1}, "\n \nText \n\n") == b"---\na: 1\n---\n\nText\n"
    assert render({"a": 1}, "", "Others: b, c.") == b"---\na: 1\n# Others: b, c.\n---\n"
    noted = render({"a": 1, "m": {"b": [1]}}, notes={("a",): "here", ("m", "b"): "there"})
    assert noted.decode() == (f"{'a: 1':<62}# here\nm:\n{'  b:':<62}# there\n    - 1\n")


# --- any values, any edits

KEYS = st.sampled_from(["a", "b", "c", "name", "n", "no", "fr-CA", "Été", "x y", "1", ""])
TEXTS = st.one_of(
    st.sampled_from(["", "x", "no", "12:30", "01000", "# x", "a: b", "- a", "a #b", "~", "[a]"]),
    st.sampled_from(
        ["l\nm\n", "l\n\n  m", "\n", " x ", "it's", '"q"', "é🌍", "x, y", "2026-01-31"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=30),
)
LEAVES = st.one_of(
    TEXTS,
    st.booleans(),
    st.none(),
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False, allow_infinity=False),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=10,
)


def edited(value: Any, draw: Any) -> Any:
    """A value with one or two changes somewhere within."""
    if isinstance(value, dict) and value and draw(st.integers(0, 5)):
        name = draw(st.sampled_from(sorted(value)))
        how = draw(st.integers(0, 3))
        if how == 0:
            return {key: part for key, part in value.items() if key != name}
        if how == 1:
            return {**value, draw(KEYS): draw(VALUES)}
        return {**value, name: edited(value[name], draw)}
    if isinstance(value, list) and value and draw(st.integers(0, 5)):
        at = draw(st.integers(0, len(value) - 1))
        how = draw(st.integers(0, 3))
        if how == 0:
            return value[:at] + value[at + 1 :]
        if how == 1:
            return [*value[:at], draw(VALUES), *value[at:]]
        return [*value[:at], edited(value[at], draw), *value[at + 1 :]]
    return draw(VALUES)


def blocks(text: str) -> dict[str, str]:
    """The lines of each field at the margin, up to its last line that says something."""
    found: dict[str, str] = {}
    name = ""
    for line in text.split("\n"):
        if not line.startswith((" ", "#", "- ", "\r")) and line not in {"", "-"}:
            name = line.partition(":")[0].strip("'\"")
            found[name] = ""
        if name:
            found[name] += line.rstrip("\r") + "\n"
    return {name: re.sub(r"(?:\s*(?:#[^\n]*)?\n)*\Z", "", lines) for name, lines in found.items()}


def check(data: bytes, value: dict[str, Any], front_matter: bool) -> None:
    had = fields(data, front_matter)
    assert patch(data, had, front_matter=front_matter) == data
    after = patch(data, value, front_matter=front_matter)
    assert same(fields(after, front_matter), value)
    assert patch(after, value, front_matter=front_matter) == after
    found = parse(data, front_matter=front_matter)
    assert parse(after, front_matter=front_matter).body == found.body
    heads = [
        blocks(one.decode().removesuffix(found.body) if front_matter else one.decode())
        for one in (data, after)
    ]
    for name, lines in heads[0].items():
        if name in had and name in value and same(had[name], value[name]):
            assert heads[1][name] == lines, name


@settings(max_examples=int(os.environ.get("COOPBOOK_EXAMPLES", "150")), deadline=None)
@given(st.data(), st.sampled_from(FILES))
def test_any_edit_of_a_real_file(data: Any, file: Path) -> None:
    source, front_matter = file.read_bytes(), file.suffix == ".md"
    value = fields(source, front_matter)
    for _time in range(data.draw(st.integers(1, 3))):
        changed = edited(value, data.draw)
        value = changed if isinstance(changed, dict) else value
    check(source, value, front_matter)


SPELLINGS = [way[1] for way in WAYS if way[0] != "a lost last line"] + [
    """\
a: 1


# about b
b: {x: [1, 2, {y: z}], 'q': "r"} # end
c:
- x
-
- - p
  - q
- {}
# last
""",
    """\
name:
    fr: |-
        Un
          deux

    en: >
        One two
        three

        four


n: ~
""",
    """\
a:
  - id: x   # first

    # of n
    n:   1
  # of y
  - id: y
    n: [
      1,
      2, # two
    ]
  - {id: z, n: }
b: 'x
  y'
c: one
  two # three
""",
]


@settings(max_examples=int(os.environ.get("COOPBOOK_EXAMPLES", "300")), deadline=None)
@given(st.data(), st.sampled_from(SPELLINGS), st.booleans())
def test_any_edit_of_any_spelling(data: Any, text: str, windows: bool) -> None:
    value = fields(text.encode(), False)
    for _time in range(data.draw(st.integers(1, 3))):
        changed = edited(value, data.draw)
        value = changed if isinstance(changed, dict) else value
    check((re.sub("\r?\n", "\r\n", text) if windows else text).encode(), value, False)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=4), st.dictionaries(KEYS, VALUES, max_size=4))
def test_from_any_values_to_any_others(one: dict[str, Any], other: dict[str, Any]) -> None:
    after = patch(render(one), other, front_matter=False)
    assert same(fields(after, False), other)
    assert patch(after, other, front_matter=False) == after
