"""Office documents as files that have the same bytes for the same contents."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

MIMETYPES = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
NEVER = (1980, 1, 1, 0, 0, 0)
"""The time of each part of a document that we wrote: it is known again by it."""
_NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def pack_parts(ending: str, parts: dict[str, bytes]) -> bytes:
    """Parts as one file: in a fixed order, of no day."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        _add_part(archive, "mimetype", MIMETYPES[ending].encode(), ZIP_STORED)
        for name, data in sorted(parts.items()):
            _add_part(archive, name, data, ZIP_DEFLATED)
        _add_part(archive, "META-INF/manifest.xml", _render_manifest(ending, parts), ZIP_DEFLATED)
    return out.getvalue()


def _add_part(archive: ZipFile, name: str, data: bytes, how: int) -> None:
    info = ZipInfo(name, NEVER)
    info.external_attr, info.create_system = 0o644 << 16, 3
    archive.writestr(info, data, how)


def _render_manifest(ending: str, parts: dict[str, bytes]) -> bytes:
    entries = [("/", MIMETYPES[ending]), *((name, "text/xml") for name in sorted(parts))]
    rows = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in entries
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    top = f'<manifest:manifest xmlns:manifest="{space}" manifest:version="1.3">'
    return f"{head}{top}{rows}</manifest:manifest>".encode()


def render_meta(title: str, language: str, day: str) -> bytes:
    """What a document says of itself: its day is that of its contents."""
    from xml.sax.saxutils import escape

    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-meta {_NAMESPACES} '
        f'office:version="1.3"><office:meta>'
        f"<meta:generator>Coopbook</meta:generator><dc:title>{escape(title)}</dc:title><dc:language>{escape(language)}</dc:language>"
        f"<meta:creation-date>{day}T00:00:00</meta:creation-date><dc:date>{day}T00:00:00</dc:date>"
        "</office:meta></office:document-meta>"
    ).encode()
