"""Sentences for people: kept untranslated until the moment they are printed.

`_("… {name} …", name=value)` makes a `Message`; a `Translator` turns it into text of one language.
The English sentence is the key of the gettext catalogue in
`data/locales/<language>/LC_MESSAGES/coopbook.po`; one of a country, such as `fr_CA`, holds only
what is said otherwise there.
"""

from __future__ import annotations

import gettext
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from .catalogue import Catalogue
from .shipped import shipped

LOCALES = shipped("locales")
_MOST_SHOWN = 80
_STARTS_ITS_OWN_LINE = re.compile(r"\s|[-*] |[|>#]|```|\d+\. ")
_GAP = re.compile(r"\{([a-z_]+)\}")
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ue000-\ue002\ufeff\ufff9-\uffff\U000e0000-\U000e007f]"
)


@dataclass(frozen=True)
class Message:
    """A sentence with its values; `plural` is used when `values["count"]` asks for it.

    `context` says which of several meanings the text has, for the catalogue (gettext's msgctxt).
    `own` are words of somebody's file by language, "" where nobody says the language: no catalogue
    translates them.
    """

    text: str
    values: dict[str, Any] = field(default_factory=dict)
    plural: str = ""
    context: str = ""
    own: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.text)


NOTHING = Message("")


class Remark(NamedTuple):
    """What a step has to say: what it did or, with `caution`, what somebody should look at."""

    message: Message
    caution: bool = False


Translator = Callable[[Message], str]


class Stopped(Exception):
    """Work that cannot go on.

    Raised below the command line wherever a caller cannot be helped; nothing was written.
    As text it reads in English, for those who call us from Python.

    Attributes:
        messages: Why, to a person: one sentence or several.
    """

    def __init__(self, *messages: Message) -> None:
        say = translator("en")
        super().__init__(" ".join(say(message).strip() for message in messages))
        self.messages = messages

    def __reduce__(self) -> tuple[type[Stopped], tuple[Message, ...]]:
        """As itself out of another process: a page may be made in one."""
        return type(self), self.messages

    @property
    def message(self) -> Message:
        """The first of the sentences."""
        return self.messages[0]


class Misuse(Stopped):
    """A call that cannot be carried out as it was given."""


def _(text: str, /, **values: Any) -> Message:
    """A sentence to translate later; a value that is a `Message` is translated with it."""
    return Message(text, values)


def ngettext(text: str, plural: str, /, count: int, **values: Any) -> Message:
    """A sentence that has another form for several; `{count}` is one of its values."""
    return Message(text, {"count": count, **values}, plural)


def pgettext(context: str, text: str, /, **values: Any) -> Message:
    """A sentence that means something else elsewhere; the context tells a translator what it means
    here.
    """
    return Message(text, values, context=context)


def own_words(said: str | Mapping[str, str], /, **values: Any) -> Message:
    """Words that somebody wrote, plain or by language: they are shown in the reader's language
    where they have it, and never translated.
    """
    own = {"": said} if isinstance(said, str) else dict(said)
    return Message(next(iter(own.values()), ""), values, own=own)


def document_message(docstring: str | None) -> Message:
    """A docstring that people read, as one message of the catalogue.

    Each paragraph is one line of it, so that wrapping the English anew in the code loses no
    translation.
    """
    lines = inspect.cleandoc(docstring or "").splitlines()
    found: list[str] = []
    for line in lines:
        goes_on = found and found[-1] and line and not found[-1].startswith("#")
        if goes_on and not _STARTS_ITS_OWN_LINE.match(line):
            found[-1] += f" {line}"
        else:
            found.append(line)
    return Message("\n".join(found))


def wrap(text: str, width: int = 100) -> str:
    """A text with one line a paragraph, as it is read in a terminal."""
    return "\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )


def join_messages(words: Iterable[Message]) -> Message:
    """Several words or sentences with commas between them."""
    first, *others = words
    return (
        Message("{first}, {others}", {"first": first, "others": join_messages(others)})
        if others
        else first
    )


def capitalize(word: str) -> str:
    """A word of a file as people read it: `half_day` is *Half day*."""
    return word.replace("-", " ").replace("_", " ").capitalize()


def show_value(value: object, most: int = _MOST_SHOWN) -> str:
    """A value of somebody's file, cut to so many signs and stripped of all that could harm a
    terminal or a log.
    """
    text = _UNPRINTABLE.sub("\ufffd", str(value))
    return text if len(text) <= most else text[: most - 1] + "…"


@lru_cache
def languages() -> tuple[str, ...]:
    """The languages we have sentences in: English, and those with a catalogue."""
    return tuple(
        sorted({"en", *(folder.name for folder in LOCALES.iterdir() if "_" not in folder.name)})
    )


@lru_cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of a language such as `fr` or `fr_CA`, the most precise first; English has
    none.
    """
    names = [language.replace("-", "_"), language.replace("-", "_").partition("_")[0]]
    found: gettext.NullTranslations = gettext.NullTranslations()
    for name in dict.fromkeys(reversed(names)):
        if one := _read(LOCALES / name / "LC_MESSAGES" / "coopbook.po"):
            one.add_fallback(found)
            found = one
    return found


def _read(source: Path) -> Catalogue | None:
    """Read a catalogue as it was compiled when the package was built or installed.

    In a checkout a source that was edited since is compiled here: it takes a fifth of a second,
    which is why the compiled form is what ships. A wheel has no sources.
    """
    compiled = source.with_suffix(".mo")
    edited = source.stat().st_mtime if source.is_file() else 0.0
    if compiled.is_file() and compiled.stat().st_mtime >= edited:
        with compiled.open("rb") as file:
            return Catalogue(file)
    return _compile(source) if edited else None


def _compile(source: Path) -> Catalogue:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return Catalogue(compiled)


def translator(language: str, shown: Callable[[object], str] = show_value) -> Translator:
    """A function that says a `Message` in this language; a word it lacks stays English. `shown`
    writes the values.
    """
    words = catalogue(language)

    def say(message: Message) -> str:
        if not message.text:
            return ""
        if message.own:
            return _fill_own_words(
                message,
                language,
                lambda value: say(value) if isinstance(value, Message) else shown(value),
            )
        if message.context:
            text = words.pgettext(message.context, message.text)
        elif message.plural:
            text = words.ngettext(message.text, message.plural, message.values["count"])
        else:
            text = words.gettext(message.text)
        values = {
            key: say(value) if isinstance(value, Message) else shown(value)
            for key, value in message.values.items()
        }
        return text.format_map(values) if values else text

    return say


def _fill_own_words(message: Message, language: str, write: Callable[[Any], str]) -> str:
    """Somebody's words in a language, else in the one they wrote first. Gaps alone are filled: a
    file is no format string.
    """
    code = language.replace("_", "-")
    choices = (code, code.partition("-")[0], "")
    text = next((message.own[one] for one in choices if one in message.own), message.text)
    return _GAP.sub(
        lambda gap: write(message.values[gap[1]]) if gap[1] in message.values else gap[0], text
    )
