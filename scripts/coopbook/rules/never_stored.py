"""Social-security numbers, bank accounts, bank cards, keys and passwords stand nowhere.

Every text is looked at: NIR (France), NISS (Belgium), NAS (Canada, where the word or the country is near), IBAN and card numbers by
their check digits (python-stdnum), keys and tokens by their known forms (detect-secrets).

## Why
They open bank accounts and identities. Whoever clones the repository has them, and its history keeps them after they are deleted: a
key found here must be replaced, not only taken out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module

from ..diagnostics import Diagnostic
from ..index import Index
from ..messages import Message, _
from ..records import Record

_DIGITS = re.compile(r"(?<![0-9A-Za-z])(?:[0-9][0-9 .\-/]{7,22}[0-9]|[12][0-9 .]{4,8}2[AB][0-9 .]{7,14}[0-9])(?![0-9A-Za-z])")
_IBAN = re.compile(r"(?<![0-9A-Za-z])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}(?![0-9A-Za-z])")
_DETECTORS = {
    "aws": "AWSKeyDetector",
    "discord": "DiscordBotTokenDetector",
    "github_token": "GitHubTokenDetector",
    "gitlab_token": "GitLabTokenDetector",
    "jwt": "JwtTokenDetector",
    "openai": "OpenAIDetector",
    "private_key": "PrivateKeyDetector",
    "pypi_token": "PypiTokenDetector",
    "sendgrid": "SendGridDetector",
    "slack": "SlackDetector",
    "stripe": "StripeDetector",
    "telegram_token": "TelegramBotTokenDetector",
    "twilio": "TwilioKeyDetector",
}
_CANADIAN_WORD = re.compile(r"\b(NAS|SIN)\b|assurance sociale|social insurance", re.I)
_TAKE_OUT = _("Take it out at once. It stays in the history: tell the co-op's administrator.")
_REPLACE = _("Replace it where it is used, then take it out: it stays in the history.")


def check_record(record: Record, index: Index) -> Iterator[Diagnostic]:
    texts = [
        (path, value)
        for path, value, schema in record.leaves
        if isinstance(value, str) and not {"format", "x-vocabulary", "x-ref"} & schema.keys()
    ]
    if not any(_found("\n".join([*(value for _, value in texts), record.body]), index)):
        return
    for path, value in texts:
        for _start, message, help in _found(value, index):
            yield record.error(message, *path, help=help)
    for start, message, help in _found(record.body, index):
        line = record.body.count("\n", 0, start) + 1
        column = start - (record.body.rfind("\n", 0, start) + 1) + 1
        yield record.error_in_body(message, line, column, help=help)


def _found(text: str, index: Index) -> Iterator[tuple[int, Message, Message]]:
    for found in _DIGITS.finditer(text):
        name = _number(re.sub(r"[^0-9AB]", "", found[0]), found[0], text, index)
        if name:
            yield found.start(), _("This looks like a number that is never stored here: {name}.", name=name), _TAKE_OUT
    for found in _IBAN.finditer(text):
        if _is_iban(found[0]):
            yield found.start(), _("This looks like a number that is never stored here: {name}.", name="IBAN"), _TAKE_OUT
    for kind, pattern in _secrets():
        for found in pattern.finditer(text):
            yield found.start(), _("This looks like a key or password: {name}.", name=kind), _REPLACE


def _number(digits: str, written: str, text: str, index: Index) -> Message | None:
    for length, check, known in _checks():
        if len(digits) == length and check(digits):
            return known
    if len(digits) == 9 and re.fullmatch(r"[0-9]{3}([ -]?)[0-9]{3}\1[0-9]{3}", written) and _is_canadian(digits):
        near = _CANADIAN_WORD.search(text) or index.coop.get("country") == "CA"
        return _("a Canadian social insurance number (NAS)") if near else None
    return None


@lru_cache(maxsize=1)
def _checks() -> tuple[tuple[int, Callable[[str], bool], Message], ...]:
    from stdnum import luhn
    from stdnum.be import nn
    from stdnum.fr import nir

    return (
        (15, nir.is_valid, _("a French social-security number (NIR)")),
        (11, nn.is_valid, _("a Belgian national number (NISS)")),
        (16, lambda digits: digits[0] in "3456" and luhn.is_valid(digits), _("a bank card number")),
    )


def _is_canadian(digits: str) -> bool:
    from stdnum.ca import sin

    return bool(sin.is_valid(digits))


def _is_iban(text: str) -> bool:
    from stdnum import iban

    return bool(iban.is_valid(text))


@lru_cache(maxsize=1)
def _secrets() -> list[tuple[str, re.Pattern[str]]]:
    """The forms of keys and tokens that detect-secrets knows, by the name it gives them; its looser ones match plain words."""
    detectors = [getattr(import_module(f"detect_secrets.plugins.{module}"), name)() for module, name in _DETECTORS.items()]
    return [(detector.secret_type, pattern) for detector in detectors for pattern in detector.denylist]
