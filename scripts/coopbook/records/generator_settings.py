"""What the settings of the site generator (`mkdocs*.yml`) may say in a co-op's folder.

The generator reads them itself where somebody calls it by hand: keys of it name programs that it
runs, templates that it fills, and files of the computer that it publishes. Ours say none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..base.diagnostics import Diagnostic
from ..base.messages import _
from ..base.positions import START
from ..yaml_files.reader import MAX_YAML_BYTES, parse
from .index import File
from .validation import Shape

SLUG = "unsafe-site-setting"
"""The check that tells what is found here."""

FILE = re.compile(r"mkdocs(\..*)?\.ya?ml", re.IGNORECASE)
"""The names under which the generator finds settings, or is given them."""


def _map(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


ALLOWED = _map(
    INHERIT={"type": "string", "pattern": r"^mkdocs([.][a-z]+)?[.]yml$"},
    site_name={"type": "string", "maxLength": 200},
    docs_dir={"type": "string", "enum": ["build/staging"]},
    site_dir={"type": "string", "enum": ["site/public", "site/members"]},
    use_directory_urls={"type": "boolean"},
    theme=_map(
        name={"type": "string", "enum": ["material"]},
        language={"type": "string", "pattern": r"^[a-z]{2}(-[A-Z]{2})?$"},
        font={"type": "boolean", "enum": [False]},
    ),
    extra=_map(generator={"type": "boolean"}),
    plugins=_map(coopbook=_map(audience={"type": "string", "enum": ["public", "members"]})),
)
"""The keys that our own settings have, and no other: nothing among them runs a program, or reads
or writes anywhere else.
"""


def find_unsafe_settings(root: Path, files: Iterable[File]) -> Iterator[Diagnostic]:
    """What the generator's settings at the top of a folder say that none of ours may."""
    for file in files:
        if not file.link and FILE.fullmatch(file.path):
            yield from _find_in(root, file.path)


def _find_in(root: Path, file: str) -> Iterator[Diagnostic]:
    try:
        with (root / file).open("rb") as opened:
            source = parse(opened.read(MAX_YAML_BYTES + 1), front_matter=False)
    except OSError:
        return
    for fault in source.faults:
        yield Diagnostic(file, fault.message, fault.help, span=fault.span, check="syntax")
    if source.faults:
        return
    if not isinstance(source.value, dict):
        message = _("This file must hold fields, such as name: Ana.")
        yield Diagnostic(file, message, _HELP, span=START, check=SLUG)
        return
    for flaw in _shape().flaws(source.value):
        if flaw.on_key:
            name = str(flaw.path[-1])
            message = _("“{name}” has no place here: it could run a program.", name=name)
        else:
            message = flaw.message
        yield Diagnostic(file, message, _HELP, flaw.path, flaw.on_key, check=SLUG)


_HELP = _(
    "Take it out. How the sites look stands in coop.yml, under “look”; “coopbook build” reads no "
    "mkdocs.yml."
)


@lru_cache(maxsize=1)
def _shape() -> Shape:
    return Shape(ALLOWED)
