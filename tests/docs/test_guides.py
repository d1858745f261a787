"""The guides: the same in both languages, true to the program, the schemas and the check, and a
part of the members' site alone.

How they are written, so that they can be held to it: `name:` or `name.inner:` is a field, `name:
value` a line that is accepted; ```yaml FILE is put into FILE of a small co-op, ```json FILE and
```markdown FILE are that file; ```text is what the check says.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest
import yaml
from coopbook import checks
from coopbook.base import markdown
from coopbook.base.messages import Message, translator
from coopbook.cli import COMMANDS, main
from coopbook.records.kinds import load_kinds
from coopbook.records.load import load
from support.commands import run
from support.coops import TODAY, TOP
from support.sites import Site, build

FOLDER = TOP / "docs" / "guides"
FILES = sorted(FOLDER.glob("*.md"))
NAMES = sorted({file.name.split(".")[0] for file in FILES})
LANGUAGES = ("en", "fr")
MEMBERS = [FOLDER / f"members.{language}.md" for language in LANGUAGES]
GIT = re.compile(
    r"\b(git|commits?|branch(es)?|merge[ds]?|merging|pull requests?|push(es|ed)?|forks?|clones?|diffs?|rebase|checkout|repositor(y|ies)"  # noqa: E501
    r"|branches?|dépôts?|fusions?|fusionner|bifurcations?|schemas?|schémas?|arrays?|yaml|json)\b",
    re.I,
)
"""Words that no member should have to know; buttons of others' sites stand in `code`."""
SENTENCES = (
    "My page",
    "Change my page",
    "Ask for a change by mail",
    "Remember that this is me, in this browser",
    "Nothing: this page is not in the public directory.",
    "Today",
    "Members look for",
    "Who helps on what",
    "Secretariat",
    "To look at",
    "Change this page",
    "Personal information",
    "Available",
    "Limited availability",
    "Fully booked",
    "Not available for now",
)
"""What the members' guide says stands on the pages."""

START = {
    "coop.yml": """format: 2
name: Les Essais
languages: [fr, en]
country: CH
offices: {nantes: {name: {fr: Antenne de Nantes}, city: Nantes, country: FR}}
repository: private
membership_categories: {salarie: {label: {fr: Salarié·e}}}
""",
    "decisions/bodies/conseil.yml": """name: {en: Board, fr: Conseil}
kind: board
audience: members
mandates: []
""",
    "members/ana-lopes.yml": """type: person
name: {display: Ana Lopes}
trades: [photographe]
headline: {fr: Des portraits d'équipes au travail}
place: {city: Nantes, country: FR}
offers:
  - id: portraits-d-equipe
    title: {fr: Douze portraits en une demi-journée}
    kind: offer
    audience: public
    price: {amount: "450.00", currency: EUR, unit: half_day, tax: excluded}
email: ana@ateliers.example
publish: [email]
presence: present
membership: [{from: 2020-01-01, category: salarie}]
listed: true
consents:
  - {purpose: directory, given: 2026-03-01, how: form}
  - {purpose: email, given: 2026-03-01, how: form}
  - {purpose: references, given: 2026-03-01, how: form}
reviewed: 2026-11-01
""",
    "members/lena-moreau.yml": """type: person
name: {display: Léna Moreau}
presence: present
listed: false
""",
}
SLIPS = {
    "trades": ("trades: [photographe]", "trades: [photographie]"),
    "price": ('"450.00"', "450 €"),
    "consent": ("  - {purpose: email, given: 2026-03-01, how: form}\n", ""),
}
"""What somebody writes wrongly in the members' guide's three examples."""


class Block(NamedTuple):
    language: str
    file: str
    text: str


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8").replace("\u00a0", " ")


def blocks(file: Path) -> list[Block]:
    """The fenced examples of a guide, those inside a list, too."""
    found = re.findall(
        r"^( *)```(\w*) ?([^\n]*)\n(.*?)^ *```$", file.read_text(encoding="utf-8"), re.M | re.S
    )
    return [
        Block(language, name, re.sub(rf"^{indent}", "", text, flags=re.M))
        for indent, language, name, text in found
    ]


def prose(file: Path) -> str:
    return re.sub(r"^ *```.*?^ *```$", "", text_of(file), flags=re.M | re.S)


def spans(file: Path) -> list[str]:
    return re.findall(r"`([^`\n]+)`", prose(file))


def named(name: str) -> list[Path]:
    return [FOLDER / f"{name}.{language}.md" for language in LANGUAGES]


each_guide = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)


# The same in both languages


