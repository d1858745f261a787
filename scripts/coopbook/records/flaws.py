"""What a schema refuses, in a member's words: the message, the mending, and what is not sound
because of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..base.dates import read_day, read_month
from ..base.diagnostics import nearest, suggestion
from ..base.formats import FIRST_YEAR, LAST_YEAR, as_fraction, foreign_letter, is_far, is_uri, slug
from ..base.messages import NOTHING, Message, _, languages, ngettext, translator
from ..base.positions import Path, Value
from .dialect import labels
from .dialect.shared import Schema
from .dialect.words import x_localized
from .model import schema_at
from .slow_validator import validator_class


class Flaw(NamedTuple):
    """One refused value. `path` is its place, `on_key` says that its name is at fault, `drop` what
    is not sound because of it.
    """

    path: Path
    on_key: bool
    message: Message
    help: Message
    drop: Path


_WITH_CHECK_DIGITS = frozenset(["siret", "siren", "vat", "bce"])


class Frame(NamedTuple):
    """What a refused value stands in: the schema of the whole file, and the language in which the
    co-op writes first.
    """

    schema: Schema
    language: str = "fr"


BOUNDS = frozenset(["maxLength", "minimum", "maximum", "maxItems", "maxProperties", "uniqueItems"])


def find_flaws(error: Any, path: Path, frame: Frame) -> Iterator[Flaw]:
    """Say what an error of jsonschema means to who wrote the file.

    Args:
        error: The error; one may stand for several flaws.
        path: Where the refused value stands.
        frame: What the file is.
    """
    if _is_of_a_name(error):
        path = (*path, error.instance)
        yield Flaw(
            path,
            True,
            _("“{key}” cannot stand here as a key.", key=error.instance),
            _help_with_names(error),
            path,
        )
    elif error.validator == "forbidden":
        yield Flaw(
            path, True, _("“{key}” cannot stand here as a key.", key=path[-1]), NOTHING, path
        )
    elif error.validator == "additionalProperties":
        yield from (
            _describe_unknown(key, error.schema, error.instance, path)
            for key in error.instance
            if key not in error.schema.get("properties", {})
        )
    elif error.validator == "required":
        yield from _find_missing(error.schema, error.instance, path)
    elif error.validator == "uniqueItems":
        second = next(
            number for number, item in enumerate(error.instance) if item in error.instance[:number]
        )
        yield Flaw((*path, second), False, *_describe(error, path, frame), (*path, second))
    elif error.validator in {"anyOf", "oneOf"} and error.context:
        for part in _pick_likeliest(error.context):
            yield from find_flaws(part, tuple(part.absolute_path), frame)
    else:
        yield Flaw(path, False, *_describe(error, path, frame), path)


def _is_of_a_name(error: Any) -> bool:
    """Whether a key is at fault and not its value (a schema may itself have a property called
    propertyNames).
    """
    steps = iter(error.absolute_schema_path)
    for step in steps:
        if step == "propertyNames":
            return True
        if step == "properties":
            next(steps, None)
    return False


def _pick_likeliest(errors: list[Any]) -> list[Any]:
    """Of several forms a value might have, what is wrong with the one it comes nearest to."""
    forms: dict[Any, list[Any]] = {}
    for error in errors:
        forms.setdefault(error.relative_schema_path[0], []).append(error)

    def distance(form: list[Any]) -> tuple[bool, int]:
        return any(
            not error.relative_path and error.validator in {"type", "const", "enum"}
            for error in form
        ), len(form)

    return min(forms.values(), key=distance)


def _help_with_names(error: Any) -> Message:
    if error.validator == "enum":
        return _("One of: {choices}.", choices=Message(", ".join(map(str, error.validator_value))))
    if "{2" in str(error.validator_value):
        return _("Language codes such as fr or en stand here.")
    return _("Use small letters without accents, digits and hyphens.")


def _describe_unknown(key: str, schema: Schema, value: Value, path: Path) -> Flaw:
    known = [name for name in schema.get("properties", {}) if name not in value]
    names = Message(", ".join(known or schema.get("properties", {})))
    within = next(
        (name for name in known if key in schema["properties"][name].get("properties", {})), ""
    )
    help = (
        _("It stands below “{field}”: {field}: {{{key}: …}}.", field=within, key=key)
        if within
        else _suggest(_meant_field(key, schema, known))
        or suggestion(key, schema.get("properties", {}))
        or _("Known here: {names}.", names=names)
    )
    required = path and _meant_field(key, schema, known) in schema.get("required", ())
    return Flaw(
        (*path, key),
        True,
        _("There is no field “{key}” here.", key=key),
        help,
        path if required else (*path, key),
    )


def _meant_field(key: str, schema: Schema, names: list[str]) -> str | None:
    """The one of some fields that a name nearly is, or that pages call so in a language that we
    speak or that the co-op says it in; None where there is none.
    """
    word = slug(key)
    for name in names if word else ():
        part = schema["properties"][name]
        title = labels.title_of(part if isinstance(part, dict) else {}, name)
        said = [*(translator(language)(title) for language in languages()), *title.own.values()]
        if word in map(slug, said):
            return name
    return nearest(key, names)


def _suggest(name: str | None) -> Message:
    return _("Did you mean “{near}”?", near=name) if name is not None else NOTHING


def _find_missing(schema: Schema, value: Value, path: Path) -> Iterator[Flaw]:
    """Required keys that are absent, save those that stand there misspelt: they are told once, as
    unknown.
    """
    properties = schema.get("properties", {})
    absent = [key for key in schema["required"] if key not in value]
    misspelt = {
        _meant_field(key, schema, [name for name in properties if name not in value])
        for key in value
        if key not in properties
    }
    for key in absent:
        if key not in misspelt:
            help = labels.description_of(properties.get(key, {})) or _(
                "Add a line: {key}: …", key=key
            )
            yield Flaw((*path, key), False, _("“{key}” is missing.", key=key), help, path)


def _name_of(path: Path, frame: Frame) -> str:
    """What a value is called: the field's own name, before the language of a text by language."""
    names = [step for step in path if isinstance(step, str)]
    localized = bool(path) and x_localized.of(schema_at(frame.schema, path[:-1]))
    return ".".join(names[-2:] if localized else names[-1:])


