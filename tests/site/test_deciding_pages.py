"""What members get of decisions: the register, a decision's page, open votes and everybody's own,
mandates, answers.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from coopbook.decisions.named_voters import with_named_voters
from coopbook.records.audience import view
from coopbook.records.load import Book, load
from support.coops import TODAY
from support.decided import (
    OPEN,
    Sites,
    closed,
    files,
    sites,
    text,
)
from support.votes import PROPOSAL, RULES


@pytest.fixture
def root(coop: Callable[..., Path]) -> Path:
    return coop(files())


@pytest.fixture
def built(root: Path, tmp_path: Path) -> Sites:
    closed(root)
    return sites(root, tmp_path / "out")


# The register


def test_the_register_has_votes_and_resolutions_once(built: Sites) -> None:
    register = text(built["members"]["decisions/proposals/index.html"])
    for words in (
        "Ouvrir le samedi",
        "Fermer le lundi",
        "Ancienne décision",
        "Nouvelle décision",
        "Comptes",
        "Zqprivézq",
        "n° 1",
    ):
        assert words in register, words
    rows = re.findall(r"<li data-row", built["members"]["decisions/proposals/index.html"])
    assert len(rows) == 6, "the resolution that confirms a vote is told by the vote's own row"


def test_each_filter_has_a_page_of_its_own_decisions(built: Sites) -> None:
    pages = built["members"]
    register = pages["decisions/proposals/index.html"]
    linked = set(re.findall(r'href="\.\./\.\./(decisions/by/[^"]+)"', register))
    assert linked == {
        name.removesuffix("index.html") for name in pages if name.startswith("decisions/by/")
    }
    assert {
        "state/vote/",
        "category/ordinary/",
        "year/2026/",
        "text/statuts/",
        "body/ag/",
        "body/members-vote/",
    } <= {one.removeprefix("decisions/by/") for one in linked}
    assert "Ouvrir le samedi" in text(pages["decisions/by/body/members-vote/index.html"])
    assert "Comptes" not in text(pages["decisions/by/body/members-vote/index.html"])
    year = text(pages["decisions/by/year/2026/index.html"])
    assert "Nouvelle décision" in year, "it is of the year of the assembly that confirmed it"
    assert "Ancienne décision" in text(pages["decisions/by/year/2025/index.html"])
    assert "Nouvelle décision" in text(pages["decisions/by/text/statuts/index.html"])


def test_the_public_register_has_what_is_public(built: Sites) -> None:
    register = text(built["public"]["decisions/proposals/index.html"])
    assert "Nouvelle décision" in register
    assert "Comptes" in register
    assert "Ouvrir le samedi" not in register
    assert not [name for name, page in built["public"].items() if "zqprivézq" in page.lower()]


def test_labels_of_categories_are_public_and_the_rest_of_the_rules_is_not(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    more = (
        RULES.replace("channel: either", "channel: either\n    label: {fr: Ordinaire à nous}")
        + "tellers: [ana]\npaths: {'zqpath/**': own}\n"
    )
    found = sites(coop(files() | {"decisions/rules.yml": more}), tmp_path / "out")["public"]
    assert "Ordinaire à nous" in text(found["decisions/proposals/nouvelle/index.html"])
    assert not [name for name, page in found.items() if "zqpath" in page]


# A decision's page


def test_a_decision_says_what_it_changes_replaces_and_brings(built: Sites) -> None:
    page = built["members"]["decisions/proposals/nouvelle/index.html"]
    said = text(page)
    assert 'href="../../../decisions/bylaws/statuts/on/2026-07-01/"' in page
    assert "decisions/bylaws/statuts/on/2026-07-01/index.html" in built["members"]
    assert 'href="../../../decisions/minutes/assemblee/#resolution-2"' in page
    assert "Ancienne décision" in said
    for words in ("Trop de bruit.", "Portes fermées.", "Changer l'affiche"):
        assert words in said, words
    assert "Nouvelle décision" in text(built["members"]["decisions/proposals/ancienne/index.html"])


def test_actions_and_objections_are_for_members(built: Sites) -> None:
    said = text(built["public"]["decisions/proposals/nouvelle/index.html"])
    assert "affiche" not in said
    assert "bruit" not in said


def test_an_open_proposal_says_its_rule_and_how_to_vote(built: Sites) -> None:
    said = text(built["members"]["decisions/proposals/lundi/index.html"])
    for words in ("1/3", "1/2", "7"):
        assert words in said
    assert "decisions/ballots" not in built["members"]["decisions/proposals/lundi/index.html"]
    assert '#_how"' in built["members"]["decisions/proposals/lundi/index.html"]


def test_a_counted_decision_shows_its_number_and_its_tally(built: Sites) -> None:
    page = built["members"]["decisions/proposals/samedi/index.html"]
    assert "n° 1" in text(page)
    assert page.count("<rect class=") == 3 + 4, "a bar of three parts, and the key of each column"


# Votes


def test_the_page_of_votes_says_what_is_open_until_when_and_how(built: Sites) -> None:
    said = text(built["members"]["votes/index.html"])
    assert "Fermer le lundi" in said
    assert "1er décembre 2026" in said
    assert "/vote yes" in said or "/voter pour" in said
    assert "Ouvrir le samedi" not in said
    assert "votes/index.html" not in built["public"]


def test_a_member_sees_whether_there_is_a_vote_and_a_ballot_begun(built: Sites) -> None:
    page = html.unescape(built["members"]["members/ana/votes/index.html"])
    (address,) = re.findall(r'href="(https://forge\.example/essais/livre/new/main\?[^"]+)"', page)
    asked = parse_qs(urlsplit(address).query)
    assert asked["filename"] == ["decisions/ballots/lundi/ana.yml"]
    begun = yaml.load(asked["value"][0].replace("choice: \n", "choice: for\n"), yaml.BaseLoader)
    assert begun["choice"] == "for"
    assert re.fullmatch("[0-9a-f]{64}", begun["hashes"]["text"])
    other = built["members"]["members/fay/votes/index.html"]
    assert "forge.example/essais/livre/new" not in other, "who has no vote has no ballot"


def test_who_came_later_had_no_vote_in_the_older_one(built: Sites) -> None:
    early, late = (
        text(built["members"][f"members/{id}/votes/index.html"]) for id in ("ana", "eve")
    )
    assert early != late.replace("eve", "ana")
    had = "You had a vote." if "You had a vote." in early else "Vous aviez une voix."
    assert had in early
    assert had not in late


def test_a_ballot_changes_nothing_on_any_page(coop: Callable[..., Path], tmp_path: Path) -> None:
    root = coop(files())
    before = sites(root, tmp_path / "before")
    (root / "decisions/ballots/lundi").mkdir()
    for id in ("ana", "bob", "cleo", "dan"):
        (root / f"decisions/ballots/lundi/{id}.yml").write_text(
            "choice: for\ncast_at: 2026-11-10T10:00:00+01:00\n"
        )
    assert sites(root, tmp_path / "after") == before


def test_a_secret_vote_begins_no_ballot(coop: Callable[..., Path], tmp_path: Path) -> None:
    root = coop(
        files()
        | {
            "decisions/rules.yml": RULES + "secret: {required_for: [election]}\n",
            "decisions/proposals/lundi.md": OPEN.replace(
                "category: ordinary", "category: ordinary\nsubject: election"
            ),
        }
    )
    assert (
        "livre/new" not in sites(root, tmp_path / "out")["members"]["members/ana/votes/index.html"]
    )


# Names of voters


def voters(book: Book) -> dict[str, list[str]] | None:
    """What the members' site gets of who voted what."""
    result = next(record for record in book.records() if record.kind.name == "result")
    record = with_named_voters(result, book.index)
    seen, public = (view(record, book.index, audience) for audience in ("members", "public"))
    assert seen is not None
    assert public is None or public.derived is None
    return dict(seen.derived["voters"]) if seen.derived else None


