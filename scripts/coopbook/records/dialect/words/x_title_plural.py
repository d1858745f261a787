"""What several records are called, such as `{"fr": "Formations", "en": "Trainings"}`: the name of
their list.

`title` is what one of them is called. Without this word the list has the same name.
"""

from __future__ import annotations

from ..shared import TEXT

ON = ("kind",)
FRAGMENT = TEXT