def _describe(error: Any, path: Path, frame: Frame) -> tuple[Message, Message]:
    """The message and the mending for a refused value."""
    name = _name_of(path, frame)
    about = labels.description_of(error.schema)
    limit, value = error.validator_value, error.instance
    if value == "" or error.validator in {"minLength", "minItems", "minProperties"}:
        return _("“{name}” is empty.", name=name), about or _(
            "Write something, or delete the line."
        )
    if error.validator == "type":
        if limit == "object" and isinstance(value, str) and x_localized.of(error.schema):
            return _("“{name}” is written by language.", name=name), _(
                "Write: {field}: {{{language}: {text}}}",
                field=name,
                language=frame.language,
                text=value,
            )
        if limit == "object" and value is not None:
            return _("“{name}” needs fields of its own.", name=name), _describe_fields(
                error.schema, frame.language
            )
        return (
            _describe_type(name, limit, value)
            if value is None or limit != "string"
            else _describe_no_text(error.schema, value, path, frame)
        )
    if error.validator == "enum":
        choices, value = [_as_written(choice) for choice in limit], _as_written(value)
        return _("“{value}” is not a choice for “{name}”.", value=value, name=name), suggestion(
            value, choices
        ) or _("One of: {choices}.", choices=Message(", ".join(choices)))
    if error.validator in BOUNDS:
        return _describe_bound(error, name)
    message = _(
        "“{value}” does not have the right form for “{name}”.", value=_as_written(value), name=name
    )
    return message, _describe_form(error.schema, about, _as_written(value))


def _describe_bound(error: Any, name: str) -> tuple[Message, Message]:
    """The same for a value of which there is too much, or too little."""
    limit, value = error.validator_value, error.instance
    if error.validator == "maxLength":
        over = len(value) - limit
        return ngettext(
            "“{name}” is too long by one character.",
            "“{name}” is too long by {count} characters.",
            count=over,
            name=name,
        ), _("At most {most} characters.", most=limit)
    if error.validator in {"minimum", "maximum"}:
        return _(
            "{value} is outside the limits of “{name}”.", value=value, name=name
        ), _describe_range(error.schema)
    if error.validator == "uniqueItems":
        return _("“{name}” has the same entry twice.", name=name), _("Keep one of the two.")
    return _("“{name}” has too many entries.", name=name), _("At most {most}.", most=limit)


