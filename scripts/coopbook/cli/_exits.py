"""How a command leaves when it cannot do what was asked."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..base.messages import Message, Misuse, Translator, translator
from ._language import system_language


@contextmanager
def refusals(say: Translator) -> Iterator[None]:
    """Tell a `Misuse` that comes from inside and leave with 2."""
    try:
        yield
    except Misuse as misuse:
        refuse(misuse.message, say)


def refuse(message: Message, say: Translator | None = None) -> None:
    """Misuse: say why and leave with 2."""
    print((say or translator(system_language()))(message), file=sys.stderr)
    raise SystemExit(2)


def require_coop(root: Path, language: str) -> None:
    """Leave with 2 where the folder is no co-op's."""
    from ..records.load import missing_coop

    wrong = missing_coop(root)
    if wrong:
        refuse(wrong, translator(language))
