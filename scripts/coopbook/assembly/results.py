"""The sheet of results: out with a line a resolution, or one for each college, and back into the
resolutions, counted by the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec.structs import replace

from ..base.messages import Message, _, ngettext
from ..decisions.resolutions import FIGURES, Reckoning, figures_by_choice, reckon
from ..decisions.status import UNDECIDED
from ..decisions.types import Figures, Resolution
from ..decisions.wording.outcomes import sentence_of_count
from ..documents.ods import Column, Formula, Sheet, Value, render_ods
from ..documents.ods_reader import Grid, column_letter
from .elections import is_election
from .issues import Columns, Doubts, find_columns, require_no_formula, split_names
from .names import find_member
from .proxies import look, title
from .record import Assembly
from .vocabulary import RESULTS, find_word, parse_count, parse_hour, plain

INTRO = 4


@dataclass
class Line:
    """What is said of a resolution: its figures, by college where there are some, its hour, who
    stepped out, a stated result.
    """

    row: int
    figures: dict[str, int] = field(default_factory=dict)
    colleges: dict[str, dict[str, int]] = field(default_factory=dict)
    at: str = ""
    recused: list[str] = field(default_factory=list)
    result: str = ""


def colleges_of(assembly: Assembly) -> list[str]:
    """The colleges that the rules weigh; none where all votes weigh the same."""
    rule = assembly.rules.colleges
    return sorted(rule.weights) if rule.enabled else []


def sheet(assembly: Assembly) -> bytes:
    """The sheet to fill in; what is noted already stands in it."""
    say, colleges = assembly.say, bool(colleges_of(assembly))
    intro = (
        f"{say(_('Results of the votes'))} – {assembly.title}",
        say(
            _(
                "Fill in the white columns: the hour of each vote, and how many votes. What "
                "is left empty counts as 0."
            )
        ),
        say(
            _(
                "The result follows from the figures and the rules; write one only where "
                "there was no vote: withdrawn, noted."
            )
        ),
        say(
            _("Those who stepped out because it was about them: their names, commas between them.")
        ),
    )
    names = [
        "number",
        "title",
        *["college"] * colleges,
        "category",
        "there",
        "at",
        *FIGURES,
        "total",
        "recused",
        "result",
    ]
    columns = tuple(_column(assembly, name) for name in names)
    rows = tuple(_rows(assembly, names))
    return render_ods(
        [Sheet(say(_("Results")), intro, columns, rows)], look(assembly, _("Results of the votes"))
    )


def _column(assembly: Assembly, name: str) -> Column:
    widths = {
        "title": 5.5,
        "category": 4.5,
        "recused": 4,
        "result": 2.8,
        "college": 3,
        "there": 2.6,
        "at": 2.2,
    }
    asked = name in {*FIGURES, "at", "recused", "result"}
    choices = (
        tuple(assembly.say(own) for own, _others in RESULTS.values()) if name == "result" else ()
    )
    return Column(
        title(assembly, name),
        widths.get(name, 2.3 if name in FIGURES else 1.8),
        asked,
        choices,
        name in {*FIGURES, "number", "there", "total"},
    )


def _rows(assembly: Assembly, names: list[str]) -> Iterator[tuple[Value | Formula, ...]]:
    colleges: list[str] = colleges_of(assembly) or [""]
    number = INTRO + 2
    first, last = column_letter(names.index("for")), column_letter(names.index("null"))
    for one in assembly.resolutions:
        if is_election(assembly, one):
            continue
        there = reckon(assembly.meeting, one).represented if assembly.minutes.attendance else None
        for place, college in enumerate(colleges):
            told = figures_by_choice(one.by_college.get(college, Figures()) if college else one)
            sum_of_row = f"of:=SUM([.{first}{number}:.{last}{number}])"
            cells: dict[str, Value | Formula] = {
                **told,
                "number": one.number,
                "title": one.title or None,
                "college": assembly.college(college) if college else None,
                "there": None if college else there,
                "total": Formula(sum_of_row, sum(told.values())),
                "category": assembly.category_name(one.category),
            }
            cells |= {} if place else _said_once(assembly, one)
            yield tuple(cells.get(name) for name in names)
            number += 1


def _said_once(assembly: Assembly, one: Resolution) -> dict[str, Value | Formula]:
    """What stands on a resolution's first line alone."""
    return {
        "at": one.at or None,
        "recused": ", ".join(map(assembly.name, one.recused)) or None,
        "result": assembly.say(RESULTS[one.result][0]) if one.result else None,
    }


def read_results(assembly: Assembly, grids: list[Grid], doubts: Doubts) -> list[dict[str, Any]]:
    """The resolutions, as they are written, with what a sheet tells; what is not clear, or goes
    against the rules, goes to `doubts`.
    """
    columns = find_columns(
        grids,
        ("number", "for", "against"),
        ("title", "college", "category", "there", "at", *FIGURES[2:], "total", "recused", "result"),
        doubts,
    )
    known = [one.number for one in assembly.resolutions if not is_election(assembly, one)]
    lines: dict[int, Line] = {}
    for row in columns.rows if columns else ():
        assert columns
        _read_line(assembly, columns, row, known, lines, doubts)
    if columns and (missing := [str(number) for number in known if number not in lines]):
        said = ngettext(
            "No line for resolution {numbers}.",
            "No line for resolutions {numbers}.",
            len(missing),
            numbers=", ".join(missing),
        )
        doubts.faults.append(said)
    written: list[dict[str, Any]] = list(assembly.value.get("resolutions") or [])
    if doubts.faults or columns is None:
        return written
    numbers = [one.number for one in assembly.resolutions]
    return [
        _decide(assembly, number, one, lines[number], doubts) if number in lines else one
        for number, one in zip(numbers, written, strict=True)
    ]