def _as_written(value: Value) -> str:
    """A value as its author writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _describe_form(schema: Schema, about: Message, value: str) -> Message:
    """How a text of this form is written: what its format asks, else the field's description, else
    what its pattern asks.
    """
    if schema.get("format") == "fraction" and (meant := as_fraction(value)):
        return _("Write the exact fraction: {fraction}.", fraction=meant)
    if schema.get("format") in ("date", "date-time", "partial-date") and is_far(value):
        return _("A year between {first} and {last}.", first=FIRST_YEAR, last=LAST_YEAR)
    if schema.get("format") in _WITH_CHECK_DIGITS and _has_pattern(schema, value):
        return _("Its digits do not fit one another: copy it again from where it is printed.")
    if day := _read_date(schema.get("format", ""), value):
        return _("Write {date}.", date=Message(day))
    form = {
        "date": _("A date such as 2026-01-31."),
        "partial-date": _("A date such as 2026-01-31, a month such as 2026-01, or a year."),
        "country": _("Two capital letters, such as FR."),
        "currency": _("Three capital letters, such as EUR."),
        "time-zone": _(
            "A place of the list of time zones, such as Europe/Paris or America/Toronto."
        ),
        "phone": _("With its country code, such as +33 2 40 00 00 00."),
        "uri": _describe_address(value),
        "email-address": _("An e-mail address."),
        "amount": _('In quotes, such as "450.00".'),
    }.get(schema.get("format", ""))
    if form or about:
        return form or about
    if "0-9]+(-[a-z0-9]+)*" in schema.get("pattern", ""):
        return _("Use small letters without accents, digits and hyphens.")
    return _("Compare it with a file that works.")


def _read_date(form: str, value: str) -> str:
    """The day, or the month where that will do, that a value is in people's words; else empty."""
    if form not in ("date", "partial-date"):
        return ""
    return read_day(value) or (read_month(value) if form == "partial-date" else "")


def _has_pattern(schema: Schema, value: str) -> bool:
    pattern = schema.get("pattern", "")
    return bool(pattern) and bool(re.fullmatch(pattern.removeprefix("^").removesuffix("$"), value))


def _describe_address(value: str) -> Message:
    """How an address is written, after what is wrong with this one."""
    if letter := foreign_letter(value):
        return _(
            "“{letter}” ({code}) is a letter that looks like another: type the address again.",
            letter=letter,
            code=f"U+{ord(letter):04X}",
        )
    if re.search(r"\s", value):
        return _("An address has no spaces.")
    if "@" in value:
        return _("An address has no name or password before the site's name.")
    if "://" not in value and is_uri(f"https://{value}"):
        return _("Write https://{address}.", address=value)
    return _("An address that begins with https://.")


def _describe_range(schema: Schema) -> Message:
    least, most = schema.get("minimum"), schema.get("maximum")
    if least is None:
        return _("At most {most}.", most=most)
    if most is None:
        return _("At least {least}.", least=least)
    return _("Between {least} and {most}.", least=least, most=most)


def _describe_type(name: str, wanted: str, value: Value) -> tuple[Message, Message]:
    if value is None:
        return _("“{name}” is empty.", name=name), _("Write something, or delete the line.")
    return {
        "array": (
            _("“{name}” must be a list.", name=name),
            _("Write each entry on a line of its own that begins with a hyphen."),
        ),
        "boolean": (
            _("“{name}” must be true or false.", name=name),
            _("Write true or false, without quotes."),
        ),
        "integer": (
            _("“{name}” must be a whole number.", name=name),
            _("Write digits alone, without quotes."),
        ),
        "number": (
            _("“{name}” must be a number.", name=name),
            _("Write digits, with a point for decimals and without quotes."),
        ),
    }[wanted]


def _describe_fields(schema: Schema, language: str) -> Message:
    """How fields are written below another, with the first that this one wants."""
    parts = schema.get("properties", {})
    if not schema.get("required") or x_localized.of(schema):
        first = language if x_localized.of(schema) else next(iter([*parts, "…"]))
        return _(
            "Write them below it, indented by two spaces, for example: {example}",
            example=f"{first}: …",
        )
    example = ", ".join(
        f"{name}: {_sample(parts.get(name, {}), language)}" for name in schema["required"]
    )
    return _("For example: {example}", example=Message(f"{{{example}}}"))


def _sample(schema: Schema, language: str) -> str:
    """What may stand in a field, as an example shows it."""
    if x_localized.of(schema):
        return f"{{{language}: …}}"
    choices = schema.get("enum")
    return str(choices[0]) if choices else "…"


def _describe_no_text(
    schema: Schema, value: Value, path: Path, frame: Frame
) -> tuple[Message, Message]:
    """A value that is no text: with quotes around it, it may be right or have another fault."""
    name = _name_of(path, frame)
    if isinstance(value, dict | list):
        return _("“{name}” must be text.", name=name), _("Write one value behind the colon.")
    error = next(validator_class()(schema).iter_errors(_as_written(value)), None)
    if error:
        return _describe(error, path, frame)
    return _("“{name}” must be text.", name=name), _(
        'Put quotes around it: "{value}".', value=_as_written(value)
    )
