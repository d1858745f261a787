"""Forgeries of the whole example co-op, one a row: what each forges, the files, and by which check
it is refused. Controls beside them change the same files as one may, and are accepted.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from coopbook import checks
from coopbook.base.diagnostics import Diagnostic
from coopbook.base.messages import translator
from coopbook.records.load import Book, load
from PIL import Image
from support.coops import TODAY, TOP

Edit = str | bytes | None | Callable[[str], str]
FOLDERS = ("decisions", "events", "members", "projects", "schemas", "wiki")
BOARD = "decisions/bodies/conseil-d-administration.yml"
ASSEMBLY = "decisions/bodies/assemblee-generale.yml"
OPEN = "decisions/proposals/deux-jours-sans-reunion.md"
BALLOTS = "decisions/ballots/deux-jours-sans-reunion/"
SECOND = "decisions/proposals/ouvrir-selon-nos-forces.md"
DECIDED = "decisions/proposals/deux-tours-de-parole.md"
FAILED = "decisions/proposals/changer-d-assurance.md"
SIGNED = "decisions/minutes/assemblee-generale-2026-10-15.md"
SENT = "decisions/minutes/conseil-2026-10-09.md"
NOTE = "decisions/minutes/cercle-accueil-2026-10-06.md"
RULES = "decisions/rules.yml"
VOICE = "decisions/bylaws/statuts/voix.md"
VOICE_BEFORE = "decisions/bylaws/statuts/versions/voix/2014-10-02.md"
TEXT = "decisions/bylaws/statuts.yml"
RESULT = "decisions/results/deux-tours-de-parole.yml"
RECORD = "decisions/results/deux-tours-de-parole.events.json"
FEES = "decisions/bylaws/reglement-interieur/frais.md"
FEES_BY = "{minutes: assemblee-generale-2025-06-19, resolution: 4}"
FEES_WORDS = "Le remboursement arrive dans les quinze jours."
PAPER = "decisions/evidence/statuts/page-3.pdf"
SCAN = {PAPER: "%PDF-1.4\n"}
JOURNALS = "decisions/journals.yml"
ELECTION = "decisions/proposals/elire-le-premier-lien.md"
THEO = "members/theo-lambrez.yml"
BALLOT = "choice: for\ncast_at: 2026-11-20T10:00:00+01:00\n"
CHAIR = "    until: 2027-06-30\n"
ETHICS = "decisions/bodies/comite-d-ethique.yml"
ELECTED = "elected_by: assemblee-generale-2026-06-18\n    speaks_for_coop: true"
SAYS_OTHERWISE = "summary:\n  fr: Chacun·e a autant de voix que de parts."
PLAN = "decisions/proposals/plan.png"
NEW = "decisions/proposals/une-autre-semaine.md"
MANDATE = """  - id: {id}
    member: theo-lambrez
    role: {{fr: {role}}}
    from: {start}
    until: 2030-06-30
    {more}
"""


def swap(old: str, new: str, times: int = 1) -> Callable[[str], str]:
    """Words of a file for others; the row is wrong where they are not there."""

    def edit(text: str) -> str:
        assert old in text, f"{old!r} is not there"
        return text.replace(old, new, times)

    return edit


def add(more: str) -> Callable[[str], str]:
    return lambda text: text + more


def head(more: str) -> Callable[[str], str]:
    """A line more in the fields of a text."""
    return swap("\nstatus:", f"\n{more}\nstatus:")


def mandate(id: str, role: str, start: str, more: str) -> Callable[[str], str]:
    return add(MANDATE.format(id=id, role=role, start=start, more=more))


def erratum(was: str, now: str, *more: tuple[str, str]) -> Callable[[str], str]:
    """Words put right as a slip of whoever copied them, and other words swapped along with it."""

    def edit(text: str) -> str:
        entry = (
            f"errata:\n  - on: 2026-11-20\n    by: lena-moreau\n    was: {was}\n    now: {now}\n"
            f"    evidence: {{file: {PAPER}, sha256: {sha256(SCAN[PAPER].encode()).hexdigest()}}}\n"
        )
        text = swap("\n---\n", f"\n{entry}---\n")(text)
        start, body = text.rsplit("\n---\n", 1)
        text = f"{start}\n---\n{swap(was, now)(body)}"
        for old, new in more:
            text = swap(old, new)(text)
        return text

    return edit


def picture(shade: int) -> bytes:
    """A plain picture in a shade of grey."""
    made = BytesIO()
    Image.new("L", (300, 300), shade).save(made, "PNG")
    return made.getvalue()


def journal(*rows: tuple[int, str]) -> str:
    """What is noted of the journals of changes: how many entries, and a letter for the last."""
    votes = [f"{{forge: github, change: 7, entries: {n}, head: {c * 64}}}" for n, c in rows]
    return "noted: 2026-11-20\nvotes:\n" + "".join(f"  - {one}\n" for one in votes)


def drawn(day: str) -> str:
    """An election that is prepared, and whose lot is drawn with what becomes known on a day."""
    text = re.sub("opens:.*\ncloses:.*\n", "", read(ELECTION))
    return text.replace("status: voting", "status: draft").replace("2026-12-09", day)


@dataclass(frozen=True)
class Row:
    """A change: what it does, its files, and the checks of which one refuses it."""

    name: str
    files: dict[str, Edit]
    by: str = ""
    severity: str = "error"
    then: dict[str, Edit] = field(default_factory=dict)
    """Files of a second change, which is the one that is judged, after the first was accepted."""

    def __str__(self) -> str:
        return self.name


def read(path: str) -> str:
    return (TOP / path).read_text(encoding="utf-8")


def promise(line: str) -> Callable[[str], str]:
    """A field of a text in other words, or one that it had not."""
    name = line.partition(":")[0]
    return lambda text: re.sub(f"\n{name}: .*", "", text.rstrip("\n")) + f"\n{line}\n"


def exchange_titles(kind: str, list_: str, one: str, other: str) -> str:
    """Our own record type, in which two fields of a list are called by each other's names."""
    schema = json.loads(read(f"schemas/{kind}.schema.json"))
    fields = schema["properties"][list_]["items"]["properties"]
    titles = [fields[name].get("title", name.capitalize()) for name in (other, one)]
    fields[one]["title"], fields[other]["title"] = titles
    return json.dumps(schema)


