"""Where the main menu and the foot of the page lead, for each audience. Only what exists is named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from ..base.messages import Message, _
from ..base.positions import Value
from ..records.index import Entry
from . import guides

if TYPE_CHECKING:
    from .context import Site

TITLES = {
    "home": _("Today"),
    "members": _("Directory"),
    "offers": _("Offers"),
    "projects": _("Our work"),
    "about": _("The co-op"),
    "events": _("What’s on"),
    "join": _("Join us"),
    "clients": _("For clients"),
    "privacy": _("Personal information"),
    "accessibility": _("Accessibility"),
    "contact": _("Contact"),
    "legal": _("Legal notice"),
    "credentials": _("Certificates, licences, insurance"),
    "data": _("Open data"),
    "decisions/bodies": _("Bodies and mandates"),
    "decisions/proposals": _("Decisions"),
    "decisions/results": _("Results of votes"),
    "decisions/bylaws": _("Texts in force"),
    "decisions/minutes": _("Minutes and notes of meetings"),
    "actions": _("Actions"),
    "votes": _("Open to vote"),
    "decisions/mandates": _("Who holds what"),
    "decisions/answers": _("Demands and their answers"),
    "decide": _("Decide"),
    "life": _("Life of the co-op"),
    "wiki": _("Guide"),
    "guides": _("How it works"),
    "mine": _("My page"),
    "secretariat": _("Secretariat"),
}
"""What our sections are called; a co-op's own kind says its title itself."""

MENUS = {
    "public": ("members", "offers", "projects", "about", "events", "join"),
    "members": ("home", "members", "decide", "life", "wiki", "mine", "secretariat"),
}
DECIDING = (
    "decisions/bodies",
    "decisions/proposals",
    "decisions/results",
    "decisions/bylaws",
    "decisions/minutes",
)
BESIDE = ("decisions/mandates", "decisions/answers")
"""Pages about deciding that list no records of one kind."""
FOOTERS = {
    "public": (
        *(
            "contact",
            "clients",
            "wiki",
            "decisions/proposals",
            "decisions/bylaws",
            "decisions/minutes",
        ),
        *("legal", "privacy", "credentials", "accessibility", "data"),
    ),
    "members": (
        "guides",
        "offers",
        "projects",
        "events",
        "about",
        "contact",
        "legal",
        "privacy",
        "credentials",
        "accessibility",
        "data",
    ),
}
UNDER = {
    "public": dict.fromkeys((*DECIDING, *BESIDE), "about"),
    "members": dict.fromkeys((*DECIDING, *BESIDE, "actions", "votes"), "decide")
    | dict.fromkeys(("offers", "projects", "events", "about"), "life"),
}
"""The entry of the menu under which a section stands that is none itself."""
WITH_HOME = ("life", "helpers", "secretariat")
"""Pages of the members' site that exist in each language in which the page of the day does."""
_LISTS = {
    "members": ("member", "members"),
    "offers": ("member", "offers"),
    "mine": ("member", "mine"),
    "projects": ("project", "projects"),
    "decisions/bodies": ("body", "decisions/bodies"),
    "decisions/proposals": ("proposal", "decisions/proposals"),
    "decisions/results": ("result", "decisions/results"),
    "decisions/bylaws": ("bylaws", "decisions/bylaws"),
    "decisions/minutes": ("minutes", "decisions/minutes"),
    "wiki": ("page", "wiki"),
    "events": ("event", "events"),
}
"""Sections that list records: their kind and folder."""
_ALWAYS = ("member", "project")
"""Kinds whose list is shown even when it is empty."""


def title_of(site: Site, section: str) -> Message:
    """What a section is called."""
    kind = next((kind for kind in site.kinds if kind.folder == section), None)
    return TITLES.get(section) or Message(kind.title if kind else section)


def menu(site: Site) -> list[tuple[str, str, str]]:
    """Section, title and address of each entry of the main menu."""
    own = [
        kind.folder for kind in site.kinds if kind.folder not in TITLES and site.index.of(kind.name)
    ]
    sections = [*MENUS[site.audience], *(own if site.audience == "public" else ())]
    return list(_entries(site, sections))


def footer(site: Site) -> list[tuple[str, str]]:
    """Title and address of each entry at the foot of the page."""
    return [(title, path) for _section, title, path in _entries(site, FOOTERS[site.audience])]


def active(site: Site, section: str) -> str:
    """The entry of the menu that a page's section belongs to."""
    known = {name for name, _title, _path in site.navigation}
    section = UNDER[site.audience].get(section, section)
    return (
        section
        if section in known
        or site.audience == "public"
        or section not in {kind.folder for kind in site.kinds}
        else "life"
    )


