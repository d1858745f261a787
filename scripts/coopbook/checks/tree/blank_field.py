"""A field that is there holds something.

An editor, a form or a sheet may leave a field empty (`phone: ""`, `trades: []`, `until:`). Where it
need not be there, it is read as if it were not, and told once a file. Where it must be there, and
in all that decides (`decisions/`), it is an error of `schema`.

## Why
Most of what people leave blank they mean to leave out, and twelve errors for twelve empty lines
send them away. But an empty line may also be one that somebody forgot to fill in.
"""

SEVERITY = "warning"
