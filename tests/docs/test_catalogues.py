"""Every sentence has its French, and the French fits its sentence; a country's own words stand in a
catalogue of their own.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import catalogues
import pytest
from babel.messages.pofile import read_po
from coopbook.base.messages import LOCALES, _, ngettext, pgettext, translator
from support.coops import TOP

GAP = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_catalogue_has_exactly_the_sentences_of_today(language: str) -> None:
    with (LOCALES / language / "LC_MESSAGES" / "coopbook.po").open("rb") as file:
        have = read_po(file)
    assert {(message.context, message.id) for message in have if message.id} == {
        (message.context, message.id)
        for message in catalogues.make_catalogue(language)
        if message.id
    }, "make messages"
    untold = [
        message.id
        for message in have
        if message.id
        and not all([message.string] if isinstance(message.string, str) else message.string)
    ]
    assert untold == []
    assert [message.id for message in have if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", catalogues.COUNTRIES)
def test_a_countrys_catalogue_has_only_what_it_says_otherwise(language: str) -> None:
    with (LOCALES / language / "LC_MESSAGES" / "coopbook.po").open("rb") as file:
        own = {(message.context, message.id): message for message in read_po(file) if message.id}
    assert own
    common = {
        (message.context, message.id): message.string
        for message in catalogues.make_catalogue(language.partition("_")[0])
        if message.id
    }
    assert own.keys() - common.keys() == set(), "make messages"
    assert [
        id
        for id, message in own.items()
        if message.fuzzy or not message.string or message.string == common[id]
    ] == []


def test_a_country_says_some_words_in_its_own_way() -> None:
    assert translator("fr_FR")(_("Local offices")) == "Antennes"
    assert translator("fr_CA")(_("Local offices")) == "Points de service"
    board = pgettext("body.kind", "Board")
    assert translator("fr_BE")(board) == "Organe d'administration"
    assert translator("fr_CA")(board) == translator("fr_CH")(board) == "Conseil d'administration"


@pytest.mark.parametrize("language", [*catalogues.LANGUAGES, *catalogues.COUNTRIES])
def test_translations_keep_the_gaps(language: str) -> None:
    for message in catalogues.make_catalogue(language):
        if message.id:
            wanted = [
                set(GAP.findall(text))
                for text in ([message.id] if isinstance(message.id, str) else message.id)
            ]
            also = [gaps - {"count"} for gaps in wanted] if isinstance(message.id, tuple) else []
            for text in [message.string] if isinstance(message.string, str) else message.string:
                assert set(GAP.findall(text)) in wanted + also, text


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_the_headings_of_documents_are_translated_too(language: str) -> None:
    with (LOCALES / language / "LC_MESSAGES" / "coopbook.po").open("rb") as file:
        said = [str(message.string) for message in read_po(file)]
    assert [text.partition("\n")[0] for text in said if "## Why" in text] == []


def test_a_sentence_is_said_in_both_languages() -> None:
    message = ngettext("{count} error", "{count} errors", 2)
    assert translator("en")(message) == "2 errors"
    assert translator("fr")(message) == "2 erreurs"
    assert translator("fr")(ngettext("{count} error", "{count} errors", 0)) == "0 erreur"
    assert translator("de")(message) == "2 errors", "a language without a catalogue is English"


def test_values_are_cut_and_cleaned() -> None:
    said = translator("en")(_("There is no field “{key}” here.", key="a\x1b[31m\u202e" + "x" * 500))
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert len(said) < 120
    nested = translator("fr")(_("Did you mean “{near}”?", near=_("Trades")))
    assert "Métiers" in nested


def calls(source: str) -> Iterator[str]:
    """The first sentence of each call of a translation function, also of one within an f-string; of
    one that is no plain text, its code.
    """
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in {"_", "ngettext"}
        ):
            said = node.args[0]
            yield (
                said.value
                if isinstance(said, ast.Constant) and isinstance(said.value, str)
                else ast.unparse(node)
            )


def test_the_search_of_calls_sees_into_f_strings() -> None:
    assert list(calls("""f"[{say(_('See'))}]({to})"; ngettext("a" "b", "c", 1); _(word)""")) == [
        "ab",
        "_(word)",
        "See",
    ]


def test_every_sentence_of_the_code_is_found_by_the_extraction() -> None:
    found = {sentence.key for sentence in catalogues.find_sentences()}
    files = sorted((TOP / "scripts" / "coopbook").rglob("*.py"))
    hidden = [
        f"{file.relative_to(TOP)}: {said}"
        for file in files
        for said in calls(file.read_text())
        if said not in found
    ]
    assert hidden == []
