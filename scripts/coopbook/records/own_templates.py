"""A template of a co-op's own: how the page of one of its kinds looks, `schemas/<kind>.html`.

It is written in Jinja, as ours are, and filled in a sandbox with what its audience may see.
"""

from __future__ import annotations

from pathlib import Path

from ..base.diagnostics import Diagnostic
from ..base.messages import _
from ..base.positions import Span

ENDING = ".html"


def read_template(folder: Path, kind: str) -> tuple[str, list[Diagnostic]]:
    """Read the template of a kind of a co-op's own.

    Args:
        folder: The co-op's `schemas/`.
        kind: The kind's name.

    Returns:
        The template, and no fault; nothing where there is none, or where it cannot be read, and
        why.
    """
    file = folder / f"{kind}{ENDING}"
    if not file.is_file() or file.is_symlink():
        return "", []
    from jinja2 import TemplateSyntaxError
    from jinja2.sandbox import SandboxedEnvironment

    place, help = f"schemas/{kind}{ENDING}", _("Compare it with a template of ours.")
    try:
        source = file.read_text(encoding="utf-8")
        SandboxedEnvironment().parse(source)
    except UnicodeDecodeError:
        fault = _("This file is not UTF-8.")
        return "", [Diagnostic(place, fault, help, check="invalid-record-type")]
    except TemplateSyntaxError as error:
        fault = _("This template cannot be read: {reason}", reason=error.message or "")
        span = Span(error.lineno, 1, error.lineno, 1)
        return "", [Diagnostic(place, fault, help, span=span, check="invalid-record-type")]
    return source, []
