"""The sheet of results: out with a line a resolution, or one for each college, and back into the
resolutions, counted by the rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..base.messages import Message, _, ngettext
from ..decisions.resolutions import FIGURES, Reckoning, counted, reckon
from ..decisions.status import UNDECIDED
from ..decisions.wording.outcomes import weighed
from ..documents.ods import Column, Formula, Sheet, Value, spreadsheet
from ..documents.ods_reader import Grid, letter
from .issues import Columns, Doubts, find_columns, member, no_formula
from .proxies import look, title
from .record import Assembly
from .vocabulary import RESULTS, count, hour, plain, understood

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
    rule = assembly.rules.plain.get("colleges") or {}
    return sorted(rule.get("weights") or {}) if rule.get("enabled") else []


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
    return spreadsheet(
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
    first, last = letter(names.index("for")), letter(names.index("null"))
    for one in assembly.resolutions:
        found = reckon(assembly.held, one)
        for place, college in enumerate(colleges):
            figures = (one.get("by_college") or {}).get(college, {}) if college else one
            cells: dict[str, Value | Formula] = {name: figures.get(name) for name in FIGURES}
            cells |= {
                "number": one["number"],
                "title": one.get("title"),
                "college": assembly.college(college) if college else None,
            }
            cells |= {
                "there": found.represented
                if assembly.value.get("attendance") and not college
                else None
            }
            cells["total"] = Formula(
                f"of:=SUM([.{first}{number}:.{last}{number}])",
                sum(int(figures.get(name) or 0) for name in FIGURES),
            )
            cells |= {"category": assembly.category_name(one.get("category"))} | (
                _once(assembly, one) if not place else {}
            )
            yield tuple(cells.get(name) for name in names)
            number += 1


def _once(assembly: Assembly, one: dict[str, Any]) -> dict[str, Value | Formula]:
    """What stands on a resolution's first line alone."""
    result = RESULTS[one["result"]][0] if one.get("result") else None
    recused = ", ".join(assembly.name(id) for id in one.get("recused") or []) or None
    return {
        "at": one.get("at"),
        "recused": recused,
        "result": assembly.say(result) if result else None,
    }


def taken(assembly: Assembly, grids: list[Grid], doubts: Doubts) -> list[dict[str, Any]]:
    """The resolutions with what a sheet tells; what is not clear, or goes against the rules, goes
    to `doubts`.
    """
    columns = find_columns(
        grids,
        ("number", "for", "against"),
        ("title", "college", "category", "there", "at", *FIGURES[2:], "total", "recused", "result"),
        doubts,
    )
    known = {one["number"]: one for one in assembly.resolutions}
    lines: dict[int, Line] = {}
    for row in columns.rows if columns else ():
        assert columns
        _line(assembly, columns, row, known, lines, doubts)
    if columns and (missing := [str(n) for n in known if n not in lines]):
        said = ngettext(
            "No line for resolution {numbers}.",
            "No line for resolutions {numbers}.",
            len(missing),
            numbers=", ".join(missing),
        )
        doubts.found.append(said)
    if doubts.found or columns is None:
        return assembly.resolutions
    return [_decided(assembly, one, lines[one["number"]], doubts) for one in assembly.resolutions]


def _line(
    assembly: Assembly,
    columns: Columns,
    row: int,
    known: dict[int, dict[str, Any]],
    lines: dict[int, Line],
    doubts: Doubts,
) -> None:
    said = columns.cell(row, "number").text
    number = count(said)
    if number is None or number not in known:
        if said or any(columns.cell(row, name).text for name in FIGURES):
            doubts.at(
                row, columns.place("number"), _("there is no resolution “{number}”.", number=said)
            )
        return
    line = lines.setdefault(number, Line(row))
    figures = _figures(columns, row, doubts)
    college = _college(assembly, columns, row, doubts)
    if college in line.colleges or (line.row != row and not college):
        doubts.at(
            row,
            columns.place("number"),
            _("resolution {number} stands on row {row} already.", number=number, row=line.row),
        )
    if college:
        line.colleges[college] = figures
    line.figures |= {name: line.figures.get(name, 0) + figures[name] for name in figures}
    _beside(assembly, columns, row, line, doubts)


