"""Writes the documents that follow from their sources: docs/CHECKS.md from the checks,
docs/KINDS.md from the schemas, docs/DIALECT.md from the words that a schema may use.
"""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import coopbook
from babel import Locale
from coopbook.base.diagnostics import Diagnostic
from coopbook.base.messages import Message
from coopbook.base.shipped import PACKAGE
from coopbook.checks import Check, all_checks
from coopbook.decisions.tally import Outcome
from coopbook.records.dialect.meta import meta_schema
from coopbook.records.dialect.shared import Schema
from coopbook.records.dialect.words import all_words, x_audience
from coopbook.records.dialect.words.x_audience import Conditional
from coopbook.records.kinds import load_kinds
from coopbook.records.load import Book
from coopbook.records.model import Kind

TOP = Path(__file__).parents[1]
SHORT = 20
"""Lines of a file that is shown whole as an example."""


def render_checks() -> str:
    """Every check with its docstring."""
    parts = [
        "# Checks\n\nWhat `coopbook check` looks at. Warnings let the sites be made, errors "
        "do not. Made by `make docs` from the checks.\n"
    ]
    for slug, check in all_checks().items():
        text = check.document.replace("\n## Why", "\n### Why")
        parts.append(
            f"## {slug}\n\n*{check.severity}* · applies to {_describe_subject(check)}\n\n{text}\n"
        )
        parts += [example] if (example := _render_example(slug)) else []
    return "\n".join(parts)


def _render_example(slug: str) -> str:
    """The first case in which a check finds something: the file it names, where that is short, and
    the first message about it.
    """
    sys.path.insert(0, str(TOP / "tests"))
    from support.cases import all_cases

    failing = (case for case in all_cases() if case.check == slug)
    case = next((case for case in failing if case.expected.read_text()), None)
    if case is None:
        return ""
    lines = case.expected.read_text().splitlines()
    ends = [number for number, line in enumerate(lines) if number and not line.startswith(" ")]
    message = "\n".join(lines[: ends[0] if ends else None])
    file = lines[0].partition(":")[0]
    content = case.files.get(file, b"").decode("utf-8", "replace").rstrip()
    shown = 0 < len(content.splitlines()) <= SHORT and all(
        map(str.isprintable, content.splitlines())
    )
    parts = [f"In {file}:\n\n````text\n{content}\n````\n"] if shown else []
    return "\n".join(["### Example\n", *parts, f"````text\n{message}\n````\n"])


def _describe_subject(check: Check) -> str:
    """What a check applies to, in words."""
    if check.kinds:
        return ", ".join(f"`{kind}`" for kind in check.kinds)
    return "every kind of record" if check.check_record else "the folder as a whole"


def render_kinds() -> str:
    """Every kind with its fields."""
    parts = [
        "# Record types\n\nWhat may be written in each file. Made by `make docs` from `schemas/`.\n"
    ]
    for kind in load_kinds(TOP)[0].values():
        parts.append(
            f"## {kind.name}\n\n{kind.description.text} Files: `{kind.files}`.\n\n| field | "
            f"what | who may read it |\n|---|---|---|"
        )
        parts += [*_render_fields(kind.schema, "", kind), ""]
    return "\n".join(parts)


def _render_fields(schema: Schema, above: str, kind: Kind) -> Iterator[str]:
    required = schema.get("required", [])
    for name, part in schema.get("properties", {}).items():
        needed = " (needed)" if name in required else ""
        yield (
            f"| `{above}{name}`{needed} | {_describe_field(part)} | {_describe_audience(part)} |"
        )
        yield from _render_fields(part.get("items", part), f"{above}{name}.", kind)
        if isinstance(part.get("additionalProperties"), dict):
            yield from _render_fields(part["additionalProperties"], f"{above}{name}.*.", kind)


def _describe_field(part: Schema) -> str:
    words = [str(part[word]) for word in ("title", "description") if word in part]
    limits = [f"one of: {', '.join(map(str, part['enum']))}"] if "enum" in part else []
    limits += [f"a {part['x-ref']}'s id"] if "x-ref" in part else []
    limits += [f"from the list {part['x-vocabulary']}"] if "x-vocabulary" in part else []
    limits += ["by language"] if "x-localized" in part else []
    limits += ["a list"] if part["type"] == "array" else []
    return " — ".join(
        [". ".join(word.rstrip(".") for word in words)] * bool(words)
        + ["; ".join(limits)] * bool(limits)
    ).replace("|", "\\|")


def _describe_audience(part: Schema) -> str:
    said = x_audience.of(part)
    if isinstance(said, Conditional):
        values = " or ".join(str(value).lower() for value in said.when.values)
        until = f", until `{said.until}`" * bool(said.until)
        return f"everybody, when `{said.when.field}` is {values}{until}"
    return {
        "public": "everybody",
        "choice": "everybody, when `publish` names it",
        "members": "members",
        "nobody": "nobody",
    }[said]