def opens(day: str, closes: str = "2026-12-07") -> str:
    """A proposal that is put to the vote, as of a day."""
    text = swap("2026-11-16", day)(swap("2026-12-07", closes)(read(OPEN)))
    return swap("Deux jours par semaine", "Trois jours par semaine")(text)


def amended_errata(*days: str) -> Callable[[str], str]:
    """Errata of a decided proposal or a result, each on a day."""
    entries = ", ".join(f"{{on: {day}, text: {{fr: Il fallait lire contre.}}}}" for day in days)

    def edit(text: str) -> str:
        line = f"errata: [{entries}]\n"
        return head(line[:-1])(text) if text.startswith("---") else text + line

    return edit


def article(adopted_by: str, words: str = "Chacun·e a autant de voix que de parts.") -> str:
    """The article on votes in other words."""
    fields = read(VOICE).split("---")[1].replace("2014-10-02\n", "2026-11-21\n", 1)
    fields = re.sub("adopted_by: .*", f"adopted_by: {adopted_by}\nprevious: 2014-10-02", fields)
    return f"---{fields}---\n\n{words}\n"


CITED = "{minutes: assemblee-generale-2026-10-15, resolution: %s}"

FORGERIES = [
    # Members
    Row(
        "a second vote, under a name of the pen",
        {"members/plume.yml": read(THEO).replace("display: Théo Lambrez", "display: La Plume")},
        "double-vote",
    ),
    Row(
        "a second vote, with the family name first",
        {"members/lambrez.yml": read(THEO).replace("display: Théo L", "display: LAMBREZ Théo #")},
        "double-vote",
    ),
    # Mandates
    Row(
        "a chair for ten years more", {BOARD: swap("2027-06-30", "2037-06-30")}, "undecided-mandate"
    ),
    Row("a mandate without an end", {BOARD: swap(CHAIR, "")}, "undecided-mandate"),
    Row(
        "a treasurer who becomes chair",
        {BOARD: swap("fr: Trésorière", "fr: Présidente")},
        "undecided-mandate",
    ),
    Row(
        "powers without a limit",
        {BOARD: swap("engage les dépenses du budget voté", "engage toute dépense")},
        "undecided-mandate",
    ),
    Row(
        "a spokesman from today, by a few words",
        {
            BOARD: mandate(
                "ca-voix", "Voix", "2026-11-21", "decided_by: Conseil\n    speaks_for_coop: true"
            )
        },
        "undecided-mandate",
    ),
    Row(
        "a secretary from tomorrow, whom the rules let write minutes",
        {BOARD: mandate("ca-secretary-2026", "Aide", "2026-11-22", "elected_by: Assemblée")},
        "undecided-mandate",
    ),
    Row(
        "a treasurer of one's own for the gate, in a body of one's own",
        {
            "decisions/bodies/tresorerie.yml": "name: {fr: T}\nkind: committee\naudience: members\n"
            "mandates:\n"
            + MANDATE.format(id="t", role="Membre", start="2026-11-21", more="decided_by: Nous")
        },
        "undecided-mandate",
    ),
    Row(
        "a treasurer elected by a section of five",
        {
            BOARD: mandate(
                "ca-tresorerie-2026",
                "Trésorier",
                "2026-11-21",
                "elected_by: section-de-montreal-2026-02-04",
            )
        },
        "undecided-mandate",
    ),
    Row(
        "a mandate that the same meeting prolongs",
        {
            BOARD: swap(
                "until: 2028-06-30\n    elected_by: assemblee-generale-2025-06-19\n    speaks",
                "until: 2034-06-30\n    elected_by: assemblee-generale-2025-06-19\n    speaks",
            )
        },
        "undecided-mandate",
    ),
    Row(
        "a mandate that a later meeting is said to have given",
        {
            BOARD: swap(
                "elected_by: Assemblée générale du 20 juin 2024\n    decided",
                "elected_by: assemblee-generale-2026-06-18\n    decided",
            )
        },
        "undecided-mandate",
    ),
    Row(
        "a mandate that was over, and is not any more",
        {BOARD: swap("    ended_on: 2025-06-19\n", "")},
        "dropped-mandate",
    ),
    Row(
        "an end that was another day",
        {BOARD: swap("ended_on: 2025-06-19", "ended_on: 2024-06-21")},
        "dropped-mandate",
    ),
    Row(
        "another auditor",
        {ASSEMBLY: swap("Dominique Lanvéoc", "Camille Autre")},
        "dropped-mandate",
    ),
    Row(
        "no reviewer any more",
        {ASSEMBLY: lambda text: text[: text.index("  - id: ag-revision")]},
        "dropped-mandate",
    ),
    Row(
        "a role by the name of an id",
        {BOARD: swap("ca-vice-presidence-2025", "ca-tresorerie-2025")},
        "dropped-mandate",
    ),
    Row(
        "a proxy for all votes that nobody gave",
        {
            ASSEMBLY: add(
                "proxies:\n  - {principal: ines-benali, holder: theo-lambrez, "
                "received_on: 2026-11-01, until: 2027-11-01}\n"
            )
        },
        "standing-proxy-refused",
    ),
    # Bylaws
    Row(
        "an article on a resolution about another",
        {VOICE: article(CITED % 1), VOICE_BEFORE: read(VOICE)},
        "undecided-article",
    ),
    Row(
        "an article on the formalities",
        {VOICE: article(CITED % 2), VOICE_BEFORE: read(VOICE)},
        "undecided-article",
    ),
    Row(
        "words that a decision adopted, said to be a copyist's slip of another's",
        {
            FEES: erratum(FEES_WORDS, "Rien n'est remboursé.", (FEES_BY, "{text: Assemblée}")),
            **SCAN,
        },
        "undecided-change",
    ),
    Row(
        "who adopted it, told otherwise along with a slip",
        {VOICE: erratum("une voix", "sa voix", ("constitutive du 2", "du 3")), **SCAN},
        "undecided-change",
    ),
    Row(
        "an article that holds no more, along with a slip",
        {
            VOICE: erratum("une voix", "sa voix", ("adopted_by", "repealed: true\nadopted_by")),
            **SCAN,
        },
        "undecided-change",
    ),
    Row(
        "a slip put right by somebody who does not keep the minutes",
        {VOICE: erratum("une voix", "sa voix", ("lena-moreau", "theo-lambrez")), **SCAN},
        "undecided-change",
    ),
    Row(
        "an article by a few words",
        {VOICE: article("{text: Assemblée du 20 novembre 2026}"), VOICE_BEFORE: read(VOICE)},
        "undecided-change",
    ),
    Row(
        "an article amended twice by one resolution",
        {"decisions/bylaws/statuts/conseil.md": swap("de trois à neuf", "de neuf")},
        "undecided-change",
    ),
    Row(
        "three words less, called editorial",
        {
            VOICE: lambda text: head_of_article(text, "editorial: true").replace(
                ", quel que soit", ""
            )
        },
        "undecided-change",
    ),
    Row(
        "who adopted it, told otherwise",
        {VOICE: swap("Assemblée constitutive du 2 octobre 2014", "Assemblée du 3 mars 2016")},
        "undecided-change",
    ),
    Row(
        "the articles called a draft",
        {TEXT: swap("fr: Statuts", "fr: Brouillon")},
        "undecided-change",
    ),
    Row(
        "the articles hidden from the public",
        {
            TEXT: swap("audience: public", "audience: members"),
        },
        "undecided-change",
    ),
    Row(
        "articles that are house rules",
        {TEXT: swap("kind: articles", "kind: house_rules")},
        "undecided-change",
    ),
    Row(
        "an article that moves into a weaker text",
        {VOICE: None, "decisions/bylaws/reglement-interieur/voix.md": read(VOICE)},
        "undecided-change",
    ),
    Row(
        "an article of before its time",
        {VOICE: swap("2014-10-02", "2010-10-02")},
        "undecided-change",
    ),
    Row(
        "a letter that nobody sees", {VOICE: swap("une voix", "une\u200bvoix")}, "undecided-change"
    ),
    Row(
        "a letter of another alphabet",
        {VOICE: swap("a une voix", "\u0430 une voix")},
        "undecided-change",
    ),
    # Rules
    Row("fields for oneself", {RULES: add("fields:\n  member: [membership]\n")}, "undecided-rules"),
    Row(
        "maintainers by another role",
        {RULES: add("maintainers: coordination\n")},
        "undecided-rules",
    ),
    Row(
        "a gate less",
        {RULES: lambda text: re.sub(r"gates:\n(?:  .*\n)+", "", text)},
        "undecided-rules",
    ),
    Row("nine proxies each", {RULES: swap("value: 1", "value: 9")}, "undecided-rules"),
    Row(
        "a strict rule by the name of an easy one",
        {RULES: swap("fr: Changement de statuts", "fr: Décision ordinaire")},
        "rules-contradiction",
    ),
    Row(
        "two rules that change names",
        {
            RULES: lambda text: (
                swap("fr: Changement de statuts", "fr: X")(text)
                .replace("fr: Décision ordinaire", "fr: Changement de statuts")
                .replace("fr: X", "fr: Décision ordinaire")
            )
        },
        "undecided-rules",
    ),
    Row(
        "rules under a name that wins elsewhere",
        {"decisions/rules.yaml": read(RULES)},
        "stray-file",
    ),
    # Open votes
    Row(
        "a summary that promises otherwise",
        {OPEN: swap("six mois", "six ans")},
        "changed-open-vote",
    ),
    Row(
        "a change on the forge slipped under a vote by files",
        {OPEN: head("pull_request: {forge: github, number: 9}")},
        "changed-open-vote",
    ),
    Row(
        "another close",
        {SECOND: swap("closes: 2026-12-09", "closes: 2026-11-25")},
        "changed-open-vote",
    ),
    Row("a teller of one's own", {OPEN: head("tellers: [theo-lambrez]")}, "changed-open-vote"),
    Row("a voter taken out", {OPEN: head("recused: [ines-benali]")}, "changed-open-vote"),
    Row(
        "another rule", {OPEN: swap("category: ordinary", "category: consent")}, "changed-open-vote"
    ),
    Row(
        "another article under the same vote",
        {OPEN: head("amends: [{document: statuts, article: voix}]")},
        "changed-open-vote",
    ),
    Row(
        "a vote renamed under its ballots",
        {
            OPEN: None,
            "decisions/proposals/deux-jours.md": head("formerly: [deux-jours-sans-reunion]")(
                read(OPEN)
            ),
        },
        "ballot-not-entitled",
    ),
    Row("a vote put back", {OPEN: swap("status: voting", "status: open")}, "impossible-status"),
    Row(
        "two ballots of one voter, by the id of today and a former one",
        {"members/theo-lambrez.yml": add("formerly: [theo]\n"), BALLOTS + "theo.yml": BALLOT},
        "ballot-not-entitled",
    ),
    Row("a ballot of who has none", {BALLOTS + "samir-haddad.yml": BALLOT}, "ballot-not-entitled"),
    Row("a ballot by capitals", {BALLOTS + "Ines-Benali.yml": BALLOT}, "ballot-not-entitled"),
    Row("a ballot that no program reads", {BALLOTS + "ines-benali.yaml": BALLOT}, "stray-file"),
    Row(
        "a journal noted a second time, less far",
        {JOURNALS: journal((10, "a"))},
        "journal-set-back",
        then={JOURNALS: journal((3, "b"), (10, "a"))},
    ),
    Row(
        "a lot whose value is known already",
        {"decisions/proposals/elire-un-second-lien.md": drawn("2026-11-18")},
        "faulty-election",
    ),
    Row(
        "a ballot from tomorrow",
        {BALLOTS + "ines-benali.yml": BALLOT.replace("20T", "23T")},
        "ballot-not-entitled",
    ),
    Row(
        "a ballot in the first vote, which was closed",
        {"decisions/ballots/ouvrir-selon-nos-forces/ines-benali.yml": BALLOT},
        "changed-vote",
    ),
    Row(
        "a member since long ago, as of today",
        {
            "members/neuf.yml": "type: person\nname: {display: Neuf}\npresence: present\n"
            "listed: false\nmembership:\n"
            "  - {from: 2020-01-01, category: salarie, college: entrepreneurs}\n"
        },
        "changed-open-vote",
    ),
    Row(
        "an account exchanged",
        {"members/minh-tran.yml": swap("100000007", "100000099")},
        "changed-open-vote",
    ),
    Row(
        "an account of somebody else's, by capitals",
        {
            "members/theo-lambrez.yml": add(
                "accounts:\n  - {forge: github, login: Example-Minh, uid: 9}\n"
            )
        },
        "duplicate-account",
    ),
    Row(
        "somebody's id as a former one",
        {"members/samir-haddad.yml": add("formerly: [lena-moreau]\n")},
        "claimed-id",
    ),
    # What is decided
    Row(
        "a decision that ends by itself",
        {DECIDED: swap("status: in_force", "status: repealed")},
        "impossible-status",
    ),
    Row(
        "an answer in other words",
        {
            "decisions/proposals/un-journal-de-bord-commun.md": swap(
                "deux personnes", "vingt personnes"
            )
        },
        "changed-proposal",
    ),
    Row(
        "what was withdrawn, put to the vote",
        {"decisions/proposals/une-lettre-papier.md": swap("status: withdrawn", "status: voting")},
        "impossible-status",
    ),
    Row(
        "a meeting that confirms what it did not",
        {FAILED: head("ratified_by: {minutes: assemblee-generale-2026-10-15, resolution: 2}")},
        "mismatched-resolution",
    ),
    Row("a vote of the record turned", {RECORD: swap('"for"', '"against"')}, "miscounted-result"),
    Row("a result taken away", {RESULT: None, RECORD: None}, "changed-vote"),
    # Minutes
    Row(
        "an extract in other words",
        {SIGNED: swap("soient connues", "soient cachées")},
        "changed-minutes",
    ),
    Row(
        "a signature more",
        {
            SIGNED: swap(
                "signatures:\n", "signatures:\n  - {member: theo-lambrez, on: 2026-10-30}\n"
            )
        },
        "changed-minutes",
    ),
    Row("minutes that were sent round, gone", {SENT: None}, "changed-minutes"),
    Row("a note that was sent round, gone", {NOTE: None}, "changed-minutes"),
    Row(
        "figures changed as they are approved",
        {
            SENT: lambda text: swap(
                "for: 2\n    against: 0\n    abstain: 1", "for: 3\n    against: 0\n    abstain: 0"
            )(text).replace(
                "status: circulated", "status: approved\napproved: {on: 2026-11-21, by: le conseil}"
            )
        },
        "changed-minutes",
    ),
    # Proofs, names, settings
    Row("a program beside the book", {"outils/compter.py": "print(1)\n"}, "stray-file"),
    Row(
        "modules of another",
        {".gitmodules": '[submodule "x"]\n\tpath = x\n\turl = y\n'},
        "stray-file",
    ),
    Row("a folder by capitals", {"Decisions/rules.yml": read(RULES)}, "stray-file"),
    Row(
        "a member by a letter of another alphabet",
        {"members/lena-m\u043ereau.yml": read("members/lena-moreau.yml")},
        "bad-file-name",
    ),
    Row(
        "a member by an accent apart",
        {"members/le\u0301na.yml": read("members/lena-moreau.yml")},
        "bad-file-name",
    ),
    Row(
        "a program in the site's settings",
        {"mkdocs.yml": add("\nhooks: [x.py]\n")},
        "unsafe-site-setting",
    ),
    Row(
        "an error that is accepted",
        {
            "coop.yml": swap(
                "accepted:\n",
                "accepted:\n    - {check: ballot-not-entitled, file: "
                + BALLOTS
                + "samir-haddad.yml, why: C'est ainsi depuis toujours., until: 2027-01-01}\n",
            ),
            BALLOTS + "samir-haddad.yml": BALLOT,
        },
        "acceptance-invalid",
    ),
    # When it was
    Row(
        "a vote that opened before anybody could read it",
        {NEW: opens("2026-10-16")},
        "vote-with-its-proposal",
    ),
    Row(
        "a vote that was over yesterday",
        {NEW: opens("2026-10-16", "2026-11-20")},
        "vote-with-its-proposal",
    ),
    Row(
        "a proposal that lay open, put to the vote as of last month",
        {NEW: swap("status: voting", "status: open")(opens("2026-11-21"))},
        "vote-with-its-proposal",
        then={
            NEW: lambda text: swap("2026-11-21", "2026-10-21")(
                swap("status: open", "status: voting")(text)
            )
        },
    ),
    Row("an erratum from tomorrow", {DECIDED: amended_errata("2026-11-22")}, "misdated-erratum"),
    Row(
        "an erratum older than the vote",
        {DECIDED: amended_errata("2026-10-01")},
        "misdated-erratum",
    ),
    Row(
        "an erratum older than the count",
        {RESULT: amended_errata("2026-01-01")},
        "misdated-erratum",
    ),
    Row(
        "an erratum said to have stood there before the other",
        {DECIDED: amended_errata("2026-11-20")},
        "misdated-erratum",
        then={
            DECIDED: swap(
                "contre.}}]", "contre.}}, {on: 2026-10-20, text: {fr: Il fallait lire pour.}}]"
            )
        },
    ),
    Row(
        "an erratum of minutes from tomorrow",
        {SIGNED: head("errata: [{on: 2026-11-22, text: Il fallait lire contre.}]")},
        "minutes-out-of-order",
    ),
    Row(
        "minutes approved next year",
        {
            SENT: swap(
                "status: circulated",
                "status: approved\napproved: {on: 2027-11-21, by: le conseil}\n"
                "signatures: [{member: yann-kervella, on: 2027-11-21}]\n"
                "register: {form: electronic}",
            )
        },
        "minutes-out-of-order",
    ),
    Row(
        "minutes signed next year",
        {
            SENT: swap(
                "status: circulated",
                "status: approved\napproved: {on: 2026-11-20, by: le conseil}\n"
                "signatures: [{member: yann-kervella, on: 2027-11-21}]\n"
                "register: {form: electronic}",
            )
        },
        "minutes-out-of-order",
    ),
    Row(
        "another time zone, while people vote until an hour",
        {"coop.yml": swap("timezone: Europe/Paris", "timezone: Pacific/Honolulu")},
        "changed-open-vote",
    ),
    # What is still to come
    Row(
        "a chair who was elected and has not begun, gone",
        {BOARD: mandate("ca-presidence-2027", "Président", "2027-07-01", ELECTED)},
        "dropped-mandate",
        then={
            BOARD: swap(
                MANDATE.format(
                    id="ca-presidence-2027", role="Président", start="2027-07-01", more=ELECTED
                ),
                "",
            )
        },
    ),
    Row(
        "a chair who was elected and has not begun, exchanged",
        {BOARD: mandate("ca-presidence-2027", "Président", "2027-07-01", ELECTED)},
        "dropped-mandate",
        then={BOARD: swap("member: theo-lambrez", "member: samir-haddad")},
    ),
    Row(
        "a chair who was elected for three years, for three days",
        {BOARD: mandate("ca-presidence-2027", "Président", "2027-07-01", ELECTED)},
        "dropped-mandate",
        then={BOARD: swap("until: 2030-06-30", "until: 2027-07-03")},
    ),
    # What a text shows beside its words
    Row(
        "a condition in the title of a link",
        {
            "decisions/bylaws/reglement-interieur/frais.md": add(
                "\n[Le barème](https://e.example/)\n"
            )
        },
        "undecided-change",
        then={
            "decisions/bylaws/reglement-interieur/frais.md": swap(
                "e.example/)", 'e.example/ "sauf Anna")'
            )
        },
    ),
    Row(
        "a condition in a note that nothing names",
        {VOICE: add("\n[^1]: Sauf Anna.\n")},
        "undecided-change",
    ),
    Row(
        "a condition in an address that nothing names",
        {VOICE: add('\n[sauf]: https://e.example/ "Sauf Anna"\n')},
        "undecided-change",
    ),
    Row(
        "an article struck out, whose words are all there",
        {VOICE: swap("une voix", "~~une voix~~")},
        "undecided-change",
    ),
    Row(
        "the plan of a proposal exchanged while people vote",
        {NEW: opens("2026-11-21") + "\n![Le plan](plan.png)\n", PLAN: picture(10)},
        "changed-picture",
        then={PLAN: picture(20)},
    ),
    Row(
        "the plan of an article exchanged, whose words stay",
        {
            VOICE: add("\n![Les parts](parts.png)\n"),
            "decisions/bylaws/statuts/parts.png": picture(10),
        },
        "changed-picture",
        then={"decisions/bylaws/statuts/parts.png": picture(20)},
    ),
    Row(
        "the list that a proposal shows from a page exchanged",
        {
            NEW: opens("2026-11-21") + "\n![La liste](../../wiki/liste.png)\n",
            "wiki/liste.png": picture(10),
        },
        "changed-picture",
        then={"wiki/liste.png": picture(20)},
    ),
    # Names
    Row(
        "a committee by the name of the assembly",
        {ETHICS: lambda text: re.sub("fr: .*", "fr: ASSEMBLÉE générale", text, count=1)},
        "exchanged-name",
    ),
    Row(
        "two colleges that change names",
        {
            "coop.yml": lambda text: (
                swap("fr: Entrepreneur·es\n", "fr: X\n")(text)
                .replace("fr: Équipe d'appui\n", "fr: Entrepreneur·es\n")
                .replace("fr: X\n", "fr: Équipe d'appui\n")
            )
        },
        "exchanged-name",
    ),
    Row(
        "a category of members by the name of another",
        {"coop.yml": swap("fr: Associé·e extérieur·e", "fr: Associé·e salarié·e")},
        "exchanged-name",
    ),
    Row(
        "a trade by the name that another had",
        {
            "schemas/vocabularies/trades.yml": lambda text: swap(
                "fr: Analyste de données,", "fr: Spécialiste en cybersécurité,"
            )(swap("fr: Spécialiste en cybersécurité,", "fr: Autre chose,")(text))
        },
        "exchanged-name",
    ),
    Row(
        "a summary of the articles that says otherwise than they do",
        {TEXT: lambda text: re.sub("summary:\n  fr: .*", SAYS_OTHERWISE, text)},
        "undecided-change",
    ),
    Row("articles that are called drafts", {TEXT: promise("label: Projet")}, "undecided-change"),
    Row(
        "a summary in the country's own words, while people vote",
        {OPEN: swap("summary:\n", "summary:\n  fr-FR: Six ans, pour voir.\n")},
        "changed-open-vote",
    ),
    Row(
        "a strict rule by the name of an easy one, in the country's own words",
        {
            RULES: swap(
                "      fr: Changement de",
                "      fr-FR: Décision ordinaire\n      fr: Changement de",
            )
        },
        "undecided-rules",
    ),
    Row(
        "a close on another day than the one that is written, by a zone that is nowhere",
        {
            NEW: swap("closes: 2026-12-07T18:00:00+01:00", "closes: 2026-12-07T18:00:00+23:59")(
                opens("2026-11-21")
            )
        },
        "schema",
    ),
    Row(
        "minutes whose fields are called by each other's names",
        {
            "schemas/minutes.schema.json": exchange_titles(
                "minutes", "resolutions", "for", "against"
            )
        },
        "invalid-record-type",
    ),
    # What git does not show
    Row(
        "ballots that git leaves out",
        {".gitignore": "/site/\ndecisions/ballots/\n"},
        "hidden-by-git",
    ),
    Row("one ballot that git leaves out", {".gitignore": "ines-ben*.yml\n"}, "hidden-by-git"),
    Row(
        "ballots that git leaves out, by a file among them",
        {"decisions/ballots/.gitignore": "*\n"},
        "stray-file",
    ),
    Row(
        "rules whose change is folded away",
        {".gitattributes": "decisions/rules.yml linguist-generated\n"},
        "hidden-by-git",
    ),
    Row(
        "records that are said to be no text",
        {".gitattributes": "* text=auto\n*.png binary\n*.y*ml -diff\n"},
        "hidden-by-git",
    ),
    Row(
        "two rules put together by a machine",
        {".gitattributes": "/decisions/** merge=union\n"},
        "hidden-by-git",
    ),
    Row(
        "attributes under a name of one's own",
        {".gitattributes": "[attr]quiet -diff -merge\n*.md quiet\n"},
        "hidden-by-git",
    ),
    # Several changes in a row
    Row(
        "a body is named after a gate first, its mandate comes later",
        {
            "decisions/bodies/tresorerie.yml": "name: {fr: T}\nkind: committee\n"
            "audience: members\nmandates: []\n"
        },
        "undecided-mandate",
        then={
            "decisions/bodies/tresorerie.yml": swap(
                "mandates: []\n",
                "mandates:\n"
                + MANDATE.format(
                    id="t", role="Membre", start="2026-11-21", more="decided_by: Nous"
                ),
            )
        },
    ),
    Row(
        "a mandate that weighs nothing first, and speaks for the co-op later",
        {BOARD: mandate("ca-cafe", "Café", "2026-11-20", "decided_by: Conseil")},
        "undecided-mandate",
        then={
            BOARD: add("    speaks_for_coop: true\n"),
        },
    ),
    Row(
        "minutes sent round with other figures first, and approved as they were",
        {
            SENT: swap(
                "for: 2\n    against: 0\n    abstain: 1", "for: 3\n    against: 0\n    abstain: 0"
            )
        },
        "changed-minutes",
        then={
            SENT: lambda text: swap(
                "for: 3\n    against: 0\n    abstain: 0", "for: 0\n    against: 3\n    abstain: 0"
            )(text).replace(
                "status: circulated", "status: approved\napproved: {on: 2026-11-21, by: le conseil}"
            )
        },
    ),
]


