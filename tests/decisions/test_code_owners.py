"""What `coopbook codeowners` writes means on each forge what `paths` means to the judge: read back
by matchers that were written from the forges' own documents.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pathspec
import pytest
from coopbook.base.globs import matches
from coopbook.decisions.code_owners import render_owners
from coopbook.decisions.votes import rules_of
from coopbook.records.index import Index
from coopbook.records.load import load
from hypothesis import given, settings
from hypothesis import strategies as st
from support.commands import run
from support.coops import TODAY

BASE = Path(__file__).parents[1] / "checks/cases/stale-codeowners/_base"
OWNERS = {"maintainers": {"example-bob"}, "role:secretary": {"example-ana"}}
WHO = st.sampled_from(["any_member", "own", "office", "vote:bylaws", "vote:ordinary", *OWNERS])
FOLDERS = st.sampled_from(["a", "b", "a b", "{a,b}", "**", "*", ".c", "a+"])
LAST = st.sampled_from(["x.md", "*.md", "*", "**", "{x,y}.md", "{x.md,**}", "*{x,y}*.md"])
GLOBS = st.tuples(st.lists(FOLDERS, max_size=2), LAST).map(
    lambda both: "/".join([*both[0], both[1]])
)
STEPS = st.sampled_from(["a", "b", "a b", ".c", "a+", "aab"])
FILES = st.tuples(st.lists(STEPS, max_size=3), st.sampled_from(["x.md", "y.md", "xz.md", ".x.md"]))
PATHS = FILES.map(lambda both: "/".join([*both[0], both[1]]))


def with_rules(index: Index, forge: str, paths: dict[str, str]) -> Index:
    """The co-op of the cases, on another forge and by other rules."""
    entry = index.entries["rules"]["rules"]
    value = {**entry.value, "paths": paths}
    other = entry._replace(packed=json.dumps(value).encode())
    members = {
        id: one._replace(packed=one.packed.replace(b'"github"', f'"{forge}"'.encode()))
        for id, one in index.entries["member"].items()
    }
    return replace(
        index,
        coop={**index.coop, "forge": {"kind": forge, "url": "https://example.org/x/y"}},
        entries={**index.entries, "rules": {"rules": other}, "member": members},
    )


def lines_of(text: str) -> Iterator[tuple[str, set[str]]]:
    """The patterns of a file and their owners; a space in a pattern has a backslash before it."""
    for line in text.splitlines():
        if line and not line.startswith("#"):
            pattern, *owners = re.split(r"(?<!\\) ", line)
            yield pattern, {owner.removeprefix("@") for owner in owners}


def match_on_github(pattern: str, path: str) -> bool:
    """As .gitignore, but that a star at the end reaches into no folder."""
    if pattern.endswith("/*") and path.count("/") != pattern.count("/") - 1 and "**" not in pattern:
        return False
    if pattern.endswith("/*") and "**" in pattern:
        return re.fullmatch(star_regex(pattern[1:].replace("\\ ", " ")), path) is not None
    return pathspec.PathSpec.from_lines("gitignore", [pattern]).match_file(path)


def star_regex(pattern: str) -> str:
    """`**/` is any folders, each other star is within one: Ruby's fnmatch with FNM_PATHNAME."""
    pieces = re.split(r"(\*\*/|\*)", pattern)
    meant = {"**/": "(?:[^/]+/)*", "*": "[^/]*"}
    return "".join(meant.get(piece) or re.escape(piece) for piece in pieces)


def match_on_gitlab(pattern: str, path: str) -> bool:
    pattern = "/**/*" if pattern == "*" else pattern.replace("\\ ", " ")
    return re.fullmatch(star_regex(pattern), f"/{path}") is not None


def match_on_forgejo(pattern: str, path: str) -> bool:
    """A regular expression of Go for the whole path; `!` before it: all others."""
    plain = pattern.replace("\\ ", " ").removeprefix("!")
    return (re.match(f"^{plain}$", path) is not None) != pattern.startswith("!")


@pytest.fixture(scope="module")
def index() -> Index:
    return load(BASE, TODAY).index


@pytest.mark.parametrize(
    ("forge", "match"), [("github", match_on_github), ("gitlab", match_on_gitlab)]
)
@settings(max_examples=300, deadline=None)
@given(paths=st.dictionaries(GLOBS, WHO, min_size=1, max_size=5), file=PATHS)
def test_the_last_line_that_matches_says_what_the_rules_say(
    index: Index,
    forge: str,
    match: Callable[[str, str], bool],
    paths: dict[str, str],
    file: str,
) -> None:
    ruled = with_rules(index, forge, paths)
    found = [who for pattern, who in lines_of(render_owners(ruled, TODAY)) if match(pattern, file)]
    who = rules_of(ruled).permission(file) or "maintainers"
    assert found[-1] == OWNERS.get(who, set())


