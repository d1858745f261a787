"""Measures pages of the example's public site with Lighthouse, as a phone on a slow line would load
them. Run by hand: it needs node and npm.

    python scripts/bench/lighthouse.py

builds the example, serves it as a host would, and prints a table.

Five runs a page; each figure is the median
(https://github.com/GoogleChrome/lighthouse/blob/main/docs/variability.md).
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from coopbook.site.security import CONTENT_SECURITY_POLICY

LIGHTHOUSE = "lighthouse@12.8.2"
RUNS = 5
PAGES = {
    "home": "",
    "directory": "members/",
    "profile": "members/lena-moreau/",
    "page of the guide": "wiki/metier/fixer-son-prix/",
}
SCORES = ("performance", "accessibility", "best-practices", "seo")
PACKED = (".html", ".css", ".js", ".json", ".svg", ".txt", ".xml")


class Handler(SimpleHTTPRequestHandler):
    """A folder as a host serves it: text compressed, the policy as a header."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        data, packed = path.read_bytes(), path.suffix in PACKED
        body = gzip.compress(data, 9) if packed else data
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


def measure(address: str, report: Path) -> dict[str, float]:
    """One run: the four scores of 100, and the bytes that were sent."""
    flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    command = [
        "npx",
        "--yes",
        LIGHTHOUSE,
        address,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        flags,
    ]
    subprocess.run(
        command,
        check=True,
        env=os.environ | {"CHROME_PATH": os.environ.get("CHROME_PATH", "/usr/bin/chromium")},
    )
    told = json.loads(report.read_text(encoding="utf-8"))
    lost = [f"{part}: {audit['id']}" for part in SCORES for audit in _find_savings(told, part)]
    if lost:
        print(f"{address}: {', '.join(lost)}", file=sys.stderr)
    return {part: 100 * told["categories"][part]["score"] for part in SCORES} | {
        "bytes": told["audits"]["total-byte-weight"]["numericValue"]
    }


def _find_savings(told: dict[str, Any], part: str) -> list[dict[str, Any]]:
    """What costs points."""
    audits = [
        told["audits"][one["id"]] for one in told["categories"][part]["auditRefs"] if one["weight"]
    ]
    return [audit for audit in audits if audit["score"] is not None and audit["score"] < 0.9]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        subprocess.run(
            [sys.executable, "-m", "coopbook", "build", "--audience", "public", "--out", folder],
            check=True,
            capture_output=True,
        )
        server = ThreadingHTTPServer(
            ("127.0.0.1", 0), partial(Handler, directory=str(made / "public"))
        )
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        home = f"http://127.0.0.1:{server.server_port}/"
        print(
            "| page | performance | accessibility | best practices | SEO | KB "
            "|\n|---|---:|---:|---:|---:|---:|"
        )
        for name, path in PAGES.items():
            runs = [
                measure(home + path, made / "report.json")
                for _run in range(int(os.environ.get("RUNS", RUNS)))
            ]
            middle = {
                part: statistics.median(run[part] for run in runs) for part in (*SCORES, "bytes")
            }
            print(
                f"| {name} | {' | '.join(f'{middle[part]:.0f}' for part in SCORES)} | "
                f"{middle['bytes'] / 1024:.0f} |",
                flush=True,
            )
        server.shutdown()


if __name__ == "__main__":
    main()
