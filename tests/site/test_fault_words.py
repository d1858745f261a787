"""Faults on the members' site name fields as people call them."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path

from coopbook.base.diagnostics import Diagnostic
from coopbook.base.messages import _, translator
from coopbook.checks import check
from coopbook.records.load import load
from coopbook.site.context import Site
from coopbook.site.fault_words import explain_fault
from support.coops import TODAY
from support.decided import files, text
from support.sites import write_site


def test_the_secretariat_reads_titles_and_no_names_of_fields(
    coop: Callable[..., Path], tmp_path: Path
) -> None:
    book = load(coop(files()), TODAY)
    found = [item for item in check(book) if item.severity == "warning"]
    assert "ended_on" in " ".join(translator("fr")(item.help) for item in found), (
        "a warning whose mending names a field"
    )
    write_site(book, found, "members", tmp_path / "out")
    page = html.unescape((tmp_path / "out/secretariat/index.html").read_text())
    assert text(page).count("ended_on") == page.count("<code>ended_on</code>") > 0, (
        "as the file writes it, beside the file alone"
    )
    assert "Terminé le" in page


def test_a_field_that_a_sentence_is_given_is_called_by_its_title(coop: Callable[..., Path]) -> None:
    index = load(coop(files()), TODAY).index
    item = Diagnostic(
        "decisions/minutes/assemblee.md",
        _("These minutes lack “{field}”.", field="officers.chair"),
        _("Ask “elected_on”, sent_on or zq_unknown."),
    )
    said = explain_fault(Site(index, "en"), item)
    assert said.message == "These minutes lack “Officers of the meeting, Chair”."
    assert (said.help, said.names) == ("Ask “elected_on”, “Sent on” or zq_unknown.", ("sent_on",))