@settings(max_examples=300, deadline=None)
@given(paths=st.dictionaries(GLOBS, WHO, min_size=1, max_size=5), file=PATHS)
def test_forgejo_asks_whom_the_rules_name_and_nobody_for_what_they_name_otherwise(
    index: Index, paths: dict[str, str], file: str
) -> None:
    text = render_owners(with_rules(index, "forgejo", paths), TODAY)
    asked = [who for pattern, who in lines_of(text) if match_on_forgejo(pattern, file)]
    named = {who for glob, who in paths.items() if matches(glob, file)}
    wanted = [OWNERS[who] for who in named or {"maintainers"} if who in OWNERS]
    assert set().union(*asked) == set().union(*wanted)


def test_ballots_are_their_voters_own_though_a_stricter_line_names_their_folder(
    index: Index,
) -> None:
    ruled = with_rules(index, "github", {"decisions/**": "vote:bylaws"})
    lines = [*lines_of(render_owners(ruled, TODAY))]
    file = "decisions/ballots/accounts-2026/ana-lopes.yml"
    assert [who for pattern, who in lines if match_on_github(pattern, file)][-1] == set()


def test_no_comment_names_an_account(index: Index) -> None:
    for forge in ("github", "gitlab", "forgejo"):
        text = render_owners(with_rules(index, forge, {"a/**": "role:secretary"}), TODAY)
        assert not [line for line in text.splitlines() if line.startswith("#") and "@" in line]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(BASE, tmp_path / "coop")
    (tmp_path / "coop/.github/CODEOWNERS").unlink()
    return tmp_path / "coop"


def make(root: Path) -> tuple[int, str]:
    done = run("codeowners", root, "--lang", "en", "--today", "2026-11-21")
    return done.returncode, done.output.strip()


def test_it_is_written_once_and_then_as_it_should_be(root: Path) -> None:
    assert make(root) == (0, "Written: .github/CODEOWNERS")
    first = (root / ".github/CODEOWNERS").read_text()
    assert "coopbook codeowners" in first.splitlines()[0]
    assert make(root) == (0, ".github/CODEOWNERS is as it should be.")
    assert (root / ".github/CODEOWNERS").read_text() == first


def test_a_holder_without_an_account_is_told_and_maintainers_stand_there(root: Path) -> None:
    file = root / "members/ana-lopes.yml"
    file.write_text(file.read_text().replace(", uid: 101", ""))
    code, said = make(root)
    assert code == 0
    assert "“ana-lopes” holds the role “secretary” and has no account on github" in said
    assert "Nobody is named for the role “secretary”" in said
    assert "/decisions/** @example-bob\n" in (root / ".github/CODEOWNERS").read_text()


def test_who_has_left_is_not_named(root: Path) -> None:
    file = root / "members/ana-lopes.yml"
    file.write_text(file.read_text().replace("present\n", "left\n", 1))
    make(root)
    assert "example-ana" not in (root / ".github/CODEOWNERS").read_text()


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("coop.yml", "forge:", "# forge:", "coop.yml names no forge"),
        ("decisions/rules.yml", "vote:bylaws", "vote_bylaws", "has faults"),
        ("decisions/rules.yml", "paths:", "# paths:", "has faults"),
        ("decisions/bodies/conseil.yml", "2026-01-01", "2026-13-01", "has faults"),
        ("members/bob-roy.yml", ", uid: 102", "", "Nobody who holds the role “maintainers”"),
    ],
)
def test_what_keeps_it_from_being_made_is_said(
    root: Path, file: str, old: str, new: str, sentence: str
) -> None:
    path = root / file
    path.write_text(path.read_text().replace(old, new))
    code, said = make(root)
    assert (code, sentence in said) == (2, True), said
    assert not (root / ".github/CODEOWNERS").exists()


def test_without_rules_nothing_is_written(root: Path) -> None:
    (root / "decisions/rules.yml").unlink()
    code, said = make(root)
    assert (code, "There are no rules" in said) == (2, True), said


def test_what_was_written_by_hand_or_leads_elsewhere_is_not_replaced(root: Path) -> None:
    path = root / ".github/CODEOWNERS"
    path.write_text("* @example-zoe\n")
    code, said = make(root)
    assert (code, "was written by hand" in said) == (2, True), said
    assert path.read_text() == "* @example-zoe\n"
    path.unlink()
    path.symlink_to(root / "coop.yml")
    code, said = make(root)
    assert (code, "is a link" in said) == (2, True), said
