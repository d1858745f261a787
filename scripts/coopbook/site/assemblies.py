"""Assemblies that are to come: what members are told of each, and its papers to fetch.

The only module of the sites that knows how an assembly's papers are made. A paper is there from
the day its notice was sent, so that nobody holds one that changes. Ballot papers are never there:
they are handed out in the room, to be counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ..assembly.notice import notice_paper, proxy_form, resolutions_paper
from ..assembly.record import Assembly
from ..assembly.vocabulary import PAPERS
from ..base.formats import slug
from ..base.messages import translator
from ..base.once import once
from ..decisions import assembly_days
from ..decisions.kinds import MINUTES
from ..decisions.meetings import proxies_on
from ..decisions.types import Minutes
from ..records.index import Entry, Index
from ..records.model import Record
from .context import Site

FOLDER = "files/assemblies"


class Paper(NamedTuple):
    """A paper to fetch: what it is called, and its path from the site's root."""

    title: str
    path: str


class Coming(NamedTuple):
    """An assembly that is to come.

    Attributes:
        entry: its record.
        questions: the last day for written questions; empty where the rules set none.
        proxies: the last day for proxies; empty where they are taken until the opening.
        by_proxy: whether the rules let somebody be represented.
        papers: those that may be fetched.
    """

    entry: Entry
    questions: str
    proxies: str
    by_proxy: bool
    papers: list[Paper]


@once
def coming_assemblies(site: Site) -> list[Coming]:
    """Those that are to come, the first on top; for members alone."""
    if site.audience == "public":
        return []
    return [_coming(site, entry) for entry in assembly_days.coming_assemblies(site.index)]


def coming_assembly(site: Site, id: str) -> Coming | None:
    """One that is to come, by the id of its record."""
    return next((one for one in coming_assemblies(site) if one.entry.id == id), None)


def _coming(site: Site, entry: Entry) -> Coming:
    minutes = Minutes.of(entry)
    last = assembly_days.last_days(minutes, site.index)
    papers = [
        Paper(site.words.say(PAPERS[name]), _path(site.index, entry.id, site.language, name))
        for name in _names(minutes, site.index)
    ]
    by_proxy = _has_proxies(minutes, site.index)
    return Coming(entry, last.questions, last.proxies, by_proxy, papers)


def _has_proxies(minutes: Minutes, index: Index) -> bool:
    return proxies_on(index, date.fromisoformat(minutes.date)).allowed


def _names(minutes: Minutes, index: Index) -> list[str]:
    """The papers that are there, by their names in the vocabulary of assemblies."""
    if not minutes.notice.sent_on or not minutes.has_when_and_where:
        return []
    names = ["notice"]
    if _has_proxies(minutes, index):
        names.append("proxy")
    if minutes.resolutions:
        names.append("resolutions")
    return names


def _path(index: Index, id: str, language: str, name: str) -> str:
    file = slug(translator(index.usage(language), shown=str)(PAPERS[name])) or name
    return f"{FOLDER}/{id}/{language}/{file}.pdf"


def paper_files(record: Record, index: Index) -> Iterator[tuple[str, bytes]]:
    """The papers of a record that is an assembly to come, in each language of the co-op.

    Args:
        record: as members see it.
        index: the members' index.
    """
    if index.audience == "public" or record.kind.name != MINUTES or record.refused:
        return
    minutes = Minutes.of(record)
    if not assembly_days.is_coming(minutes, index):
        return
    from ..documents.pdf import render_pdf

    makers = {"notice": notice_paper, "proxy": proxy_form, "resolutions": resolutions_paper}
    for language in index.languages:
        assembly = Assembly(index, record.id, record.value, language, record.body)
        for name in _names(minutes, index):
            yield _path(index, record.id, language, name), render_pdf(makers[name](assembly))