def _figures(columns: Columns, row: int, doubts: Doubts) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in FIGURES:
        cell = columns.cell(row, name)
        if not cell.text and not cell.formula:
            continue
        number = count(cell.text)
        if not no_formula(cell, row, columns.place(name), doubts):
            continue
        if number is None:
            doubts.at(
                row, columns.place(name), _("“{text}” is no number of votes.", text=cell.text)
            )
        else:
            found[name] = number
    return found


def _college(assembly: Assembly, columns: Columns, row: int, doubts: Doubts) -> str:
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


def _beside(assembly: Assembly, columns: Columns, row: int, line: Line, doubts: Doubts) -> None:
    """The hour, who stepped out, a stated result."""
    at, out, result = (columns.cell(row, name) for name in ("at", "recused", "result"))
    if at.text:
        line.at = at.moment or hour(at.text)
        if not line.at:
            doubts.at(
                row, columns.place("at"), _("“{text}” is no hour such as 14:45.", text=at.text)
            )
    for name in out.text.replace(";", ",").replace("\n", ",").split(","):
        if name.strip():
            id, wrong = member(assembly, name)
            line.recused += [id] if not wrong else []
            if wrong:
                doubts.at(row, columns.place("recused"), wrong)
    if result.text:
        line.result = understood(result.text, RESULTS)
        if not line.result:
            words = ", ".join(assembly.say(own) for own, _others in RESULTS.values())
            doubts.at(
                row,
                columns.place("result"),
                _("“{text}” is none of: {words}.", text=result.text, words=words),
            )


def _decided(assembly: Assembly, had: dict[str, Any], line: Line, doubts: Doubts) -> dict[str, Any]:
    """A resolution with its figures, its result as the rules of its category give it."""
    gone = (*FIGURES, "by_college", "at", "recused", "result")
    one: dict[str, Any] = {name: value for name, value in had.items() if name not in gone}
    one |= line.figures | ({"by_college": line.colleges} if any(line.colleges.values()) else {})
    one |= ({"at": line.at} if line.at else {}) | (
        {"recused": sorted(set(line.recused))} if line.recused else {}
    )
    found = reckon(assembly.held, one)
    where = _("Resolution {number}", number=had["number"])
    if found.too_many:
        message = _(
            "{said} votes, and {most} voters were present or represented at that moment.",
            said=found.cast,
            most=found.represented,
        )
        doubts.found.append(_("{where}: {fault}", where=where, fault=message))
        return had
    return one | _result(one, line, found, where, doubts)


def _result(
    one: dict[str, Any], line: Line, found: Reckoning, where: Message, doubts: Doubts
) -> dict[str, Any]:
    if line.result in UNDECIDED:
        if counted(one):
            doubts.found.append(
                _("{where}: it has votes, and the result says there was none.", where=where)
            )
        return {"result": line.result}
    if not counted(one) and found.result != "no_quorum":
        if line.result:
            doubts.found.append(_("{where}: it has a result and no votes.", where=where))
        else:
            doubts.told.append(_("{where}: no votes yet.", where=where))
        return {}
    if found.result and line.result and line.result != found.result:
        names = {"said": RESULTS[line.result][0], "found": RESULTS[found.result][0]}
        doubts.found.append(
            _(
                "{where}: the sheet says “{said}”, the rules give “{found}”. {why}",
                where=where,
                why=why(found),
                **names,
            )
        )
        return {}
    if not found.result and not line.result:
        doubts.found.append(
            _("{where}: the rules do not give a result here: write it in the sheet.", where=where)
        )
        return {}
    result = found.result or line.result
    doubts.told.append(
        _("{where}: {result}. {why}", where=where, result=RESULTS[result][0], why=why(found))
    )
    return {"result": result}


def why(found: Reckoning) -> Message:
    """Quorum and majority as they were counted."""
    quorum = (
        _("Quorum: {quorum}.", quorum=weighed(found.quorum, "of")) if found.quorum else Message("")
    )
    majority = (
        _("Majority: {majority}.", majority=weighed(found.threshold, "base"))
        if found.threshold and found.cast
        else Message("")
    )
    return (
        _("{sentence} {other}", sentence=quorum, other=majority)
        if quorum and majority
        else quorum or majority
    )
