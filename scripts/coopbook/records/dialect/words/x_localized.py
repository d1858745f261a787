"""A text by language: a map such as `{fr: Soudure, en: Welding}`.

A second language of the sites has a page of a record where some public text of it is written in
that language.
"""

from __future__ import annotations

from ..shared import Schema

ON = ("object",)
FRAGMENT = {"const": True}


def of(schema: Schema) -> bool:
    return "x-localized" in schema
