"""Compile the catalogues when the package is built or installed: what ships is `.mo`, what is
edited is `.po`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LOCALES = Path(__file__).parent / "coopbook" / "data" / "locales"


def compile_catalogues(folder: Path = LOCALES) -> None:
    """Write `coopbook.mo` beside each `coopbook.po` below a folder of languages."""
    for source in sorted(folder.glob("*/LC_MESSAGES/coopbook.po")):
        with source.open("rb") as written:
            catalogue = read_po(written)
        with source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)


class CatalogueHook(BuildHookInterface[Any]):
    """Called by hatchling before it gathers the files of a wheel, or of an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_catalogues()
