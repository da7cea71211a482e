"""Random chores, imports and edits, one after the other: every address that ever was answers, and
nothing that a person wrote is lost. What was in the style of `kbsite fmt` stays so.

`KBSITE_SEQUENCES=300` tries as many.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbsite.catalog import ORGANISATION, PERSON, PROJECT, THEME, Thing
from kbsite.chores.desk import Desk
from kbsite.chores.merging import merge_named
from kbsite.chores.naming import rename_named
from kbsite.chores.renaming import rename_event, rename_session
from kbsite.chores.sessions import merge_sessions
from kbsite.chores.superseding import supersede
from kbsite.errors import ContentError, UsageError
from kbsite.formatting import formatted
from kbsite.pipeline import Prepared, prepare
from tests.chores import base, checking, texts
from tests.importers.schedules import EVENT, calendar, import_source, talk

SEQUENCES = int(os.environ.get("KBSITE_SEQUENCES", "30"))
FOLDERS = ("sessions/", "events/", "themes/", "people/", "organisations/", "projects/")
STEMS = ("one", "two", "hidden", "on-queues", "news", "first", "b")
EVENTS = ("conf", EVENT, "moot")
NAMES = {
    PERSON: ("Ada Kern", "Bo Test", "Cy Other", "Eve Stone", "Ада", "ada-kern", "Fay Long"),
    ORGANISATION: ("Kern Labs", "Stone", "kern-labs", "Works & Co"),
    PROJECT: ("Tiny", "Small", "tiny"),
    THEME: ("queues", "seeing", "Queues", "lines", "Rows"),
}  # fmt: skip
HERS = {
    "sessions/conf/two.yaml": (
        "title: Two\nstart: 2031-04-01T10:00\nspeakers:\n- name: Ada  Kern\n"
        "- {name: Cy Other, org: Stone}\nrelated: [conf/one]  # of course\n"
        "learnings:\n  - {id: more, text: 'More.', themes: [queues]}\nbasis: inferred\n"
        "quotes: [{id: hm, text: 'Hm, hm and hm.'}]\nprovenance: {contributed_by: Cem}\n"
    ),
    "themes/queues.md": (
        "---\nname: Queues\nkeywords: [queues]\nprojects: [tiny]\n---\n[[theme:queues]]\n"
    ),
    "mkdocs.yml": "site_name: X\n",
}


@dataclass
class World:
    """A base, every address that it ever had, and the words that a person wrote."""

    root: Path
    addresses: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    edits: int = 0
    held: Prepared = field(init=False)

    @property
    def sessions(self) -> list[str]:
        return [*self.held.library.sessions]

    @property
    def events(self) -> list[str]:
        return [*self.held.library.events]

    def names(self, thing: Thing) -> list[str]:
        nodes = self.held.graph.nodes(thing)
        return [*nodes, *(node.label for node in nodes.values())]

    def look(self) -> None:
        self.held = held = prepare(self.root)
        assert [each for each in held.problems if each.code not in ("KB404", "KB225")] == []
        paths = {each.path for each in held.outputs if each.path.startswith(FOLDERS)}
        assert self.addresses <= paths
        self.addresses |= paths
        everything = "\n".join(texts(self.root).values())
        assert {word for word in self.words if word not in everything} == set()

    def import_(self) -> None:
        """The same source again, by the id that its event had in the beginning."""
        file = self.root.parent / "calendar.ics"
        talks = (talk("1", "On Queues - Ada Kern, Kern Labs"), talk("2", "News - Eve Stone, Stone"))
        file.write_text(calendar(*talks), newline="")
        import_source(self.root, "sched", file)

    def chore(self, chore: Callable[[Desk], str]) -> None:
        before = texts(self.root)
        try:
            desk = Desk(self.root, checking(self.root))
            plan = desk.plan(chore(desk))
        except (UsageError, ContentError):
            assert texts(self.root) == before
        else:
            plan.apply(self.root)
            after = texts(self.root)
            kept = before.keys() & after.keys()
            assert {each for each in kept if neat(each, before[each])} <= {
                each for each in kept if neat(each, after[each])
            }
            # What was decided against is said
            self.words -= {word for word in self.words if word in str(plan.remarks)}

    def edit(self, number: int) -> None:
        """Something new in one of the files, as a person writes it."""
        self.edits += 1
        word = f"Word{self.edits}x"
        files = [path for path in texts(self.root) if path.endswith((".yaml", ".md"))]
        place = self.root / files[number % len(files)]
        text = place.read_bytes().decode()
        if place.suffix == ".md":
            text += f"\n{word}\n"
        elif number % 3 or place.name == "event.yaml":
            text = f"# {word}\n{text}"
        elif "room:" not in text:
            text += f"room: {word}\n"
        else:
            return
        place.write_bytes(text.encode())
        self.words.add(word)


def neat(path: str, text: str) -> bool:
    """Whether `kbsite fmt` has nothing to do in a file."""
    return formatted(path, text.replace("\r\n", "\n")).edits == ()


def of(some: Sequence[str], number: int) -> str:
    return some[number % len(some)]


def renamed_session(world: World, one: int, other: int) -> None:
    old = of(world.sessions, one)
    event = old.partition("/")[0] if other % 4 else of(world.events, other)
    world.chore(lambda desk: rename_session(desk, old, f"{event}/{of(STEMS, other)}"))


def renamed_event(world: World, one: int, other: int) -> None:
    world.chore(lambda desk: rename_event(desk, of(world.events, one), of(EVENTS, other)))


def merged_sessions(world: World, one: int, other: int) -> None:
    a, b = of(world.sessions, one), of(world.sessions, other)
    world.chore(lambda desk: merge_sessions(desk, a, b, [b] if one % 3 else []))


def renamed(thing: Thing, world: World, one: int, other: int) -> None:
    old, new = of(world.names(thing), one), of(NAMES[thing], other)
    world.chore(lambda desk: rename_named(desk, thing, old, new))


def merged(thing: Thing, world: World, one: int, other: int) -> None:
    a, b = of(world.names(thing), one), of(world.names(thing), other)
    world.chore(lambda desk: merge_named(desk, thing, a, b, [b] if one % 3 else []))


def superseded(world: World, one: int, other: int) -> None:
    keys = [*world.held.graph.learnings]
    world.chore(lambda desk: supersede(desk, of(keys, one), of(keys, other)))


def edited(world: World, one: int, _other: int) -> None:
    world.edit(one)


def imported(world: World, _one: int, _other: int) -> None:
    world.import_()


THINGS = (PERSON, ORGANISATION, PROJECT, THEME)
STEPS = (
    renamed_session, renamed_session, renamed_event, merged_sessions, superseded, edited, edited,
    imported, *(partial(chore, thing) for thing in THINGS for chore in (renamed, merged)),
)  # fmt: skip
NUMBERS = st.integers(0, 11)


@settings(max_examples=SEQUENCES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(STEPS), NUMBERS, NUMBERS), min_size=2, max_size=8))
def test_every_address_answers_and_nothing_is_lost(
    steps: list[tuple[Callable[[World, int, int], None], int, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(base(Path(folder) / "base", HERS))
        world.import_()
        world.look()
        for step, one, other in steps:
            step(world, one, other)
            world.look()
        world.import_()  # what it finds unsure by now, it says once
        before = texts(world.root)
        world.import_()
        assert texts(world.root) == before
        world.look()
