"""Names of people as they are written: with a title, in letters of one size, with a company's.

What a schedule has listed so stays as it is, and so does what a page or an id has settled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from kbsite import cures, slugs
from kbsite.catalog import ORGANISATION, PERSON, PROJECT
from kbsite.errors import Cure, Problem
from kbsite.graph.names import Names, Use
from kbsite.graph.naming import Naming
from kbsite.meant import callings, links, people
from kbsite.wording import as_pasted, shown

_AND = re.compile(r"\s+(?:&|and)\s+|\s*/\s*")
MOST = 10  # places of one name that are written anew at once


def oddly_written(naming: Naming) -> Iterator[Problem]:
    """KB122 and KB127, once for each person."""
    names = naming.of(PERSON)
    for own, uses in names.places.items():
        if not own or own in names.claims.official or any(use.id for use in uses):
            continue
        name = names.name(own)
        if (right := untitled(own, names)) != name:
            yield from _told("KB122", "is more than a name", right, name, uses)
        elif right := callings.spelled(name):
            size = "small" if name.islower() else "capital"
            part = "" if name.isupper() or name.islower() else "partly "
            yield from _told("KB127", f"is {part}in {size} letters only", right, name, uses)
        elif people.is_company(name) and naming.of(ORGANISATION).id_of(name):
            yield uses[0].source.problem(
                "KB127",
                uses[0].path,
                f"{shown(name)} is the name of an organisation",
                "write who spoke, and the organisation behind 'org'",
            )
        elif " " in name and (found := _with_company(name, naming)):
            yield from _employed(uses[0], *found)


def of_things(naming: Naming) -> Iterator[Problem]:
    """KB122 for two organisations in one name, KB127 for projects by their addresses."""
    known = naming.of(ORGANISATION)
    for own, uses in known.places.items():
        name = known.name(own)
        parts = [each for each in _AND.split(name) if known.id_of(each) in known.places]
        if own in known.claims.official or len(parts) < 2 or len(parts) < len(_AND.split(name)):
            continue
        for use in uses:
            if use.path[-1:] == ("org",) and not _is_listed(use):
                yield use.source.problem(
                    "KB122",
                    use.path,
                    f"{shown(use.name)} is the name of several organisations",
                    f"one appearance is for one: write {' or '.join(map(as_pasted, parts))}",
                    cures=cures.several(cures.writing(use.source, use.path, p) for p in parts),
                )
    projects = naming.of(PROJECT)
    for uses in projects.places.values():
        for use in uses:
            if use.name and "://" in use.name:
                better = _at_address(use.name, projects)
                yield use.source.problem(
                    "KB127",
                    use.path,
                    f"{shown(use.name)} is an address, and no name of a project",
                    f"write {as_pasted(better)}",
                    cures=cures.writing(use.source, use.path, better),
                )


def _at_address(url: str, projects: Names) -> str:
    """The name of the project that has an address on its page, or what of it may be a name."""
    wanted = _bare(url)
    for own, source in projects.claims.sources.items():
        listed = source.data.get("links") or ()
        given = [each.get("url") for each in listed if isinstance(each, dict)]
        if wanted in map(_bare, (*given, source.data.get("url"), source.data.get("repo"))):
            return projects.name(own)
    last = wanted.rpartition("/")[2].partition("?")[0]
    near = projects.lookup(last)
    return projects.name(near[0]) if len(near) == 1 else last.replace("-", " ").capitalize()


def _bare(url: object) -> str:
    return links.bare(str(url)).removesuffix(".git").lower()


def untitled(own: str, names: Names) -> str:
    """The name of a person less its titles, unless a page or a schedule has it so."""
    name = names.name(own)
    bare = callings.untitled(name)
    if bare == name or own in names.claims.official or slugs.name_key(name) in names.claims.ids:
        return name
    return name if all(map(_is_listed, names.places.get(own, ()))) else bare


def _is_listed(use: Use) -> bool:
    """Whether a name stands in a record that comes from a schedule."""
    return use.source.holds(("sources",))


def _told(code: str, what: str, right: str, name: str, uses: Sequence[Use]) -> Iterator[Problem]:
    own = [use for use in uses if not _is_listed(use)]
    if not own:
        return
    made = [cures.writing(use.source, use.path, right) for use in own[:MOST]]
    said = f"write {as_pasted(right)}" + (f", in {len(own)} places" if len(own) > 1 else "")
    changes = tuple(chain.from_iterable(cure.changes for found in made for cure in found))
    use = own[0]
    yield use.source.problem(
        code,
        use.path,
        f"{shown(name)} {what}",
        f"{said}; who is really called so has an id beside the name",
        cures=[Cure(title=said, changes=changes)] if len(own) <= MOST and all(made) else (),
    )


def _with_company(name: str, naming: Naming) -> tuple[str, str] | None:
    """A name and an organisation behind it that somebody else is at; or all of it is its name."""
    known = naming.of(ORGANISATION)
    words = name.split() if not people.in_name(name).values else []  # or that is told already
    for at in range(2, len(words)):
        org = " ".join(words[at:])
        own = known.id_of(org)
        if own and (len(words) - at > 1 or words[at - 1].lower() in ("of", "from", "at")):
            before = words[: at - 1] if words[at - 1].islower() else words[:at]
            if len(before) > 1:
                return " ".join(before), known.name(own)
    return None


def _employed(use: Use, name: str, org: str) -> Iterator[Problem]:
    """KB122 for a name with a known organisation behind it."""
    if use.path[-1:] != ("name",) or _is_listed(use):
        return
    told = {"name": name} | ({} if use.source.holds((*use.path[:-1], "org")) else {"org": org})
    way = "\n".join(f"{key}: {as_pasted(value)}" for key, value in told.items())
    yield use.source.problem(
        "KB122",
        use.path,
        f"{shown(use.name)} is more than a name",
        f"write it so:\n{way}",
        cures=cures.writing_all(use.source, told, "write the name alone", use.path[:-1]),
    )
