"""Brings the catalogues up to date with the sentences of the code, the templates, the schemas, the checks and the commands.

`python scripts/catalogues.py` writes `scripts/coopbook/data/locales/<language>/LC_MESSAGES/coopbook.po`; new sentences stand there empty. The
catalogue of a country, such as `fr_CA`, keeps only what it says otherwise than the language's own. What click says by itself stands in the
same catalogue. The compiled `coopbook.mo` beside it, which the program reads, is made anew too; it is not kept in git.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from coopbook.base.messages import document, in_words
from coopbook.checks import all_checks
from coopbook.cli import COMMANDS
from coopbook.cli import main as main_command
from coopbook.site.navigation import sections
from hatch_build import compile_catalogues

TOP = Path(__file__).parents[1]
PACKAGE = TOP / "scripts" / "coopbook"
FOLDERS = sorted(path.name for path in (PACKAGE / "data" / "locales").iterdir())
LANGUAGES = tuple(name for name in FOLDERS if "_" not in name)
COUNTRIES = tuple(name for name in FOLDERS if "_" in name)
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]


def sentences() -> Iterator[tuple[str | tuple[str, ...], str]]:
    """Every sentence, with the file it stands in."""
    found = extract_from_dir(PACKAGE, METHODS, keywords={"_": None, "ngettext": (1, 2)})
    for file, _line, message, _comments, _context in found:
        yield message, f"scripts/coopbook/{file}"
    for schema in sorted((TOP / "schemas").glob("[a-z]*.schema.json")):
        for text in _of_schema(json.loads(schema.read_bytes())):
            yield text, f"schemas/{schema.name}"
    for section in sections().values():
        yield section.title, "scripts/coopbook/site/navigation.yml"
    for slug, check in all_checks().items():
        yield document(check.document).text, f"scripts/coopbook/checks/{slug}"
    for name in COMMANDS:
        command = import_module(f"coopbook.cli.{name}").command
        for one in (command, *getattr(command, "commands", {}).values()):
            yield document(one.callback.__doc__).text, f"scripts/coopbook/cli/{name}.py"
    yield document(main_command.callback.__doc__).text, "scripts/coopbook/cli/__init__.py"
    yield from of_click()


def of_click() -> Iterator[tuple[str | tuple[str, ...], str]]:
    """Every sentence that click says by itself."""
    for file, _line, message, _comments, _context in extract_from_dir(
        Path(click.__file__).parent, METHODS[:1], keywords={"_": None, "ngettext": (1, 2)}
    ):
        yield message, f"click/{file}"


def _of_schema(schema: Any) -> Iterator[str]:
    if isinstance(schema, list):
        for item in schema:
            yield from _of_schema(item)
    elif isinstance(schema, dict):
        for word, part in schema.items():
            if word in {"title", "description"} and isinstance(part, str):
                yield part
            elif word == "enum":
                yield from (in_words(choice).text for choice in part if isinstance(choice, str))
            else:
                yield from _of_schema(part)


def catalogue(language: str) -> Catalog:
    """The catalogue of a language with exactly the sentences of today, each with the translation it had; a country's has only its own."""
    file = PACKAGE / "data" / "locales" / language / "LC_MESSAGES" / "coopbook.po"
    old = read_po(file.open("rb"), locale=language) if file.is_file() else Catalog(locale=language)
    new = Catalog(
        locale=language,
        project="Coopbook",
        version="0",
        msgid_bugs_address="Coopbook",
        last_translator="Coopbook",
        language_team="Coopbook",
        charset="utf-8",
        header_comment="# Coopbook's sentences.",
        fuzzy=False,
    )
    new.revision_date = new.creation_date = old.creation_date
    common = None if "_" not in language else catalogue(language.partition("_")[0])
    for message, place in sentences():
        had = old.get(message if isinstance(message, str) else message[0])
        usual = common.get(message if isinstance(message, str) else message[0]) if common else None
        if usual and (not had or not had.string or had.string == usual.string):
            continue
        kept = had.string if had and isinstance(had.id, str) is isinstance(message, str) else None
        new.add(message, string=kept, locations=[(place, 0)])
    return new


def main() -> None:
    for language in (*LANGUAGES, *COUNTRIES):
        file = PACKAGE / "data" / "locales" / language / "LC_MESSAGES" / "coopbook.po"
        file.parent.mkdir(parents=True, exist_ok=True)
        new = catalogue(language)
        with file.open("wb") as out:
            write_po(out, new, width=0, sort_output=True, include_lineno=False, omit_header=False)
        print(
            f"{language}: {len(new)} sentences, {sum(not message.string or message.string == ('', '') for message in new if message.id)} to translate"
        )
    compile_catalogues()


if __name__ == "__main__":
    main()
