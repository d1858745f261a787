"""The command `coopbook assembly`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..base.messages import Message, Misuse, Remark, _
from ..decisions.kinds import MINUTES
from ._assembly_order import InOrder, read_hour, read_plan
from ._exits import require_coop, speak, tell
from ._language import Spoken, SpokenGroup, say_in_terminal
from ._options import Today, lang_option, root_argument, today_option

if TYPE_CHECKING:
    from ..assembly.issues import Doubts
    from ..assembly.opening import Step
    from ..base.messages import Translator
    from ..records.load import Book

KINDS = ["ordinary", "extraordinary", "mixed", "section"]
HELD = ["in_person", "remote", "hybrid"]


@click.group("assembly", cls=SpokenGroup)
def command() -> None:
    """A general assembly in seven steps: papers go out, sheets come back, and its record is
    written.

    create, notice, proxies, attendance, results, minutes, file; count, where somebody is elected;
    and change, before it is held.
    ID is the assembly's, such as assemblee-generale-2026-06-18. A file that comes back is taken
    whole or not at all: each doubt is told with its row and column.
    """


MOST_SHOWN = 600
"""Characters of a value in a message: a list of names is longer than what is shown elsewhere."""


def _open(
    id: str,
    root: Path,
    lang: str | None,
    today: date,
    out: Path | None = None,
    *,
    even_cancelled: bool = False,
) -> tuple[Step, Translator]:
    """An assembly by its id or its file, and how its messages are said: with days in words."""
    from ..assembly.opening import open_step, require_held

    book, language, say = _load(root, lang, today)
    step = open_step(book, id, language, out)
    if not even_cancelled:
        require_held(step)
    return step, say


def _load(root: Path, lang: str | None, today: date) -> tuple[Book, str, Translator]:
    from ..base.dates import written_dates
    from ..base.messages import show_value, translator
    from ..records.load import load

    require_coop(root)
    book = load(root, today)
    language = lang or book.index.languages[0]
    usage = book.index.usage(language)

    def show(value: object) -> str:
        return show_value(written_dates(str(value), usage), most=MOST_SHOWN)

    return book, language, speak(translator(usage, shown=show))


def _take_back(
    step: Step,
    say: Translator,
    file: Path,
    read: Callable[[Doubts], dict[str, Any]],
    held: bool = False,
    untold: str = "",
) -> None:
    """Write what a sheet brings back into the record; see `take_back` and `save`."""
    from ..assembly.handed_in import take_back
    from ..assembly.saving import save

    fields, remarks = take_back(step, file, read, held)
    tell(remarks, say)
    tell(save(step, step.assembly.with_fields(**fields).value, untold=untold), say)


def _file(words: Message) -> Callable[[Any], Any]:
    return click.option(
        "--from",
        "file",
        type=click.Path(dir_okay=False, exists=True, path_type=Path),
        help=say_in_terminal(words),
    )


def _where(function: Any) -> Any:
    """Which assembly, in which language, on which day, and where its papers go: what `_open`
    wants.
    """
    words = say_in_terminal(_("Where the papers go; ROOT/build/assembly/ID when left out."))
    out = click.option("--out", type=click.Path(file_okay=False, path_type=Path), help=words)
    for option in (today_option, lang_option, out):
        function = option(function)
    return function


def _sheet(function: Any) -> Any:
    """A sheet that goes out, and comes back filled in."""
    function = _where(function)
    words = say_in_terminal(_("Take the file even where it lacks what was noted before."))
    function = click.option("--replace", is_flag=True, help=words)(function)
    return _file(_("The sheet that was filled in, .ods or .csv: write it into the record."))(
        function
    )


def _when_and_where(function: Any) -> Any:
    """The hour, the place and the address of a meeting, and how it is held."""
    afar = say_in_terminal(_("Where it is followed from afar: an address."))
    for option in (
        click.option("--mode", type=click.Choice(HELD), help=say_in_terminal(_("How it is held."))),
        click.option("--online", default="", metavar="ADDRESS", help=afar),
        click.option("--place", default="", help=say_in_terminal(_("Where it is held."))),
        click.option(
            "--at", metavar="HH:MM", default="", help=say_in_terminal(_("When it opens."))
        ),
    ):
        function = option(function)
    return function


@command.command("create", cls=InOrder)
@click.argument("body")
@click.argument("day", metavar="DATE", type=Today())
@root_argument
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default="ordinary",
    help=say_in_terminal(_("What sort of assembly.")),
)
@click.option(
    "--agenda",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help=say_in_terminal(_("A text file: an item a line.")),
)
@click.option(
    "--item",
    multiple=True,
    help=say_in_terminal(_("An item of the agenda. May be given several times.")),
)
@click.option(
    "--proposal",
    multiple=True,
    metavar="ID[:ITEM]",
    help=say_in_terminal(_("A proposal to be voted, at this item of the agenda.")),
)
@click.option(
    "--resolution",
    multiple=True,
    metavar="[CATEGORY:]TEXT",
    help=say_in_terminal(_("A resolution in words to be voted, in this order.")),
)
@click.option(
    "--usual",
    multiple=True,
    metavar="NAME[, BLANK=WORDS]",
    help=say_in_terminal(
        _(
            "A usual text to be voted: accounts, surplus, discharge, mandate, admission, "
            "exclusion, bylaws, formalities."
        )
    ),
)
@click.option(
    "--second",
    is_flag=True,
    help=say_in_terminal(_("Called again: the first meeting had no quorum.")),
)
@_when_and_where
@lang_option
@today_option
def create(
    body: str,
    day: date,
    root: Path,
    lang: str | None,
    today: date,
    usual: tuple[str, ...],
    **more: Any,
) -> None:
    """Write the draft of an assembly's record: number, company line, agenda, resolutions.

    BODY is the assembly's id among decisions/bodies, DATE the day it is held. A resolution is a
    proposal, or words such as "ordinary: Accounts of 2025": before the colon its category by id or
    name, and where need be "secret" or the number of its item, commas between them; after the title
    and a bar (|), the text that is voted. Where there is a draft already, what is to be voted is
    added to it.
    """
    from ..assembly.drafting import add_resolutions, write_draft
    from ..assembly.opening import open_step, require_held
    from ..assembly.usual import write_usual
    from ..base.messages import translator
    from ..decisions.meetings import rules_on
    from ..records.load import load

    require_coop(root)
    book = load(root, today)
    language = lang or book.index.languages[0]
    say = speak(translator(book.index.usage(language), shown=str))
    texts = [
        write_usual(
            one,
            language=language,
            country=book.index.settings.country,
            day=day.isoformat(),
            categories=frozenset(rules_on(book.index, day).categories),
        )
        for one in usual
    ]
    plan = read_plan(body, day, book, usual=texts, **more)
    had = book.index.find(MINUTES, f"{body}-{day}")
    if had and plan.motions:
        step = open_step(book, had.id, language)
        require_held(step)
        tell(add_resolutions(step, plan), say)
    else:
        tell(write_draft(book, plan, language), say)


@command.command("notice", cls=Spoken)
@click.argument("id")
@root_argument
@click.option(
    "--sent-on", type=Today(), help=say_in_terminal(_("The day it was sent: noted in the record."))
)
@click.option("--by", default="", help=say_in_terminal(_("Who calls the meeting.")))
@click.option(
    "--mode",
    "modes",
    multiple=True,
    type=click.Choice(["mail", "post", "hand", "posting"]),
    help=say_in_terminal(_("How it was sent.")),
)
@click.option(
    "--document",
    "documents",
    multiple=True,
    help=say_in_terminal(_("A document that goes with it. May be given several times.")),
)
@_where
def notice(
    id: str,
    root: Path,
    sent_on: date | None,
    by: str,
    out: Path | None,
    lang: str | None,
    today: date,
    **more: Any,
) -> None:
    """Make the notice, the proxy form and the text of the resolutions; say until when they must be
    sent.
    """
    from ..assembly.changing import require_when_and_where
    from ..assembly.notice import notice_paper, proxy_form, resolutions_paper
    from ..assembly.opening import require_unsettled
    from ..assembly.papers import render_papers, write_papers
    from ..assembly.saving import save
    from ..assembly.steps import describe_delay, name_caller, update_notice
    from ..assembly.usual import require_no_blanks

    step, say = _open(id, root, lang, today, out)
    require_when_and_where(step.assembly)
    require_no_blanks(step.assembly.resolutions, step.record.file)
    notes: list[Message] = []
    by = name_caller(step.assembly, by, notes.append)
    tell(map(Remark, notes), say)
    sent = sent_on.isoformat() if sent_on else ""
    changed = update_notice(step.assembly, sent, by, **more)
    if changed:
        require_unsettled(step)
        tell(save(step, step.assembly.with_fields(notice=changed).value), say)
    assembly = step.assembly.with_fields(**({"notice": changed} if changed else {}))
    papers = [notice_paper(assembly), proxy_form(assembly)]
    papers += [resolutions_paper(assembly)] if assembly.resolutions else []
    tell(write_papers(step, render_papers(papers)), say)
    for message in describe_delay(assembly, today.isoformat()):
        print(say(message))


@command.command("proxies", cls=Spoken)
@click.argument("id")
@root_argument
@_sheet
def proxies(file: Path | None, replace: bool, **where: Any) -> None:
    """Make the sheet of proxies received, or take it back."""
    from ..assembly.handed_in import read_tables
    from ..assembly.papers import write_papers
    from ..assembly.proxies import read_proxies, require_all_noted, sheet, tell_set_aside
    from ..decisions.types.parts import to_plain

    step, say = _open(**where)
    if file is None:
        papers = [(f"{step.assembly.file('proxies')}.ods", sheet(step.assembly))]
        tell(write_papers(step, papers), say)
        return

    def read(doubts: Doubts) -> dict[str, Any]:
        found = read_proxies(step.assembly, read_tables(file), doubts)
        if not replace:
            require_all_noted(step.assembly, found, doubts)
        tell_set_aside(step.assembly, found, doubts)
        return {"proxies": list(map(to_plain, found)) or None}

    # what this check says before the meeting, the sheet has said
    untold = "" if step.assembly.minutes.attendance else "minutes-proxy-refused"
    _take_back(step, say, file, read, untold=untold)


@command.command("attendance", cls=Spoken)
@click.argument("id")
@root_argument
@_sheet
def attendance(file: Path | None, replace: bool, **where: Any) -> None:
    """Make the attendance sheet, to be filled in and to be signed, and ballot papers; or take the
    sheet back.
    """
    from ..assembly.handed_in import read_tables
    from ..assembly.opening import require_day_come
    from ..assembly.papers import write_papers
    from ..assembly.roll import count_entitled, read_attendance, require_all_noted
    from ..assembly.session import read_session

    step, say = _open(**where)
    if file is None:
        tell(write_papers(step, _papers_of_the_day(step)), say)
        return
    # what is noted says that the meeting was held: it could be moved no more
    require_day_come(step)

    def read(doubts: Doubts) -> dict[str, Any]:
        grids = read_tables(file)
        roll = read_attendance(step.assembly, grids, doubts)
        session = read_session(step.assembly, grids, doubts)
        if not replace:
            require_all_noted(step.assembly, roll, doubts)
        return {**roll.plain, **session, **count_entitled(step.assembly, doubts)}

    _take_back(step, say, file, read)


def _papers_of_the_day(step: Step) -> list[tuple[str, bytes]]:
    from ..assembly.attendance import sheet
    from ..assembly.attendance_sheet import attendance_paper
    from ..assembly.ballot_papers import ballot_papers
    from ..documents.pdf import render_pdf

    to_cut = ballot_papers(step.assembly)
    papers = [attendance_paper(step.assembly), *([to_cut] if to_cut else [])]
    return [
        (f"{step.assembly.file('attendance')}.ods", sheet(step.assembly)),
        *((f"{one.name}.pdf", render_pdf(one)) for one in papers),
    ]


@command.command("count", cls=Spoken)
@click.argument("id")
@root_argument
@_file(_("The count sheet that a teller filled in, .ods: write what it says."))
@click.option(
    "--by", metavar="MEMBER", default="", help=say_in_terminal(_("Who counted: the teller."))
)
@click.option(
    "--resolution",
    "number",
    type=int,
    metavar="N",
    help=say_in_terminal(
        _("Which election, by the number of its resolution, where there are several.")
    ),
)
@click.option(
    "--lot",
    metavar="VALUE",
    default="",
    help=say_in_terminal(_("The public value that was published, where a lot decides.")),
)
@click.option(
    "--declined",
    metavar="MEMBER",
    multiple=True,
    help=say_in_terminal(
        _("A candidate who withdrew once the papers bore the name. May be given several times.")
    ),
)
@_where
def count(
    file: Path | None,
    by: str,
    number: int | None,
    lot: str,
    declined: tuple[str, ...],
    today: date,
    **where: Any,
) -> None:
    """Where somebody is elected: make the tellers' count sheets, or take one back.

    Two tellers count, each alone. When both sheets are here and say the same, the result of the
    election is written with each round, the mandates that it gives and the end of those before;
    where they differ, each difference is told.
    """
    from ..assembly.counting import (
        HandedSheet,
        count_sheets,
        papers_of_second_rounds,
        pick_election,
        take_count,
    )
    from ..assembly.handed_in import read_sheet
    from ..assembly.opening import require_attendance
    from ..assembly.papers import write_papers
    from ..records.opening import instant_on

    step, say = _open(today=today, **where)
    if file is None:
        papers = [*count_sheets(step.assembly), *papers_of_second_rounds(step.assembly)]
        tell(write_papers(step, papers), say)
        return
    if not by:
        raise Misuse(_("Say who counted: the teller, by id or name (--by)."))
    require_attendance(step)
    held = pick_election(step.assembly, number)
    sheet = HandedSheet(file.name, read_sheet(file), by, lot, declined)
    now = instant_on(where["root"], today, datetime.now(UTC))
    tell(take_count(step, held, sheet, now), say)


@command.command("results", cls=Spoken)
@click.argument("id")
@root_argument
@_file(_("The sheet that was filled in, .ods or .csv: write it into the record."))
@_where
def results(file: Path | None, **where: Any) -> None:
    """Make the sheet of results, or take it back: each result follows from the figures and the
    rules.
    """
    from ..assembly.handed_in import read_tables
    from ..assembly.papers import write_papers
    from ..assembly.results import read_results, sheet

    step, say = _open(**where)
    if not step.assembly.resolutions:
        raise Misuse(
            _(
                "This assembly has no resolutions. Add what is voted at the step “create”, "
                "with the same body and day: a proposal,"
                " or a resolution in words such as: ordinary: Accounts of 2025."
            )
        )
    if file is None:
        papers = [(f"{step.assembly.file('results')}.ods", sheet(step.assembly))]
        tell(write_papers(step, papers), say)
        return

    def read(doubts: Doubts) -> dict[str, Any]:
        return {"resolutions": read_results(step.assembly, read_tables(file), doubts)}

    _take_back(step, say, file, read, held=True)


@command.command("minutes", cls=Spoken)
@click.argument("id")
@root_argument
@_file(_("The document that was edited, .odt: take back what was said, and the incidents."))
@_where
def minutes(file: Path | None, **where: Any) -> None:
    """Make the draft of the minutes, or take its text back; they are then circulated."""
    from ..assembly.filing import describe_without_result
    from ..assembly.handed_in import read_file, take_back
    from ..assembly.minutes import Transcript, minutes_paper, read_minutes
    from ..assembly.papers import render_papers, write_papers
    from ..assembly.saving import confirm_proposals, save

    step, say = _open(**where)
    if file is None:
        tell(write_papers(step, render_papers([minutes_paper(step.assembly)])), say)
        return

    def read(doubts: Doubts) -> Transcript:
        return read_minutes(step.assembly, read_file(file), doubts)

    found, remarks = take_back(step, file, read, held=True)
    tell(remarks, say)
    status = "circulated" if step.assembly.minutes.are_a_draft else step.assembly.minutes.status
    value = step.assembly.with_fields(incidents=found.incidents or None, status=status).value
    tell(save(step, value, found.body, confirming=step.assembly.resolutions), say)
    tell(confirm_proposals(step, step.assembly.resolutions), say)
    tell(map(Remark, describe_without_result(step.assembly)), say)


@command.command("file", cls=Spoken)
@click.argument("id")
@root_argument
@click.option(
    "--scan",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help=say_in_terminal(_("The signed minutes, as a PDF: its fingerprint is noted.")),
)
@click.option(
    "--signature",
    "signature_files",
    multiple=True,
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help=say_in_terminal(
        _(
            "A signature that is a file of its own, named after who signed: ana-lopes.asc. "
            "May be given several times."
        )
    ),
)
@click.option("--volume", required=True, help=say_in_terminal(_("The volume of the register.")))
@click.option("--folios", required=True, help=say_in_terminal(_("The folios, such as 8 to 13.")))
@click.option(
    "--form",
    type=click.Choice(["paper", "electronic"]),
    default="paper",
    help=say_in_terminal(_("What the register is.")),
)
@click.option(
    "--signed-on",
    type=Today(),
    required=True,
    help=say_in_terminal(_("The day of the signatures.")),
)
@click.option(
    "--approved-on",
    type=Today(),
    help=say_in_terminal(_("The day of the approval, where it was another one.")),
)
@click.option(
    "--approved-by",
    default="",
    help=say_in_terminal(_("Who approved, such as the officers of the meeting.")),
)
@lang_option
@today_option
def file_away(
    id: str,
    root: Path,
    scan: Path | None,
    signature_files: tuple[Path, ...],
    lang: str | None,
    today: date,
    **more: Any,
) -> None:
    """Note where the signed minutes are, and their fingerprint; say what is left to do. They do not
    change any more.
    """
    from ..assembly.counting import give_mandates
    from ..assembly.filing import HandedFile, Signed, fill_in_filing, find_obstacles
    from ..assembly.handed_in import read_file
    from ..assembly.saving import confirm_proposals, require_ready, save
    from ..assembly.steps import list_left_to_do

    step, say = _open(id, root, lang, today)
    if step.assembly.minutes.status == "signed":
        # a run before this one was cut off: what follows from the minutes is left
        left = [*confirm_proposals(step, step.assembly.resolutions), *give_mandates(step)]
        tell(left, say)
        if left:
            return
        raise Misuse(
            _(
                "These minutes were signed: they do not change any more. "
                "What was wrong is said in their errata."
            )
        )

    def hand_in(file: Path) -> HandedFile:
        return HandedFile(_path_among_files(file, root), read_file(file))

    signed = Signed(hand_in(scan) if scan else None, tuple(map(hand_in, signature_files)))
    value = fill_in_filing(step.assembly, signed, **more)
    faults = find_obstacles(step.assembly, more["signed_on"], signed, today.isoformat())
    require_ready(step, value, list(faults))
    tell(save(step, value, confirming=step.assembly.resolutions), say)
    tell(confirm_proposals(step, step.assembly.resolutions), say)
    tell(give_mandates(step), say)
    for message in list_left_to_do(step.assembly.with_fields(**value)):
        print(say(message))


@command.command("change", cls=Spoken)
@click.argument("id")
@root_argument
@click.option("--day", type=Today(), help=say_in_terminal(_("The day it is moved to.")))
@_when_and_where
@click.option(
    "--cancel/--restore",
    "cancelled",
    default=None,
    help=say_in_terminal(_("It is not held; it is held after all.")),
)
@lang_option
@today_option
def change(
    id: str, root: Path, lang: str | None, today: date, day: date | None, at: str, **more: Any
) -> None:
    """Move a meeting that is still to be held, say when and where it is, cancel it. Its pages and
    the calendars follow.
    """
    from ..assembly.changing import Change, change_meeting

    step, say = _open(id, root, lang, today, even_cancelled=True)
    more["mode"] = more["mode"] or ""
    given = Change(day=day.isoformat() if day else "", opened=read_hour(at), **more)
    tell(change_meeting(step, given), say)


def _path_among_files(file: Path, root: Path) -> str:
    """The path of a file that is among the co-op's, else its name."""
    path, top = file.resolve(), root.resolve()
    return path.relative_to(top).as_posix() if path.is_relative_to(top) else file.name
