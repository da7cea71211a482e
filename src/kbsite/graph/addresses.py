"""Names in use to ids, which become addresses. Two names that are not the same never share one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from itertools import chain

from kbsite import cures, slugs
from kbsite.catalog import PERSON
from kbsite.errors import Problem
from kbsite.graph.names import Claims, Names, Use
from kbsite.graph.ways import Way, Ways, new_page, on_page

MOST = 20  # clashes of one file that are told


def settle(claims: Claims, uses: Sequence[Use], report: Callable[[Problem], None]) -> Names:
    """Give each name in use its id: one that was claimed or, where nobody claims it, its slug.

    KB215 for a name whose slug is another's id. It is given one of its own, with which the rest can
    be checked, but under which it cannot be published: that would move to the other name as soon as
    there is more of it.
    """
    spellings: dict[str, Counter[str]] = {}
    beside: dict[str, list[str]] = {}  # ids to the names that stand beside them
    named: dict[str, list[Use]] = {}  # keys of names without an id to where they are used
    for use in uses:
        if use.id:
            counts = spellings.setdefault(use.id, Counter())
            if use.name:
                counts[use.name] += 1
                beside.setdefault(use.id, []).append(use.name)
        elif use.name and slugs.slug(use.name):
            named.setdefault(slugs.name_key(use.name), []).append(use)

    told: Counter[str] = Counter()
    sharing: dict[str, list[str]] = {}  # slugs to the keys of names that nobody claims
    ids: dict[str, str] = {}
    for key, places in named.items():
        if key in claims.ids:
            ids[key] = claims.ids[key]
        else:
            sharing.setdefault(slugs.slug(_name(places)), []).append(key)
    taken = {*claims.aliases, *spellings, *sharing}
    for own, keys in sharing.items():
        ids |= dict.fromkeys(keys, own)
        holder, others = _holder(own, keys, claims, beside.get(own, ()), named)
        ways = slugs.numbered(own)
        for key in others:
            ids[key] = another_id(ways, _name(named[key]), taken)
            taken.add(ids[key])
            told[named[key][0].source.path] += 1
            name = _name(named[key])
            if slugs.in_one_script(name) != name or told[named[key][0].source.path] > MOST:
                continue
            beside_it = {use.source.path for use in named.get(slugs.name_key(holder), ())}
            report(_clash(claims, own, holder, named[key], ids[key], beside_it))

    for key, places in named.items():
        counts = spellings.setdefault(ids[key], Counter())
        counts.update(use.name for use in places if use.name)
    return Names(claims=claims, ids=ids, spellings=spellings, uses=uses)


def former(names: Names) -> dict[str, str]:
    """Ids that other names of things in use had, or would have by themselves, to the things' own.

    Other names are aliases and, where a name is enough to give an id, the name in the record. An id
    that another thing has is not among them, nor one that two things could have had.
    """
    claims = names.claims
    claimants: dict[str, set[str]] = {}
    for own, aliases in claims.aliases.items():
        official = claims.official.get(own) if claims.thing.named_freely else None
        for name in (official or own, *aliases):
            claimants.setdefault(slugs.slug(name), set()).add(own)
    taken = {"", *claims.aliases, *names.spellings}
    return {
        slug: own
        for slug, (own, *others) in sorted(claimants.items())
        if slug not in taken and own in names.spellings and not others
    }


def _name(places: Sequence[Use]) -> str:
    return places[0].name or ""


def _holder(
    own: str,
    keys: Sequence[str],
    claims: Claims,
    beside: Collection[str],
    named: Mapping[str, Sequence[Use]],
) -> tuple[str, list[str]]:
    """Whose the id `own` is, of those that could have it, and the keys of the others.

    That is whoever has a page, stands beside the id or has it for a name, letter by letter; or else
    whoever is named most often.
    """
    if own in claims.broken:
        return own, []
    literal = slugs.name_key(own)
    others = sorted(set(keys) - {literal} - set(map(slugs.name_key, beside)))
    if own in claims.aliases:
        return claims.official[own], others
    if beside:
        return min(beside), others
    if literal in keys:
        return _name(named[literal]), others
    first = min(others, key=lambda key: (-len(named[key]), key))
    others.remove(first)
    return _name(named[first]), others


def another_id(ways: Iterator[str], name: str, taken: Collection[str]) -> str:
    """An id for a name: spelled out, or the next of `ways`, an id that is taken with numbers."""
    return next(own for own in chain([slugs.spell_out(name)], ways) if own not in taken)


def _clash(
    claims: Claims,
    own: str,
    holder: str,
    places: Sequence[Use],
    free: str,
    files: Container[str],
) -> Problem:
    """A name that would have the id of `holder`, who is named in `files`."""
    name, first, thing = _name(places), places[0], claims.thing
    if thing is PERSON and len(places) == 1:
        place = (*first.path[:-1], "id")
        apart = Way(f"add 'id: {free}' here", cures.adding(first.source, place, free))
    else:
        apart = new_page(thing, free, name)
    one = on_page(claims, own, holder, "aliases", name)
    if thing is PERSON and any(use.source.path in files for use in places):
        one = Way(one.words)  # one of the two has to go there too
    ways = Ways(((f"two {thing.plural}", apart), (f"one {thing.name}", one)))
    return first.source.problem(
        "KB215",
        first.path,
        f"'{name}' and '{holder}' are two names, and both would have the id '{own}'",
        ways.hint,
        cures=ways.cures,
    )
