"""Another name or id for a person, an organisation, a project or a theme, in all files."""

from __future__ import annotations

from typing import Any

from kbsite import records, slugs
from kbsite.catalog import THEME, Thing, linked_as
from kbsite.chores import lockfile, places
from kbsite.chores.desk import Desk
from kbsite.chores.known import Known, Who, titles, told_by_titles
from kbsite.chores.places import Named
from kbsite.chores.renaming import put, with_aliases
from kbsite.errors import UsageError
from kbsite.graph.ways import page_of
from kbsite.wikilinks import WikiLink
from kbsite.yamlwrite import dump


def rename_named(desk: Desk, thing: Thing, old: str, new: str, id: str = "") -> str:
    """Let what goes by `old` go by `new`, wherever it is named; what was done, in words.

    Its id follows the name, unless one is given. A theme may be given an id in the place of a name,
    which stays then. What it was called before becomes an alias. Raises UsageError.
    """
    who = Who(desk, thing)
    known = who.known(old)
    new = " ".join(new.split())
    is_address = thing is THEME and slugs.is_id(new) and not id
    name = known.name if is_address else new
    id = id or (new if is_address else _id_of(known, name))
    _demand_usable(desk, who, known, name, id)
    words = {known.id, known.name, old}
    places.demand_known(desk, tuple(words))
    spelled = {slugs.name_key(word) for word in words if word != known.id or known.name == word}
    change = _Renaming(who, known, name, id, frozenset(spelled))
    places.rename(desk, thing, change.word)
    places.relink(desk, change.link)
    _write_page(desk, who, known, name, id)
    if thing is THEME:
        lockfile.rewrite(desk, change.suggested, ("suggested_themes",))
    if name == known.name and id == known.id and not desk.is_changed:
        raise UsageError(f"the {thing.noun} is called {name} already")
    said = f"the {thing.noun} {known.name} becomes {name}"
    return said if name != known.name else f"the {thing.noun} {known.id} becomes {id}"


class _Renaming:
    """What to write for each word by which one was named."""

    def __init__(self, who: Who, known: Known, name: str, id: str, keys: frozenset[str]) -> None:
        self._who, self._known, self._name, self._id, self._keys = who, known, name, id, keys

    def word(self, each: Named) -> str | None:
        new = self._instead(each.word, is_id=each.path[-1] == "id")
        return new if new is not None and self._who.is_named(each, self._known.id) else None

    def link(self, link: WikiLink) -> str | None:
        if linked_as(link.kind) is not self._who.thing:
            return None
        new = self._instead(link.target)
        if new is None or not self._who.is_linked(link, self._known.id):
            return None
        return self._id if any(sign in new for sign in "[]|") else new

    def suggested(self, _key: str, value: Any) -> Any:
        return [self._id if each == self._known.id else each for each in value]

    def _instead(self, word: str, *, is_id: bool = False) -> str | None:
        if is_id or (word == self._known.id and word != self._known.name):
            return self._id
        if slugs.name_key(word) in self._keys:
            return self._name
        return self._id if slugs.name_key(word) == slugs.name_key(self._known.id) else None


def _id_of(known: Known, name: str) -> str:
    """The id that a name gives, or the present one, where the name only looks different."""
    if slugs.name_key(name) == slugs.name_key(known.name):
        return known.id
    if not (own := slugs.slug(name)):
        raise UsageError(f"'{name}' gives no id; name one with --id")
    return own


def _demand_usable(desk: Desk, who: Who, known: Known, name: str, id: str) -> None:
    thing = who.thing
    if not name:
        raise UsageError(f"say what the {thing.noun} is to be called")
    if others := [each for each in who.meant(name) if each != known.id]:
        other = who.names.name(others[0])
        raise UsageError(
            f"'{name}' is a name of {other} ({others[0]}); to make one of the two: "
            f"kbsite merge {thing.name} '{known.name}' '{other}'"
        )
    if not slugs.is_id(id):
        raise UsageError(
            f"'{id}' is no id: lower-case letters and digits in words joined by single hyphens"
        )
    if id != known.id and who.is_taken(id):
        raise UsageError(
            f"'{id}' is the id of {who.names.name(id)}; to make one of the two: kbsite merge "
            f"{thing.name} '{known.name}' '{who.names.name(id)}'; or give it another with --id"
        )
    holder = desk.base.graph.redirects[thing.name].get(id, known.id)
    if holder != known.id:
        raise UsageError(
            f"'{id}' is a former id of {who.names.name(holder)}, and its address leads there; name "
            "another one with --id"
        )


def _write_page(desk: Desk, who: Who, known: Known, name: str, id: str) -> None:
    """The page of what has another name, or one that says what it was called before.

    A name that somebody else has too is left to them.
    """
    thing = who.thing
    is_other = slugs.name_key(known.name) != slugs.name_key(name)
    former = [known.name] if is_other and who.meant(known.name) == [known.id] else []
    path = page_of(thing, id)
    if known.page is None:
        if id != known.id and known.id not in map(slugs.slug, former):
            former.append(known.id)
        if former:
            desk.add(path, f"---\n{dump({'name': name, 'aliases': former})}---\n")
        return
    record = desk.base.library.of(thing)[known.id].record
    held = {(slugs.name_key(alias), slugs.slug(alias)) for alias in record.aliases}
    former = [each for each in former if (slugs.name_key(each), slugs.slug(each)) not in held]
    called = [*record.aliases, *former]
    if id != known.id and known.id not in map(slugs.slug, called):
        former.append(known.id)
        if isinstance(record, records.Topic) and not record.in_titles:
            _keep_titles(desk, thing, known, record)
    page = known.page.path
    if name != record.name:
        desk.rewrite(page, {("name",): name})
    if former or name in record.aliases:
        with_aliases(desk, thing, page, former, present=name)
    if id != known.id:
        desk.move(page, path)


def _keep_titles(desk: Desk, thing: Thing, known: Known, record: records.Topic) -> None:
    """Keep titles from naming something by the id that becomes an alias, if any would."""
    if told_by_titles(desk, thing, known.id) and slugs.name_key(known.id) not in map(
        slugs.name_key, titles(record)
    ):
        desk.alter(
            known.page.path if known.page else "",
            lambda data: put(data, thing, "in_titles", titles(record)),
        )
