"""The papers of a notice: the letter with the agenda, the proxy form, the resolutions with what
changes in the articles they name.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..base.messages import NOTHING, Message, _, ngettext
from ..decisions.tally.arithmetic import Quorum, write_fraction
from ..decisions.tally.terms import Category
from ..decisions.types import Resolution
from ..decisions.wording.outcomes import BASES, PARTS
from ..documents.model import Block, Lines, Paper, Text, make_text, parse_markdown
from .amendments import amendments
from .election_text import describe_election
from .elections import is_election
from .record import Assembly
from .vocabulary import HELD


def paper(
    assembly: Assembly,
    name: str,
    title: Message,
    blocks: Iterator[Block],
    day: str = "",
    landscape: bool = False,
) -> Paper:
    """A paper of this assembly, with what all have in common."""
    say = assembly.say
    return Paper(
        assembly.file(name),
        f"{say(title)} – {assembly.title}",
        assembly.coop,
        f"{say(title)} – {assembly.title}",
        say(_("Page")),
        assembly.usage.replace("_", "-"),
        assembly.colour,
        day or assembly.day,
        tuple(blocks),
        landscape,
    )


def head(assembly: Assembly, title: Message) -> Iterator[Block]:
    """What stands at the top of every paper."""
    if assembly.minutes.company_line:
        yield make_text(assembly.minutes.company_line, "lead")
    yield make_text(assembly.say(title), "title")
    yield make_text(assembly.title, "subtitle")


def notice_paper(assembly: Assembly) -> Paper:
    """The letter that calls the meeting, with its agenda."""
    return paper(assembly, "notice", _("Notice of meeting"), _notice(assembly))


def resolutions_paper(assembly: Assembly) -> Paper:
    """What is put to the vote, and what it changes in the articles."""
    return paper(assembly, "resolutions", _("Text of the resolutions"), _resolutions(assembly))


def proxy_form(assembly: Assembly) -> Paper:
    """A proxy to be filled in and signed."""
    return paper(assembly, "proxy", _("Proxy"), _proxy(assembly))


def _notice(assembly: Assembly) -> Iterator[Block]:
    say, notice = assembly.say, assembly.minutes.notice
    yield from head(assembly, _("Notice of meeting"))
    yield (
        make_text(say(_("Sent on {date}", date=assembly.date(notice.sent_on))), "lead")
        if notice.sent_on
        else Lines((say(_("Sent on")),))
    )
    yield make_text(say(_("Dear members,")))
    yield make_text(say(_invitation(assembly)))
    if online := assembly.minutes.online:
        yield make_text(say(_("Online: {address}", address=online)))
    if assembly.second:
        yield make_text(
            say(
                _(
                    "This is a second call: the first meeting had no quorum. What is asked "
                    "for a quorum is then less."
                )
            )
        )
    yield make_text(say(_("Agenda")), "heading")
    for number, item in enumerate(assembly.agenda, 1):
        yield make_text(item, "item", f"{number}.")
    yield make_text(say(_("If you cannot come")), "heading")
    yield make_text(say(_proxies(assembly)))
    if last := assembly.last_days.questions:
        asked = _(
            "Written questions are to arrive on {date} at the latest.", date=assembly.date(last)
        )
        yield make_text(say(asked))
    if notice.documents:
        yield make_text(say(_("Documents")), "heading")
        for item in notice.documents:
            yield make_text(item, "item", "–")
    yield from _closing(assembly)


def _closing(assembly: Assembly) -> Iterator[Block]:
    say, by = assembly.say, assembly.minutes.notice.by
    days = assembly.notice_days
    if days:
        said = ngettext(
            "Notice: {count} day at least before the meeting.",
            "Notice: {count} days at least before the meeting.",
            days,
        )
        yield make_text(say(said), "small")
    yield make_text(by) if by else Lines((say(_("Called by")),))


def _invitation(assembly: Assembly) -> Message:
    opened, place = assembly.minutes.opened, assembly.minutes.place
    when = (
        _("{day} at {time}", day=assembly.weekday, time=assembly.hour(opened))
        if opened
        else Message("{day}", {"day": assembly.weekday})
    )
    held = HELD.get(assembly.minutes.mode)
    said = _(
        "You are invited to the meeting “{title}”, which will be held on {when}.",
        title=assembly.title,
        when=when,
    )
    if place:
        said = _("{sentence} Place: {place}.", sentence=said, place=place)
    return _("{sentence} It is held {how}.", sentence=said, how=held[0]) if held else said


def _proxies(assembly: Assembly) -> Message:
    if not assembly.proxy_rule.allowed:
        return _("The rules of the co-op allow no proxies: only those who are there vote.")
    who = _("You may be represented by another member: fill in the proxy form and send it back.")
    said = _("{sentence} {other}", sentence=who, other=last_day_of_proxies(assembly))
    most = limit_of_proxies(assembly)
    return _("{sentence} {other}", sentence=said, other=most) if most else said


def last_day_of_proxies(assembly: Assembly) -> Message:
    """Until when a proxy is taken, and where it is sent."""
    last, address = assembly.last_days.proxies, assembly.index.settings.email
    said = (
        _("It must arrive on {date} at the latest.", date=assembly.date(last))
        if last
        else _("It is taken until the meeting opens, at the door too.")
    )
    return _("{sentence} By mail: {address}.", sentence=said, address=address) if address else said


def limit_of_proxies(assembly: Assembly) -> Message:
    """How many proxies one member may hold; nothing where there is no limit."""
    if assembly.cap is None:
        return NOTHING
    return ngettext(
        "One member may hold {count} proxy at most.",
        "One member may hold {count} proxies at most.",
        assembly.cap,
    )


def _proxy(assembly: Assembly) -> Iterator[Block]:
    say = assembly.say
    yield from head(assembly, _("Proxy"))
    yield Lines(
        (
            say(_("I, the undersigned (name),")),
            say(_("member of {coop}, appoint (name)", coop=assembly.coop)),
        )
    )
    when = assembly.weekday
    yield make_text(
        say(
            _(
                "to represent me at the meeting “{title}” of {date}, to speak and to vote "
                "there in my name.",
                title=assembly.title,
                date=when,
            )
        )
    )
    if most := limit_of_proxies(assembly):
        yield make_text(say(most), "small")
    yield Lines((say(_("Done at")), say(_("On")), say(_("Signature"))))
    yield make_text(say(last_day_of_proxies(assembly)), "small")


def _resolutions(assembly: Assembly) -> Iterator[Block]:
    yield from head(assembly, _("Text of the resolutions"))
    for one in assembly.resolutions:
        yield from _resolution(assembly, one)
        yield from amendments(assembly, one)


def heading_of(one: Resolution) -> Message:
    """The number and the title of a resolution."""
    if one.title:
        return _("Resolution {number}: {title}", number=one.number, title=one.title)
    return _("Resolution {number}", number=one.number)


def _resolution(assembly: Assembly, one: Resolution) -> Iterator[Block]:
    """A resolution's title, the rule it is decided by, and its text."""
    say = assembly.say
    yield make_text(say(heading_of(one)), "heading")
    rule, item = category_words(assembly, one.category, is_election(assembly, one)), one.agenda
    told = [say(_("Item {number} of the agenda", number=item))] * bool(item) + [rule] * bool(rule)
    if told:
        yield make_text(". ".join(told) + ".", "small")
    for block in parse_markdown(one.text):
        yield Text(block.runs, "quote" if block.style == "body" else block.style, block.mark)
    yield from describe_election(assembly, one)


