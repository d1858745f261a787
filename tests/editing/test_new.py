"""`coopbook new`: questions that follow from the schema, and a file that passes the check."""

from __future__ import annotations

import os
import pty
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from coopbook import checks
from coopbook.base.formats import slug
from coopbook.base.positions import HIDDEN
from coopbook.editing.choices import Choice, choose
from coopbook.records.kinds import load_kinds
from coopbook.records.load import load
from coopbook.yaml_files.editor import render
from coopbook.yaml_files.reader import parse
from hypothesis import given, settings
from hypothesis import strategies as st
from support.commands import Ran, process_command, run
from support.coops import TODAY, TOP
from support.kinds import EVENT

Coop = Callable[..., Path]
COOP = """format: 2
name: Les Essais
languages: [fr, en]
country: FR
repository: private
legal: {name: Les Essais, form: SCOP, seat: "1 rue des Essais, Nantes", rcs: Nantes 000 000 000, siret: "00000000000000", vat: FR12000000000, publisher: Ana, host: {name: H, address: Nantes, phone: "+33 2 61 91 00 10"}}
phone: "+33 2 61 91 00 10"
offices: {nantes: {name: {fr: Antenne de Nantes}, city: Nantes, country: FR}}
situations:
  cape: {label: {fr: À l'essai}, needs: [contract_until]}
  cesa: {label: {fr: Salarié·e}}
"""  # noqa: E501
FILES = {
    "coop.yml": COOP,
    "members/ana-lopes.yml": "type: person\nname: {display: Ana Lopes}\npresence: present\nlisted: false\n",  # noqa: E501
    "wiki/metier/prix.md": "---\ntitle: Prix\n---\n\nTexte.\n",
}
ASKED = {
    "type": "person",
    "name": "Élodie Œuvrard",
    "family": "Œuvrard",
    "presence": "",
    "listed": "yes",
    "trade": "photographe",
    "no more trades": "",
    "headline": "Des portraits",
    "headline in English": "Portraits",
    "about": "",
    "town": "Nantes",
    "country": "",
    "office": "",
    "availability": "1",
    "offers": "",
    "email": "elodie@essais.example",
    "phone": "",
    "situation": "cesa",
    "publish": "",
    "file": "",
    "consent": "yes",
    "given": "",
    "how": "form",
}
"""What is asked of a member, by what it is, with answers; where nobody has one, Enter."""
MEMBER = list(ASKED.values())


def answers(*more: str, **other: str) -> list[str]:
    """The answers of a member, with others for some; `more` come at the end."""
    return [*(ASKED | other).values(), *more]


def new(root: Path, kind: str, *answers: str, lang: str = "en") -> Ran:
    typed = "".join(f"{answer}\n" for answer in answers)
    return run("new", kind, root, "--lang", lang, "--today", TODAY.isoformat(), input=typed)


def tree(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*")}


def errors(root: Path) -> list[str]:
    return [
        f"{item.file} {item.check}"
        for item in checks.check(load(root, TODAY))
        if item.severity == "error"
    ]


# What the program writes


_CHARACTERS = st.characters(exclude_categories=["Cs"]).filter(
    lambda one: not HIDDEN.match(one) and one != "\r"
)
_SIGNS = st.sampled_from(" \n\t-:#'\"\\{}[],&*!|>%@`~?=0x1e.5_noé😀")
_LOOK_ALIKE = [
    "no",
    "yes",
    "12:30",
    "2026-01-31",
    "01000",
    "1e5",
    "~",
    "null",
    "0o17",
    "<<",
    "=",
    "1_000",
    "0x1F",
    ".nan",
    "-",
    "",
    "44000",
]
_TEXT = st.one_of(
    st.text(_CHARACTERS, max_size=40), st.text(_SIGNS, max_size=25), st.sampled_from(_LOOK_ALIKE)
)
_KEY = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)
_LEAF = st.one_of(
    _TEXT,
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.floats(allow_nan=False, allow_infinity=False),
)
_VALUE = st.recursive(
    _LEAF,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(_KEY, inner, max_size=4)),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(_KEY, _VALUE, max_size=5))
