"""Minutes that were written in an office program come in as a draft."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook import checks
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
