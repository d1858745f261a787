"""Write scripts/coopbook/data/secret_patterns/ from the PyPI package detect-secrets.

Run by a developer, by hand, when the source changes:

    python -m venv /tmp/secrets && /tmp/secrets/bin/pip install detect-secrets==1.5.0
    /tmp/secrets/bin/python scripts/vendor/secret_patterns.py

detect-secrets 1.5.0 (Copyright 2017-2018 Yelp Inc., Apache License 2.0) is a program that scans
files; all that the check `never-stored` uses of it are the patterns below. Importing the package
also imports `requests` and `urllib3`, which a check that never reaches the network should not.
Its other detectors (entropy, keywords) match plain words and are left out.
"""

from __future__ import annotations

import json
import re
from importlib import import_module
from importlib.metadata import distribution
from pathlib import Path

OUTPUT = Path(__file__).parents[1] / "coopbook" / "data" / "secret_patterns"
VERSION = "1.5.0"
DETECTORS = {
    "aws": "AWSKeyDetector",
    "discord": "DiscordBotTokenDetector",
    "github_token": "GitHubTokenDetector",
    "gitlab_token": "GitLabTokenDetector",
    "jwt": "JwtTokenDetector",
    "openai": "OpenAIDetector",
    "private_key": "PrivateKeyDetector",
    "pypi_token": "PypiTokenDetector",
    "sendgrid": "SendGridDetector",
    "slack": "SlackDetector",
    "stripe": "StripeDetector",
    "telegram_token": "TelegramBotTokenDetector",
    "twilio": "TwilioKeyDetector",
}


def read_patterns() -> list[dict[str, str]]:
    """Read the patterns of each detector, under the name that it gives its secrets."""
    patterns = []
    for module, name in DETECTORS.items():
        detector = getattr(import_module(f"detect_secrets.plugins.{module}"), name)()
        for pattern in detector.denylist:
            entry = {"name": detector.secret_type, "pattern": pattern.pattern}
            unknown = pattern.flags & ~(re.UNICODE | re.IGNORECASE | re.VERBOSE)
            if unknown:
                raise SystemExit(f"{name}: flags {unknown} are not written")
            flags = ("i" if pattern.flags & re.IGNORECASE else "") + (
                "x" if pattern.flags & re.VERBOSE else ""
            )
            patterns.append(entry | ({"flags": flags} if flags else {}))
    return patterns


def main() -> None:
    package = distribution("detect-secrets")
    if package.version != VERSION:
        raise SystemExit(f"detect-secrets {VERSION} is wanted, {package.version} is installed")
    licence = package.read_text("LICENSE")
    if not licence:
        raise SystemExit("the package has no LICENSE")
    data = {
        "source": f"detect-secrets {VERSION}, https://github.com/Yelp/detect-secrets",
        "licence": "Apache-2.0, Copyright 2017-2018 Yelp Inc.; see LICENSE and NOTICE",
        "patterns": read_patterns(),
    }
    OUTPUT.mkdir(parents=True, exist_ok=True)
    (OUTPUT / "patterns.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    (OUTPUT / "LICENSE").write_text(licence, encoding="utf-8")
    (OUTPUT / "NOTICE").write_text(
        f"patterns.json holds patterns of detect-secrets {VERSION}\n"
        "(https://github.com/Yelp/detect-secrets), Copyright 2017-2018 Yelp Inc., under the\n"
        "Apache License 2.0, whose text is in LICENSE.\n"
        "Changed: copied out of the program's detectors into JSON; their texts are the same.\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
