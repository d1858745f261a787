"""`coopbook import ballots`: a teller's sheet becomes ballots and their proof, or says line
by line why not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from coopbook import checks
from coopbook.base.decoding import letters
from coopbook.base.messages import translator
from coopbook.decisions.ballots.sheet import is_belenios, known_names, read_sheet
from coopbook.records.load import load
from support.commands import run
from support.coops import TODAY
from support.votes import PROPOSAL, RULES, member, voted


@pytest.fixture
def root(coop: Callable[..., Path]) -> Path:
    return coop(voted())


NAMES = known_names(
    [
        ("ana", ["Ana Lopes", "ana@essais.example"]),
        ("bob", ["Bob Roy", "bobroy"]),
        ("cleo", ["Cléo Roy"]),
        ("cle-o", ["Cléo Roy"]),
    ]
)

# Both written by us, headed as Loomio (app/extras/poll_exporter.rb) and LimeSurvey (question codes,
# full answers) head their exports.
LOOMIO = """poll
id,group_id,title
7,3,Ouvrir le samedi
poll_options
id,poll_id,name,score
1,7,agree,1
votes
id,poll_id,voter_id,voter_name,member_title,delegate,created_at,updated_at,reason,reason_format,agree,abstain,disagree,block
11,7,101,Ana Lopes,,,2026-03-04T09:00:00Z,2026-03-05T10:00:00Z,"Oui, volontiers",html,1,,,
12,7,102,Bob Roy,,,2026-03-04T09:00:00Z,2026-03-04T09:00:00Z,,html,,,1,
13,7,103,Cleo Prat,,,2026-03-04T09:00:00Z,2026-03-04T09:00:00Z,,html,,,,
"""
LIMESURVEY = """"id","submitdate","lastpage","startlanguage","seed","token","startdate","datestamp","email","G01Q01"
"1","2026-03-05 10:00:00","1","fr","1","x1","2026-03-05 09:59:00","2026-03-05 10:00:00","ana@essais.example","Oui"
"2","","1","fr","2","x2","2026-03-05 09:59:00","2026-03-05 10:00:00","bob@essais.example",""
"3","2026-03-06 10:00:00","1","fr","3","x3","2026-03-06 09:59:00","2026-03-06 10:00:00","cleo@essais.example","Non"
"""  # noqa: E501


def votes(text: str, **columns: str) -> list[tuple[str, str]]:
    sheet = read_sheet(text, NAMES, **columns)
    assert sheet.faults == []
    return [(vote.member, vote.choice) for vote in sheet.votes]


def faults(text: str, **columns: str) -> list[tuple[int, str, str]]:
    say = translator("en", shown=str)
    return [
        (fault.line, fault.column, say(fault.message))
        for fault in read_sheet(text, NAMES, **columns).faults
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("head", "words"),
    [
        (("membre", "choix"), ("pour", "Contre")),
        (("Nom", "Vote"), ("Oui", "non")),
        (("E-mail", "Réponse"), ("yes", "no")),
        (("member", "choice"), ("for", "against")),
    ],
)
def test_words_columns_and_delimiters(
    delimiter: str, head: tuple[str, str], words: tuple[str, str]
) -> None:
    rows = [head, ("ana", words[0]), ("", ""), ("BOB", words[1])]
    assert votes("\n".join(delimiter.join(row) for row in rows)) == [
        ("ana", "for"),
        ("bob", "against"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = letters("Prénom;Nom;Choix\r\nAna;Lopès;abstention\r\nBob;Roy;blanc\r\n".encode(encoding))
    assert text is not None
    assert votes(text) == [("ana", "abstain"), ("bob", "blank")]


def test_what_is_no_text() -> None:
    assert letters(b"PK\x03\x04\x00\x00") is None


@pytest.mark.parametrize(
    "name", ["ana", "Ana Lopes", "ANA LOPES", "ana@essais.example", "Ana@Essais.example"]
)
def test_a_member_by_any_of_their_names(name: str) -> None:
    assert votes(f"votant;voix\n{name};pour") == [("ana", "for")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("membre;choix\nana;peut-être", (2, "choix", "“peut-être” is no choice.")),
        ("membre;choix\nana;", (2, "choix", "There is no choice here.")),
        ("membre;choix\n;pour", (2, "membre", "Nobody is named here.")),
        ("membre;choix\nzoe;pour", (2, "membre", "“zoe” is nobody's name, id, login or e-mail.")),
        ("nom;choix\nCléo Roy;pour", (2, "nom", "“Cléo Roy” may be several: cle-o, cleo.")),
        ("nom;login;choix\nAna Lopes;bobroy;pour", (2, "login", "This line names two people.")),
        (
            "membre;choix\nana;pour\nbob;contre\nAna Lopes;contre",
            (4, "", "“ana” stands here twice, first in line 2."),
        ),
        (
            "membre;choix\nana;pour;bob;contre",
            (2, "", "This line has more cells than there are columns."),
        ),
        (
            'membre;choix\n"ana;pour\nbob;contre',
            (2, "", "From here on, quotation marks do not go together."),
        ),
        (
            "membre;vote;choix\nana;pour;contre",
            (1, "choix", "Two columns could hold the choice: vote, choix."),
        ),
        ("membre;pour;contre\nana;1;1", (2, "contre", "Two choices are marked: pour, contre.")),
        (
            "membre;pour;contre\nana;beaucoup;",
            (2, "pour", "“beaucoup” is no mark: 1 for the choice, 0 or nothing for the others."),
        ),
        ("membre;choix;date\nana;pour;hier", (2, "date", "“hier” is no day and hour.")),
        (
            "membre;choix;motif\nana;pour;\u202eoui",
            (2, "", "This character cannot be seen: U+202E."),
        ),
        (
            "membre;choix;motif\nana;pour;\x1b[31m",
            (2, "", "This character cannot be seen: U+001B."),
        ),
        (
            "couleur;saveur\nrouge;cerise",
            (1, "", "No line names a column of members and one of choices."),
        ),
        (LOOMIO.replace("html,1,,,", "html,,,,1"), (9, "block", "“block” is no choice.")),
        ("", (1, "", "No line names a column of members and one of choices.")),
    ],
)
def test_each_doubt_has_its_line_and_column(text: str, expected: tuple[int, str, str]) -> None:
    assert faults(text)[:1] == [expected]


def test_a_reason_makes_no_line_of_its_own() -> None:
    assert votes(
        "membre,choix,motif\nana,pour,bien\u2028bob,contre,\n".replace("bob,", "bob;")
    ) == [("ana", "for")]
    assert votes('membre;choix;motif\nana;pour;"bien\nbob;contre;"\n') == [("ana", "for")]


def test_loomio() -> None:
    sheet = read_sheet(LOOMIO, NAMES)
    assert [(vote.member, vote.choice, vote.reason, str(vote.at)) for vote in sheet.votes] == [
        ("ana", "for", "Oui, volontiers", "2026-03-05 10:00:00+00:00"),
        ("bob", "against", "", "2026-03-04 09:00:00+00:00"),
    ]
    assert ([fault.line for fault in sheet.left], sheet.faults) == ([11], [])


def test_limesurvey() -> None:
    known = {**NAMES, "cleo@essais.example": {"cleo"}}
    assert faults(LIMESURVEY) == [(1, "", "No line names a column of members and one of choices.")]
    sheet = read_sheet(LIMESURVEY, known, choice="G01Q01")
    assert [(vote.member, vote.choice) for vote in sheet.votes] == [
        ("ana", "for"),
        ("cleo", "against"),
    ]
    assert [(fault.line, fault.column) for fault in sheet.left] == [(3, "submitdate")]


CODED = LIMESURVEY.replace('"Oui"', '"A1"').replace('"Non"', '"AO2"')
"""Written by us after LimeSurvey's export “question code”, “answer codes”."""
FULL = (
    LIMESURVEY.replace('"id","submitdate"', '"ID de la réponse","Date de soumission"')
    .replace('"token"', '"Code d\'accès"')
    .replace('"email"', '"Adresse de courriel"')
    .replace('"G01Q01"', '"Faut-il ouvrir le samedi ?"')
)
"""The same after its export “full question text”, in French."""
BOTH = (
    LIMESURVEY.replace('"id","submitdate"', '"id. Response ID","submitdate. Date submitted"')
    .replace('"token"', '"token. Access code"')
    .replace('"email"', '"email. Email address"')
    .replace('"G01Q01"', '"G01Q01. Shall we open on Saturday?"')
)
"""And after “question code & question text”."""
BELENIOS = '{"num_tallied":5,"encrypted_tally":[[]],"partial_decryptions":[],"result":[[1,3,1]]}'
"""Written by us after the specification of Belenios, “Election result”."""


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        (LIMESURVEY, "G01Q01"),
        (FULL, "Faut-il ouvrir le samedi ?"),
        (BOTH, "G01Q01"),
        (BOTH, "Shall we open on Saturday?"),
    ],
)
def test_limesurveys_three_ways_of_heading_a_column(text: str, choice: str) -> None:
    sheet = read_sheet(text, {**NAMES, "cleo@essais.example": {"cleo"}}, choice=choice)
    assert [(vote.member, vote.choice, str(vote.at)) for vote in sheet.votes] == [
        ("ana", "for", "2026-03-05 10:00:00"),
        ("cleo", "against", "2026-03-06 10:00:00"),
    ]
    assert ([fault.line for fault in sheet.left], sheet.faults) == ([3], []), (
        "a draft does not count"
    )


