"""Members who were kept in a table or a folder come in, each line by itself, and nobody is listed,
overwritten or lost in silence.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from coopbook import checks
from coopbook.records.load import load
from PIL import Image
from support.commands import Ran, run
from support.coops import TODAY
from support.workbooks import ods, ods_row, xlsx, zipped

FRENCH = {
    "coop.yml": "format: 2\nname: Les Essais\nlanguages: [fr, en]\ncountry: FR\n"
    "repository: private\nsituations: {cape: {label: {fr: Contrat d'appui}}}\n"
    "offices: {nantes: {name: {fr: Antenne de Nantes}, city: Nantes, country: FR}}\n"
    "membership_categories: {salarie: {label: {fr: Salarié·e}}}\n"
}
Coop = Callable[..., Path]


def bring(root: Path, data: bytes | str, *given: str, name: str = "liste.csv") -> Ran:
    file = root.parent / name
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return run("import", "members", file, root, *given, "--lang", "en")


def read(root: Path, id: str) -> dict[str, object]:
    text = (root / f"members/{id}.yml").read_text(encoding="utf-8")
    found: dict[str, object] = yaml.load(text, yaml.BaseLoader)
    return found


def ids(root: Path) -> list[str]:
    return sorted(path.stem for path in (root / "members").glob("*.yml"))


def errors(root: Path) -> list[str]:
    return [
        f"{item.file}: {item.message.text}"
        for item in checks.check(load(root, TODAY))
        if item.severity == "error" and item.file != "coop.yml"
    ]


LIST = (
    "Nom;Prénom;Courriel;Tél;Métiers;Compétences;Ville;Code postal;Pays;Date d'adhésion;Site web\n"
    "Lopes;Ana;ana@essais.example;06 39 98 00 12;Photographe, graphiste;;Nantes;44000;France;"
    "12/03/2024;http://ana.example\n"
    "LE GOFF;Claire;claire@essais.example;639980013;Rédactrice web;;Bourg;1000;FR;"
    "1er avril 2024;www.claire.example\n"
)
AS_MEMBER = ("--set", "membership.category=Salarié·e")


def test_a_french_table_comes_in_by_itself(coop: Coop) -> None:
    root = coop(FRENCH)
    done = bring(root, LIST.encode("cp1252"), *AS_MEMBER)
    assert done.returncode == 0, done.output
    assert "Windows-1252, columns parted by ;" in done.stdout
    assert ids(root) == ["ana-lopes", "claire-le-goff"]
    ana = read(root, "ana-lopes")
    assert ana["name"] == {"given": "Ana", "family": "Lopes", "display": "Ana Lopes"}
    assert ana["email"] == "ana@essais.example"
    assert ana["phone"] == "+33 6 39 98 00 12"
    assert ana["trades"] == ["photographe", "graphisme"]
    assert ana["place"] == {"city": "Nantes", "postcode": "44000", "country": "FR"}
    assert ana["membership"] == [{"from": "2024-03-12", "category": "salarie"}]
    assert ana["website"] == "https://ana.example"
    assert (ana["type"], ana["presence"], ana["listed"]) == ("person", "present", "false")
    claire = read(root, "claire-le-goff")
    assert claire["phone"] == "+33 6 39 98 00 13"
    assert claire["place"]["postcode"] == "01000"  # type: ignore[index]
    assert claire["membership"] == [{"from": "2024-04-01", "category": "salarie"}]
    assert errors(root) == []


def test_ids_addresses_and_consents_are_shown_and_a_dry_run_writes_nothing(coop: Coop) -> None:
    root = coop(FRENCH)
    table = "Nom,E-mail,Accord annuaire\nAna Lopes,ana@essais.example,2026-03-01\nLéna,,\n"
    done = bring(root, table, "--dry-run")
    assert (done.returncode, ids(root)) == (0, [])
    assert (
        "members/ana-lopes.yml: Ana Lopes · ana@essais.example · consent: directory 2026-03-01 · "
        "listed\n" in done.stdout
    )
    assert "members/lena.yml: Léna · not listed\n" in done.stdout
    assert "Nothing was written." in done.stdout
    assert bring(root, table).returncode == 0
    assert read(root, "ana-lopes")["listed"] == "true"
    assert read(root, "ana-lopes")["consents"] == [{"purpose": "directory", "given": "2026-03-01"}]
    assert read(root, "lena")["listed"] == "false"
    assert errors(root) == []


def test_nobody_is_listed_without_a_consent_even_where_the_table_says_so(coop: Coop) -> None:
    root = coop(FRENCH)
    done = bring(root, "Nom,listed\nAna Lopes,oui\n")
    assert read(root, "ana-lopes")["listed"] == "false"
    assert "there is no consent for the directory: not listed" in done.stdout


def test_a_second_run_gives_the_same_ids_and_changes_nothing(coop: Coop) -> None:
    root = coop(FRENCH)
    bring(root, LIST, *AS_MEMBER)
    before = {id: (root / f"members/{id}.yml").read_bytes() for id in ids(root)}
    again = bring(root, LIST, *AS_MEMBER)
    assert (again.returncode, "There is nothing to write." in again.stdout) == (0, True)
    assert "As they are: 2." in again.stdout
    assert {id: (root / f"members/{id}.yml").read_bytes() for id in ids(root)} == before


def test_whoever_is_there_is_changed_only_where_it_is_asked_for(coop: Coop) -> None:
    root = coop(FRENCH)
    bring(root, LIST, *AS_MEMBER)
    file = root / "members/ana-lopes.yml"
    file.write_text("# À la main.\n" + file.read_text())
    before = file.read_bytes()
    moved = LIST.replace("Nantes;44000", "Rennes;35000")
    shown = bring(root, moved, *AS_MEMBER)
    assert "members/ana-lopes.yml\n    place.city: Nantes → Rennes\n" in shown.stdout
    assert file.read_bytes() == before
    done = bring(root, moved, *AS_MEMBER, "--update")
    assert done.returncode == 0
    assert file.read_text() == before.decode().replace("Nantes", "Rennes").replace("44000", "35000")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("Nom,E-mail\nAna,a@b.example\nLéna,A@b.example\n", "stands on another line too: 3."),
        ("Nom,GitHub\nAna,https://github.com/x\nLéna,x\n", "“x” stands on another line too"),
        ("id,Nom\nana,Ana\nana,Léna\n", "Another line has the id “ana” too."),
        ("Nom,Ville\nAna,\nAna,\n", "give each an e-mail or an id."),
    ],
    ids=["address", "account", "id", "name"],
)
def test_two_people_with_one_of_what_one_has_are_refused(coop: Coop, table: str, said: str) -> None:
    root = coop(FRENCH)
    done = bring(root, table)
    assert said in done.stdout
    assert len(ids(root)) <= 1


def test_an_address_of_somebody_who_is_there_is_refused(coop: Coop) -> None:
    root = coop(FRENCH)
    bring(root, "Nom,E-mail\nAna Lopes,a@b.example\n")
    done = bring(root, "Nom,E-mail\nLéna Moreau,a@b.example\nAna Lopes,c@b.example\n")
    assert "line 2: “a@b.example” is already that of members/ana-lopes.yml (Ana Lopes).\n" in (
        done.stdout
    )
    assert "line 3: members/ana-lopes.yml has this name and another address." in done.stdout
    assert (done.returncode, ids(root)) == (1, ["ana-lopes"])


def test_namesakes_with_addresses_of_their_own_keep_their_ids(coop: Coop) -> None:
    root = coop(FRENCH)
    table = "Nom,E-mail\nAna Lopes,a@b.example\nAna Lopes,c@b.example\n"
    bring(root, table)
    assert ids(root) == ["ana-lopes", "ana-lopes-2"]
    turned = "Nom,E-mail\nAna Lopes,c@b.example\nAna Lopes,a@b.example\n"
    assert "As they are: 2." in bring(root, turned).stdout


def test_each_value_that_cannot_be_taken_is_named_with_its_line(coop: Coop) -> None:
    root = coop(FRENCH)
    done = bring(
        root,
        "Nom,E-mail,Tél,Métier,Date d'adhésion,Référente,Site\n"
        "Ana Lopes,ana chez essais,12,Full-stack,31/02/2024,Personne,https://ana lopes\n"
        "Léna Moreau,=A1,,photographe,05/06/24,,\n",
        *AS_MEMBER,
        "--map",
        "Référente=adviser",
    )
    out = done.stdout
    assert ids(root) == ["ana-lopes", "lena-moreau"]
    assert "Métier: Did you mean" in out or "Métier: “Full-stack” (l. 2)" in out
    for said in (
        "E-mail: ",
        "Tél: ",
        "Date d'adhésion: This is no day such as 2026-01-31. “31/02/2024” (l. 2)",
        "Date d'adhésion: Write the year with its four digits. “05/06/24” (l. 3)",
        "Référente: Nobody is called so. “Personne” (l. 2)",
        "E-mail: This is a formula, not its result. “=A1” (l. 3)",
    ):
        assert said in out, out
    assert "email" not in read(root, "ana-lopes")
    assert errors(root) == []


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        (["01/02/2024", "25/02/2024"], ["2024-02-01", "2024-02-25"]),
        (["01/02/2024", "02/25/2024"], ["2024-01-02", "2024-02-25"]),
        (["2024-02-01", "1 février 2024"], ["2024-02-01", "2024-02-01"]),
        (["February 1, 2024", "2024-02-01T10:00:00"], ["2024-02-01", "2024-02-01"]),
    ],
)
def test_days_are_read_by_their_column(coop: Coop, days: list[str], wanted: list[str]) -> None:
    root = coop(FRENCH)
    rows = "".join(f"Membre {letter};{day}\n" for letter, day in zip("ab", days, strict=True))
    bring(root, f"Nom;Membre depuis\n{rows}", *AS_MEMBER)
    assert [read(root, f"membre-{one}")["membership"][0]["from"] for one in "ab"] == wanted  # type: ignore[index]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "holds no line"),
        ("Nom,E-mail\n", "has names of columns and no line below them"),
        ("un,deux\n1,2\n", "No line of this table names a field."),
        ("Nom,E-mail,Mail\nAna,a@b.example,\n", "Two columns are email: “E-mail” (column 2)"),
        ('Nom,E-mail\nAna,"a@b.example\n', "a quotation mark may be open"),
        ("%PDF-1.4", "This is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "Excel file of the old sort"),
        (b"PK\x03\x04 half", "damaged or protected by a password"),
        (
            "Nom;Ville\nAna;Nantes\nL\x00ena;Rennes-sur-Mer\n",
            "Line 3 of this file holds a sign",
        ),
        ("Nom\n" + "A" * 100_001, "From line 2 on, a cell holds more than 100000 signs."),
        (b"\x89PNG\r\n\x1a\n\x00", "This is no table"),
        ("<html>", "This is no table"),
    ],
    ids=[
        "empty",
        "head",
        "other",
        "twice",
        "open",
        "pdf",
        "xls",
        "half",
        "nul",
        "long",
        "png",
        "html",
    ],
)
def test_what_is_no_table_is_told(coop: Coop, table: str | bytes, said: str) -> None:
    root = coop(FRENCH)
    done = bring(root, table)
    assert done.returncode in {1, 2}
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert ids(root) == []


def test_half_a_file_loses_its_last_line_alone_and_says_so(coop: Coop) -> None:
    root = coop(FRENCH)
    whole = "Nom,Ville,E-mail,Tél\nAna,Nantes,a@b.example,\nLéna,Préf"
    done = bring(root, whole.encode()[:-1])
    assert "line 3: The file ends in the middle of this line." in done.stdout
    assert ids(root) == ["ana"]


def test_titles_above_and_names_again_are_left_out(coop: Coop) -> None:
    root = coop(FRENCH)
    table = (
        "Liste des membres;;\n;;\nNom;Ville;E-mail\nAna;;\nNom;Ville;E-mail\nLéna;;a@b.example;x\n"
    )
    done = bring(root, table)
    assert "1 line above the names of the columns was left out." in done.stderr
    assert "The names of the columns stand again and were left out: 5." in done.stderr
    assert "line 6: It has more values than there are columns." in done.stdout
    assert ids(root) == ["ana"]


def test_a_column_can_be_named_and_left_out(coop: Coop) -> None:
    root = coop(FRENCH)
    table = "Qui,Mots,Fiche\nAna,Je dessine,https://a.example/1\n"
    done = bring(root, table, "--map", "Qui=name.display", "--map", "Mots=headline.en")
    assert read(root, "ana")["headline"] == {"en": "Je dessine"}
    assert read(root, "ana")["links"] == [{"label": "Fiche", "url": "https://a.example/1"}]
    assert done.returncode == 0
    wrong = bring(root, table, "--map", "Quoi=name.display")
    assert "There is no column “Quoi”." in wrong.stderr
    wrong = bring(root, table, "--map", "Qui=zork.zork")
    assert "There is no field “zork.zork”." in wrong.stderr


def test_excel_comes_in_with_results_of_formulas_and_merged_cells(coop: Coop) -> None:
    root = coop(FRENCH)
    rows = [
        ["Nom", "Ville", "E-mail", "Pays"],
        ["Ana Lopes", "Nantes", '=CONCATENATE("ana","@b.example")|ana@b.example', "FR"],
        ["Léna Moreau", "", "=A9|", "FR"],
    ]
    merged = '<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>'
    done = bring(root, xlsx({"Vide": [], "Liste": rows}), name="l.xlsx")
    assert done.returncode == 0, done.output
    assert "sheet “Liste”" in done.stdout
    assert "2 cells are worked out by formulas" in done.stderr
    assert "has no result" in done.stderr
    assert read(root, "ana-lopes")["email"] == "ana@b.example"
    done = bring(root, xlsx({"Liste": rows, "Autre": rows}, more=merged), "--update", name="l.xlsx")
    assert read(root, "lena-moreau")["place"]["city"] == "Nantes"  # type: ignore[index]
    assert "Other sheets were not read: Autre." in done.stderr
    assert "There is no sheet “X”" in bring(root, xlsx({"L": rows}), "--sheet", "X").stderr


def test_an_opendocument_sheet_comes_in(coop: Coop) -> None:
    root = coop(FRENCH)
    span = (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>Ana</text:p>'
        '</table:table-cell><table:table-cell office:value-type="string" '
        'table:number-rows-spanned="2"><text:p>Je dessine</text:p></table:table-cell>'
        "</table:table-row><table:table-row>"
        '<table:table-cell office:value-type="string"><text:p>Léna</text:p></table:table-cell>'
        "<table:covered-table-cell/></table:table-row>"
    )
    done = bring(root, ods(ods_row("Nom", "Accroche") + span), name="l.ods")
    assert ids(root) == ["ana", "lena"], done.output
    assert read(root, "lena")["headline"] == {"fr": "Je dessine"}


def test_what_would_fill_the_memory_is_refused_at_once(coop: Coop) -> None:
    root = coop(FRENCH)
    far = '<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>'
    many = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'table:number-columns-repeated="1000" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell></table:table-row>"
    )
    spoiled = bytearray(xlsx({"L": [["Nom"], ["Ana"]]}))
    spoiled[60:90] = b"\xff" * 30
    open_ended = ods(ods_row("Nom") + "</table:table-row>")
    unpacked = zipped({"xl/workbook.xml": "<a/>", "xl/big.xml": " " * 61_000_000})
    entity = zipped({"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'})
    for data, said in (
        (xlsx({"L": [["Nom"], ["Ana"]]}, cells=far), "This table is too big"),
        (ods(ods_row("Nom") + many), "This table is too big"),
        (bytes(spoiled), "damaged or protected"),
        (open_ended, "damaged or protected"),
        (unpacked, "too big once unpacked"),
        (entity, "abbreviations of its own"),
    ):
        done = bring(root, data)
        assert (done.returncode, said in done.stderr) == (1, True), done.output
    assert ids(root) == []


def test_a_public_repository_keeps_no_address(coop: Coop) -> None:
    root = coop({"coop.yml": FRENCH["coop.yml"].replace("private", "public")})
    done = bring(root, "Nom,E-mail\nAna Lopes,a@b.example\n")
    assert ids(root) == ["ana-lopes"]
    assert "a@b.example" not in (root / "members/ana-lopes.yml").read_text()
    assert "everybody can read this repository" in done.stdout
    assert errors(root) == []
    assert "As they are: 1." in bring(root, "Nom,E-mail\nAna Lopes,a@b.example\n").stdout


def test_a_folder_of_files_with_fields_comes_in(coop: Coop, tmp_path: Path) -> None:
    root, folder = coop(FRENCH), tmp_path / "authors"
    folder.mkdir()
    for name, text in {
        "ana.lopes.md": "---\nfullname: Ana Lopes\ngithub: ana-l\n"
        "competences: [Typographie, Zork]\nlieu: {ville: Nantes}\n---\n\n"
        "Je dessine.\n\nDepuis toujours.\n",
        "lena.md": "---\nfullname: Léna\n---\n",
        "wrong.md": "---\nfullname: &a x\n---\n",
        "plain.md": "Rien.\n",
    }.items():
        (folder / name).write_text(text)
    done = run("import", "members", folder, root, "--lang", "en")
    assert ids(root) == ["ana-lopes", "lena"], done.output
    ana = read(root, "ana-lopes")
    assert ana["accounts"] == [{"forge": "github", "login": "ana-l"}]
    assert ana["skills"] == ["typographie"]
    assert ana["bio"] == {"fr": "Je dessine.\n\nDepuis toujours.\n"}
    assert "Zork" in done.stdout
    assert "  wrong.md: " in done.stdout
    assert "  plain.md: This file has no fields above its text." in done.stdout
    assert errors(root) == []


def test_photos_beside_files_come_in_with_a_consent_alone(coop: Coop, tmp_path: Path) -> None:
    root, folder = coop(FRENCH), tmp_path / "authors"
    folder.mkdir()
    exif = Image.Exif()
    exif[0x010F] = "Appareil"  # the maker, as a telephone writes it
    for name, side in (("ana", 900), ("lena", 300), ("noe", 20), ("autre", 300)):
        photo = Image.new("RGB", (side, side), (20, 90, 80))
        photo.save(folder / f"{name}.jpg", exif=exif)
    (folder / "luz.png").write_bytes(b"nothing")
    agreed = "consents: [{purpose: photo, given: 2026-03-01}]\n"
    for name, more in (("ana", agreed), ("lena", ""), ("noe", agreed), ("luz", agreed)):
        (folder / f"{name}.md").write_text(f"---\nfullname: {name.title()}\n{more}---\n")
    done = run("import", "members", folder, root, "--lang", "en")
    assert [path.name for path in (root / "members/photos").iterdir()] == ["ana.jpg"]
    assert read(root, "ana")["photo"] == {"alt": {"fr": "Ana"}}
    assert b"Appareil" not in (root / "members/photos/ana.jpg").read_bytes()
    assert (
        "members/ana.yml: Ana · consent: photo 2026-03-01 · members/photos/ana.jpg" in done.stdout
    )
    assert "photo: there is no consent for the photo: left out “lena.jpg” (lena.md)" in done.stdout
    assert "photo: This photo is too small: at least 200 points each way. “noe.jpg”" in done.stdout
    assert "photo: This picture does not open. “luz.png” (luz.md)" in done.stdout
    assert "Pictures without a file of their name were left out: autre.jpg." in done.stderr
    assert errors(root) == []
    again = run("import", "members", folder, root, "--lang", "en")
    assert "As they are: 4." in again.stdout
    assert "there is a portrait already" in again.stdout


def test_organisations_are_told_by_what_every_line_gets(coop: Coop) -> None:
    root = coop(FRENCH)
    bring(
        root,
        "Structure\nTypographie coopérative\n",
        "--set",
        "type=organisation",
        "--set",
        "listed=oui",
    )
    found = read(root, "typographie-cooperative")
    assert (found["type"], found["listed"]) == ("organisation", "true")
    assert found["name"] == {"display": "Typographie coopérative"}
    assert errors(root) == []


def test_what_cannot_be_written_whole_is_not_written(
    coop: Coop, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = coop(FRENCH)
    (root / "members").mkdir()
    rename, done = Path.rename, []

    def stop(self: Path, target: Path) -> Path:
        if len(done) == 1 and target.suffix == ".yml":
            raise KeyboardInterrupt
        done.append(target)
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stop)
    bring(root, LIST, *AS_MEMBER)
    monkeypatch.undo()
    assert ids(root) == []
    assert bring(root, LIST, *AS_MEMBER).returncode == 0
    assert len(ids(root)) == 2


def test_words_that_a_list_lacks_can_be_added_with_the_command_that_is_told(coop: Coop) -> None:
    root = coop(FRENCH)
    table = "Nom,Compétences,Membre depuis\nAna,Zork d'ici,45292\nLéna,\"Zork d'ici, X\",\n"
    done = bring(root, table, "--dry-run")
    assert "2 lines miss “Zork d'ici” in their list." in done.stdout
    call = done.stdout.partition("belongs there: coopbook ")[2].partition("\n")[0]
    assert call.startswith("terms add skills zork-d-ici --label ")
    assert run(*shlex.split(call), "--root", root).returncode == 0
    assert "Zork" not in bring(root, table).stdout.partition("Without a place")[2]
    assert read(root, "ana")["skills"] == ["zork-d-ici"]
    assert "A spreadsheet counts days so" in done.stdout


def test_others_are_named_by_the_ids_that_they_have_or_get(coop: Coop) -> None:
    root = coop(FRENCH)
    table = (
        "id,Nom,E-mail,sponsor\nana,Ana Lopes,a@b.example,\nluz,Luz Roy,l@b.example,ANA LOPES\n"
        ",Noé Roux,n@b.example,Léa Petit\n,Léa Petit,e@b.example,\n,Léa Petit,f@b.example,\n"
    )
    done = bring(root, table)
    assert read(root, "luz")["sponsor"] == "ana"
    assert "Several are called so: write the id of one: lea-petit, lea-petit-2." in done.stdout
    assert "As they are: 5. Refused: 0." in bring(root, table).stdout
    moved = bring(root, "Nom,E-mail,adviser\nAna Lopes,a@b.example,Luz Roy\n")
    assert "adviser" not in read(root, "ana")
    assert "adviser: — → luz" in moved.stdout
