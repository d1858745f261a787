"""A table of all members gives the same members again, into an empty co-op and over those there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coopbook import checks
from coopbook.records.load import load
from coopbook.yaml_files.reader import parse
from support.commands import run
from support.coops import TODAY, copied_example

ODD = """type: person
name: {display: "=1+1 d'Arc", sort: "'=x"}
headline: {fr: "+33, « oui »; \\"non\\""}
bio:
  fr: |
    Une ligne ; une | autre.

    - fin
  en: "- one line"
referent_for: ["a; b", c, "[d"]
skills: [typographie]
languages: {fr: native, en: c1}
place: {city: Nantes, postcode: "01000", country: FR, lat: 47.2, lon: -1.5}
phone: "+33639980011"
offers:
  - {id: un, title: {fr: "Un; deux"}, kind: offer, audience: public, price: {amount: "450.00",
     currency: EUR, unit: day}}
membership: [{from: 2020-01-01, until: 2021-01-01, category: salarie}]
presence: paused
listed: false
"""


def values(root: Path) -> dict[str, object]:
    """What each member's file says, whatever lines end a text."""

    def bare(value: object) -> object:
        if isinstance(value, dict):
            return {name: bare(part) for name, part in value.items()}
        if isinstance(value, list):
            return [bare(part) for part in value]
        return value.rstrip() if isinstance(value, str) else value

    return {
        path.stem: bare(parse(path.read_bytes(), front_matter=False).value)
        for path in sorted((root / "members").rglob("*.yml"))
    }


def test_a_table_of_all_members_gives_them_again(tmp_path: Path) -> None:
    root, file = copied_example(tmp_path / "coop"), tmp_path / "membres.csv"
    (root / "members/odd.yml").write_text(ODD)
    before = values(root)
    done = run("export", "members", file, root, "--lang", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert file.read_bytes().startswith(b"\xef\xbb\xbfid;type;")
    same = run("import", "members", file, root, "--lang", "en")
    assert f"As they are: {len(before)}. Refused: 0." in same.stdout, same.output
    for path in (root / "members").rglob("*.yml"):
        path.unlink()
    back = run("import", "members", file, root, "--lang", "en", "--today", TODAY.isoformat())
    assert f"New: {len(before)}." in back.stdout, back.output
    assert "Written otherwise" not in back.stdout
    assert values(root) == before
    again = tmp_path / "encore.csv"
    run("export", "members", again, root)
    assert again.read_bytes() == file.read_bytes()


def test_a_table_is_never_written_over(coop: Callable[..., Path], tmp_path: Path) -> None:
    root, file = coop(), tmp_path / "membres.csv"
    file.write_text("à moi")
    done = run("export", "members", file, root, "--lang", "en")
    assert (done.returncode, file.read_text()) == (2, "à moi")
    done = run("export", "members", tmp_path / "membres.xlsx", root, "--lang", "en")
    assert (done.returncode, "Give the file the ending .csv." in done.stderr) == (2, True)
    done = run("export", "members", tmp_path / "none" / "m.csv", root, "--lang", "en")
    assert (done.returncode, "There is no folder" in done.stderr) == (2, True)


def test_what_is_changed_in_a_spreadsheet_comes_back(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    start = "type: person\nname: {display: Ana}\npresence: present\nlisted: false\n"
    root = coop({"members/ana.yml": start})
    file = tmp_path / "m.csv"
    run("export", "members", file, root)
    file.write_bytes(file.read_bytes().replace(b"Ana", b"Ana Lopes"))
    done = run("import", "members", file, root, "--update", "--lang", "en")
    assert "name.display: Ana → Ana Lopes" in done.stdout
    assert (root / "members/ana.yml").read_text() == start.replace("Ana", "Ana Lopes")
    assert [one for one in checks.check(load(root, TODAY)) if one.severity == "error"] == []
