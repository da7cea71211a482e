"""Random edits by a person and changes at the source, one after the other: nothing is ever lost."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kbsite import yamledit, yamlfile
from kbsite.graph import link
from kbsite.importers import lock
from kbsite.importers.merge import ORDER, plain
from kbsite.load import load
from tests.importers.schedules import EVENT, calendar, import_source, talk

ROOMS = ("Hall 1", "Hall 2", "Upstairs", "Tent: north")
TITLES = ("On Queues", "Kernel News", "Slow Is Smooth", "A: B", "Ten Nodes")
HOURS = ("08", "09", "10", "11")
TRACKS = ("TALKS", "AI + ML", "")


@dataclass(frozen=True)
class Session:
    """One entry of the source."""

    uid: str
    title: str
    room: str
    hour: str
    track: str
    end: str = "3000Z"

    def entry(self) -> str:
        return talk(
            self.uid,
            f"{self.title} - Ada Example, Example Works",
            f"20310401T{self.hour}0000Z",
            f"20310401T{self.hour}{self.end}" if self.end else "",
            location=f"{self.room}\\, Utrecht\\, Netherlands".replace(":", "\\:"),
            categories=self.track,
        )

    def says(self, name: str, value: object) -> bool:
        """Whether a value that a step set, None for nothing, is this entry's too."""
        if name == "start":
            return value == f"2031-04-01T{int(self.hour) + 2}:00"  # in Amsterdam
        return value is None and not {"end": self.end, "tracks": self.track}.get(name, "some")


