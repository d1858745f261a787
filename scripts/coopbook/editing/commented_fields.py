"""The fields that a new record may have besides, written below it as remarks: each with what it is
called and an example, so that taking a sign away and filling in is all there is to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..base.messages import Translator, _
from ..base.positions import Value
from ..records.dialect import labels
from ..records.dialect.shared import Schema
from ..records.dialect.words import x_localized
from ..records.model import Kind

_GAP = "…"
_NEVER = ("formerly",)
"""Fields that say what was before: a new record has none."""


def commented_fields(
    kind: Kind, value: Mapping[str, Value], language: str, say: Translator
) -> Iterator[str]:
    """Yield the lines of remarks, without the sign that begins them; none where nothing is left.

    Args:
        kind: The kind of the record.
        value: What it has already.
        language: The one that texts are to be written in.
        say: Says titles and descriptions.
    """
    left = [name for name in kind.properties if name not in value and name not in _NEVER]
    if left:
        yield say(_("Other fields that may stand here: take the # away and fill in."))
    for name in left:
        part = kind.properties[name]
        title, help = labels.title_of(part, name), labels.description_of(part)
        said = _("{name}: {value}", name=title, value=help) if help else title
        yield f"{name}: {_example(part, language)}   # {say(said)}"


def _example(part: Schema, language: str) -> str:
    """What stands behind the name of a field, in one line of YAML."""
    if x_localized.of(part):
        return f"{{{language}: {_GAP}}}"
    if "enum" in part:
        return str(part["enum"][0])
    match part["type"]:
        case "boolean":
            return "true"
        case "array":
            return f"[{_example(part['items'], language)}]"
        case "object" if "properties" in part:
            names = part.get("required") or list(part["properties"])[:2]
            inner = part["properties"]
            return (
                "{"
                + ", ".join(f"{name}: {_example(inner[name], language)}" for name in names)
                + "}"
            )
        case "object":
            return f"{{{_GAP}: {_GAP}}}"
        case _:
            return _GAP
