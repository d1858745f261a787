"""Asks who a new co-op is, question by question, and shows the whole before anything is written.

What goes without saying (the time zone of a country that has one, files that are private) is not
asked; it stands in the summary, and can be changed there like all else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from ..base.formats import slug
from ..base.messages import Message, Misuse, _
from ..base.positions import Path, Value
from ..decisions.presets import preset_names, preset_title, read_preset
from ..records.core_kinds import COOP
from ..records.index import Index
from ..records.legal import NONE, Law, LegalForm, law_of
from ..records.model import Kind, Record, dig, order_fields, schema_at
from ..records.starter_files import forge_names
from .answers import as_written
from .form import Drafter, refusal
from .prompts import Asker, Choice, Refused, Unsure, chosen
from .retry import mend, with_value
from .spoken_names import (
    REGIONS,
    country_choices,
    country_name,
    find_country,
    find_language,
    language_choices,
    language_name,
    region_choices,
    zone_choices,
    zones_of,
)

FORGES = {"github": "GitHub", "gitlab": "GitLab", "forgejo": "Forgejo, Gitea, Codeberg"}
"""What forges are called."""
HOSTS = {"github.com": "github", "gitlab.com": "gitlab", "codeberg.org": "forgejo"}
"""Which forge well-known hosts run."""
COLOURS: dict[str, tuple[Message, str, str]] = {
    "sea": (_("sea green"), "", ""),
    "blue": (_("blue"), "#1d4e89", "#b3541e"),
    "plum": (_("plum"), "#6b2d5c", "#2f6f6b"),
    "brick": (_("brick red"), "#9b2c2c", "#24566b"),
    "forest": (_("forest green"), "#2f5d2b", "#9a4a12"),
    "slate": (_("slate"), "#37474f", "#b03a2e"),
}
"""Pairs of colours to choose from, each of which can be read on our pages; the first is what a site
has that says nothing.
"""
FIELDS: dict[str, Path] = {
    "name": ("name",),
    "country": ("country",),
    "region": ("region",),
    "email": ("email",),
    "site": ("site",),
    "timezone": ("timezone",),
    "repository": ("repository",),
    "forge": ("forge", "kind"),
    "address": ("forge", "url"),
}
"""Which question a field of coop.yml is the answer of."""
CALLED = {
    "name": _("Name"),
    "country": _("Country"),
    "region": _("Region"),
    "timezone": _("Time zone"),
    "form": _("Legal form"),
    "city": _("Town"),
    "languages": _("Languages"),
    "email": _("E-mail"),
    "colours": _("Colours"),
    "forge": _("Where the files are kept"),
    "address": _("Address of the repository"),
    "site": _("Address of the site"),
    "rules": _("Rules of decision"),
    "repository": _("Who may read the files"),
}
"""What the summary calls each question."""
_BETWEEN = re.compile(r"\s*[,;/+&]\s*|\s+(?:et|and|en|und)\s+")


class NewCoop(NamedTuple):
    """What the conversation came to.

    Attributes:
        record: coop.yml.
        forge: The forge whose files are laid; empty for none.
        rules: The preset to begin with, and those laid upon it; nothing for none.
    """

    record: Record
    forge: str
    rules: tuple[str, ...]


class _Line(NamedTuple):
    """A line of the summary: the question, what it is about, what was answered."""

    question: Message
    title: Message
    answer: str


class Founder:
    """One conversation. `given` holds answers that are known beforehand, by the question's name,
    `more` those of other fields of coop.yml.
    """

    def __init__(
        self,
        index: Index,
        asker: Asker,
        language: str,
        given: Mapping[str, str],
        more: Mapping[Path, str],
    ) -> None:
        self.index, self.asker, self.language = index, asker, language
        self.given, self.more = given, more
        self.lines: list[_Line] = []
        self.value: dict[str, Value] = {"format": 2}

    @property
    def kind(self) -> Kind:
        return self.index.kinds[COOP]

    def hold(self) -> NewCoop:
        """Ask everything once. Raises WentBack and Ended, as the asker does."""
        self._put("name", self._ask("name", _("What is your co-op called?"), self._field("name")))
        law = self._place()
        form = self._form(law)
        self._town()
        self._languages()
        self._put(
            "email",
            self._ask(
                "email", _("E-mail address that clients write to"), self._field("email"), leave=True
            ),
        )
        self._colours()
        forge = self._forge()
        self._site()
        rules = self._rules(law, form)
        access = [
            Choice("private", self.asker.say(_("for members alone"))),
            Choice("public", self.asker.say(_("for everybody"))),
        ]
        help = [
            *_number_choices(access),
            _("Members' mail addresses are in private files alone."),
        ]
        answer = self._ask(
            "repository",
            _("Who may read the files"),
            self._one_of(access),
            help=help,
            default=access[0].label,
            quiet=True,
            shown=_label_of(access),
        )
        self._put("repository", answer)
        record = self._rest()
        self._confirm()
        return NewCoop(record, forge, rules)

    # The questions

    def _place(self) -> Law:
        """Country, region and time zone; the law that holds there."""
        countries = country_choices(self.language, self.asker.say)

        def take(answer: str) -> str:
            found = str(chosen(answer, countries))
            code, _dash, region = found.partition("-")
            if region not in REGIONS.get(code, {}) if region else not find_country(found):
                raise Refused(
                    _("“{name}” is not a country we know.", name=answer),
                    _("Write its name, such as Belgique, or its code, such as BE."),
                )
            return found if region else find_country(found)

        found = self._ask(
            "country",
            _("In which country?"),
            take,
            help=[*_number_choices(countries), _("Or the name of another country.")],
            shown=lambda code: country_name(code.partition("-")[0], self.language),
        )
        country, _dash, region = str(found).partition("-")
        self._put("country", country)
        regions = region_choices(country, self.asker.say)
        if regions:
            region = str(
                self._ask(
                    "region",
                    _("In which province or region?"),
                    self._one_of(regions),
                    help=_number_choices(regions),
                    default=region,
                    quiet=bool(region),
                    leave=True,
                    shown=_label_of(regions),
                )
                or ""
            )
        else:
            region = str(self._known_answer("region") or "")
        self._put("region", region or None)
        self._timezone(country, region)
        return law_of(country, region)

    def _timezone(self, country: str, region: str) -> None:
        zones = zones_of(country, region)
        choices = zone_choices(zones)
        answer = self._ask(
            "timezone",
            _("Time zone"),
            self._one_of(choices, self._field("timezone")),
            help=[*_number_choices(choices), _("Meetings have their hours there.")],
            default=zones[0] if len(zones) == 1 else "",
            quiet=len(zones) <= 1,
            leave=True,
        )
        self._put("timezone", answer)

    def _form(self, law: Law) -> LegalForm | None:
        """The legal form, of those of the place; None where it is left out."""
        forms = {form.code: form for form in law.forms}
        choices = [Choice(code, self.asker.say(form.label)) for code, form in forms.items()]

        def take(answer: str) -> str:
            if answer == "?":
                self._show_all(choices)
            found = str(chosen(answer, choices))
            form = forms.get(found) or law.find_form(answer)
            if form:
                return form.code
            near = [one for one in choices if slug(answer) and slug(answer) in slug(one.label)]
            if len(near) == 1:
                raise Unsure(str(near[0].value), near[0].label)
            for line in _number_choices(near):
                self.asker.tell(line, "  ")
            raise Refused(
                _("“{name}” is none of these.", name=answer),
                _("Type ? to see all of them; the last is for any other form."),
            )

        code = self._ask(
            "form",
            _("Legal form"),
            take,
            help=_first_choices(choices),
            leave=True,
            shown=_label_of(choices),
        )
        if code:
            self._put_entity(str(code))
        return forms.get(str(code))

    def _put_entity(self, form: str) -> None:
        """The organisation behind the co-op in law."""
        name = str(self.value["name"])
        self._put("entities", {slug(name) or "coop": {"name": name, "form": form}})

    def _town(self) -> None:
        town = self._ask(
            "city",
            _("In which town?"),
            self._field("offices", "*", "city"),
            help=[_("Where the co-op, or its first local office, is.")],
            leave=True,
        )
        if town:
            self.value["offices"] = {
                slug(str(town)) or "office": {
                    "name": {},
                    "city": town,
                    "country": self.value["country"],
                }
            }

    def _languages(self) -> None:
        choices = language_choices(str(self.value["country"]), self.language)

        def take(answer: str) -> list[str]:
            found = []
            for word in filter(None, _BETWEEN.split(answer.strip())):
                code = str(chosen(word, choices))
                found.append(code if code != word else find_language(word) or word)
            if wrong := refusal("languages", self.kind.properties["languages"], found, self.index):
                raise Refused(
                    wrong[0], _("Write their names, such as: français, English; or codes: fr, en.")
                )
            return found

        spoken = self.language.partition("_")[0]
        found: Any = self._ask(
            "languages",
            _("Languages of the sites, the main one first"),
            take,
            help=[*_number_choices(choices), _("Several with commas between, such as 1, 2.")],
            default=spoken,
            shown=lambda codes: ", ".join(language_name(code, self.language) for code in codes),
        )
        self._put("languages", found)
        for office in (self.value.get("offices") or {}).values():
            office["name"] = dict.fromkeys(found, office["city"])

    def _colours(self) -> None:
        choices = [Choice(name, self.asker.say(one[0])) for name, one in COLOURS.items()]

        def take(answer: str) -> str:
            name = chosen(answer, choices)
            if name in COLOURS:
                return str(name)
            return str(self._field("look", "primary")(answer.lower()))

        found = self._ask(
            "colours",
            _("Colours of the sites"),
            take,
            help=[*_number_choices(choices), _("Or one of your own, such as #1f5d57.")],
            default=choices[0].label,
            shown=_label_of(choices),
        )
        _title, primary, accent = COLOURS.get(str(found), (None, str(found), ""))
        look = {"primary": primary, "accent": accent}
        self._put("look", {name: colour for name, colour in look.items() if colour} or None)

    def _forge(self) -> str:
        """Where the files will be kept; empty for nowhere yet."""
        choices = [Choice(name, FORGES[name]) for name in FORGES if name in forge_names()]
        choices.append(Choice(NONE, self.asker.say(_("none: everything by hand"))))
        said, address = self.more.get(("forge", "kind")), ""

        def take(answer: str) -> str:
            name = chosen(answer, choices)
            known = next((kind for host, kind in HOSTS.items() if f"{host}/" in answer), "")
            if name not in (*FORGES, NONE) and not known:
                raise Refused(_("“{name}” is none of these.", name=answer))
            if said not in (None, known or name):
                raise Misuse(
                    _("--forge says {one}, and “forge.kind” {other}.", one=name, other=str(said))
                )
            return self._field("forge", "url")(answer) if known else str(name)

        found = str(
            self._ask(
                "forge",
                _("Where will the files be kept?"),
                take,
                help=[*_number_choices(choices), _("Or the address of the repository there.")],
                leave=True,
                shown=lambda name: FORGES.get(name, name if name != NONE else "—"),
            )
            or ""
        )
        kind = next((kind for host, kind in HOSTS.items() if f"//{host}/" in found), "")
        if kind:
            address = found
        elif found in FORGES:
            kind = found
            address = str(
                self._ask(
                    "address",
                    _("Address of the repository there, if it has one already"),
                    self._field("forge", "url"),
                    leave=True,
                )
                or ""
            )
        if kind and address:
            self._put("forge", {"kind": kind, "url": address.rstrip("/")})
        return kind

    def _site(self) -> None:
        def take(answer: str) -> Value:
            return self._field("site")(f"{answer.rstrip('/')}/")

        help = [
            _("Such as www.example.org. A site that has one must show a whole legal notice."),
        ]
        found = self._ask("site", _("Address of the public site"), take, help=help, leave=True)
        self._put("site", found)

    def _rules(self, law: Law, form: LegalForm | None) -> tuple[str, ...]:
        """The preset of the rules to begin with, and those laid upon it."""
        near = [form.rules] if form else []
        near += [one.rules for there in (law, law_of(law.country)) for one in there.forms]
        names = list(dict.fromkeys(filter(None, [*near, *preset_names()])))
        choices = [Choice(name, self.asker.say(_describe_preset(name))) for name in names]
        choices.append(Choice(NONE, self.asker.say(_("none for now"))))
        found = self._ask(
            "rules",
            _("Rules of decision to begin with"),
            self._one_of(choices),
            help=[*_number_choices(choices), _("Each line is to be checked by a jurist.")],
            default=form.rules if form and form.rules else "",
            leave=True,
            shown=lambda name: name if name != NONE else "—",
        )
        if found in (None, NONE):
            return ()
        overlays = form.overlays if form and found == form.rules else ()
        return (str(found), *overlays)

    def _rest(self) -> Record:
        """coop.yml with the other fields that were given, and, where a site has an address, what
        the checks ask of its legal notice.
        """
        drafter = Drafter(self.kind, self.index, self.asker, self.language, self.more)
        drafter.value = self.value
        for path in self.more:
            known = path == ("forge", "kind") or dig(self.value, *path) is not None
            if not known and (path[0] != "forge" or "forge" in self.value):
                answer = drafter.field(path, schema_at(self.kind.schema, path), False)
                drafter.value = self.value = with_value(self.value, path, answer)
        record = Record(self.kind, self.kind.name, self.kind.files, self.value)
        if "site" in self.value and self._wants_notice():
            record = mend(record, drafter)
        return replace(record, value=order_fields(record.value, self.kind.schema))

    def _wants_notice(self) -> bool:
        """Whether the legal notice is to be filled in now."""
        if not self.asker.read:
            return False
        question = _("Fill in the legal notice of the site now?")
        help = [_("Without it no public site is made. It can be written into coop.yml later.")]
        return bool(self.asker.yes(question, help=help, default=True))

    def _confirm(self) -> None:
        """Show what was answered; a number changes a line. Raises WentBack then."""
        if not self.asker.read:
            return

        make = self.asker.say(_("make the folder"))

        def take(answer: str) -> None:
            if answer == make:
                return
            if not (answer.isdecimal() and 1 <= int(answer) <= len(self.lines)):
                raise Refused(_("Press Enter, or a number from 1 to {last}.", last=len(self.lines)))
            self.asker.reopen(self.asker.say(self.lines[int(answer) - 1].question))

        lines = [
            _numbered_line(number, _("{name}: {value}", name=line.title, value=line.answer))
            for number, line in enumerate(self.lines, 1)
        ]
        question = _("Is this right? The number of a line changes it.")
        self.asker.ask(question, take, help=lines, default=make)

    # What they have in common

    def _ask(
        self,
        name: str,
        title: Message,
        take: Callable[[str], Value],
        *,
        leave: bool = False,
        default: str = "",
        quiet: bool = False,
        shown: Callable[[Any], str] = str,
        **more: Any,
    ) -> Value:
        """An answer, noted for the summary. `leave`: it may be left out; `quiet`: the default goes
        without saying.
        """
        known = self._known_answer(name)
        if quiet and known is None and not self.asker.is_open(title):
            found = take(default) if default else None
        else:
            found = self.asker.ask(
                title, take, optional=leave, default=default, given=known, **more
            )
        answer = "—" if found in (None, "", []) else shown(found)
        self.lines.append(_Line(title, CALLED[name], answer))
        return found

    def _known_answer(self, name: str) -> str | None:
        path = FIELDS.get(name)
        return self.given.get(name) or (self.more.get(path) if path else None)

    def _put(self, name: str, answer: Value) -> None:
        if answer is not None:
            self.value[name] = answer

    def _field(self, *path: str) -> Callable[[str], Any]:
        """Takes an answer that a field of coop.yml may hold."""
        schema = schema_at(self.kind.schema, path)

        def take(answer: str) -> str:
            value = as_written(answer, schema, country=str(self.value.get("country") or ""))
            if wrong := refusal(path[-1], schema, value, self.index):
                raise Refused(*wrong)
            return value

        return take

    def _one_of(
        self, choices: list[Choice], other: Callable[[str], Value] | None = None
    ) -> Callable[[str], Value]:
        """Takes one of the choices, or what `other` takes."""

        def take(answer: str) -> Value:
            if answer == "?":
                self._show_all(choices)
            found = chosen(answer, choices)
            if found in [choice.value for choice in choices]:
                return found
            if other:
                return other(answer)
            raise Refused(_("“{name}” is none of these.", name=answer))

        return take

    def _show_all(self, choices: Sequence[Choice]) -> None:
        """Show every choice. Raises Refused: the question is to be answered yet."""
        for line in _number_choices(choices):
            self.asker.tell(line, "  ")
        raise Refused(Message(""))


def _number_choices(choices: Sequence[Choice]) -> list[Message]:
    """Choices with their numbers, without the codes that files have for them."""
    return [
        _numbered_line(number, Message(choice.label)) for number, choice in enumerate(choices, 1)
    ]


def _numbered_line(number: int, words: Message) -> Message:
    return Message("{number}. {words}", {"number": number, "words": words})


def _label_of(choices: list[Choice]) -> Callable[[Any], str]:
    labels = {choice.value: choice.label for choice in choices}
    return lambda value: labels.get(value, str(value))


def _first_choices(choices: list[Choice]) -> list[Message]:
    """The first of many choices, and how to see the others."""
    most = 9
    shown = _number_choices(choices[:most])
    left = len(choices) - most
    if left <= 0:
        return shown
    return [*shown, _("? shows the {count} others; their names are understood, too.", count=left)]


def _describe_preset(name: str) -> Message:
    """What a preset is for, and the reform that it does not know."""
    before = read_preset(name).before
    if not before:
        return preset_title(name)
    return _("{title}, before the reform of {date}", title=preset_title(name), date=before)
