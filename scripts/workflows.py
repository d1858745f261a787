"""Make `.github/workflows/` from the workflows that `coopbook init` lays: `make docs`.

A new co-op installs Coopbook from `requirements.txt`; this repository is a co-op's book and the
tool, and installs itself. VALUES says all that differs, `tests/docs/test_workflows.py` that nothing
else does. What the starter's files hold is noted, too, so that `coopbook upgrade` knows a file that
nobody changed.

Actions are pinned by full commit. Each was read, with its version, in these public workflows:

- actions/checkout v7.0.1, actions/setup-python v7.0.0: openshift-eng/ai-helpers
  (`.github/workflows/site.yml`), brettbergin/github-auditor (`.github/workflows/ci.yml`)
- actions/upload-artifact v7.0.1: zizmorcore/zizmor (`.github/workflows/release-binaries.yml`)
- actions/upload-pages-artifact v5.0.0, actions/deploy-pages v5.0.0:
  esphome/device-builder-frontend (`.github/workflows/deploy-web.yml`), zizmorcore/zizmor
  (`.github/workflows/site.yml`)
"""

from __future__ import annotations

import json
from pathlib import Path

from coopbook.editing.starter import DIGESTS, digest, present_files

TOP = Path(__file__).parents[1]
STARTER = TOP / "scripts/coopbook/data/starter/common/dot-github/workflows"
OUTPUT = TOP / ".github/workflows"
INSTALL = ("run: python -m pip install --requirement requirements.txt", "run: make .venv/ready")

VALUES: dict[str, list[tuple[str, str]]] = {
    "assembly.yml": [
        INSTALL,
        ("          coopbook assembly ", "          .venv/bin/coopbook assembly "),
        ("run: coopbook check ", "run: .venv/bin/coopbook check "),
    ],
    "check.yml": [
        ("    name: Files\n", "    name: Tests and data\n"),
        (
            """\
      - name: Install Coopbook
        run: python -m pip install --requirement requirements.txt

      - name: Check the files
""",
            """\
      - name: Install the web server that the tests ask
        run: sudo apt-get update -qq && sudo apt-get install -y -qq --no-install-recommends caddy

      - name: Run the tests
        run: make test

      - name: Check the proposed change
        # Also when a test failed, so the member sees what to correct.
        if: ${{ !cancelled() }}
""",
        ),
        (
            'run: coopbook check --base "$BASE"',
            'run: .venv/bin/coopbook check --format github --base "$BASE"',
        ),
    ],
    "publish.yml": [
        (
            "  workflow_dispatch:\n",
            """\
  workflow_dispatch:
    inputs:
      revision:
        description: "Version à publier de nouveau, lue au pied d'une page (vide : la plus récente)"
        type: string
        required: false
""",
        ),
        (
            "          persist-credentials: false\n",
            """\
          fetch-depth: 0 # for the days of the pages, and for an earlier version
          persist-credentials: false

      - name: Go back to an earlier version
        if: ${{ inputs.revision != '' }}
        env:
          REVISION: ${{ inputs.revision }}
        run: |
          # Only a version of this branch: a commit of somebody's fork has a name here, too.
          if [[ "$REVISION" =~ ^[0-9a-f]{7,40}$ ]] \\
            && commit="$(git rev-parse --verify --quiet "$REVISION^{commit}")" \\
            && git merge-base --is-ancestor "$commit" HEAD; then
            git checkout --quiet --detach "$commit"
          else
            echo "::error::Aucune version publiée ne porte ce nom. Recopiez celui qui est au \
pied d'une page du site, par exemple a5b81fb."
            exit 1
          fi
""",
        ),
        (
            """\
      - name: Install Coopbook
        run: python -m pip install --requirement requirements.txt

""",
            "",
        ),
        ("run: coopbook build --audience public", "run: make site"),
    ],
    "remind.yml": [
        INSTALL,
        ("run: coopbook remind ", "run: .venv/bin/coopbook remind "),
        ('TITLE: "Ce qui attend · What waits"', 'TITLE: "Ce qui attend"'),
    ],
    "vote.yml": [
        INSTALL,
        ("            coopbook vote close ", "            .venv/bin/coopbook vote close "),
        ("              coopbook vote status ", "              .venv/bin/coopbook vote status "),
        ("            coopbook vote judge ", "            .venv/bin/coopbook vote judge "),
    ],
}


def render(name: str) -> str:
    """Write one workflow of this repository.

    Raises:
        ValueError: a text that VALUES replaces does not stand in the starter exactly once.
    """
    text = (STARTER / name).read_text(encoding="utf-8")
    text = text.removeprefix("{% raw -%}\n").replace("\n{%- endraw %}", "")
    for old, new in VALUES[name]:
        if text.count(old) != 1:
            raise ValueError(f"{name} of the starter has {text.count(old)} times: {old}")
        text = text.replace(old, new)
    return text


def all_digests() -> dict[str, list[str]]:
    """What each file of the starter has held, with what it holds now at the end."""
    known = json.loads(DIGESTS.read_bytes())
    return {
        path: [*known.get(path, []), *({digest(text)} - set(known.get(path, [])))]
        for path, text in present_files().items()
    }


def main() -> None:
    for name in VALUES:
        (OUTPUT / name).write_text(render(name), encoding="utf-8")
    DIGESTS.write_text(json.dumps(all_digests(), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
