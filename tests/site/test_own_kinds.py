"""A kind of a co-op's own where its schema says less, or says it wrong: what is silent is private,
a kind without a day has no date anywhere, a slip is told at its place.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coopbook.agenda.reminders import reminders
from coopbook.base.messages import Stopped, translator
from coopbook.checks import check
from coopbook.outputs import calendar, feed
from coopbook.records.audience import view_index
from coopbook.records.history import History
from coopbook.records.load import load
from coopbook.site.build import build
from support.coops import TODAY
from support.made_up import PERSON, MadeUp

Make = Callable[..., Path]
COOP = """format: 2
name: Les Essais
languages: [fr, en]
country: CH
repository: private
offices: {nantes: {name: {fr: Nantes}, city: Nantes, country: FR}}
"""
ANA = """type: person
name: {display: Ana Lopes}
presence: present
listed: true
consents:
  - {purpose: directory, given: 2026-01-01}
"""


def files(kind: MadeUp, **more: str) -> dict[str, str]:
    """A co-op with the kind and its records."""
    return {
        "coop.yml": COOP,
        f"members/{PERSON}.yml": ANA,
        f"schemas/{kind.name}.schema.json": json.dumps(kind.schema),
        **kind.files,
        **more,
    }


def published(root: Path, out: Path, audience: Any = "public") -> dict[str, str]:
    """The texts of a site, by path."""
    book = load(root, TODAY, History("a" * 40, "2026-11-20"))
    assert [one for one in build(book, out, [audience]) if one.severity == "error"] == []
    return {
        path.relative_to(out / audience).as_posix(): path.read_text()
        for path in (out / audience).rglob("*")
        if path.suffix in {".html", ".json", ".xml", ".ics", ".txt"}
    }


def silent(schema: dict[str, Any]) -> None:
    """Take every word about audiences out."""
    schema.pop("x-audience", None)
    for part in [
        *schema.get("properties", {}).values(),
        schema.get("items"),
        schema.get("additionalProperties"),
    ]:
        if isinstance(part, dict):
            silent(part)


def test_silence_is_private(coop: Make, tmp_path: Path) -> None:
    kind = MadeUp(7)
    silent(kind.schema)
    root = coop(files(kind))
    made = published(root, tmp_path / "public")
    everything = "".join(made) + "".join(made.values())
    made_up = [kind.name, kind.folder, *kind.plural.values(), *kind.gives.values()]
    assert not [word for word in made_up if word in everything]
    assert not [id for id in kind.titles if kind.titles[id]["fr"] in everything]
    members = published(root, tmp_path / "members", "members")
    assert kind.titles["far"]["fr"] in members[f"{kind.folder}/index.html"]
    assert kind.titles["near"]["fr"] in members["calendar/fr.ics"]
    assert kind.plural["fr"] in members["life/index.html"]


def test_no_menu_without_asking(coop: Make, tmp_path: Path) -> None:
    kind = MadeUp(8)
    del kind.schema["x-menu"]
    made = published(coop(files(kind)), tmp_path / "public")
    assert kind.titles["far"]["fr"] in made[f"{kind.folder}/index.html"], "it has its page"
    assert kind.plural["fr"] not in made["members/index.html"]


@pytest.mark.parametrize("place", ["footer", "about"])
def test_another_place_in_the_navigation(coop: Make, tmp_path: Path, place: str) -> None:
    kind = MadeUp(9)
    kind.schema["x-menu"] = {"section": {"public": place}, "title": {"fr": "Zqmenu", "en": "Zqm"}}
    made = published(coop(files(kind)), tmp_path / "public")
    head, foot = (made["members/index.html"].partition("<footer")[at] for at in (0, 2))
    assert "Zqmenu" not in head
    assert ("Zqmenu" in foot) is (place == "footer")
    assert "Zqmenu" in made["about/index.html"]


def test_a_kind_without_a_day(coop: Make, tmp_path: Path) -> None:
    kind = MadeUp(10)
    del kind.schema["x-date"]
    kind.schema["x-list"]["order"] = [f"-{kind.fields['price']}"]
    root = coop(files(kind))
    made = published(root, tmp_path / "public")
    assert "calendar/fr.ics" not in made
    assert "feed/fr.xml" not in made
    assert kind.titles["near"]["fr"] not in made["index.html"]
    page = made[f"{kind.folder}/index.html"]
    assert "_past" not in page
    titles = [kind.titles[id]["fr"] for id in ("near", "far")]
    assert page.index(titles[0]) < page.index(titles[1]), "by price, the greatest first, as text"
    index = view_index(load(root, TODAY).index, "members")
    assert reminders(index, "fr", 60) == []


def test_a_due_day_is_for_members_and_told_when_late(coop: Make) -> None:
    kind = MadeUp(11)
    kind.schema["x-date"] = {
        "field": kind.fields["day"],
        "due": True,
        "whose": [kind.fields["person"]],
        "words": {"late": {"fr": "{title} : trop tard depuis le {date}.", "en": "Late: {title}."}},
    }
    book = load(coop(files(kind)), TODAY)
    public, members = (view_index(book.index, audience) for audience in ("public", "members"))  # type: ignore[arg-type]
    assert dict(calendar.index_files(public)) == {}
    assert (
        kind.titles["gone"]["fr"].encode() in dict(calendar.index_files(members))["calendar/fr.ics"]
    )
    assert dict(feed.index_files(members)) == {}
    told = {one.entry.id: one for one in reminders(members, "fr", 5)}
    assert set(told) == {"gone", "near", "inside"}
    assert told["gone"].members == (PERSON,)
    assert translator("fr")(told["gone"].said).startswith(
        f"{kind.titles['gone']['fr']} : trop tard depuis le 2026-10-02"
    )
    (late,) = [one for one in check(book) if one.check == "past-due"]
    assert (late.file, late.path) == (f"{kind.folder}/gone.md", (kind.fields["day"],))


def test_a_due_day_is_on_the_page_of_the_day(coop: Make, tmp_path: Path) -> None:
    kind = MadeUp(16)
    kind.schema["x-date"] = {"field": kind.fields["day"], "due": True}
    made = published(coop(files(kind)), tmp_path / "members", "members")
    today = made["index.html"]
    assert kind.titles["near"]["fr"] in today[today.index("_deadlines") :]
    assert kind.titles["far"]["fr"] not in today, "more than a month ahead"
    assert kind.titles["far"]["fr"] not in made["secretariat/index.html"], "more than half a year"


@pytest.mark.parametrize(
    ("alter", "message", "help"),
    [
        (lambda s: s.update({"x-dat": {}}), "There is no field “x-dat” here.", "x-date"),
        (lambda s: s["x-date"].update(field="nought"), "There is no field “nought” here.", "Known"),
        (lambda s: s["x-menu"].update(section="lif"), "“lif” is not a choice", "life"),
        (lambda s: s["x-list"].update(order=["nought"]), "There is no field “nought”", "Known"),
        (lambda s: s["x-date"].update(place=["nought"]), "There is no field “nought”", "Known"),
    ],
)
def test_a_slip_is_told_at_its_place(
    coop: Make, alter: Callable[[dict[str, Any]], None], message: str, help: str
) -> None:
    kind = MadeUp(12)
    alter(kind.schema)
    found = check(load(coop(files(kind)), TODAY))
    say = translator("en")
    (told,) = [one for one in found if one.check == "invalid-record-type"]
    assert told.file == f"schemas/{kind.name}.schema.json"
    assert told.span
    assert message in say(told.message)
    assert help in say(told.help)


def test_a_template_that_cannot_be_read_is_told(coop: Make) -> None:
    kind = MadeUp(13)
    root = coop(files(kind, **{f"schemas/{kind.name}.html": "<p>\n{% if %}\n"}))
    (told,) = check(load(root, TODAY))
    assert (told.file, told.span and told.span.line) == (f"schemas/{kind.name}.html", 2)
    assert told.check == "invalid-record-type"


def test_a_template_of_no_kind_is_a_stray_file(coop: Make) -> None:
    (told,) = check(load(coop({"coop.yml": COOP, "schemas/nothing.html": "<p>"}), TODAY))
    assert (told.file, told.check) == ("schemas/nothing.html", "stray-file")


@pytest.mark.parametrize("text", ["{{ 1 // 0 }}", "{% include 'none.html' %}"])
def test_a_template_that_fails_ends_in_a_sentence(coop: Make, tmp_path: Path, text: str) -> None:
    kind = MadeUp(14)
    root = coop(files(kind, **{f"schemas/{kind.name}.html": text}))
    with pytest.raises(Stopped, match=f"The template schemas/{kind.name}.html cannot be filled"):
        published(root, tmp_path / "public")


def test_a_template_is_filled_in_a_sandbox(coop: Make, tmp_path: Path) -> None:
    kind = MadeUp(15)
    text = "[{{ ''.__class__.__mro__ }}{{ href.func.__globals__ }}{{ '<b>' }}]"
    root = coop(files(kind, **{f"schemas/{kind.name}.html": text}))
    page = published(root, tmp_path / "public")[f"{kind.folder}/far/index.html"]
    assert "[&lt;b&gt;]" in page