def test_what_is_written_reads_back_the_same(value: dict[str, object]) -> None:
    source = parse(render(value), front_matter=False)
    assert source.faults == []
    assert (source.value or {}) == value
    above = parse(render(value, "# Titre\n\n---\n\nTexte.", "Une remarque."), front_matter=True)
    assert (above.faults, above.value, above.body) == ([], value, "\n# Titre\n\n---\n\nTexte.\n")


def test_it_writes_as_a_person_would() -> None:
    value = {
        "day": "2026-01-31",
        "code": "44000",
        "no": "no",
        "trades": ["a", "b"],
        "bio": {"fr": "Une.\n\nDeux.\n"},
        "items": [{"id": "x", "n": 1.5}],
    }
    assert render(value).decode() == (
        'day: 2026-01-31\ncode: "44000"\nno: "no"\ntrades: [a, b]\nbio:\n  fr: |\n    '
        "Une.\n\n    Deux.\nitems:\n  - id: x\n    n: 1.5\n"
    )


def test_names_of_files() -> None:
    assert slug("L'Œuvre d’Élise — 2ᵉ, président·e !") == "l-oeuvre-d-elise-2e-president-e"


def test_an_answer_may_be_a_number_a_label_or_another_word() -> None:
    choices = [
        Choice("graphisme", "Graphiste", ("dessin",)),
        Choice("edition", "Éditeur·rice", ("dessin", "livres")),
    ]
    said = ["graphisme", "2", "editeur-rice", "LIVRES", "dessin", "3"]
    assert [choose(answer, choices) for answer in said] == [
        "graphisme",
        "edition",
        "edition",
        "edition",
        "dessin",
        "3",
    ]


# What it asks


def test_a_member(coop: Coop) -> None:
    root = coop(FILES)
    ran = new(root, "member", *MEMBER)
    assert ran.returncode == 0, ran.output
    text = (root / "members/elodie-oeuvrard.yml").read_text()
    assert text.partition("#")[0] == (
        "type: person\nname:\n  family: Œuvrard\n  display: Élodie Œuvrard\n"
        "trades: [photographe]\nheadline:\n  "
        "fr: Des portraits\n  en: Portraits\n"
        "place:\n  city: Nantes\n  country: FR\noffice: nantes\n"
        "availability:\n  state: available\nemail: "
        "elodie@essais.example\nsituation:\n  kind: cesa\npresence: present\n"
        "listed: true\nconsents:\n  - purpose: directory\n    given: 2026-11-21\n    how: form\n"
    )
    assert errors(root) == []
    left = text.partition("#")[2]
    assert "# remote: yes   # Remote work: Whether you work at a distance.\n" in left
    assert "# photo: {alt: {fr: …}}   # Photo: " in left
    assert "# languages: {…: …}   # Languages: " in left


def test_a_field_below_is_filled_in_by_taking_its_sign_away(coop: Coop) -> None:
    root = coop(FILES)
    new(root, "member", *MEMBER)
    file = root / "members/elodie-oeuvrard.yml"
    file.write_text(file.read_text().replace("# photo: {alt: {fr: …}}", "photo: {alt: {fr: Moi}}"))
    member = load(root, TODAY).index.find("member", "elodie-oeuvrard")
    assert member is not None
    assert member.value["photo"] == {"alt": {"fr": "Moi"}}


def test_another_word_for_a_term_is_asked_about(coop: Coop) -> None:
    root = coop(FILES)
    ran = new(root, "member", *answers(trade="photo\nno\ngraph\nphoto\nyes"))
    assert ran.returncode == 0, ran.output
    assert "Do you mean “Photographer”? Enter for yes, or no." in ran.output
    assert "“graph” may be: " in ran.output
    assert "trades: [photographe]\n" in (root / "members/elodie-oeuvrard.yml").read_text()


