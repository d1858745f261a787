"""What came of a poll, in words and in its file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..base.atomic_files import replace_file
from ..base.diagnostics import Diagnostic
from ..base.messages import Misuse, Translator, _
from ..records.index import Entry, Index
from ..yaml_files.editor import patch
from ..yaml_files.reader import parse
from .kinds import POLL
from .polls import FOLDER, count_answers, is_outcome
from .result_files import WIDTH, WrittenResult
from .types import Poll, PollOption
from .wording.polls import name_mark


def require_countable(entry: Entry) -> None:
    """Raises Misuse where nothing can be counted: the file has faults, or advice is asked for."""
    if not entry.sound:
        raise Misuse(_("{file} has faults: “coopbook check” tells them.", file=entry.file))
    if Poll.of(entry).method == "advice":
        message = _(
            "Advice is not counted: who asks writes what was decided, and why, under "
            "“conclusion” in {file}.",
            file=entry.file,
        )
        raise Misuse(message)


def faults_of_poll(entry: Entry, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The errors that lie in what is counted: the poll and its answers."""
    folder = f"{FOLDER}/{entry.id}/"
    return [
        one
        for one in found
        if one.severity == "error" and (one.file == entry.file or one.file.startswith(folder))
    ]


def describe_poll_count(
    index: Index, entry: Entry, today: str, language: str, say: Translator
) -> Iterator[str]:
    """What the answers give; of a poll that is open and names nobody, how many they are."""
    poll, found = Poll.of(entry), count_answers(index, entry)
    yield index.text(entry.title, language)
    yield say(_("Last day: {date}.", date=poll.closes))
    yield ""
    yield _row(say(_("Asked")), (poll.outcome or found)["asked"])
    yield _row(say(_("Answers")), found["answers"])
    if not poll.has_closed_by(today) and not poll.names:
        yield say(_("Totals are told after the last day."))
        return
    names = {one.id: _label(index, one, language) for one in poll.options}
    for title, many in ((_("Blank"), "blank"), (_("Invalid"), "null")):
        if found.get(many):
            yield _row(say(title), found[many])
    yield from _figures(found.get("figures", ()), names, say)
    for number, one in enumerate(found.get("rounds", ()), 1):
        yield say(_("Round {number}", number=number))
        yield from _figures(one["figures"], names, say)
    for word, many in found.get("counts", {}).items():
        yield _row(say(name_mark(word)), many)
    for title, ids in ((_("First"), "first"), (_("The same votes"), "undecided")):
        if found.get(ids):
            yield _row(say(title), ", ".join(names[id] for id in found[ids]))


def _label(index: Index, option: PollOption, language: str) -> str:
    return " ".join(filter(None, [option.date, index.text(option.title or None, language)]))


def _figures(
    figures: Iterable[dict[str, Any]], names: dict[str, str], say: Translator
) -> Iterator[str]:
    for one in figures:
        said = [str(one["votes"])] if "votes" in one else []
        said += [say(name_mark(one["median"]))] if "median" in one else []
        said += [", ".join(names[id] for id in one["beats"])] if "beats" in one else []
        counts = one.get("counts", {})
        said += [" / ".join(f"{many} {say(name_mark(mark))}" for mark, many in counts.items())]
        yield _row(f"  {names[one['option']]}", "; ".join(filter(None, said)))


def _row(title: str, value: object) -> str:
    return f"{title:<{WIDTH}} {value}"


def write_outcome(root: Path, index: Index, entry: Entry, today: str) -> WrittenResult:
    """Write what came of a poll into its file; what is there is counted again and never changed.

    Args:
        root: The co-op's folder.
        index: Its records.
        entry: The poll.
        today: An ISO date: nothing is written before the last day is over.
    """
    poll, found = Poll.of(entry), count_answers(index, entry)
    if not poll.has_closed_by(today):
        message = _("Open until {date}: nothing is written.", date=poll.closes)
        return WrittenResult([message])
    if poll.outcome is not None:
        if is_outcome(poll, found):
            return WrittenResult([_("{file} says the same.", file=entry.file)])
        message = _("{file} says otherwise, and a result is never changed.", file=entry.file)
        return WrittenResult([message], differs=True)
    data = (root / entry.file).read_bytes()
    value = parse(data, front_matter=True).value
    if not isinstance(value, dict):
        return WrittenResult([_("{file} cannot be read.", file=entry.file)], differs=True)
    order = tuple(index.kinds[POLL].properties)
    new = patch(data, value | {"outcome": found}, front_matter=True, order=order)
    replace_file(root / entry.file, new)
    return WrittenResult([_("Written: {file}", file=entry.file)])
