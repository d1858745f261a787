"""A record has the fields its kind asks for, each in its form.

Unknown fields, missing ones, values of the wrong form and values that are not among the choices are
told one by one, with the nearest good name or value. The rest of the record is read as usual, so
that all faults come at once.

## Why
The directory, the wiki and the open data are built from these fields. A slip such as `headlin`
would make a line vanish from a page without anybody noticing.
"""
