"""`coopbook import`"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..base.messages import Translator, _
from ._exits import refuse, require_coop
from ._language import Spoken, said, system_language
from ._options import Instant, Today, lang_option, root_argument

if TYPE_CHECKING:
    from ..decisions.bylaws.cutting import Text
    from ..records.index import Index


class Meaning(click.ParamType[tuple[str, Any]]):
    """A word of a sheet and the choice that it means, such as A1=for."""

    name = "WORD=CHOICE"

    def convert(self, value: Any, param: Any, context: Any) -> tuple[str, Any]:
        from ..decisions.ballots.columns import WORDS, word

        if isinstance(value, tuple):
            return value
        code, _sign, choice = value.rpartition("=")
        if not word(code) or word(choice) not in WORDS:
            self.fail(
                said(_("“{value}” is not a word and its choice, such as A1=for.", value=value)),
                param,
                context,
            )
        return code, WORDS[word(choice)]


_KINDS = ["articles", "bylaws", "house_rules", "charter"]


@click.command("import", cls=Spoken)
@click.argument("what", type=click.Choice(["ballots", "bylaws"]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@root_argument
@click.option(
    "--document",
    metavar="ID",
    help=said(_("The id of the new text; made from its title when left out.")),
)
@click.option(
    "--kind",
    type=click.Choice(_KINDS),
    default="bylaws",
    help=said(_("What sort of text it is; bylaws when left out.")),
)
@click.option(
    "--in-force",
    "day",
    type=Today(),
    default=date.today,
    show_default=False,
    help=said(_("Since when it holds; today when left out.")),
)
@click.option(
    "--adopted-by", metavar="TEXT", help=said(_("Who adopted it and when, in a few words."))
)
@click.option("--proposal", metavar="ID", help=said(_("Ballots: the proposal that was voted on.")))
@click.option("--by", metavar="MEMBER", help=said(_("Ballots: the teller who answers for them.")))
@click.option(
    "--evidence",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=said(_("Ballots: what proves them; FILE itself when left out.")),
)
@click.option(
    "--no-copy",
    is_flag=True,
    help=said(
        _(
            "Ballots: keep the fingerprint of the proof alone, not the file: all members can read what is kept."
        )
    ),
)
@click.option(
    "--member",
    metavar="COLUMN",
    default="",
    help=said(_("Ballots: the column that names the member, where it is not found.")),
)
@click.option(
    "--choice",
    metavar="COLUMN",
    default="",
    help=said(_("Ballots: the column of the choice, where it is not found.")),
)
@click.option(
    "--word",
    "words",
    type=Meaning(),
    multiple=True,
    help=said(
        _(
            "Ballots: what a word or a code of FILE means, such as A1=for. May be given several times."
        )
    ),
)
@click.option(
    "--at",
    type=Instant(),
    help=said(
        _(
            "Ballots: when they were cast, where FILE does not say; the close of the vote, or now, when left out."
        )
    ),
)
@lang_option
def command(what: str, file: Path, root: Path, day: date, lang: str | None, **given: Any) -> None:
    """Bring what is written elsewhere into ROOT: bylaws, or ballots.

    bylaws: a Markdown FILE whose headings become articles. The text is for members until its files say otherwise. What would come back with
    other words is told.

    ballots: a CSV FILE of who voted what, from a teller's own sheet, LimeSurvey or Loomio. Each line becomes a ballot that the teller answers
    for, and FILE is kept as their proof. Where one line is doubtful, nothing is written and every doubt is told.
    """
    from ..base.messages import translator
    from ..records.load import load

    require_coop(root, lang or system_language())
    book = load(root, day)
    say = translator(lang or book.index.usage(book.index.languages[0]))
    if what == "ballots":
        from ._balloting import imported

        raise SystemExit(imported(root, book, file, given, say))
    _bylaws(root, book.index, file, day, given, say)


def _bylaws(
    root: Path, index: Index, file: Path, day: date, given: dict[str, Any], say: Translator
) -> None:
    from ..base.formats import slug
    from ..decisions.bylaws.cutting import cut

    try:
        written = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        refuse(_("“{file}” is no text in UTF-8.", file=file), say)
        return
    text = cut(written)
    id = given["document"] or slug(text.title or file.stem)
    if not id or slug(id) != id:
        refuse(
            _("“{id}” is no id: use small letters without accents, digits and hyphens.", id=id), say
        )
    taken = [
        path
        for path in (f"decisions/bylaws/{id}.yml", f"decisions/bylaws/{id}")
        if (root / path).exists()
    ]
    if taken:
        refuse(_("{file} exists already; choose another id with --document.", file=taken[0]), say)
    if not text.articles:
        refuse(_("There is no text in “{file}”.", file=file), say)
    common: dict[str, Any] = {"audience": "members", "in_force": day.isoformat()}
    common |= {"adopted_by": {"text": given["adopted_by"]}} if given["adopted_by"] else {}
    _write(
        root,
        id,
        _document(text, text.title or file.stem, given["kind"], index.languages[0]),
        _records(text, common),
    )
    print(say(_("Written: {file}", file=f"decisions/bylaws/{id}.yml")))
    print(
        say(
            _(
                "Articles: {count}, in {folder}",
                count=len(text.articles),
                folder=f"decisions/bylaws/{id}/",
            )
        )
    )
    for fault in _lost(root, id, written, day):
        print(say(fault), file=sys.stderr)


def _document(text: Text, title: str, kind: str, language: str) -> dict[str, Any]:
    found: dict[str, Any] = {"title": {language: title}, "kind": kind, "audience": "members"}
    return (
        found
        | ({"label": text.label} if text.label else {})
        | ({} if text.numbered else {"numbered": False})
    )


def _records(text: Text, common: dict[str, Any]) -> dict[str, tuple[dict[str, Any], str]]:
    """Fields and text of each article's file, by its id."""
    from ..base.formats import slug

    found: dict[str, tuple[dict[str, Any], str]] = {}
    for article in text.articles:
        stem = (
            slug(article.title)[:50].strip("-") or f"{article.place or 'article'}-{article.number}"
        )
        names = [stem, *(f"{stem}-{number}" for number in range(2, 1000))]
        id = next(name for name in names if name not in found and name != "versions")
        fields = {
            name: getattr(article, name)
            for name in ("number", "suffix", "place", "title", "part")
            if getattr(article, name)
        }
        found[id] = fields | common, article.text
    return found


def _write(
    root: Path, id: str, document: dict[str, Any], articles: dict[str, tuple[dict[str, Any], str]]
) -> None:
    """The document and its articles, all the files or none."""
    from ..base.atomic_files import all_or_none
    from ..yaml_files.editor import render

    files = {f"{id}/{name}.md": render(fields, text) for name, (fields, text) in articles.items()}
    all_or_none(root / "decisions" / "bylaws", files | {f"{id}.yml": render(document)})


def _lost(root: Path, id: str, written: str, day: date) -> list[Any]:
    """What does not come back in the same words."""
    from ..decisions.bylaws import consolidated
    from ..decisions.bylaws.wording import bare, lines
    from ..records.load import load

    index = load(root, day).index
    document = index.find("bylaws", id)
    back = (
        consolidated(index, document, day.isoformat(), lambda message: message.text)
        if document
        else ""
    )
    if bare(back) == bare(written):
        return []
    ours = {tuple(bare(line)) for line in lines(back)}
    other = [line for line in lines(written) if tuple(bare(line)) not in ours]
    return [_("Not the same words: look at “{line}”.", line=line) for line in other[:5]] or [
        _("The same lines in another order.")
    ]
