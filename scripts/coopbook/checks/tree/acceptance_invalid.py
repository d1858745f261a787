"""An entry that accepts a warning names a check that warns, a file that is there, and a day within
a year.

`checks: {accepted: [{check, file, why, until}]}` in coop.yml: the warnings of this check in this
file are not told up to that day, and that day included. An error cannot be accepted, nor what a
change does to decided files. Who may add an entry is who may change coop.yml.

## Why
A slip in an entry would hide nothing, and look as if it did. One without an end would hide a
warning that nobody reads any more.
"""

KIND = "coop"