def test_limesurveys_codes_of_invitation_may_name_members() -> None:
    """Where a co-op wrote its ids there; other codes are told, with what to export."""
    alone = (
        '"id","submitdate","token","firstname","lastname","G01Q01"\n"1","2026-03-05 '
        '10:00:00","{}","","","Y"\n'
    )
    assert votes(alone.format("ana"), choice="G01Q01") == [("ana", "for")]
    assert votes(alone.format("ana").replace('"",""', '"Ana","Lopes"'), choice="G01Q01") == [
        ("ana", "for")
    ]
    assert (
        faults(alone.format("bob").replace('"",""', '"Ana","Lopes"'), choice="G01Q01")[0][2]
        == "This line names two people."
    )
    assert votes(alone.format("x7").replace('"",""', '"Ana","Lopes"'), choice="G01Q01") == [
        ("ana", "for")
    ]
    (fault,) = read_sheet(alone.format("x7"), NAMES, choice="G01Q01").faults
    assert (fault.column, "export the participants' e-mail" in fault.help.text) == ("token", True)


def test_a_survey_that_keeps_no_days_gives_none() -> None:
    text = LIMESURVEY.replace("2026-03-05 10:00:00", "1980-01-01 00:00:00")
    sheet = read_sheet(text, {**NAMES, "cleo@essais.example": {"cleo"}}, choice="G01Q01")
    assert [vote.at is None for vote in sheet.votes] == [True, False]


