"""Folders of records hold records, photos, pictures and attachments of pages, and nothing else.

Photos are `members/photos/<member>.jpg`, `.jpeg`, `.png` or `.webp`, logos `<member>.logo.png` and
its like there, pictures of a member's work `members/pictures/<member>/<name>.jpg` or
`members/photos/<member>-1.jpg`; pictures and attachments (`.pdf`, `.odt`, `.ods`) of pages stand
beside them in `wiki/` and `projects/`. Symbolic links and executable files are refused, two paths
that differ by capitals or accents alone, names that Windows keeps for itself (`con`, `aux`, `nul`),
and more than 20 folders inside one another.

At the top stand the folders of records, what Coopbook, git and the forge look for there, and what
`coop.yml` declares under `beside`: a program, its tests, a licence of one's own.

## Why
A file in the wrong place is silently left out: somebody's page never appears. A link can carry a
file of the computer that builds the site onto the site. Two names alike overwrite each other on
Windows and macOS, and one file called `con.md` keeps everybody who has Windows from having any.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ...base.diagnostics import Diagnostic, nearest, suggestion
from ...base.formats import is_kept_by_windows, slug
from ...base.messages import NOTHING, Message, _
from ...records.beside import find_undeclared, find_wrongly_declared
from ...records.evidence import ENDINGS, FOLDER
from ...records.index import File, Index
from ...records.kinds import content_folders
from ...records.load import MOST_NESTED
from ...records.member_pictures import FORMS, PICTURES

ALLOWED = re.compile(
    rf"{FORMS}|"
    r"(wiki|projects|decisions)/([A-Za-z0-9_.-]+/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*(\.jpg|\.jpeg|\.png|\.webp)|(wiki|projects|decisions)/(.+/)?LICENSE|decisions/evidence/[a-z0-9-]+/[A-Za-z0-9_-][A-Za-z0-9_.-]*\.("
    rf"{'|'.join(ENDINGS)})"
    r"|(wiki|projects)/([A-Za-z0-9_.-]+/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*\.(pdf|odt|ods)"
    r"|schemas/(_meta|_vote-record(-2)?|[a-z-]+)\.schema\.json|(.*/)?\.gitkeep"
)
_MESSAGES = {
    "folder": _("This file does not belong here."),
    "top": _("This file does not belong at the top of the folder."),
    "folder at the top": _("This folder holds no records."),
}


def check_index(index: Index) -> Iterator[Diagnostic]:
    yield from _at_the_top(index)
    seen: dict[str, str] = {}
    for file in index.files:
        yield from _one(file, index)
        if is_kept_by_windows(file.path):
            yield Diagnostic(
                file.path,
                _("Windows keeps such a name for itself: nobody could open this there."),
                _("Give it another name; con, prn, aux, nul, com1 and lpt1 are such names."),
            )
        for path in _with_folders(file.path):
            other = seen.setdefault(unicodedata.normalize("NFKC", path).casefold(), path)
            if other != path:
                seen[unicodedata.normalize("NFKC", path).casefold()] = path
                message = _(
                    "This name differs from {other} by capitals or accents alone.", other=other
                )
                yield Diagnostic(file.path, message, _("Rename one of the two."))
                break


def _at_the_top(index: Index) -> Iterator[Diagnostic]:
    """What lies beside the book without being declared, and what is declared but is part of it."""
    for number, name in find_wrongly_declared(index):
        yield index.by_id("coop")["coop"].fault(
            _("“{name}” holds records: it cannot lie beside them.", name=name),
            "beside",
            number,
            help=_("Take it out of the list."),
        )
    if not index.coop and "coop.yml" in index.assets:
        return
    declare = _("Move it out, or add it to “beside” in coop.yml.")
    for name in find_undeclared(index):
        if name in index.folders:
            near = nearest(slug(name), content_folders(index.kinds))
            help = (
                _(
                    "Did you mean “{near}”? Else move it out, or add it to “beside” in coop.yml.",
                    near=near,
                )
                if near
                else declare
            )
            yield Diagnostic(name, _MESSAGES["folder at the top"], help)
        else:
            yield Diagnostic(name, _MESSAGES["top"], _help(index.assets[name], index) or declare)


def _with_folders(path: str) -> Iterator[str]:
    """The folders of a path, the outermost first, then the path itself."""
    steps = path.split("/")
    return ("/".join(steps[:count]) for count in range(1, len(steps) + 1))


def _one(file: File, index: Index) -> Iterator[Diagnostic]:
    known = (
        any(kind.owns(file.path) for kind in index.kinds.values())
        or _is_template(file.path, index)
        or _is_sidecar(file.path, index)
    )
    if file.unread:
        deep = file.path.count("/") >= MOST_NESTED
        yield (
            Diagnostic(
                file.path,
                _(
                    "This folder lies too deep: at most {most} inside one another.",
                    most=MOST_NESTED,
                ),
                _("Move it further up, or delete it."),
            )
            if deep
            else Diagnostic(file.path, _("This folder cannot be opened."), _("Look at its rights."))
        )
    elif file.link:
        yield Diagnostic(
            file.path, _("This is a link, not a file."), _("Put the file itself here.")
        )
    elif not known and "/" in file.path and not ALLOWED.fullmatch(file.path):
        yield Diagnostic(file.path, _MESSAGES["folder"], _help(file, index))
    elif file.executable and "/" in file.path:
        yield Diagnostic(
            file.path, _("This file is marked as a program."), _("Take the mark off: chmod -x.")
        )
    elif (member := index.owner_of_picture(file.path)) and not index.find("member", member):
        yield Diagnostic(
            file.path,
            _("This picture is nobody's: there is no member “{id}”.", id=member),
            suggestion(member, index.by_id("member")),
        )


def _is_template(path: str, index: Index) -> bool:
    """Whether this is the template of a kind whose schema stands beside it."""
    return any(
        path == kind.template_file and f"schemas/{name}.schema.json" in index.assets
        for name, kind in index.kinds.items()
    )


def _is_sidecar(path: str, index: Index) -> bool:
    """Whether this is a data file of a record that is there."""
    stem = path.rpartition("/")[2].partition(".")[0]
    found = (
        (kind, index.entries[name].get(stem)) for name, kind in index.kinds.items() if kind.sidecar
    )
    return any(
        entry and path in (kind.sidecar_of(entry.file), kind.pseudonyms_of(entry.file))
        for kind, entry in found
    )


def _help(file: File, index: Index) -> Message:
    if file.path.rpartition("/")[2].startswith(".") and file.path.endswith(".new"):
        return _("A command that was cut off left it here: delete it, and run the command again.")
    if file.path.endswith((".yaml", ".markdown", ".YML", ".MD")):
        return _("Give it the ending .yml or .md.")
    if "/" in file.path and file.path.endswith(".txt"):
        return _("Give it the ending .yml or .md.")
    if file.path.endswith((".yml", ".md")):
        return _("Files of records: {globs}.", globs=Message(", ".join(_globs(file.path, index))))
    if ALLOWED.fullmatch(lowered := _with_small_ending(file.path)):
        return _("Name it “{name}”; “coopbook tidy” does it.", name=lowered.rpartition("/")[2])
    if ALLOWED.fullmatch(_plain(file.path)):
        return _("Use small letters without accents, digits and hyphens.")
    if file.path.startswith(FOLDER) and file.path.count("/") == FOLDER.count("/") + 1:
        endings = ", ".join(f".{ending}" for ending in ENDINGS)
        return _(
            "A proof is kept here as {endings}: save it as one of these, or keep it elsewhere and "
            "write where, with its fingerprint.",
            endings=endings,
        )
    if file.path.lower().endswith((".heic", ".heif")):
        return _(
            "Save it as JPEG. On an iPhone: Settings, Camera, Formats, Most Compatible; photos "
            "taken from then on are JPEG."
        )
    if file.path.lower().endswith((".gif", ".svg", ".avif", ".bmp", ".tif", ".tiff")):
        return _("Save it as JPEG, PNG or WebP.")
    if file.path.startswith(PICTURES):
        return _("Put it into the folder of its member: members/pictures/<member>/.")
    if file.path.lower().endswith((".jpg", ".jpeg", ".png", ".webp")):
        return _(
            "A member's photo is members/photos/<member>.jpg, pictures of their work stand in "
            "members/pictures/<member>/, pictures of pages in wiki/."
        )
    return _("Delete it or move it out of this folder.") if "/" in file.path else NOTHING


def _globs(path: str, index: Index) -> list[str]:
    """Where records stand in the file's top folder, else where those of its ending do."""
    every = sorted(kind.files for kind in index.kinds.values() if not kind.single)
    near = [glob for glob in every if glob.partition("/")[0] == path.partition("/")[0]]
    return near or [glob for glob in every if glob.endswith(path[path.rindex(".") :])]


def _with_small_ending(path: str) -> str:
    stem, point, ending = path.rpartition(".")
    return f"{stem}{point}{ending.lower()}"


def _plain(path: str) -> str:
    """A path as it would be in small letters, without accents and spaces."""
    return re.sub(
        r"[^a-z0-9/.]+",
        "-",
        unicodedata.normalize("NFKD", path).encode("ascii", "ignore").decode().lower(),
    )