def category_words(assembly: Assembly, name: str, election: bool = False) -> str:
    """A category and what it asks for, such as: Change of bylaws (quorum 3/4 of those entitled,
    majority 3/4 of those who took part).
    """
    category = assembly.rules.counted_category(name or "", "second" if assembly.second else "first")
    # an election has a majority of its own
    if category is None or (election and category.quorum is None):
        return assembly.category_name(name)
    if election and category.quorum is not None:
        needed = _("quorum: {share} {words}", **_quorum_words(category.quorum))
        words = _("{category} ({rule})", category=assembly.category_name(name), rule=needed)
        return assembly.say(words)
    return assembly.say(
        _("{category} ({rule})", category=assembly.category_name(name), rule=_rule(category))
    )


def _rule(category: Category) -> Message:
    """Quorum and majority; of a category that decides otherwise, that its rule has more words."""
    share, quorum = category.majority, category.quorum
    if share is None:
        majority = _("as the rules of decision say")
    else:
        least = (
            _("more than {fraction}", fraction=write_fraction(share.fraction))
            if share.op == "gt"
            else _("at least {fraction}", fraction=write_fraction(share.fraction))
        )
        majority = _("majority: {share} {words}", share=least, words=BASES[share.base])
    if quorum is None:
        return majority
    return _("quorum: {share} {words}; {majority}", **_quorum_words(quorum), majority=majority)


def _quorum_words(quorum: Quorum) -> dict[str, Message]:
    """How many must take part, and in which way."""
    share = (
        _("{fraction} of the members", fraction=write_fraction(quorum.fraction))
        if quorum.fraction is not None
        else ngettext("{count} member", "{count} members", quorum.minimum)
    )
    return {"share": share, "words": PARTS[quorum.of]}
