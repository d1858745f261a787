"""The meta-schema: what a record type's schema may say, made from the words."""

from __future__ import annotations

from collections import defaultdict
from types import ModuleType
from typing import Any

from .words import all_words

LANGUAGE = "^[a-z]{2}(-[A-Z]{2})?$"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
TYPES = ["string", "integer", "number", "boolean", "object", "array"]
FORMATS = [
    *("date", "date-time", "uri", "email-address", "phone", "amount", "slug", "language"),
    *("country", "currency", "postcode", "siret", "siren", "vat", "bce", "neq", "rna", "ide"),
    *("bn", "path", "fraction", "time-zone", "partial-date"),
]
_TEXT = {"$ref": "#/$defs/text"}
_WORDS = {"$ref": "#/$defs/words"}
_NODE = {"$ref": "#/$defs/node"}
_COUNT = {"type": "integer", "minimum": 0}
_SCALARS = [{"type": name} for name in ("string", "boolean", "integer")]
_CLOSED = {"const": False}
_STRING = ("pattern", "format", "minLength", "maxLength")
_ARRAY = ("items", "minItems", "maxItems", "uniqueItems")
_OBJECT = (
    *("properties", "required", "additionalProperties", "propertyNames"),
    *("minProperties", "maxProperties"),
)


def meta_schema() -> dict[str, Any]:
    """The meta-schema as `schemas/_meta.schema.json` holds it."""
    words = {name: module for name, module in all_words().items() if "kind" in module.ON}
    needed = [name for name, module in words.items() if getattr(module, "REQUIRED", False)]
    return {
        "$schema": DRAFT,
        "title": "The dialect of record types",
        "description": "What a kind's schema may say. Everything else is refused, so that a slip"
        " such as x-publik is an error and never a silent hiding. Patterns: ASCII classes spelled"
        " out, inside RE2. Made from the words of the dialect by `make docs`.",
        "type": "object",
        "required": [
            *("$schema", "title", "description", "type", "properties", "additionalProperties"),
            *needed,
        ],
        "properties": {
            "$schema": {"const": DRAFT},
            "$defs": {
                "type": "object",
                "propertyNames": {"pattern": "^[a-z][a-z0-9_-]*$"},
                "additionalProperties": _NODE,
            },
            "title": _WORDS,
            "description": _WORDS,
            "type": {"const": "object"},
            "properties": {"$ref": "#/$defs/properties"},
            "additionalProperties": _CLOSED,
            "required": {"$ref": "#/$defs/required"},
            **{name: _on_kinds(name, module) for name, module in words.items()},
        },
        "additionalProperties": False,
        "$defs": _definitions(),
    }


def _on_kinds(name: str, module: ModuleType) -> dict[str, Any]:
    return _reference_to(name) if _on_fields(module) else _fragment(module)


