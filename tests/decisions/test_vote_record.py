"""Vote records 1 and 2 as docs/VOTE-RECORD.md and docs/VOTE-RECORD-2.md specify them: their
examples are counted again by code that imports nothing of the program, which writes the second.

`support/independent_recount.py` has the digests and counts in less than 60 lines what is given in
files: majority, quorum, second consultation, consent, secret votes. What it does not count
(`is_ordinary`) is counted by `support/independent_full_recount.py`: reviews and comments, proxies,
gates, colleges, what is late, stale or unclear; `support/independent_recount_2.py` adds what format
2 does otherwise. None of them draws up the list of voters (section 8),
nor has the files of a proposed change (4.1).
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from copy import deepcopy
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from coopbook.base.hashing import of_value
from coopbook.base.shipped import shipped
from coopbook.decisions.tally.events import Event
from coopbook.decisions.tally.record import VoteRecord
from coopbook.decisions.tally.terms import APPLIED
from coopbook.decisions.vote_record import CONDUCT, VOTED, figures, has_record_form, recount
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import fields
from support import independent_election as election
from support import independent_full_recount as full
from support import independent_recount as short
from support import independent_recount_2 as second
from support.cases import all_cases
from support.commands import run
from support.coops import TOP
from support.pseudonyms import SALT, hide, pseudonym, write_list
from support.sites import skip_loudly
from support.vote_records import record as random_record
from support.vote_records import record_2 as random_record_2

DOCUMENT = (TOP / "docs" / "VOTE-RECORD.md").read_text(encoding="utf-8")
SECOND = (TOP / "docs" / "VOTE-RECORD-2.md").read_text(encoding="utf-8")
BLOCKS: dict[str, str] = dict(re.findall(r"^```\w+ (\S+)\n(.*?)\n```$", DOCUMENT, re.M | re.S))
BLOCKS_2: dict[str, str] = dict(re.findall(r"^```json (\S+)\n(.*?)\n```$", SECOND, re.M | re.S))
RESULTS = TOP / "decisions" / "results"
SCHEMA = json.loads((shipped("schemas") / "_vote-record.schema.json").read_bytes())
SCHEMA_2 = json.loads((shipped("schemas") / "_vote-record-2.schema.json").read_bytes())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
VALIDATORS = {1: VALIDATOR, 2: jsonschema.Draft202012Validator(SCHEMA_2)}
EXAMPLES = ("four", "samedi")
SEEDS = range(1000)
BROKEN = ("miscounted-result/unreadable", "miscounted-result/other-format")
"""Cases whose records are none."""
FREE = ("audience", "errata", "took_part")
MAJORITY = ("threshold", "tie", "against", "any")
OWN = ("number", "previous", "proposal", "title", "counted_by")
"""What a result says beside what follows from its record."""

COOP = """format: 2
name: Les Essais
languages: [fr, en]
country: CH
repository: private
membership_categories: {salarie: {label: {fr: Salarié·e}}}
forge: {kind: github, url: https://forge.example/essais/livre, branch: main}
"""
RULES = """electorate: {membership: current, except: [suspended], snapshot: opens_at}
categories:
  ordinary:
    channel: either
    min_days: 7
    quorum: {of: for, base: electorate, fraction: 1/3}
    threshold: {base: expressed, fraction: 1/2, op: gt}
    tie: rejected
  special:
    label: {fr: Décision importante}
    channel: either
    min_days: 14
    quorum: {of: represented, base: electorate, fraction: 1/2}
    threshold: {base: expressed, fraction: 2/3, op: gte}
proxies: {allowed: true, holder: member, max_per_member: {value: 1}}
tellers: [hugo]
"""
SAMEDI = """---
title: {fr: Ouvrir le samedi}
audience: members
category: special
status: voting
opens: 2026-03-02T09:00:00+01:00
closes: 2026-03-16T18:00:00+01:00
proxies: [{principal: dan, holder: ana, received_on: 2026-03-02}]
---

On ouvre le samedi matin, dès avril.
"""
KEY = {
    "salt": SALT,
    "voters": {pseudonym(id): id for id in ("ana", "bob", "cleo", "dan", "eve", "gil", "hugo")},
}
ACCOUNTS = {"ana": 1001, "cleo": 1003, "fay": 1006, "hugo": 1008}
BALLOTS = {
    "four/ana": ("for", "2026-01-13T10:00:00+01:00"),
    "four/bob": ("against", "2026-01-14T11:30:00+01:00"),
    "four/cleo": ("for", "2026-01-20T08:15:00+01:00"),
    "four/eve": ("abstain", "2026-01-21T19:40:00+01:00"),
    "four/gil": ("for", "2026-01-22T17:00:00+01:00"),
    "samedi/ana": ("for", "2026-03-03T10:00:00+01:00"),
    "samedi/bob": ("against", "2026-03-04T11:30:00+01:00"),
    "samedi/eve": ("abstain", "2026-03-05T08:15:00+01:00"),
}
COMMENTS = [
    ("cleo", "/voter contre", "2026-03-03T12:00:00+01:00", 11),
    ("ana", "/vote yes for @dan", "2026-03-06T09:00:00+01:00", 12),
    ("fay", "/vote yes", "2026-03-07T20:00:00+01:00", 13),
    ("cleo", "/voter pour", "2026-03-10T18:45:00+01:00", 14),
    ("hugo", "/vote maybe", "2026-03-11T10:00:00+01:00", 15),
]


def member(name: str) -> str:
    period = "" if name == "fay" else "membership: [{from: 2020-01-01, category: salarie}]\n"
    account = (
        f"accounts: [{{forge: github, login: {name}, uid: {ACCOUNTS[name]}}}]\n"
        if name in ACCOUNTS
        else ""
    )
    return (
        f"type: person\nname: {{display: {name.capitalize()}}}\npresence: present\nlisted: false\n"
        f"{period}{account}"
    )


def ballot(name: str, choice: str, at: str) -> str:
    text = f"choice: {choice}\ncast_at: {at}\n"
    if name != "four/gil":
        return text
    hashes = {
        name: digest for name, digest in example("four")["hashes"].items() if name != "events"
    }
    return text + yaml.safe_dump(
        {"cast_by": "hugo", "evidence": {"sha256": "5c" * 32, "where": "armoire"}, "hashes": hashes}
    )


def example(name: str) -> dict[str, Any]:
    """A result as the document prints it."""
    return as_yaml(BLOCKS[f"decisions/results/{name}.yml"])


def written_today(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A record of the document and its result, as the program writes them: in format 2."""
    record, result = hide(example_record(name)), {"format": 2} | example(name)
    result["hashes"] = short.digests(record)
    if "previous" in result:
        result["previous"] = seal(written_today("four")[1])
    return record, result


def example_record(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(BLOCKS[f"decisions/results/{name}.events.json"])
    return found


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2, whose dates and instants are texts."""


CoreLoader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if not pair[0].endswith(":timestamp")]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_yaml(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(text, CoreLoader)
    counts = found.get("counts") or {}
    if None in counts:  # the name of a field is text (section 5.1)
        counts["null"] = counts.pop(None)
    return found


def seal(result: dict[str, Any]) -> str:
    """Section 7"""
    return short.digest({name: value for name, value in result.items() if name not in FREE})


def text_digest(page: str) -> str:
    """Section 4.1, of a proposal's page"""
    _nothing, front, body = re.split(r"^---[ \t]*$\n?", page, maxsplit=2, flags=re.M)
    voted = ("title", "category", "subject", "amends", "election", "rules", "supersedes")
    found = {name: value for name, value in as_yaml(front).items() if name in voted}
    return short.digest(found | {"body": hashlib.sha256(short.normal(body).encode()).hexdigest()})


def is_ordinary(record: dict[str, Any]) -> bool:
    """Whether the short recount counts a record: what is given in files, in time, by its voter or a
    teller.
    """
    rules, vote, category = record["rules"], record["vote"], record["rules"]["category"]
    plain = ("category", "stage", "opens", "closes", "text", "subject", "recused")
    if record["format"] != 1:
        return False
    in_files = all(event["kind"] == "ballot_file" for event in record.get("events", ()))
    unweighted = not rules.get("colleges", {}).get("enabled") and "min" not in category.get(
        "quorum", {}
    )
    return in_files and unweighted and not {*vote} - {*plain} and category.get("tie") != "chair"


def compared(short_figures: dict[str, Any], result: dict[str, Any]) -> None:
    """The short recount's figures are those of a result."""
    for name, value in short_figures.items():
        if name in ("electorate", "represented", "cast", "result"):
            assert value == result[name], name
        elif name in ("for", "against", "abstain", "blank"):
            assert value == result["counts"][name], name
        elif name in ("threshold", "quorum") and name in result:
            assert value.items() <= result[name].items(), name


@lru_cache
def records() -> dict[str, dict[str, Any]]:
    """Every record there is, by where it stands."""
    found = {
        str(file.relative_to(TOP)): json.loads(file.read_bytes())
        for file in sorted(RESULTS.glob("*.events.json"))
    }
    for case in all_cases():
        for files in (case.files, case.files_before or {}):
            found |= {
                f"{case}:{name}": json.loads(content)
                for name, content in files.items()
                if name.endswith(".events.json")
            }
    return found | {name: example_record(name) for name in EXAMPLES}


def readable() -> dict[str, dict[str, Any]]:
    return {name: record for name, record in records().items() if not name.startswith(BROKEN)}


# The document


def test_the_program_writes_the_documents_examples(tmp_path: Path) -> None:
    files = {
        "coop.yml": COOP,
        "decisions/rules.yml": RULES,
        "decisions/proposals/samedi.md": SAMEDI,
    }
    files |= {"decisions/proposals/four.md": BLOCKS["decisions/proposals/four.md"] + "\n"}
    files |= {
        f"members/{name}.yml": member(name)
        for name in ("ana", "bob", "cleo", "dan", "eve", "fay", "gil", "hugo")
    }
    files |= {
        f"decisions/ballots/{name}.yml": ballot(name, *given) for name, given in BALLOTS.items()
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    said = [
        {
            "kind": "comment",
            "login": who,
            "actor_id": ACCOUNTS[who],
            "value": value,
            "at": at,
            "number": number,
        }
        for who, value, at, number in COMMENTS
    ]
    (tmp_path / "said.json").write_text(json.dumps(said))
    for name, options in (("four", []), ("samedi", ["--events", str(tmp_path / "said.json")])):
        write_list(tmp_path, name)
        ran = run("tally", name, tmp_path, "--by", "hugo", "--lang", "en", *options)
        assert ran.returncode == 0, ran.output
        written = tmp_path / "decisions" / "results" / name
        record, result = written_today(name)
        assert json.loads(written.with_suffix(".events.json").read_bytes()) == record
        text = BLOCKS[f"decisions/results/{name}.yml"] + "\n"
        for digest, now in result["hashes"].items():
            text = text.replace(example(name)["hashes"][digest], now)
        text = text.replace(example(name).get("previous", "-"), result.get("previous", "-"))
        text = text.replace("category: ", "format: 2\ncategory: ")
        assert written.with_suffix(".yml").read_text(encoding="utf-8") == text
        assert json.loads(written.with_suffix(".voters.json").read_bytes()) == KEY


def test_the_second_document_gives_the_digests_of_the_examples() -> None:
    four, samedi = (written_today(name)[1] for name in EXAMPLES)
    table = SECOND[SECOND.index("The digests:") :]
    digests = [
        one["hashes"][name] for name in ("rules", "electorate", "events") for one in (four, samedi)
    ]
    assert re.findall(r"\b[0-9a-f]{64}\b", table) == [*digests, samedi["previous"]]
    for name in EXAMPLES:
        record, result = written_today(name)
        expected = {field: value for field, value in result.items() if field not in (*OWN, *FREE)}
        assert second.recount(record) == expected


def test_the_second_document_prints_a_record_with_its_list() -> None:
    printed = {name: json.loads(text) for name, text in BLOCKS_2.items()}
    assert printed == {
        "decisions/results/four.voters.json": KEY,
        "decisions/results/four.events.json": written_today("four")[0],
        "comment": next(
            event for event in written_today("samedi")[0]["events"] if " for @" in event["value"]
        ),
    }


def test_the_second_documents_command_gives_a_pseudonym() -> None:
    if not shutil.which("openssl"):
        skip_loudly("the command of VOTE-RECORD-2.md: openssl is not here")
    (command,) = re.findall(r"^\$ (printf .*)$", SECOND, re.M)
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert ran.stdout.rpartition("= ")[2][:16] == pseudonym("ana")


def test_the_digests_of_the_document_are_those_recounted() -> None:
    first, second = (example(name) for name in EXAMPLES)
    assert [short.digests(example_record(name)) for name in EXAMPLES] == [
        first["hashes"],
        second["hashes"],
    ]
    assert text_digest(BLOCKS["decisions/proposals/four.md"]) == first["hashes"]["text"]
    assert text_digest(SAMEDI) == second["hashes"]["text"]
    assert ("previous" in first, second["previous"]) == (False, seal(first))
    body = hashlib.sha256(BLOCKS["body"].encode()).hexdigest()
    recounted = {
        *first["hashes"].values(),
        *second["hashes"].values(),
        seal(first),
        seal(second),
        body,
        "5c" * 32,
    }
    assert set(re.findall(r"\b[0-9a-f]{64}\b", DOCUMENT)) == recounted


@pytest.mark.parametrize("name", ["text", "rules", "electorate", "seal"])
def test_the_canonical_forms_of_the_document_give_the_digest_that_follows(name: str) -> None:
    text = BLOCKS[name]
    digest = hashlib.sha256(text.encode()).hexdigest()
    after = DOCUMENT[DOCUMENT.index(text) + len(text) :]
    assert re.findall(r"\b[0-9a-f]{64}\b", after)[0] == digest == short.digest(json.loads(text))


def test_the_document_gives_the_length_of_the_whole_record() -> None:
    text = json.dumps(
        example_record("four"), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert re.findall(r"(\d+) bytes", DOCUMENT) == [str(len(text.encode()))]
    assert hashlib.sha256(text.encode()).hexdigest() == example("four")["hashes"]["events"]


def test_the_documents_commands_give_the_digests(tmp_path: Path) -> None:
    if not (shutil.which("jq") and shutil.which("sha256sum")):
        skip_loudly("the commands of VOTE-RECORD.md: jq or sha256sum is not here")
    (tmp_path / "four.events.json").write_text(
        BLOCKS["decisions/results/four.events.json"], encoding="utf-8"
    )
    commands = re.findall(r"^\$ (jq .*)$", DOCUMENT, re.M)
    ran = [
        subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        for command in commands
    ]
    hashes = example("four")["hashes"]
    assert [one.stdout[:64] for one in ran] == [
        hashes["events"],
        hashes["rules"],
        hashes["electorate"],
    ]


def test_every_field_that_is_hashed_or_kept_stands_in_the_document() -> None:
    names = [*VOTED, *CONDUCT, *APPLIED, *(field.name for field in fields(Event))]
    assert [name for name in names if f"`{name}`" not in DOCUMENT] == []


# Counted again


@pytest.mark.parametrize("module", [short, full, second, election])
def test_the_recount_is_independent(module: Any) -> None:
    source = Path(module.__file__).read_text(encoding="utf-8")
    found = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    names = {alias.name for node in found if isinstance(node, ast.Import) for alias in node.names}
    names |= {
        "." * node.level + (node.module or "") for node in found if isinstance(node, ast.ImportFrom)
    }
    own = {full: {".independent_recount"}, second: {".independent_full_recount"}}.get(module, set())
    assert names - own <= sys.stdlib_module_names
    assert not re.search(r"__import__|import_module|exec\(|eval\(", source)


def test_the_short_recount_is_short() -> None:
    source = Path(short.__file__).read_text(encoding="utf-8")
    assert max(map(len, source.splitlines())) <= 100
    assert len([line for line in source.splitlines() if line.strip()]) < 60


def test_the_examples_are_counted_again() -> None:
    for name in EXAMPLES:
        result = example(name)
        expected = {field: value for field, value in result.items() if field not in (*OWN, *FREE)}
        assert full.recount(example_record(name)) == expected
    assert (is_ordinary(example_record("four")), is_ordinary(example_record("samedi"))) == (
        True,
        False,
    )
    compared(short.recount(example_record("four")), example("four"))


@pytest.mark.parametrize("file", sorted(RESULTS.glob("*.yml")), ids=lambda file: file.stem)
def test_every_closed_result_of_the_example_is_counted_again(file: Path) -> None:
    result, record = (
        as_yaml(file.read_text(encoding="utf-8")),
        records()[str(file.with_suffix(".events.json").relative_to(TOP))],
    )
    hashes = {name: one for name, one in result["hashes"].items() if name != "marks"}
    assert short.digests(record) == hashes
    counted = second.recount(record)
    if "election" in result:  # it has a majority of its own (section 5)
        counted = {name: one for name, one in counted.items() if name not in MAJORITY}
    assert counted | {"hashes": result["hashes"]} == {
        name: value for name, value in result.items() if name not in (*OWN, *FREE, "election")
    }
    if is_ordinary(record) and "election" not in result:
        compared(short.recount(record), result)
    if "of" not in record["vote"]:
        assert (
            text_digest(
                (TOP / f"decisions/proposals/{result['proposal']}.md").read_text(encoding="utf-8")
            )
            == result["hashes"]["text"]
        )


def ordinary_record(seed: int) -> dict[str, Any]:
    """A record made up at random, without what the short recount leaves out."""
    record = random_record(seed)
    plain = ("category", "stage", "opens", "closes", "text", "recused")
    record["vote"] = {name: value for name, value in record["vote"].items() if name in plain}
    record["rules"] = {
        name: value
        for name, value in record["rules"].items()
        if name in ("category", "categories", "electorate")
    }
    category = record["rules"]["category"] | {"min_days": 7}
    category["second"] = category.get("second", {}) | {"min_days": 7}
    for part in (category, category["second"]):
        part |= {"tie": "rejected"} if part.get("tie") == "chair" else {}
        part |= {"quorum": part["quorum"] | {"fraction": "1/3"}} if "quorum" in part else {}
        part.get("quorum", {}).pop("min", None)
    record["rules"]["category"] = category
    record["at"] = "2026-04-30T18:00:00+02:00"
    if "events" in record:
        words = ("for", "against", "abstain", "blank")
        given = {
            event["member"]: event
            for event in record["events"]
            if event.get("member") and event["value"] in words
        }
        record["events"] = [
            {name: event[name] for name in ("kind", "value", "at", "member")}
            for event in given.values()
        ]
    return record


def test_the_short_recount_counts_the_ordinary_methods() -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        record = ordinary_record(seed)
        assert is_ordinary(record)
        read = VoteRecord.of(record)
        expected = figures(read, recount(read))
        compared(short.recount(record), expected)
        found = [
            expected["result"],
            f"tie {expected.get('tie')}",
            record["vote"]["stage"],
            expected.get("threshold", {}).get("needed"),
            *record,
        ]
        seen.update(map(str, [*found, *record["rules"]["category"], *expected]))
    kinds = {
        "adopted",
        "rejected",
        "no_quorum",
        "lapsed",
        "tie adopted",
        "tie rejected",
        "second",
        "2/3",
        "quorum",
        "consent",
        "totals",
    }
    assert kinds <= {*seen}, seen
    assert (
        len(
            [
                name
                for name, record in readable().items()
                if name.startswith("decisions/") and is_ordinary(record)
            ]
        )
        >= 10
    )


def test_the_election_of_the_example_is_counted_again_from_each_tellers_sheet() -> None:
    name = "elire-le-cercle-accueil"
    page = (TOP / f"decisions/proposals/{name}.md").read_text(encoding="utf-8").split("---\n")[1]
    asked = as_yaml(page)["election"]
    result = as_yaml((RESULTS / f"{name}.yml").read_text(encoding="utf-8"))
    sheets = sorted((TOP / f"decisions/counts/{name}").glob("*.yml"))
    assert len(sheets) == 2
    for file in sheets:
        sheet = as_yaml(file.read_text(encoding="utf-8"))
        assert election.marks_digest(sheet) == result["hashes"]["marks"]
        rounds, elected = election.recount_stv(asked, sheet)
        assert elected == result["election"]["elected"]
        assert rounds == [
            (
                {one["candidate"]: Fraction(one["votes"]) for one in told["figures"]},
                *(told.get(part, []) for part in ("elected", "excluded", "transferred")),
            )
            for told in result["election"]["rounds"]
        ]


def test_the_chain_of_the_example_holds() -> None:
    results = sorted(
        (as_yaml(file.read_text(encoding="utf-8")) for file in RESULTS.glob("*.yml")),
        key=lambda result: result["number"],
    )
    assert [result["number"] for result in results] == list(range(1, len(results) + 1))
    assert [result.get("previous") for result in results] == [None, *map(seal, results[:-1])]


def test_the_records_of_the_cases_give_what_the_program_finds() -> None:
    every = readable()
    assert len(every) > 30
    for name, record in every.items():
        read = VoteRecord.of(record)
        expected = figures(read, recount(read))
        assert second.recount(record) == expected, name
        if is_ordinary(record):
            compared(short.recount(record), expected)


def test_records_of_every_shape_give_what_the_program_finds() -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        record = random_record(seed)
        read = VoteRecord.of(record)
        expected = figures(read, recount(read))
        assert full.recount(record) == expected, seed
        found = [expected["result"], f"tie {expected.get('tie')}", *expected]
        found += [name for name, number in expected.get("not_counted", {}).items() if number]
        seen.update(found)
    results = {"open", "adopted", "rejected", "no_quorum", "lapsed", "vetoed"}
    ties = {"tie adopted", "tie rejected", "tie chair"}
    parts = {
        "advisory",
        "secret",
        "took_part",
        "quorum",
        "threshold",
        "by_college",
        "objections",
        "refused",
        "stale",
    }
    assert results | ties | parts <= {*seen}, seen


def test_records_2_of_every_shape_give_what_the_program_finds() -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        record = random_record_2(seed)
        read = VoteRecord.of(record)
        expected = figures(read, recount(read))
        assert second.recount(record) == expected, seed
        consent = "consent" in record["rules"]["category"]
        asked = [name for name in ("quorum", "threshold", "against", "any") if name in expected]
        seen.update([f"{'consent' if consent else 'count'} {name}" for name in asked])
        seen.update(f"way {way['adopts']}" for way in expected.get("any", []))
        seen.update(f"{'consent' if consent else 'count'} {expected['result']}" for _one in "1")
        standing = "standing" in record["vote"]
        seen.update(["standing"] if standing else [])
    kinds = {f"{how} {name}" for how in ("consent", "count") for name in ("quorum", "any")}
    kinds |= {"consent threshold", "consent against", "way True", "way False", "standing"}
    kinds |= {"consent rejected", "consent no_quorum", "consent lapsed", "consent adopted"}
    assert kinds <= {*seen}, seen


def test_what_the_first_format_overlooked_it_overlooks_still() -> None:
    """3 for and 10 against by consent, without an objection: adopted then, rejected today."""
    record = example_record("four")
    record["rules"]["category"] |= {"consent": {"max_open_objections": 0, "min_yes": 1}}
    record["rules"]["category"]["quorum"] = {"of": "cast", "fraction": "3/4"}
    then, now = (VoteRecord.of(record | {"format": number}) for number in (1, 2))
    assert (recount(then).result, recount(now).result) == ("adopted", "no_quorum")
    assert recount(then).quorum is None


def test_without_weights_that_sum_to_100_or_with_totals_and_consent_nothing_can_be_counted() -> (
    None
):
    base = example_record("four")
    uneven, secret = deepcopy(base), deepcopy(base)
    uneven["rules"]["colleges"] = {"enabled": True, "weights": {"equipe": 99}}
    del secret["events"]
    secret["totals"] = dict.fromkeys(
        ("for", "against", "abstain", "blank", "null", "participants"), 1
    )
    secret["rules"]["category"]["consent"] = {"max_open_objections": 0, "min_yes": 1}
    for record in (uneven, secret):
        read = VoteRecord.of(record)
        with pytest.raises(ValueError, match="colleges"):
            recount(read)
        with pytest.raises(ValueError):  # noqa: PT011 - any words
            full.recount(record)


# The canonical form

ODD = st.text(
    st.sampled_from(
        "aé\u0301ñ\u0303n "
        "\t\r\n"
        '\x0b\x0c\x1c\x1d\x1e\x1f\x7f\x85\xa0\u2028\u2029\u202f\u3000\u200b"\\/<>\b\x01Å\u212b'
    )
)
VALUES = st.recursive(
    ODD | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner) | st.dictionaries(ODD, inner),
    max_leaves=8,
)


@given(VALUES)
def test_any_value_has_the_digest_that_the_document_describes(value: Any) -> None:
    assert short.digest(value) == of_value(value)


def test_what_is_composed_only_once_it_is_written_is_composed() -> None:
    """In JSON a line break is a backslash and an n, and a tilde may stand after it."""
    value = ["a\n\u0303b"]
    assert (
        hashlib.sha256('["a\\ñb"]'.encode()).hexdigest() == of_value(value) == short.digest(value)
    )


# The schema


def test_the_schema_is_one() -> None:
    for schema in (SCHEMA, SCHEMA_2):
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_record_is_as_the_schema_says() -> None:
    for name, record in (
        readable()
        | {f"1-{seed}": random_record(seed) for seed in SEEDS[:200]}
        | {f"2-{seed}": random_record_2(seed) for seed in SEEDS[:200]}
    ).items():
        validator = VALIDATORS[record["format"]]
        assert [error.message for error in validator.iter_errors(record)] == [], name
        assert has_record_form(record), name
    broken = [record for name, record in records().items() if name.startswith(BROKEN)]
    assert len(broken) == len(BROKEN)
    assert not any(VALIDATOR.is_valid(record) or has_record_form(record) for record in broken)


def test_the_schema_knows_every_field_that_is_written() -> None:
    definitions = SCHEMA_2["$defs"]
    assert set(definitions["event"]["properties"]) == {field.name for field in fields(Event)} - {
        "login",
        "url",
    }
    applied = {"category", "categories", "electorate", *APPLIED}
    assert set(definitions["rules"]["properties"]) == applied - {"tellers"}
    asked = {
        "category",
        "stage",
        "opens",
        "closes",
        "text",
        "of",
        "text_since",
        "subject",
        "standing",
        *CONDUCT,
    }
    assert set(definitions["vote"]["properties"]) == asked
    category = json.loads((shipped("schemas") / "rules.schema.json").read_bytes())["properties"][
        "categories"
    ]["additionalProperties"]["properties"]
    told = {"label", "examples", "notice_days", "agenda_only", "show"}
    assert set(definitions["category"]["properties"]) == set(category) - told


DROPPED: Any = object()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), 3),
        (("format",), True),
        (("format",), DROPPED),
        (("at",), "2026-01-26"),
        (("at",), "2026-01-26T18:00:00"),
        (("salt",), "a" * 32),
        (("note",), "x"),
        (("vote", "text"), "abc"),
        (("vote", "stage"), "third"),
        (("vote", "opens"), DROPPED),
        (("vote", "present"), ["ana"]),
        (("rules", "category", "threshold", "fraction"), "66.67"),
        (("rules", "category", "threshold", "fraction"), "1/0"),
        (("rules", "category", "channel"), DROPPED),
        (("rules", "category", "tie"), "maybe"),
        (("rules", "categories"), DROPPED),
        (("electorate", 0, "id"), DROPPED),
        (("electorate", 0, "accounts"), ["1001"]),
        (("electorate", 0, "email"), "a@b.example"),
        (("events", 0, "kind"), "rumour"),
        (("events", 0, "value"), DROPPED),
        (("events", 0, "at"), "hier"),
        (("events", 0, "actor_id"), "1"),
        (("events", 0, "weight"), 2),
        (("events",), DROPPED),
        (("totals",), {}),
    ],
)
def test_a_broken_record_is_refused(path: tuple[Any, ...], value: Any) -> None:
    record = example_record("four")
    assert VALIDATOR.is_valid(record)
    place: Any = record
    for step in path[:-1]:
        place = place[step]
    if value is DROPPED:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    assert not VALIDATOR.is_valid(record)
    assert not has_record_form(record)


