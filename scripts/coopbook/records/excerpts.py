"""Places of values in their files, computed when a diagnostic asks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec.structs import replace

from ..base.diagnostics import Diagnostic
from ..base.positions import START
from ..yaml_files.reader import MAX_BODY_BYTES, MAX_YAML_BYTES, parse
from .kinds import SHIPPED


class Places:
    """Spans of values, computed when a diagnostic asks: its file is read again."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._sources: dict[str, Any] = {}
        self._lines: dict[str, list[str]] = {}

    def fill(self, found: Diagnostic) -> Diagnostic:
        """The diagnostic with its span: of the value, else of the nearest thing around it."""
        if found.span is not None:
            return found
        source = self._source(found.file)
        if source is None:
            return replace(found, span=START)
        if found.on_key and found.path in source.keys:
            return replace(found, span=source.keys[found.path])
        path = found.path
        while path and path not in source.spans:
            path = path[:-1]
        if path != found.path or not path:
            return replace(
                found, span=source.keys.get(path, START if not path else source.spans[path])
            )
        return replace(found, span=source.spans[path])

    def lines(self, file: str) -> list[str]:
        """The lines of a file, for excerpts."""
        if file not in self._lines:
            data = self._read(file)
            self._lines[file] = (
                data.decode("utf-8", "replace").split("\n") if data is not None else []
            )
        return self._lines[file]

    def _source(self, file: str) -> Any:
        if file not in self._sources:
            data = self._read(file)
            self._sources[file] = (
                parse(data, front_matter=file.endswith(".md"), places=True)
                if data is not None
                else None
            )
        return self._sources[file]

    def _read(self, file: str) -> bytes | None:
        path = self.root / file
        if path.is_symlink() or not path.is_file():
            if not file.startswith("schemas/"):
                return None
            path = SHIPPED.parent / file
        try:
            with path.open("rb") as opened:
                return (
                    opened.read(MAX_YAML_BYTES + MAX_BODY_BYTES + 1)
                    if path.suffix in {".yml", ".md", ".json"}
                    else None
                )
        except OSError:
            return None
