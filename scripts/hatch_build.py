"""Compile the catalogues when the package is built or installed: what ships is `.mo`, what is
edited is `.po`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALES = Path(__file__).parent / "coopbook" / "data" / "locales"


def compile_catalogues(folder: Path = LOCALES) -> None:
    """Write `coopbook.mo` beside each `coopbook.po` below a folder of languages, and `click.mo`:
    what click says by itself, which it reads whole.
    """
    for source in sorted(folder.glob("*/LC_MESSAGES/coopbook.po")):
        with source.open("rb") as written:
            every = read_po(written)
        _compile(every, source.with_suffix(".mo"))
        others = [
            message
            for message in every
            if message.id
            and not any(file.startswith("click/") for file, _line in message.locations)
        ]
        for message in others:
            every.delete(message.id, message.context)
        _compile(every, source.with_name("click.mo"))


def _compile(catalogue: Catalog, file: Path) -> None:
    with file.open("wb") as compiled:
        write_mo(compiled, catalogue)


class CatalogueHook(BuildHookInterface[Any]):
    """Called by hatchling before it gathers the files of a wheel, or of an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_catalogues()
