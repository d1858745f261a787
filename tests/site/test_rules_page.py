"""The page of the rules of decision, in a member's words: what kinds, categories and roles are
called, and what is said once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook.decisions import presets
from coopbook.site.pages.rules import Shown, _tell_checked
from markupsafe import Markup
from support.decided import Sites, files, sites, text
from support.votes import RULES

OWN = (
    RULES.replace(
        "channel: either",
        "channel: either\n    label: {fr: Ordinaire à nous, en: Ordinary of ours}",
    )
    + """
paths:
  "members/**": own
  "decisions/bylaws/**": vote:ordinary
  "decisions/ballots/**": own
  "decisions/**": role:tresorerie
  "{coop.yml,zqfolder/**}": maintainers
gates:
  - {role: tresorerie, on: [engagement, ordinary], stage: before_vote}
secret: {required_for: [election]}
"""
)
BODY = """name: {fr: Conseil}
kind: board
mandates:
  - {id: ca-tresorerie-2020, member: bob, role: {fr: Trésorier d'alors, en: Treasurer then}, from: 2020-01-01, until: 2024-12-31}
  - {id: ca-tresorerie-2025, member: ana, role: {fr: Trésorière, en: Treasurer}, from: 2025-01-01, until: 2027-12-31}
"""  # noqa: E501
SPOKEN = {
    "decisions/proposals/lundi.md": (
        "---\ntitle: {fr: Lundi, en: Mondays}\naudience: public\ncategory: ordinary\nstatus: "
        "open\n---\n\nTexte.\n"
    )
}
PAGE = "decide/rules/index.html"


@pytest.fixture
def built(coop: Callable[..., Path], tmp_path: Path) -> Sites:
    return sites(
        coop(files() | {"decisions/rules.yml": OWN, "decisions/bodies/conseil.yml": BODY} | SPOKEN),
        tmp_path / "out",
    )


def changed_by(page: str) -> dict[str, str]:
    """What each of those who may change something may change."""
    part = page.partition('id="_paths"')[2].partition("<details")[0]
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", part, re.S)
    return {
        html.unescape(re.sub("<[^>]*>", "", who)): html.unescape(re.sub("<[^>]*>", "", what))
        for who, what in pairs
    }


def test_who_may_change_what_names_kinds_and_not_files(built: Sites) -> None:
    found = changed_by(built["members"][f"en/{PAGE}"])
    assert found["Whose file it is"] == "Members"
    assert found["A decision in the category “Ordinary of ours”"] == "Texts in force"
    treasurer = found["Who holds the role “Treasurer”"].split(", ")
    assert treasurer[0] == "Bodies", "the strictest line holds"
    assert not {"Ballots", "Answers to polls"} & {*treasurer}, "they are their voters'"
    assert (
        found["Those who look after the program"]
        == "Events, Pages, Projects, The co-op, Vocabularies, zqfolder/**"
    ), "what no line names, too; a pattern that means no kind stays one"
    assert not [what for what in found.values() if "members/" in what or "decisions/" in what]


def test_a_kind_of_the_co_ops_own_needs_no_line_of_ours(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    kind = """{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Tools", "description": "Tools.", "x-files": "tools/*.yml", "x-id": "stem", "x-title": "name", "type": "object",
    "required": ["name"], "properties": {"name": {"type": "string", "title": "Name"}}, "additionalProperties": false}"""  # noqa: E501
    own = files() | {
        "decisions/rules.yml": RULES + 'paths: {"tools/**": any_member}\n',
        "schemas/tool.schema.json": kind,
        "tools/a.yml": "name: A\n",
    }
    assert "Tools" in changed_by(sites(coop(own), tmp_path / "out")["members"][PAGE]).values()


def test_sentences_name_roles_categories_and_subjects_as_people_do(built: Sites) -> None:
    said = text(built["members"][f"en/{PAGE}"])
    assert (
        "Before a vote on “engagement”, “Ordinary of ours”, the role “Treasurer” lets it pass."
        in said
    )
    assert "The ballot is secret on: an election." in said
    assert "tresorerie" not in said
    assert "Trésorière" in text(built["members"][PAGE])


def test_a_name_in_another_language_says_so(coop: Callable[..., Path], tmp_path: Path) -> None:
    own = OWN.replace(", en: Ordinary of ours", "")
    page = sites(coop(files() | {"decisions/rules.yml": own} | SPOKEN), tmp_path / "out")[
        "members"
    ][f"en/{PAGE}"]
    assert 'decision in the category “<span lang="fr">Ordinaire à nous</span>”' in page


def test_that_nobody_has_checked_the_rules_is_said_once(built: Sites) -> None:
    said = text(built["members"][f"en/{PAGE}"])
    assert said.count("checked by a jurist") == 1


def test_where_few_lines_were_read_only_they_are_marked(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    rules = presets.render_rules(
        presets.read_preset("scop-sarl"), lambda message: message.text.format_map(message.values)
    )
    page = sites(coop(files() | {"decisions/rules.yml": rules} | SPOKEN), tmp_path / "out")[
        "members"
    ][f"en/{PAGE}"]
    assert text(page).count("checked by a jurist") == 1
    marks = re.findall(r'<li>[^<]+<span class="coop-meta">([^<]*)</span></li>', page)
    assert marks
    assert len(marks) < page.partition("<main")[2].count("<li>") / 2


def test_where_most_lines_were_read_the_others_are_marked() -> None:
    read, unread = Shown(Markup("a"), "An act"), Shown(Markup("b"), "")
    assert _tell_checked({"voters": [read], "categories": [("c", [read])], "more": [unread]}) == {
        "unread": False,
        "few_read": False,
    }
    assert _tell_checked({"voters": [unread], "categories": [("c", [read])], "more": [unread]}) == {
        "unread": False,
        "few_read": True,
    }


def test_the_rules_are_on_each_site_that_has_proposals(built: Sites) -> None:
    pages = built["members"]
    assert 'href="../../en/decide/rules/"' in pages["en/decide/index.html"]
    assert 'href="../decide/rules/"' in pages["decide/index.html"]
    assert PAGE not in built["public"]
