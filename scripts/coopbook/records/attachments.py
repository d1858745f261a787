"""Files that pages give to take along: what is wrong with one, before it is copied onto a site.

A PDF or an OpenDocument text or sheet is published as it is, so nothing in it may run, start
something else or bring another file along. PDF: ISO 32000-1, 12.6.4 (actions), 7.11.4 (embedded
files), 7.5.7 (object streams). OpenDocument: version 1.3, part 2 (packages).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from ..base.messages import Message, _

FOLDERS = ("wiki/", "projects/")
"""Where attachments stand, beside the pages that link to them."""
MOST_BYTES = 10 * 1024 * 1024
_MOST_UNPACKED = 200 * 1024 * 1024
_MOST_PARTS = 2000

KINDS = {
    ".pdf": _("PDF"),
    ".odt": _("text (ODT)"),
    ".ods": _("sheet (ODS)"),
}
"""What a page calls a file, by its ending."""

_MIMETYPES = {
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_RUNS = re.compile(rb"/(JavaScript|Launch|RichMedia|XFA|ImportData)(?![A-Za-z0-9])")
_BRINGS = re.compile(rb"/(EmbeddedFiles?|FileAttachment|GoToE)(?![A-Za-z0-9])")
_ENCRYPTED = re.compile(rb"/Encrypt(?![A-Za-z0-9])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
_FILTERS = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[A-Za-z0-9]+)")
_MACRO_PARTS = re.compile(r"(Basic|Scripts)/|.*macrosignatures\.xml$", re.IGNORECASE)
_EMBEDDED_PARTS = re.compile(r"(?!ObjectReplacements/)(.*/)?Object [0-9]+$", re.IGNORECASE)
"""What another program made; a chart is a folder of texts, which are looked at like all others."""
_MACRO_CALLS = re.compile(
    rb"<script:event-listener|vnd\.sun\.star\.script:|\"macro:", re.IGNORECASE
)

Flaw = tuple[Message, Message]


def is_attachment(path: str) -> bool:
    """Whether a path is that of a file that a page may give."""
    return path.startswith(FOLDERS) and path.endswith(tuple(KINDS))


def find_flaw(path: Path, size: int) -> Flaw | None:
    """Why a file is not given on a page and how to mend it, or None."""
    if size > MOST_BYTES:
        return _("This file weighs more than {most} megabytes.", most=MOST_BYTES // 2**20), _(
            "Save a smaller one, or put it elsewhere and link to it there."
        )
    try:
        return _in_pdf(path.read_bytes()) if path.suffix == ".pdf" else _in_package(path)
    except OSError:
        return _("This file cannot be opened."), _("Look at its rights.")


def _in_pdf(data: bytes) -> Flaw | None:
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-2048:]:
        return _("This is no whole PDF, whatever its name says."), _("Export it again as PDF.")
    if _ENCRYPTED.search(_plain_names(data)):
        return _("This PDF is locked: nobody can look into it."), _(
            "Save it again without a password."
        )
    for part in _pdf_parts(data):
        if part is None:
            return _("This PDF is packed in a way that cannot be looked into."), _(
                "Export it again as PDF."
            )
        names = _plain_names(part)
        if _RUNS.search(names):
            return _("This PDF holds a program or starts one."), _(
                "Print it into a new PDF: what is seen stays, what runs goes."
            )
        if _BRINGS.search(names):
            return _("This PDF holds another file."), _(
                "Print it into a new PDF, and put the other file beside it."
            )
    return None


def _plain_names(data: bytes) -> bytes:
    """PDF may write any sign of a name by its number: `/Java#53cript`."""
    return _ESCAPED.sub(lambda found: bytes.fromhex(found[1].decode()), data)


def _pdf_parts(data: bytes) -> Iterator[bytes | None]:
    """The file itself, then what its packed streams of objects hold; None where one cannot be
    unpacked. Whatever its tables say: a reader that mends a broken file finds objects by looking,
    too.
    """
    yield data
    for found in _STREAM.finditer(data):
        start = found.start()
        if data[max(start - 3, 0) : start] == b"end":
            continue
        head = _plain_names(data[max(data.rfind(b"obj", 0, start), 0) : start])
        if b"/ObjStm" in head:
            yield _unpack(data[found.end() :], head)


def _unpack(data: bytes, head: bytes) -> bytes | None:
    filters = _FILTERS.search(head)
    names = filters[1].strip(b"[] \r\n\t") if filters else b""
    if not names:
        return data[: max(data.find(b"endstream"), 0)]
    if names not in (b"/FlateDecode", b"/Fl"):
        return None
    try:
        unpacker = zlib.decompressobj()
        out = unpacker.decompress(data, _MOST_UNPACKED)
    except zlib.error:
        return None
    return out if unpacker.eof else None


def _in_package(path: Path) -> Flaw | None:
    from zipfile import BadZipFile, ZipFile

    unsound = (
        _("This is no OpenDocument file, whatever its name says."),
        _("Save it again as {ending} with LibreOffice.", ending=path.suffix),
    )
    try:
        with ZipFile(path) as package:
            parts = package.infolist()
            first = parts[0] if parts else None
            if (
                first is None
                or first.filename != "mimetype"
                or package.read(first).decode("ascii", "replace") != _MIMETYPES[path.suffix]
                or len(parts) > _MOST_PARTS
                or sum(part.file_size for part in parts) > _MOST_UNPACKED
                or any(part.flag_bits & 1 for part in parts)
            ):
                return unsound
            names = [part.filename for part in parts]
            texts = [name for name in names if name.endswith(".xml")]
            if any(_MACRO_PARTS.match(name) for name in names) or any(
                _MACRO_CALLS.search(package.read(name)) for name in texts
            ):
                return _("This file holds macros."), _(
                    "Copy what is seen into a new file, and save that one."
                )
            if b"manifest:encryption-data" in package.read("META-INF/manifest.xml"):
                return _("This file is locked: nobody can look into it."), _(
                    "Save it again without a password."
                )
            if any(_EMBEDDED_PARTS.match(name) for name in names):
                return _("This file holds another file, such as a drawing with its own data."), _(
                    "Turn it into a picture, or save the whole as PDF."
                )
    except (BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return unsound
    return None
