"""Compile when the package is built or installed what people edit in a form that is slow to read:
catalogues (`.po` to `.mo`) and the vocabularies that ship (YAML to JSON).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

DATA = Path(__file__).parent / "coopbook" / "data"
LOCALES = DATA / "locales"
VOCABULARIES = Path(__file__).parents[1] / "schemas" / "vocabularies"


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


def compile_vocabularies(folder: Path = DATA / "compiled") -> None:
    """Write each vocabulary as JSON, under the fingerprint of its YAML: once that has been edited,
    the program reads the YAML (`records/vocabularies.py`).
    """
    folder.mkdir(exist_ok=True)
    for source in sorted(VOCABULARIES.glob("*.yml")):
        written = source.read_bytes()
        # Every value is a text: the base loader takes none of them for anything else.
        value = yaml.load(written, yaml.BaseLoader)
        made = {"sha256": hashlib.sha256(written).hexdigest(), "value": value}
        compiled = folder / f"{source.stem}.json"
        compiled.write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")


class CompilingHook(BuildHookInterface[Any]):
    """Called by hatchling before it gathers the files of a wheel, or of an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        compile_catalogues()
        compile_vocabularies()
