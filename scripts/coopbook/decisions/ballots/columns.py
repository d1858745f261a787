"""Where a sheet of votes says who, what, when and why: by the names of its columns.

LimeSurvey heads a column with a question's code (`token`), with its text (`Date submitted`) or with
both (`token. Access code`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...base.formats import slug
from ..tally.arithmetic import Choice

MOST_ABOVE = 80
"""Lines in which the names of columns are looked for."""
CODES = {"token", "access-code", "code-d-acces", "jeton"}
"""LimeSurvey's codes of invitation; a co-op may have written its members' ids there."""
WHO = {
    *(
        "member",
        "membre",
        "adherent",
        "associe",
        "associee",
        "societaire",
        "login",
        "compte",
        "account",
        "username",
        "identifiant",
    ),
    *(
        "email",
        "e-mail",
        "mail",
        "courriel",
        "email-address",
        "adresse-e-mail",
        "adresse-mail",
        "adresse-de-courriel",
        "voter-email",
    ),
    *(
        "name",
        "nom",
        "display-name",
        "nom-complet",
        "full-name",
        "last-name",
        "lastname",
        "nom-de-famille",
    ),
    *("voter", "voter-name", "votant", "votante", "electeur", "participant", "author"),
    *CODES,
}
GIVEN = {"prenom", "firstname", "first-name", "given-name"}
CHOICE = {
    "choice",
    "choix",
    "vote",
    "voix",
    "bulletin",
    "ballot",
    "reponse",
    "answer",
    "sens-du-vote",
}
FINISHED = {"submitdate", "date-submitted", "date-de-soumission"}
"""What only an answer that was sent has; a draft has nothing there."""
WHEN = {"cast-at", "date", "updated-at", "horodatage", "timestamp", *FINISHED}
WHY = {"reason", "raison", "motif", "commentaire", "comment"}
WORDS: dict[str, Choice] = {
    **dict.fromkeys(
        (
            "for",
            "pour",
            "yes",
            "oui",
            "y",
            "o",
            "agree",
            "d-accord",
            "favorable",
            "approve",
            "approuve",
            "in-favour",
        ),
        "for",
    ),
    **dict.fromkeys(
        (
            "against",
            "contre",
            "no",
            "non",
            "n",
            "disagree",
            "pas-d-accord",
            "defavorable",
            "opposed",
        ),
        "against",
    ),
    **dict.fromkeys(("abstain", "abstention", "abstenu", "abstenue", "je-m-abstiens"), "abstain"),
    **dict.fromkeys(("blank", "blanc", "vote-blanc", "bulletin-blanc"), "blank"),
}


@dataclass(frozen=True)
class Columns:
    """Where things stand, by number of column; `options` are columns that are themselves choices,
    `words` what each word means.
    """

    line: int
    names: list[str]
    words: Mapping[str, Choice]
    who: list[int]
    choices: list[int]
    options: dict[int, str]
    given: int | None
    at: int | None
    why: int | None
    finished: int | None

    @property
    def choice(self) -> int | None:
        """The column of the choice, where there is one."""
        return next(iter(self.choices), None)

    @property
    def codes(self) -> set[str]:
        """The names of the columns that hold codes of invitation."""
        return {self.names[at] for at in self.who if _names(self.names[at]) & CODES}


def word(text: str) -> str:
    """A word as it is compared: small and without accents; one of signs alone as it stands."""
    return slug(text) or text.strip()


def known_columns(
    rows: list[tuple[int, list[str]]], who: str, choice: str, words: Mapping[str, Choice]
) -> Columns | None:
    """The first row that names who and what; `who` and `choice` name columns that are not found by
    themselves.
    """
    for line, row in rows[:MOST_ABOVE]:
        names = [_names(name) for name in row]
        people = _those(names, {slug(who)}) if who else _those(names, WHO) or _those(names, {"id"})
        chosen = _those(names, {slug(choice)} if choice else CHOICE)
        options = {} if chosen else {at: name for at, name in enumerate(row) if word(name) in words}
        if people and (chosen or len(options) > 1):
            more = _loomio_options(row) if options else {}
            given, at, why, finished = (
                next(iter(_those(names, of)), None) for of in (GIVEN, WHEN, WHY, FINISHED)
            )
            return Columns(
                line, row, words, people, chosen, options | more, given, at, why, finished
            )
    return None


def _names(head: str) -> set[str]:
    """What a column may be called by: all that stands above it, and the code or the text alone
    where it has both.
    """
    code, _dot, text = head.partition(". ")
    return {slug(head), slug(code), slug(text)} - {""}


def _those(names: list[set[str]], wanted: set[str]) -> list[int]:
    return [at for at, name in enumerate(names) if name & wanted]


def _loomio_options(row: list[str]) -> dict[int, str]:
    """All that stands behind `reason_format` in Loomio's table is an option, also one that is no
    choice of ours.
    """
    names = [slug(name) for name in row]
    start = names.index("reason-format") + 1 if "reason-format" in names else len(names)
    return {at: row[at] for at in range(start, len(row)) if row[at]}
