"""Patterns of files mean what they always meant, and none takes long to say that it means
nothing.
"""

from __future__ import annotations

import re
import time

import pytest
from coopbook.base.globs import is_sound, matches
from coopbook.records.model import Kind
from hypothesis import assume, given, settings
from hypothesis import strategies as st

PIECES = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "{": "(?:", "}": ")", ",": "|"}
STEPS = st.text("aB.-_1", min_size=1, max_size=3).filter(lambda step: step not in {".", ".."})
PATHS = st.lists(STEPS, min_size=1, max_size=4).map("/".join)
PARTS = ("*", "**", "/", "a", "B", ".", "-", "{", "}", ",", "1..2", "a..c", "**/", "/**")
GROUPS = ("{a,B}", "{a}", "{**,a}", "{a/*,B/**}", "{,a}", "{1..2}")
GLOBS = st.lists(st.sampled_from(PARTS + GROUPS), min_size=1, max_size=8).map("".join)


def by_definition(glob: str) -> re.Pattern[str]:
    """What the guide for administrators promises of a pattern, written down as simply as can be."""
    pieces = re.split(r"(\*\*/|\*\*|\*|[{},])", glob)
    return re.compile("".join(PIECES.get(piece) or re.escape(piece) for piece in pieces))


@settings(max_examples=2000, deadline=None)
@given(GLOBS, st.lists(PATHS, min_size=4, max_size=4))
def test_a_pattern_means_what_its_definition_says(glob: str, paths: list[str]) -> None:
    # `{**,a}/b` is `**/b` or `a/b`, as if each were written on its own: it means `b` too.
    assume(not re.search(r"\*\*(,[^{}]*)?\}/", glob))
    expected = by_definition(glob) if is_sound(glob) else re.compile("(?!)")
    assert {path: matches(glob, path) for path in paths} == {
        path: bool(expected.fullmatch(path)) for path in paths
    }


@pytest.mark.parametrize(
    "glob",
    [
        "{a",
        "a}",
        "a,b",
        "{a,{b,c}}",
        "members//*",
        "members/",
        "/members",
        "members/a**",
        "members/**.yml",
        "[a-z]/*",
        "a?",
        "*" * 13,
        "**/a/" * 4 + "b",
        "{a,b}" * 7,
    ],
)
def test_a_pattern_that_is_not_sound_means_no_file(glob: str) -> None:
    assert not is_sound(glob)
    assert not matches(glob, glob.replace("*", "a"))


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("*a" * 12, "a" * 250 + "b"),
        ("**/a/" * 3 + "*x", "a/" * 60 + "b"),
        ("{,}" * 60 + "x", "y"),
        ("{a,aa}" * 6 + "x", "a" * 200),
        ("{*a,*aa,*aaa}" * 3 + "x", "a" * 250),
    ],
)
def test_a_hostile_pattern_takes_no_time(glob: str, path: str) -> None:
    start = time.process_time()
    assert not matches(glob, path)
    assert time.process_time() - start < 2


@pytest.mark.parametrize("files", ["a/*.md", "a/**/*.md", "a/b/**/*.yml", "coop.yml", "a/b.md"])
@settings(max_examples=300, deadline=None)
@given(path=st.lists(st.sampled_from(["a", "b", ".md", ".yml", "/", "coop"]), max_size=7))
def test_a_kind_owns_the_files_of_its_pattern(files: str, path: list[str]) -> None:
    kind = Kind.of(
        "made-up",
        {"title": "X", "properties": {}, "x-files": files, "x-id": "stem", "x-title": "title"},
    )
    name = re.sub("/+", "/", "".join(path)).strip("/")
    assert kind.owns(name) == matches(files, name)
    for sample in kind.samples:
        assert kind.owns(sample) == matches(files, sample)
