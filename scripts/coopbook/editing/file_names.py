"""Where a new record goes: its folder, and a file name made from its title that nobody has yet."""

from __future__ import annotations

import re

from ..base.formats import is_kept_by_windows, slug
from ..base.messages import Message, _
from ..records.index import Index
from ..records.model import Kind
from .choices import Choice, choose, list_choices
from .prompts import Asker, Refused

_LONGEST = 60
_FORMS = {
    "stem": re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"),
    "path": re.compile(r"[A-Za-z0-9]+([_-][A-Za-z0-9]+)*"),
}


def file_for(kind: Kind, name: str, index: Index, asker: Asker) -> str:
    """The path of the file for a record of this name."""
    folder = _folder(kind, index, asker)
    ending = kind.files[kind.files.rindex(".") :]

    def take(answer: str) -> str:
        stem = answer.removesuffix(ending)
        if not _FORMS[kind.id_form].fullmatch(stem):
            raise Refused(
                _("The file's name is not an id: “{name}”.", name=stem),
                _("Name it “{name}”.", name=slug(stem) or "…"),
            )
        file = f"{folder}/{stem}{ending}"
        if is_kept_by_windows(file):
            raise Refused(
                _("Windows keeps such a name for itself: nobody could open this there."),
                _("Choose another name."),
            )
        if owner := _owner(kind, file, index):
            raise Refused(
                _("The id “{id}” is already that of {file}.", id=kind.id_of(file), file=owner),
                _("Choose another name."),
            )
        return file

    short = slug(name)[:_LONGEST].strip("-")
    names = [short, *(f"{short}-{number}" for number in range(2, 1000))] if short else []
    files = {stem: f"{folder}/{stem}{ending}" for stem in names}
    free = next((stem for stem, file in files.items() if _may_be_made(kind, file, index)), "")
    help = [
        _(
            "Its address on the site ends with it, and it never changes: small letters, "
            "digits, hyphens."
        )
    ]
    found: str = asker.ask(_("File name"), take, help=help, default=free)
    return found


def _may_be_made(kind: Kind, file: str, index: Index) -> bool:
    return not is_kept_by_windows(file) and not _owner(kind, file, index)


def _owner(kind: Kind, file: str, index: Index) -> str:
    """The file that has the id this one would have, or whose name differs by capitals alone;
    nothing when it is free.
    """
    id = kind.id_of(file)
    if kind.id_form == "stem" and id == "index":
        return f"{kind.folder}/"
    entry = index.find(kind.name, id)
    return (
        entry.file
        if entry
        else next((path for path in index.assets if path.casefold() == file.casefold()), "")
    )


def _folder(kind: Kind, index: Index, asker: Asker) -> str:
    """The folder: asked for where records stand in folders, or where their folder is in their
    address.
    """
    below = sorted(
        {_parent(entry.file)[len(kind.folder) + 1 :] for entry in index.of(kind.name)} - {""}
    )
    if "**" not in kind.files or (kind.id_form == "stem" and not below):
        return kind.folder
    choices = [Choice(name, name) for name in below]

    def take(answer: str) -> str:
        if answer == "?":
            for line in list_choices(choices, all_of_them=True):
                asker.tell(line, "  ")
            raise Refused(Message(""))
        name = str(choose(answer, choices)).strip("/")
        if name not in below and not all(
            _FORMS["path"].fullmatch(step) for step in name.split("/")
        ):
            raise Refused(
                _("“{name}” cannot be a folder's name.", name=name),
                _("Use small letters without accents, digits and hyphens."),
            )
        return name

    help = [*list_choices(choices), _("Another name makes a new folder.")]
    inside = asker.ask(_("In which folder?"), take, help=help, optional=True)
    return f"{kind.folder}/{inside}" if inside else kind.folder


def _parent(path: str) -> str:
    return path.rpartition("/")[0]
