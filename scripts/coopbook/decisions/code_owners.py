"""The file by which a forge knows whose approval a change asks for: made from `paths` of the rules,
and from who holds which role on the day.

It is the weaker half. `judge` looks at who made a change and at the fields of a record; a forge
knows patterns and accounts alone. What it cannot say (one's own file, the local office, any member,
a vote) gets no owner there: an approval would be asked of somebody to whom the rules give no say,
and the judge holds it all the same. Where nobody with a role can be named, those who look after the
program are.

How forges read it:
    GitHub: https://docs.github.com/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
    GitLab: https://docs.gitlab.com/user/project/codeowners/reference/
    Forgejo, as Gitea: https://docs.gitea.com/usage/repository/code-owners
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import NamedTuple

from ..base.globs import expand_braces, is_sound
from ..base.messages import NOTHING, Message, Translator, _, translator
from ..records.beside import CODE_OWNERS
from ..records.core_kinds import MEMBER
from ..records.index import Index
from .kinds import BODY
from .mandates import mandates_held
from .permissions import MAINTAINERS, OF_VOTERS
from .types import Member
from .votes import rules_of
from .wording.rules_text import permission_words

MADE_BY = "coopbook codeowners"
"""What the first line of such a file names."""


class Holder(NamedTuple):
    """Somebody who holds a role, and their logins on the forge: none where no account there has its
    number, by which alone the judge knows whose it is.
    """

    member: str
    logins: tuple[str, ...]


class Line(NamedTuple):
    """A permission, the patterns that have it, and the logins of those who are named for it."""

    who: str
    globs: tuple[str, ...]
    logins: tuple[str, ...]


def owners_file(index: Index) -> str:
    """Where the forge of the co-op looks for its code owners; empty without a forge."""
    return CODE_OWNERS.get(index.settings.forge.kind, "")


def is_readable(index: Index) -> bool:
    """Whether nothing was refused of what the file is made from: half of it says too little."""
    rules = index.find("rules", "rules")
    sources = [*index.of(BODY), *index.of(MEMBER), *([rules] if rules else [])]
    return all(entry.sound for entry in sources)


def find_obstacle(index: Index, day: date) -> Message:
    """Say why no such file can be made; nothing where it can."""
    if not owners_file(index):
        return _("coop.yml names no forge (“forge”, “kind”): nobody would read code owners.")
    if not is_readable(index):
        return _("The rules, a body or a member's file has faults: “coopbook check” tells them.")
    rules = rules_of(index)
    if not rules.paths:
        return _("There are no rules in decisions/rules.yml that say who may change what: “paths”.")
    if not _logins(_holders(index, rules.maintainers, day)):
        return _(
            "Nobody who holds the role “{role}” today has an account on {forge} with its number "
            "(“accounts”, “uid”): what no line names would be nobody's.",
            role=rules.maintainers,
            forge=index.settings.forge.kind,
        )
    return NOTHING


def find_unnamed(index: Index, day: date) -> Iterator[Message]:
    """Say who holds a role that `paths` names and cannot be named, and which roles nobody is named
    for.
    """
    rules = rules_of(index)
    roles = [who.partition(":")[2] for who in rules.paths.values() if who.startswith("role:")]
    for role in dict.fromkeys([rules.maintainers, *roles]):
        holders = _holders(index, role, day)
        for one in holders:
            if not one.logins:
                yield _(
                    "“{member}” holds the role “{role}” and has no account on {forge} with its "
                    "number (“accounts”, “uid”): the file does not name them.",
                    member=one.member,
                    role=role,
                    forge=index.settings.forge.kind,
                )
        if not _logins(holders):
            yield _(
                "Nobody is named for the role “{role}”: those who look after the program stand "
                "there instead.",
                role=role,
            )


def render_owners(index: Index, day: date) -> str:
    """The file as it should be on a day, in the co-op's first language: the same whoever asks.

    Patterns stand from the weakest permission to the strictest, since GitHub and GitLab take the
    last line that matches, and `Rules.permission` the strictest. No comment names an account:
    GitLab would read it.
    """
    say = translator(index.usage(index.languages[0]), shown=str)
    forge = index.settings.forge.kind
    lines = [*_lines(index, day)]
    every = [one for line in lines for glob in line.globs for one in expand_braces(glob)]
    default = _logins(_holders(index, rules_of(index).maintainers, day))
    rest = f"!({'|'.join(map(_as_regex, every))})" if forge == "forgejo" else "*"
    text = [
        *_head(say, forge),
        "",
        "# " + say(_("What no other line names: those who look after the program")),
        _owners_line(rest, default),
    ]
    for line in lines:
        text += ["", f"# {say(_describe(line))}"]
        for glob in line.globs:
            text += _translate(glob, forge, line.logins)
    return "".join(f"{one}\n" for one in text)


def _head(say: Translator, forge: str) -> Iterator[str]:
    made = _(
        "Made by “{command}”: run it again when the rules, mandates or accounts change.",
        command=MADE_BY,
    )
    yield f"# {say(made)}"
    judge = _("It says less than the rules: “coopbook vote judge” alone holds all of them.")
    yield f"# {say(judge)}"
    if forge == "forgejo":
        yield "# " + say(_("Forgejo asks everybody whose pattern matches, in any line."))
    else:
        yield "# " + say(_("The last line that matches a file counts."))


def _describe(line: Line) -> Message:
    who = permission_words(line.who) if line.who else _("the voter, or a teller")
    if not line.logins:
        return _("{who}: “coopbook vote judge” alone holds it, no owner is asked", who=who)
    return who


def _lines(index: Index, day: date) -> Iterator[Line]:
    """The patterns by who may change them, the weakest first; then what is the voters' own. Of
    lines as strict as each other, the rules take the first: it comes last.
    """
    rules = rules_of(index)
    maintainers = _logins(_holders(index, rules.maintainers, day))
    sound = [(glob, who) for glob, who in reversed(rules.paths.items()) if is_sound(glob)]
    ordered = sorted(sound, key=lambda one: rules.strictness(one[1]))
    for who, group in groupby(ordered, key=lambda one: one[1]):
        word, _colon, role = who.partition(":")
        logins: tuple[str, ...] = ()
        if word == "role":
            logins = _logins(_holders(index, role, day)) or maintainers
        elif word == MAINTAINERS:
            logins = maintainers
        yield Line(who, tuple(glob for glob, _who in group), logins)
    yield Line("", tuple(index.kinds[name].files for name in OF_VOTERS), ())


def _holders(index: Index, role: str, day: date) -> list[Holder]:
    """Who holds a role on a day and has not left, each once, by id."""
    forge = index.settings.forge.kind
    found = []
    for member in sorted({mandate.member for _body, mandate in mandates_held(index, role, day)}):
        entry = index.find(MEMBER, member)
        if entry and not (person := Member.of(entry)).has_left:
            logins = (one.login for one in person.accounts_on(forge) if one.uid is not None)
            found.append(Holder(entry.id, tuple(logins)))
    return found


def _logins(holders: list[Holder]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(login for one in holders for login in one.logins))


def _translate(glob: str, forge: str, logins: tuple[str, ...]) -> Iterator[str]:
    """The lines of one of our patterns. Forgejo knows no line without an owner: it stands in a
    comment there.
    """
    if forge == "forgejo" and not logins:
        yield f"# {glob}"
        return
    forms = {"github": _as_ignored, "gitlab": _as_fnmatch, "forgejo": _as_regex}
    for one in expand_braces(glob):
        yield _owners_line(forms[forge](one), logins)


def _owners_line(pattern: str, logins: tuple[str, ...]) -> str:
    return " ".join([pattern, *(f"@{login}" for login in logins)])


def _as_ignored(glob: str) -> str:
    """As in `.gitignore`, from the top."""
    return "/" + glob.replace(" ", "\\ ")


def _as_fnmatch(glob: str) -> str:
    """As Ruby's `File.fnmatch` reads it, for which `**` at the end is a single star."""
    return _as_ignored(f"{glob}/*" if f"/{glob}".endswith("/**") else glob)


_PIECES = {"**/": "([^/]+/)*", "**": ".*", "*": "[^/]*", " ": "\\ "}


def _as_regex(glob: str) -> str:
    """As a regular expression of Go for the whole path. Characters that mean something there stand
    in brackets: a backslash would have to be written twice.
    """
    pieces = re.split(r"(\*\*/|\*\*|\*| )", glob)
    return "".join(_PIECES.get(one) or re.sub(r"[.+]", r"[\g<0>]", one) for one in pieces)