def test_every_guide_is_in_both_languages() -> None:
    assert {file.name for file in FILES} == {file.name for name in NAMES for file in named(name)}
    assert {"members", "administrators"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_have_the_same_parts(name: str) -> None:
    english, french = (
        [heading.level for heading in markdown.render(prose(file)).headings] for file in named(name)
    )
    assert english == french
    assert Counter(english)[1] == 1
    english_blocks, french_blocks = (
        [block.language for block in blocks(file)] for file in named(name)
    )
    assert english_blocks == french_blocks


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_name_the_same_fields_and_commands(name: str) -> None:
    english, french = (
        {span for span in spans(file) if re.match(r"[a-z_.]+:$|coopbook |make ", span)}
        for file in named(name)
    )
    assert english == french


# True


def properties(schema: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every field of a schema, by the names that lead to it."""
    for key, part in (schema.get("properties") or {}).items():
        yield (*path, key), part
        yield from properties(part, (*path, key))
    for inner in ("items", "additionalProperties"):
        if isinstance(schema.get(inner), dict):
            yield from properties(schema[inner], path)


FIELDS = [found for kind in load_kinds(TOP)[0].values() for found in properties(kind.schema)]


def fields(name: str) -> list[Any]:
    """The schemas of the fields of this name: from the top where it has a point, else anywhere."""
    steps = tuple(name.split("."))
    return [
        part for path, part in FIELDS if path == steps or (len(steps) == 1 and path[-1] == name)
    ]


def _accepts(schema: Any, value: object) -> bool:
    if "enum" in schema:
        return value in schema["enum"]
    return isinstance(value, bool) == (schema.get("type") == "boolean")


@each_guide
def test_fields_exist_and_take_these_values(file: Path) -> None:
    for span in spans(file):
        field = re.fullmatch(r"([a-z_]+(?:\.[a-z_]+)*):(?: (\S+))?", span)
        if field and not re.fullmatch("[a-z]{2}", field[1]):
            value = yaml.load(
                field[2] or "", yaml.BaseLoader if "-" in (field[2] or "") else yaml.SafeLoader
            )
            assert fields(field[1]), f"there is no field {span}"
            assert field[2] is None or any(
                _accepts(schema, value) for schema in fields(field[1])
            ), span


def _used(file: Path) -> Iterator[list[str]]:
    """Every `coopbook …` of a guide, in words."""
    lines = [
        line
        for block in blocks(file)
        if block.language == "console"
        for line in block.text.splitlines()
    ]
    for line in [*spans(file), *lines]:
        for call in re.findall(r"(?:^|[$/ ])coopbook ([a-z][^&|>#]*)", line):
            yield call.split()


@each_guide
def test_commands_and_options_exist(file: Path) -> None:
    for name, *words in _used(file):
        assert name in COMMANDS, f"coopbook {name}"
        command = main.get_command(click.Context(main), name)
        assert command
        if isinstance(command, click.Group):
            if words[:1] not in [[one] for one in command.commands]:
                words = [*getattr(command, "unnamed", []), *words]
            assert words[:1] in [[one] for one in command.commands], f"coopbook {name} {words[:1]}"
            command = command.commands[words[0]]
        known = {option for parameter in command.params for option in parameter.opts}
        assert [word for word in words if word.startswith("--") and word not in known] == [], (
            f"coopbook {name}"
        )
    targets = set(re.findall(r"^(\w+):", (TOP / "Makefile").read_text(), re.M))
    made = re.findall(
        r"(?:^|\$ )make (\w+)",
        "\n".join([*spans(file), *(block.text for block in blocks(file))]),
        re.M,
    )
    assert set(made) <= targets


@each_guide
def test_rules_options_and_documents_named_exist(file: Path) -> None:
    commands = [main.get_command(click.Context(main), name) or main for name in COMMANDS]
    commands += [one for command in commands for one in getattr(command, "commands", {}).values()]
    options = {
        option for command in commands for parameter in command.params for option in parameter.opts
    }
    for span in spans(file):
        if re.fullmatch(r"--[a-z-]+", span):
            assert span in options, span
        if re.fullmatch(
            r"(docs/)?[A-Z-]+\.md|(members|projects|events|decisions|wiki|schemas)/[a-z/]*", span
        ):
            assert (TOP / span).exists(), span
    for check in re.findall(
        r"coopbook explain ([a-z-]+)|(?:[Cc]heck|[Cc]ontrôle) (?:est )?`([a-z]+-[a-z-]+)`",
        text_of(file),
    ):
        assert (check[0] or check[1]) in checks.all_checks(), check


def small_coop(root: Path, more: dict[str, str] | None = None) -> Path:
    lists = {
        f"schemas/vocabularies/{name}.yml": (TOP / f"schemas/vocabularies/{name}.yml").read_text()
        for name in ("trades", "skills")
    }
    for name, text in {**START, **lists, **(more or {})}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def _put(block: Block) -> str:
    """An example as a whole file: fields take the place of those of the small co-op."""
    if block.file not in START:
        return block.text
    fields = yaml.load(block.text, yaml.BaseLoader)
    kept = [
        part
        for part in re.split(r"^(?=\w)", START[block.file], flags=re.M)
        if part.partition(":")[0] not in fields
    ]
    return "".join(kept) + block.text


@each_guide
def test_every_example_is_accepted(file: Path, tmp_path: Path) -> None:
    examples = [block for block in blocks(file) if block.file]
    whole = {block.file: block.text for block in examples if block.file not in START}
    for number, block in enumerate(examples):
        book = load(small_coop(tmp_path / str(number), whole | {block.file: _put(block)}), TODAY)
        say = translator("en")
        found = [
            f"{item.file}: {say(item.message)}"
            for item in checks.check(book)
            if item.severity == "error"
        ]
        assert found == [], block.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_messages_shown_are_those_of_the_check(language: str, tmp_path: Path) -> None:
    shown = [
        block.text
        for block in blocks(FOLDER / f"members.{language}.md")
        if block.language == "text"
    ]
    said = []
    for name, (right, wrong) in SLIPS.items():
        file, text = "members/ana-lopes.yml", START["members/ana-lopes.yml"]
        assert right in text
        root = small_coop(tmp_path / name, {file: text.replace(right, wrong)})
        day = TODAY.isoformat()
        said.append(run("check", root, "--lang", language, "--today", day).stdout)
    assert shown == said


def test_the_members_guide_names_what_stands_on_the_pages() -> None:
    english, french = (text_of(file) for file in MEMBERS)
    say = translator("fr", shown=str)
    for sentence in SENTENCES:
        assert sentence.removesuffix(".") in english
        assert say(Message(sentence)).replace("\u00a0", " ").removesuffix(".") in french


@pytest.mark.parametrize(
    "file", [*MEMBERS, *named("deciding"), *named("secretaries")], ids=lambda file: file.name
)
def test_members_need_no_word_of_git(file: Path) -> None:
    text = re.sub(r"`[^`\n]*`", "", prose(file))
    assert GIT.findall("a pull request") != []
    assert [found[0] for found in GIT.finditer(text)] == []


@each_guide
def test_links_lead_somewhere(file: Path) -> None:
    for link in markdown.links(text_of(file)):
        target, _hash, anchor = link.url.partition("#")
        if "://" not in link.url:
            other = FOLDER / target if target else file
            assert other.is_file(), link.url
            assert not anchor or anchor in {
                heading.id for heading in markdown.render(text_of(other)).headings
            }, link.url


# On the members' site


@pytest.fixture
def sites(example_sites: Path) -> Path:
    return example_sites


@pytest.mark.parametrize(("prefix", "language"), [("", "fr"), ("en/", "en")])
def test_the_members_site_has_the_guides_in_its_languages(
    sites: Path, prefix: str, language: str
) -> None:
    site = Site(sites / "members")
    for name in NAMES:
        path = f"{prefix}guides/{name}/index.html"
        text = (sites / "members" / path).read_text(encoding="utf-8")
        headings = markdown.render(
            (FOLDER / f"{name}.{language}.md").read_text(encoding="utf-8")
        ).headings
        assert f'<html lang="{language}"' in text
        assert {heading.id for heading in headings} <= set(site.pages[path].ids)
        other = f"{'' if prefix else 'en/'}guides/{name}/index.html"
        linked = {
            target[0]
            for link in site.pages[path].links
            if link.tag == "a" and (target := site.leads(path, link.url))
        }
        assert {other, f"{prefix}guides/index.html"} <= linked
        assert [
            fault
            for link in site.pages[path].links
            if link.written and (fault := site.fault(path, link.url))
        ] == []


@pytest.mark.parametrize("prefix", ["", "en/"])
def test_the_list_leads_to_each_guide_and_the_home_page_to_the_members_one(
    sites: Path, prefix: str
) -> None:
    site = Site(sites / "members")
    for start, wanted in (("guides/index.html", NAMES), ("index.html", ["members"])):
        page = prefix + start
        linked = {
            target[0] for link in site.pages[page].links if (target := site.leads(page, link.url))
        }
        assert {f"{prefix}guides/{name}/index.html" for name in wanted} <= linked


def test_a_link_from_one_guide_to_another_leads_to_its_page(sites: Path) -> None:
    site, page = Site(sites / "members"), "guides/administrators/index.html"
    assert "guides/members/index.html" in {
        target[0]
        for link in site.pages[page].links
        if link.written and (target := site.leads(page, link.url))
    }


def test_the_public_site_has_none(sites: Path) -> None:
    names = [
        path.relative_to(sites / "public").as_posix() for path in (sites / "public").rglob("*")
    ]
    assert len(names) > 100
    assert [name for name in names if "guides" in name.split("/")] == []
    assert [
        path
        for path in (sites / "public").rglob("*.html")
        if "guides/" in path.read_text(encoding="utf-8")
    ] == []


def test_a_language_without_guides_reads_the_english_ones(tmp_path: Path) -> None:
    root = small_coop(
        tmp_path / "coop", {"coop.yml": START["coop.yml"].replace("[fr, en]", "[nl, fr]")}
    )
    out = build(root, tmp_path / "out", "--audience", "members") / "members"
    first, second = (
        (out / path / "guides/members/index.html").read_text(encoding="utf-8")
        for path in ("", "fr")
    )
    assert '<html lang="nl"' in first
    assert '<div lang="en"><h1' in first
    assert '<html lang="fr"' in second
    assert 'lang="en"' not in second