@pytest.mark.parametrize(
    ("then", "now", "shown"),
    [
        ("", "", False),
        ("hidden", "hidden", False),
        ("members", "members", True),
        ("", "members", False),
        ("members", "hidden", False),
    ],
)
def test_voters_are_named_where_the_rules_said_so_then_and_say_so_now(
    coop: Callable[..., Path], tmp_path: Path, then: str, now: str, shown: bool
) -> None:
    root = coop(files() | {"decisions/rules.yml": RULES + (f"names: {then}\n" if then else "")})
    closed(root)
    (root / "decisions/rules.yml").write_text(RULES + (f"names: {now}\n" if now else ""))
    found = {"for": ["ana", "bob"], "against": ["cleo"], "abstain": ["dan"]}
    assert voters(load(root, TODAY)) == (found if shown else None)
    pages = sites(root, tmp_path / "out")
    result = pages["members"]["decisions/results/samedi/index.html"].partition("<main")[2]
    assert ("members/cleo/" in result) is shown
    assert "voters" not in pages["members"]["api/v1/results/samedi.json"]


def test_who_was_erased_is_counted_among_voters_without_a_name(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    root = coop(files() | {"decisions/rules.yml": RULES + "names: members\n"})
    closed(root)
    file = root / "decisions/results/samedi.voters.json"
    names = json.loads(file.read_text())["voters"]
    left = {name: id for name, id in names.items() if id != "bob"}
    file.write_text(json.dumps({"voters": left}))
    book = load(root, TODAY)
    assert voters(book) == {"for": ["ana"], "against": ["cleo"], "abstain": ["dan"]}
    page = sites(root, tmp_path / "out")["members"]["decisions/results/samedi/index.html"]
    said = re.sub("<[^>]+>", "", page.partition("<main")[2])
    assert "1 personne effacée depuis" in said
    assert "1 person erased since" not in said


def test_few_voters_and_secret_votes_are_never_named(coop: Callable[..., Path]) -> None:
    root = coop(files() | {"decisions/rules.yml": RULES + "names: members\n"})
    (root / "decisions/ballots/samedi/dan.yml").unlink()
    closed(root)
    assert voters(load(root, TODAY)) is None
    file = root / "decisions/results/samedi.yml"
    file.write_text(
        file.read_text().replace("cast: 3", "cast: 4")
        + "secret: true\ntook_part: [ana, bob, cleo, dan]\n"
    )
    book = load(root, TODAY)
    assert voters(book) is None


def test_who_took_part_in_a_secret_vote_is_on_no_site_by_default(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    root = coop(files())
    closed(root)
    file = root / "decisions/results/samedi.yml"
    file.write_text(file.read_text() + "secret: true\ntook_part: [ana, bob, cleo, dan]\n")
    for pages in sites(root, tmp_path / "out").values():
        assert not [
            name
            for name, page in pages.items()
            if "results" in name
            and ("members/cleo" in page.partition("<main")[2] or '"cleo"' in page)
        ]


def test_the_public_gets_no_fingerprint_of_what_it_may_not_know(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    """Few voters, few choices: whoever has the fingerprint tries them all. That of the result
    before is made of the same.
    """
    root = coop(
        files()
        | {
            "decisions/proposals/samedi.md": PROPOSAL.replace(
                "audience: members", "audience: public"
            )
        }
    )
    closed(root)
    file = root / "decisions/results/samedi.yml"
    kept = yaml.load(file.read_text(), yaml.BaseLoader)["hashes"]
    file.write_text(
        file.read_text().replace("number: 1\n", f"number: 2\nprevious: {'5ea1' * 16}\n")
    )
    pages = sites(root, tmp_path / "out")
    for audience, told in (("public", False), ("members", True)):
        page = (
            pages[audience]["decisions/results/samedi/index.html"]
            + pages[audience]["api/v1/results/samedi.json"]
        )
        assert kept["text"] in page
        assert [words in page for words in (kept["events"], kept["electorate"], "5ea1" * 16)] == [
            told
        ] * 3
    hidden = (kept["events"], kept["electorate"], "5ea1" * 16)
    assert not [
        name for name, page in pages["public"].items() if any(words in page for words in hidden)
    ]


# Who holds what; answers


def test_mandates_say_who_holds_what_and_who_speaks(built: Sites) -> None:
    page = built["members"]["decisions/mandates/index.html"]
    parts = dict(re.findall(r'<h2 id="_(\w+)".*?</h2>(.*?)(?=<h2|</article)', page, re.S))
    assert "Présidente" in parts["speaking"]
    assert "Réviseuse" not in parts["speaking"]
    assert "Trésorier" in parts["waiting"]
    assert "Zoé Dehors" in parts["ending"]
    assert "Ancien rôle" in parts["ended"]
    assert "Trésorier" not in parts["ag"]
    assert "zqsecret@essais.example" in parts["confidence"]


def test_a_confidential_address_is_on_no_public_page(built: Sites) -> None:
    assert "Présidente" in built["public"]["decisions/mandates/index.html"]
    assert not [name for name, page in built["public"].items() if "zqsecret" in page]
    assert "Assemblée" in text(built["members"]["helpers/index.html"])


def test_demands_are_answered_on_one_page(built: Sites) -> None:
    for pages in built.values():
        page = pages["decisions/answers/index.html"]
        assert "<strong>trop cher</strong>" in page
        assert "Nouvelle décision" not in text(page)


def test_pages_name_their_calendar_and_feed(built: Sites) -> None:
    for name in ("decisions/proposals/index.html", "decisions/minutes/index.html"):
        for audience, pages in built.items():
            for way in ("calendar/fr.ics", "feed/fr.xml"):
                if way in pages:
                    assert f'href="../../{way}"' in pages[name], (audience, name)
    assert "calendar/fr.ics" in built["members"]
    assert json.loads(built["members"]["api/v1/index.json"])["format"] == 1


def test_my_votes_lead_to_votes_without_javascript_too(built: Sites) -> None:
    pages = built["members"]
    for name in ("votes/index.html", "decide/index.html", "index.html"):
        (link,) = set(re.findall(r'href="([^"]+)" data-my="[^"]*members/\*/votes/"', pages[name]))
        assert link.endswith("mine/#_votes"), name
    mine = pages["mine/index.html"]
    assert 'id="_votes"' in mine
    assert 'href="../members/ana/votes/" data-me="ana"' in mine


def test_a_slip_of_the_copy_is_told_on_the_page_of_its_article(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    """What was read before, to everybody; who compared it, to members."""
    article = f"""---
number: 1
title: Siège
audience: public
in_force: 2020-01-01
errata:
  - on: 2026-03-20
    by: ana
    was: siège à
    now: siège est à
    evidence: {{file: decisions/evidence/statuts/a.txt, sha256: {"0" * 64}}}
---

Le siège est à Bienne.
"""
    text = "title: {fr: Statuts}\nkind: bylaws\naudience: public\n"
    more = {"decisions/bylaws/statuts.yml": text, "decisions/bylaws/statuts/siege.md": article}
    for audience, pages in sites(coop(files() | more), tmp_path / "out").items():
        page = pages["decisions/bylaws/statuts/siege/index.html"]
        said = html.unescape(re.sub("<[^>]+>", "", page.partition("<main")[2]))
        assert "On lisait : « siège à »." in said.replace("\xa0", " ").replace("\u202f", " ")
        data = pages["api/v1/articles/statuts/siege.json"]
        assert ('"by"' in data) is (audience == "members")


def test_the_file_of_a_signature_is_told_to_members(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    proof = "decisions/evidence/conseil/ana.asc"
    minutes = (
        "---\nrecord: note\ntitle: {fr: Conseil}\nbody: conseil\ndate: 2026-03-01\nstatus: draft\n"
        f"signatures: [{{member: ana, on: 2026-03-02, file: {proof}, sha256: {'0' * 64}}}]\n---\n"
    )
    body = "name: {fr: Conseil}\nkind: board\naudience: members\nmandates: []\n"
    more = {"decisions/minutes/conseil.md": minutes, "decisions/bodies/conseil.yml": body}
    pages = sites(coop(files() | more), tmp_path / "out")["members"]
    assert f"<code>{proof}</code>" in pages["decisions/minutes/conseil/index.html"]
