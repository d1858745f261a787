"""What keeps pages whole on a phone, in the templates themselves; `test_browser.py` looks at the
pages.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.coops import PACKAGE

TEMPLATES = sorted((PACKAGE / "site" / "templates").rglob("*.html"))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_no_line_begins_with_what_stands_between_two_things(file: Path) -> None:
    """`dot` and `into` keep with the word before them; a plain space would let them begin a
    line.
    """
    assert re.findall(r" [·›] ", file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_a_table_scrolls_in_a_box_of_its_own(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count("<table") == len(
        re.findall(r'<div class="md-typeset__scrollwrap( coop-stack| coop-rounds)?"><table', text)
    )