def test_what_somebody_wants_everybody_to_read_is_asked(coop: Coop) -> None:
    root = coop(FILES)
    phone = "02 61 91 00 10"
    asked = answers(phone=phone, publish="yes\nno", consent="yes", how="form\nyes\n\nform")
    ran = new(root, "member", *asked)
    assert ran.returncode == 0, ran.output
    text = (root / "members/elodie-oeuvrard.yml").read_text()
    assert "publish: [email]\n" in text
    assert "phone: +33 2 61 91 00 10\n" in text
    assert "Such as 01 23 45 67 89." in ran.output


def test_a_default_can_be_left_out(coop: Coop) -> None:
    root = coop(FILES)
    new(root, "member", *answers(office="-"))
    assert "\noffice: nantes" not in (root / "members/elodie-oeuvrard.yml").read_text()


def test_one_goes_back_to_the_question_before(coop: Coop) -> None:
    root = coop(FILES)
    ran = new(root, "member", *answers(family="<\nÉlodie Œuvrard\nŒuvrard"))
    assert ran.returncode == 0, ran.output
    assert ran.output.count("Name: Display name") == 2


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_questions_are_the_schemas_own(coop: Coop, language: str) -> None:
    said = new(coop(FILES), "membre" if language == "fr" else "members", lang=language).output
    wanted = {
        "fr": ["Personne ou organisation", "1. Personne (person)"],
        "en": ["Person or organisation", "person, or organisation for a company"],
    }
    assert not [words for words in wanted[language] if words not in said]


