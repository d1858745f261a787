"""What is said of the journal of a vote, where what was seen on its page is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

from msgspec import Struct

from ...base.messages import Message, _
from .forge_markdown import mention
from .outcomes import describe_moment


class Remark(Struct, frozen=True):
    """Something that did not stay as it was, of whom and when: `withdrawn`; `foreign`, edited by
    somebody else (`by`) and not counted so; `unknown`, edited, and the forge does not say by whom;
    `kept`, changed or deleted after the close: it counts as it stood; `ballot`, a file that nobody
    had seen on the main branch before the close.
    """

    why: Literal["withdrawn", "foreign", "unknown", "kept", "ballot"]
    who: str
    at: datetime
    by: str = ""


WORDS = {
    "withdrawn": _(
        "{who}: taken back on {instant}, deleted, edited or dismissed. It does not count."
    ),
    "foreign": _("{who}: edited on {instant} by {by}. What {by} wrote does not count."),
    "unknown": _(
        "{who}: edited on {instant}, and the forge does not say by whom. Whoever did not do that "
        "votes again."
    ),
    "unknown_then": _(
        "{who}: edited on {instant}, before the close, and the forge does not say by whom. It "
        "counts as it was edited."
    ),
    "kept": _("{who}: edited or deleted on {instant}, after the close. It counts as it stood."),
    "ballot": _(
        "{who}: a ballot that was not on the main branch when it was looked at for the last time "
        "before the close. It does not count, unless a teller brings it in with its proof."
    ),
}


def describe_remarks(
    remarks: Iterable[Remark], language: str, is_open: bool = False
) -> Iterator[Message]:
    """What did not stay as it was, a sentence each; while a vote is open one may vote again."""
    for one in remarks:
        why = "unknown_then" if one.why == "unknown" and not is_open else one.why
        # whose file a ballot is, their id says: an account of that name may be a stranger's
        who = one.who if one.why == "ballot" else Message(mention(one.who))
        names = {"who": who, "instant": describe_moment(one.at, language)}
        yield Message(WORDS[why].text, names | ({"by": Message(mention(one.by))} if one.by else {}))


def describe_late_journal(began: datetime, language: str) -> Message:
    """That nothing says what was on the page before the journal began."""
    return _(
        "What was seen on this page is kept since {instant} only: what was edited or deleted "
        "before is not known.",
        instant=describe_moment(began, language),
    )


NO_JOURNAL = _(
    "No journal says what was seen on this page: what was edited or deleted is not known."
)


def describe_broken_journal(why: Message) -> Message:
    """Why no vote can be closed on a journal that is not what it was."""
    return _(
        "The journal of this vote, where what was seen on this page is kept, is not what it was: "
        "{why}. No vote is closed on it: put it back from a copy, or vote again in a new change.",
        why=why,
    )
