"""`coopbook tally`: from files to a result that can be counted again."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from coopbook import checks
from coopbook.base.hashing import of_text, of_value
from coopbook.base.messages import translator
from coopbook.decisions.result_files import count_lock, render_result
from coopbook.decisions.tally.events import instant
from coopbook.decisions.types import Result
from coopbook.decisions.votes import gather_votes
from coopbook.decisions.wording.outcomes import describe_share, is_of_nobody
from coopbook.records.load import load
from support.commands import run, run_process
from support.coops import TODAY
from support.pseudonyms import SALT, pseudonym, write_list
from support.votes import PROPOSAL, RULES, VOTES, ballot, member, result, voted


@pytest.fixture
def root(coop: Callable[..., Path]) -> Path:
    return coop(voted())


def said(root: Path) -> list[str]:
    return [
        translator("en")(item.message)
        for item in checks.check(load(root, TODAY))
        if item.severity == "error"
    ]


def test_a_simple_majority_from_files_to_a_result(root: Path) -> None:
    assert said(root) == []
    ran = run("tally", "samedi", root, "--lang", "en", "--by", "ana")
    assert ran.returncode == 0, ran.stderr
    rows = {line[:24].strip(): line[25:] for line in ran.stdout.splitlines() if line[24:25] == " "}
    assert {
        name: rows[name]
        for name in ("For", "Against", "Abstain", "Did not vote", "Entitled to vote")
    } == {
        "For": "2",
        "Against": "1",
        "Abstain": "1",
        "Did not vote": "0",
        "Entitled to vote": "4",
    }
    assert rows["Quorum"] == "2/4 in favour, at least 1/3 needed: reached"
    assert rows["Majority"] == "2/3 of the votes for or against, more than 1/2 needed: reached"
    assert "Result: Proposal adopted" in ran.stdout
    found = result(root)
    assert (found["result"], found["electorate"], found["counted_by"]) == ("adopted", "4", ["ana"])
    assert found["threshold"] == {
        "base": "expressed",
        "reached": "2/3",
        "needed": "1/2",
        "op": "gt",
        "met": "true",
    }


@pytest.mark.parametrize(
    ("base", "choice", "expected"),
    [
        ("expressed", "", "nobody voted for or against, more than 1/2 needed: not reached"),
        ("expressed", "abstain", "nobody voted for or against, more than 1/2 needed: not reached"),
        ("represented", "", "nobody took part, more than 1/2 needed: not reached"),
        (
            "expressed",
            "against",
            "0/1 of the votes for or against, more than 1/2 needed: not reached",
        ),
        ("electorate", "", "0/4 of all who are entitled, more than 1/2 needed: not reached"),
    ],
)
def test_a_part_of_nothing_says_that_nobody_voted(
    root: Path, base: str, choice: str, expected: str
) -> None:
    """In the table, and from the result as the page reads it; one vote against is not nobody."""
    (root / "decisions/rules.yml").write_text(RULES.replace("base: expressed", f"base: {base}"))
    for id in VOTES:
        file = root / f"decisions/ballots/samedi/{id}.yml"
        file.write_text(ballot(choice)) if choice and id == "ana" else file.unlink()
    ran = run("tally", "samedi", root, "--lang", "en")
    assert f"Majority                 {expected}\n" in ran.stdout, ran.stdout
    result = Result.of(load(root, TODAY).index.entries["result"]["samedi"])
    assert result.threshold is not None
    assert (
        translator("en")(describe_share(result.threshold, is_of_nobody(result.threshold, result)))
        == expected
    )


def test_who_is_of_no_college_is_named_so_in_a_count_by_colleges(root: Path) -> None:
    (root / "decisions/rules.yml").write_text(
        RULES + "colleges: {enabled: true, weights: {equipe: 100}}\n"
    )
    assert (
        "  without a college      2 / 1 / 1 / 0\n"
        in run("tally", "samedi", root, "--lang", "en", "--dry-run").stdout
    )
    told = said(root)
    assert "“equipe” is not in the list “colleges”." in told
    assert sum("this member is of none" in one for one in told) == 5, "fay is no member in law"


def test_the_same_in_french(root: Path) -> None:
    ran = run("tally", "decisions/proposals/samedi.md", root, "--dry-run")
    assert "Résultat\u00a0: Proposition adoptée" in ran.stdout
    assert "16 mars 2026" in ran.stdout
    assert not (root / "decisions/results").exists()


def test_same_bytes_when_counted_again(root: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(root, tmp_path / "copy")
    for folder in (root, copy):
        write_list(folder, "samedi")
        assert run("tally", "samedi", folder).returncode == 0
    for name in ("samedi.yml", "samedi.events.json", "samedi.voters.json"):
        assert (root / "decisions/results" / name).read_bytes() == (
            copy / "decisions/results" / name
        ).read_bytes()
    before = (root / "decisions/results/samedi.yml").read_bytes()
    again = run("tally", "samedi", root, "--lang", "en")
    assert (again.returncode, "says the same" in again.stdout) == (0, True)
    assert (root / "decisions/results/samedi.yml").read_bytes() == before
    assert not [
        file for file in (root / "decisions/results").iterdir() if file.name.startswith(".")
    ]


def test_what_it_was_counted_from_is_kept_with_its_fingerprints(root: Path) -> None:
    run("tally", "samedi", root)
    kept = json.loads((root / "decisions/results/samedi.events.json").read_text())
    names = json.loads((root / "decisions/results/samedi.voters.json").read_text())["voters"]
    assert sorted(names.values()) == ["ana", "bob", "cleo", "dan"]
    assert sorted(names[row["member"]] for row in kept["events"]) == ["ana", "bob", "cleo", "dan"]
    assert [row["id"] for row in kept["electorate"]] == sorted(names)
    text = {
        "title": {"fr": "Ouvrir le samedi"},
        "category": "ordinary",
        "body": of_text("On ouvre le samedi matin."),
    }
    assert result(root)["hashes"] == {
        "text": of_value(text),
        "rules": of_value(kept["rules"]),
        "electorate": of_value([[id, ""] for id in sorted(names)]),
        "events": of_value(kept),
    }


def test_a_result_is_never_changed(root: Path) -> None:
    run("tally", "samedi", root)
    before = (root / "decisions/results/samedi.yml").read_bytes()
    (root / "decisions/ballots/samedi/ana.yml").write_text(ballot("against"))
    ran = run("tally", "samedi", root, "--at", "2026-03-16T18:00:00+01:00", "--lang", "en")
    assert (ran.returncode, "never changed" in ran.stdout) == (1, True)
    assert (root / "decisions/results/samedi.yml").read_bytes() == before


def test_while_the_vote_is_open_nothing_is_told_nor_written(root: Path) -> None:
    ran = run("tally", "samedi", root, "--at", "2026-03-10T12:00:00+01:00", "--lang", "en")
    assert ran.returncode == 0
    assert "The vote is not closed." in ran.stdout
    assert "For " not in ran.stdout
    assert not (root / "decisions/results").exists()


def test_events_of_a_forge_are_counted_with_the_files(root: Path, tmp_path: Path) -> None:
    (root / "members/dan.yml").write_text(
        member("2023-01-01") + "accounts:\n  - {forge: github, login: dan, uid: 77}\n"
    )
    comment = {
        "kind": "comment",
        "value": "/voter contre",
        "at": "2026-03-05T10:00:00+01:00",
        "actor_id": 77,
        "login": "dan",
    }
    stranger = comment | {"actor_id": 78, "login": "xyz"}
    file = tmp_path / "events.json"
    file.write_text(json.dumps([comment, stranger]))
    ran = run("tally", "samedi", root, "--events", file, "--lang", "en")
    assert "“coopbook vote close” holds back those" in ran.stderr
    assert "Result: Proposal rejected" in ran.stdout, ran.stderr
    assert "Not counted, xyz: an account that is no member's" in ran.stdout
    assert result(root)["counts"] == {"for": "2", "against": "2", "abstain": "0", "blank": "0"}
    assert result(root)["tie"] == "rejected"


@pytest.mark.parametrize(
    ("change", "arguments", "expected"),
    [
        ({}, ("samdi",), "Did you mean “samedi”?"),
        ({"decisions/rules.yml": "categories: {}\n"}, ("samedi",), "no rules to count by"),
        ({"decisions/rules.yml": RULES.replace("ordinary", "special")}, ("samedi",), "has faults"),
        (
            {"decisions/proposals/samedi.md": PROPOSAL.replace("closes:", "closed:")},
            ("samedi",),
            "has faults",
        ),
        (
            {
                "decisions/proposals/samedi.md": PROPOSAL.replace(
                    "closes: 2026-03-16T18:00:00+01:00\n", ""
                )
            },
            ("samedi",),
            "opens and closes",
        ),
        (
            {
                "decisions/rules.yml": RULES + "secret: {required_for: [election]}\n",
                "decisions/proposals/samedi.md": PROPOSAL.replace(
                    "status:", "subject: election\nstatus:"
                ),
            },
            ("samedi",),
            "This vote is secret",
        ),
        ({}, ("samedi", "--by", "anna"), "Did you mean “ana”?"),
        ({}, ("samedi", "--at", "2026-03-16"), "not an instant"),
        (
            {"events.json": "[{}]"},
            ("samedi", "--events", "events.json"),
            "no events that can be read",
        ),
        (
            {"events.json": "[" * 100_000},
            ("samedi", "--events", "events.json"),
            "no events that can be read",
        ),
        (
            {
                "events.json": '[{"kind": "comment", "value": "", "at": "2026-03-05T10:00:00Z", "reason": 5}]'  # noqa: E501
            },
            ("samedi", "--events", "events.json"),
            "no events",
        ),
        (
            {
                "decisions/proposals/samedi.md": PROPOSAL.replace(
                    ": 2026-03-02", ": 9999-12-30"
                ).replace(": 2026-03-16", ": 9999-12-31")
            },
            ("samedi",),
            "has faults",
        ),
        (
            {
                "decisions/results/samedi.yml": "",
                "decisions/results/samedi.events.json": "[" * 100_000,
            },
            ("samedi",),
            "cannot be read",
        ),
        (
            {
                "decisions/results/samedi.yml": "",
                "decisions/results/samedi.events.json": '{"vote": []}',
            },
            ("samedi",),
            "cannot be counted",
        ),
        ({"events.json": "{"}, ("samedi", "--events", "events.json"), "no events that can be read"),
        (
            {"events.json": '[{"kind": "comment", "value": "", "at": "2026-03-05"}]'},
            ("samedi", "--events", "events.json"),
            "no events that can be read",
        ),
    ],
)
def test_misuse_is_told_in_a_sentence(
    root: Path, change: dict[str, str], arguments: tuple[str, ...], expected: str
) -> None:
    for name, content in change.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(content)
    name, *options = [str(root / one) if one.endswith(".json") else one for one in arguments]
    ran = run("tally", name, root, "--lang", "en", *options)
    assert ran.returncode == 2
    assert expected in ran.stderr
    assert "Traceback" not in ran.stderr + ran.stdout


COMMENT = {"kind": "comment", "value": "/vote yes", "at": "2026-03-05T10:00:00Z"}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[1]", "event 1: fields were expected, such as “kind”, “value” and “at”."),
        ("5", "a list of events was expected, or such a list named “events”."),
        ('{"events": {}}', "a list of events was expected"),
        ('[\n {"kind":\n]', "line 3, column 1: from here on it is no JSON."),
        ("[" + "9" * 5000 + "]", "a number in it is too long"),
        ([COMMENT, {"kind": "comment"}], "event 2: “value” is missing."),
        (
            [COMMENT | {"kind": "shout"}],
            "event 1: “shout” is no kind of event: review, comment, ballot_file.",
        ),
        ([COMMENT | {"kind": ["comment"]}], "event 1: “kind” must be text."),
        ([COMMENT | {"actor_id": "7"}], "event 1: “actor_id” must be a whole number."),
        ([COMMENT | {"actor_id": True}], "event 1: “actor_id” must be a whole number."),
        ([COMMENT | {"reason": None}], "event 1: “reason” must be text."),
        ([COMMENT | {"reason": "\ud83d"}], "event 1: “reason” holds half a character."),
        (
            [COMMENT | {"loggin": "x"}],
            "event 1: There is no field “loggin” here. Did you mean “login”?",
        ),
        (
            [COMMENT | {"at": "2026-03-05"}],
            "event 1: “2026-03-05” is not an instant such as 2026-01-31T18:00:00+01:00.",
        ),
        (
            [COMMENT | {"at": "0001-01-01T00:00:00+14:00"}],
            "is not of a year between 1500 and 2200.",
        ),
        ([COMMENT | {"edited_at": "later"}], "event 1: “later” is not an instant"),
        ({"events": [], "text": 5}, "“text” must be text."),
        ({"events": [], "text_since": "today"}, "“today” is not an instant"),
    ],
)
def test_what_is_wrong_with_an_event_is_told_in_a_sentence(
    root: Path, tmp_path: Path, content: object, expected: str
) -> None:
    file = tmp_path / "events.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    ran = run("tally", "samedi", root, "--events", file, "--lang", "en", "--dry-run")
    assert (ran.returncode, expected in ran.stderr, ran.stdout) == (2, True, ""), ran.stderr
    assert not [word for word in ("object", "__init__", "dict", "decode") if word in ran.stderr]


def test_the_fields_of_events_are_those_that_the_count_reads(root: Path, tmp_path: Path) -> None:
    row = COMMENT | {
        "edited_at": None,
        "actor_id": 7,
        "number": 3,
        "login": "x",
        "url": "https://forge.example/1",
    }
    (tmp_path / "events.json").write_text(
        "\ufeff" + json.dumps({"events": [row], "text_since": "2026-03-05T10:00:00+01:00"})
    )
    ran = run(
        "tally", "samedi", root, "--events", tmp_path / "events.json", "--lang", "en", "--dry-run"
    )
    assert (ran.returncode, "Not counted, x:" in ran.stdout) == (0, True), ran.stderr


LATER = PROPOSAL.replace("2026-03-16", "2199-03-16")


def test_a_vote_that_is_open_is_not_closed_from_the_future(root: Path) -> None:
    (root / "decisions/proposals/samedi.md").write_text(LATER)
    ran = run("tally", "samedi", root, "--at", "2199-03-17T00:00:00+01:00", "--lang", "en")
    assert (ran.returncode, "that is still to come" in ran.stderr) == (2, True)
    assert not (root / "decisions/results").exists()
    shown = run(
        "tally", "samedi", root, "--at", "2199-03-17T00:00:00+01:00", "--lang", "en", "--dry-run"
    )
    assert (shown.returncode, "The vote is not closed." in shown.stdout) == (0, True)
    assert not [word for word in ("For ", "Quorum", "adopted") if word in shown.stdout]
    (root / "decisions/rules.yml").write_text(RULES.replace("after_close", "live"))
    assert (
        "For "
        in run(
            "tally",
            "samedi",
            root,
            "--at",
            "2199-03-17T00:00:00+01:00",
            "--lang",
            "en",
            "--dry-run",
        ).stdout
    )


def counted_in(root: Path, at: str) -> None:
    """A result whose figures hold, counted by hand as of some instant."""
    entry = (book := load(root, TODAY)).index.entries["proposal"]["samedi"]
    record = gather_votes(book.index, entry, instant(at))
    (root / "decisions/results").mkdir()
    for path, content in render_result(book.index, entry, record).items():
        (root / path).write_bytes(content)


def test_a_result_of_a_day_to_come_is_refused_by_the_check(root: Path) -> None:
    (root / "decisions/proposals/samedi.md").write_text(LATER)
    counted_in(root, "2199-03-17T00:00:00+01:00")
    assert said(root) == ["Counted on a day that is still to come."]


@pytest.mark.parametrize(
    "status", ["draft", "open", "withdrawn", "lapsed", "superseded", "vetoed", "adopted"]
)
def test_what_is_not_put_to_the_vote_gets_no_result(root: Path, status: str) -> None:
    (root / "decisions/proposals/samedi.md").write_text(
        PROPOSAL.replace("status: voting", f"status: {status}")
    )
    ran = run("tally", "samedi", root, "--lang", "en")
    assert (ran.returncode, "is not open to vote" in ran.stderr, ran.stdout) == (2, True, "")
    assert not (root / "decisions/results").exists()
    assert "For " in run("tally", "samedi", root, "--lang", "en", "--dry-run").stdout


@pytest.mark.parametrize("status", ["draft", "open", "withdrawn"])
def test_a_result_beside_what_was_not_put_to_the_vote_is_refused_by_the_check(
    root: Path, status: str
) -> None:
    counted_in(root, "2026-03-16T18:00:00+01:00")
    assert said(root) == []
    page = root / "decisions/proposals/samedi.md"
    page.write_text(PROPOSAL.replace("status: voting", f"status: {status}"))
    assert any("is not put to the vote" in one for one in said(root))


@pytest.mark.parametrize(
    ("file", "content", "expected"),
    [
        (
            "decisions/proposals/samedi.md",
            PROPOSAL.replace("closes: 2026-03-16", "closes: 2026-03-01"),
            "The vote closes before it opens.",
        ),
        (
            "decisions/proposals/samedi.md",
            PROPOSAL.replace("closes: 2026-03-16", "closes: 2026-03-05"),
            "less than the 7 days",
        ),
        (
            "decisions/ballots/samedi/dan.yml",
            "choice: perhaps\n",
            "decisions/ballots/samedi/dan.yml",
        ),
        ("decisions/ballots/samedi/eve.yml", ballot("for"), "was not yet a member in law"),
    ],
)
def test_what_the_check_refuses_is_not_counted_for_good(
    root: Path, file: str, content: str, expected: str
) -> None:
    (root / file).write_text(content)
    ran = run("tally", "samedi", root, "--lang", "en")
    assert (ran.returncode, expected in ran.stderr, "Nothing was written" in ran.stderr) == (
        1,
        True,
        True,
    ), ran.stderr
    assert not (root / "decisions/results").exists()


def test_counts_at_the_same_time_get_a_number_each(root: Path) -> None:
    names = ["samedi", *(f"jour-{number}" for number in range(5))]
    for name in names[1:]:
        (root / f"decisions/proposals/{name}.md").write_text(PROPOSAL)
        shutil.copytree(root / "decisions/ballots/samedi", root / "decisions/ballots" / name)
    before = {path.name for path in root.iterdir()}
    with ThreadPoolExecutor(len(names)) as pool:
        ran = list(pool.map(lambda name: run_process("tally", name, root, "--lang", "en"), names))
    assert [one.returncode for one in ran] == [0] * len(names), [one.stderr for one in ran]
    assert sorted(str(result(root, name)["number"]) for name in names) == [
        str(number + 1) for number in range(len(names))
    ]
    assert ({path.name for path in root.iterdir()}, said(root)) == (before, [])


def locked_by_another_user(folder: str) -> int:
    """Take the folder's lock as somebody who may only read there: 0 where it was free. For a
    process of its own.
    """
    try:
        if os.getuid() == 0:
            os.setuid(65534)
        fcntl.flock(os.open(folder, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return 1
    return 0


@pytest.mark.parametrize("git", [False, True])
def test_two_users_of_one_folder_do_not_count_at_once(git: bool) -> None:
    """Another user, who may only read here."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / ".git").mkdir() if git else None

        def free() -> bool:
            child = os.fork()
            if not child:
                os._exit(locked_by_another_user(folder))
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

        assert free()
        with count_lock(Path(folder)):
            assert not free()
        assert free()
        assert [path for path in Path(folder).rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "content", ["[]", "null", "{}", '"x"', "[1]", '{"format": 2}', '"\\ud800"']
)
def test_a_result_whose_events_say_nothing_is_not_counted_anew(root: Path, content: str) -> None:
    run("tally", "samedi", root)
    (root / "decisions/results/samedi.events.json").write_text(content)
    (root / "decisions/ballots/samedi/ana.yml").write_text(ballot("against"))
    ran = run("tally", "samedi", root, "--lang", "en")
    assert (ran.returncode, "cannot be counted again" in ran.stderr, ran.stdout) == (2, True, "")
    assert any("missing or cannot be read" in one for one in said(root))


def test_of_a_list_that_was_there_before_no_name_is_taken(root: Path) -> None:
    """It would make two voters one."""
    file = root / "decisions/results/samedi.voters.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"salt": SALT, "voters": {pseudonym("ana"): "bob"}}))
    assert run("tally", "samedi", root).returncode == 0
    names = json.loads(file.read_text())["voters"]
    assert names == {pseudonym(id): id for id in ("ana", "bob", "cleo", "dan")}
    assert result(root)["electorate"] == "4"


@pytest.mark.parametrize(
    "content",
    ["", "[", "[]", "null", '{"voters": 1}', '{"voters": {"0123456789abcdef": "\\ud800"}}'],
)
def test_a_list_of_voters_that_is_none_is_told_and_nothing_else(root: Path, content: str) -> None:
    run("tally", "samedi", root)
    (root / "decisions/results/samedi.voters.json").write_text(content)
    ran = run("check", root, "--lang", "en")
    assert "decisions/results/samedi.voters.json:1:1:" in ran.stdout
    again = run("tally", "samedi", root, "--lang", "en")
    assert (again.returncode, "says the same" in again.stdout) == (0, True), again.output
