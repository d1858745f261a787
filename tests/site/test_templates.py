"""Our templates are kept as they were compiled, and whatever is wrong with what is kept, the pages
are the same; a card is the same at every depth; a co-op's own template may use what ours use.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from coopbook.site.engine import templates
from coopbook.site.jinja import BodyEnvironment
from support.sites import build

SOURCE = "about.html"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in which compiled templates are kept, empty to begin with."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    templates.cache_clear()
    yield tmp_path / "kept"
    templates.cache_clear()


def compile_again(monkeypatch: pytest.MonkeyPatch) -> bool:
    """Get a template in a new environment, as the next command does; whether it was compiled."""
    templates.cache_clear()
    compiled: list[object] = []
    work = BodyEnvironment.compile

    def compile(*arguments: object) -> object:
        compiled.append(arguments)
        return work(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(BodyEnvironment, "compile", compile)
        templates().get_template(SOURCE)
    return bool(compiled)


def test_a_template_is_compiled_once(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [compile_again(monkeypatch) for _time in range(3)] == [True, False, False]


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[:-100]),
        lambda file: file.write_bytes(file.read_bytes()[:12]),
        lambda file: file.write_bytes(b"\x80" + file.read_bytes()),
        lambda file: (file.unlink(), file.mkdir()),
    ],
)
def test_what_is_damaged_is_compiled_anew(
    kept: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[Path], object]
) -> None:
    compile_again(monkeypatch)
    (file,) = kept.rglob("*.j2c")
    damage(file)
    assert compile_again(monkeypatch)


def test_a_template_that_was_edited_is_compiled_anew(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile_again(monkeypatch)
    loader = templates().loader
    work = type(loader).get_source

    def edited(*arguments: object) -> tuple[str, object, object]:
        source, *others = work(*arguments)
        return source + "<!-- edited -->", *others

    monkeypatch.setattr(type(loader), "get_source", edited)
    assert compile_again(monkeypatch)


@pytest.mark.parametrize("reason", ["told", "refused"])
def test_where_nothing_may_be_kept_it_is_compiled_each_time(
    kept: Path, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    if reason == "told":
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
    else:
        kept.write_text("a file where the folder would be")
    assert [compile_again(monkeypatch) for _time in range(2)] == [True, True]


COOP = """format: 2
name: Les Essais
languages: [fr, en]
country: CH
repository: private
members_site: https://membres.essais.example/
"""
MEMBER = """type: person
name: {{display: "{name}"}}
headline: {{fr: "Prix : 10 € <b>"}}
presence: present
listed: true
consents:
  - {{purpose: directory, given: 2026-01-01}}
trades: [traduction]
skills: [anglais]
"""
CARD = re.compile(r'<article class="coop-card coop-card--person">.*?</article>', re.S)


def test_a_card_is_the_same_at_every_depth(coop: Callable[..., Path], tmp_path: Path) -> None:
    members = {f"members/{id}.yml": MEMBER.format(name=id.title()) for id in ("ana", "zoe")}
    site = build(coop({"coop.yml": COOP, **members}), tmp_path / "site") / "public"
    for path in ("members/", "trades/traduction/", "skills/anglais/"):
        cards = CARD.findall((site / path / "index.html").read_text())[-2:]
        up = "../" * path.count("/")
        shown = zip(("ana", "zoe"), cards, strict=True)
        assert all(f'href="{up}members/{id}/"' in card for id, card in shown)
        assert all("10 € &lt;b&gt;" in card.replace("\u00a0", " ") for card in cards)
        assert "\0" not in "".join(cards)


def test_a_template_of_a_co_ops_own_may_use_ours(coop: Callable[..., Path], tmp_path: Path) -> None:
    """Parts that pages share, their arguments and what a loop knows; keys of a record before
    attributes, methods before keys.
    """
    text = """{% import 'macros.html' as m with context %}
{% macro twice(word) %}{{ word }}{{ word }}{{ caller() if caller }}{% endmacro %}
{{ m.cards(site.index.of('member')) }}{{ m.person(site.index.of('member')[0], 4) }}
{% for one in ['a', 'b'] %}{% call twice(one) %}{{ loop.index }}{% endcall %}{% endfor %}
[{{ {'items': 1, 'title': 2}.title }}{{ {'b': 1}.items() | list }}{{ value.none.such }}]"""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": {"fr": "Outil", "en": "Tool"},
        "description": {"fr": "Un outil.", "en": "A tool."},
        "type": "object",
        "x-files": "tools/*.yml",
        "x-id": "stem",
        "x-title": "name",
        "x-audience": "public",
        "properties": {"name": {"type": "string", "x-audience": "public"}},
        "required": ["name"],
        "additionalProperties": False,
    }
    files = {
        "coop.yml": COOP,
        "members/ana.yml": MEMBER.format(name="Ana"),
        "schemas/tool.schema.json": json.dumps(schema),
        "schemas/tool.html": text,
        "tools/saw.yml": "name: Saw\n",
    }
    site = build(coop(files), tmp_path / "site") / "public"
    (page,) = [file.read_text() for file in site.glob("tool*/saw/index.html")]
    assert 'href="../../members/ana/">Ana</a></h2>' in page
    assert 'href="../../members/ana/">Ana</a></h4>' in page
    assert "aa1bb2" in page
    assert "[2[(&#39;b&#39;, 1)]]" in page
