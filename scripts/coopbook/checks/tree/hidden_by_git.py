"""No line of `.gitignore` leaves records out, and none of `.gitattributes` has them shown, merged
or kept otherwise than they stand.

`.gitignore` may name what programs leave behind, `.gitattributes` pictures that are no text. What a
record's file says is read by people in the change that brings it: `-diff`, `binary` and
`linguist-generated` fold it away there, `merge=…` puts two changes together unseen, `filter=…`,
`ident` and `export-…` give another file than the one that was proposed.

## Why
A ballot that git ignores is never handed in, and nobody is told. A rule whose change is folded away
is taken over unread.
"""
