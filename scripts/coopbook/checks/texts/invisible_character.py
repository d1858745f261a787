"""A text holds nothing that cannot be seen.

Word processors and web pages leave characters without width in what is copied from them. In prose
(a text below the fields, a field in Markdown or by language) they are read as if they were not
there, and told once a file. In a name, an id or an address, in all that decides (`decisions/`), and
wherever they change the direction or the lines of a text, they are an error of `syntax`.

## Why
A word with such a character inside is found by no search. But 174 errors for what nobody typed send
people away.
"""

SEVERITY = "warning"
