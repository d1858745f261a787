"""What `new` and `init` share: somebody at the keyboard, who may stop at any moment."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from ..base.messages import Translator, _
from ..editing.prompts import Ended


@contextmanager
def answers(say: Translator) -> Iterator[None]:
    """Questions are asked inside; where the answers end too early, nothing is written and the
    command leaves with 1.
    """
    if sys.stdin.isatty():
        with suppress(ImportError):
            import readline  # noqa: F401 -- arrow keys, for those who mistype
    try:
        yield
    except Ended as ended:
        said = _(
            "There is no answer to “{question}”: nothing was written.", question=ended.question
        )
    except KeyboardInterrupt:
        said = _("Stopped: nothing was written.")
    else:
        return
    print(f"\n{say(said)}", file=sys.stderr)
    raise SystemExit(1)
