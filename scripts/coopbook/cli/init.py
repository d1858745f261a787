"""The command `coopbook init`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..base.messages import Misuse, _
from ..records.core_kinds import COOP
from ._exits import speak
from ._language import Spoken, say_in_terminal, system_language
from ._options import lang_option, today_option

if TYPE_CHECKING:
    from ..base.messages import Translator
    from ..base.positions import Path as Place
    from ..base.positions import Value
    from ..editing.form import Drafter
    from ..editing.prompts import Asker
    from ..records.model import Kind, Record
    from ._requirement import Origin

NO_FORGE = "none"
FORGES = {"github": "GitHub", "forgejo": "Forgejo, Gitea, Codeberg", "gitlab": "GitLab"}
"""What forges are called."""
FORGE_KIND, FORGE_URL = ("forge", "kind"), ("forge", "url")
"""Where coop.yml names its forge, and the repository there."""


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
@click.option("--country", help=say_in_terminal(_("Two capital letters, such as FR.")))
@click.option("--city", help=say_in_terminal(_("The town of the first local office.")))
@click.option("--email", help=say_in_terminal(_("The address clients write to.")))
@click.option(
    "--repository", help=say_in_terminal(_("public when anybody may read the files, else private."))
)
@click.option(
    "--rules",
    metavar="BASE",
    help=say_in_terminal(
        _("Rules of decision to begin with, such as scop-sarl: see “coopbook preset”.")
    ),
)
@click.option(
    "--forge",
    metavar="KIND",
    help=say_in_terminal(
        _(
            "Where the files will be kept: github, forgejo, gitlab or none; its automatic checks "
            "and votes are laid."
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
    help=say_in_terminal(_("Ask nothing: what is not given is left out.")),
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
    from ..decisions.proposed_change import RULES
    from ..editing.prompts import Asker
    from ._conversation import answers
    from ._report import read, tell
    from ._requirement import Origin, origin

    language = lang or system_language()
    say = speak(translator(language))
    _require_empty(folder)
    with answers(say), _aside(folder) as new:
        drafter = _drafter(new, today, Asker(say, None if no_input else input, print), language)
        drafter.given = dict(_answers_of_options(drafter.kind, given))
        record = _ask_coop(drafter, given["city"])
        made_by = Origin(source) if source else origin()
        rules = _rules(drafter.asker, given["rules"], language)
        forge, record = _ask_forge(drafter, record, given["forge"])
        _lay_out(new, record, forge, made_by.requirement)
        if rules:
            (new / RULES).write_bytes(rules)
        book, found = read(new, today, language)
        tell(book, found, language, "text")
    _say_the_rest(folder, forge, made_by, say)
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


def _drafter(empty: Path, today: date, asker: Asker, language: str) -> Drafter:
    """Who asks for the fields of coop.yml, beside no other record."""
    from ..editing.form import Drafter
    from ..records.load import load

    index = load(empty, today).index
    return Drafter(index.kinds[COOP], index, asker, language)


def _answers_of_options(kind: Kind, options: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """What the options answer, by field."""
    from ..base.diagnostics import suggestion
    from ..records.model import schema_at

    for name in ("name", "country", "email", "repository"):
        if options[name] is not None:
            yield (name,), options[name]
    yield from ((("languages", number), code) for number, code in enumerate(options["language"]))
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
        yield path, value


def _ask_coop(drafter: Drafter, city: str | None) -> Record:
    """coop.yml, as the answers and the rules of its country make it."""
    from ..base.formats import slug
    from ..editing.retry import mend, with_value
    from ..records.model import Record, dig, order_fields, schema_at

    kind = drafter.kind
    drafter.asker.tell(kind.description)
    value = drafter.fields()
    town = _ask_town(drafter, city)
    if town:
        name = dict.fromkeys(value["languages"], town)
        value["offices"] = {
            slug(town) or "office": {"name": name, "city": town, "country": value["country"]}
        }
    record = mend(Record(kind, kind.name, kind.files, value), drafter)
    for path in drafter.given:
        if dig(record.value, *path) is None:
            answer = drafter.field(path, schema_at(kind.schema, path), False)
            record = replace(
                record, value=order_fields(with_value(record.value, path, answer), kind.schema)
            )
    return record


def _ask_town(drafter: Drafter, given: str | None) -> str | None:
    """Where the first local office is, if there is one."""
    take = _taker(drafter, "offices", "*", "city")
    question = _("Town of the first local office")
    town: str | None = drafter.asker.ask(question, take, optional=True, given=given)
    return town


def _taker(drafter: Drafter, *path: str) -> Callable[[str], str]:
    """Takes an answer that a field of coop.yml may hold."""
    from ..editing.form import refusal
    from ..editing.prompts import Refused
    from ..records.model import schema_at

    schema = schema_at(drafter.kind.schema, path)

    def take(answer: str) -> str:
        if wrong := refusal(path[-1], schema, answer, drafter.index):
            raise Refused(*wrong)
        return answer

    return take


def _rules(asker: Asker, given: str | None, language: str) -> bytes:
    """decisions/rules.yml, if there shall be rules to begin with."""
    from ..base.messages import translator
    from ..decisions.presets import preset_names, preset_title, read_preset, render_rules
    from ..editing.prompts import Choice, Refused, chosen, list_choices

    choices = [Choice(name, asker.say(preset_title(name))) for name in preset_names()]

    def take(answer: str) -> str:
        name = chosen(answer, choices)
        if name not in preset_names():
            raise Refused(_("“{name}” is none of these.", name=answer))
        return str(name)

    help = [*list_choices(choices), _("Each line is to be checked by a jurist.")]
    name = asker.ask(
        _("Rules of decision to begin with"), take, help=help, optional=True, given=given
    )
    return render_rules(read_preset(name), translator(language, shown=str)) if name else b""


def _ask_forge(drafter: Drafter, record: Record, given: str | None) -> tuple[str, Record]:
    """The forge whose files are laid, empty for none, and coop.yml, which names it where the
    repository has an address.
    """
    from ..editing.retry import with_value
    from ..records.model import dig, order_fields

    said = dig(record.value, *FORGE_KIND)
    name = _ask_forge_kind(drafter.asker, given if given is not None else said, said)
    if not name:
        return "", record
    address = dig(record.value, *FORGE_URL)
    if not address:
        words = _("Address of the repository there, if it has one already")
        address = drafter.asker.ask(words, _taker(drafter, *FORGE_URL), optional=True)
    if address:
        value = with_value(with_value(record.value, FORGE_KIND, name), FORGE_URL, address)
        record = replace(record, value=order_fields(value, drafter.kind.schema))
    return name, record


def _ask_forge_kind(asker: Asker, given: str | None, said: Value) -> str:
    """Which forge, empty for none. Raises Misuse where coop.yml says another one."""
    from ..editing.prompts import Choice, Refused, chosen, list_choices
    from ..records.starter_files import forge_names

    choices = [Choice(name, FORGES[name]) for name in forge_names()]
    choices.append(Choice(NO_FORGE, asker.say(_("none: everything by hand"))))

    def take(answer: str) -> str:
        name = chosen(answer, choices)
        if name not in (*FORGES, NO_FORGE):
            raise Refused(_("“{name}” is none of these.", name=answer))
        if said not in (None, name):
            raise Misuse(
                _("--forge says {one}, and “forge.kind” {other}.", one=name, other=str(said))
            )
        return str(name)

    question = _("Forge on which the files will be kept")
    name = asker.ask(question, take, help=list_choices(choices), optional=True, given=given)
    return "" if name in (None, NO_FORGE) else str(name)


def _lay_out(new: Path, record: Record, forge: str, requirement: str) -> None:
    """Write coop.yml and the starter of the co-op's main language; English where there is none."""
    from ..checks import all_checks
    from ..editing.starter import BESIDE, lay_out
    from ..yaml_files.editor import render

    files = lay_out(
        record.value["languages"][0],
        forge,
        all_checks(),
        name=record.value["name"],
        requirement=requirement,
    )
    for file, text in files:
        path = new / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    beside = {"beside": list(BESIDE)}
    (new / "coop.yml").write_bytes(render(record.value | beside))


def _say_the_rest(folder: Path, forge: str, made_by: Origin, say: Translator) -> None:
    """What was made, what to do next, and what others could not do after us."""
    print(say(_("The co-op's folder is ready: {folder}", folder=folder)))
    print(say(_("Next: coopbook new member {folder}", folder=folder)))
    if forge:
        print(
            say(
                _(
                    "Before the first vote: coopbook vote doctor --root {folder} says what the "
                    "forge lacks.",
                    folder=folder,
                )
            )
        )
    for wrong, help in made_by.wrong:
        print(f"{say(wrong)}\n  {say(help)}", file=sys.stderr)