@pytest.mark.parametrize("name", ["member", "project", "body", "page"])
def test_required_fields_and_those_marked_are_asked_and_no_others(
    coop: Coop, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    from coopbook.editing.form import Drafter

    fields: list[str] = []
    monkeypatch.setattr(Drafter, "field", lambda self, path, *rest, **more: fields.append(path[0]))
    new(coop(FILES), name)
    schema = load_kinds(TOP)[0][name].schema
    assert set(fields) == set(schema["required"]) | {
        field for field, part in schema["properties"].items() if "x-prompt" in part
    }
    assert 5 <= len(fields) < len(schema["properties"])


def test_a_faulty_answer_is_told_as_the_check_tells_it_and_asked_again(coop: Coop) -> None:
    root = coop(FILES)
    asked = answers(
        type="persn\nperson",
        trade="photografe\nphotographe",
        email="elodie@\nelodie\u200b@x.example\nelodie@essais.example",
    )
    ran = new(root, "member", *asked)
    assert ran.returncode == 0, ran.output
    for said in (
        "“persn” is not a choice for “type”.\n    Did you mean “person”?",
        "“photografe” is not in the list “trades”.\n    Did you mean “photographe”?",
        "“elodie@” does not have the right form for “email”.\n    An e-mail address.",
        "This character cannot be seen: U+200B.",
    ):
        assert said in ran.output
    assert "email: elodie@essais.example\n" in (root / "members/elodie-oeuvrard.yml").read_text()


def test_all_choices_are_shown_on_demand(coop: Coop) -> None:
    said = new(coop(FILES), "member", *MEMBER[:5], "?").output
    assert "Photographe" not in said.partition("Type a word")[0]
    assert "Photographe" in said.partition("Type a word")[2]


def test_without_consent_a_page_is_not_public(coop: Coop) -> None:
    root = coop(FILES)
    assert new(root, "member", *MEMBER[:-3], "no").returncode == 0
    text = (root / "members/elodie-oeuvrard.yml").read_text()
    assert "listed: false\n" in text
    assert "\nconsents:" not in text


def test_what_a_rule_wants_is_asked(coop: Coop) -> None:
    root = coop(FILES)
    ran = new(root, "member", *answers("", "", "soon", "2027-02-28", situation="cape"))
    assert ran.returncode == 0, ran.output
    assert "The situation “cape” needs “contract_until”." in ran.output
    assert (
        "situation:\n  kind: cape\n  contract_until: 2027-02-28\n"
        in (root / "members/elodie-oeuvrard.yml").read_text()
    )
    assert errors(root) == []


def test_what_stays_wrong_is_told_and_leaves_with_1(coop: Coop) -> None:
    root = coop(FILES)
    ran = new(root, "member", *answers("", "", "", situation="cape"))
    assert ran.returncode == 1
    assert (
        "members/elodie-oeuvrard.yml:17:3: The situation “cape” needs “contract_until”. "
        "[missing-notice]" in ran.output
    )


def test_where_everybody_reads_the_files_no_contact_is_asked(coop: Coop) -> None:
    root = coop(FILES | {"coop.yml": COOP.replace("private", "public")})
    left_out = {"email", "phone", "publish"}
    asked = [answer for name, answer in ASKED.items() if name not in left_out]
    ran = new(root, "member", *asked)
    assert ran.returncode == 0, ran.output
    assert "E-mail" not in ran.output
    assert errors(root) == []


def test_a_project_a_body_and_a_page(coop: Coop) -> None:
    root = coop(FILES)
    ran = new(
        root,
        "project",
        "Le Lieu",
        "",
        "1",
        "public",
        "active",
        "Un lieu",
        "",
        "2026-02-30",
        "2026-02-03",
        "Ana Lopes",
        "",
        "Texte.",
        ".",
        "",
    )
    assert ran.returncode == 0, ran.output
    body = [
        "Conseil",
        "Board",
        "board",
        "public",
        "yes",
        "Présidente",
        "Chair",
        "2026-01-01",
        "ana-lopes",
        "",
        "",
        "no",
        "",
        "conseil@x.example",
    ]
    ran = new(root, "body", *body, "")
    assert ran.returncode == 0, ran.output
    page = [
        "Bien négocier",
        "members",
        "",
        "",
        "ana-lopes",
        "## Avant",
        "",
        "Du café.",
        ".",
        "metier",
        "prix",
        "",
    ]
    ran = new(root, "page", *page)
    assert ran.returncode == 0, ran.output
    assert "The id “metier/prix” is already that of wiki/metier/prix.md." in ran.output
    assert errors(root) == []
    assert "lead: ana-lopes\n" in (root / "projects/le-lieu.md").read_text()
    assert (
        "  - id: presidente\n    member: ana-lopes\n"
        in (root / "decisions/bodies/conseil.yml").read_text()
    )
    assert (
        (root / "wiki/metier/bien-negocier.md")
        .read_text()
        .endswith("---\n\n## Avant\n\nDu café.\n")
    )


def test_a_kind_of_the_co_ops_own_needs_its_schema_alone(coop: Coop) -> None:
    root = coop(
        FILES
        | {
            "schemas/atelier.schema.json": EVENT.replace(
                '"title": "Salle"', '"title": "Salle", "x-prompt": true'
            )
        }
    )
    ran = new(
        root,
        "rendez-vous",
        "Portes ouvertes",
        "2026-12-01",
        "public",
        "La petite salle",
        "On se voit.",
        ".",
        "fete",
    )
    assert ran.returncode == 0, ran.output
    assert (root / "ateliers/fete.md").read_text() == (
        "---\ntitle: Portes ouvertes\non: 2026-12-01\naudience: public\nroom: La petite "
        "salle\n"
        "# Other fields that may stand here: take the # away and fill in.\n# hosts: […]   # Avec\n"
        "---\n\nOn se voit.\n"
    )
    assert errors(root) == []


# What it never does


@pytest.mark.parametrize("count", range(len(MEMBER)))
def test_answers_that_end_write_nothing(coop: Coop, count: int) -> None:
    root = coop(FILES)
    before = tree(root)
    ran = new(root, "member", *MEMBER[:count])
    assert ran.returncode == 1
    assert "nothing was written" in ran.output
    assert tree(root) == before


def test_a_file_is_never_overwritten(coop: Coop) -> None:
    root = coop(FILES)
    ana = [MEMBER[0], "Ana Lopes", *MEMBER[2:]]
    ran = new(root, "member", *ana)
    assert ran.returncode == 0, ran.output
    assert (root / "members/ana-lopes.yml").read_text() == FILES["members/ana-lopes.yml"]
    assert "Ana Lopes" in (root / "members/ana-lopes-2.yml").read_text()
    ran = new(root, "member", *answers(file="ana-lopes\nAna Lopes\nindex\n../ana\nelodie"))
    assert ran.returncode == 0, ran.output
    assert "already that of members/ana-lopes.yml" in ran.output
    assert "Name it “ana-lopes”" in ran.output
    assert (root / "members/elodie.yml").is_file()


def test_a_file_that_came_in_between_stays(coop: Coop, monkeypatch: pytest.MonkeyPatch) -> None:
    root = coop(FILES)
    monkeypatch.setattr("coopbook.editing.file_names._owner", lambda *_arguments: "")
    ran = new(root, "member", MEMBER[0], "Ana Lopes", *MEMBER[2:])
    assert ran.returncode == 2
    assert (root / "members/ana-lopes.yml").read_text() == FILES["members/ana-lopes.yml"]


def test_a_folder_that_leads_elsewhere_is_not_written_to(coop: Coop, tmp_path: Path) -> None:
    root = coop({"coop.yml": COOP})
    (tmp_path / "elsewhere").mkdir()
    (root / "members").symlink_to(tmp_path / "elsewhere")
    assert new(root, "member", *MEMBER).returncode == 2
    assert tree(tmp_path / "elsewhere") == set()


def test_an_unknown_kind_is_misuse(coop: Coop) -> None:
    ran = new(coop(FILES), "projet")
    assert ran.returncode == 2
    assert "Did you mean “project”?" in ran.output


def test_control_c_in_a_terminal_keeps_the_answers_for_the_next_time(coop: Coop) -> None:
    root = coop(FILES)
    before = tree(root)
    child, terminal = at_a_terminal("new", "member", root, "--lang", "en")
    said = until(terminal, "> ")
    os.write(terminal, b"person\n")
    said += until(terminal, "> ")
    os.write(terminal, b"\x03")
    said += until(terminal, "\0", again=b"\x03")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1
    assert "Display name" in said
    assert "Stopped: nothing was written." in said
    assert "the same command goes on from there" in said
    kept = root / "build/answers/new-members.json"
    assert tree(root) - before == {"build", "build/answers", "build/answers/new-members.json"}
    assert kept.stat().st_mode & 0o077 == 0
    child, terminal = at_a_terminal("new", "member", root, "--lang", "en")
    until(terminal, "> ")
    os.write(terminal, b"\n")
    said = until(terminal, "> ")
    assert "Display name" in said
    assert "Person or organisation" not in said
    os.write(terminal, b"\x03")
    until(terminal, "\0", again=b"\x03")
    os.waitpid(child, 0)


def at_a_terminal(*words: str | Path) -> tuple[int, int]:
    """A command at a terminal: its process and the terminal's other end."""
    child, terminal = pty.fork()
    if not child:
        os.environ["TERM"] = "dumb"
        signal.signal(
            signal.SIGINT, signal.default_int_handler
        )  # tests that run in the background have it ignored, and so would this
        os.execv(sys.executable, process_command(*words))
    return child, terminal


def until(terminal: int, mark: str, again: bytes = b"") -> str:
    """What a terminal shows up to a mark, or to its end; keys are pressed again while it is silent,
    as a person would.
    """
    said, silences = b"", 0
    while mark.encode() not in said:
        if not select.select([terminal], [], [], 0.5)[0]:
            silences += 1
            assert silences < 60, said.decode()
            os.write(terminal, b"" if b"Stopped" in said else again)
            continue
        try:
            part = os.read(terminal, 1024)
        except OSError:  # Linux says so where the other end is closed
            break
        if not part:
            break
        said += part
    return said.decode()
