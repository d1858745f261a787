"""What pages load: one style sheet, small scripts, a font, the co-op's sign.

Names carry a digest, so that hosts may keep the files for long.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from ..base.colours import mark, variables
from ..base.positions import Value

_HERE = Path(__file__).parent
FOLDER = "assets/coop"
FONTS = ("figtree.woff2", "figtree-ext.woff2", "figtree.LICENSE")


def files(coop: Value) -> dict[str, bytes]:
    """Every file by its path from the site's root."""
    as_they_are = (*FONTS, "lean-qr.LICENSE")
    made = {f"{FOLDER}/{name}": (_HERE / "static" / name).read_bytes() for name in as_they_are}
    made |= {
        path(name, coop): content(name, coop)
        for name in ("coop.css", "theme.js", "coop.js", "register.js", "lean-qr.js")
    }
    return made | {f"{FOLDER}/sign.svg": content("sign.svg", coop)}


def content(name: str, coop: Value) -> bytes:
    """One of the files that we make."""
    if name == "coop.css":
        parts = [
            variables(coop.get("look")),
            *(
                part.read_text(encoding="utf-8")
                for part in sorted((_HERE / "styles").glob("*.css"))
            ),
        ]
        return "".join(parts).encode()
    if name == "sign.svg":
        return mark(str(coop.get("name") or "·"), coop.get("look")).encode()
    return (_HERE / "static" / name).read_bytes()


def path(name: str, coop: Value) -> str:
    """Its address, with a digest of what it holds."""
    stem, _dot, suffix = name.rpartition(".")
    return f"{FOLDER}/{stem}.{_digest(content(name, coop))}.{suffix}"


@lru_cache
def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=4).hexdigest()