@pytest.mark.parametrize("value", [None, [], "\ud800", {"\ud800": 1}, 1])
def test_what_is_no_record_at_all_is_refused(value: Any) -> None:
    assert not has_record_form(value)


def test_a_secret_vote_has_totals_and_no_events() -> None:
    record = next(record for record in map(random_record, SEEDS) if "totals" in record)
    assert VALIDATOR.is_valid(record)
    assert not VALIDATOR.is_valid(record | {"events": []})
    assert not VALIDATOR.is_valid(record | {"totals": record["totals"] | {"ana": "for"}})
    assert not VALIDATOR.is_valid(
        {name: value for name, value in record.items() if name != "totals"}
    )


def test_how_far_a_journal_had_come_is_kept_and_counts_for_nothing() -> None:
    record = next(one for one in map(random_record_2, SEEDS) if "journal" in one)
    assert has_record_form(record)
    without = {name: value for name, value in record.items() if name != "journal"}
    same = [figures(kept, recount(kept)) for kept in map(VoteRecord.of, (record, without))]
    digests = [one.pop("hashes") for one in same]
    assert same[0] == same[1]
    assert [name for name in digests[0] if digests[0][name] != digests[1][name]] == ["events"]
    assert not has_record_form(record | {"journal": {"entries": 0, "head": "0" * 64}})
    assert not has_record_form(record | {"journal": {"entries": 1}})
