"""What a secretariat does, each errand with its button, its command and its part of our guides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..base import markdown
from ..base.messages import Message, _
from ..decisions.votes import rules_of
from . import guides
from .context import Site
from .forge import new_file_address, run_address


@dataclass(frozen=True)
class Errand:
    """Something that is to be done now and then.

    Attributes:
        title: what one does.
        words: when, and what comes of it.
        guide: the guide that tells it step by step.
        part: the heading there, in the English guide.
        workflow: what a forge runs for it; nothing where no workflow does it.
        command: what one types instead.
    """

    title: Message
    words: Message
    guide: str
    part: str
    workflow: str = ""
    command: str = ""


ERRANDS = (
    Errand(
        _("Hold an assembly"),
        _("Notice, proxies, attendance, results and minutes, in seven steps."),
        "secretaries",
        "Preparing a meeting",
        "assembly.yml",
        "coopbook assembly",
    ),
    Errand(
        _("Note votes that came by mail or on paper"),
        _("Each as a ballot, with what proves it; those who count do it, until the close."),
        "deciding",
        "Without an account or a computer",
        command="coopbook import ballots",
    ),
    Errand(
        _("Add a member"),
        _("Question by question; the page is public once its member agrees."),
        "administrators",
        "A record",
        command="coopbook new member",
    ),
    Errand(
        _("Somebody leaves"),
        _("Page, offers and consent end that day; what they still answer for is listed."),
        "administrators",
        "Somebody leaves",
        command="coopbook leave",
    ),
    Errand(
        _("Bring old minutes in"),
        _("From a text, an ODT or a DOCX file, with its date."),
        "secretaries",
        "Bring old minutes in",
        command="coopbook import minutes",
    ),
    Errand(
        _("Publish now"),
        _("Each accepted change publishes by itself; this does it once more."),
        "publishing",
        "What is published",
        "publish.yml",
        "coopbook build",
    ),
    Errand(
        _("Go back to the site before"),
        _("When what was just published is wrong; then mend it in peace."),
        "publishing",
        "Going back",
        "publish.yml",
        "coopbook rollback",
    ),
)


def errand_rows(site: Site) -> Iterator[tuple[Errand, str, str]]:
    """Each errand, where its workflow is started, and its place in the guides."""
    for one in ERRANDS:
        run = run_address(site, one.workflow) if one.workflow else ""
        yield one, run, guide_part(one.guide, one.part, site.language)


def guide_part(guide: str, part: str, language: str) -> str:
    """The anchor of a guide's part for readers of a language. The guides say the same under the
    same headings in each language, so a heading is known by its place.
    """
    known = [heading.text for heading in _headings(guide, guides.USUAL)]
    return _headings(guide, language)[known.index(part)].id


def proposal_address(site: Site) -> str:
    """Where a proposal can be written on the co-op's forge, already begun; empty without a forge.

    It is written as a draft: nobody may vote before its author says so.
    """
    categories = rules_of(site.index).categories
    parts = (_("Context"), _("Proposal"), _("What it changes"), _("What we set aside"))
    text = (
        f"---\ntitle:\n  {site.language}: \naudience: members\ncategory: "
        f"{next(iter(categories), '')}\nstatus: draft\nproposers: []\n---\n"
    ) + "".join(f"\n## {site.words.say(part)}\n\n" for part in parts)
    name = site.words.say(_("title-of-the-proposal"))
    return new_file_address(site, f"decisions/proposals/{name}.md", text)


@lru_cache
def _headings(guide: str, language: str) -> tuple[markdown.Heading, ...]:
    text, _language = guides.text(guide, language)
    return markdown.render(text, lambda url: url).headings
