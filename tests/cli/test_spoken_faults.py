"""What click says by itself of a wrong call is in the language of the terminal."""

from __future__ import annotations

import os

import catalogues
import pytest
from coopbook.base import messages
from coopbook.cli import main, system_language
from coopbook.cli.explain import command
from support.commands import environment, run

WRONG = {
    ("check", "--nope"): "Erreur\u00a0: L'option '--nope' n'existe pas.",
    (
        "check",
        "--lnag",
        "fr",
    ): "Erreur\u00a0: L'option '--lnag' n'existe pas. Vouliez-vous dire '--lang'\u00a0?",
    ("nope",): "Erreur\u00a0: La commande 'nope' n'existe pas.",
    ("vote", "close"): "Erreur\u00a0: Il manque l'argument 'NUMBER'.",
    (
        "vote",
        "close",
        "0",
    ): (
        "Erreur\u00a0: Valeur refusée pour 'NUMBER'\u00a0: 0 n'est pas dans l'intervalle "
        "1<=x<=10000000."
    ),
    (
        "check",
        "/no/where",
    ): "Erreur\u00a0: Valeur refusée pour '[ROOT]'\u00a0: Dossier '/no/where' n'existe pas.",
    (
        "check",
        "--lang",
        "nl",
    ): "Erreur\u00a0: Valeur refusée pour '--lang'\u00a0: 'nl' n'est pas parmi 'en', 'fr'.",
    ("check", "--lang"): "Erreur\u00a0: L'option '--lang' demande une valeur.",
    ("check", ".", "a", "b"): "Erreur\u00a0: Arguments en trop (a b)",
}


@pytest.mark.parametrize(
    ("arguments", "words"),
    list(WRONG.items()),
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_a_wrong_call_is_told_in_french(arguments: tuple[str, ...], words: str) -> None:
    french, english = (
        run(*arguments, settings=environment(LANG=language))
        for language in ("fr_FR.UTF-8", "C.UTF-8")
    )
    assert french.returncode == english.returncode == 2
    assert french.stderr.splitlines()[-1] == words
    assert (
        ("Usage\u00a0: " in french.stderr)
        is ("Pour de l'aide\u00a0: " in french.stderr)
        is ("Usage: " in english.stderr)
    )
    assert "Error: " in english.stderr
    assert not set(french.stderr.splitlines()) & set(english.stderr.splitlines()) - {""}


@pytest.mark.parametrize(
    ("settings", "french"),
    [
        ({"LANGUAGE": "en"}, False),
        ({"LANGUAGE": "fr:en"}, True),
        ({"LC_ALL": "C", "LANGUAGE": "fr"}, False),
    ],
)
def test_one_call_speaks_one_language(settings: dict[str, str], french: bool) -> None:
    """LANGUAGE goes before LANG, but for a terminal without a language: so GNU's gettext has it,
    which click follows.
    """
    said = run("vote", "close", settings=environment(LANG="fr_FR.UTF-8", **settings)).stderr
    assert ("Usage\u00a0: " in said) is french
    assert ("Il manque l'argument" in said) is french
    assert (
        "OPTIONS"
        in run("vote", "--help", settings=environment(LANG="fr_FR.UTF-8", **settings)).stdout
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("vote", "close", "0", "--lang", "fr"),
        ("vote", "close", "--lang", "fr", "0"),
        ("vote", "close", "--lang", "fr"),
        ("check", "--lang", "fr", "--today", "hier"),
        ("check", "--lang", "fr", "/no/where"),
    ],
)
def test_a_wrong_call_is_told_in_the_language_that_it_asks_for(arguments: tuple[str, ...]) -> None:
    """Whatever the terminal speaks, and also where what is wrong stands before the option."""
    asked = run(*arguments, settings=environment())
    french = run(
        *(word for word in arguments if word not in {"--lang", "fr"}),
        settings=environment(LANG="fr_FR.UTF-8"),
    )
    assert (asked.returncode, asked.stderr.splitlines()[-1]) == (2, french.stderr.splitlines()[-1])
    assert "Usage\u00a0: " in asked.stderr
    english = run(
        *("en" if word == "fr" else word for word in arguments),
        settings=environment(LANG="fr_FR.UTF-8"),
    )
    assert ("Error: " in english.stderr, "Erreur" in english.stderr) == (True, False)


def test_a_language_that_is_asked_for_stays_ours() -> None:
    """What we start, such as git, goes on in the language of the terminal."""
    context = main.make_context("coopbook", ["explain", "--lang", "fr"])
    before = os.environ.get("LANGUAGE")
    with context:
        command.make_context("explain", ["--lang", "fr"], parent=context)
        assert system_language() == "fr"
    assert os.environ.get("LANGUAGE") == before


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_what_click_reads_is_what_the_catalogue_says(language: str) -> None:
    compiled = messages.catalogue(language)
    whole = catalogues.make_catalogue(language)
    clicks = [message for message, *_where in catalogues.find_click_sentences()]
    assert len(clicks) > 50
    for message in clicks:
        single = message if isinstance(message, str) else message[0]
        assert whole[single].string, single
        if isinstance(message, str):
            assert compiled.gettext(message) == whole[single].string, "make messages"
        else:
            assert (compiled.ngettext(*message, 1), compiled.ngettext(*message, 2)) == tuple(
                whole[single].string
            ), "make messages"
