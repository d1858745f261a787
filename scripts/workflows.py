"""Make `.github/workflows/` from the workflows that `coopbook init` lays: `make docs`.

A new co-op installs Coopbook from `requirements.txt`; this repository is a co-op's book and the
tool, and installs itself. VALUES says all that differs, `tests/docs/test_workflows.py` that nothing
else does. What the starter's files hold is kept in `data/starter/laid/`, too: `coopbook upgrade`
merges what a co-op has made of it with what they hold later.

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

from coopbook.records.starter_files import (
    FORGES,
    LAID,
    PRESENT,
    digest_present,
    name_laid,
    present_files,
)

TOP = Path(__file__).parents[1]
STARTER = FORGES / "github/dot-github/workflows"
OUTPUT = TOP / ".github/workflows"
INSTALL_LINES = """\
        run: |
          python -m pip install --require-hashes --requirement requirements.lock
          python -m pip install --no-deps --no-build-isolation --requirement requirements.txt
"""
INSTALL = (INSTALL_LINES, "        run: make .venv/ready\n")

VALUES: dict[str, list[tuple[str, str]]] = {
    "assembly.yml": [
        INSTALL,
        ("          coopbook assembly ", "          .venv/bin/coopbook assembly "),
        ("run: coopbook check ", "run: .venv/bin/coopbook check "),
    ],
    "check.yml": [
        ("    name: Files\n", "    name: Tests and data\n"),
        (
            f"""\
      - name: Install Coopbook
{INSTALL_LINES}
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
    "publish-timed.yml": [],
    "publish.yml": [
        (
            f"""\
      - name: Install Coopbook
{INSTALL_LINES}
""",
            "",
        ),
        (
            """\
        run: |
          coopbook history > "$RUNNER_TEMP/history.json"
          coopbook build --audience public --history "$RUNNER_TEMP/history.json"
""",
            "        run: make site\n",
        ),
    ],
    "remind.yml": [
        INSTALL,
        ("run: coopbook remind ", "run: .venv/bin/coopbook remind "),
        ('TITLE: "Ce qui attend · What waits"', 'TITLE: "Ce qui attend"'),
    ],
    "vote-timed.yml": [],
    "vote.yml": [
        INSTALL,
        ("run: coopbook vote doctor", "run: .venv/bin/coopbook vote doctor"),
        ("run: coopbook vote run", "run: .venv/bin/coopbook vote run"),
    ],
}


def render(name: str) -> str:
    """Write one workflow of this repository.

    Raises:
        ValueError: a text that VALUES replaces does not stand in the starter exactly once.
    """
    text = present_files()[f".github/workflows/{name}"]
    for old, new in VALUES[name]:
        if text.count(old) != 1:
            raise ValueError(f"{name} of the starter has {text.count(old)} times: {old}")
        text = text.replace(old, new)
    return text


def main() -> None:
    for name in VALUES:
        (OUTPUT / name).write_text(render(name), encoding="utf-8")
    PRESENT.write_text(json.dumps(digest_present(), indent=2) + "\n", encoding="utf-8")
    for path, text in present_files().items():
        kept = LAID / name_laid(path, text)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
