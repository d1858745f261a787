"""A compiled catalogue of gettext, read sentence by sentence.

`gettext.GNUTranslations` decodes all of a file when it opens it: for our few thousand sentences
that takes longer than the rest of a small check, which says a dozen of them.
"""

from __future__ import annotations

import gettext
import re
from struct import unpack_from
from typing import Protocol

_MAGIC = 0x950412DE


class _File(Protocol):
    def read(self) -> bytes: ...


class Catalogue(gettext.NullTranslations):
    """The sentences of a `.mo` file (GNU gettext manual, “The Format of GNU MO Files”)."""

    def _parse(self, fp: _File) -> None:
        """Find where each sentence lies. gettext calls this for the file it was given."""
        data = fp.read()
        order = "<" if unpack_from("<I", data)[0] == _MAGIC else ">"
        count, ids, texts = unpack_from(f"{order}3I", data, 8)
        keys = unpack_from(f"{order}{2 * count}I", data, ids)
        self._data = data
        self._spans = unpack_from(f"{order}{2 * count}I", data, texts)
        self._numbers = {
            data[start : start + length].partition(b"\0")[0]: number
            for number, (length, start) in enumerate(zip(keys[::2], keys[1::2], strict=True))
        }
        self._read: dict[str, list[str]] = {}
        rule = re.search(r"plural=([^;\n]+)", self._forms("")[0])
        self._plural = gettext.c2py(rule[1] if rule else "n != 1")

    def _forms(self, key: str) -> list[str]:
        """The translation of a sentence, one text a plural form; empty where there is none. Pages
        say the same few hundred again and again.
        """
        if key not in self._read:
            number = self._numbers.get(key.encode())
            length, start = (0, 0) if number is None else self._spans[2 * number : 2 * number + 2]
            text = self._data[start : start + length].decode()
            self._read[key] = [] if number is None else text.split("\0")
        return self._read[key]

    def gettext(self, message: str) -> str:
        return next(iter(self._forms(message)), "") or super().gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        forms = self._forms(msgid1)
        return forms[self._plural(n)] if forms else super().ngettext(msgid1, msgid2, n)

    def pgettext(self, context: str, message: str) -> str:
        forms = self._forms(f"{context}\x04{message}")
        return next(iter(forms), "") or super().pgettext(context, message)
