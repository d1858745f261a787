"""Photos that lie beside the files of members: the portrait of each who agrees to it, made anew
without what a camera writes into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..base.messages import Message, _
from ..records.index import File, Index
from ..records.member_pictures import PHOTOS
from ..records.pictures import as_portrait
from .plan import Line, Picture, Plan

PHOTO, _CONSENTS, _TYPE = "photo", "consents", "type"


def give_portraits(plan: Plan, pictures: Mapping[str, Picture], index: Index) -> Index:
    """Give each line the portrait that lies beside its file, or tell why not. A person's needs a
    consent; whoever has a portrait already keeps it.

    Args:
        plan: Its lines have their ids.
        pictures: The pictures, by the place of the line that each lies beside.
        index: The co-op.

    Returns:
        The index as it would be with these portraits.
    """
    files = []
    for line in plan.standing:
        picture = pictures.get(line.place)
        if picture is None:
            continue
        if why := _refuse(line, index):
            plan.note(line, PHOTO, "homeless", picture.name, why)
            continue
        made = as_portrait(picture.data)
        if isinstance(made, Message):
            plan.note(line, PHOTO, "refused", picture.name, made)
            continue
        suffix, data = made
        line.picture = (f"{PHOTOS}{line.id}{suffix}", data)
        line.value.setdefault(PHOTO, {}).setdefault("alt", {index.languages[0]: line.name})
        files.append(File(line.picture[0], len(data)))
    return replace(index, files=(*index.files, *files))


def _refuse(line: Line, index: Index) -> Message | None:
    """Why a portrait has no place."""
    if index.photo(line.id):
        return _("there is a portrait already")
    agrees = any(
        one.get("purpose") == PHOTO and not one.get("withdrawn")
        for one in line.value.get(_CONSENTS) or []
        if isinstance(one, dict)
    )
    if line.value.get(_TYPE) == "person" and not agrees:
        return _("there is no consent for the photo: left out")
    return None
