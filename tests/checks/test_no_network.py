"""`check` has no client of the network in its process, not even one that a library brings along."""

from __future__ import annotations

import json
import subprocess
import sys

from support.coops import TODAY, TOP

CLIENTS = {"aiohttp", "ftplib", "httpx", "requests", "smtplib", "urllib3"}
PROGRAM = """
import json, sys
from datetime import date
from pathlib import Path
from coopbook import checks
from coopbook.records.load import load

book = load(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
checks.check(book)
checks.check_change(book, book)
print(json.dumps({"checks": len(checks.all_checks()), "modules": sorted(sys.modules)}))
"""


def test_every_check_runs_without_a_client_of_the_network() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(TOP), TODAY.isoformat()],
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert found["checks"] > len(list((TOP / "scripts/coopbook/checks").glob("*/[a-z]*.py")))
    assert CLIENTS & set(found["modules"]) == set()