@dataclass
class World:
    """A source, the knowledge base, and what a person has written into each record.

    `hers` maps stems to fields that the person set, with their values; a field she took out is
    None. What the source says too is not hers. `notes` are comments, which have to stay as they
    are, and `imported` all entries that ever were.
    """

    root: Path
    source: dict[str, Session]
    hers: dict[str, dict[str, object]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    imported: set[Session] = field(default_factory=set)

    @property
    def folder(self) -> Path:
        return self.root / "sessions" / EVENT

    def import_(self) -> None:
        file = self.root / "calendar.ics"
        file.write_text(calendar(*(each.entry() for each in self.source.values())), newline="")
        before = self.refused()
        import_source(self.root, "sched", file)
        assert self.refused() <= before
        self.imported |= set(self.source.values())

    def refused(self) -> set[str]:
        """What `kbsite check` has against the records."""
        library, problems = load(self.root)
        problems = [*problems, *link(library)[1]]
        return {f"{p.file} {p.field} {p.code}" for p in problems if p.severity == "error"}

    def stems(self) -> list[str]:
        return sorted(path.stem for path in self.folder.glob("*.yaml") if path.stem != "event")

    def text(self, stem: str) -> str:
        return (self.folder / f"{stem}.yaml").read_bytes().decode()

    def write(self, stem: str, text: str) -> None:
        (self.folder / f"{stem}.yaml").write_bytes(text.encode())

    def check(self) -> None:
        for stem, fields in self.hers.items():
            data = yamlfile.read(self.text(stem))
            for name, value in fields.items():
                if name in ("links", "sources"):
                    assert isinstance(value, list)
                    assert all(item in plain(data.get(name) or []) for item in value), (stem, name)
                else:
                    assert plain(data.get(name)) == value, (stem, name)
        for stem, notes in self.notes.items():
            assert all(note in self.text(stem) for note in notes), stem
        assert [p for p in load(self.root)[1] if p.severity == "error"] == []

    def agree(self) -> None:
        """Take from her what the source says too: the import follows the source there."""
        said = lock.read((self.folder / lock.NAME).read_text()).sessions
        for stem, fields in self.hers.items():
            self.hers[stem] = {
                name: value
                for name, value in fields.items()
                if plain(said[stem].values.get(name)) != value
                or not any(each.says(name, value) for each in self.imported)
            }


Step = Callable[[World], None]
WORDS = st.text("abc éü#:-'\"", min_size=1, max_size=12).map(str.strip).filter(str.strip)


def _stem(world: World, number: int) -> str:
    stems = world.stems()
    return stems[number % len(stems)]


def she_sets(number: int, name: str, value: object) -> Step:
    def step(world: World) -> None:
        stem = _stem(world, number)
        world.write(stem, yamledit.set_value(world.text(stem), name, value, ORDER))
        world.hers.setdefault(stem, {})[name] = value

    return step


def she_removes(number: int, name: str) -> Step:
    def step(world: World) -> None:
        stem = _stem(world, number)
        if name in yamlfile.read(world.text(stem)):
            world.write(stem, yamledit.remove(world.text(stem), name))
            world.hers.setdefault(stem, {})[name] = None

    return step


def she_adds_a_link(number: int, word: str) -> Step:
    def step(world: World) -> None:
        stem = _stem(world, number)
        link = {"kind": "video", "url": f"https://video.example.org/{len(word)}"}
        links = plain(yamlfile.read(world.text(stem)).get("links") or [])
        if link["url"] in {each["url"] for each in links}:
            return
        world.write(stem, yamledit.set_value(world.text(stem), "links", [*links, link], ORDER))
        hers = world.hers.setdefault(stem, {})
        before = hers.get("links")
        hers["links"] = [*(before if isinstance(before, list) else []), link]

    return step


def she_comments(number: int, word: str, *, above: bool) -> Step:
    def step(world: World) -> None:
        stem = _stem(world, number)
        note = f"# note {len(world.notes.get(stem, []))} {word}"
        lines = world.text(stem).splitlines()
        if above:
            lines.insert(number % len(lines), note)
        else:
            lines.append(note)
        text = "\n".join(lines) + "\n"
        if plain(yamlfile.read(text)) == plain(yamlfile.read(world.text(stem))):
            world.write(stem, text)
            world.notes.setdefault(stem, []).append(note)

    return step


def source_changes(number: int, change: dict[str, str]) -> Step:
    def step(world: World) -> None:
        if world.source:
            uid = sorted(world.source)[number % len(world.source)]
            world.source[uid] = replace(world.source[uid], **change)

    return step


def source_adds(session: Session) -> Step:
    def step(world: World) -> None:
        world.source.setdefault(session.uid, session)

    return step


def source_drops(number: int) -> Step:
    def step(world: World) -> None:
        if len(world.source) > 1:
            del world.source[sorted(world.source)[number % len(world.source)]]

    return step


def source_renumbers() -> Step:
    def step(world: World) -> None:
        sessions = [replace(each, uid=f"n-{uid}"[-12:]) for uid, each in world.source.items()]
        world.source = {each.uid: each for each in sessions}

    return step


def imports() -> Step:
    return World.import_


TIMES = st.sampled_from(["09:45", "10:15", "10:30+02:00", "08:10Z", "12:00"]).map(
    "2031-04-01T{}".format
)
NUMBERS = st.integers(0, 9)
SESSIONS = st.builds(
    Session,
    uid=st.integers(0, 6).map(lambda n: f"u{n}"),
    title=st.sampled_from(TITLES),
    room=st.sampled_from(ROOMS),
    hour=st.sampled_from(HOURS),
    track=st.sampled_from(TRACKS),
)
CHANGES = st.one_of(
    st.fixed_dictionaries({"room": st.sampled_from(ROOMS)}),
    st.fixed_dictionaries({"end": st.sampled_from(["", "2000Z", "5900Z"])}),
    st.fixed_dictionaries({"title": st.sampled_from(TITLES)}),
    st.fixed_dictionaries({"hour": st.sampled_from(HOURS), "track": st.sampled_from(TRACKS)}),
)
STEPS = st.one_of(
    st.builds(she_sets, NUMBERS, st.sampled_from(["room", "title", "summary"]), WORDS),
    st.builds(she_sets, NUMBERS, st.sampled_from(["start", "end"]), TIMES),
    st.builds(she_sets, NUMBERS, st.just("tracks"), st.lists(WORDS, min_size=1, max_size=3)),
    st.builds(
        she_sets,
        NUMBERS,
        st.just("learnings"),
        WORDS.map(lambda word: [{"id": "one", "text": f"Learned: {word}"}]),
    ),
    st.builds(she_removes, NUMBERS, st.sampled_from(["room", "tracks", "end"])),
    st.builds(she_adds_a_link, NUMBERS, WORDS),
    st.builds(she_comments, NUMBERS, WORDS, above=st.booleans()),
    st.builds(source_changes, NUMBERS, CHANGES),
    st.builds(source_adds, SESSIONS),
    st.builds(source_drops, NUMBERS),
    st.builds(source_renumbers),
    st.builds(imports),
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@example(  # she sets what the source says
    [Session("u0", "Ten Nodes", "Hall 1", "10", "TALKS")],
    [she_sets(0, "start", "2031-04-01T12:00"), source_changes(0, {"hour": "09"})],
)
@example(  # the source comes to say what she took out
    [Session("u0", "Ten Nodes", "Hall 1", "10", "TALKS")],
    [
        she_removes(0, "tracks"),
        source_changes(0, {"track": ""}),
        imports(),
        source_changes(0, {"track": "AI + ML"}),
    ],
)
@given(st.lists(SESSIONS, min_size=1, max_size=4), st.lists(STEPS, min_size=2, max_size=14))
def test_no_edit_by_hand_is_ever_lost(sessions: list[Session], steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder), {each.uid: each for each in sessions})
        (world.root / "sessions").mkdir()
        world.import_()
        stems: set[str] = set(world.stems())
        for step in [*steps, imports()]:
            step(world)
            world.check()
            world.agree()
            assert stems <= set(world.stems()), "a record vanished"
            stems |= set(world.stems())
        before = {path.name: path.read_bytes() for path in world.folder.iterdir()}
        world.import_()
        assert {path.name: path.read_bytes() for path in world.folder.iterdir()} == before
