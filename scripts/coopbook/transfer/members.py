"""Members out of a table that was kept elsewhere: what each line would write, what has no place,
and what is refused with its reason. Nothing is written before all of it is known.

A line becomes a record by itself: one that cannot be taken is refused with its number, the others
come in. Whoever is there already is recognised, by id, account, e-mail, company number or name, and
is changed only where somebody asks for it. Nobody is listed without a consent.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, count
from typing import Any

from .. import checks
from ..base.diagnostics import Diagnostic
from ..base.formats import is_kept_by_windows, slug
from ..base.messages import NOTHING, Message, _, ngettext
from ..base.positions import Path, Value
from ..editing.mentions import content_of
from ..records.core_kinds import MEMBER
from ..records.dialect.shared import Schema
from ..records.load import Book
from ..records.model import Record, dig, order_fields, parts_of
from ..records.opening import read_new, with_records
from ..records.validation import without
from ..yaml_files.editor import Unwritable, patch, render
from .cells import Reader, Reading, is_month_first, read_login, read_region
from .columns import ID, Column, Target
from .fields import find_differences, overlay, put, schema_of, value_of, whole_at
from .identity import contradict, keys_of, split_name
from .plan import NAME, Finding, Line, Plan, Source

_LONGEST_ID = 60
_TYPE, _LISTED, _PRESENCE, _CONSENTS = "type", "listed", "presence", "consents"
_DIRECTORY = "directory"
_REGION, _COUNTRY = ("place", "region"), ("place", "country")
_OF_ONE_PERSON = frozenset(
    map(
        slug,
        (
            *("EI", "entreprise individuelle", "micro-entreprise", "micro-entrepreneur"),
            *("auto-entrepreneur", "indépendant", "indépendante", "sole trader", "freelance"),
            *("personne physique", "raison individuelle", "profession libérale", "salarié"),
        ),
    )
)
"""Legal forms of somebody who works alone."""
_MOST_ROUNDS = 6


def plan_members(
    book: Book,
    sources: Sequence[Source],
    columns: Sequence[Column],
    for_all: Mapping[Target, str],
) -> Plan:
    """What a table of members would write.

    Args:
        book: The co-op.
        sources: The lines.
        columns: Which column is which field.
        for_all: What every line is given that does not say it itself.
    """
    return _Import(book, columns, for_all).plan(sources)


class _Import:
    """One table on its way into a co-op."""

    def __init__(
        self, book: Book, columns: Sequence[Column], for_all: Mapping[Target, str]
    ) -> None:
        self.book, self.index = book, book.index
        self.kind = book.index.kinds[MEMBER]
        self.columns = columns
        self.for_all = for_all
        self.there = {record.id: record for record in book.records() if record.kind.name == MEMBER}
        self.called: dict[str, list[Record]] = defaultdict(list)
        """Those who are there by their name, the first id on top."""
        for record in sorted(self.there.values(), key=lambda one: (len(one.id), one.id)):
            self.called[slug(str(record.get(*NAME) or ""))].append(record)
        self.reader = Reader(book.index, self._find_member)
        self.findings: list[Finding] = []
        self.taken: Counter[str] = Counter()
        self.remarks: list[Message] = []
        self.names: dict[str, set[str]] = defaultdict(set)
        self.records: dict[str, Record] = {}
        self.assumed = self.organised = 0

    def plan(self, sources: Sequence[Source]) -> Plan:
        lines = [Line(source.place) for source in sources]
        self._read_names(sources)
        month_first = self._find_month_first(sources)
        for line, source in zip(lines, sources, strict=True):
            self._read_line(line, source, month_first)
            self._complete(line)
        if self.assumed:
            self.remarks.append(
                ngettext(
                    "{count} line names a place without its country: {country} is taken.",
                    "{count} lines name a place without its country: {country} is taken.",
                    self.assumed,
                    country=self.index.settings.country,
                )
            )
        if self.organised:
            self.remarks.append(
                ngettext(
                    "{count} line has a legal form or a number of companies and no given name: it "
                    "is an organisation; --set type=person says otherwise.",
                    "{count} lines have a legal form or a number of companies and no given name: "
                    "they are organisations; --set type=person says otherwise.",
                    self.organised,
                )
            )
        self._refuse_twice(lines)
        self._give_ids(lines)
        self._judge(lines)
        self._compare(lines)
        return Plan(lines, self.columns, self.taken, self.findings, self.remarks)

    # Reading

    def _read_names(self, sources: Sequence[Source]) -> None:
        """Whom a name means: those who are there, and those who come."""
        for record in self.there.values():
            for name in (record.id, str(record.get(*NAME) or ""), record.get("legal_name") or ""):
                self.names[slug(name)].add(record.id)
        where = {column.target: column.at for column in self.columns if column.target}
        for source in sources:
            said = source.cells.get(where.get(NAME, -1)) or " ".join(
                str(source.cells.get(where[part]) or "")
                for part in (("name", "given"), ("name", "family"))
                if part in where
            )
            if name := slug(str(said or "")):
                self.names[name].add(source.id or name[:_LONGEST_ID].strip("-"))

    def _find_member(self, text: str) -> str:
        ids = self.names.get(slug(text), set())
        return next(iter(ids)) if len(ids) == 1 else ""

    def _find_month_first(self, sources: Sequence[Source]) -> dict[int, bool]:
        """Of each column of days, whether the month stands first."""
        american = self.index.settings.country == "US"
        found = {}
        for column in self.columns:
            if schema_of(self.kind, column.target).get("format") != "date":
                continue
            cells = (str(source.cells.get(column.at) or "") for source in sources)
            told = is_month_first(cells)
            found[column.at] = american if told is None else told
            if told and not american:
                self.remarks.append(
                    _("In “{column}” the month stands before the day.", column=column.name)
                )
        return found

    def _read_line(self, line: Line, source: Source, month_first: Mapping[int, bool]) -> None:
        line.wanted = source.id
        for column in self.columns:
            cell = source.cells.get(column.at)
            if isinstance(cell, str):
                cell = cell.strip() or None
            if cell in (None, "", [], {}):
                continue
            if not column.target:
                if not column.aside:
                    self._note(line, column.name, "homeless", cell, NOTHING)
                continue
            if column.target == ID:
                line.wanted = str(cell)
                self.taken[column.name] += 1
                continue
            self._take(line, column.name, column.target, cell, month_first.get(column.at, False))
        for target, text in self.for_all.items():
            if value_of(line.value, target) is None:
                self._take(line, "", target, text, month_first=False)

    def _take(
        self, line: Line, column: str, target: Target, cell: Value, month_first: bool
    ) -> None:
        """Put a cell into its field."""
        schema = schema_of(self.kind, target)
        if target[0] == "accounts" and len(target) > 1 and isinstance(cell, str):
            read = read_login(cell.strip(), schema)
        else:
            read = self.reader.read(cell, schema, month_first=month_first)
        for word, help in read.homeless:
            self._note(line, column, "homeless", word, help)
        if read.refused:
            self._note(line, column, "refused", cell, read.refused)
        if read.value is None:
            return
        if target == _REGION:
            region, country = read_region(str(read.value))
            read = Reading(region, _("its country goes beside it") if country else read.changed)
            if country and value_of(line.value, _COUNTRY) is None:
                line.origins[put(line.value, _COUNTRY, country)] = column
        value, target = self._fit(line, column, target, read.value, schema)
        if value is None:
            return
        self.taken[column] += 1
        if read.changed:
            self._note(line, column, "changed", cell, read.changed)
        had = value_of(line.value, target)
        if isinstance(had, list) and isinstance(value, list):
            value = [*had, *(item for item in value if item not in had)]
        path = put(line.value, target, value)
        line.origins[path] = column

    def _fit(
        self, line: Line, column: str, target: Target, value: Value, schema: Schema
    ) -> tuple[Value, Target]:
        """A text that is too long for its line goes into the member's own words, where these are
        still empty.
        """
        most = schema.get("maxLength")
        if not isinstance(value, str) or not most or len(value) <= most:
            return value, target
        if target[0] == "headline" and len(target) == 2:
            longer: Target = ("bio", target[1])
            if value_of(line.value, longer) is None and not any(
                one.target == longer for one in self.columns
            ):
                why = _("longer than {most} signs: it is put into bio", most=most)
                self._note(line, column, "changed", value, why)
                return value, longer
        why = _("It is longer than {most} signs.", most=most)
        self._note(line, column, "refused", value, why)
        return None, target

    def _note(self, line: Line, column: str, what: Any, value: Value, why: Message) -> None:
        self.findings.append(Finding(line.place, column, what, _show(value), why))

    # What no table says

    def _complete(self, line: Line) -> None:
        """Name, type, presence, and that nobody is listed without a consent."""
        value = line.value
        name = value.setdefault("name", {})
        if not name.get("display"):
            whole = " ".join(filter(None, (name.get("given"), name.get("family"))))
            whole = whole or str(value.get("legal_name") or value.get("trade_name") or "")
            if whole:
                name["display"] = whole
        if not name.get("display"):
            value.pop("name")
            line.refuse(_("It names nobody."))
            return
        has_person = name.get("given") or name.get("family")
        if _TYPE not in value:
            form = slug(str(value.get("legal_form") or ""))
            organised = bool(form and form not in _OF_ONE_PERSON) or bool(
                dig(value, "ids", "siren")
            )
            value[_TYPE] = "organisation" if organised and not has_person else "person"
            self.organised += value[_TYPE] == "organisation"
        if value[_TYPE] == "person" and all(one.target != ID for one in self.columns):
            split_name(name)
        elif not str(name["display"])[0].isalnum() and not name.get("sort"):
            name["sort"] = str(name["display"]).lstrip("#@*«\"'([{-–—. ") or name["display"]
        place = value.get(_COUNTRY[0])
        if isinstance(place, dict) and not place.get(_COUNTRY[1]):
            place[_COUNTRY[1]] = self.index.settings.country
            self.assumed += 1

    def _default(self, value: dict[str, Value]) -> None:
        """What a new record says where its line does not."""
        value.setdefault(_PRESENCE, "present")
        agrees = any(
            one.get("purpose") == _DIRECTORY and one.get("given") and not one.get("withdrawn")
            for one in value.get(_CONSENTS) or []
            if isinstance(one, dict)
        )
        value.setdefault(_LISTED, agrees)

    # Who is who

    def _refuse_twice(self, lines: Sequence[Line]) -> None:
        """Lines with one address, account or number: which of them is right nobody can say."""
        seen: dict[tuple[str, str], list[Line]] = defaultdict(list)
        for line in lines:
            for key in keys_of(line.value):
                seen[key].append(line)
        for key, some in seen.items():
            if len(some) > 1:
                for line in some:
                    others = ", ".join(one.place for one in some if one is not line)
                    line.refuse(
                        _(
                            "“{value}” stands on another line too: {lines}.",
                            value=key[-1],
                            lines=others,
                        )
                    )

    def _give_ids(self, lines: Sequence[Line]) -> None:
        """The id of each line: its own, that of whoever is there already, or one made of the name.
        The same table gives the same ids again.
        """
        owners = {key: record for record in self.there.values() for key in keys_of(record.value)}
        named: dict[str, list[Line]] = defaultdict(list)
        taken: set[str] = set()
        for line in lines:
            if line.state == "refused":
                continue
            owner = next((owners[key] for key in keys_of(line.value) if key in owners), None)
            if line.wanted:
                id = slug(line.wanted)[:_LONGEST_ID].strip("-")
                id = self.index.current_id(MEMBER, line.wanted if line.wanted in self.there else id)
                if not id or id in taken:
                    line.refuse(
                        _("Another line has the id “{id}” too.", id=id)
                        if id
                        else _("“{value}” gives no id.", value=line.wanted)
                    )
                elif owner is not None and owner.id != id:
                    line.refuse(_tell_owner(line, owner))
                else:
                    line.id = id
                    taken.add(id)
            elif owner is not None:
                if slug(str(owner.get(*NAME) or "")) != slug(line.name):
                    line.refuse(_tell_owner(line, owner))
                elif owner.id in taken:
                    line.refuse(_("Another line has the id “{id}” too.", id=owner.id))
                else:
                    line.id = owner.id
                    taken.add(owner.id)
            else:
                named[slug(line.name)].append(line)
        for name, some in named.items():
            self._give_names(name, some, taken)

    def _give_names(self, name: str, lines: list[Line], taken: set[str]) -> None:
        """Ids of lines that only their name tells, in their order."""
        if not name:
            for line in lines:
                line.refuse(_("“{value}” gives no id.", value=line.name))
            return
        if len(lines) > 1 and not all(keys_of(line.value) for line in lines):
            for line in lines:
                others = ", ".join(one.place for one in lines if one is not line)
                line.refuse(
                    _(
                        "“{name}” stands on another line too: {lines}. If they are two people, "
                        "give each an e-mail or an id.",
                        name=line.name,
                        lines=others,
                    )
                )
            return
        waiting = [record for record in self.called[name] if record.id not in taken]
        for line in lines:
            match = next((one for one in waiting if not contradict(line.value, one.value)), None)
            if match is not None:
                waiting.remove(match)
                line.id = match.id
            elif waiting and len(lines) == 1:
                line.refuse(
                    _(
                        "{file} has this name and another address. If it is the same person, give "
                        "this line the id “{id}”; if it is somebody else, an id of its own.",
                        file=waiting[0].file,
                        id=waiting[0].id,
                    )
                )
                continue
            else:
                line.id = self._free_id(name[:_LONGEST_ID].strip("-"), taken)
            taken.add(line.id)

    def _free_id(self, stem: str, taken: set[str]) -> str:
        first = [stem] if stem != "index" and not is_kept_by_windows(stem) else []
        names = chain(first, (f"{stem}-{number}" for number in count(2)))
        return next(id for id in names if id not in taken and self.index.find(MEMBER, id) is None)

    # What the check would say

    def _judge(self, lines: Sequence[Line]) -> None:
        """Take out of each line what the check would refuse, and refuse what cannot be mended."""
        waiting = [line for line in lines if line.state != "refused"]
        for line in waiting:
            there = self.there.get(line.id)
            line.file = there.file if there else f"{self.kind.folder}/{line.id}.yml"
            if there is None:
                self._default(line.value)
                if line.value[_TYPE] == "person" and line.value[_LISTED] is True:
                    self._require_consent(line)
        rounds, wrong = 0, self._find_wrong(waiting)
        while wrong and rounds < _MOST_ROUNDS:
            for line, faults in wrong:
                self._take_out(line, faults)
            rounds += 1
            wrong = self._find_wrong([line for line, _faults in wrong])
        while any(one.state == "refused" for one in waiting):  # others may name them
            waiting = [one for one in waiting if one.state != "refused"]
            for line, faults in self._find_wrong(waiting):
                line.refuse(faults[0].message)

    def _require_consent(self, line: Line) -> None:
        """Somebody is listed with a consent alone."""
        if not any(
            isinstance(one, dict) and one.get("purpose") == _DIRECTORY and not one.get("withdrawn")
            for one in line.value.get(_CONSENTS) or []
        ):
            line.value[_LISTED] = False
            column = line.origins.get((_LISTED,), "")
            why = _("there is no consent for the directory: not listed")
            self._note(line, column, "changed", True, why)

    def _find_wrong(self, lines: Sequence[Line]) -> list[tuple[Line, list[Diagnostic]]]:
        """The errors of records as the lines would make them, by line."""
        files: dict[str, bytes] = {}
        for line in lines:
            self.records.pop(line.file, None)
            if line.state == "refused":
                continue
            try:
                files[line.file] = line.data = self._write(line)
            except Unwritable as unwritable:
                line.refuse(unwritable.message)
        records, faults = read_new(self.index, files)
        self.records |= {record.file: record for record in records}
        more = with_records(self.index, self.records.values())
        found: dict[str, list[Diagnostic]] = defaultdict(list)
        for item in [*faults, *checks.check_new(records, more)]:
            if item.severity == "error":
                found[item.file].append(item)
        return [(line, found[line.file]) for line in lines if line.file in found]

    def _write(self, line: Line) -> bytes:
        there = self.there.get(line.id)
        if there is None:
            line.value = _in_order(line.value, self.kind.schema)
            return render(line.value)
        if there.refused:
            line.refuse(_("{file} has faults of its own: mend them first.", file=there.file))
        had = content_of(self.book, there.file)
        merged = overlay(there.value, line.value)
        line.changes = tuple(find_differences(there.value, merged))
        if not line.changes:
            return had
        return patch(had, merged, front_matter=False, order=list(self.kind.properties))

    def _take_out(self, line: Line, faults: Sequence[Diagnostic]) -> None:
        """Take the values at fault out of a line; one that then names nobody, or whose fault lies
        elsewhere, is refused.
        """
        gone: list[Path] = []
        for item in faults:
            path = item.path or ()
            while path and dig(line.value, *path) is None:
                path = path[:-1]
            if item.path and not path:
                path = next((one for one in line.origins if one[:1] == item.path[:1]), ())
            if not path or path[0] in ("name", _TYPE) or path in ((_PRESENCE,), (_LISTED,)):
                line.refuse(_("{fault} {help}", fault=item.message, help=item.help))
                return
            path = whole_at(path, self.kind)
            if path in gone:
                continue
            gone.append(path)
            column = _column_at(line.origins, path)
            self.taken[column] -= 1
            self._note(line, column, "refused", _show(dig(line.value, *path)), item.message)
        line.value = _without_empty(without(line.value, gone))
        line.origins = {
            path: column
            for path, column in line.origins.items()
            if not any(path[: len(one)] == one for one in gone)
        }

    def _compare(self, lines: Sequence[Line]) -> None:
        for line in lines:
            if line.state != "refused" and line.id in self.there:
                line.state = "differs" if line.changes else "same"


def _in_order(value: Value, schema: Schema) -> Value:
    """A value with its fields, and those within them, in the order of the schema."""
    if isinstance(value, dict) and "properties" in schema:
        value = order_fields(value, schema)
    if isinstance(value, dict):
        return {name: _in_order(item, part) for name, item, part in parts_of(value, schema)}
    if isinstance(value, list):
        return [_in_order(item, part) for _step, item, part in parts_of(value, schema)]
    return value


def _tell_owner(line: Line, owner: Record) -> Message:
    shared = next(key for key in keys_of(line.value) if key in keys_of(owner.value))
    return _(
        "“{value}” is already that of {file} ({name}).",
        value=shared[-1],
        file=owner.file,
        name=str(owner.get(*NAME) or owner.id),
    )


def _column_at(origins: Mapping[Path, str], path: Path) -> str:
    """The column that gave what stands at a path, or something within or around it."""
    return next(
        (
            column
            for place, column in origins.items()
            if place[: len(path)] == path or path[: len(place)] == place
        ),
        next((column for place, column in origins.items() if place[0] == path[0]), ""),
    )


def _show(value: Value) -> str:
    if isinstance(value, dict):
        return ", ".join(map(_show, value.values()))
    return ", ".join(map(_show, value)) if isinstance(value, list) else str(value)


def _without_empty(value: dict[str, Value]) -> dict[str, Value]:
    """Fields without lists and maps that nothing is left in."""
    return {name: part for name, part in value.items() if part not in ({}, [])}
