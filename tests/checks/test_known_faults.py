"""With `--base`, an error that was there before, in a file that the change does not touch, is a
warning: nothing else is.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from coopbook import checks
from coopbook.records.load import load
from support.coops import TODAY

COOP = "format: 2\nname: Les Essais\nlanguages: [fr, en]\ncountry: CH\nrepository: private\n"
BROKEN = "---\nnope: 1\n---\n# Tarifs\n"
UNREADABLE = "---\ntitle: [\n---\n# Tarifs\n"
OWNED = "---\nowner: ana-lopes\n---\n# Tarifs\n"


def severities(
    tmp_path: Path, before: dict[str, str], change: dict[str, str | None]
) -> dict[tuple[str, str], str]:
    """What a check with a base says, by check and file; `change` are files added, altered, or
    deleted (None).
    """
    books = []
    after = {name: text for name, text in {**before, **change}.items() if text is not None}
    for name, files in (("before", before), ("after", after)):
        root = tmp_path / name
        for path, text in {"coop.yml": COOP, **files}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        books.append(load(root, TODAY))
    found = checks.check_with_base(*books, checks.check(books[1]))
    return {(item.check, item.file): item.severity for item in found}


@pytest.mark.parametrize(
    ("text", "check"), [(BROKEN, "schema"), (UNREADABLE, "syntax"), (OWNED, "unknown-reference")]
)
def test_fault_of_an_untouched_file_is_a_warning(tmp_path: Path, text: str, check: str) -> None:
    found = severities(tmp_path, {"wiki/tarifs.md": text}, {"wiki/prix.md": "# Prix\n"})
    assert found == {(check, "wiki/tarifs.md"): "warning"}


@pytest.mark.parametrize("text", [BROKEN, UNREADABLE, OWNED])
def test_fault_of_a_touched_file_stays_an_error(tmp_path: Path, text: str) -> None:
    found = severities(tmp_path, {"wiki/tarifs.md": text}, {"wiki/tarifs.md": f"{text}Plus.\n"})
    assert set(found.values()) == {"error"}


def test_fault_whose_cause_is_another_changed_file_is_the_changes(tmp_path: Path) -> None:
    member = "name: {given: Ana, family: Lopes}\n"
    files = {"wiki/tarifs.md": OWNED, "members/ana-lopes.yml": member}
    found = severities(tmp_path, files, {"members/ana-lopes.yml": None})
    assert found["unknown-reference", "wiki/tarifs.md"] == "error"


def test_same_fault_in_a_new_file_is_the_changes(tmp_path: Path) -> None:
    found = severities(tmp_path, {"wiki/tarifs.md": BROKEN}, {"wiki/prix.md": BROKEN})
    assert found == {("schema", "wiki/tarifs.md"): "warning", ("schema", "wiki/prix.md"): "error"}


def test_faults_of_the_files_that_judge_all_others_stay_errors(tmp_path: Path) -> None:
    found = severities(tmp_path, {"coop.yml": f"{COOP}nope: 1\n"}, {"wiki/prix.md": "# Prix\n"})
    assert found == {("schema", "coop.yml"): "error"}