def test_codes_of_answers_have_the_meaning_that_is_given_to_them() -> None:
    known = {**NAMES, "cleo@essais.example": {"cleo"}}
    found = read_sheet(CODED, known, choice="G01Q01").faults
    assert [(fault.line, fault.message.values["word"]) for fault in found] == [
        (2, "A1"),
        (4, "AO2"),
    ]
    assert translator("en", shown=str)(found[0].help).endswith('--word "A1=for".')
    sheet = read_sheet(CODED, known, choice="G01Q01", more={"A1": "for", "ao2": "blank"})
    assert ([(vote.member, vote.choice) for vote in sheet.votes], sheet.faults) == (
        [("ana", "for"), ("cleo", "blank")],
        [],
    )
    blocked = LOOMIO.replace("html,1,,,", "html,,,,1")
    assert [
        vote.choice for vote in read_sheet(blocked, NAMES, more={"block": "against"}).votes
    ] == [
        "against",
        "against",
    ]


def test_columns_may_be_named() -> None:
    assert votes("qui;vote;avis\nana;x;pour", who="qui", choice="avis") == [("ana", "for")]
    assert (
        faults("qui;avis\nana;pour", who="quoi")[0][2]
        == "No line names the columns “quoi” and the like."
    )


@pytest.fixture
def voting(root: Path) -> Path:
    (root / "decisions/rules.yml").write_text(RULES + "tellers: [eve]\n")
    (root / "members/ana.yml").write_text(member("2020-01-01") + "email: ana@essais.example\n")
    for file in (root / "decisions/ballots/samedi").iterdir():
        file.unlink()
    (root / "votes.csv").write_text(
        "membre;choix;motif\nana@essais.example;pour;C'est bien\nbob;contre;\ndan;abstention;\n"
    )
    return root


