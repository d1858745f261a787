"""The square code of printed pages: `python scripts/vendor/qr.py TARBALL`, where TARBALL is what
`npm pack lean-qr@2.7.4` gives.

Kept is its smallest build, which draws on a canvas (MIT; the licence is written beside it).
"""

from __future__ import annotations

import hashlib
import sys
import tarfile
from pathlib import Path

SHA256 = "e751d84a17c979a79d231828b9a3da0595614340d0d1138dec557ddc63deb10e"
OUT = Path(__file__).parents[1] / "coopbook/site/static"
KEPT = {"package/nano.mjs": "lean-qr.js", "package/LICENSE": "lean-qr.LICENSE"}


def main(tarball: Path) -> None:
    found = hashlib.sha256(tarball.read_bytes()).hexdigest()
    if found != SHA256:
        sys.exit(f"{tarball} is not lean-qr 2.7.4: {found}")
    with tarfile.open(tarball) as package:
        for name, kept in KEPT.items():
            member = package.extractfile(name)
            assert member
            (OUT / kept).write_bytes(member.read())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
