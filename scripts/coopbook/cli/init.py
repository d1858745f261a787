"""The command `coopbook init`."""

from __future__ import annotations

import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..base.messages import Misuse, _, ngettext
from ..records.core_kinds import COOP
from ._exits import speak
from ._language import Spoken, say_in_terminal, system_language
from ._options import lang_option, today_option

if TYPE_CHECKING:
    from ..base.diagnostics import Diagnostic
    from ..base.messages import Message, Translator
    from ..base.positions import Path as Place
    from ..editing.new_coop import NewCoop
    from ..records.model import Kind
    from ._requirement import Origin


@click.command("init", cls=Spoken)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help=say_in_terminal(_("The co-op's name.")))
@click.option(
    "--language",
    multiple=True,
    help=say_in_terminal(
        _("A language of the sites, such as fr; several times for several, the main one first.")
    ),
)
@click.option("--country", help=say_in_terminal(_("Its name or its code, such as Belgique or BE.")))
@click.option("--region", help=say_in_terminal(_("In Canada: the province, such as Québec or QC.")))
@click.option(
    "--form", help=say_in_terminal(_("The legal form, such as “SCOP SARL” or association."))
)
@click.option("--city", help=say_in_terminal(_("The town of the first local office.")))
@click.option("--timezone", help=say_in_terminal(_("Such as America/Toronto.")))
@click.option("--email", help=say_in_terminal(_("The address clients write to.")))
@click.option(
    "--colours", help=say_in_terminal(_("sea, blue, plum, brick, forest, slate, or #1f5d57."))
)
@click.option("--site", help=say_in_terminal(_("The address of the public site.")))
@click.option(
    "--repository", help=say_in_terminal(_("public when anybody may read the files, else private."))
)
@click.option(
    "--rules",
    metavar="BASE",
    help=say_in_terminal(
        _("Rules of decision to begin with, such as scop-sarl: see “coopbook preset”; or none.")
    ),
)
@click.option(
    "--forge",
    metavar="KIND",
    help=say_in_terminal(
        _(
            "Where the files will be kept: github, forgejo, gitlab or none, or the address there; "
            "its automatic checks and votes are laid."
        )
    ),
)
@click.option(
    "--set",
    "more",
    multiple=True,
    metavar="FIELD=VALUE",
    help=say_in_terminal(_("Another field of coop.yml, such as legal.siret=…; may be repeated.")),
)
@click.option(
    "--source",
    metavar="REQUIREMENT",
    help=say_in_terminal(
        _("Where the new co-op installs Coopbook from; else from where this one came.")
    ),
)
@click.option(
    "--no-input",
    is_flag=True,
    help=say_in_terminal(_("Ask nothing: what is not given is as if Enter was pressed.")),
)
@lang_option
@today_option
def command(
    folder: Path, source: str | None, no_input: bool, lang: str | None, today: date, **given: Any
) -> None:
    """Ask who a new co-op is and make its folder DIR, ready to build.

    DIR must be empty or not there yet. Leaves with 1 when something is still to be filled in: it
    says what.
    """
    from ..base.diagnostics import has_errors
    from ..base.messages import translator
    from ..editing.new_coop import Founder
    from ..editing.prompts import converse
    from ..records.load import load
    from ._conversation import conversation
    from ._report import read, tell
    from ._requirement import Origin, origin

    language = lang or system_language()
    say = speak(translator(language))
    _require_empty(folder)
    kept = folder.absolute().with_name(f"{folder.absolute().name}.answers.json")
    with conversation(say, kept, asks=not no_input) as asker, _aside(folder) as new:
        index = load(new, today).index
        known, more = _answers_of_options(index.kinds[COOP], given)
        coop = converse(asker, lambda: Founder(index, asker, language, known, more).hold())
        made_by = Origin(source) if source else origin()
        _lay_out(new, coop, made_by.requirement, language)
        book, found = read(new, today, language)
        if has_errors(found):
            tell(book, found, language, "text")
    _say_the_rest(folder, coop, found, made_by, say)
    raise SystemExit(1 if has_errors(found) else 0)


def _require_empty(folder: Path) -> None:
    """Raises Misuse where something stands in the way."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise Misuse(_("“{folder}” is no folder.", folder=folder))
    if folder.is_dir() and any(folder.iterdir()):
        raise Misuse(
            _(
                "The folder “{folder}” is not empty: choose another, or a name that is free.",
                folder=folder,
            )
        )


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A folder beside the wanted one, put in its place when all went well; else nothing is left."""
    above = folder.absolute().parent
    above.mkdir(parents=True, exist_ok=True)
    outer = Path(tempfile.mkdtemp(prefix=".coopbook-", dir=above))
    try:
        new = outer / "new"
        new.mkdir()
        yield new
        if folder.is_dir():
            folder.rmdir()
        new.rename(folder)
    finally:
        shutil.rmtree(outer, ignore_errors=True)


