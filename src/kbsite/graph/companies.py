"""Organisations whose names are nearly the same. Reported, never merged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from kbsite import slugs
from kbsite.graph.apart import Pair, pair
from kbsite.graph.people import one_slip_apart, with_slips

HELD = 5  # names of one form, with which others are compared

_INITIALS = re.compile(r"\(([^()]*)\)")
_DOMAIN = re.compile(r"(?<=\w)\.(?:ai|app|cloud|com?|dev|io|net|org|sh|tech)(?!\w)", re.IGNORECASE)
# As keys of names have them
_FORMS = re.compile(
    r"(?<=.)(?: (?:ab|ag|aps|a ?s|asa|b ?v|co|company|corp|corporation|e ?v|gmbh|inc|incorporated|"
    r"k ?k|kft|kg|limited|llc|llp|l ?p|ltd|ltda|n ?v|oyj?|pbc|plc|pte|pty|pvt|s ?a|s ?a ?r ?l|"
    r"s ?a ?s|sdn bhd|s ?e|s ?l|s ?p ?a|sp z o ?o|s ?r ?l|s ?r ?o|ug|private|zrt))+\Z"
)


def near_duplicates(names: Mapping[str, str], apart: Set[Pair]) -> Iterator[Pair]:
    """Each id whose name is the same as one before it, or nearly so, behind the id of that one.

    Nearly the same are names but for case, spaces, hyphens, "The", "and", a legal form, the ending
    of a domain and initials in brackets; longer ones also but for one slip. `names` maps ids to
    names, best known first; no pair in `apart` is found. The work grows with the number of names,
    not with its square.
    """
    holders: dict[str, list[str]] = {}
    bare: dict[str, str] = {}
    for own, name in names.items():
        bare[own] = _bare(name)
        keys = with_slips(bare[own])
        near = dict.fromkeys(other for key in keys for other in holders.get(key, ()))
        for other in near:
            if _alike(bare[own], bare[other]) and pair(own, other) not in apart:
                yield other, own
                break
        for key in keys:
            held = holders.setdefault(key, [])
            if len(held) < HELD:
                held.append(own)


def _alike(one: str, other: str) -> bool:
    """Whether two names are the same or differ by a slip, which is one of letters: Example3 and
    Example4 are two, as C and C++ are.
    """
    return one == other or (one.isalpha() and other.isalpha() and one_slip_apart(one, other))


def _bare(name: str) -> str:
    """The letters of a name without what makes no other.

    >>> _bare("The Example-Works Co., Ltd."), _bare("Example.io"), _bare("Sample Labs (SL)")
    ('exampleworks', 'example', 'samplelabs')
    """
    plain = _DOMAIN.sub("", _INITIALS.sub(_unless_initials, name))
    key = _FORMS.sub("", slugs.name_key(plain).removeprefix("the "))
    return "".join(word for word in key.split() if word != "and") or key


def _unless_initials(found: re.Match[str]) -> str:
    words = found.string[: found.start()].split()
    capitals = "".join(word[0] for word in words if word[0].isupper())
    return " " if found[1].strip() == capitals else found[0]
