"""The words of an article change by a decision alone, which the article names, and the words before
are kept.

This check compares with the files before the change (`coopbook check --base`). New words have their
own day (`in_force`), the resolution or the proposal that adopted them (`adopted_by`), and the old
ones stay under `versions/`. A decision gives an article its words once, stays named by them, and
undoes none that is later than itself. Words that stay go on saying by whom they were adopted. A
text whose articles ask for a vote stays, and keeps its kind, and its title, its summary, its label
and its readers unless an article of it is decided anew. A change of form alone, such as a line
break or a kind of quotation mark, needs none of this; one that calls itself `editorial` may be
nothing else. A slip of whoever copied a text that was adopted on paper is put right by an entry of
`errata`: who compared it and when, the words as they stood here (`was`) and as the paper has them
(`now`), and a scan of the paper among the proofs (`evidence`). Whoever keeps the minutes does so,
and changes nothing else of the article along with it; what a decision that is kept here adopted was
no copy. A text that is new altogether may be brought in as it is. Where `paths` in the rules before
the change asks for a vote on the article's file, the decision was taken in that category or a
stricter one: by the vote, or by an assembly whose minutes are approved. That resolution gives its
figures, or says that it was unanimous. Words that are voted together with their proposal wait for
it: until then this is red, so that nothing is published before the decision, and nothing is wrong.

## Why
Bylaws are what everybody agreed to. A word changed in passing binds people who never voted on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...base.diagnostics import Diagnostic
from ...base.messages import Message, _
from ...decisions.authority import (
    BY,
    FIGURES,
    cites_decision,
    decided_on,
    decisions,
    doubts,
    proposal_of,
    why_all_unfounded,
    why_too_weak,
)
from ...decisions.bylaws import (
    is_same_but_for_slips,
    last_wordings,
    place_of,
    same_words,
    wordings,
)
from ...decisions.mandates import mandates_held
from ...decisions.permissions import minutes_keeper
from ...decisions.types import Article, BylawsText
from ...decisions.votes import rules_of
from ...decisions.wording.pending import (
    NOTHING_TO_DO,
    describe_wait,
    may_be_adopted,
    proposal_voted_with,
)
from ...records.index import Entry, Index
from ..localized import says_the_same

KIND = ("article", "bylaws")

HELP = _("Name the decision: adopted_by, with minutes and resolution, or with proposal.")

ANOTHER = _("Name the decision on the new words: each decision gives an article its words once.")


def check_change(before: Index, after: Index) -> Iterator[Diagnostic]:
    yield from _texts(before, after)
    for entry in last_wordings(before):
        new = after.find("article", entry.id)
        if new is None:
            yield Diagnostic(
                entry.file,
                _("This article is gone."),
                _("One that no longer holds stays, with repealed: true and the decision."),
            )
        elif new.sound and entry.sound:
            yield from _check_changed(entry, new, before, after)
    for entry in last_wordings(after):
        place = place_of(entry.id)
        known = place and before.find("bylaws", place.document)
        if known and entry.sound and not _was(before, entry):
            if cites_decision(entry):
                yield from _weak(entry, before, after, entry.file)
            else:
                yield _refuse_unnamed(
                    entry, before, after, _("An article was added without naming the decision.")
                )


def _texts(before: Index, after: Index) -> Iterator[Diagnostic]:
    """Texts whose articles ask for a vote, and that are gone or called something else."""
    governed = {
        place.document
        for entry in last_wordings(before)
        if rules_of(before).vote_needed(entry.file) and (place := place_of(entry.id))
    }
    for text in before.of("bylaws"):
        new = after.find("bylaws", text.id)
        if new is None and text.id in governed:
            yield Diagnostic(
                text.file,
                _("This text is gone, and its articles change by a vote alone."),
                _("Put the file back."),
            )
        elif new and new.sound and text.sound and text.id in governed:
            yield from _check_text(text, new, before, after)


def _check_text(old: Entry, new: Entry, before: Index, after: Index) -> Iterator[Diagnostic]:
    """Whether a text whose articles ask for a vote is another one, is called otherwise or is hidden
    from who read it, though none of its articles is decided anew.
    """
    message = _("The articles of this text change by a vote alone: it stays what it is.")
    was, now = BylawsText.of(old), BylawsText.of(new)
    if now.kind != was.kind:
        yield new.fault(message, "kind", help=_("Put back: kind: {kind}", kind=was.kind))
    if _is_decided_anew(old.id, before, after):
        return
    for name in ("title", "summary"):
        if old.get(name) and not says_the_same(old.get(name), new.get(name)):
            place = name if name in new.value else "kind"
            yield new.fault(message, place, help=_("Put it back as it was."))
    if was.label != now.label:
        yield new.fault(message, "label" if now.label else "kind", help=_("Put it back as it was."))
    if old.get("audience") == "public" != new.get("audience"):
        yield new.fault(message, "audience", help=_("Put it back as it was."))


def _is_decided_anew(document: str, before: Index, after: Index) -> bool:
    """Whether an article of a text names another decision than before."""
    return any(
        cites_decision(entry)
        and (old := before.find("article", entry.id)) is not None
        and Article.of(entry).adopted_by != Article.of(old).adopted_by
        for entry in last_wordings(after)
        if (place := place_of(entry.id)) and place.document == document
    )


def _was(before: Index, entry: Entry) -> bool:
    return any(before.find("article", id) for id in (entry.id, *entry.formerly))


def _weak(new: Entry, before: Index, after: Index, *files: str) -> Iterator[Diagnostic]:
    """Whether the decision is weaker than the rules before the change ask for, or does not say how
    it was voted; what else is wrong with it is told by `undecided-article`.
    """
    rules = rules_of(before)
    wanted = rules.vote_needed(*files)
    if any(doubts(after, new)):
        return
    if wanted and (weak := why_too_weak(rules, wanted, after, new)):
        yield new.fault(weak, "adopted_by", help=Message(BY.text, {"wanted": wanted}))
    elif unfounded := why_all_unfounded(after, new, rules):
        yield new.fault(unfounded, "adopted_by", help=FIGURES)


def _check_changed(old: Entry, new: Entry, before: Index, after: Index) -> Iterator[Diagnostic]:
    same, was, now = same_words(old, new), Article.of(old), Article.of(new)
    day = was.in_force
    if now.errata != was.errata and not cites_decision(new):
        yield from _check_slips(old, new, before, after)
    elif same and (now.in_force == day or now.editorial):
        yield from _forgotten(old, new, before, after)
    elif same:
        yield new.fault(
            _("The day changed, from {date}, and the words did not.", date=day),
            "in_force",
            help=_("Put the day back."),
        )
    elif now.editorial:
        yield new.fault(
            _("This change calls itself editorial, and words have changed."), "editorial", help=HELP
        )
    elif _is_used_up(old, new, before, after):
        yield new.fault(
            _("This decision gave the article the words that it had before."),
            "adopted_by",
            help=ANOTHER,
        )
    elif not cites_decision(new) or now.adopted_by == was.adopted_by:
        yield _refuse_unnamed(
            new,
            before,
            after,
            _("The words of this article changed without naming the decision."),
            "adopted_by",
        )
    elif now.in_force <= day:
        yield new.fault(
            _("The new words have no day of their own."),
            "in_force",
            help=_("Write the day from which they hold."),
        )
    else:
        yield from _weak(new, before, after, old.file, new.file)
        if "" < decided_on(after, new) < (then := decided_on(after, old)):
            message = _(
                "This decision is older than the one that it would undo, of {date}.", date=then
            )
            yield new.fault(message, "adopted_by", help=HELP)
        # what is voted keeps the words before by itself
        if not may_be_adopted(proposal_of(after, new)):
            yield from _require_words_before(old, new, after)


def _check_slips(old: Entry, new: Entry, before: Index, after: Index) -> Iterator[Diagnostic]:
    """Errata of a copy: they stay, are all that changes, and are by whoever keeps the minutes."""
    count, errata = len(Article.of(old).errata), Article.of(new).errata
    if errata[:count] != Article.of(old).errata:
        yield new.fault(_("An erratum has changed."), "errata", help=_("Add another one below."))
    elif not is_same_but_for_slips(old, new):
        yield new.fault(
            _("The words of this article changed otherwise than its errata say."),
            "errata",
            help=_(
                "Quote in “was” and “now” some words around the slip, so that “now” stands once "
                "in the text; for any other change, name the decision."
            ),
        )
    else:
        keeper = minutes_keeper(rules_of(before), before)
        for number, one in enumerate(errata[count:], count):
            if keeper.startswith("role:") and not any(
                mandate.member == one.by
                for _body, mandate in mandates_held(
                    before, keeper.removeprefix("role:"), after.today
                )
            ):
                message = _("“{id}” does not keep the minutes today.", id=one.by)
                help = _("Whoever holds the role “{role}” compares it.", role=keeper[5:])
                yield new.fault(message, "errata", number, "by", help=help)
            elif one.on > after.today.isoformat():
                yield new.fault(_("This day is still to come."), "errata", number, "on")


def _forgotten(old: Entry, new: Entry, before: Index, after: Index) -> Iterator[Diagnostic]:
    """Whether words that stayed name another decision than theirs; one that was named by mistake
    may be put right.
    """
    if (
        cites_decision(old)
        and not decisions(after, old) <= decisions(after, new)
        and not any(doubts(before, old))
    ):
        message = _(
            "The words of this article stayed, and it no longer names the decision that "
            "adopted them."
        )
        yield new.fault(message, "adopted_by", help=_("Put it back as it was."))
    words = Article.of(old).adopted_by.text
    if words and not cites_decision(new) and Article.of(new).adopted_by.text != words:
        message = _(
            "The words of this article stayed, and who adopted them is told otherwise: {words}.",
            words=Article.of(new).adopted_by.text,
        )
        help = _("Put it back, or name the minutes and the resolution that adopted them.")
        yield new.fault(message, "adopted_by", help=help)


def _is_used_up(old: Entry, new: Entry, before: Index, after: Index) -> bool:
    """Whether the decision that an article newly names is behind a wording that it has had."""
    place, found = place_of(old.id), decisions(after, new)
    had = wordings(before, place.document).get(place.article, []) if place else []
    return any(
        found & decisions(after, one)
        for one in had
        if one.id != old.id or Article.of(one).adopted_by != Article.of(new).adopted_by
    )


def _refuse_unnamed(
    entry: Entry, before: Index, after: Index, message: Message, *path: str
) -> Diagnostic:
    """Words that name no decision: one that is voted with them is named when the vote is closed."""
    place = place_of(entry.id)
    proposal = (
        proposal_voted_with(before, after, f"{place.document}/{place.article}") if place else None
    )
    if proposal:
        return entry.fault(describe_wait(after, proposal), *path, help=NOTHING_TO_DO)
    return entry.fault(message, *path, help=HELP)


def _require_words_before(old: Entry, new: Entry, after: Index) -> Iterator[Diagnostic]:
    place = place_of(new.id)
    id = f"{place.document}/versions/{place.article}/{Article.of(old).in_force}" if place else ""
    kept = after.find("article", id)
    if kept is None or not same_words(kept, old):
        file = f"decisions/bylaws/{id}.md" if id else ""
        yield new.fault(
            _("The words before are not kept."), help=_("Put them into {file}.", file=file)
        )
