"""Make the list of programs that a co-op installs with Coopbook: `make lock`.

They are those of `requirements.lock`, without what only developers need; with what pip needs to
make a wheel of Coopbook, so that nothing comes without its digest.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import workflows
from coopbook.records.starter_files import PACKAGES, STARTER

TOP = Path(__file__).parents[1]
UV = Path(sys.executable).parent / "uv"
HEAD = """\
# Ce dont Coopbook a besoin, avec ses empreintes : `coopbook upgrade` le renouvelle.
# What Coopbook needs, with its digests: `coopbook upgrade` renews it.
"""


def main() -> None:
    settings = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*settings["project"]["dependencies"], *settings["build-system"]["requires"]]
    command = (
        *(UV, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
        *("--generate-hashes", "--no-header", "--no-annotate", "--constraint", "requirements.lock"),
        "-",
    )
    ran = subprocess.run(
        command, input="\n".join(wanted), cwd=TOP, capture_output=True, text=True, check=True
    )
    (STARTER / PACKAGES).write_text(HEAD + ran.stdout, encoding="utf-8")
    workflows.main()


if __name__ == "__main__":
    main()
