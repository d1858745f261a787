"""The command `coopbook vote`."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..base.messages import Misuse, Stopped, _, translator
from ._exits import FAILED, MISUSED, require_coop, speak, tell_mistake, warn
from ._language import Spoken, SpokenGroup, say_in_terminal
from ._options import FORGES, AccountType, lang_option

if TYPE_CHECKING:
    from ..base.messages import Translator
    from ..decisions.accounts import Account
    from ..pull_requests.forges import Forge
    from ..pull_requests.request import Job
    from ..pull_requests.service import Report
    from ..records.coop import Forge as CoopForge

TOKEN = "COOPBOOK_TOKEN"  # noqa: S105 -- the name of a setting
MOST = 10_000_000
MARKS = {"stops": "✗", "weak": "!", "well": "✓"}
LATELY = timedelta(days=2)
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
    return click.argument("number", type=click.IntRange(1, MOST))(_where_options(function))


_PLACE: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--root",
        type=click.Path(file_okay=False, exists=True, path_type=Path),
        default=Path(),
        help=say_in_terminal(
            _("The co-op's folder, a clone with its whole history; the present one when left out.")
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
        help=say_in_terminal(_("The repository on the forge; made from coop.yml when left out.")),
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
    lang_option,
)
"""Where a vote takes place: the clone, the forge and the branch, on every command."""


def _place_options(function: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_PLACE):
        function = option(function)
    return function


def _where_options(function: Callable[..., None]) -> Callable[..., None]:
    dry = click.option(
        "--dry-run",
        is_flag=True,
        help=say_in_terminal(_("Only print; write and send nothing.")),
    )
    return _place_options(dry(function))


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


@command.command("merge", cls=Spoken)
@_options
def merge(number: int, root: Path, dry_run: bool, lang: str | None, **where: str | None) -> None:
    """Take over the change NUMBER, which needs no vote: for a forge that protects no branch.

    Does what “vote judge” does. Where its makers may make it, the check finds no new error, and a
    member says of exactly this text that it is ready, in a review or a comment, one commit brings
    it onto the base. Leaves with 3 while something of that is missing. The token stands in
    COOPBOOK_TOKEN, and nobody else should be able to write to the base.
    """
    from ..pull_requests.merging import merge_change

    _run(merge_change, number, root, dry_run, lang, _where(where))


@command.command("run", cls=Spoken)
@_where_options
@click.option(
    "--merge",
    "merges",
    is_flag=True,
    help=say_in_terminal(
        _("Take over what needs no vote and a member asked for, as “vote merge” does.")
    ),
)
def run(root: Path, dry_run: bool, lang: str | None, merges: bool, **where: str | None) -> None:
    """Close the votes that are over, tell where the others stand, judge the open changes.

    What a forge calls at each comment and by the clock. Looks at every open change, and at those
    that something was done to in the last two days: a run that was cut off is finished. One that
    cannot be looked at keeps no other back; it leaves with 1 then. Once a day it notes how far the
    journals of open votes have come, as “vote anchor”. The token stands in COOPBOOK_TOKEN.
    """
    require_coop(root)
    job = _job(root, 0, _where(where), dry_run, lang, ())
    numbers = job.forge.changes(job.base, job.now - LATELY)
    well = [_tend(replace(job, number=number), merges=merges) for number in numbers]
    well.append(_guard(partial(_note_journals, job), translator(job.language)))
    raise SystemExit(0 if all(well) else FAILED)


@command.command("doctor", cls=Spoken)
@_place_options
def doctor(root: Path, lang: str | None, **where: str | None) -> None:
    """Say what keeps a vote from being held on the forge, and what makes it weak.

    Asks the forge and the folder: the token and what it may do, the protection of the main branch,
    the files that the forge runs, the rules, the voters' accounts and their numbers. Changes
    nothing. Leaves with 1 where something stops a vote. The token stands in COOPBOOK_TOKEN.
    """
    from ..pull_requests.doctor import Finding, examine_book, examine_forge
    from ..records.load import load
    from ..records.opening import today_of
    from ..records.starter_files import forge_files

    require_coop(root)
    index = load(root, today_of(root, datetime.now(UTC))).index
    say = speak(translator(index.usage(lang or index.languages[0])))
    told, own = _where(where), index.settings.forge
    found: list[Finding] = []
    forge = None
    try:
        forge, _web = _forge(told, own)
    except Stopped as stopped:
        found += [Finding("stops", message) for message in stopped.messages]
    if forge is not None:
        found += examine_forge(forge, index, told.base or own.main_branch)
    wanted = forge_files(forge.name if forge else own.kind)
    files = {path: root / path for path in wanted}
    here = {
        path: file.read_bytes().decode("utf-8", "replace")
        for path, file in files.items()
        if file.is_file() and not file.is_symlink()
    }
    found += examine_book(forge, index, wanted, here, index.today)
    for one in found:
        print(f"{MARKS[one.level]} {say(one.message)}")
        if one.help:
            print(f"  {say(one.help)}")
    raise SystemExit(FAILED if any(one.level == "stops" for one in found) else 0)


@command.command("anchor", cls=Spoken)
@_where_options
def anchor(root: Path, dry_run: bool, lang: str | None, **where: str | None) -> None:
    """Note on the main branch how far the journal of each open vote has come.

    Once a day, in one commit, and none where nothing is new: decisions/journals.yml holds, for each
    vote on a proposed change, how many entries its journal had and the fingerprint of the last. A
    journal that does not go on from there was written anew: it is told, and no vote is closed on
    it. Leaves with 1 then. The token stands in COOPBOOK_TOKEN.
    """
    require_coop(root)
    raise SystemExit(
        0 if _note_journals(_job(root, 0, _where(where), dry_run, lang, ())) else FAILED
    )


def _note_journals(job: Job) -> bool:
    """Note how far journals have come; whether nothing is wrong with them."""
    from ..pull_requests.anchoring import note_journals

    say = translator(job.language)
    noted = note_journals(job.git, job.base, job.now.date(), say, job.dry_run)
    for message in noted.messages:
        print(say(message))
    warn(noted.broken, say)
    return not noted.broken


def _tend(job: Job, *, merges: bool) -> bool:
    """Do for a change what its state asks for; whether nothing went wrong."""
    from ..pull_requests.judging import judge_change
    from ..pull_requests.merging import merge_change
    from ..pull_requests.service import close, show

    say = translator(job.language)
    print(say(_("Change {number}", number=job.number)))
    chores: tuple[tuple[Callable[[Job], Report], ...], ...] = (
        (close, show),
        (merge_change if merges else judge_change,),
    )
    well = [_guard(partial(_call_in_turn, services, job), say) for services in chores]
    return all(well)


def _call_in_turn(services: tuple[Callable[[Job], Report], ...], job: Job) -> bool:
    """Call one after the other as long as the vote is open. What a change's page says already, or
    that it asks for no vote, is no fault of the run.
    """
    for service in services:
        if carry_out(service, job) != NOT_YET:
            break
    return True


def _guard(act: Callable[[], bool], say: Translator) -> bool:
    """Whether something went well: what one change brings stops no other vote."""
    try:
        return act()
    except Stopped as stopped:
        warn(stopped.messages, say)
    except Exception as error:  # noqa: BLE001 -- as above
        tell_mistake(error, say)
    return False


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
    from ..records.opening import today_of

    index = load(root, today_of(root, datetime.now(UTC))).index
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


RUNNERS = {
    "github": ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_SERVER_URL"),
    "forgejo": ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_SERVER_URL"),
    "gitlab": ("CI_API_V4_URL", "CI_PROJECT_PATH", "CI_SERVER_URL"),
}
"""What a forge's own runner says of it: where it answers programs, the repository, its address.
Forgejo calls these as GitHub does.
"""


def _read_runner(name: str) -> tuple[str, str, str]:
    """What the runner of a forge says, in the order of `RUNNERS`; empty where it is silent."""
    api, repository, web = (os.environ.get(one, "") for one in RUNNERS[name])
    return api, repository, web


def _forge(where: Where, own: CoopForge) -> tuple[Forge, str]:
    """The forge, and its address for people; from the options, else from the forge's own runner,
    else coop.yml.
    """
    from ..pull_requests.forges.opening import forge_for, place

    on = {
        "github": os.environ.get("GITHUB_ACTIONS") == "true",
        "gitlab": os.environ.get("GITLAB_CI") == "true",
    }
    on["forgejo"] = on["github"]
    name = where.forge or own.kind or next((one for one, here in on.items() if here), "")
    web = own.url
    told = _read_runner(name) if on.get(name) else ("", "", "")
    api, repository = place(name, web)
    api, repository = where.api or told[0] or api, where.repository or told[1] or repository
    if not name or not api or not repository:
        raise Misuse(
            _("On which forge? Write “forge” in coop.yml, or give --forge, --api and --repository.")
        )
    if not os.environ.get(TOKEN):
        raise Misuse(
            _("The token for the forge is missing: put it into the variable COOPBOOK_TOKEN.")
        )
    account = where.account or None
    return forge_for(name, api, repository, os.environ[TOKEN], account), told[2] or web
