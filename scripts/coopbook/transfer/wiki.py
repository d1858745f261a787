"""The pages of a handbook that was kept elsewhere: where each goes, in which order, and what of it
pages would leave out said otherwise. Nothing is written before all of it is known.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple
from urllib.parse import unquote

from .. import checks
from ..base import markdown
from ..base.decoding import decode
from ..base.diagnostics import Diagnostic
from ..base.formats import is_kept_by_windows, is_language, slug
from ..base.list_indents import indent_continuations
from ..base.markdown_source import link_places, without_links
from ..base.messages import NOTHING, Message, Misuse, _
from ..base.positions import HIDDEN, Value
from ..checks.tree.stray_file import ALLOWED
from ..records.core_kinds import PAGE
from ..records.index import Index
from ..records.opening import read_new, with_records
from ..records.pictures import as_kept
from ..yaml_files.conflicts import find_conflicts
from ..yaml_files.editor import render
from ..yaml_files.reader import CLOSING, OPENING, body_faults, parse
from .contents import SETTINGS, SUMMARIES, docs_folder, read_contents
from .html_text import convert_html

PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff")
MOST_FILES = 5_000
_STEP = re.compile(r"[A-Za-z0-9]+([_-][A-Za-z0-9]+)*")
_PAGES = (".md", ".markdown")
_HEADS = {"readme": "README", "index": "index"}
_LICENCE = re.compile(r"LICEN[CS]E(\.(txt|md))?", re.I)
_NAMED_HEADING = re.compile(r"^(#{1,6}[ \t][^\n]*?)[ \t]*\{:?[ \t]*#([\w-]+)[^}\n]*\}[ \t]*$", re.M)
_ADMONITION = re.compile(
    r"^(?:!!!|\?\?\?\+?) +([\w-]+)(?: +\"([^\"\n]*)\")?[ \t]*\n"
    r"((?:(?: {4}|\t)[^\n]*\n|[ \t]*\n(?= {4}|\t))*)",
    re.M,
)
_SPACED = re.compile(r"\]\(([^\s()<>][^()<>\n\"]{0,200}? [^()<>\n\"]{0,200}[^\s()<>\"])\)")
_TITLE, _SUMMARY, _LANGUAGE, _ORDER = "title", "summary", "language", "order"
_FIELDS: Mapping[str, tuple[str, ...]] = {
    _TITLE: ("title", "titre", "name"),
    _SUMMARY: ("summary", "description", "excerpt", "résumé"),
    _LANGUAGE: ("language", "lang", "langue", "locale"),
    _ORDER: ("order", "weight", "nav_order", "sidebar_position", "ordre"),
}
_MOST_TITLE, _MOST_SUMMARY, _MOST_ORDER = 120, 300, 9999
_STEPS = 10
"""Between the numbers of two neighbours: a page can be put in without numbering the others anew."""

State = Literal["new", "differs", "same", "refused"]


class Remark(NamedTuple):
    """What became of something in a file that was not taken as it stood."""

    file: str
    what: Literal["changed", "homeless", "refused"]
    message: Message


@dataclass
class Page:
    """A page on its way: its file there and here, its fields and its text."""

    source: str
    target: str
    value: dict[str, Value] = field(default_factory=dict)
    text: str = ""
    headings: tuple[str, ...] = ()
    named: dict[str, str] = field(default_factory=dict)
    """Places that had a name of their own, by the heading that they lead to now."""


@dataclass
class Plan:
    """What a handbook would write.

    Attributes:
        files: The new contents of each file here, by its path.
        sources: Where each came from.
        states: What each is to what is here.
        remarks: What was not taken as it stood.
    """

    files: dict[str, bytes]
    sources: dict[str, str]
    states: dict[str, State]
    remarks: list[Remark]

    def of(self, state: State) -> list[str]:
        return [file for file, one in self.states.items() if one == state]


@dataclass(frozen=True)
class WikiOptions:
    """Where the pages go, in which language they are where they do not say it, and what is wrong
    with files that pages would give to take along.
    """

    into: str
    language: str = ""
    flaws: Mapping[str, Message] = field(default_factory=dict)


def plan_wiki(
    index: Index,
    files: Mapping[str, bytes],
    options: WikiOptions,
    read: Callable[[str], bytes | None],
) -> Plan:
    """What a handbook would write.

    Args:
        index: The co-op's records.
        files: What each file of the handbook holds, by its path in its folder.
        options: Where it goes.
        read: What a file of the co-op holds; None where there is none.

    Raises:
        Misuse: The handbook holds no page, or the folder it goes to can be none.
    """
    return _Import(index, files, options).plan(read)


class _Import:
    """One handbook on its way into a wiki."""

    def __init__(self, index: Index, files: Mapping[str, bytes], options: WikiOptions) -> None:
        self.index, self.options = index, options
        texts = {
            name: files[name].decode("utf-8", "replace")
            for name in (*SUMMARIES, *SETTINGS, "src/SUMMARY.md")
            if name in files
        }
        top = docs_folder(texts)
        top = top if any(name.startswith(f"{top}/") for name in files) else ""
        inside = {
            name.removeprefix(f"{top}/") if top else name: data
            for name, data in files.items()
            if not top or name.startswith(f"{top}/")
        }
        inner = {n: inside[n].decode("utf-8", "replace") for n in SUMMARIES if n in inside}
        self.contents = read_contents(inner) or read_contents(texts)
        self.files = {n: data for n, data in inside.items() if n not in (*SUMMARIES, *SETTINGS)}
        self.folder = self._folder()
        self.targets: dict[str, str] = {}
        self.pages: dict[str, Page] = {}
        self.remarks: list[Remark] = []
        self.found: dict[str, bytes] = {}
        self.lower = {name.casefold(): name for name in reversed(self.files)}

    def _folder(self) -> str:
        steps = [step for step in self.options.into.split("/") if step not in ("", ".")]
        if not all(map(_STEP.fullmatch, steps)):
            raise Misuse(_("“{name}” cannot be a folder's name.", name=self.options.into))
        return "/".join([self.index.kinds[PAGE].folder, *steps])

    def plan(self, read: Callable[[str], bytes | None]) -> Plan:
        if not any(name.endswith(_PAGES) for name in self.files):
            raise Misuse(_("This folder holds no page in Markdown (.md)."))
        self._place_files()
        for page in list(self.pages.values()):
            self._read_page(page)
        self._add_folders()
        self._number()
        for page in self.pages.values():
            page.text = self._lead_links(page)
        self._refuse_wrong()
        sources = {target: source for source, target in self.targets.items()}
        states: dict[str, State] = {}
        for target, data in self.found.items():
            had = read(target)
            states[target] = "new" if had is None else "same" if had == data else "differs"
        return Plan(self.found, sources, states, self.remarks)

    def _note(
        self, file: str, what: Literal["changed", "homeless", "refused"], why: Message
    ) -> None:
        self.remarks.append(Remark(file, what, why))

    # Where each file goes

    def _place_files(self) -> None:
        taken: set[str] = set()
        for name, data in sorted(self.files.items()):
            folder, _slash, last = name.rpartition("/")
            stem, _dot, ending = last.rpartition(".")
            steps = [_as_step(step) for step in folder.split("/") if step]
            around = "/".join([self.folder, *steps])
            if last.endswith(_PAGES) and not _LICENCE.fullmatch(last):
                head = _HEADS.get(stem.casefold(), "") or _as_step(stem)
                target = _free(f"{around}/{head}", ".md", taken)
                self.targets[name] = target
                self.pages[name] = Page(name, target)
            elif _LICENCE.fullmatch(last):
                self._keep(name, f"{around}/LICENSE", data)
            elif last.casefold().endswith(PICTURES):
                kept = as_kept(data)
                if kept is None:
                    self._note(name, "refused", _("this picture does not open, or is too large"))
                    continue
                suffix, copy = kept
                target = _free(f"{around}/{_as_step(stem)}", suffix, taken)
                self._keep(name, target, copy)
                if not name.endswith(suffix) or copy != data:
                    self._note(name, "changed", _("kept as {file}", file=target))
            else:
                target = _free(f"{around}/{_as_step(stem)}", f".{ending.lower()}", taken)
                if name in self.options.flaws:
                    self._note(name, "refused", self.options.flaws[name])
                elif ALLOWED.fullmatch(target):
                    self._keep(name, target, data)
                else:
                    self._note(name, "homeless", _("files of this sort have no place in the wiki"))

    def _keep(self, name: str, target: str, data: bytes) -> None:
        self.targets[name] = target
        self.found[target] = data

    # What a page says

    def _read_page(self, page: Page) -> None:
        decoded = decode(self.files[page.source])
        if decoded is None:
            self._drop(page, _("this file is no text"))
            return
        text = decoded[0].replace("\r\n", "\n").replace("\r", "\n")
        clean = HIDDEN.sub("", text)
        if clean != text:
            why = _("characters that cannot be seen were taken out")
            self._note(page.source, "changed", why)
        if conflict := next(find_conflicts(clean), None):
            self._drop(page, conflict.fault.message)
            return
        fields, body = self._split(page, clean)
        if fields is None:
            return
        body = _ADMONITION.sub(_as_quotation, f"{body.strip()}\n")
        if fault := next(iter(body_faults(body, 1)), None):
            self._drop(page, fault.message)
            return
        body, moved = indent_continuations(body)
        if moved:
            why = _("what stands below an entry of a list is indented as part of it")
            self._note(page.source, "changed", why)
        body = _SPACED.sub(lambda found: self._in_brackets(found, page), body)
        names: list[tuple[str, int]] = []

        def take(found: re.Match[str]) -> str:
            names.append((found[2], body.count("\n", 0, found.start())))
            return found[1]

        body = _NAMED_HEADING.sub(take, body)
        converted = convert_html(body)
        if converted.count:
            self._note(page.source, "changed", _("HTML is now Markdown"))
        for tag in dict.fromkeys(converted.left):
            self._note(
                page.source, "homeless", _("HTML that pages leave out stays: {tag}", tag=tag)
            )
        page.text = self._title(page, fields, converted.text)
        if self.options.language and _LANGUAGE not in page.value:
            page.value[_LANGUAGE] = self.options.language
        rendered = markdown.render(page.text).headings
        page.headings = tuple(heading.id for heading in rendered)
        places = [line for _level, line, _end in markdown.heading_lines(page.text)]
        if len(places) == len(page.headings):
            for name, line in [*names, *converted.anchors.items()]:
                after = [id for id, at in zip(page.headings, places, strict=True) if at > line]
                page.named[name] = after[0] if after else (page.headings or ("",))[-1]

    def _in_brackets(self, found: re.Match[str], page: Page) -> str:
        """A link whose path has spaces, which others read and our renderer does not; only where it
        leads to a file.
        """
        path = unquote(found[1].partition("#")[0])
        full = posixpath.normpath(posixpath.join(posixpath.dirname(page.source), path))
        return f"](<{found[1]}>)" if self._find(full) else found[0]

    def _split(self, page: Page, text: str) -> tuple[dict[str, Value] | None, str]:
        """The fields of a page and its text. A rule as the first line is a rule."""
        opening = OPENING.match(text)
        closing = CLOSING.search(text, opening.end()) if opening else None
        if not opening or not closing:
            return {}, text.removeprefix(opening[0]) if opening else text
        source = parse(text.encode(), front_matter=True)
        if source.faults and ":" not in text[opening.end() : closing.start()]:
            return {}, text.removeprefix(opening[0])
        if source.faults or not isinstance(source.value, dict):
            fault = source.faults[0].message if source.faults else NOTHING
            self._drop(page, _("its fields cannot be read: {fault}", fault=fault))
            return None, ""
        return source.value, source.body

    def _title(self, page: Page, fields: Mapping[str, Value], text: str) -> str:
        """Take the fields of a page, and its title: its own, its first heading, or what the
        contents call it. The text with that heading on top.
        """
        said = {
            ours: next((fields[name] for name in names if fields.get(name) not in (None, "")), None)
            for ours, names in _FIELDS.items()
        }
        known = {name for names in _FIELDS.values() for name in names}
        if unknown := [name for name in fields if name not in known]:
            names = ", ".join(unknown)
            self._note(page.source, "homeless", _("fields without a place: {names}", names=names))
        title = " ".join(str(said[_TITLE] or "").split())
        headings = markdown.render(text).headings
        if headings and headings[0].level > 1 and all(one.level > 1 for one in headings):
            first = re.match(r"\s*#{2,6}(?=[ \t])", text)
            if first and not title:
                text = f"#{text[first.end() :]}"
            else:
                title = title or headings[0].text
        elif not headings:
            listed = next((one.title for one in self.contents if one.path == page.source), "")
            stem = page.source.rpartition("/")[2].rpartition(".")[0]
            title = title or listed or stem.replace("-", " ").replace("_", " ").capitalize()
        elif title and any(one.level == 1 and one.text == title for one in headings):
            title = ""
        if title:
            page.value[_TITLE] = title[:_MOST_TITLE]
        if isinstance(summary := said[_SUMMARY], str):
            page.value[_SUMMARY] = " ".join(summary.split())[:_MOST_SUMMARY]
        language = str(said[_LANGUAGE] or "")
        if is_language(language) and language != self.index.languages[0]:
            page.value[_LANGUAGE] = language
        order = said[_ORDER]
        if isinstance(order, int) and 0 <= order <= _MOST_ORDER:
            page.value[_ORDER] = order
        return text

    def _drop(self, page: Page, why: Message) -> None:
        self._note(page.source, "refused", why)
        del self.pages[page.source]
        del self.targets[page.source]

    # Order

    def _add_folders(self) -> None:
        """A page for each folder that the contents give a title and that has none of its own."""
        folders: dict[str, set[str]] = {}
        for place in self.contents:
            if place.section:
                folders.setdefault(place.section, set()).add(posixpath.dirname(place.path))
        owned = Counter(folder for some in folders.values() for folder in some)
        for section, some in folders.items():
            folder = next(iter(some))
            if len(some) > 1 or not folder or owned[folder] > 1 or self._head_of(folder):
                continue
            inside = next((one for one in self.pages if posixpath.dirname(one) == folder), None)
            if inside is None:
                continue
            around = posixpath.dirname(self.pages[inside].target)
            source = f"{folder}/README.md"
            page = Page(source, f"{around}/README.md", {_TITLE: section[:_MOST_TITLE]})
            if self.options.language:
                page.value[_LANGUAGE] = self.options.language
            self.pages[source], self.targets[source] = page, page.target

    def _head_of(self, folder: str) -> str:
        """The page that stands for a folder."""
        return next(
            (
                name
                for name in self.pages
                if posixpath.dirname(name) == folder
                and name.rpartition("/")[2].rpartition(".")[0].casefold() in _HEADS
            ),
            "",
        )

    def _number(self) -> None:
        """The place of each page in the contents; a folder stands where its first page does."""
        number = 0
        for place in self.contents:
            name = self._find(place.path)
            page = self.pages.get(name)
            if page is None or _ORDER in page.value:
                continue
            number = min(number + _STEPS, _MOST_ORDER)
            head = self.pages.get(self._head_of(posixpath.dirname(name)))
            if head is not None and posixpath.dirname(name) and _ORDER not in head.value:
                head.value[_ORDER] = number
            page.value.setdefault(_ORDER, number)

    # Links

    def _find(self, path: str) -> str:
        """The file of the handbook that a path means, as its own program would find it."""
        plain = path.strip("/")
        tries = [path, plain, f"{plain}.md", f"{plain}/README.md", f"{plain}/index.md"]
        if plain.endswith(".html"):
            stem = plain.removesuffix(".html")
            tries += [f"{stem}.md", f"{posixpath.dirname(stem)}/README.md".strip("/")]
        if plain.endswith("/README.md"):
            tries.append(f"{posixpath.dirname(plain)}/index.md")
        for one in tries:
            if one in self.files or one in self.pages:
                return one
        return next(
            (self.lower[one.casefold()] for one in tries if one.casefold() in self.lower), ""
        )

    def _lead_links(self, page: Page) -> str:
        """The text of a page whose links lead to where things are now. What was not brought in is
        named without a link; a picture of another site is a link to it.
        """
        text = page.text
        edits: list[tuple[int, int, str]] = []
        homeless: set[str] = set()
        for url, begin, end, is_picture in link_places(text):
            if is_picture and re.match(r"https?://|//", url):
                sign = text.rfind("![", 0, begin)
                if sign >= 0 and "\n\n" not in text[sign:begin]:
                    edits.append((sign, sign + 1, ""))
                    why = _("a picture of another site is a link to it: {url}", url=url)
                    self._note(page.source, "changed", why)
                continue
            new = self._lead(url, page)
            if new is None:
                homeless.add(url)
            elif new != url:
                edits.append((begin, end, new))
        for begin, end, new in sorted(set(edits), reverse=True):
            text = text[:begin] + new + text[end:]
        if homeless:
            text = without_links(text, lambda url: url not in homeless)
            for url in sorted(homeless):
                why = _("a link to what is not brought in is its words alone: {url}", url=url)
                self._note(page.source, "changed", why)
        return text

    def _lead(self, url: str, page: Page) -> str | None:
        """What an address becomes; None where it leads to a file that is not brought in. One that
        leads nowhere stays.
        """
        if not markdown.is_allowed_address(url) or ":" in url.partition("/")[0].partition("#")[0]:
            return url
        path, _hash, anchor = url.partition("#")
        path = unquote(path.partition("?")[0])
        if not path:
            place = self._anchor(anchor, page, page, url)
            return f"#{place}" if place else url
        full = (
            path.lstrip("/")
            if path.startswith("/")
            else posixpath.normpath(posixpath.join(posixpath.dirname(page.source), path))
        )
        name = self._find(full) or self._find(posixpath.normpath(path))
        if not name:
            self._note(page.source, "homeless", _("this link leads nowhere: {url}", url=url))
            return url
        target = self.targets.get(name)
        if target is None or not (
            name in self.pages or target.endswith(_SHOWN) or _is_shown(target)
        ):
            return None
        new = posixpath.relpath(f"/{target}", f"/{posixpath.dirname(page.target)}")
        if not anchor:
            return new
        other = self.pages.get(name)
        place = self._anchor(anchor, other, page, url) if other else anchor
        return f"{new}#{place or anchor}"

    def _anchor(self, written: str, other: Page, page: Page, url: str) -> str:
        """The heading that an anchor means, whatever its capitals; empty where there is none."""
        anchor = unquote(written)
        if anchor in other.headings:
            return written
        if other.named.get(anchor):
            return other.named[anchor]
        alike = {_letters(one): one for one in reversed(other.headings)}
        if found := alike.get(_letters(anchor)):
            return found
        self._note(page.source, "homeless", _("there is no such heading: {url}", url=url))
        return ""

    # What the check would say

    def _refuse_wrong(self) -> None:
        """Write each page; one that the check would refuse is refused with its reason."""
        order = list(self.index.kinds[PAGE].properties)
        sources = {page.target: page.source for page in self.pages.values()}
        files = {}
        for page in self.pages.values():
            value = {name: page.value[name] for name in order if name in page.value}
            text = page.text.rstrip()
            files[page.target] = render(value, page.text) if value else f"{text}\n".encode()
        records, faults = read_new(self.index, files)
        more = with_records(self.index, records)
        wrong: dict[str, Diagnostic] = {}
        for item in [*faults, *checks.check_new(records, more)]:
            if item.severity == "error":
                wrong.setdefault(item.file, item)
        for target, data in files.items():
            if target in wrong:
                fault = wrong[target]
                why = _("{fault} {help}", fault=fault.message, help=fault.help)
                self._note(sources[target], "refused", why)
            else:
                self.found[target] = data


_SHOWN = (".jpg", ".jpeg", ".png", ".webp")


def _is_shown(target: str) -> bool:
    """Whether a link may lead to a file that is no page and no picture."""
    return bool(ALLOWED.fullmatch(target)) and not target.endswith("/LICENSE")


def _as_step(name: str) -> str:
    """A part of a path as ids of pages have it."""
    step = name if _STEP.fullmatch(name) else slug(name) or "page"
    return f"{step}-page" if is_kept_by_windows(step) else step


def _free(stem: str, ending: str, taken: set[str]) -> str:
    """A path that no other file has, whatever its capitals."""
    names = (f"{stem}{more}" for more in ("", *(f"-{number}" for number in range(2, MOST_FILES))))
    found = next(name for name in names if f"{name}{ending}".casefold() not in taken)
    taken.add(f"{found}{ending}".casefold())
    return f"{found}{ending}"


def _letters(anchor: str) -> str:
    """What of an anchor is compared: letters and digits, small."""
    return "".join(sign for sign in anchor.casefold() if sign.isalnum())


def _as_quotation(found: re.Match[str]) -> str:
    """A box of MkDocs as a quotation with its title in bold."""
    kind, title, inside = found[1], found[2], found[3]
    lines = [re.sub(r"^(?: {4}|\t)", "", line) for line in inside.rstrip("\n").split("\n")]
    head = [f"**{title if title is not None else kind.capitalize()}**", ""] if title != "" else []
    text = "".join(f"> {line}".rstrip() + "\n" for line in [*head, *lines])
    return text if found.string.startswith("\n", found.end()) else f"{text}\n"


def group_remarks(remarks: Iterable[Remark], what: str) -> Iterator[tuple[str, list[Message]]]:
    """The remarks of a sort, by file."""
    found: dict[str, list[Message]] = {}
    for one in remarks:
        if one.what == what and one.message not in found.setdefault(one.file, []):
            found[one.file].append(one.message)
    return iter((file, some) for file, some in found.items() if some)
