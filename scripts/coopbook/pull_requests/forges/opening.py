"""From what a co-op says of its forge to the adapter that speaks with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from ...base.messages import _
from . import Forge, ForgeError
from .adapter import Adapter
from .forgejo import Forgejo
from .github import GitHub
from .gitlab import GitLab
from .http import Client, rest

KINDS: dict[str, type[Adapter]] = {"github": GitHub, "forgejo": Forgejo, "gitlab": GitLab}
SCHEMES = {"github": "Bearer", "forgejo": "token", "gitlab": "Bearer"}
_PART = r"[A-Za-z0-9_][A-Za-z0-9_.-]*|\.[A-Za-z0-9_-][A-Za-z0-9_.-]*"
_REPOSITORY = re.compile(rf"(?:{_PART})(?:/(?:{_PART}))+")

_LOGIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}(\[bot\])?")
"""What a login may be made of, on any of the three; on GitHub an app's ends in [bot]."""


def forge_for(
    name: str,
    base: str,
    repository: str,
    token: str,
    account: int | str | None = None,
    seconds: float = 30,
    sleep: Callable[[float], None] = rest,
) -> Forge:
    """The forge `name` (github, forgejo, gitlab) whose interface for programs is at `base`, such as
    https://api.github.com or https://forge.example/api/v1; `repository` is owner/name. `account` is
    the token's account, by its number or its name, where the forge will not tell it (a GitHub App;
    GitHub Actions is known). `seconds` bound each wait for an answer. Raises ForgeError.
    """
    if name not in KINDS:
        raise ForgeError(
            _("“{name}” is no forge that we know: github, forgejo or gitlab.", name=name)
        )
    if isinstance(account, str) and not _LOGIN.fullmatch(account):
        raise ForgeError(
            _("“{login}” is no name of an account, such as ana or our-app[bot].", login=account)
        )
    if not _REPOSITORY.fullmatch(repository) or (name != "gitlab" and repository.count("/") != 1):
        raise ForgeError(_("“{name}” is no repository's name such as owner/name.", name=repository))
    return KINDS[name](
        Client(base, token, SCHEMES[name], seconds, sleep), repository, account, sleep
    )


def place(name: str, url: str) -> tuple[str, str]:
    """`base` and `repository` for `forge_for`, from the forge's name and the repository's address
    as they stand in coop.yml. A Forgejo may stand below a folder of its host, a GitLab project
    below many groups.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    path = parts.path.strip("/").removesuffix(".git")
    host = f"{parts.scheme}://{parts.netloc}"
    if name == "gitlab":
        return f"{host}/api/v4", path
    if name == "github":
        return "https://api.github.com" if host == "https://github.com" else f"{host}/api/v3", path
    above, owner, repository = ["", "", *path.rsplit("/", 2)][-3:]
    return "/".join(part for part in (host, above, "api/v1") if part), f"{owner}/{repository}"