def entered(root: Path, *options: object) -> tuple[int, str]:
    ran = run(
        "import",
        "ballots",
        root / "votes.csv",
        root,
        "--proposal",
        "samedi",
        "--by",
        "eve",
        "--lang",
        "en",
        *options,
    )
    assert "Traceback" not in ran.stderr
    return ran.returncode, ran.stdout + ran.stderr


def written(root: Path) -> list[str]:
    return sorted(
        str(path.relative_to(root))
        for path in (root / "decisions").rglob("*")
        if path.is_file() and "rules" not in path.name
    )


def test_from_a_sheet_to_a_result(voting: Path) -> None:
    status, said = entered(voting, "--at", "2026-03-05T10:00:00+01:00")
    assert (status, "3 ballots written in decisions/ballots/samedi" in said) == (0, True), said
    (voting / "votes.csv").unlink()
    kept = voting / "decisions/evidence/samedi/votes.csv"
    found = yaml.load((voting / "decisions/ballots/samedi/ana.yml").read_text(), yaml.BaseLoader)
    assert {
        name: found[name] for name in ("choice", "reason", "cast_at", "cast_by", "evidence")
    } == {
        "choice": "for",
        "reason": "C'est bien",
        "cast_at": "2026-03-05T10:00:00+01:00",
        "cast_by": "eve",
        "evidence": {
            "file": "decisions/evidence/samedi/votes.csv",
            "sha256": hashlib.sha256(kept.read_bytes()).hexdigest(),
        },
    }
    assert [
        item.message.text for item in checks.check(load(voting, TODAY)) if item.severity == "error"
    ] == []
    ran = run("tally", "samedi", voting, "--lang", "en")
    assert "Not counted" not in ran.stdout
    counts = yaml.load((voting / "decisions/results/samedi.yml").read_text(), yaml.BaseLoader)[
        "counts"
    ]
    assert counts == {"for": "1", "against": "1", "abstain": "1", "blank": "0"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("fay;pour;", "votes.csv:5: “fay” may not vote on this."),
        ("eve;pour;", "votes.csv:5: “eve” may not vote on this."),
        ("cleo;peut-être;", "votes.csv:5: choix: “peut-être” is no choice."),
        ("bob;pour;", "votes.csv:5: “bob” stands here twice, first in line 3."),
    ],
)
def test_one_doubtful_line_and_nothing_is_written(voting: Path, line: str, expected: str) -> None:
    with (voting / "votes.csv").open("a") as out:
        out.write(line + "\n")
    before = written(voting)
    status, said = entered(voting)
    assert (status, expected in said, "1 doubt: nothing was written." in said) == (1, True, True), (
        said
    )
    assert written(voting) == before


def test_nothing_of_a_cell_reaches_the_terminal_as_it_is(voting: Path) -> None:
    (voting / "votes.csv").write_text("membre;\x1b[31mchoix;choix\nana;;" + "x" * 500 + "\n")
    said = entered(voting)[1]
    assert ("\x1b" in said, "x" * 100 in said, "is no choice" in said) == (False, False, True)


def test_who_has_voted_is_not_voted_for(voting: Path) -> None:
    assert entered(voting)[0] == 0
    before = written(voting)
    status, said = entered(voting)
    assert (status, said.count("has voted already")) == (1, 3)
    assert written(voting) == before


@pytest.mark.parametrize("at", ["2026-03-01T10:00:00+01:00", "2026-03-17T10:00:00+01:00"])
def test_ballots_are_cast_while_the_vote_is_open(voting: Path, at: str) -> None:
    assert "Not cast while the vote was open" in entered(voting, "--at", at)[1]


def test_the_proof_may_be_another_file_or_stay_elsewhere(voting: Path) -> None:
    (voting / "Bulletins signés.PDF").write_bytes(b"%PDF")
    assert entered(voting, "--evidence", voting / "Bulletins signés.PDF")[0] == 0
    assert (voting / "decisions/evidence/samedi/bulletins-signes.pdf").read_bytes() == b"%PDF"
    for file in (voting / "decisions/ballots/samedi").iterdir():
        file.unlink()
    assert entered(voting, "--no-copy")[0] == 0
    found = yaml.load((voting / "decisions/ballots/samedi/ana.yml").read_text(), yaml.BaseLoader)
    assert list(found["evidence"]) == ["sha256"]


