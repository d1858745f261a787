"""A secret vote: two tellers count, each alone; nobody's vote stands anywhere, and who voted on no
site.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from coopbook import checks
from coopbook.base.messages import translator
from coopbook.decisions.result_chain import seal
from coopbook.decisions.tally.arithmetic import Counts
from coopbook.decisions.tally.electorate import Electorate, Voter
from coopbook.decisions.tally.events import instant
from coopbook.decisions.tally.record import VoteRecord
from coopbook.decisions.tally.secret import Totals
from coopbook.decisions.types import Rules
from coopbook.decisions.vote_record import figures, record_totals, recount
from coopbook.records.audience import view, view_index
from coopbook.records.load import load
from support.commands import run
from support.coops import TODAY
from support.sites import write_site
from support.votes import PROPOSAL, RULES, result, voted


@pytest.fixture
def root(coop: Callable[..., Path]) -> Path:
    return coop(voted())


WHO = ["ana", "bob", "cleo", "dan"]


def sheet(
    for_: int = 2, against: int = 1, blank: int = 0, null: int = 1, who: list[str] | int = WHO
) -> str:
    part = f"participants: {who}\n" if isinstance(who, int) else f"took_part: [{', '.join(who)}]\n"
    return (
        f"counted_at: 2026-03-16T19:00:00+01:00\nfor: {for_}\nagainst: {against}\nabstain: 0\n"
        f"blank: {blank}\nnull: {null}\n{part}"
    )


@pytest.fixture
def secret(root: Path) -> Path:
    for file in (root / "decisions/ballots/samedi").iterdir():
        file.unlink()
    (root / "decisions/rules.yml").write_text(
        RULES + "secret: {required_for: [election]}\ntellers: [eve, fay]\n"
    )
    (root / "decisions/proposals/samedi.md").write_text(
        PROPOSAL.replace("status:", "subject: election\nstatus:")
    )
    enter(root, eve=sheet(), fay=sheet(who=WHO[::-1]))
    return root


def enter(root: Path, **sheets: str) -> None:
    folder = root / "decisions/counts/samedi"
    folder.mkdir(parents=True, exist_ok=True)
    for teller, content in sheets.items():
        (folder / f"{teller}.yml").write_text(content)


def tally(root: Path, *options: str) -> tuple[int, str]:
    ran = run("tally", "samedi", root, "--lang", "en", *options)
    assert "Traceback" not in ran.stderr
    return ran.returncode, ran.stdout + ran.stderr


def said(root: Path) -> list[str]:
    return [
        translator("en")(item.message)
        for item in checks.check(load(root, TODAY))
        if item.severity == "error"
    ]


def test_two_tellers_who_agree_make_a_result(secret: Path) -> None:
    assert said(secret) == []
    status, shown = tally(secret)
    assert (status, "Secret vote: two tellers counted the same." in shown) == (0, True), shown
    found = result(secret)
    assert {
        name: found[name]
        for name in (
            "result",
            "electorate",
            "represented",
            "cast",
            "counts",
            "secret",
            "counted_by",
        )
    } == {
        "result": "adopted",
        "electorate": "4",
        "represented": "4",
        "cast": "3",
        "counts": {"for": "2", "against": "1", "abstain": "0", "blank": "0", "null": "1"},
        "secret": "true",
        "counted_by": ["eve", "fay"],
    }
    assert found["threshold"]["reached"] == "2/3"  # type: ignore[index,call-overload]
    assert said(secret) == []


def test_it_can_be_counted_again_from_what_is_kept(secret: Path) -> None:
    tally(secret)
    folder = secret / "decisions/results"
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    kept = json.loads(before["samedi.events.json"])
    names = json.loads(before["samedi.voters.json"])["voters"]
    took_part = sorted(names[name] for name in kept["totals"]["took_part"])
    assert ("events" in kept, took_part) == (False, WHO)
    status, shown = tally(secret)
    assert (status, "says the same" in shown) == (0, True)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_who_took_part_cannot_be_found_out_from_what_the_public_sees(secret: Path) -> None:
    """Whoever knows the members and the figures could else try every list of names until a
    fingerprint is the same.
    """
    folder = secret / "decisions/results"
    found = []
    for _turn in range(2):
        tally(secret)
        found.append(
            (
                json.loads((folder / "samedi.events.json").read_text()),
                result(secret)["hashes"]["events"],
            )
        )  # type: ignore[index,call-overload]
        for file in folder.iterdir():
            file.unlink()
    (first, one), (second, two) = found
    assert one != two
    (mine, theirs) = ({row["id"] for row in kept["electorate"]} for kept in (first, second))
    assert not mine & theirs
    assert not [name for name in WHO if name in json.dumps(first)]


def test_the_seal_of_a_result_says_nothing_of_who_took_part(secret: Path) -> None:
    tally(secret)
    entry = load(secret, TODAY).index.entries["result"]["samedi"]
    before, file = seal(entry), secret / "decisions/results/samedi.yml"
    assert "took_part" not in file.read_text()
    file.write_text(file.read_text() + "took_part: [ana, bob, cleo]\n")
    assert seal(load(secret, TODAY).index.entries["result"]["samedi"]) == before
    file.write_text(file.read_text().replace("for: 2", "for: 3"))
    assert seal(load(secret, TODAY).index.entries["result"]["samedi"]) != before


def test_counted_anew_it_says_the_same_once_somebody_was_erased(secret: Path) -> None:
    tally(secret)
    folder = secret / "decisions/results"
    at = str(result(secret)["counted_at"])
    assert tally(secret, "--at", at)[0] == 0, "what hides the names is kept"
    names = json.loads((folder / "samedi.voters.json").read_text())["voters"]
    left = {name: id for name, id in names.items() if id not in ("dan", "eve")}
    (folder / "samedi.voters.json").write_text(json.dumps({"voters": left}))
    assert said(secret) == []
    status, shown = tally(secret, "--at", at)
    assert (status, "says the same" in shown) == (0, True), shown


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (sheet(for_=3, null=0), ["For: 2 (eve), 3 (fay)", "Invalid: 1 (eve), 0 (fay)"]),
        (
            sheet(who=["ana", "bob", "cleo", "eve"]),
            ["Took part according to eve alone: dan", "Took part according to fay alone: eve"],
        ),
        (
            sheet(for_=1, against=1, who=3),
            [
                "For: 2 (eve), 1 (fay)",
                "Took part: 4 (eve), 3 (fay)",
                "Took part according to eve alone: ana, bob, cleo, dan",
            ],
        ),
    ],
)
def test_where_they_differ_each_figure_is_told_and_nothing_written(
    secret: Path, other: str, expected: list[str]
) -> None:
    enter(secret, fay=other)
    status, shown = tally(secret)
    assert (status, shown.splitlines()) == (
        1,
        [*expected, "The tellers do not agree: they count again, and no result was written."],
    )
    assert not (secret / "decisions/results").exists()


def test_one_teller_is_not_enough_nor_one_who_is_none(secret: Path) -> None:
    (secret / "decisions/counts/samedi/fay.yml").unlink()
    assert "There are 1." in tally(secret)[1]
    enter(secret, bob=sheet())
    assert "There are 1." in tally(secret)[1]
    assert said(secret) == ["“bob” is no teller of this vote."]
    assert not (secret / "decisions/results").exists()


@pytest.mark.parametrize("options", [("--by", "eve"), ("--events", "x.json")])
def test_nothing_else_is_counted(secret: Path, options: tuple[str, ...]) -> None:
    (secret / "x.json").write_text("[]")
    status, shown = tally(
        secret, *[str(secret / one) if one.endswith("json") else one for one in options]
    )
    assert (status, "from nothing else" in shown) == (2, True)


def test_with_few_ballots_nobody_is_told_who_voted(secret: Path) -> None:
    enter(secret, eve=sheet(null=0, who=3), fay=sheet(null=0, who=3))
    assert said(secret) == []
    assert tally(secret)[0] == 0
    found = result(secret)
    assert (found["represented"], "took_part" in found) == ("3", False)
    assert not [
        file for file in (secret / "decisions/results").iterdir() if "took_part" in file.read_text()
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            sheet(null=0, who=["ana", "bob", "cleo"]),
            "With fewer than 4 ballots, who took part would tell who voted what.",
        ),
        (sheet(for_=9), "There are 11 ballots, and 4 took part."),
        (sheet(who=["ana", "bob", "cleo", "eve"]), "“eve” may not vote on this."),
    ],
)
def test_figures_that_cannot_be_make_no_result(secret: Path, content: str, expected: str) -> None:
    enter(secret, eve=content, fay=content)
    status, shown = tally(secret)
    assert (status, expected in shown) == (1, True), shown
    assert expected in said(secret)
    assert not (secret / "decisions/results").exists()


@pytest.mark.parametrize(
    ("file", "content", "expected"),
    [
        (
            "decisions/counts/samedi/eve.yml",
            sheet().replace("03-16T19", "03-10T19"),
            "Counted before the vote had closed",
        ),
        (
            "decisions/counts/samedi/eve.yml",
            sheet(who=4),
            "With 4 ballots or more, a sheet says who took part.",
        ),
        (
            "decisions/ballots/samedi/ana.yml",
            "choice: for\ncast_at: 2026-03-03T10:00:00+01:00\n",
            "no ballot may bear a name",
        ),
    ],
)
def test_sheets_that_the_check_refuses_make_no_result(
    secret: Path, file: str, content: str, expected: str
) -> None:
    (secret / file).parent.mkdir(exist_ok=True)
    (secret / file).write_text(content)
    if "participants" in content:
        enter(secret, fay=content)
    status, shown = tally(secret)
    assert (status, expected in shown) == (1, True), shown
    assert any(expected in one for one in said(secret))
    assert not (secret / "decisions/results").exists()


def test_the_sites_show_totals_alone(secret: Path, tmp_path: Path) -> None:
    (secret / "members/zqvoter.yml").write_text((secret / "members/ana.yml").read_text())
    names = ["zqvoter", "bob", "cleo", "dan"]
    enter(secret, eve=sheet(who=names), fay=sheet(who=names))
    page = secret / "decisions/proposals/samedi.md"
    page.write_text(page.read_text().replace("audience: members", "audience: public"))
    assert tally(secret)[0] == 0
    assert "zqvoter" in (secret / "decisions/results/samedi.voters.json").read_text()
    book = load(secret, TODAY)
    for audience in ("public", "members"):
        write_site(book, [], audience, tmp_path / audience)
        for name in ("decisions/results/samedi/index.html", "api/v1/results/samedi.json"):
            text = (tmp_path / audience / name).read_text()
            body = text.partition("<main")[2] or text
            assert ("2/3" in body, "zqvoter" in body, "took_part" in body) == (
                True,
                False,
                False,
            ), (audience, name)
        assert not list((tmp_path / audience).rglob("*counts*"))
    told = json.loads((tmp_path / "members/api/v1/results/samedi.json").read_text())
    assert (told["secret"], told["counts"]["null"]) == (True, 1)


def test_a_field_that_is_withheld_is_on_no_site_wherever_it_stands(secret: Path) -> None:
    schema = {
        "title": "Essais",
        "description": "Essais.",
        "x-files": "essais/*.yml",
        "x-id": "stem",
        "x-title": "title",
        "x-audience": "public",
        "type": "object",
        "additionalProperties": False,
    }
    text, hidden = (
        {"type": "string", "x-audience": "public", "x-index": True},
        {"type": "string", "x-audience": "nobody", "x-index": True},
    )
    inner = {
        "type": "object",
        "x-audience": "public",
        "x-index": True,
        "additionalProperties": False,
        "properties": {"open": text, "shut": hidden},
    }
    schema["properties"] = {
        "title": text,
        "shut": hidden,
        "items": {"type": "array", "x-audience": "public", "x-index": True, "items": inner},
    }
    schemas = secret / "schemas"
    schemas.mkdir()
    (schemas / "essai.schema.json").write_text(
        json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})
    )
    (secret / "essais").mkdir()
    (secret / "essais/un.yml").write_text(
        "title: T\nshut: zqshut\nitems:\n  - {open: o, shut: zqinner}\n"
    )
    book = load(secret, TODAY)
    assert book.found == []
    record = next(one for one in book.records() if one.kind.name == "essai")
    for audience in ("public", "members"):
        shown, index = view(record, book.index, audience), view_index(book.index, audience)
        assert shown is not None
        assert (
            shown.value
            == index.entries["essai"]["un"].value
            == {"title": "T", "items": [{"open": "o"}]}
        )
    assert record.value["shut"] == "zqshut"


def test_totals_give_the_verdict_that_ballots_would() -> None:
    plain = yaml.safe_load(RULES)
    vote = {
        "category": "ordinary",
        "stage": "first",
        "opens": "2026-03-02T09:00:00+01:00",
        "closes": "2026-03-16T18:00:00+01:00",
        "text": "t",
    }
    voters = Electorate(tuple(Voter(f"v{number:02}") for number in range(12)))
    for counts, invalid, expected in (
        (Counts(4, 3, 0, 1), 0, "adopted"),
        (Counts(3, 0, 0, 0), 9, "no_quorum"),
        (Counts(4, 4, 2, 0), 2, "rejected"),
        (Counts(6, 5, 0, 0), 1, "adopted"),
    ):
        totals = Totals(counts, invalid, counts.cast + invalid)
        record = record_totals(
            Rules.from_plain(plain), vote, voters, totals, instant(vote["closes"])
        )
        outcome = recount(VoteRecord.of(json.loads(json.dumps(record.plain))))
        assert (outcome.result, outcome.represented) == (expected, counts.cast + invalid)
        assert figures(record, outcome)["counts"]["null"] == invalid


@pytest.mark.parametrize(
    "more", [{"consent": {"max_open_objections": 0, "min_yes": 1}}, {"colleges": True}]
)
def test_consent_and_colleges_are_not_counted_from_totals(more: dict[str, object]) -> None:
    plain = yaml.safe_load(RULES)
    if "consent" in more:
        plain["categories"]["ordinary"] |= more
    else:
        plain["colleges"] = {
            "enabled": True,
            "weights": {"a": 60, "b": 40},
            "method": "proportional",
        }
    vote = {
        "category": "ordinary",
        "stage": "first",
        "opens": "2026-03-02T09:00:00+01:00",
        "closes": "2026-03-16T18:00:00+01:00",
        "text": "t",
    }
    record = record_totals(
        Rules.from_plain(plain),
        vote,
        Electorate((Voter("a"),)),
        Totals(Counts(1), 0, 1),
        instant(vote["closes"]),
    )
    with pytest.raises(ValueError, match="neither objections nor colleges"):
        recount(record)
