"""What a change of records and pages does to the site, seen from two plans of it."""

from kbsite.difference.comparing import compare
from kbsite.difference.parts import Difference

__all__ = ["Difference", "compare"]
