"""A record type of the co-op's own uses only the words of the dialect.

A file `schemas/<kind>.schema.json` describes one kind. The words it may use, `x-audience` among
them, are listed in `_meta.schema.json`; every other word is refused. A schema in the words of an
earlier version is told once: `coopbook upgrade` rewrites it. A co-op's version of a type of ours
cannot show what ours withholds from every site.

## Why
What is public depends on these words. A slip such as `x-publik` must be an error and never a silent
hiding or showing.
"""
