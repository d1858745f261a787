"""The command `coopbook preset`."""

from __future__ import annotations

from pathlib import Path

import click

from ..base.messages import Misuse, Translator, _
from ._exits import require_coop, speak
from ._language import Spoken, say_in_terminal, system_language
from ._options import lang_option


@click.command("preset", cls=Spoken)
@click.argument("base", required=False)
@click.argument("overlays", metavar="[OVERLAY]...", nargs=-1)
@click.option(
    "--write",
    "root",
    metavar="ROOT",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help=say_in_terminal(
        _("Write them to decisions/rules.yml of the co-op ROOT, where there are none yet.")
    ),
)
@lang_option
def command(
    base: str | None, overlays: tuple[str, ...], root: Path | None, lang: str | None
) -> None:
    """Show rules of decision to begin with; without BASE, list them all.

    BASE is a form of co-op, such as scop-sarl, and each OVERLAY, such as cae, changes some of its
    rules. Beside each line stands where it was read, or that a jurist is to check it.
    """
    from ..base.atomic_files import create_file
    from ..base.messages import translator
    from ..decisions.presets import read_preset, render_rules
    from ..decisions.proposed_change import RULES

    language = lang or system_language()
    say = speak(translator(language))
    if base is None:
        _list(say)
        return
    _require_known(base, overlays)
    rules = render_rules(read_preset(base, *overlays), translator(language, shown=str))
    if root is None:
        print(rules.decode(), end="")
        return
    require_coop(root)
    create_file(root, RULES, rules)
    print(say(_("Written: {file}", file=RULES)))
    print(say(_("Have a jurist read it, and change what your statutes say otherwise.")))


def _list(say: Translator) -> None:
    from ..decisions.presets import preset_names, preset_title, read_preset

    for heading, overlays in (
        (_("Rules to begin with:"), False),
        (_("Laid over one of them:"), True),
    ):
        print(say(heading))
        for name in preset_names(overlays=overlays):
            before = "" if overlays else read_preset(name).before
            after = " " + say(_("(before the reform of {date})", date=before)) if before else ""
            print(f"  {name:<20} {say(preset_title(name))}{after}")
    print(
        say(
            _(
                "Have a jurist read them before you rely on them. To see one: coopbook preset "
                "{name}",
                name=preset_names()[0],
            )
        )
    )


def _require_known(base: str, overlays: tuple[str, ...]) -> None:
    """Raises Misuse where there is no such preset, telling a base from an overlay."""
    from ..base.diagnostics import suggestion
    from ..decisions.presets import preset_names

    for name, wanted in (
        (base, preset_names()),
        *((one, preset_names(overlays=True)) for one in overlays),
    ):
        if name not in wanted:
            help = suggestion(name, wanted) or _("“coopbook preset” lists them.")
            raise Misuse(
                _("There are no rules “{name}” to begin with. {help}", name=name, help=help)
            )
