"""A record type is one file, shown too: a kind that is made up here and now has its page, its list,
its place in the menu, calendar, feed, reminders, data and form, in French and English.
"""

from __future__ import annotations

import html
import json
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest
from icalendar import Calendar
from support.made_up import OFFICE, PERSON, MadeUp
from support.wheel import make_coop, run_installed

ANA = """type: person
name: {display: Ana Lopes}
presence: present
listed: true
consents:
  - {purpose: directory, given: 2026-01-01}
headline: {fr: Je tisse, en: I weave}
"""
COOP = f"""format: 2
name: Les Essais
tagline: {{fr: On essaie, en: We try}}
languages: [fr, en]
country: CH
repository: private
beside: [requirements.txt]
email: bonjour@essais.example
timezone: Europe/Paris
site: https://essais.example/
members_site: https://membres.essais.example/
offices:
  {OFFICE}: {{name: {{fr: Nantes, en: Nantes}}, city: Nantes, country: FR, address: "1, rue Neuve"}}
"""
AUDIENCES = ("public", "members")
LANGUAGES = {"fr": "", "en": "en/"}
PRICES = {"fr": ("1 250,50 €", "450 €"), "en": ("€1,250.50", "€450")}
DAYS = {"fr": "25 novembre 2026", "en": "25 November 2026"}
HOURS = {"fr": "18 h 30 – 20 h", "en": "6:30 pm – 8:00 pm"}


def words_of(page: str) -> str:
    """What a page says, in one line: no tags, plain spaces."""
    text = re.sub(r"<(script|style|head)\b.*?</\1>", " ", page, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())


@dataclass
class Built:
    """A co-op with a made-up kind, and its sites."""

    kind: MadeUp
    root: Path
    installed: Path

    def read(self, path: str, audience: str = "public") -> str:
        return (self.root / "site" / audience / path).read_text()

    def page(self, path: str, audience: str = "public") -> str:
        return self.read(f"{path}index.html", audience)

    def run(self, command: str, *arguments: str, answers: str = "") -> str:
        return run_installed(self.installed, command, *arguments, cwd=self.root, answers=answers)


def build(installed: Path, root: Path, kind: MadeUp) -> Built:
    """A co-op that has the installed wheel alone, whose one new file is the kind's."""
    made = Built(kind, make_coop(installed, root), installed)
    files = {
        "coop.yml": COOP,
        f"schemas/{kind.name}.schema.json": json.dumps(kind.schema),
        f"members/{PERSON}.yml": ANA,
        **kind.files,
    }
    for name, content in files.items():
        (made.root / name).parent.mkdir(parents=True, exist_ok=True)
        (made.root / name).write_text(content)
    history = {name: {"changed": "2026-11-19"} for name in files}
    (root / "history.json").write_text(
        json.dumps({"revision": "0" * 40, "date": "2026-11-20", "files": history})
    )
    made.run("check")
    made.run("build", "--history", str(root / "history.json"))
    return made