def _entries(site: Site, sections: list[str] | tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    for section in sections:
        path = address(site, section)
        if path is not None:
            yield section, site.say(title_of(site, section)), path


def address(site: Site, section: str) -> str | None:
    """Where a section is; None where the co-op has nothing to say there. A language has only what somebody wrote in it."""
    page = (site.coop.get("pages") or {}).get(section)
    if page:
        entry = site.index.find("page", page)
        return site.url(entry) if entry else None
    found = _LISTS.get(section) or next(
        ((kind.name, section) for kind in site.kinds if kind.folder == section), None
    )
    if found:
        return _list(site, *found)
    if section == "decide/rules":
        rules = site.index.find("rules", "rules")
        return (
            f"{_start(site, 'proposal')}{section}/"
            if site.audience == "members" and rules and rules.sound
            else None
        )
    if section == "decide":
        return (
            f"{_start(site, 'proposal')}{section}/"
            if any(site.index.of(_LISTS[inside][0]) for inside in DECIDING)
            else None
        )
    if section in {"actions", "votes"}:
        wanted = "minutes" if section == "actions" else "proposal"
        return (
            f"{_start(site, wanted)}{section}/"
            if site.audience == "members" and site.index.entries.get(wanted)
            else None
        )
    if section in BESIDE:
        return _beside(site, section)
    if section in {"join", "clients", "privacy", "accessibility"} or (
        section == "credentials" and not credentials(site)
    ):
        return None
    start = site.prefix if speaks(site, section) else ""
    return start if section == "home" else f"{start}{section}/"


def _start(site: Site, kind: str) -> str:
    """The folder of this language where some record of a kind is written in it, else that of the first."""
    key = ("start", kind)
    if key not in site.cache:
        site.cache[key] = site.prefix if site.language in site.spoken(site.index.of(kind)) else ""
    start: str = site.cache[key]
    return start


def _beside(site: Site, section: str) -> str | None:
    entries = (
        answered(site)
        if section == "decisions/answers"
        else [entry for entry in site.index.of("body") if entry.get("mandates")]
    )
    return (
        f"{site.prefix if site.language in site.spoken(entries) else ''}{section}/"
        if entries
        else None
    )


def answered(site: Site) -> list[Entry]:
    """Proposals that somebody answered in writing."""
    return [entry for entry in site.index.of("proposal") if entry.get("answer")]


def _list(site: Site, kind: str, folder: str) -> str | None:
    entries: list[Entry] = site.index.of(kind)
    if not entries and kind not in _ALWAYS:
        return None
    if kind == "page":
        start = site.index.find("page", "index")
        if start and site.speaks(site.version(start)):
            return site.url(start)
    return f"{site.prefix if site.language in site.spoken(entries) else ''}{folder}/"


def credentials(site: Site) -> bool:
    """Whether the co-op names a certificate, a licence or an insurance."""
    legal = site.coop.get("legal") or {}
    return bool(
        site.coop.get("credentials") or legal.get("insurance") or legal.get("training_number")
    )


def speaks(site: Site, section: str) -> bool:
    """Whether a page of the co-op's own words exists in this language: in a second one, where some of them are written in it."""
    if section.partition("/")[0] == "guides":
        return site.main or guides.speaks(site.language)
    words = {
        "home": ("tagline", "about"),
        "about": ("about", "history", "partners"),
        "contact": ("offices",),
        "credentials": ("credentials",),
    }
    home = site.audience == "members" and section in WITH_HOME
    return site.main or any(
        _written(site.language, site.coop.get(name))
        for name in words.get("home" if home else section, ())
    )


def spoken(site: Site, section: str) -> list[str]:
    """The languages in which a page of the co-op's own words exists, in the order of the sites' languages."""
    sites = {one.language: one for one in (site, *site.others)}
    return [language for language in site.index.languages if speaks(sites[language], section)]


def _written(language: str, value: Value) -> bool:
    if isinstance(value, dict):
        return language in value or any(_written(language, inner) for inner in value.values())
    return isinstance(value, list) and any(_written(language, inner) for inner in value)


def edit(site: Site, file: str) -> str:
    """Where a file can be changed on the co-op's forge; nothing for a co-op that names none."""
    forge = site.coop.get("forge") or {}
    way = {"github": "edit", "forgejo": "_edit", "gitlab": "-/edit"}.get(forge.get("kind", ""), "")
    return (
        f"{forge['url'].rstrip('/')}/{way}/{forge.get('branch') or 'main'}/{file}" if forge else ""
    )


def new_file(site: Site, file: str, content: str) -> str:
    """Where a new file can be written on the co-op's forge, already begun: GitHub and Forgejo take its name and its text, GitLab its name."""
    forge = site.coop.get("forge") or {}
    if not forge:
        return ""
    way = {"github": "new", "forgejo": "_new", "gitlab": "-/new"}[forge["kind"]]
    asked = (
        {"file_name": file} if forge["kind"] == "gitlab" else {"filename": file, "value": content}
    )
    return f"{forge['url'].rstrip('/')}/{way}/{forge.get('branch') or 'main'}?{urlencode(asked, quote_via=quote)}"


def discussion(site: Site, proposal: Entry) -> str:
    """Where a proposal is discussed on the co-op's forge; nothing for one that is not."""
    forge, change = site.coop.get("forge") or {}, proposal.get("pull_request") or {}
    if not forge or not change or change.get("forge") != forge["kind"]:
        return ""
    way = {"github": "pull", "forgejo": "pulls", "gitlab": "-/merge_requests"}[forge["kind"]]
    return f"{forge['url'].rstrip('/')}/{way}/{change['number']}"


def need_address(site: Site) -> str:
    """A mail that describes a need, already begun; nothing where the co-op has no address."""
    if not site.coop.get("email"):
        return ""
    body = site.say(
        _(
            "Hello,\n\nWhat I need: \nWhere: \nWhen: \nBudget, if you know it: \n\nMy name and my organisation: \nMy phone number: \n"
        )
    )
    return mail(site.coop["email"], site.say(_("A need to describe")), body)


def mail(to: str, subject: str, body: str = "") -> str:
    """An address that opens a mail (RFC 6068); `to` may be several addresses with commas between."""
    return f"mailto:{quote(to, safe='@,')}?subject={quote(subject)}" + (
        f"&body={quote(body.replace(chr(10), chr(13) + chr(10)))}" if body else ""
    )
