"""Minutes that were written in an office program come in as a draft."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook import checks
from coopbook.assembly.attendance_list import read_listed_attendance
from coopbook.base.messages import translator
from coopbook.records.load import load
from support.commands import run
from support.coops import TODAY

BODY = "name: {fr: Conseil}\nkind: board\naudience: members\nmandates: []\n"
FILES = {"decisions/bodies/conseil.yml": BODY}
WHAT = ("--body", "conseil", "--date", "2016-11-23", "--lang", "en")


@pytest.mark.parametrize("number", ["", "3"])
def test_a_text_becomes_a_draft_with_its_fingerprint(
    coop: Callable[..., Path], tmp_path: Path, number: str
) -> None:
    root, file = coop(FILES), tmp_path / "conseil.md"
    file.write_text("# Conseil\n\nLe bail est *signé*.\n", encoding="utf-8")
    more = ("--number", number) if number else ()
    done = run("import", "minutes", file, root, *WHAT, *more)
    path = "decisions/minutes/conseil-2016-11-23.md"
    assert (done.returncode, done.stdout) == (0, f"Written: {path}\n"), done.stderr
    written = (root / path).read_text()
    kind = "record: minutes\n" if number else "record: note\n"
    assert written.startswith(f"---\n{kind}")
    assert written.endswith("---\n\n# Conseil\n\nLe bail est *signé*.\n")
    assert hashlib.sha256(file.read_bytes()).hexdigest() in written
    assert ("number: 3\nkind: ordinary\n" in written) == bool(number)
    errors = [item for item in checks.check(load(root, TODAY)) if item.severity == "error"]
    assert errors == []
    again = run("import", "minutes", file, root, *WHAT)
    assert again.returncode == 2
    assert "There is already a file" in again.stderr


@pytest.mark.parametrize(
    ("text", "arguments", "said"),
    [
        ("Oui.", ("--date", "2016-11-23"), "Say which body met, and when"),
        ("Oui.", ("--body", "conseils", "--date", "2016-11-23"), "There is no body “conseils”."),
        (" \n", WHAT, "There is no text in"),
        ("%PDF-", WHAT, "hand in Markdown (.md), .odt or .docx"),
        ("Oui\u202e.", WHAT, "This character cannot be seen"),
        ("mot " * 60_000, WHAT, "Nothing was written."),
    ],
    ids=["no body", "another", "empty", "pdf", "bidi", "long"],
)
def test_nothing_is_written_that_the_check_refuses(
    coop: Callable[..., Path], tmp_path: Path, text: str, arguments: tuple[str, ...], said: str
) -> None:
    root, file = coop(FILES), tmp_path / "conseil.md"
    file.write_text(text, encoding="utf-8")
    done = run(
        "import",
        "minutes",
        file,
        root,
        *arguments,
        *(() if "--lang" in arguments else ("--lang", "en")),
    )
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert not (root / "decisions/minutes").exists()


WHO = {"ana": "Ana Lopes", "bo": "Bo Lind", "cy": "Cy Marec", "di": "Di Roe"}
MEMBER = "type: person\nname: {{display: {}}}\npresence: present\nlisted: false\n"
PEOPLE = {f"members/{id}.yml": MEMBER.format(name) for id, name in WHO.items()}
HERE = [("ana", "present", None), ("bo", "present", None)]
FOR_CY = ("cy", "represented", "ana")


@pytest.mark.parametrize(
    ("text", "rows", "told"),
    [
        ("Étaient présents : Mme Ana Lopes (présidente), LIND Bo.\n", HERE, []),
        ("**Present:** Ana Lopes and Bo Lind\n", HERE, []),
        ("## Présents\n\n- Ana Lopes, présidente de séance\n- Bo Lind\n\nOn ouvre.\n", HERE, [
            "présidente de séance"
        ]),
        ("Présents :\n\n1. Ana Lopes\n2. Bo Lind\n", HERE, []),
        ("Excusés : Di Roe ; Jo Inconnu\n", [("di", "excused", None)], ["Jo Inconnu"]),
        ("Représentés : Cy Marec (représenté par Ana Lopes), Di Roe\n", [
            FOR_CY, ("di", "represented", None)
        ], ["say who represented “Di Roe”"]),
        ("Represented: Cy Marec, represented by Ana Lopes\n", [FOR_CY], []),
        ("Excusés : néant\n", [], []),
        ("Présents : Ana\nExcusés : Lopes Ana\nPrésents : Ana Lopes\n", [
            ("ana", "excused", None)
        ], ["“Ana” is nobody's", "“Ana Lopes” stands there twice"]),
        ("Les présents approuvent : Ana Lopes, Bo Lind.\n", [], []),
        ("Il est présent.\n\n- Ana Lopes\n", [], []),
    ],
)  # fmt: skip
def test_who_was_there_is_read_where_it_is_listed_and_nobody_is_guessed(
    coop: Callable[..., Path],
    tmp_path: Path,
    text: str,
    rows: list[tuple[str, str, str | None]],
    told: list[str],
) -> None:
    index = load(coop(PEOPLE), TODAY).index
    found = read_listed_attendance(index, text)
    assert [
        (row["member"], row["mode"], row.get("holder"))  # type: ignore[union-attr,index,call-overload]
        for row in found.rows
    ] == rows
    said = [translator("en")(one) for one in found.left]
    assert len(said) == len(told)
    assert all(word in one for word, one in zip(told, said, strict=True))


def test_who_was_there_stands_in_the_draft(coop: Callable[..., Path], tmp_path: Path) -> None:
    root, file = coop(FILES | PEOPLE), tmp_path / "conseil.md"
    file.write_text("Présents : Ana Lopes, Jo Inconnu\n", encoding="utf-8")
    done = run("import", "minutes", file, root, *WHAT)
    assert done.returncode == 0, done.stderr
    assert "“Jo Inconnu” is nobody's whole name here. Add them by hand." in done.stderr
    written = (root / "decisions/minutes/conseil-2016-11-23.md").read_text()
    assert "attendance:\n  - member: ana\n    mode: present\n" in written