def test_where_anybody_reads_the_files_the_proof_is_not_copied(voting: Path) -> None:
    coop = voting / "coop.yml"
    coop.write_text(coop.read_text().replace("private", "public"))
    assert "only the fingerprint is kept" in entered(voting)[1]
    assert not (voting / "decisions/evidence").exists()


@pytest.mark.parametrize(
    ("files", "options", "expected"),
    [
        ({}, ("--by", "bob"), "“bob” is no teller of this vote."),
        ({}, ("--proposal", "samdi"), "Did you mean “samedi”?"),
        (
            {"decisions/proposals/samedi.md": PROPOSAL.replace("voting", "rejected")},
            (),
            "This vote is closed",
        ),
        (
            {
                "decisions/rules.yml": RULES
                + "tellers: [eve]\nsecret: {required_for: [election]}\n",
                "decisions/proposals/samedi.md": PROPOSAL.replace(
                    "status:", "subject: election\nstatus:"
                ),
            },
            (),
            "This vote is secret",
        ),
        ({"votes.csv": "PK\x00"}, (), "is no CSV"),
        ({"proof.exe": "x"}, ("--evidence", "proof.exe"), "kept as .pdf"),
    ],
)
def test_misuse_is_told_in_a_sentence(
    voting: Path, files: dict[str, str], options: tuple[str, ...], expected: str
) -> None:
    for name, content in files.items():
        (voting / name).write_text(content)
    status, said = entered(
        voting, *[voting / one if one.endswith(".exe") else one for one in options]
    )
    assert (status, expected in said) == (2, True), said
    assert not (voting / "decisions/evidence").exists()


def test_words_of_a_sheet_are_told_on_the_command_line(voting: Path) -> None:
    (voting / "votes.csv").write_text("membre;choix\nana;A1\nbob;A2\n")
    assert '--word "A1=for"' in entered(voting)[1]
    assert entered(voting, "--word", "A1=pour", "--word", "A2=against", "--word", "a1=for")[0] == 0
    chosen = {
        id: yaml.load((voting / f"decisions/ballots/samedi/{id}.yml").read_text(), yaml.BaseLoader)[
            "choice"
        ]
        for id in ("ana", "bob")
    }
    assert chosen == {"ana": "for", "bob": "against"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("A1",), "“A1” is not a word and its choice, such as A1=for."),
        (("A1=perhaps",), "“A1=perhaps” is not a word and its choice"),
        (("=for",), "“=for” is not a word and its choice"),
        (("A1=for", "a1=contre"), "“a1” is given two meanings."),
    ],
)
def test_a_word_without_one_meaning_is_refused(
    voting: Path, words: tuple[str, ...], expected: str
) -> None:
    status, said = entered(voting, *[part for one in words for part in ("--word", one)])
    assert (status, expected in said) == (2, True), said


@pytest.mark.parametrize("secret", ["", "secret: {required_for: [election]}\n"])
def test_belenios_gives_totals_which_two_tellers_write(voting: Path, secret: str) -> None:
    (voting / "decisions/rules.yml").write_text(RULES + "tellers: [eve]\n" + secret)
    if secret:
        (voting / "decisions/proposals/samedi.md").write_text(
            PROPOSAL.replace("status:", "subject: election\nstatus:")
        )
    (voting / "votes.csv").write_text(BELENIOS)
    status, said = entered(voting)
    assert (status, "Belenios gives totals and no ballots" in said) == (2, True), said
    assert ("decisions/counts/samedi/eve.yml" in said, "this one is not secret" in said) == (
        bool(secret),
        not secret,
    )


@pytest.mark.parametrize("text", ["{}", '{"result": []}', '{"result": 1}', "[1]", "[" * 100_000])
def test_other_json_is_no_result_of_belenios(text: str) -> None:
    assert not is_belenios(text)
    assert is_belenios(BELENIOS)
