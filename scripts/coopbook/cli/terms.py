"""The command `coopbook terms`."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..base.messages import Misuse, _
from ..records.core_kinds import VOCABULARY
from ._exits import require_coop, speak
from ._language import Spoken, SpokenGroup, say_in_terminal
from ._options import lang_option, today_option

if TYPE_CHECKING:
    from ..base.messages import Translator
    from ..records.index import Index

SHOW = "show"


class _Terms(SpokenGroup):
    """A group whose commands begin with a verb; a list alone, or nothing, is shown."""

    unnamed = (SHOW,)

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        if not {"--help", "-h"} & {*args[:1]} and (not args or args[0] not in self.commands):
            args = [*self.unnamed, *args]
        return super().parse_args(context, args)


def _shared_options(command: Any) -> Any:
    """The options that each of them has."""
    root = click.option(
        "--root",
        type=click.Path(file_okay=False, exists=True, path_type=Path),
        default=Path(),
        help=say_in_terminal(_("The co-op's folder.")),
    )
    return root(lang_option(today_option(command)))


@click.group("terms", cls=_Terms)
def command() -> None:
    """The lists of words that members choose from: show, find a word, add one.

    `coopbook terms` names the lists, `coopbook terms trades` shows the words of one.
    """


@command.command(SHOW, cls=Spoken, hidden=True)
@click.argument("vocabulary", required=False)
@_shared_options
def show(vocabulary: str | None, root: Path, lang: str | None, today: date) -> None:
    """Name the lists; with VOCABULARY, show the words of one."""
    from ..editing.terms import list_names, require_list
    from ..records.vocabularies import is_retired

    index, say = _open(root, lang, today)
    language = lang or index.languages[0]
    if vocabulary is None:
        for name in list_names(index):
            title = index.text(index.by_id(VOCABULARY)[name].title, language)
            print(f"{name:24} {title} ({len(index.terms(name) or {})})")
        return
    for id, term in sorted(require_list(index, vocabulary).items()):
        parts = [index.text(term.get("label") or id, language)]
        if broader := term.get("broader"):
            parts.append(f"< {broader}")
        if words := (term.get("synonyms") or {}).get(language):
            parts.append(f"({', '.join(words)})")
        if is_retired(term):
            parts.append(say(_("no longer chosen")))
        print(f"{id:24} {' '.join(parts)}")


@command.command("propose", cls=Spoken)
@click.argument("word")
@click.option(
    "--in",
    "vocabulary",
    metavar="VOCABULARY",
    help=say_in_terminal(_("In this list alone; in every one when left out.")),
)
@_shared_options
def propose(word: str, vocabulary: str | None, root: Path, lang: str | None, today: date) -> None:
    """Say which words of the lists are most like WORD, and how it would be added.

    Leaves with 1 where none is alike.
    """
    from ..base.formats import slug
    from ..editing.terms import find_near, list_names, require_list

    index, say = _open(root, lang, today)
    language = lang or index.languages[0]
    if vocabulary is not None:
        require_list(index, vocabulary)
    names = [vocabulary] if vocabulary else list_names(index)
    found = find_near(index, word, names)
    for near in found:
        term = (index.terms(near.vocabulary) or {})[near.id]
        label = index.text(term.get("label") or near.id, language)
        more = "" if near.word in (label, near.id) else f" ({near.word})"
        print(f"{near.vocabulary:12} {near.id:24} {label}{more}")
    if not found:
        print(say(_("No word of the lists is like “{word}”.", word=word)))
    example = f'coopbook terms add {names[-1]} {slug(word) or "id"} --label "{word}"'
    print(say(_("None of these? Add it: {command}", command=example)))
    raise SystemExit(0 if found else 1)


@command.command("add", cls=Spoken)
@click.argument("vocabulary")
@click.argument("id")
@click.option(
    "--label",
    "labels",
    multiple=True,
    metavar="[LANGUAGE=]TEXT",
    help=say_in_terminal(
        _("What people read, such as “en=Beekeeper”; in the main language where none is named.")
    ),
)
@click.option(
    "--synonym",
    "synonyms",
    multiple=True,
    metavar="[LANGUAGE=]TEXT",
    help=say_in_terminal(_("Another word that people search for; may be repeated.")),
)
@click.option(
    "--broader", metavar="ID", help=say_in_terminal(_("The word of the list that contains it."))
)
@_shared_options
def add(
    vocabulary: str,
    id: str,
    labels: tuple[str, ...],
    synonyms: tuple[str, ...],
    broader: str | None,
    root: Path,
    lang: str | None,
    today: date,
) -> None:
    """Add the word ID to the list VOCABULARY, or labels and synonyms to one that is there.

    It is written into the co-op's own file of the list, which adds to Coopbook's, in the order of
    the ids.
    """
    from ..base.atomic_files import create_file, replace_file
    from ..editing.terms import add_term

    index, say = _open(root, lang, today)
    main = index.languages[0]
    term: dict[str, Any] = {"label": dict(_by_language(one, main) for one in labels)}
    for language, text in (_by_language(one, main) for one in synonyms):
        term.setdefault("synonyms", {}).setdefault(language, []).append(text)
    if broader:
        term["broader"] = broader
    path = root / f"schemas/vocabularies/{vocabulary}.yml"
    if path.is_symlink():
        raise Misuse(_("“{file}” is a link, not a file.", file=path))
    data = path.read_bytes() if path.is_file() else None
    file, written = add_term(index, vocabulary, id, term, data)
    if written == data:
        print(say(_("{file} says all of this already.", file=file)))
        return
    if data is None:
        create_file(root, file, written)
    else:
        replace_file(root / file, written)
    print(say(_("Written: {file}", file=file)))


def _by_language(said: str, main: str) -> tuple[str, str]:
    """A text with its language: the main one where none is named before the equals sign."""
    found = re.fullmatch(r"([a-z]{2}(?:-[A-Z]{2})?)=(.*)", said, re.DOTALL)
    return (found[1], found[2].strip()) if found else (main, said.strip())


def _open(root: Path, lang: str | None, today: date) -> tuple[Index, Translator]:
    from ..base.messages import translator
    from ..records.load import load

    require_coop(root)
    index = load(root, today).index
    say = speak(translator(lang or index.usage(index.languages[0]), shown=str))
    return index, say
