"""The command `coopbook vote`."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..base.messages import Misuse, _, translator
from ._exits import MISUSED, require_coop, speak, warn
from ._language import Spoken, SpokenGroup, say_in_terminal
from ._options import FORGES, AccountType, lang_option

if TYPE_CHECKING:
    from ..decisions.judgement import Account
    from ..pull_requests.forges import Forge
    from ..pull_requests.request import Job
    from ..pull_requests.service import Report
    from ..records.coop import Forge as CoopForge

TOKEN = "COOPBOOK_TOKEN"  # noqa: S105 -- the name of a setting
MOST = 10_000_000
NOT_YET, NOTHING_ASKED = 3, 4
"""How a command leaves while the vote is open or an approval is missing, and where the change asks
for no vote.
"""


@dataclass(frozen=True)
class Where:
    """What was said of the forge; empty where it follows from coop.yml or from where this runs."""

    forge: str
    api: str
    repository: str
    remote: str
    base: str
    account: str = ""
    head: str = ""


@click.group("vote", cls=SpokenGroup)
def command() -> None:
    """Votes on proposed changes, and who may make them."""


def _options(function: Callable[..., None]) -> Callable[..., None]:
    parts: list[Any] = [
        click.argument("number", type=click.IntRange(1, MOST)),
        click.option(
            "--root",
            type=click.Path(file_okay=False, exists=True, path_type=Path),
            default=Path(),
            help=say_in_terminal(
                _(
                    "The co-op's folder, a clone with its whole history; the present one when "
                    "left out."
                )
            ),
        ),
        click.option(
            "--forge",
            type=click.Choice(FORGES),
            envvar="COOPBOOK_FORGE",
            help=say_in_terminal(_("Which forge; what coop.yml says when left out.")),
        ),
        click.option(
            "--api",
            metavar="URL",
            envvar="COOPBOOK_API",
            default="",
            help=say_in_terminal(
                _("Where the forge answers programs; made from coop.yml when left out.")
            ),
        ),
        click.option(
            "--repository",
            metavar="OWNER/NAME",
            envvar="COOPBOOK_REPOSITORY",
            default="",
            help=say_in_terminal(
                _("The repository on the forge; made from coop.yml when left out.")
            ),
        ),
        click.option(
            "--account",
            metavar="LOGIN",
            envvar="COOPBOOK_ACCOUNT",
            default="",
            help=say_in_terminal(
                _(
                    "Whose the token is, where the forge does not say: the login of an app, "
                    "such as "
                    "our-app[bot]."
                )
            ),
        ),
        click.option(
            "--remote",
            metavar="NAME",
            default="origin",
            help=say_in_terminal(_("The forge's name in this clone; origin when left out.")),
        ),
        click.option(
            "--base",
            metavar="BRANCH",
            default="",
            help=say_in_terminal(
                _("The branch that holds; what coop.yml says, or main, when left out.")
            ),
        ),
        click.option(
            "--dry-run",
            is_flag=True,
            help=say_in_terminal(_("Only print; write and send nothing.")),
        ),
        lang_option,
    ]
    for part in reversed(parts):
        function = part(function)
    return function


_head_option = click.option(
    "--head",
    metavar="BRANCH",
    default="",
    help=say_in_terminal(_("Without a forge: a branch of this clone that proposes; only prints.")),
)


@command.command("status", cls=Spoken)
@_options
@_head_option
def status(number: int, root: Path, dry_run: bool, lang: str | None, **where: str | None) -> None:
    """Tell where the vote on the change NUMBER stands, on its own page.

    Writes one comment there, and changes it from then on, with how to vote, until when, what was
    not counted and why; sets the change's status. The token stands in COOPBOOK_TOKEN. Leaves with 4
    where the change asks for no vote.
    """
    from ..pull_requests.service import show

    _run(show, number, root, dry_run or bool(where["head"]), lang, _where(where))


@command.command("close", cls=Spoken)
@_options
def close(number: int, root: Path, dry_run: bool, lang: str | None, **where: str | None) -> None:
    """Close the vote on the change NUMBER once it is over: record it, and take over what was
    adopted.

    One commit on the base holds the result, the proposal's page, the articles with the words
    before, and the change itself. Run again at any time, it finishes what is missing. Leaves with 3
    while the vote is open, with 4 where the change asks for no vote.
    """
    from ..pull_requests.service import close

    _run(close, number, root, dry_run, lang, _where(where))


@command.command("judge", cls=Spoken)
@_options
@_head_option
@click.option(
    "--actor",
    metavar="FORGE:LOGIN:UID",
    type=AccountType(),
    multiple=True,
    help=say_in_terminal(_("With --head: an account that made the change; once for each.")),
)
def judge(
    number: int,
    root: Path,
    dry_run: bool,
    lang: str | None,
    actor: tuple[Account, ...],
    **where: str | None,
) -> None:
    """Say whether those who made the change NUMBER may make it, by the main branch's rules.

    They are the accounts that opened it and pushed to it. Sets the status “coopbook/paths” on the
    change; where something is not for them, one comment says what and for whom it waits. Leaves
    with 3 then. The token stands in COOPBOOK_TOKEN.
    """
    from ..pull_requests.judging import judge_change

    told = _where(where)
    if actor and not told.head:
        raise Misuse(_("--actor needs --head: on a forge, the forge says who made the change."))
    _run(judge_change, number, root, dry_run or bool(told.head), lang, told, actor)


def _where(told: dict[str, str | None]) -> Where:
    return Where(**{name: value or "" for name, value in told.items()})


def _run(
    service: Callable[[Job], Report],
    number: int,
    root: Path,
    dry_run: bool,
    lang: str | None,
    where: Where,
    makers: tuple[Account, ...] = (),
) -> None:
    require_coop(root)
    raise SystemExit(carry_out(service, _job(root, number, where, dry_run, lang, makers)))


def carry_out(service: Callable[[Job], Report], job: Job) -> int:
    """Call `show` or `close`, and print what became of it; how to leave."""
    from ..pull_requests.request import NothingAsked, NotOpen, Refused

    say = translator(job.language)
    try:
        report = service(job)
    except Refused as refusal:
        warn(refusal.messages, say)
        if isinstance(refusal, NothingAsked):
            return NOTHING_ASKED
        return NOT_YET if isinstance(refusal, NotOpen) else MISUSED
    for message in report.messages:
        print(say(message))
    print(report.comment, end="")
    for notice in report.notices:
        print(f"\n{notice}", end="")
    return NOT_YET if report.is_open else 0


def _job(
    root: Path,
    number: int,
    where: Where,
    dry_run: bool,
    lang: str | None,
    makers: tuple[Account, ...],
) -> Job:
    from ..pull_requests.forges.local import HERE, Nowhere
    from ..pull_requests.git import Clone
    from ..pull_requests.request import Job
    from ..records.load import load

    index = load(root, date.today()).index
    language = index.usage(lang or index.languages[0])
    speak(translator(language))
    own = index.settings.forge
    base = where.base or own.main_branch
    if where.head:
        git = Clone(root, HERE)
        forge: Forge = Nowhere(git, own.kind or "github", base, where.head, makers)
    else:
        forge, web = _forge(where, own)
        git = Clone(root, where.remote, os.environ.get(TOKEN, ""), web)
    now = datetime.now(UTC).replace(microsecond=0)
    return Job(git, forge, number, base, now, dry_run, language)


def _forge(where: Where, own: CoopForge) -> tuple[Forge, str]:
    """The forge, and its address for people; from the options, else GitHub Actions' own variables,
    else coop.yml.
    """
    from ..pull_requests.forges.opening import forge_for, place

    action = os.environ if os.environ.get("GITHUB_ACTIONS") == "true" else {}
    name = where.forge or own.kind or ("github" if action else "")
    web = own.url
    told = action if name == "github" else {}
    api, repository = place(name, web)
    api = where.api or told.get("GITHUB_API_URL", "") or api
    repository = where.repository or told.get("GITHUB_REPOSITORY", "") or repository
    if not name or not api or not repository:
        raise Misuse(
            _("On which forge? Write “forge” in coop.yml, or give --forge, --api and --repository.")
        )
    if not os.environ.get(TOKEN):
        raise Misuse(
            _("The token for the forge is missing: put it into the variable COOPBOOK_TOKEN.")
        )
    return forge_for(name, api, repository, os.environ[TOKEN], where.account or None), told.get(
        "GITHUB_SERVER_URL", ""
    ) or web
