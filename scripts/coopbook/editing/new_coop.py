"""Asks who a new co-op is, question by question, and shows the whole before anything is written.

What goes without saying (the time zone of a country that has one, files that are private) is not
asked; it stands in the summary, and can be changed there like all else.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, NamedTuple

from ..base.formats import slug
from ..base.messages import Message, Misuse, _
from ..base.positions import Value
from ..decisions.presets import preset_names, preset_title, read_preset
from ..records.legal import NONE, Law, LegalForm, law_of
from ..records.model import Record, dig, order_fields, schema_at
from ..records.starter_files import forge_names
from .choices import Choice, choose, label_of, number_choices, number_first_choices
from .form import Drafter, refusal
from .interview import Interview
from .prompts import NOTHING_SAID, Refused, Unsure
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


class Founder(Interview):
    """Asks everything once."""

    def hold(self) -> NewCoop:
        """Ask everything once. Raises WentBack and Ended, as the asker does."""
        self._plain("name", _("What is your co-op called?"))
        law = self._place()
        form = self._form(law)
        self._town()
        self._languages()
        self._plain("email", _("E-mail address that clients write to"), leave=True)
        self._colours()
        forge = self._forge()
        self._site()
        rules = self._rules(law, form)
        self._readers()
        record = self._rest()
        self.confirm()
        return NewCoop(record, forge, rules)

    # The questions

    def _plain(self, name: str, title: Message, *, leave: bool = False) -> None:
        """A field of coop.yml as it is."""
        self.put(name, self.ask(name, title, self.field(name), leave=leave))

    def _place(self) -> Law:
        """Country, region and time zone; the law that holds there."""
        countries = country_choices(self.language, self.asker.say)

        def take(answer: str) -> str:
            found = str(choose(answer, countries))
            code, _dash, region = found.partition("-")
            if region not in REGIONS.get(code, {}) if region else not find_country(found):
                raise Refused(
                    _("“{name}” is not a country we know.", name=answer),
                    _("Write its name, such as Belgique, or its code, such as BE."),
                )
            return found if region else find_country(found)

        found = self.ask(
            "country",
            _("In which country?"),
            take,
            help=[*number_choices(countries), _("Or the name of another country.")],
            shown=self._place_name,
        )
        country, _dash, region = str(found).partition("-")
        self.put("country", country)
        regions = region_choices(country, self.asker.say)
        if regions:
            region = str(
                self.ask(
                    "region",
                    _("In which province or region?"),
                    self.one_of(regions),
                    help=number_choices(regions),
                    default=region,
                    quiet=bool(region),
                    leave=True,
                    shown=label_of(regions),
                    hangs_on=country,
                )
                or ""
            )
        else:
            region = str(self.known_answer("region") or "")
        self.put("region", region or None)
        self._timezone(country, region)
        return law_of(country, region)

    def _place_name(self, code: str) -> str:
        """`Québec (Canada)` of CA-QC, `France` of FR."""
        country, _dash, region = code.partition("-")
        name = country_name(country, self.language)
        return f"{self.asker.say(REGIONS[country][region].title)} ({name})" if region else name

    @property
    def _where(self) -> str:
        """What answers hang on that hold in one place alone."""
        return f"{self.value['country']}-{self.value.get('region') or ''}"

    def _timezone(self, country: str, region: str) -> None:
        zones = zones_of(country, region)
        choices = zone_choices(zones)
        answer = self.ask(
            "timezone",
            _("Time zone"),
            self.one_of(choices, self.field("timezone")),
            help=[*number_choices(choices), _("Meetings have their hours there.")],
            default=zones[0] if len(zones) == 1 else "",
            quiet=len(zones) <= 1,
            leave=True,
            shown=str,
            hangs_on=self._where,
        )
        self.put("timezone", answer)

    def _form(self, law: Law) -> LegalForm | None:
        """The legal form, of those of the place; None where it is left out."""
        forms = {form.code: form for form in law.forms}
        choices = [Choice(code, self.asker.say(form.label)) for code, form in forms.items()]

        def take(answer: str) -> str:
            if answer == "?":
                self.show_all(choices)
            found = str(choose(answer, choices))
            form = forms.get(found) or law.find_form(answer)
            if form:
                return form.code
            near = [one for one in choices if slug(answer) and slug(answer) in slug(one.label)]
            if len(near) == 1:
                raise Unsure(str(near[0].value), near[0].label)
            for line in number_choices(near):
                self.asker.tell(line, "  ")
            raise Refused(
                _("“{name}” is none of these.", name=answer),
                _("Type ? to see all of them; the last is for any other form."),
            )

        code = self.ask(
            "form",
            _("Legal form"),
            take,
            help=number_first_choices(choices),
            leave=True,
            shown=label_of(choices),
            hangs_on=self._where,
        )
        if code:
            self._put_entity(str(code))
        return forms.get(str(code))

    def _put_entity(self, form: str) -> None:
        """The organisation behind the co-op in law."""
        name = str(self.value["name"])
        self.put("entities", {slug(name) or "coop": {"name": name, "form": form}})

    def _town(self) -> None:
        town = self.ask(
            "city",
            _("In which town?"),
            self.field("offices", "*", "city"),
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
                code = str(choose(word, choices))
                found.append(code if code != word else find_language(word) or word)
            if wrong := refusal("languages", self.kind.properties["languages"], found, self.index):
                raise Refused(
                    wrong[0], _("Write their names, such as: français, English; or codes: fr, en.")
                )
            return found

        spoken = self.language.partition("_")[0]
        found: Any = self.ask(
            "languages",
            _("Languages of the sites, the main one first"),
            take,
            help=[*number_choices(choices), _("Several with commas between, such as 1, 2.")],
            default=spoken,
            shown=lambda codes: ", ".join(language_name(code, self.language) for code in codes),
        )
        self.put("languages", found)
        for office in (self.value.get("offices") or {}).values():
            office["name"] = dict.fromkeys(found, office["city"])

    def _colours(self) -> None:
        choices = [Choice(name, self.asker.say(one[0])) for name, one in COLOURS.items()]

        def take(answer: str) -> str:
            name = choose(answer, choices)
            if name in COLOURS:
                return str(name)
            return str(self.field("look", "primary")(answer.lower()))

        found = self.ask(
            "colours",
            _("Colours of the sites"),
            take,
            help=[*number_choices(choices), _("Or one of your own, such as #1f5d57.")],
            default=choices[0].label,
            shown=label_of(choices),
        )
        _title, primary, accent = COLOURS.get(str(found), (None, str(found), ""))
        look = {"primary": primary, "accent": accent}
        self.put("look", {name: colour for name, colour in look.items() if colour} or None)

    def _forge(self) -> str:
        """Where the files will be kept; empty for nowhere yet."""
        choices = [Choice(name, FORGES[name]) for name in FORGES if name in forge_names()]
        choices.append(Choice(NONE, self.asker.say(_("none: everything by hand"))))
        said, address = self.more.get(("forge", "kind")), ""

        def take(answer: str) -> str:
            name = choose(answer, choices)
            known = next((kind for host, kind in HOSTS.items() if f"{host}/" in answer), "")
            if name not in (*FORGES, NONE) and not known:
                raise Refused(_("“{name}” is none of these.", name=answer))
            if said not in (None, known or name):
                raise Misuse(
                    _("--forge says {one}, and “forge.kind” {other}.", one=name, other=str(said))
                )
            return self.field("forge", "url")(answer) if known else str(name)

        found = str(
            self.ask(
                "forge",
                _("Where will the files be kept?"),
                take,
                help=[*number_choices(choices), _("Or the address of the repository there.")],
                leave=True,
                shown=lambda name: FORGES.get(name, name if name != NONE else NOTHING_SAID),
            )
            or ""
        )
        kind = next((kind for host, kind in HOSTS.items() if f"//{host}/" in found), "")
        if kind:
            address = found
        elif found in FORGES:
            kind = found
            address = str(
                self.ask(
                    "address",
                    _("Address of the repository there, if it has one already"),
                    self.field("forge", "url"),
                    leave=True,
                )
                or ""
            )
        if kind and address:
            self.put("forge", {"kind": kind, "url": address.rstrip("/")})
        return kind

    def _site(self) -> None:
        def take(answer: str) -> Value:
            return self.field("site")(f"{answer.rstrip('/')}/")

        help = [
            _("Such as www.example.org. A site that has one must show a whole legal notice."),
        ]
        found = self.ask("site", _("Address of the public site"), take, help=help, leave=True)
        self.put("site", found)

    def _rules(self, law: Law, form: LegalForm | None) -> tuple[str, ...]:
        """The preset of the rules to begin with, and those laid upon it."""
        near = [form.rules] if form else []
        near += [one.rules for there in (law, law_of(law.country)) for one in there.forms]
        names = list(dict.fromkeys(filter(None, [*near, *preset_names()])))
        choices = [Choice(name, self.asker.say(_describe_preset(name))) for name in names]
        choices.append(Choice(NONE, self.asker.say(_("none for now"))))
        found = self.ask(
            "rules",
            _("Rules of decision to begin with"),
            self.one_of(choices),
            help=[*number_choices(choices), _("Each line is to be checked by a jurist.")],
            default=form.rules if form and form.rules else "",
            leave=True,
            shown=lambda name: name if name != NONE else NOTHING_SAID,
            hangs_on=f"{self._where} {form.code if form else ''}",
        )
        if found in (None, NONE):
            return ()
        overlays = form.overlays if form and found == form.rules else ()
        return (str(found), *overlays)

    def _readers(self) -> None:
        choices = [
            Choice("private", self.asker.say(_("for members alone"))),
            Choice("public", self.asker.say(_("for everybody"))),
        ]
        help = _("Members' mail addresses are in private files alone.")
        answer = self.ask(
            "repository",
            _("Who may read the files"),
            self.one_of(choices),
            help=[*number_choices(choices), help],
            default=choices[0].label,
            quiet=True,
            shown=label_of(choices),
        )
        self.put("repository", answer)

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
            drafter.within = ("entities", next(iter(self.value.get("entities") or {}), ""))
            before = record
            record = self.note_rest(lambda: mend(before, drafter))
        return replace(record, value=order_fields(record.value, self.kind.schema))

    def _wants_notice(self) -> bool:
        """Whether the legal notice is to be filled in now."""
        if not self.asker.read:
            return False
        question = _("Fill in the legal notice of the site now?")
        help = [_("Without it no public site is made. It can be written into coop.yml later.")]
        return self.ask_whether("notice", question, help=help)


def _describe_preset(name: str) -> Message:
    """What a preset is for, and the reform that it does not know."""
    before = read_preset(name).before
    if not before:
        return preset_title(name)
    return _("{title}, before the reform of {date}", title=preset_title(name), date=before)