DIALECT = """# The dialect of schemas

What `schemas/<kind>.schema.json` may say. A record type is this one file; everything else is
refused, so that a slip such as `x-publik` is an error and never a silent hiding. Made by `make
docs` from `scripts/coopbook/records/dialect/words/`, one module a word.

A schema is JSON Schema 2020-12 in few words: `type` is one name; an object has `properties` and
`"additionalProperties": false`, or is a map with `propertyNames` and one shape of values; an array
has one `items`. Patterns are `^…$` in ASCII, inside RE2. There is no `allOf`, `anyOf`, `oneOf`,
`not`, `if`, `patternProperties`, `prefixItems`, `multipleOf`: conditions across fields are checks.

`title` and `description` of a kind and of a field are text, or text by language: `{"fr":
"Formation", "en": "Training"}`. The `title` of a kind is what one record is called.

`$ref` names a shape of the file's own `$defs`, such as `{"$ref": "#/$defs/money"}`; `title`,
`description` and words that stand beside it count more than the shape's. A shape may use others,
and never itself.

A co-op's file of the name of a type that ships may say `"x-extends": "coopbook"`: it then holds
only `properties`, `$defs`, `required` and words of the kind that differ, and all else is ours. What
it gives is read whole, as if it were written out.
"""


def render_dialect() -> str:
    """Every word of the dialect, where it may stand, and its docstring."""
    parts = [DIALECT]
    for name, module in all_words().items():
        places = ", ".join(_PLACES.get(place, f"a field of type `{place}`") for place in module.ON)
        needed = "; needed" if getattr(module, "REQUIRED", False) else ""
        text = inspect.cleandoc(module.__doc__ or "")
        parts.append(f"## {name}\n\nOn {places}{needed}.\n\n{text}\n")
    return "\n".join(parts)


_PLACES = {"kind": "a kind", "field": "any field"}


API = """# The Python API

Four steps, from a folder to two sites and a counted vote:

```python
from datetime import UTC, date, datetime
from pathlib import Path

from coopbook import build, check, load, tally
from coopbook.base.messages import translator

say = translator("fr")
book = load(Path("."), date.today())
for fault in check(book):
    print(fault.file, fault.severity, say(fault.message))
build(book, Path("site"))
print(tally(book, "raise-the-dues", datetime.now(UTC)).counts)
```

Sentences for people are `Message`s: `say`, made for a language, turns them into text. What cannot
go on raises `coopbook.base.messages.Stopped`, or its kind `Misuse` where the call itself was wrong;
as text they read in English. The package is typed (`py.typed`). Every other module may change from
one version to the next. Made by `make docs` from the docstrings.
"""


def render_api() -> str:
    """The functions of the package, and the classes that they give."""
    functions = (getattr(coopbook, name) for name in ("load", "check", "build", "tally"))
    classes = (Book, Diagnostic, Message, Outcome)
    return "\n".join([API, *map(_render_function, functions), *map(_render_class, classes)])


def _render_function(function: Callable[..., object]) -> str:
    text = _render_sections(inspect.getdoc(function) or "")
    return f"## {function.__name__}\n\n```python\n{_render_signature(function)}\n```\n\n{text}\n"


def _render_signature(function: Callable[..., object]) -> str:
    """How it is called, one argument a line."""
    signature = inspect.signature(function)
    lines, only_named = [], False
    for one in signature.parameters.values():
        if one.kind is one.KEYWORD_ONLY and not only_named:
            only_named = True
            lines.append("    *,")
        value = "" if one.default is one.empty else " = …"
        lines.append(f"    {one.name}: {one.annotation}{value},")
    return "\n".join([f"{function.__name__}(", *lines, f") -> {signature.return_annotation}"])


def _render_sections(docstring: str) -> str:
    """A docstring's `Args`, `Returns` and `Raises` as lists."""
    lines: list[str] = []
    for line in docstring.splitlines():
        if line in {"Args:", "Returns:", "Raises:", "Attributes:"}:
            lines.append(f"**{line.removesuffix(':')}**\n")
        elif found := re.fullmatch(r"    (\w+): (.*)", line):
            lines.append(f"* `{found[1]}`: {found[2]}")
        else:
            lines.append(line.removeprefix("    ").replace("    ", "  ", 1))
    return "\n".join(lines)


def _render_class(one: type) -> str:
    """A class, and what may be read of it."""
    fields = [f"* `{name}`: `{kind}`" for name, kind in inspect.get_annotations(one).items()]
    text = _render_sections(inspect.getdoc(one) or "")
    return "\n".join([f"## {one.__name__}\n\n{text}\n", *fields, ""])


def render_meta_schema() -> str:
    """The meta-schema, made from the words."""
    return json.dumps(meta_schema(), indent=2, ensure_ascii=False) + "\n"


def render_codes() -> str:
    """The languages, countries and currencies of Unicode's CLDR, as Babel has them."""
    english = Locale("en")
    countries = {code for code in english.territories if len(code) == 2 and code.isalpha()}
    found = {
        "countries": countries - {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"},
        "currencies": english.currencies.keys() - {"XXX", "XTS"},
        "languages": english.languages,
    }
    text = {name: " ".join(sorted(some)) for name, some in found.items()}
    return json.dumps(text, indent=0) + "\n"


def main() -> None:
    (PACKAGE / "data" / "codes.json").write_text(render_codes(), encoding="utf-8")
    (TOP / "schemas" / "_meta.schema.json").write_text(render_meta_schema(), encoding="utf-8")
    (TOP / "docs" / "API.md").write_text(render_api(), encoding="utf-8")
    (TOP / "docs" / "CHECKS.md").write_text(render_checks(), encoding="utf-8")
    (TOP / "docs" / "DIALECT.md").write_text(render_dialect(), encoding="utf-8")
    (TOP / "docs" / "KINDS.md").write_text(render_kinds(), encoding="utf-8")


if __name__ == "__main__":
    main()
