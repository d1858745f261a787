"""What keeps a vote from being held on a forge, or makes it weaker than the rules: asked of the
forge, which is only read, and of the co-op's folder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from typing import Literal

from ..base.messages import NOTHING, Message, _
from ..decisions.tally.electorate import Rule, electorate_on
from ..decisions.types import Account, Member
from ..decisions.votes import people, rules_of
from ..records.core_kinds import MEMBER
from ..records.index import Entry, Index
from .forges import PATHS, VOTE, Forge, ForgeError, Setup

Level = Literal["stops", "weak", "well"]
OURS = "coopbook/"
"""What the names of our statuses begin with."""
VOTES = {
    "github": ".github/workflows/vote.yml",
    "forgejo": ".forgejo/workflows/vote.yml",
    "gitlab": ".gitlab-ci.yml",
}
"""The file without which no vote is held, on each forge."""
ASLEEP = "disabled_inactivity"
MAIN = "main"
_NAMES_MAIN = re.compile(r"branches: \[main\]|refs/heads/main\b|--ref main\b")
"""Where the files that we lay name the main branch."""


@dataclass(frozen=True)
class Finding:
    """What was found, and in `help` what to do.

    Attributes:
        level: `stops` keeps a vote from being held or recorded; `weak` lets something pass that
            should not, waits for somebody, or cannot be seen from here; `well` needs nothing.
    """

    level: Level
    message: Message
    help: Message = NOTHING


def examine_forge(forge: Forge, index: Index, base: str) -> Iterator[Finding]:
    """What the forge says of the token, the branch and the repository. Its refusal is a finding."""
    try:
        setup = forge.setup(base)
    except ForgeError as error:
        help = _("Look at the token, and at “forge” in coop.yml: its kind and its address.")
        yield from (Finding("stops", message, help) for message in error.messages)
        return
    yield from _examine_token(forge, setup, index, base)
    yield from _examine_branch(setup, base)
    yield from _examine_workflows(forge, setup)
    yield from OF_EACH[forge.name](setup)


def _examine_token(forge: Forge, setup: Setup, index: Index, base: str) -> Iterator[Finding]:
    login = setup.login
    owners = (one for one in index.of(MEMBER) if login in _logins(one, forge.name))
    if owner := next(owners, None):
        yield Finding(
            "weak",
            _(
                "The token is that of {name}: what votes push and write would be theirs.",
                name=index.text(owner.title),
            ),
            _("Make an account that is nobody's, and give its token."),
        )
    else:
        yield Finding("well", _("The token works; it is that of “{login}”.", login=login))
    if setup.may_push:
        yield Finding("well", _("“{login}” may push to “{branch}”.", login=login, branch=base))
    elif setup.may_push is None:
        yield Finding(
            "weak",
            _("Whether “{login}” may push to “{branch}” is not told.", login=login, branch=base),
            _("See that the protection of the branch lets this account pass."),
        )
    else:
        yield Finding(
            "stops",
            _(
                "“{login}” may not push to “{branch}”: no result can be recorded.",
                login=login,
                branch=base,
            ),
            _(
                "Let an account of its own pass in the protection of the branch, and put its "
                "token into the secret COOPBOOK_TOKEN."
            ),
        )


def _logins(member: Entry, forge: str) -> set[str]:
    return {one.login for one in Member.of(member).accounts if one.forge == forge}


def _examine_branch(setup: Setup, base: str) -> Iterator[Finding]:
    if setup.main != base:
        yield Finding(
            "stops",
            _(
                "The main branch is “{one}” on the forge, and “{other}” in coop.yml.",
                one=setup.main,
                other=base,
            ),
            _("Make them one: by “branch” of “forge”, or in the settings of the forge."),
        )
    if setup.is_protected is False:
        yield Finding(
            "weak",
            _("“{branch}” is not protected: whoever may write there needs no vote.", branch=base),
            _("Protect it. Where your plan cannot, the administrators' guide says what is left."),
        )
        return
    if setup.required is None:
        return
    if not _is_required(PATHS, setup.required):
        yield Finding(
            "weak",
            _("A change may come in without the status “{status}”.", status=PATHS),
            _("Make it required in the protection of the branch: it says who may change what."),
        )
    if all(one.startswith(OURS) for one in setup.required):
        yield Finding(
            "weak",
            _("A change may come in without the check."),
            _("Make the check required in the protection of the branch."),
        )
    if _is_required(VOTE, setup.required):
        yield Finding(
            "weak",
            _("“{status}” is required: what asks for no vote waits for ever.", status=VOTE),
            _("Take it out of the required statuses: a vote closes by itself."),
        )


def _is_required(status: str, required: Collection[str]) -> bool:
    """Whether a status is one of those required, which Forgejo writes with stars."""
    return any(fnmatchcase(status, one) for one in required)


def _examine_workflows(forge: Forge, setup: Setup) -> Iterator[Finding]:
    """What the forge knows of the files that it should run."""
    if setup.states is None:
        return
    wanted = VOTES[forge.name]
    if not setup.states:
        yield Finding(
            "stops",
            _("The forge runs nothing in this repository: its Actions are off."),
            _("Switch them on in the settings of the repository."),
        )
    elif wanted not in setup.states:
        yield Finding(
            "stops",
            _("The forge does not know {file}: it is not on its main branch.", file=wanted),
            _("Bring it there by a change that is merged."),
        )
    for file, state in setup.states.items():
        if state == "active":
            continue
        words = (
            _("The forge put {file} to sleep, because nothing changed for long.", file=file)
            if state == ASLEEP
            else _("The forge does not run {file}: it was switched off.", file=file)
        )
        switch = _("Switch it on by its button under Actions.")
        woken = _("Wake it by its button under Actions; so does the next comment or proposal.")
        is_vote = file == wanted
        help = woken if state == ASLEEP and not is_vote else switch
        yield Finding("stops" if is_vote else "weak", words, help)


def _examine_github(setup: Setup) -> Iterator[Finding]:
    if setup.may_propose is False:
        yield Finding(
            "weak",
            _("GitHub's own token may propose no change: the steps of an assembly cannot."),
            _(
                "Set “Allow GitHub Actions to create and approve pull requests” in the "
                "repository's settings, Actions, General; or give a secret COOPBOOK_TOKEN."
            ),
        )


def _examine_forgejo(_setup: Setup) -> Iterator[Finding]:
    yield Finding(
        "weak",
        _("Whether changes may be marked as merged by hand, Forgejo tells no program."),
        _(
            "Look in the settings of the repository: without it, a change that was adopted stays "
            "open though it is published."
        ),
    )


def _examine_gitlab(setup: Setup) -> Iterator[Finding]:
    if setup.is_secret_kept is False:
        yield Finding(
            "stops",
            _("The variable COOPBOOK_TOKEN reaches proposed changes, which could take it."),
            _("Make it protected and masked in Settings, CI/CD, Variables; then renew the token."),
        )
    if setup.has_clock is False:
        yield Finding(
            "weak",
            _("Nothing runs by the clock: a vote that is over is closed by the next comment."),
            _("Make a pipeline schedule for the main branch, every three hours."),
        )


OF_EACH: dict[str, Callable[[Setup], Iterator[Finding]]] = {
    "github": _examine_github,
    "forgejo": _examine_forgejo,
    "gitlab": _examine_gitlab,
}


def examine_book(
    forge: Forge | None,
    index: Index,
    wanted: Collection[str],
    here: Mapping[str, str],
    today: date,
) -> Iterator[Finding]:
    """What the folder says: the forge it names, its rules, its voters and their accounts.

    Args:
        forge: Asked for the numbers of accounts; None where it cannot be asked.
        index: The co-op's index.
        wanted: The files that the forge should run.
        here: What those of them hold that are here.
        today: Whose voters are looked at.
    """
    own = index.settings.forge
    if not own.kind or not own.url:
        yield Finding(
            "stops",
            _("coop.yml does not say where the files are kept: no account on a forge is known."),
            _("Write “forge” there, with its kind and the address of the repository."),
        )
    for file in wanted:
        if file not in here:
            yield Finding(
                "stops" if file in VOTES.values() else "weak",
                _("{file} is not here: the forge does not do what it says.", file=file),
                _("Lay it from a new folder that “coopbook init --forge” makes."),
            )
    for file, text in here.items():
        if own.main_branch != MAIN and _NAMES_MAIN.search(text):
            yield Finding(
                "stops" if file in VOTES.values() else "weak",
                _(
                    "{file} speaks of the branch “{one}”, and coop.yml of “{other}”.",
                    file=file,
                    one=MAIN,
                    other=own.main_branch,
                ),
                _("Write the branch of coop.yml there."),
            )
    yield from _examine_voters(forge, index, today)


def _examine_voters(forge: Forge | None, index: Index, today: date) -> Iterator[Finding]:
    rules, kind = rules_of(index), index.settings.forge.kind
    if not rules:
        yield Finding(
            "stops",
            _("There are no rules of decision that can be read: decisions/rules.yml."),
            _("Begin with “coopbook preset”, or see what “coopbook check” says of it."),
        )
        return
    voters = electorate_on(today, people(index), Rule.of(rules.electorate)).voters
    ready = [voter for voter in voters if voter.accounts]
    if not ready:
        yield Finding(
            "stops",
            _("Nobody who may vote today has an account with its number."),
            _("Write “accounts” into the members' files, with “uid”."),
        )
    else:
        words = _(
            "{count} of {all} voters can vote on the forge.", count=len(ready), all=len(voters)
        )
        level: Level = "well" if len(ready) == len(voters) else "weak"
        help = _("The others give their votes to a teller, or get an account with its number.")
        yield Finding(level, words, help if level == "weak" else NOTHING)
    if forge is None or not kind:
        return
    for voter in voters:
        if (entry := index.find(MEMBER, voter.id)) is None:
            continue
        for account in Member.of(entry).accounts_on(kind):
            yield from _examine_account(forge, entry.file, account)


def _examine_account(forge: Forge, file: str, account: Account) -> Iterator[Finding]:
    """Whether a number is that of its login on the forge; the line to write where it is not."""
    try:
        number = forge.account_number(account.login)
    except ForgeError as error:
        yield from (Finding("weak", message) for message in error.messages)
        return
    if number is None:
        yield Finding(
            "weak",
            _("{file}: the forge has no account “{login}”.", file=file, login=account.login),
            _("Correct the login, or take the account out."),
        )
    elif account.uid is None:
        yield Finding(
            "weak",
            _("{file}: no vote of “{login}” counts yet.", file=file, login=account.login),
            _("Write into that account: {line}", line=Message(f"uid: {number}")),
        )
    elif account.uid != number:
        yield Finding(
            "weak",
            _(
                "{file}: “{login}” has the number {one} on the forge, and {other} here.",
                file=file,
                login=account.login,
                one=number,
                other=account.uid,
            ),
            _("Somebody else may have that login now: ask the member, then correct one of them."),
        )
