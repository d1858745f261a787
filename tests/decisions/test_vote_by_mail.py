"""A vote by a mail that is already written: who has no account on the forge opens it, sends it, and
a teller enters it.
"""

from __future__ import annotations

import hashlib
import html
import re
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml
from coopbook.base.formats import slug
from coopbook.decisions.ballots.sheet import WORDS
from coopbook.decisions.votes import text_of
from coopbook.records.load import load
from support.commands import Ran, run
from support.coops import TODAY
from support.decided import COOP, OPEN, files, sites, text
from support.git import committed, git
from support.votes import RULES, member

TELLERS = {"decisions/rules.yml": RULES + "tellers: [cleo, dan]\n"}
ODD = "Été & « pause » : 50 % à 10 h + thé ?"
BUTTON = re.compile(r'<a [^>]*href="(mailto:[^"]*?subject=[^"]*?body=[^"]*)"[^>]*>([^<]+)</a>')


def with_mail(address: str = "") -> str:
    return member("2020-01-01", f"X {address}") + (f"email: {address}\n" if address else "")


READABLE = TELLERS | {
    "members/cleo.yml": with_mail("cleo@essais.example"),
    "members/dan.yml": with_mail("dan+vote@essais.example"),
}


def pages(coop: Callable[..., Path], tmp_path: Path, more: dict[str, str]) -> dict[str, str]:
    """The members' site. What stands there of tellers is on no public page."""
    found = sites(coop(files() | more), tmp_path / "out")
    assert not [
        name
        for name, one in found["public"].items()
        if "cleo@" in one or "dan+vote" in one or "dan%2Bvote" in one
    ]
    return found["members"]


def mails(page: str) -> dict[str, tuple[list[str], str, str]]:
    """To whom, subject and text of each mail on a page, by the words of its link."""
    found = {}
    for address, words in BUTTON.findall(page):
        parts = urlsplit(html.unescape(address))
        asked = parse_qs(
            parts.query.replace("+", "%2B"), strict_parsing=True
        )  # in a mailto: link a plus is a plus (RFC 6068)
        found[words] = (
            [unquote(one) for one in parts.path.split(",")],
            asked["subject"][0],
            asked["body"][0],
        )
    return found


