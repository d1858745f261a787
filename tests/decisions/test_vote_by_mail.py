"""A vote by a mail that is already written: who has no account on the forge opens it, sends it, and
a teller enters it.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml
from coopbook.base.formats import slug
from coopbook.decisions.ballots.sheet import WORDS
from coopbook.decisions.votes import text_of
from coopbook.records.load import load
from support.commands import run
from support.coops import TODAY
from support.decided import COOP, OPEN, files, sites, text
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


def test_a_teller_enters_a_mail_by_a_sheet_of_one_line(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    """As the guide says it: the mail is saved, and only its fingerprint is kept."""
    root = coop(files() | READABLE)
    saved, sheet = tmp_path / "ana.eml", tmp_path / "ana.csv"
    saved.write_bytes(b"From: ana@essais.example\r\nSubject: Pour\r\n\r\nJe vote : Pour\r\n")
    sheet.write_text(
        "membre;choix;date;motif\nana;Pour;2026-11-12 10:00:00;On sera plus nombreux.\n"
    )
    done = run(
        "import",
        "ballots",
        sheet,
        root,
        "--proposal",
        "lundi",
        "--by",
        "cleo",
        "--evidence",
        saved,
        "--no-copy",
    )
    assert done.returncode == 0, done.stderr
    entered = yaml.load((root / "decisions/ballots/lundi/ana.yml").read_text(), yaml.BaseLoader)
    assert (entered["choice"], entered["cast_by"]) == ("for", "cleo")
    assert entered["evidence"] == {"sha256": hashlib.sha256(saved.read_bytes()).hexdigest()}
    assert "decisions/ballots/lundi" not in run("check", root, "--today", TODAY.isoformat()).stdout
