"""What a resolution changes in the articles of a text: which article, from which day, the words
that go and those that come.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..base.messages import Message, _
from ..decisions.bylaws import heading, language_of, place_of, wordings
from ..decisions.bylaws.wording import differences
from ..decisions.types import Article, Proposal, Resolution
from ..documents.model import Block, Run, Text, make_text, parse_markdown
from ..records.index import Entry
from .record import Assembly

_CHANGES = {
    "same": frozenset[str](),
    "removed": frozenset(["struck"]),
    "added": frozenset(["added"]),
}


def amendments(assembly: Assembly, one: Resolution) -> Iterator[Block]:
    """Each article that a resolution, or the proposal behind it, names."""
    proposal = assembly.index.find("proposal", one.proposal)
    amends = Proposal.of(proposal).amends if proposal and proposal.sound else ()
    days = {each.name: each.effective for each in amends}  # empty where no day is said
    for id, day in (dict.fromkeys(one.amends, "") | days).items():
        if place := place_of(id):
            document = assembly.index.find("bylaws", place.document)
            yield from _amended_articles(
                assembly,
                document,
                wordings(assembly.index, place.document).get(place.article, []),
                day,
            )


def _amended_articles(
    assembly: Assembly, document: Entry | None, found: list[Entry], day: str
) -> Iterator[Block]:
    dated = [(Article.of(one).in_force, one) for one in found]
    since, new = next(
        ((on, one) for on, one in dated if (on == day if day else on > assembly.day)), (day, None)
    )
    before = [one for on, one in dated if on < (since if new else "9999")]
    had = before[-1] if before and not Article.of(before[-1]).repealed else None
    yield make_text(
        assembly.say(
            _("What changes: {article}", article=_article_name(assembly, document, new or had))
        ),
        "part",
    )
    when = (
        _("In force from {date}.", date=assembly.date(since))
        if since
        else _("In force as soon as it is adopted.")
    )
    yield make_text(
        " ".join(assembly.say(one) for one in (when, _how(assembly, document, had, new)) if one),
        "small",
    )
    if new:
        words = "" if Article.of(new).repealed else new.body
        for line in differences(had.body if had else "", words):
            yield Text(tuple(Run(piece.text, _CHANGES[piece.kind]) for piece in line))
    elif had:
        for block in parse_markdown(had.body):
            yield Text(block.runs, "quote" if block.style == "body" else block.style, block.mark)


def article_name(assembly: Assembly, id: str) -> str:
    """The article of an id, as people call it."""
    document = assembly.index.find("bylaws", id.partition("/")[0])
    return _article_name(assembly, document, assembly.index.find("article", id))


def _article_name(assembly: Assembly, document: Entry | None, article: Entry | None) -> str:
    """A text and its article, such as: Articles, Article 4. Seat."""
    parts = (
        [assembly.index.text(document.title, language_of(assembly.index, document))]
        if document
        else []
    )
    return ", ".join(
        [
            *parts,
            heading(assembly.index, document, article)
            if article
            else assembly.say(_("a new article")),
        ]
    )


def _how(
    assembly: Assembly, document: Entry | None, had: Entry | None, new: Entry | None
) -> Message:
    """How what stands below is to be read."""
    if new is None:
        return (
            _("Below, the words in force today; the new ones are those of the resolution.")
            if had
            else Message("")
        )
    if had is None:
        return _("It is a new article.")
    if Article.of(new).repealed:
        return _("It is repealed.")
    old = heading(assembly.index, document, had)
    marks = _("Struck out: what goes; underlined: what is new.")
    return (
        marks
        if old == heading(assembly.index, document, new)
        else _("Until then: {article}. {sentence}", article=old, sentence=marks)
    )
