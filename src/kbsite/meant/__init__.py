"""What people mean by what they write where a record has another form for it.

Each module takes a text that a field does not take, or should not, and gives a `Meaning`: what may
be written in its place. Nothing here knows a record, its source or a problem.
"""

from kbsite.meant.meaning import NOTHING, Meaning

__all__ = ["NOTHING", "Meaning"]
