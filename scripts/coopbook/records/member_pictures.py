"""Whose picture a file is: a member's portrait or logo, and pictures of their work beside it.

The portrait is `members/photos/<member>.jpg`, a logo `<member>.logo.png` there. Pictures that the
member's own texts show are `members/pictures/<member>/<name>.jpg`, or
`members/photos/<member>-1.jpg`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from .pictures import LOGO

PHOTOS, PICTURES = "members/photos/", "members/pictures/"
PHOTO_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
_ENDINGS = r"\.(jpg|jpeg|png|webp)"
_OF_WORK = r"[a-z0-9-]+/[A-Za-z0-9_-][A-Za-z0-9_.-]*"
FORMS = rf"{PHOTOS}[a-z0-9-]+({re.escape(LOGO)})?{_ENDINGS}|{PICTURES}{_OF_WORK}{_ENDINGS}"
"""How the path of a member's picture is written."""
_NUMBERED = re.compile(r"(.+)-[0-9]{1,3}")


def owner_of_picture(file: str, is_member: Callable[[str], bool]) -> str:
    """Name the member whose picture a file is.

    Args:
        file: Its path.
        is_member: Whether an id is a member's: `ana-1` may be somebody, or the first picture of
            `ana`.

    Returns:
        An id, which need not be a member's; empty where the file lies elsewhere.
    """
    if file.startswith(PICTURES):
        return file.removeprefix(PICTURES).rpartition("/")[0].partition("/")[0]
    if not file.startswith(PHOTOS):
        return ""
    stem = file.removeprefix(PHOTOS).rpartition(".")[0].removesuffix(LOGO)
    numbered = _NUMBERED.fullmatch(stem)
    return numbered[1] if numbered and not is_member(stem) and is_member(numbered[1]) else stem


def under_another_id(file: str, old: str, new: str) -> str:
    """The path of a member's picture once the member has another id."""
    if file.startswith(PICTURES):
        return f"{PICTURES}{new}{file.removeprefix(PICTURES + old)}"
    return f"{PHOTOS}{new}{file.removeprefix(PHOTOS + old)}"
