"""The command `coopbook rollback`."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

import click

from ..base.messages import Misuse, _, translator
from ._exits import speak
from ._language import Spoken, system_language
from ._options import audience_option, lang_option, out_option, root_argument


@click.command("rollback", cls=Spoken)
@root_argument
@audience_option
@out_option
@lang_option
def command(root: Path, audience: str, out: Path | None, lang: str | None) -> None:
    """Put the sites of ROOT back as they were before the last build.

    Once more, and the newer sites are there again. The files of ROOT stay as they are: the next
    build makes the sites from them.
    """
    from ..records.audience import AUDIENCES
    from ..site import exchange

    say = speak(translator(lang or system_language()))
    sites = [
        exchange.real_folder((out or root / "site") / one)
        for one in AUDIENCES
        if audience in {one, "all"}
    ]
    if audience == "all":
        sites = [site for site in sites if site.exists()] or sites
    with ExitStack() as locks:
        for site in sites:
            if site.parent.is_dir():
                locks.enter_context(exchange.lock(site))
                exchange.recover(site)
            if not exchange.previous_folder(site).is_dir():
                raise Misuse(
                    _(
                        "There is no previous site of {folder}: nothing was put back. A build "
                        "that takes somebody off keeps none.",
                        folder=site,
                    )
                )
        for site in sites:
            exchange.put_back(site)
            print(
                say(_("Put back {folder} as it was before the last build.", folder=site)),
                file=sys.stderr,
            )
    print(
        say(
            _(
                "The next build makes the sites from the files again: correct what is wrong "
                "there first."
            )
        ),
        file=sys.stderr,
    )
