"""Any bytes give a value and faults, never an exception; what is read is what YAML 1.2 says."""

from __future__ import annotations

import json

import pytest
import yaml
from coopbook.yaml_files.reader import MAX_BODY_BYTES, MAX_YAML_BYTES, parse
from hypothesis import given, settings
from hypothesis import strategies as st

PLAIN = {
    "no": "no",
    "yes": "yes",
    "on": "on",
    "NO": "NO",
    "12:30": "12:30",
    "01000": "01000",
    "0x1F": "0x1F",
    "0o17": "0o17",
    "1_000": "1_000",
    "2026-01-31": "2026-01-31",
    "2026-02-31": "2026-02-31",
    "1": 1,
    "-3": -3,
    "+4": 4,
    "1.50": 1.5,
    "1e3": 1000.0,
    ".5": ".5",
    ".nan": ".nan",
    ".inf": ".inf",
    "1e999": "1e999",
    "true": True,
    "False": False,
    "null": None,
    "~": None,
    "": None,
    "9" * 5000: "9" * 5000,
    "=": "=",
    "é": "é",
}


@pytest.mark.parametrize("text", PLAIN)
def test_plain_values(text: str) -> None:
    source = parse(f"a: {text}\n".encode(), front_matter=False)
    assert (source.value, source.faults) == ({"a": PLAIN[text]}, [])


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_exception(data: bytes) -> None:
    for front_matter in (False, True):
        parse(data, front_matter=front_matter, places=True)


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet="ab:-[]{}&*!|>'\"%@`#,? \n\t\\u0é0", max_size=80))
def test_any_text_is_read_without_exception_and_faults_lie_inside(text: str) -> None:
    source = parse(text.encode(), front_matter=False, places=True)
    for fault in source.faults:
        assert 1 <= fault.span.line <= text.count("\n") + 2
    assert source.faults or source.value == parse(text.encode(), front_matter=False).value


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.text(alphabet="abé: -#'\"", max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(alphabet="abc", min_size=1, max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_what_is_written_is_read(value: object) -> None:
    for text in (json.dumps(value), yaml.safe_dump(value, allow_unicode=True)):
        source = parse(text.encode(), front_matter=False, places=True)
        assert (source.value, source.faults) == (value, [])


def test_places_of_values_and_keys() -> None:
    source = parse(
        b"---\nname: {display: Ana}\noffers:\n  - id: x\n    title: y\n---\ncorps\n",
        front_matter=True,
        places=True,
    )
    assert source.spans["name", "display"][:2] == (2, 17)
    assert source.keys["offers", 0, "title"][:2] == (5, 5)
    assert (source.body, source.body_line) == ("corps\n", 7)


def test_limits() -> None:
    assert parse(b"a: " + b"x" * MAX_YAML_BYTES, front_matter=False).faults
    assert parse(b"[" * 50_000, front_matter=False).faults
    assert parse(b"{a: " * 50_000, front_matter=False).faults
    assert not parse(b"x" * MAX_BODY_BYTES, front_matter=True).faults
