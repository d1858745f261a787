"""The command `coopbook explain`."""

from __future__ import annotations

import click

from ..base.messages import Misuse, _, document_message, translator, wrap
from ._exits import speak
from ._language import Spoken, system_language
from ._options import lang_option


@click.command("explain", cls=Spoken)
@click.argument("check", required=False)
@lang_option
def command(check: str | None, lang: str | None) -> None:
    """Say what a CHECK asks and why; without CHECK, list them all."""
    from ..base.diagnostics import suggestion
    from ..checks import ALIASES, all_checks

    say = speak(translator(lang or system_language(), shown=str))
    documents = {slug: document_message(one.document) for slug, one in all_checks().items()}
    if check is None:
        for slug, text in documents.items():
            click.echo(f"{slug:24} {say(text).splitlines()[0]}")
    elif check in documents:
        click.echo(f"# {check}\n\n{wrap(say(documents[check]))}")
    elif check in ALIASES:
        if len(ALIASES[check]) == 1:
            (new,) = ALIASES[check]
            click.echo(say(_("“{old}” is called {new} today.", old=check, new=new)))
            click.echo(f"\n# {new}\n\n{wrap(say(documents[new]))}")
            return
        click.echo(say(_("“{old}” was split into several checks:", old=check)))
        for new in ALIASES[check]:
            click.echo(f"{new:24} {say(documents[new]).splitlines()[0]}")
    else:
        near = suggestion(check, [*documents, *ALIASES])
        raise Misuse(_("There is no check “{check}”. {help}", check=check, help=near))
