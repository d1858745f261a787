"""The command `coopbook new`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..base.messages import Misuse, _
from ._exits import require_coop, speak
from ._language import Spoken, system_language
from ._options import lang_option, root_argument, today_option

if TYPE_CHECKING:
    from ..base.messages import Translator
    from ..editing.form import Drafter
    from ..records.index import Index
    from ..records.model import Kind, Record

KEPT = "build/answers"
"""Where answers are kept until the last: a folder that no repository keeps."""


@click.command("new", cls=Spoken)
@click.argument("kind")
@root_argument
@lang_option
@today_option
def command(kind: str, root: Path, lang: str | None, today: date) -> None:
    """Ask for a new record of ROOT and write its file.

    KIND is member, project, body, page, poll, answer (to a poll) or a kind of the co-op's own. Each
    answer is checked at once; nothing is written before the last.
    """
    from ..base.diagnostics import has_errors
    from ..base.messages import translator
    from ..decisions.kinds import ANSWER
    from ..editing.form import Drafter
    from ..editing.poll_answers import ask_answer
    from ..editing.prompts import converse
    from ._conversation import conversation
    from ._report import read, tell

    require_coop(root)
    book, _found = read(root, today, lang or system_language())
    language = lang or book.index.languages[0]
    say = speak(translator(language))
    wanted = _kind(kind, book.index, say)
    with conversation(say, root / KEPT / f"new-{wanted.slug}.json") as asker:
        record = converse(
            asker,
            lambda: (
                ask_answer(book.index, asker, language)
                if wanted.name == ANSWER
                else _ask_record(Drafter(wanted, book.index, asker, language))
            ),
        )
        _write(root, record, book.index.languages[0], say)
    print(say(_("Written: {file}", file=record.file)))
    book, found = read(root, today, language)
    own = [item for item in found if item.file == record.file]
    tell(book, own, language, "text")
    raise SystemExit(1 if has_errors(own) else 0)


def _kind(name: str, index: Index, say: Translator) -> Kind:
    """The kind of this name, or of this title in the language of the messages."""
    from ..base.diagnostics import suggestion
    from ..editing.choices import Choice, choose

    kinds = {kind.name: kind for kind in index.kinds.values() if not kind.single}
    found = choose(
        name,
        [
            Choice(kind.name, say(kind.title), (kind.slug, say(kind.title_plural)))
            for kind in kinds.values()
        ],
    )
    if found not in kinds:
        help = suggestion(name, kinds) or _("One of: {choices}.", choices=", ".join(kinds))
        raise Misuse(_("There is no kind of record “{name}”. {help}", name=name, help=help))
    return kinds[found]


def _ask_record(drafter: Drafter) -> Record:
    """The record that the answers make, as the checks want it."""
    from ..base import markdown
    from ..editing.file_names import file_for
    from ..editing.retry import mend
    from ..records.model import Record

    kind = drafter.kind
    drafter.asker.tell(kind.description)
    drafter.fields()
    value = drafter.ask_published()
    body = (
        drafter.text(_("Text"), [_("What stands below the fields, in Markdown.")])
        if kind.front_matter
        else ""
    )
    name = kind.title_of(value) or next(
        (heading.text for heading in markdown.render(body).headings), ""
    )
    file = file_for(
        kind,
        str(next(iter(name.values())) if isinstance(name, dict) else name),
        drafter.index,
        drafter.asker,
    )
    return mend(Record(kind, kind.id_of(file), file, value, body), drafter)


def _write(root: Path, record: Record, language: str, say: Translator) -> None:
    """Write the file, with the fields that it may have besides as remarks below."""
    from ..base.atomic_files import create_file
    from ..editing.commented_fields import commented_fields
    from ..yaml_files.editor import render

    comment = "\n".join(commented_fields(record.kind, record.value, language, say))
    body = record.body if record.kind.front_matter else None
    create_file(root, record.file, render(record.value, body, comment))
