"""`coopbook explain`"""

from __future__ import annotations

import inspect

import click

from ._exits import refuse
from ._language import Spoken, system_language
from ._options import lang_option


@click.command("explain", cls=Spoken)
@click.argument("rule", required=False)
@lang_option
def command(rule: str | None, lang: str | None) -> None:
    """Say what a RULE asks and why; without RULE, list them all."""
    from ..base.diagnostics import suggestion
    from ..base.messages import Message, _, translator
    from ..checks import all_checks

    say = translator(lang or system_language(), shown=str)
    documents = {
        slug: inspect.cleandoc(module.__doc__ or "") for slug, module in all_checks().items()
    }
    if rule is None:
        for slug, text in documents.items():
            click.echo(f"{slug:24} {say(Message(text)).splitlines()[0]}")
    elif rule in documents:
        click.echo(f"# {rule}\n\n{say(Message(documents[rule]))}")
    else:
        near = suggestion(rule, documents)
        refuse(_("There is no rule “{rule}”. {help}", rule=rule, help=near), say)
