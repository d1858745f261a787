"""Who made a proposed change, and whether they may make it: told on the change's own page, and by
a status that a protected branch can require.

What is judged is what a merge with the present base would give. Accounts, roles, mandates and rules
are the base's, as the code is; nothing of the change is run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..base.hashing import of_value
from ..base.messages import NOTHING, Message, _, translator
from ..base.own_folders import OwnFolder
from ..decisions.accounts import Account
from ..decisions.credentials import changed_credentials
from ..decisions.judgement import Change, Ruling, judge
from ..decisions.votes import rules_of
from ..decisions.wording.forge_markdown import escape_value
from ..decisions.wording.rules_text import describe_wait
from ..decisions.wording.vote_notices import write_credentials
from ..records.load import Book, load, missing_coop
from ..records.opening import day_of
from ..records.upgrades import other_format
from .forges import PATHS, State, write_approval
from .forges import Change as Proposed
from .notices import call_member
from .observation import Sight, observe
from .request import Job, NothingAsked, Refused
from .service import Report

MOST_LINES = 40
"""Rulings that a comment tells; more are counted."""


@dataclass(frozen=True)
class Judged:
    """A change that was judged.

    Attributes:
        proposed: What the forge says of it.
        base: The commit that it was judged with.
        tree: The files of a merge of both.
        change: The book before and after, and the files that differ.
        found: What those who made it may not make, or not without somebody else.
    """

    proposed: Proposed
    base: str
    tree: str
    change: Change
    found: tuple[Ruling, ...]


def judge_change(job: Job) -> Report:
    """Say whether those who made a change may make it.

    Returns:
        The sentences, and the comment. Where all is allowed the comment says so in place of an
        earlier one, and none is written where there is none.

    Raises:
        NothingAsked: where the base has no rules to judge by: nothing is written then.
        Refused: where it cannot be judged: it was altered meanwhile, or contradicts the base.
        GitError: where git refuses.
        ForgeError: where the forge refuses or does not answer.
    """
    judged = read_judged(job)
    if judged is None:
        return Report((_("The change is merged or closed: there is nothing to judge."),))
    return tell_judgement(job, judged)


def read_judged(job: Job) -> Judged | None:
    """What those who made a change may not make; None where it is merged or closed.

    Raises: as `judge_change`.
    """
    change = job.forge.change(job.number)
    base, head = job.git.fetch(job.base, job.forge.ref(job.number))
    if head != change.head:
        raise Refused(_("The change was altered this very moment: run this again."))
    if change.state != "open" or job.git.merge_of(base, head):
        return None
    say = translator(job.language)
    merged = job.git.merge(base, head)
    if merged is None:
        message = _(
            "The change contradicts what is on “{branch}” now: bring it up to date.",
            branch=job.base,
        )
        _announce(job, head, "failure", say(message))
        raise Refused(message)
    files = tuple(job.git.list_altered(base, merged))
    makers = _makers(job, base, head)
    approvers = job.forge.approvers(job.number, head)
    judged = Change(_read(job, base), _read(job, merged), files)
    if not rules_of(judged.before.index):
        raise NothingAsked(
            _(
                "There are no rules to judge by: decisions/rules.yml is missing or has faults. "
                "“coopbook check” tells them."
            )
        )
    _tell_credentials(job, judged)
    found = judge(judged, makers, approvers, judged.before.index.today)
    return Judged(proposed=change, base=base, tree=merged, change=judged, found=tuple(found))


def _tell_credentials(job: Job, change: Change) -> None:
    """Tell members, once a change of them, that what they are known by would change: whom a comment
    names gets a mail from the forge, which no address of the co-op's files leads astray.
    """
    changed = changed_credentials(change.before, change.after, (one.path for one in change.files))
    if not changed or job.dry_run:
        return
    names = {f"credentials-{of_value([id, fields])[:16]}": id for id, fields in changed.items()}
    told = job.forge.told_once(job.number)
    new = {name: id for name, id in names.items() if name not in told}
    if new:
        rows = {call_member(change.before.index, id): [*changed[id]] for id in new.values()}
        job.forge.tell_once(job.number, write_credentials(rows, job.language), new)


def _makers(job: Job, base: str, head: str) -> list[Account]:
    """The accounts that the forge tells, and those that it told when the change's journal was
    written: a forge forgets who pushed. Of a head whose makers it never told, nobody is known.
    """
    commits = job.git.commits(base, head)
    told = job.forge.makers(job.number, commits)
    journal = observe(job, Sight(base, head, makers=told)).journal
    known = told or journal.makers_of(head)
    return list(dict.fromkeys([*known, *journal.makers(commits)])) if known else []


def _read(job: Job, commit: str) -> Book:
    """The book of a commit or a tree; its files are gone again, so that the disk holds one."""
    with OwnFolder("judge") as folder:
        job.git.write_files(job.git.tree(commit), Path(folder))
        if wrong := missing_coop(Path(folder)) or other_format(Path(folder)):
            raise Refused(wrong)
        return load(Path(folder), day_of(Path(folder), job.now))


def tell_judgement(job: Job, judged: Judged, then: Message = NOTHING) -> Report:
    """Say on the change's own page, and by its status, what its makers may not make; where they may
    make all of it, `then` is what is to be done next.
    """
    say, base, head = translator(job.language), judged.base, judged.proposed.head
    found = judged.found
    if not found:
        words = _(
            "Those who made it may make it ({head} on {base}).", head=head[:10], base=base[:10]
        )
        _announce(job, head, "success", say(words))
        comment = f"**{say(words)}**\n"
        if then:
            comment += f"\n{translator(job.language, shown=escape_value)(then)}\n"
        if not job.dry_run:
            job.forge.comment(job.number, comment, PATHS, first=bool(then))
        return Report((words,))
    refused = [ruling for ruling in found if not ruling.waits_for]
    first = (refused or found)[0]
    _announce(job, head, "failure" if refused else "pending", say(first.message))
    comment = write_judgement(found, head, job.language)
    if not job.dry_run:
        job.forge.comment(job.number, comment, PATHS)
    return Report((), comment, is_open=True)


def _announce(job: Job, head: str, state: State, words: str) -> None:
    if not job.dry_run:
        job.forge.announce(head, state, words, context=PATHS)


def write_judgement(found: Sequence[Ruling], head: str, language: str) -> str:
    """What the change's page says of what its makers may not make, in Markdown."""
    say = translator(language, shown=escape_value)
    head_line = _("Not everything here is for those who made it")
    lines = [f"### {say(head_line)}", ""]
    lines += [
        f"- {say(ruling.message)} {say(describe_wait(ruling.waits_for))}"
        for ruling in found[:MOST_LINES]
    ]
    if len(found) > MOST_LINES:
        more = _("… and {count} more.", count=len(found) - MOST_LINES)
        lines.append(f"- {say(more)}")
    if any(ruling.waits_for and not ruling.waits_for.startswith("vote") for ruling in found):
        how = _(
            "Whoever may give that approval approves in a review, or writes here: {command}",
            command=Message(f"`{write_approval(head)}`"),
        )
        lines += ["", say(how)]
    return "\n".join(lines) + "\n"
