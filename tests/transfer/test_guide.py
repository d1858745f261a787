"""The guide to bringing members in: its table, its commands and what it shows are true."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook.base.messages import Message, translator
from support.commands import run
from support.coops import TOP

COOP = {
    "coop.yml": "format: 2\nname: Les Essais\nlanguages: [fr, en]\ncountry: FR\n"
    "repository: private\nmembership_categories: {salarie: {label: {fr: Salarié·e}}}\n"
}
SENTENCES = (
    "“{value}” stands on another line too: {lines}.",
    "“{value}” is already that of {file} ({name}).",
    "{file} has this name and another address. If it is the same person, give this line the id "
    "“{id}”; if it is somebody else, an id of its own.",
    "This is no day such as 2026-01-31.",
    "This is a formula, not its result.",
)
"""What the guide says is told."""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_guides_table_comes_in_as_it_says(coop: Callable[..., Path], language: str) -> None:
    root = coop(COOP)
    guide = (TOP / f"docs/guides/importing.{language}.md").read_text(encoding="utf-8")
    tables = dict(re.findall(r"^```(csv|text)\n(.*?)^```$", guide, re.M | re.S))
    calls = re.findall(r"^\$ coopbook (import members .*?)$", guide, re.M)
    look, choose = (shlex.split(call) for call in calls[:2])
    file = root / look[2]
    file.write_text(tables["csv"], encoding="utf-8")
    done = run(*look[:2], file, root, *look[3:], "--lang", language)
    assert done.returncode == 0
    assert done.stdout.partition("\n\n")[0] in tables["text"]
    assert tables["text"].partition("\n\n")[2].strip() in done.stdout
    assert not (root / "members").exists()
    chosen = run(*choose[:2], file, root, *choose[3:], "--lang", language)
    assert chosen.returncode == 0, chosen.output
    run(*look[:2], file, root, *look[3:-1])
    assert [path.stem for path in (root / "members").iterdir()] == ["yann-kervella"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_guide_names_what_is_told(language: str) -> None:
    guide = (TOP / f"docs/guides/importing.{language}.md").read_text(encoding="utf-8")
    plain = re.sub(r"[“”«»…{}\u00a0]|\s+", " ", guide)
    say = translator(language, shown=lambda _value: "…")
    for sentence in SENTENCES:
        names = re.findall(r"\{(\w+)\}", sentence)
        said = say(Message(sentence, dict.fromkeys(names, "…")))
        words = re.split(r"[.:(]", re.sub(r"[“”«»…\u00a0]", " ", said))[0].split()
        assert " ".join(words) in " ".join(plain.split()), said
