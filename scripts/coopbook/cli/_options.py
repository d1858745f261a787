"""Arguments and options that several commands share."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..base.messages import _, languages
from ._language import say_in_terminal, speak_as_asked

if TYPE_CHECKING:
    from ..decisions.accounts import Account

FORGES = ("github", "forgejo", "gitlab")
_UID = re.compile(r"[1-9][0-9]{0,18}")


def not_far(kind: click.ParamType[Any], value: Any, param: Any, context: Any) -> None:
    """Refuse a day or an instant of a year that no co-op's book can mean."""
    from ..base.formats import FIRST_YEAR, LAST_YEAR, is_far

    if is_far(value):
        words = _(
            "“{value}” is not of a year between {first} and {last}.",
            value=value,
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
        kind.fail(say_in_terminal(words), param, context)


class Today(click.ParamType[date]):
    """A date such as 2026-01-31."""

    name = "DATE"

    def convert(self, value: Any, param: Any, context: Any) -> date:
        from ..base.formats import is_date

        if isinstance(value, date):
            return value
        not_far(self, value, param, context)
        if not is_date(value):
            self.fail(
                say_in_terminal(_("“{value}” is not a date such as 2026-01-31.", value=value)),
                param,
                context,
            )
        return date.fromisoformat(value)


class AccountType(click.ParamType["Account"]):
    """An account of a forge such as github:ana:583231."""

    name = "ACCOUNT"

    def convert(self, value: Any, param: Any, context: Any) -> Account:
        from ..decisions.accounts import Account

        if isinstance(value, Account):
            return value
        forge, _colon, rest = str(value).partition(":")
        login, _colon, uid = rest.rpartition(":")
        if forge not in FORGES or not login or not _UID.fullmatch(uid):
            words = _("“{value}” is no account such as github:ana:583231.", value=value)
            self.fail(say_in_terminal(words), param, context)
        return Account(forge, login, int(uid))  # type: ignore[arg-type]  # it is among FORGES


def root_argument(command: Any) -> Any:
    return click.argument(
        "root", type=click.Path(file_okay=False, exists=True, path_type=Path), default=Path()
    )(command)


def today_of_coop(context: click.Context, _param: Any, day: date | None) -> date:
    """The day that was given, else the one that it is where the co-op of the command is."""
    from ..records.opening import today_of

    return day or today_of(context.params.get("root") or Path(), datetime.now(UTC))


def today_option(command: Any) -> Any:
    return click.option(
        "--today",
        type=Today(),
        callback=today_of_coop,
        help=say_in_terminal(_("The day to judge dates by; today when left out.")),
        show_default=False,
    )(command)


def audience_option(command: Any) -> Any:
    return click.option(
        "--audience",
        type=click.Choice(["public", "members", "all"]),
        default="all",
        help=say_in_terminal(_("Which site; both when left out.")),
    )(command)


def out_option(command: Any) -> Any:
    return click.option(
        "--out",
        type=click.Path(file_okay=False, path_type=Path),
        help=say_in_terminal(
            _("Where the sites are: DIR/public and DIR/members; ROOT/site when left out.")
        ),
    )(command)


def lang_option(command: Any) -> Any:
    words = say_in_terminal(_("Language of the messages; else that of the co-op or the system."))
    return click.option(
        "--lang", type=click.Choice(languages()), is_eager=True, callback=speak_as_asked, help=words
    )(command)


class Instant(click.ParamType[datetime]):
    """An instant such as 2026-01-31T18:00:00+01:00."""

    name = "INSTANT"

    def convert(self, value: Any, param: Any, context: Any) -> datetime:
        from ..base.formats import is_instant

        if isinstance(value, datetime):
            return value
        not_far(self, value, param, context)
        if not is_instant(value):
            self.fail(
                say_in_terminal(
                    _("“{value}” is not an instant such as 2026-01-31T18:00:00+01:00.", value=value)
                ),
                param,
                context,
            )
        return datetime.fromisoformat(value)
