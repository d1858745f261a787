"""Kinds of a co-op's own."""

from __future__ import annotations

from typing import Any

EVENT = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Rendez-vous",
  "description": "A meeting or a workshop.",
  "x-files": "ateliers/**/*.md", "x-id": "stem", "x-title": "title", "x-body": "markdown",
  "x-audience": {"when": {"audience": "public"}},
  "type": "object", "required": ["title", "on", "audience"], "additionalProperties": false,
  "properties": {
    "title": {"type": "string", "title": "Titre", "minLength": 1, "x-audience": "public", "x-index": true},
    "on": {"type": "string", "title": "Le", "format": "date", "description": "A date such as 2026-01-31.", "x-audience": "public", "x-index": true},
    "audience": {"type": "string", "enum": ["public", "members"], "x-audience": "public", "x-index": true},
    "hosts": {"type": "array", "title": "Avec", "x-audience": "public", "items": {"type": "string", "x-ref": "member", "x-audience": "public"}},
    "room": {"type": "string", "title": "Salle"}
  }
}"""  # noqa: E501


def own_schema(**words: Any) -> dict[str, Any]:
    """A small record type with other words."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Workshop",
        "description": "A workshop.",
        "x-files": "ateliers/*.md",
        "x-id": "stem",
        "x-title": "title",
        "type": "object",
        "properties": {"title": {"type": "string"}},
        "additionalProperties": False,
        **words,
    }
