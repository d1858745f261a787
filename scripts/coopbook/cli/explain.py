"""`coopbook explain`"""

from __future__ import annotations

import click

from ._exits import refuse
from ._language import Spoken, system_language
from ._options import lang_option


@click.command("explain", cls=Spoken)
@click.argument("check", required=False)
@lang_option
def command(check: str | None, lang: str | None) -> None:
    """Say what a CHECK asks and why; without CHECK, list them all."""
    from ..base.diagnostics import suggestion
    from ..base.messages import _, document, translator, wrapped
    from ..checks import all_checks

    say = translator(lang or system_language(), shown=str)
    documents = {slug: document(one.document) for slug, one in all_checks().items()}
    if check is None:
        for slug, text in documents.items():
            click.echo(f"{slug:24} {say(text).splitlines()[0]}")
    elif check in documents:
        click.echo(f"# {check}\n\n{wrapped(say(documents[check]))}")
    else:
        near = suggestion(check, documents)
        refuse(_("There is no check “{check}”. {help}", check=check, help=near), say)