def _reference_to(word: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{word}"}


def _fragment(module: ModuleType) -> dict[str, Any]:
    """What a word's value must match, with the first paragraph of the word's documentation."""
    about = (module.__doc__ or "").partition("\n\n")[0]
    return {"description": " ".join(about.split()), **module.FRAGMENT}


def _on_fields(module: ModuleType) -> bool:
    return bool(set(module.ON) - {"kind"})


def _definitions() -> dict[str, Any]:
    return {
        "text": {"type": "string", "minLength": 1},
        "words": {
            "anyOf": [
                _TEXT,
                {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": {"pattern": LANGUAGE},
                    "additionalProperties": _TEXT,
                },
            ]
        },
        "key": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"},
        "field": {"type": "string", "pattern": "^[a-z][a-z0-9_]*([.][a-z][a-z0-9_]*)*$"},
        "condition": {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 3,
            "propertyNames": {"$ref": "#/$defs/key"},
            "additionalProperties": {
                "anyOf": [*_SCALARS, {"type": "array", "minItems": 1, "items": {"anyOf": _SCALARS}}]
            },
        },
        "required": {"type": "array", "uniqueItems": True, "items": {"$ref": "#/$defs/key"}},
        "properties": {
            "type": "object",
            "propertyNames": {"$ref": "#/$defs/key"},
            "additionalProperties": _NODE,
        },
        "pattern": {
            "type": "string",
            "pattern": "^\\^.*\\$$",
            "not": {"pattern": "\\\\[dDwWsSbBpPkAzZ1-9]|\\(\\?"},
        },
        "names": {
            "type": "object",
            "properties": {
                "pattern": {"$ref": "#/$defs/pattern"},
                "enum": {"type": "array", "items": {"type": "string"}},
                "maxLength": {"type": "integer"},
                "description": _WORDS,
            },
            "minProperties": 1,
            "additionalProperties": False,
        },
        "node": {
            "if": {"type": "object", "required": ["$ref"]},
            "then": {"$ref": "#/$defs/reference"},
            "else": {"$ref": "#/$defs/field-schema"},
        },
        "reference": _reference(),
        "field-schema": _field_schema(),
        **{name: _fragment(module) for name, module in _field_words().items()},
    }


def _field_words() -> dict[str, ModuleType]:
    return {name: module for name, module in all_words().items() if _on_fields(module)}


def _reference() -> dict[str, Any]:
    """A shape of the file's own `$defs`, with what this field says otherwise of it."""
    return {
        "type": "object",
        "properties": {
            "$ref": {"type": "string", "pattern": "^#/[$]defs/[a-z][a-z0-9_-]*$"},
            "title": _WORDS,
            "description": _WORDS,
            **{name: _reference_to(name) for name in _field_words()},
        },
        "additionalProperties": False,
    }


def _field_schema() -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["type"],
        "properties": {
            "type": {"enum": TYPES},
            "title": _WORDS,
            "description": _WORDS,
            "enum": {"type": "array", "minItems": 1, "uniqueItems": True},
            "pattern": {"$ref": "#/$defs/pattern"},
            "format": {"enum": FORMATS},
            "minLength": _COUNT,
            "maxLength": _COUNT,
            "minimum": {"type": "number"},
            "maximum": {"type": "number"},
            "items": _NODE,
            "minItems": _COUNT,
            "maxItems": _COUNT,
            "uniqueItems": {"type": "boolean"},
            "properties": {"$ref": "#/$defs/properties"},
            "required": {"$ref": "#/$defs/required"},
            "additionalProperties": {"anyOf": [_CLOSED, _NODE]},
            "propertyNames": {"$ref": "#/$defs/names"},
            "minProperties": _COUNT,
            "maxProperties": _COUNT,
            **{name: _reference_to(name) for name in _field_words()},
        },
        "additionalProperties": False,
        "allOf": [_of_array(), _of_object(), _of_string(), *_of_types()],
    }


def _is(*types: str) -> dict[str, Any]:
    wanted: dict[str, Any] = {"const": types[0]} if len(types) == 1 else {"enum": list(types)}
    return {"properties": {"type": wanted}, "required": ["type"]}


def _forbid(words: tuple[str, ...] | list[str]) -> dict[str, Any]:
    return {"properties": dict.fromkeys(words, False)}


def _of_array() -> dict[str, Any]:
    return {"if": _is("array"), "then": {"required": ["items"]}, "else": _forbid(_ARRAY)}


def _of_object() -> dict[str, Any]:
    """An object has the fields it names and no other, or it is a map: any names of one form, and
    values of one shape.
    """
    fields = {
        "required": ["properties"],
        "properties": {"additionalProperties": _CLOSED, "propertyNames": False},
    }
    a_map = {
        "required": ["propertyNames"],
        "properties": {"additionalProperties": {"type": "object"}, "properties": False},
    }
    return {
        "if": _is("object"),
        "then": {"required": ["additionalProperties"], "oneOf": [fields, a_map]},
        "else": _forbid(_OBJECT),
    }


def _of_string() -> dict[str, Any]:
    return {"if": _is("string"), "else": _forbid(_STRING)}


def _of_types() -> list[dict[str, Any]]:
    """Words that stand on fields of some types alone."""
    words: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, module in _field_words().items():
        types = tuple(place for place in module.ON if place != "kind")
        if types != ("field",):
            words[types].append(name)
    return [{"if": _is(*types), "else": _forbid(names)} for types, names in sorted(words.items())]
