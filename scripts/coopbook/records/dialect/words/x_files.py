"""Which files hold records of this kind: `events/**/*.md`, where `**` stands for any folders, or
one file such as `coop.yml`.

The folder before the first `*` is the kind's alone, and its address on the sites. A kind of `.md`
files has fields between two lines of `---` and a text below them.
"""

from __future__ import annotations

from ..shared import Schema

ON = ("kind",)
REQUIRED = True
FRAGMENT = {
    "type": "string",
    "pattern": "^([a-z][a-z0-9-]*/)+([*][*]/)?[*][.](yml|md)$"
    "|^([a-z][a-z0-9-]*/)*[a-z][a-z0-9-]*[.](yml|md)$",
}


def of(schema: Schema) -> str:
    return str(schema["x-files"])