def _read_line(
    assembly: Assembly,
    columns: Columns,
    row: int,
    known: Sequence[int],
    lines: dict[int, Line],
    doubts: Doubts,
) -> None:
    said = columns.cell(row, "number").text
    number = parse_count(said)
    if number is None or number not in known:
        if said or any(columns.cell(row, name).text for name in FIGURES):
            doubts.at(
                row, columns.place("number"), _("there is no resolution “{number}”.", number=said)
            )
        return
    line = lines.setdefault(number, Line(row))
    figures = _read_figures(columns, row, doubts)
    college = _read_college(assembly, columns, row, doubts)
    if college in line.colleges or (line.row != row and not college):
        doubts.at(
            row,
            columns.place("number"),
            _("resolution {number} stands on row {row} already.", number=number, row=line.row),
        )
    if college:
        line.colleges[college] = figures
    line.figures |= {name: line.figures.get(name, 0) + figures[name] for name in figures}
    _read_rest(assembly, columns, row, line, doubts)


def _read_figures(columns: Columns, row: int, doubts: Doubts) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in FIGURES:
        cell = columns.cell(row, name)
        if not cell.text and not cell.formula:
            continue
        number = parse_count(cell.text)
        if not require_no_formula(cell, row, columns.place(name), doubts):
            continue
        if number is None:
            doubts.at(
                row, columns.place(name), _("“{text}” is no number of votes.", text=cell.text)
            )
        else:
            found[name] = number
    return found


def _read_college(assembly: Assembly, columns: Columns, row: int, doubts: Doubts) -> str:
    text, known = columns.cell(row, "college").text, colleges_of(assembly)
    if not known:
        return ""
    found = next(
        (id for id in known if plain(text) in {plain(id), plain(assembly.college(id))}), ""
    )
    if not found:
        doubts.at(
            row,
            columns.place("college"),
            _(
                "“{text}” is none of: {words}.",
                text=text,
                words=", ".join(map(assembly.college, known)),
            ),
        )
    return found


def _read_rest(assembly: Assembly, columns: Columns, row: int, line: Line, doubts: Doubts) -> None:
    """The hour, who stepped out, a stated result."""
    at, out, result = (columns.cell(row, name) for name in ("at", "recused", "result"))
    if at.text:
        line.at = at.moment or parse_hour(at.text)
        if not line.at:
            doubts.at(
                row, columns.place("at"), _("“{text}” is no hour such as 14:45.", text=at.text)
            )
    for name in split_names(out.text):
        id, wrong = find_member(assembly, name, doubts.noter(row, columns.place("recused")))
        line.recused += [id] if not wrong else []
        if wrong:
            doubts.at(row, columns.place("recused"), wrong)
    if result.text:
        line.result = find_word(result.text, RESULTS)
        if not line.result:
            words = ", ".join(assembly.say(own) for own, _others in RESULTS.values())
            doubts.at(
                row,
                columns.place("result"),
                _("“{text}” is none of: {words}.", text=result.text, words=words),
            )


def _decide(
    assembly: Assembly, number: int, had: dict[str, Any], line: Line, doubts: Doubts
) -> dict[str, Any]:
    """A resolution, as it is written, with its figures, and its result as the rules of its category
    give it.
    """
    gone = (*FIGURES, "by_college", "at", "recused", "result")
    written: dict[str, Any] = {name: value for name, value in had.items() if name not in gone}
    written |= line.figures
    written |= {"by_college": line.colleges} if any(line.colleges.values()) else {}
    written |= {"at": line.at} if line.at else {}
    written |= {"recused": sorted(set(line.recused))} if line.recused else {}
    one = msgspec.convert(written, Resolution)
    reckoning, where = reckon(assembly.meeting, one), _("Resolution {number}", number=number)
    if reckoning.too_many:
        message = _(
            "{said} votes, and {most} voters were present or represented at that moment.",
            said=reckoning.cast,
            most=reckoning.represented,
        )
        doubts.faults.append(_("{where}: {fault}", where=where, fault=message))
        return had
    result = _find_result(one, line, reckoning, where, doubts)
    return written | ({"result": result} if result else {})


def _find_result(
    one: Resolution, line: Line, reckoning: Reckoning, where: Message, doubts: Doubts
) -> str:
    """What became of a resolution; empty where it has no votes yet, or where it is not clear."""
    if line.result in UNDECIDED:
        if one.are_told:
            doubts.faults.append(
                _("{where}: it has votes, and the result says there was none.", where=where)
            )
        return line.result
    if not one.are_told and reckoning.result != "no_quorum":
        if line.result:
            doubts.faults.append(_("{where}: it has a result and no votes.", where=where))
        else:
            doubts.remarks.append(_("{where}: no votes yet.", where=where))
        return ""
    if reckoning.result and line.result and line.result != reckoning.result:
        doubts.faults.append(
            _(
                "{where}: the sheet says “{said}”, the rules give “{found}”. {why}",
                where=where,
                why=explain(reckoning),
                said=RESULTS[line.result][0],
                found=RESULTS[reckoning.result][0],
            )
        )
        return ""
    result = reckoning.result or line.result
    if not result:
        doubts.faults.append(
            _("{where}: the rules do not give a result here: write it in the sheet.", where=where)
        )
        return ""
    doubts.remarks.append(
        _(
            "{where}: {result}. {why}",
            where=where,
            result=RESULTS[result][0],
            why=explain(reckoning),
        )
    )
    return result


def explain(reckoning: Reckoning) -> Message:
    """Quorum and majority as they were counted."""
    counted = reckoning if reckoning.cast else replace(reckoning, threshold=None)
    return sentence_of_count(counted)
