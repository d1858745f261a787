"""What `new` and `init` share: somebody at the keyboard, who may stop and go on later."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from ..base.messages import Translator, _
from ..editing.prompts import Asker, Ended


@contextmanager
def conversation(
    say: Translator, kept: Path | None = None, *, asks: bool = True
) -> Iterator[Asker]:
    """Somebody to ask; where the answers end too early, nothing is written and the command leaves
    with 1.

    What somebody at a keyboard has answered is kept in a file and taken up by the next time, until
    all is well.

    Args:
        say: Says our questions.
        kept: The file of the answers; without one they are not kept.
        asks: Whether anything is asked at all.
    """
    asker = Asker(say, input if asks else None, print)
    is_somebody = asks and sys.stdin.isatty()
    if is_somebody:
        with suppress(ImportError):
            import readline  # noqa: F401 -- arrow keys, for those who mistype
    file = kept if is_somebody else None
    try:
        if file:
            _take_up(asker, file)
            asker.keep = lambda: _keep(asker, file)
            print(say(_("< goes back to the question before; Ctrl-C stops and keeps the answers.")))
        yield asker
    except Ended as ended:
        said = _(
            "There is no answer to “{question}”: nothing was written.", question=ended.question
        )
    except KeyboardInterrupt:
        said = _("Stopped: nothing was written.")
    else:
        if file:
            file.unlink(missing_ok=True)
        return
    print(f"\n{say(said)}", file=sys.stderr)
    if file and file.is_file():
        again = _(
            "Your answers are kept in {file}: the same command goes on from there.", file=file
        )
        print(say(again), file=sys.stderr)
    raise SystemExit(1)


def _take_up(asker: Asker, kept: Path) -> None:
    """Take up the answers of an earlier time, if somebody wants them."""
    try:
        answers = msgspec.json.decode(kept.read_bytes(), type=dict[str, str])
    except (OSError, msgspec.MsgspecError, UnicodeError):
        return
    question = _("There are answers of an earlier time. Go on with them?")
    if answers and Asker(asker.say, input, print).yes(question, default=True):
        asker.answers = answers
    else:
        kept.unlink(missing_ok=True)


def _keep(asker: Asker, kept: Path) -> None:
    """Keep the answers so far for this account alone; where that cannot be, go on without."""
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_bytes(msgspec.json.encode(asker.answers))
