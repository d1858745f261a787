"""The settings of the site generator (`mkdocs.yml` and its like) say what Coopbook's own say, and
nothing else.

`coopbook build` and `coopbook serve` read none of them: they have their own. Whoever calls
`mkdocs build` by hand has the file of the co-op read, so no key of it may run a program, fill a
template, or read and write elsewhere: `hooks`, other `plugins`, `theme.custom_dir`, a `docs_dir` of
another folder, and every key that Coopbook's own file does not have.

## Why
A line of these settings runs as a program on the computer of whoever builds the site: a colleague
who looks at a proposed change, or the job that publishes.
"""
