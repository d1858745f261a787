"""No code names a kind that a word of the dialect could describe: outside the law (`checks/`,
`decisions/`, `assembly/`), what an upgrade says of former formats, and the four kinds that the tool
rests on, a kind's name stands nowhere but in the `KIND` of the module that is about it.

Names of kinds are also plain words (a body, a page, a member), so a text counts as a kind's name
where a kind is meant: in look-ups, in comparisons of kinds, as a constant, in lists of them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from coopbook.records.kinds import shipped_kinds
from support.coops import PACKAGE

KINDS = frozenset(shipped_kinds())
FREE = ("checks/", "decisions/", "assembly/", "records/upgrades/", "records/core_kinds.py")
LOOK_UPS = {"find": 0, "of": 0, "choice": 0, "field": 0, "link": 0, "order": 1, "given_entries": 1}
"""Functions that take a kind's name, and where."""
MADE = {"Entry", "Record", "Dated"}
HOLDERS = {"kinds", "entries", "unshown", "former"}
"""What is kept by kind."""


def is_kind(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in KINDS


def last_name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def named_kinds(source: str) -> Iterator[int]:
    """The lines on which a source names a kind."""
    tree = ast.parse(source)
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value and is_kind(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if [last_name(target) for target in targets] != ["KIND"]:
                yield node.lineno
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name, arguments = last_name(node.func), node.args
            place = LOOK_UPS.get(name)
            if place is not None and place < len(arguments) and is_kind(arguments[place]):
                yield node.lineno
            if name in MADE and any(is_kind(argument) for argument in arguments):
                yield node.lineno
            if name == "get" and arguments and is_kind(arguments[0]):
                holder = node.func.value if isinstance(node.func, ast.Attribute) else node.func
                if last_name(holder) in HOLDERS:
                    yield node.lineno
            if any(word.arg == "kind" and is_kind(word.value) for word in node.keywords):
                yield node.lineno
        elif isinstance(node, ast.Subscript):
            if is_kind(node.slice) and last_name(node.value) in HOLDERS:
                yield node.lineno
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            about = [last_name(side) for side in sides] + [
                last_name(side.value) for side in sides if isinstance(side, ast.Attribute)
            ]
            named = [one for side in sides for one in (side, *ast.iter_child_nodes(side))]
            if any(name == "kind" for name in about) and any(map(is_kind, named)):
                yield node.lineno
        elif isinstance(node, ast.Set | ast.List | ast.Tuple | ast.Dict):
            inside = node.keys if isinstance(node, ast.Dict) else node.elts
            if sum(is_kind(one) for one in inside if one is not None) > 1:
                yield node.lineno


@pytest.mark.parametrize(
    "source",
    [
        'index.of("event")',
        'site.index.find("project", id)',
        'order(site, "member")',
        'index.kinds["minutes"]',
        'index.entries.get("result", {})',
        'if record.kind.name == "page": pass',
        'if entry.kind in ("page", "x"): pass',
        'OWN = {"member", "page", "event"}',
        'MORE = {"bylaws": text, "minutes": minutes}',
        'SHOWN = "project"',
        'Entry("proposal", "", "")',
        'offer(kind="event")',
    ],
)
def test_a_kind_is_seen_wherever_it_is_named(source: str) -> None:
    assert list(named_kinds(source))


@pytest.mark.parametrize(
    "source",
    [
        'KIND = "project"',
        'row["body"]',
        'value.get("member")',
        '{"body": text}',
        '"event" in words',
    ],
)
def test_a_plain_word_is_no_kind(source: str) -> None:
    assert list(named_kinds(source)) == []


def test_no_code_names_a_kind() -> None:
    found = {
        f"{name}:{line}"
        for file in sorted(PACKAGE.rglob("*.py"))
        if not (name := file.relative_to(PACKAGE).as_posix()).startswith(FREE)
        for line in named_kinds(file.read_text())
    }
    assert found == set()


def test_a_module_is_about_a_kind_that_there_is() -> None:
    for file in sorted((PACKAGE / "site" / "pages").glob("*.py")):
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.Assign) and last_name(node.targets[0]) == "KIND":
                assert is_kind(node.value) or last_name(node.value).isupper(), file.name


def test_what_the_law_and_the_tool_name_are_kinds() -> None:
    named = {
        node.value.value
        for module in ("decisions/kinds.py", "records/core_kinds.py")
        for node in ast.parse((PACKAGE / module).read_text()).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    }
    assert len(named) == 16
    assert named < KINDS
    assert not named & {"event", "project"}, "the words of their schemas describe them"
