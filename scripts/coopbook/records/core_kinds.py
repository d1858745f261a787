"""The four kinds that the tool itself rests on, by name.

The co-op's own file gives languages and offices, a vocabulary gives terms, a member is somebody who
is named, asked and shown, and a page of the guide may have a place of its own in the navigation. No
word of a schema could say that. Of all other kinds code knows only what their schemas say.
"""

from __future__ import annotations

COOP = "coop"
VOCABULARY = "vocabulary"
MEMBER = "member"
PAGE = "page"