def head_of_article(text: str, more: str) -> str:
    return swap("\nnumber:", f"\n{more}\nnumber:")(text)


CONTROLS = [
    Row("nothing but a page", {"wiki/essai.md": "# Un essai\n"}),
    Row("a mandate that ends", {BOARD: swap(CHAIR, CHAIR + "    ended_on: 2026-11-20\n")}),
    Row(
        "a role in another language",
        {BOARD: swap("fr: Trésorière", "fr: Trésorière\n      br: Teñzorer")},
    ),
    Row(
        "a mandate that weighs nothing",
        {BOARD: mandate("ca-cafe", "Café", "2026-11-21", "decided_by: Conseil")},
    ),
    Row(
        "a treasurer whom the assembly elected",
        {
            BOARD: mandate(
                "ca-tresorerie-2026",
                "Trésorier",
                "2026-11-21",
                "elected_by: assemblee-generale-2026-10-15",
            )
        },
    ),
    Row(
        "articles with a title in Breton",
        {TEXT: swap("  fr: Statuts", "  br: Statudoù\n  fr: Statuts")},
    ),
    Row(
        "a label that is clearer",
        {RULES: swap("fr: Consentement", "fr: Consentement de toutes et tous")},
    ),
    Row(
        "a summary in English, while people vote",
        {OPEN: swap("pour voir.\n", "pour voir.\n  en: Six months, to see.\n")},
    ),
    Row("a ballot", {BALLOTS + "ines-benali.yml": BALLOT}),
    Row("a ballot turned by its voter", {BALLOTS + "theo-lambrez.yml": swap("for", "against")}),
    Row(
        "an action done",
        {SIGNED: swap("due: 2026-12-15, status: open", "due: 2026-12-15, status: done")},
    ),
    Row(
        "minutes approved as they were sent round",
        {
            SENT: swap(
                "status: circulated",
                "status: approved\napproved: {on: 2026-11-21, by: le conseil}\n"
                "signatures: [{member: yann-kervella, on: 2026-11-21}]\n"
                "register: {form: electronic}",
            )
        },
    ),
    Row(
        "a lot yet to be drawn",
        {"decisions/proposals/elire-un-second-lien.md": drawn("2026-12-09")},
    ),
    Row("a copyist's slip", {VOICE: erratum("une voix", "sa voix"), **SCAN}),
    Row("a note mended", {NOTE: add("\nUne précision.\n")}),
    Row("a vote that opens today", {NEW: opens("2026-11-21")}),
    Row("an erratum of today", {DECIDED: amended_errata("2026-11-21")}),
    Row(
        "git's own files as init lays them",
        {
            ".gitignore": ".venv/\n/site/\n/build/\n.DS_Store\n*.pyc\n",
            ".gitattributes": "* text=auto eol=lf\n*.png binary\ndecisions/evidence/** -text\n",
        },
    ),
    Row("a picture of a page exchanged", {"wiki/a.png": picture(1), "wiki/a.md": "![a](a.png)\n"}),
    Row("a body that is called otherwise", {ETHICS: swap("fr: Comité", "fr: Le comité")}),
]


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example co-op, without the tool beside it."""
    root = tmp_path_factory.mktemp("example")
    for name in FOLDERS:
        shutil.copytree(TOP / name, root / name)
    for name in ("coop.yml", "mkdocs.yml", "mkdocs.members.yml"):
        shutil.copy(TOP / name, root / name)
    written = (root / "coop.yml").read_text(encoding="utf-8")
    (root / "coop.yml").write_text(written[: written.index("\nbeside:")] + "\n", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def before(example: Path) -> Book:
    return load(example, TODAY)


def change(root: Path, files: dict[str, Edit]) -> Book:
    for name, edit in files.items():
        file = root / name
        if edit is None:
            file.unlink()
            continue
        text = edit(file.read_text(encoding="utf-8")) if callable(edit) else edit
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return load(root, TODAY)


def told(before: Book, after: Book) -> Iterator[Diagnostic]:
    """What the check says of a change that it did not say before."""
    known = {(item.file, item.check, item.message.text) for item in checks.check(before)}
    for item in checks.check_with_base(before, after, checks.check(after)):
        if (item.file, item.check, item.message.text) not in known:
            yield item


def judge(row: Row, example: Path, before: Book, root: Path) -> list[Diagnostic]:
    shutil.copytree(example, root)
    if row.then:
        before = change(root, row.files)
        kept = root.with_name("first")
        shutil.copytree(root, kept)
        before = load(kept, TODAY)
    return list(told(before, change(root, row.then or row.files)))


@pytest.mark.parametrize("row", FORGERIES, ids=str)
def test_a_forgery_is_refused(row: Row, example: Path, before: Book, tmp_path: Path) -> None:
    found = judge(row, example, before, tmp_path / "after")
    say = translator("en")
    errors = {item.check: say(item.message) for item in found if item.severity == "error"}
    assert row.by in errors, errors


@pytest.mark.parametrize("row", CONTROLS, ids=str)
def test_a_control_is_accepted(row: Row, example: Path, before: Book, tmp_path: Path) -> None:
    found = judge(row, example, before, tmp_path / "after")
    say = translator("en")
    assert [(item.check, say(item.message)) for item in found if item.severity == "error"] == []
