"""Minutes or notes that were written in an office program: brought in as a draft, with the
fingerprint of their file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from ..base.diagnostics import suggestion
from ..base.messages import Message, Misuse, _
from ..base.positions import Value
from ..decisions.kinds import MINUTES
from ..documents.text_reader import read_office_text
from ..records.evidence import FOLDER
from ..records.index import Index
from ..yaml_files.editor import render
from .attendance_list import read_listed_attendance


@dataclass(frozen=True)
class MinutesOptions:
    """What is said of a meeting besides its text.

    Attributes:
        body: The id of the body that met.
        day: The day on which it met.
        number: The number of its minutes; a working note where there is none.
        title: What they are called; made from body and day when empty.
    """

    body: str
    day: date
    number: int | None = None
    title: str = ""


@dataclass(frozen=True)
class ImportedMinutes:
    """A record that is not written yet: its path, what its file holds, and what is left out."""

    path: str
    data: bytes
    left_out: tuple[Message, ...]


def import_minutes(
    index: Index, file: str, data: bytes, options: MinutesOptions
) -> ImportedMinutes:
    """The draft that a text gives. Nothing is written.

    Args:
        index: The co-op's records.
        file: The text's file: its path from the co-op's folder if it is there, else its name.
        data: What it holds: Markdown, OpenDocument or Word.
        options: What is said of the meeting besides.

    Raises:
        Misuse: Where there is no such body, or nothing in the text.
        Stopped: Where the file cannot be read.
    """
    body = index.find("body", options.body)
    if body is None:
        help = suggestion(options.body, index.by_id("body"))
        raise Misuse(_("There is no body “{id}”. {help}", id=options.body, help=help))
    text = read_office_text(data)
    if not text.markdown.strip():
        raise Misuse(_("There is no text in “{file}”.", file=file))
    language, day = index.languages[0], options.day.isoformat()
    title = options.title or f"{index.text(body.title, language)}, {day}"
    place = {"file": file} if file.startswith(FOLDER) else {"where": file}
    annex: dict[str, Value] = {"title": file, **place, "sha256": hashlib.sha256(data).hexdigest()}
    numbered: dict[str, Value] = {"number": options.number, "kind": "ordinary"}
    there = read_listed_attendance(index, text.markdown)
    value: dict[str, Value] = {
        "record": "note" if options.number is None else "minutes",
        "title": {language: title[:160]},
        "body": body.id,
        **({} if options.number is None else numbered),
        "date": day,
        "status": "draft",
        **({"attendance": there.rows} if there.rows else {}),
        "annexes": [annex],
    }
    pictures = (_("Left out: pictures and drawings."),) if text.pictures else ()
    return ImportedMinutes(
        f"decisions/{MINUTES}/{body.id}-{day}.md",
        render(value, text.markdown.strip()),
        (*pictures, *there.left),
    )
