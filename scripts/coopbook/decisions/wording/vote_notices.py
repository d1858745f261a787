"""What is said once on the page of a proposed change, in a comment of its own: whom it names gets a
mail, as nobody does of a comment that is only kept up to date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from ...base.messages import Message, Translator, _, ngettext, translator
from ..proposed_change import Altered, voted_files
from .forge_markdown import escape_value
from .outcomes import describe_moment

MOST_ROWS = 40


def write_new_text(
    title: str,
    voters: Sequence[str],
    differences: Sequence[Message],
    closes: datetime,
    language: str,
) -> str:
    """That the text changed after some had voted.

    Args:
        title: What is voted.
        voters: Those who are asked to vote again, as the forge calls them: `@login`.
        differences: What is another than in the text that they voted on; empty where nobody can
            say any more.
        closes: Until when they may.
        language: The language.

    Returns:
        The comment, in Markdown.
    """
    say = translator(language, shown=escape_value)
    words = _(
        "**The text of “{title}” has changed since you voted. Please vote again.** {names}",
        title=title,
        names=_names(voters),
    )
    until = _(
        "Until you do, your vote does not count. The vote is open until {instant}.",
        instant=describe_moment(closes, language),
    )
    parts = [say(words), say(until)]
    if differences:
        rows = _cut([f"- {say(one)}" for one in differences], say)
        parts.append("\n".join([say(_("**What is different**")), "", *rows]))
    return "\n\n".join(parts) + "\n"


def describe_differences(before: Iterable[Altered], after: Iterable[Altered]) -> Iterator[Message]:
    """What a text has otherwise than the one before it, a line a file."""
    old, new = ({one.path: one.plain for one in voted_files(files)} for files in (before, after))
    for path in sorted(old.keys() | new.keys()):
        if path not in old:
            yield _("“{file}”: part of the change now", file=path)
        elif path not in new:
            yield _("“{file}”: no longer part of the change", file=path)
        elif old[path] != new[path]:
            yield _("“{file}”: other words", file=path)


def write_shortfall(title: str, missing: int, closes: datetime, language: str) -> str:
    """That the close is near and too few have voted, in Markdown."""
    say = translator(language, shown=escape_value)
    words = ngettext(
        "**“{title}” closes soon, and at least {count} more member must vote.** Who has not may "
        "do so until {instant}.",
        "**“{title}” closes soon, and at least {count} more members must vote.** Who has not may "
        "do so until {instant}.",
        missing,
        title=title,
        instant=describe_moment(closes, language),
    )
    why = _("With fewer the vote decides nothing, however those who voted chose.")
    return f"{say(words)} {say(why)}\n"


def write_entered(title: str, rows: Mapping[str, str], language: str) -> str:
    """That a teller entered ballots for some, who could not tell otherwise.

    Args:
        title: What is voted.
        rows: Who is told, as the forge calls them, and which teller it was.
        language: The language.

    Returns:
        The comment, in Markdown. It does not say how anybody voted.
    """
    say = translator(language, shown=escape_value)
    lines = [
        "- " + say(_("{member}: entered by {teller}", member=Message(one), teller=Message(teller)))
        for one, teller in rows.items()
    ]
    head = _("**A ballot was entered for you in the vote on “{title}”.**", title=title)
    doubt = _(
        "Whoever gave none, or another one, says so here before the vote closes: a vote of one's "
        "own that is later replaces it."
    )
    return "\n".join([say(head), "", *_cut(lines, say), "", say(doubt)]) + "\n"


def write_credentials(rows: Mapping[str, Sequence[str]], language: str) -> str:
    """That a change touches what members are known by.

    Args:
        rows: Who is told, as the forge calls them, and the names of the fields.
        language: The language.

    Returns:
        The comment, in Markdown. No address stands in it.
    """
    say = translator(language, shown=escape_value)
    lines = [
        "- " + say(_("{member}: {names}", member=Message(one), names=", ".join(names)))
        for one, names in rows.items()
    ]
    head = _("**This change touches what members are known by.**")
    doubt = _("Whoever is named here and did not ask for it says so on this page.")
    ask = _(
        "Before you approve of a new e-mail address, write to it and wait for the answer, and tell "
        "the address of before. What somebody else wrote here counts in no vote that is open, and "
        "in none for seven days."
    )
    return "\n".join([say(head), "", *_cut(lines, say), "", say(doubt), "", say(ask)]) + "\n"


def _cut(lines: list[str], say: Translator) -> list[str]:
    """The first lines of a list, and how many more there are."""
    more = len(lines) - MOST_ROWS
    if more <= 0:
        return lines
    rest = _("… and {count} more.", count=more)
    return [*lines[:MOST_ROWS], f"- {say(rest)}"]


def _names(voters: Sequence[str]) -> Message:
    return Message(", ".join(voters[:MOST_ROWS]) + (" …" if len(voters) > MOST_ROWS else ""))
