"""Brings the catalogues up to date with the sentences of the code, the templates, the schemas, the
checks and the commands.

`python scripts/catalogues.py` writes
`scripts/coopbook/data/locales/<language>/LC_MESSAGES/coopbook.po`; new sentences stand there empty.
The catalogue of a country, such as `fr_CA`, keeps only what it says otherwise than the language's
own. What click says by itself stands in the same catalogue. The compiled `coopbook.mo` beside it,
which the program reads, is made anew too; it is not kept in git.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po
from coopbook.base.messages import document_message
from coopbook.checks import all_checks
from coopbook.cli import COMMANDS
from coopbook.cli import main as main_command
from coopbook.records.dialect import labels
from coopbook.records.dialect.shared import Schema, parts
from coopbook.records.kinds import shipped_kinds
from coopbook.records.legal import CONTEXT, legal_words
from coopbook.site.first_steps import all_steps
from coopbook.site.navigation import sections
from hatch_build import compile_catalogues

TOP = Path(__file__).parents[1]
PACKAGE = TOP / "scripts" / "coopbook"
FOLDERS = sorted(path.name for path in (PACKAGE / "data" / "locales").iterdir())
LANGUAGES = tuple(name for name in FOLDERS if "_" not in name)
COUNTRIES = tuple(name for name in FOLDERS if "_" in name)
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]


KEYWORDS = {"_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


class Sentence(NamedTuple):
    """A sentence to translate, or its two forms; the file it stands in; its context (gettext's
    msgctxt).
    """

    text: str | tuple[str, ...]
    file: str
    context: str | None = None

    @property
    def key(self) -> str:
        return self.text if isinstance(self.text, str) else self.text[0]


def find_sentences() -> Iterator[Sentence]:
    """Every sentence of ours."""
    found = extract_from_dir(PACKAGE, METHODS, keywords=KEYWORDS)
    for file, _line, message, _comments, context in found:
        yield Sentence(message, f"scripts/coopbook/{file}", context)
    for kind in shipped_kinds().values():
        for _place, part in parts(kind.schema):
            contexts = part[labels.CONTEXT]
            for word, texts in labels.texts_of(part):
                for text in texts:
                    yield Sentence(text, f"schemas/{kind.name}.schema.json", contexts[word])
    meta = json.loads((TOP / "schemas" / "_meta.schema.json").read_bytes())
    for part in _find_described(labels.mark(meta, labels.DIALECT)):
        context = part[labels.CONTEXT]["description"]
        yield Sentence(part["description"], "schemas/_meta.schema.json", context)
    for section in sections().values():
        yield Sentence(section.title, "scripts/coopbook/site/navigation.yml")
    for step in all_steps():
        for text in (step.title, step.words):
            yield Sentence(text, "scripts/coopbook/site/first_steps.yml")
    for text in legal_words():
        yield Sentence(text, "scripts/coopbook/data/legal.yml", CONTEXT)
    for slug, check in all_checks().items():
        yield Sentence(document_message(check.document).text, f"scripts/coopbook/checks/{slug}")
    for name in COMMANDS:
        command = import_module(f"coopbook.cli.{name}").command
        for one in (command, *getattr(command, "commands", {}).values()):
            text = document_message(one.callback.__doc__).text
            yield Sentence(text, f"scripts/coopbook/cli/{name}.py")
    text = document_message(main_command.callback.__doc__).text
    yield Sentence(text, "scripts/coopbook/cli/__init__.py")
    yield from find_click_sentences()


def _find_described(meta: Schema) -> Iterator[Schema]:
    """The parts of the meta-schema that help whoever writes a schema."""
    for part in (*meta["properties"].values(), *meta["$defs"].values()):
        if "description" in part:
            yield part


def find_click_sentences() -> Iterator[Sentence]:
    """Every sentence that click says by itself."""
    for file, _line, message, _comments, _context in extract_from_dir(
        Path(click.__file__).parent, METHODS[:1], keywords={"_": None, "ngettext": (1, 2)}
    ):
        yield Sentence(message, f"click/{file}")


def make_catalogue(language: str) -> Catalog:
    """The catalogue of a language with exactly the sentences of today, each with the translation it
    had; a country's has only its own.
    """
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
    common = None if "_" not in language else make_catalogue(language.partition("_")[0])
    for one in find_sentences():
        had = old.get(one.key, one.context)
        usual = common.get(one.key, one.context) if common else None
        if usual and (not had or not had.string or had.string == usual.string):
            continue
        kept = had.string if had and isinstance(had.id, str) is isinstance(one.text, str) else None
        new.add(one.text, string=kept, locations=[(one.file, 0)], context=one.context)
    return new


def main() -> None:
    for language in (*LANGUAGES, *COUNTRIES):
        file = PACKAGE / "data" / "locales" / language / "LC_MESSAGES" / "coopbook.po"
        file.parent.mkdir(parents=True, exist_ok=True)
        new = make_catalogue(language)
        with file.open("wb") as out:
            write_po(out, new, width=0, sort_output=True, include_lineno=False, omit_header=False)
        missing = sum(one.string in {"", ("", "")} for one in new if one.id)
        print(f"{language}: {len(new)} sentences, {missing} to translate")
    compile_catalogues()


if __name__ == "__main__":
    main()
