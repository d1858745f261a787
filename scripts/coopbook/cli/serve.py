"""The command `coopbook serve`."""

from __future__ import annotations

from pathlib import Path

import click

from ..base.messages import _
from ._exits import require_coop
from ._language import Spoken, say_in_terminal
from ._options import root_argument


@click.command("serve", cls=Spoken)
@root_argument
@click.option(
    "--audience",
    type=click.Choice(["public", "members"]),
    default="public",
    help=say_in_terminal(_("Which site to show.")),
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    help=say_in_terminal(_("Where to show it on this computer; 8000 when left out.")),
)
def command(root: Path, audience: str, port: int) -> None:
    """Show a site of ROOT on this computer and make it again at each change.

    With an error in the files, the last good site is shown with the faults on top.
    """
    require_coop(root)
    from ..site.mkdocs_hook import serve

    serve(root, "members" if audience == "members" else "public", port)