@pytest.fixture(scope="module")
def made(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    seed = secrets.randbits(32)
    print("made up from", seed)
    return build(installed, tmp_path_factory.mktemp("own"), MadeUp(seed))


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_its_page(made: Built, language: str, audience: str) -> None:
    kind, prefix = made.kind, LANGUAGES[language]
    page = made.page(f"{prefix}{kind.folder}/far/", audience)
    text = words_of(page)
    assert kind.titles["far"][language] in text
    for holds in ("price", "person", "office", "skills"):
        assert kind.labels[holds][language] in text, holds
    assert PRICES[language][0] in text
    assert f'href="{"../" * (2 + len(prefix) // 3)}{prefix}members/{PERSON}/"' in page
    assert {"fr": "1er juin 2027", "en": "1 June 2027"}[language] in text
    assert HOURS[language] in text
    assert "Nantes" in text
    assert {"fr": "Décision collective", "en": "Collective decision-making"}[language] in text
    assert kind.open_to_all[language] in text
    assert "1250.50" not in text


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_its_list_is_in_order_of_date_and_what_is_past_below(
    made: Built, language: str, audience: str
) -> None:
    kind = made.kind
    text = words_of(made.page(f"{LANGUAGES[language]}{kind.folder}/", audience))
    shown = ["near", "dropped", "far", "gone"]
    if audience == "members":
        shown.insert(0, "inside")
    places = [text.index(kind.titles[id][language]) for id in shown]
    assert places == sorted(places)
    past = {"fr": "Ce qui a eu lieu", "en": "What has been"}[language]
    assert places[-2] < text.index(past) < places[-1]
    assert kind.plural[language] in text
    assert PRICES[language][1] in text
    assert HOURS[language] in text
    assert "Ana Lopes" in text
    if audience == "public":
        assert kind.titles["inside"][language] not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_place_in_the_menu(made: Built, language: str) -> None:
    kind = made.kind
    prefix = LANGUAGES[language]
    up = "../" if prefix else ""
    entry = f'href="{up}{prefix}{kind.folder}/"'
    menu = re.search(r'<nav class="coop-nav coop-nav--wide".*?</nav>', made.page(prefix), re.S)
    assert menu
    entries = re.findall(r'href="([^"]*)"', menu[0])
    assert kind.plural[language] in menu[0]
    assert entries[1] == f"{up}{prefix}{kind.folder}/", "its place is 15: after the first entry"
    life = made.page(f"{prefix}life/", "members")
    assert kind.plural[language] in words_of(life)
    assert entry not in (re.search(r"<header.*?</header>", life, re.S) or [""])[0]


def events(made: Built, audience: str, language: str) -> dict[str, dict[str, object]]:
    data = (made.root / "site" / audience / "calendar" / f"{language}.ics").read_bytes()
    return {str(one["uid"]): one for one in Calendar.from_ical(data).walk("VEVENT")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_dates_are_in_the_calendar(made: Built, language: str) -> None:
    kind = made.kind
    public, members = (events(made, audience, language) for audience in AUDIENCES)
    far = public[f"{kind.name}/far@essais.example"]
    assert far["summary"] == kind.titles["far"][language]
    assert far["dtstart"].to_ical() == b"20270601T163000Z"  # type: ignore[attr-defined]
    assert far["dtend"].to_ical() == b"20270601T180000Z"  # type: ignore[attr-defined]
    assert far["location"] == "1, rue Neuve"
    near = public[f"{kind.name}/near@essais.example"]
    assert near["dtend"].to_ical() == b"20261126T190000Z"  # type: ignore[attr-defined]
    assert public[f"{kind.name}/dropped@essais.example"]["status"] == "CANCELLED"
    assert set(members) - set(public) == {f"{kind.name}/inside@essais.example"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_in_the_feed(made: Built, language: str) -> None:
    for audience, inside in zip(AUDIENCES, (False, True), strict=True):
        feed = made.read(f"feed/{language}.xml", audience)
        assert made.kind.titles["near"][language] in feed
        assert (made.kind.titles["inside"][language] in feed) is inside


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_on_the_page_of_the_day(made: Built, language: str) -> None:
    kind, prefix = made.kind, LANGUAGES[language]
    today = words_of(made.page(prefix, "members"))
    assert kind.titles["near"][language] in today
    assert kind.titles["inside"][language] in today
    home = words_of(made.page(prefix))
    assert kind.titles["near"][language] in home
    assert kind.titles["inside"][language] not in home
    assert kind.titles["dropped"][language] not in home, "what is cancelled is not announced"
    office = words_of(made.page(f"{prefix}offices/{OFFICE}/"))
    assert kind.titles["near"][language] in office


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_reminders(made: Built, language: str) -> None:
    kind = made.kind
    ran = made.run("remind", ".", "--format", "json", "--lang", language, "--days", "7")
    found = {one["file"]: one for one in json.loads(ran)}
    near = found[f"{kind.folder}/near.md"]
    assert kind.titles["near"][language] in near["text"]
    assert DAYS[language] in near["text"]
    assert (near["kind"], near["day"], near["late"]) == (kind.name, "2026-11-25", False)
    assert set(found) == {f"{kind.folder}/near.md", f"{kind.folder}/inside.md"}
    for_ana = made.run(
        "remind", ".", "--format", "json", "--lang", language, "--days", "7", "--for", PERSON
    )
    assert {one["file"] for one in json.loads(for_ana)} == set(found), "it concerns everybody"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_its_data(made: Built, audience: str) -> None:
    kind = made.kind
    root = made.root / "site" / audience / "api/v1"
    rows = json.loads((root / f"{kind.folder}.json").read_text())
    inside = {"inside"} if audience == "members" else set()
    assert {row["id"] for row in rows} == {"far", "near", "gone", "dropped"} | inside
    one = json.loads((root / kind.folder / "far.json").read_text())
    assert one[kind.fields["price"]] == "1250.50"
    assert one[kind.fields["person"]] == PERSON
    schema = json.loads((root / f"schemas/{kind.name}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(one)
    for part in (schema, *schema["properties"].values()):
        assert isinstance(part.get("title", ""), str)
        assert isinstance(part.get("description", ""), str)
    title = schema["properties"][kind.fields["title"]]
    assert isinstance(title["propertyNames"]["description"], str)
    assert title["title"] == kind.labels["title"]["fr"], "the co-op's first language"
    assert kind.name in json.loads((root / "index.json").read_text())["lists"] or (
        kind.folder in json.loads((root / "index.json").read_text())["lists"]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_on_the_page_of_the_person(made: Built, language: str) -> None:
    kind, prefix = made.kind, LANGUAGES[language]
    page = made.page(f"{prefix}members/{PERSON}/")
    text = words_of(page)
    assert kind.gives[language] in text
    places = [text.index(kind.titles[id][language]) for id in ("near", "dropped", "far", "gone")]
    assert text.index(kind.gives[language]) < places[0]
    assert places == sorted(places)
    assert kind.titles["inside"][language] not in text
    assert kind.titles["inside"][language] in words_of(
        made.page(f"{prefix}members/{PERSON}/", "members")
    )


ANSWERS = {
    "fr": ("Un essai", "A trial", "5/2/2027", "all", "6 février", "18h30", "20 h", "", "1 450,5 €"),
    "en": ("Essai deux", "Trial two", "5.2.2027", "all", "", "18:30", "20:00", "", "1,450.50"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_record_is_asked_for(made: Built, language: str) -> None:
    kind = made.kind
    title, other, day, audience, _last, start, end, off, price = ANSWERS[language]
    lines = [
        *(title, other, day, audience, "", start, end, off, price, "Ana Lopes", "Nantes"),
        *("decision-collective", "", "Texte", ".", ""),
    ]
    told = made.run("new", kind.name, ".", "--lang", language, answers="\n".join(lines) + "\n")
    assert kind.labels["price"][language] in told
    file = made.root / kind.folder / {"fr": "un-essai.md", "en": "essai-deux.md"}[language]
    text = file.read_text()
    for holds, value in {
        "day": "2027-02-05",
        "from": '"18:30"',
        "to": '"20:00"',
        "price": '"1450.50"',
        "person": PERSON,
        "office": OFFICE,
    }.items():
        assert f"{kind.fields[holds]}: {value}\n" in text, holds
    made.run("check")


def test_a_template_of_its_own_is_the_second_file(made: Built, tmp_path: Path) -> None:
    kind, word = made.kind, f"zq{secrets.token_hex(4)}"
    price = kind.fields["price"]
    template = made.root / f"schemas/{kind.name}.html"
    template.write_text(
        f'<h1 id="{{{{ top }}}}">{{{{ texts.title(entry) }}}}</h1>\n'
        f"<p>{word}: {{{{ words.price(value.{price}, record.kind.properties.{price}) }}}}</p>\n"
        "{% include 'back.html' %}\n"
    )
    try:
        made.run("check")
        made.run("build", "--out", str(tmp_path / "out"))
    finally:
        template.unlink()
    for language, prefix in LANGUAGES.items():
        page = (tmp_path / f"out/public/{prefix}{kind.folder}/far/index.html").read_text()
        assert f"{word}: {PRICES[language][0]}" in words_of(page)
        assert kind.titles["far"][language] in page
        assert kind.labels["office"][language] not in words_of(page)
