"""The command `coopbook import`."""

from __future__ import annotations

import click

from . import _import_ballots, _import_bylaws, _import_members, _import_minutes, _import_wiki
from ._language import SpokenGroup


@click.group("import", cls=SpokenGroup)
def command() -> None:
    """Bring what was written elsewhere into ROOT: members, a wiki, bylaws, minutes, ballots."""


for one in (_import_members, _import_wiki, _import_bylaws, _import_minutes, _import_ballots):
    command.add_command(one.command)
