"""`coopbook tally`"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..messages import Translator, _
from . import Spoken, lang_option, refuse, require_coop, root_argument, said, system_language
from .instants import Instant

if TYPE_CHECKING:
    from ..index import Entry, Index
    from ..tally import Event

UNREADABLE = (KeyError, TypeError, ValueError, ArithmeticError, RecursionError)


@click.command("tally", cls=Spoken)
@click.argument("proposal")
@root_argument
@click.option("--at", type=Instant(), help=said(_("Count as of this instant; the close of the vote, or now, when left out.")))
@click.option(
    "--events",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help=said(_("What was said on a forge, too: a JSON file of reviews and comments.")),
)
@click.option("--by", metavar="MEMBER", multiple=True, help=said(_("Who counts: a member's id. May be given several times.")))
@click.option("--dry-run", is_flag=True, help=said(_("Only show the count, write nothing.")))
@lang_option
def command(
    proposal: str, root: Path, at: datetime | None, events: Path | None, by: tuple[str, ...], dry_run: bool, lang: str | None
) -> None:
    """Count the vote on PROPOSAL, and write its result once it is closed.

    The result and all that it was counted from are written to decisions/results. A result that is there is counted again and never changed.
    A secret vote is counted from what two tellers wrote down, each alone, when they agree (decisions/counts).
    """
    from ..deciding.votes import is_secret
    from ..load import load
    from ..messages import translator

    require_coop(root, lang or system_language())
    index = load(root, date.today()).index
    language = index.usage(lang or index.languages[0])
    say = translator(language, shown=str)
    entry = _proposal(index, proposal, say)
    _members(index, by, say)
    had = _had(root, entry, say) if at is None and events is None else None
    if is_secret(index, entry) and not had:
        data, by = _secret(index, entry, at, events, by, say)
    else:
        data = had or _data(index, entry, at, events, say)
    raise SystemExit(_told(root, index, entry, data, {"by": by, "dry_run": dry_run, "had": had, "language": language}, say))


def _proposal(index: Index, name: str, say: Translator) -> Entry:
    """The proposal of this id or file, complete enough to be counted."""
    from ..deciding.votes import rules_of
    from ..diagnostics import suggestion

    id = name.rpartition("/")[2].removesuffix(".md")
    entry = index.find("proposal", id)
    if entry is None:
        help = suggestion(id, index.entries.get("proposal", {}))
        refuse(_("There is no proposal “{id}”. {help}", id=id, help=help), say)
    assert entry is not None
    if not rules_of(index):
        refuse(_("There are no rules to count by: decisions/rules.yml is missing or has faults. “coopbook check” tells them."), say)
    if not entry.sound or entry.get("category") not in rules_of(index)["categories"]:
        refuse(_("{file} has faults: “coopbook check” tells them.", file=entry.file), say)
    if "opened" not in entry.value or "closes" not in entry.value:
        refuse(_("{file} does not say when the vote opens and closes.", file=entry.file), say)
    return entry


def _members(index: Index, ids: tuple[str, ...], say: Translator) -> None:
    from ..diagnostics import suggestion

    for id in ids:
        if not index.find("member", id):
            refuse(_("There is no member “{id}”. {help}", id=id, help=suggestion(id, index.entries["member"])), say)


def _had(root: Path, entry: Entry, say: Translator) -> dict[str, Any] | None:
    """What a result was counted from, where there is one."""
    from ..deciding.votes import vote_id

    result, events = _files(root, vote_id(entry))
    if not result.is_file():
        return None
    try:
        found: dict[str, Any] = json.loads(events.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        refuse(_("{file} is missing or cannot be read: the result cannot be counted again.", file=events.relative_to(root)), say)
    return found


def _data(index: Index, entry: Entry, at: datetime | None, events: Path | None, say: Translator) -> dict[str, Any]:
    """All that the count needs, from the files as they are."""
    from ..deciding.votes import as_of_the_close, gathered

    try:
        more, text = _read_events(events) if events else ([], {})
    except UNREADABLE as error:
        refuse(_("{file} holds no events that can be read: {reason}", file=events, reason=error), say)
    try:

        def gather(moment: datetime) -> dict[str, Any]:
            return gathered(index, entry, moment, more, **text)

        return gather(at) if at else as_of_the_close(gather, datetime.now(UTC))
    except UNREADABLE as error:
        refuse(_("The vote cannot be counted ({reason}): “coopbook check” may tell why.", reason=error), say)
        raise


def _secret(
    index: Index, entry: Entry, at: datetime | None, events: Path | None, by: tuple[str, ...], say: Translator
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """All that the count of a secret vote needs, and its tellers."""
    from ..tally.events import instant
    from ..tally.keeping import stage_of
    from .secrecy import agreed

    if events or by:
        refuse(_("This vote is secret: it is counted from two tellers' sheets, and from nothing else."), say)
    times = entry.value["second"] if stage_of(entry.value) == "second" else entry.value
    return agreed(index, entry, at or min(instant(times["closes"]), datetime.now(UTC)), say)


def _read_events(file: Path) -> tuple[list[Event], dict[str, str]]:
    """A list of events, or an object that holds one beside the fingerprint of the text that is voted and since when it is that."""
    from ..tally import Event

    found = json.loads(file.read_text(encoding="utf-8"))
    rows, more = (found["events"], found) if isinstance(found, dict) else (found, {})
    return [Event.from_plain(row) for row in rows], {name: str(more[name]) for name in ("text", "text_since") if name in more}


def _told(root: Path, index: Index, entry: Entry, data: dict[str, Any], how: dict[str, Any], say: Translator) -> int:
    """Show the count, write the result; how to leave."""
    from ..tally.keeping import recount
    from .tallying import lines, written

    try:
        found = recount(data)
    except UNREADABLE as error:
        refuse(_("The vote cannot be counted ({reason}): “coopbook check” may tell why.", reason=error), say)
        raise
    for line in lines(index, entry, data, found, how["language"]):
        print(line)
    if found.result == "open" or how["dry_run"]:
        return 0
    return written(root, index, entry, data, found, how["by"], say)


def _files(root: Path, vote: str) -> tuple[Path, Path]:
    folder = root / "decisions" / "results"
    return folder / f"{vote}.yml", folder / f"{vote}.events.json"
