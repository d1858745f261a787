"""A file can be read: YAML without surprises, text in UTF-8, nothing hidden.

Fields are YAML 1.2 with plain values: no anchors, aliases, merge keys, tags or second documents, no
key twice, at most 20 levels and 64 kilobytes. Text follows in Markdown, at most 200 kilobytes.
Invisible and direction-changing characters are refused (see `invisible-character` for those that
come along in prose), and so are the marks that git leaves where two changes met.

## Why
What cannot be seen cannot be checked by the people who read a proposed change. A key written twice
would silently publish what its author meant to hide, and some constructs make programs crash or
hang.
"""