def _answers_of_options(
    kind: Kind, options: dict[str, Any]
) -> tuple[dict[str, str], dict[Place, str]]:
    """What the options answer, by question, and `--set` by field."""
    from ..base.diagnostics import suggestion
    from ..records.model import schema_at

    known = {
        name: value
        for name, value in options.items()
        if value is not None and name not in ("language", "more")
    }
    if options["language"]:
        known["languages"] = ", ".join(options["language"])
    more: dict[Place, str] = {}
    for pair in options["more"]:
        name, equals, value = pair.partition("=")
        path = tuple(name.split("."))
        if not equals or not schema_at(kind.schema, path):
            raise Misuse(
                _(
                    "There is no field “{key}” in coop.yml. {help}",
                    key=name,
                    help=suggestion(path[0], kind.properties),
                )
            )
        more[path] = value
    return known, more


def _lay_out(new: Path, coop: NewCoop, requirement: str, language: str) -> None:
    """Write coop.yml, the rules, and the starter of the co-op's main language; English where there
    is none.
    """
    from ..base.messages import translator
    from ..checks import all_checks
    from ..decisions.presets import read_preset, render_rules
    from ..decisions.proposed_change import RULES
    from ..editing.starter import BESIDE, lay_out
    from ..editing.starter_pages import lay_out_pages, places_of_pages
    from ..records.coop import Coop
    from ..records.model import order_fields
    from ..yaml_files.editor import render

    kind, said = coop.record.kind, coop.record.value
    value = {"pages": places_of_pages(said["languages"]), **said, "beside": list(BESIDE)}
    files = lay_out(
        value["languages"][0],
        coop.forge,
        all_checks(),
        name=value["name"],
        requirement=requirement,
    )
    for file, text in (*files, *lay_out_pages(Coop.of(value))):
        path = new / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    (new / "coop.yml").write_bytes(render(order_fields(value, kind.schema)))
    if coop.rules:
        rules = render_rules(read_preset(*coop.rules), translator(language, shown=str))
        (new / RULES).write_bytes(rules)


def _say_the_rest(
    folder: Path, coop: NewCoop, found: list[Diagnostic], made_by: Origin, say: Translator
) -> None:
    """What was made, what is missing, what to do next, and what others could not do after us."""
    from ..base.diagnostics import has_errors

    print()
    if has_errors(found):
        print(
            say(
                _(
                    "The co-op's folder is made: {folder}. No site can be made before the errors "
                    "above are mended.",
                    folder=folder,
                )
            )
        )
    else:
        print(say(_("The co-op's folder is ready: {folder}", folder=folder)))
        _say_what_is_missing(found, say)
    print(say(_("Next:")))
    for command, words in _next_steps(folder, coop, say):
        print(f"  {command}\n      {say(words)}")
    for wrong, help in made_by.wrong:
        print(f"{say(wrong)}\n  {say(help)}", file=sys.stderr)


def _say_what_is_missing(found: list[Diagnostic], say: Translator) -> None:
    """What the sites can do without for now, a line each."""
    if not found:
        return
    words = ngettext(
        "{count} thing can wait until the public site has an address:",
        "{count} things can wait until the public site has an address:",
        len(found),
    )
    print(say(words))
    for item in found:
        print(f"  - {say(item.message)}")


def _next_steps(folder: Path, coop: NewCoop, say: Translator) -> Iterator[tuple[str, Message]]:
    """What to type next, and why."""
    where = shlex.quote(str(folder))
    yield f"cd {where}", _("All that follows is typed in the co-op's folder.")
    yield "coopbook new member", _("Your first member: you. Your answers are checked at once.")
    yield "coopbook serve --audience members", _("The members' site: it lists the first steps.")
    first = shlex.quote(say(_("First files")))
    yield (
        f"git init -b main && git add -A && git commit -m {first}",
        _("Keep every version of the files."),
    )
    if coop.forge:
        address = coop.record.get("forge", "url") or "…"
        yield (
            f"git remote add origin {address} && git push -u origin main",
            _("Bring them to the forge: it checks them, and publishes the sites."),
        )
        yield "coopbook vote doctor", _("Before the first vote: says what the forge lacks.")
    else:
        yield (
            "coopbook build",
            _("Makes both sites; README.md says how to publish them."),
        )