def test_each_choice_is_a_mail_to_those_who_count(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    titled = {"decisions/proposals/lundi.md": OPEN.replace("Fermer le lundi", f'"{ODD}"')}
    made = pages(coop, tmp_path, READABLE | titled)["members/ana/votes/index.html"]
    entry = load(tmp_path / "coop", TODAY).index.find("proposal", "lundi")
    assert entry is not None
    found = mails(made)
    assert list(found) == ["Pour", "Contre", "Abstention", "Blanc"]
    for words, (to, subject, body) in found.items():
        assert to == ["cleo@essais.example", "dan+vote@essais.example"]
        assert ODD in subject
        assert words in subject
        assert all(
            part in body for part in (ODD, words, "X ana (ana)", "lundi", text_of(entry)[:12])
        )
        assert "\r\n" in body
        assert "\n" not in body.replace("\r\n", "")
    assert text_of(entry)[:12] in text(made), (
        "a teller sees whether the text is still the one of the mail"
    )
    assert " " not in "".join(html.unescape(address) for address, _words in BUTTON.findall(made))


def test_a_mails_choice_is_one_that_a_tellers_sheet_takes(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    english = {"coop.yml": COOP.replace("[fr, en]", "[en, fr]")}
    for folder, more in (("fr", {}), ("en", english)):
        made = pages(coop, tmp_path / folder, READABLE | more)["members/ana/votes/index.html"]
        assert [WORDS[slug(words)] for words in mails(made)] == [
            "for",
            "against",
            "abstain",
            "blank",
        ]


@pytest.mark.parametrize("who", ["eve", "fay"])
def test_who_has_no_vote_has_no_mail(coop: Callable[..., Path], tmp_path: Path, who: str) -> None:
    more = READABLE | {f"members/{who}.yml": member(None)}
    assert not mails(pages(coop, tmp_path, more)[f"members/{who}/votes/index.html"])


def test_a_secret_vote_has_no_mail_and_says_how(coop: Callable[..., Path], tmp_path: Path) -> None:
    secret = {
        "decisions/rules.yml": TELLERS["decisions/rules.yml"]
        + "secret: {required_for: [election]}\n"
    }
    asked = OPEN.replace("category: ordinary", "category: ordinary\nsubject: election")
    made = pages(coop, tmp_path, READABLE | secret | {"decisions/proposals/lundi.md": asked})[
        "members/ana/votes/index.html"
    ]
    assert not mails(made)
    assert "mailto:cleo" not in made
    assert "A secret vote: no sentence, no mail, no file" in text(made) or "Vote secret" in text(
        made
    )
    assert 'members/cleo/">' in made


def test_without_their_addresses_the_mail_goes_to_the_co_op(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    more = TELLERS | {"coop.yml": COOP + "email: contact@essais.example\n"}
    found = mails(pages(coop, tmp_path, more)["members/ana/votes/index.html"])
    assert {to for (to,), _subject, _body in found.values()} == {"contact@essais.example"}


def test_without_any_address_the_page_says_whom_to_ask(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    made = pages(coop, tmp_path, TELLERS)["members/ana/votes/index.html"]
    assert not mails(made)
    assert "mailto:" not in made.partition("<main")[2].partition("</main")[0]
    assert "members/cleo/" in made


def test_without_tellers_nobody_could_enter_a_mail(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    more = {"coop.yml": COOP + "email: contact@essais.example\n"}
    made = pages(coop, tmp_path, more)["members/ana/votes/index.html"]
    assert not mails(made)
    assert "Nobody is named who may enter a ballot" in text(made) or "Personne n'est nommé" in text(
        made
    )


def test_a_change_on_a_forge_has_no_fingerprint_to_tell(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    """What is voted there is the change, which the site does not know."""
    asked = OPEN.replace(
        "category: ordinary", "category: ordinary\npull_request: {forge: github, number: 12}"
    )
    made = pages(coop, tmp_path, READABLE | {"decisions/proposals/lundi.md": asked})[
        "members/ana/votes/index.html"
    ]
    entry = load(tmp_path / "coop", TODAY).index.find("proposal", "lundi")
    assert entry is not None
    for _to, _subject, body in mails(made).values():
        assert text_of(entry)[:12] not in body
        assert "https://forge.example/essais/livre/pull/12" in body


OPENED = datetime.fromisoformat("2026-11-02T09:00:00+01:00")
ANA = "members/ana.yml"
BY_ID = "membre;choix;date;motif\nana;Pour;2026-11-12 10:00:00;On sera plus nombreux.\n"
BY_ADDRESS = "courriel;choix;date\n{};Pour;2026-11-12 10:00:00\n"


@pytest.fixture
def root(coop: Callable[..., Path]) -> Path:
    """A co-op that has had Ana's address for a month when the vote opens."""
    made = coop(files() | READABLE | {ANA: with_mail("ana@essais.example")})
    committed(made, OPENED - timedelta(days=30))
    return made


def change_address(root: Path, days: float, address: str = "ana.bis@essais.example") -> None:
    """Write another address into Ana's file, so many days after the vote opened."""
    (root / ANA).write_text(with_mail(address), encoding="utf-8")
    committed(root, OPENED + timedelta(days=days))


def enter_mail(root: Path, sender: str, sheet: str = BY_ID, name: str = "ana.eml") -> Ran:
    """A teller enters one mail."""
    saved, table = root.parent / name, root.parent / "ana.csv"
    saved.write_bytes(f"From: {sender}\r\nSubject: Pour\r\n\r\nJe vote : Pour\r\n".encode())
    table.write_text(sheet, encoding="utf-8")
    options = ("--proposal", "lundi", "--by", "cleo", "--no-copy", "--lang", "en")
    return run("import", "ballots", table, root, "--evidence", saved, *options)


def written(root: Path) -> bool:
    return (root / "decisions/ballots/lundi/ana.yml").exists()


def test_a_teller_enters_a_mail_by_a_sheet_of_one_line(root: Path) -> None:
    """As the guide says it: the mail is saved, and only its fingerprint is kept."""
    done = enter_mail(root, "Ana <Ana@essais.example>")
    assert (done.returncode, done.stderr) == (0, "")
    entered = yaml.load((root / "decisions/ballots/lundi/ana.yml").read_text(), yaml.BaseLoader)
    assert (entered["choice"], entered["cast_by"]) == ("for", "cleo")
    saved = (root.parent / "ana.eml").read_bytes()
    assert entered["evidence"] == {"sha256": hashlib.sha256(saved).hexdigest()}
    assert "decisions/ballots/lundi" not in run("check", root, "--today", TODAY.isoformat()).stdout


@pytest.mark.parametrize(
    ("sender", "doubt"),
    [
        ("bob@ailleurs.example", "“bob@ailleurs.example” is not the address in the file of “ana”."),
        ("Cleo <cleo@essais.example>", "is not the address in the file of “ana”."),
        ('"ana@essais.example" <bob@ailleurs.example>', "does not say clearly who sent it"),
        ("ana@essais.example, bob@ailleurs.example", "does not say clearly who sent it"),
        ("ana@essais.example\r\nFrom: bob@ailleurs.example", "does not say clearly who sent it"),
        ("", "does not say clearly who sent it"),
        ("=?utf-8?q?ana=40essais=2Eexample?= <bob@ailleurs.example>", "is not the address"),
        ("\N{CYRILLIC SMALL LETTER A}na@essais.example", "is not the address"),
    ],
)
def test_a_mail_of_somebody_else_is_no_vote_of_hers(root: Path, sender: str, doubt: str) -> None:
    refused = enter_mail(root, sender)
    assert (refused.returncode, written(root)) == (1, False)
    assert doubt in refused.stderr
    assert "Ask the member in another way" in refused.stderr


@pytest.mark.parametrize("days", [-6.5, -1, 3])
@pytest.mark.parametrize("sheet", [BY_ID, BY_ADDRESS.format("ana.bis@essais.example")])
def test_an_address_that_is_new_counts_in_no_open_vote(root: Path, days: float, sheet: str) -> None:
    """Whoever can write it into a member's file could vote in that member's place."""
    change_address(root, days)
    refused = enter_mail(root, "ana.bis@essais.example", sheet)
    assert (refused.returncode, written(root)) == (1, False)
    assert "less than seven days before the vote opened, or since" in refused.stderr


@pytest.mark.parametrize("sheet", [BY_ID, BY_ADDRESS.format("ana@essais.example")])
def test_the_address_of_before_goes_on_counting(root: Path, sheet: str) -> None:
    change_address(root, 3)
    done = enter_mail(root, "ana@essais.example", sheet)
    assert (done.returncode, written(root)) == (0, True), done.output


def test_an_address_counts_after_a_week(root: Path) -> None:
    change_address(root, -8)
    assert enter_mail(root, "ana.bis@essais.example").returncode == 0


def test_a_change_that_was_not_merged_brings_no_address(root: Path) -> None:
    """What only stands in the teller's own folder is on no branch yet."""
    (root / ANA).write_text(with_mail("ana.bis@essais.example"), encoding="utf-8")
    assert enter_mail(root, "ana.bis@essais.example").returncode == 1


def test_a_member_who_was_renamed_keeps_the_address(root: Path) -> None:
    (root / ANA).rename(root / "members/ana-lopes.yml")
    with (root / "members/ana-lopes.yml").open("a") as file:
        file.write("formerly: [ana]\n")
    committed(root, OPENED + timedelta(days=3))
    done = enter_mail(root, "ana@essais.example", BY_ID.replace("\nana;", "\nana-lopes;"))
    assert done.returncode == 0, done.output


@pytest.mark.parametrize("cut", ["shallow", "no git"])
def test_without_the_history_it_is_told_that_nobody_looked(
    root: Path, tmp_path: Path, cut: str
) -> None:
    change_address(root, 3)
    here = tmp_path / "here"
    if cut == "shallow":
        git(tmp_path, "clone", "-q", "--depth", "1", root.as_uri(), str(here))
    else:
        shutil.copytree(root, here, ignore=shutil.ignore_patterns(".git"))
    done = enter_mail(here, "ana.bis@essais.example")
    assert (done.returncode, written(here)) == (0, True)
    assert "nobody looked whether an address is new" in done.stderr
