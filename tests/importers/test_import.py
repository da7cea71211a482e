"""An import into an event, and the next one: what follows the source and what stays."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kbsite import account, codes, swap, yamlfile
from kbsite.errors import ContentError, EnvironmentFailure, UsageError
from kbsite.importers import lock, web
from kbsite.importers import run as run_module
from kbsite.importers.enrich import EnrichRequest, enrich
from kbsite.importers.event import Given
from kbsite.importers.outcome import Outcome
from kbsite.importers.run import Request, run
from kbsite.importers.web import Fetched
from kbsite.load import load
from kbsite.pipeline import prepare
from tests.importers.schedules import (
    EVENT,
    GIVEN,
    calendar,
    files,
    import_calendar,
    import_source,
    record,
    talk,
)

KERNEL = talk("k1", "Kernel News - Ada Example, Example Works")
QUEUES = talk(
    "q1",
    "On Queues - Bo Lindqvist, Nimbus Labs",
    "20310401T100000Z",
    "20310401T103000Z",
    description="All about queues.",
)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A knowledge base with one theme and no event."""
    root = tmp_path / "base"
    (root / "sessions").mkdir(parents=True)
    (root / "themes").mkdir()
    theme = "---\nname: Queueing\nkeywords: [queues, backlog]\n---\nWaiting.\n"
    (root / "themes" / "queueing.md").write_text(theme)
    (root / "mkdocs.yml").write_text(
        "site_name: X\ndocs_dir: content\ntheme: material\nplugins: [kbsite]\n"
    )
    (root / "content").mkdir()
    return root


def edit(root: Path, stem: str, old: str, new: str) -> None:
    path = root / "sessions" / EVENT / f"{stem}.yaml"
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def hints(root: Path) -> list[str]:
    return [f"{problem.code}: {problem.message}" for problem in prepare(root).problems]


# The first import


def test_an_import_makes_the_event_and_a_record_for_each_session(base: Path) -> None:
    outcome = import_calendar(base, KERNEL, QUEUES)
    assert list(files(base)) == [
        "event.yaml",
        "import.lock.json",
        "kernel-news.yaml",
        "on-queues.yaml",
    ]
    assert record(base, "event") == (
        "name: Example Conf 2031\n"
        "city: Utrecht\n"
        "country: NL\n"
        "timezone: Europe/Amsterdam\n"
        "start: 2031-04-01\n"
        "end: 2031-04-01\n"
        "url: https://example2031.sched.com/\n"
    )
    assert record(base, "on-queues") == (
        "title: On Queues\n"
        "start: 2031-04-01T12:00\n"
        "end: 2031-04-01T12:30\n"
        "room: Hall 1\n"
        "tracks:\n"
        "  - Talks\n"
        "speakers:\n"
        "  - name: Bo Lindqvist\n"
        "    org: Nimbus Labs\n"
        "suggested_themes:\n"
        "  - queueing\n"
        "links:\n"
        "  - kind: schedule\n"
        "    url: https://example2031.sched.com/event/q1\n"
        "sources:\n"
        "  - system: sched\n"
        "    id: q1\n"
        "    url: https://example2031.sched.com/event/q1\n"
    )
    assert hints(base) == []
    assert outcome.counts() == {
        "entries": 2, "imported": 2, "left out": 0, "refused": 0, "added": 2, "changed": 0,
        "kept": 0, "conflicts": 0, "withdrawn": 0,
    }  # fmt: skip
    assert outcome.suggested == {f"{EVENT}/on-queues": {"queueing": ("queues",)}}


def test_the_same_file_twice_changes_nothing_at_all(base: Path) -> None:
    import_calendar(base, KERNEL, QUEUES)
    folder = base / "sessions" / EVENT
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    outcome = import_calendar(base, KERNEL, QUEUES)
    after = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}
    assert after == before
    assert not outcome.writes


def test_the_event_s_record_is_never_written_again(base: Path) -> None:
    import_calendar(base, KERNEL)
    edit(base, "event", "city: Utrecht", "city: Utrecht # and Zeist")
    import_calendar(base, KERNEL, QUEUES)
    assert "city: Utrecht # and Zeist\n" in record(base, "event")


def test_the_same_command_again_says_nothing_new_of_the_event(base: Path) -> None:
    said = replace(
        GIVEN, name="  Example  Conf 2031 ", country="NL", start=date(2031, 4, 1), venue="Jaarbeurs"
    )
    import_calendar(base, KERNEL, given=said)
    assert import_calendar(base, KERNEL, QUEUES, given=said).imported == 2


@pytest.mark.parametrize(
    ("given", "said", "options"),
    [
        (
            Given(timezone="Europe/Paris"),
            "timezone Europe/Amsterdam (not Europe/Paris)",
            "--timezone",
        ),
        (
            Given(name="Other Conf", venue="Jaarbeurs"),
            "name Example Conf 2031 (not Other Conf) and no venue (not Jaarbeurs)",
            "--name and --venue",
        ),
        (Given(end=date(2031, 4, 2)), "end 2031-04-01 (not 2031-04-02)", "--end"),
        (Given(name=""), "name Example Conf 2031 (not nothing)", "--name"),
    ],
)
def test_what_differs_from_the_record_of_a_known_event_is_refused(
    base: Path, given: Given, said: str, options: str
) -> None:
    import_calendar(base, KERNEL)
    before = files(base)
    with pytest.raises(UsageError) as refused:
        import_calendar(base, KERNEL, QUEUES, given=given)
    assert str(refused.value) == (
        f"the event is there already, and sessions/{EVENT}/event.yaml has {said}; an import does "
        f"not change that file: change it yourself, or leave out {options}"
    )
    assert files(base) == before


def test_what_the_source_does_not_say_is_asked_for_by_the_options_that_say_it(base: Path) -> None:
    with pytest.raises(UsageError) as refused:
        import_calendar(base, KERNEL, given=Given())
    assert str(refused.value) == (
        "the event is new, and the source does not say its timezone (it takes place in Utrecht); "
        "add for example: --timezone Europe/Amsterdam"
    )
    assert not (base / "sessions" / EVENT).exists()


def test_an_event_that_has_no_days_asks_for_them(base: Path) -> None:
    bare = talk("b", "To Come - Ada Example, Example Works", start="", end="")
    with pytest.raises(
        UsageError, match="does not say its start and end; add for example: --start "
    ):
        import_calendar(base, bare)


@pytest.mark.parametrize(
    ("event", "way_out"),
    [("Kube Con", "; write --event kube-con"), ("../x", "--event x"), ("", "")],
)
def test_an_event_that_is_no_id_is_refused(base: Path, event: str, way_out: str) -> None:
    with pytest.raises(UsageError, match="is not an id for an event") as refused:
        import_calendar(base, KERNEL, event=event)
    assert str(refused.value).endswith(way_out)


def test_logistics_are_left_out_and_importable(base: Path) -> None:
    lunch = talk("l", "Lunch 🍲", categories="BREAKS")
    desk = talk("d", "Badge Pick-Up", categories="REGISTRATION")
    tba = talk("t", "Keynote: To Be Announced")
    outcome = import_calendar(base, KERNEL, lunch, desk, tba)
    assert [(title, why) for title, why, _ in outcome.left_out] == [
        ("Lunch", "logistics"),
        ("Badge Pick-Up", "registration"),
        ("To Be Announced", "no title yet"),
    ]
    assert outcome.reasons() == {"logistics": 1, "registration": 1, "no title yet": 1}
    assert (outcome.imported, outcome.entries) == (1, 4)
    outcome = import_calendar(base, KERNEL, lunch, desk, tba, logistics=True)
    assert (outcome.imported, outcome.left_out) == (4, ())
    outcome = import_calendar(base, KERNEL, lunch, desk, tba)
    assert not outcome.writes
    assert outcome.withdrawn == ()


def test_abstracts_are_imported_only_when_asked_for_and_then_stay(base: Path) -> None:
    long = talk("k1", "Kernel News", description="All about *copies*.\\nAnd a backlog &gt\\; 3.")
    import_calendar(base, long)
    assert "abstract" not in record(base, "kernel-news")
    assert "abstract" not in (files(base)["import.lock.json"]).decode()
    assert "suggested_themes:\n  - queueing\n" in record(base, "kernel-news")
    import_calendar(base, long, abstracts=True)
    with_it = record(base, "kernel-news")
    assert "abstract: " in with_it
    assert hints(base) == []
    import_calendar(base, long)
    assert record(base, "kernel-news") == with_it


def test_an_entry_that_cannot_be_used_is_reported_with_its_line(base: Path) -> None:
    broken = talk("x", "Broken", start="soon")
    nameless = talk("n", "")
    outcome = import_calendar(base, KERNEL, broken, nameless)
    assert outcome.imported + len(outcome.left_out) + len(outcome.refused) == outcome.entries == 3
    first, second = outcome.warnings
    assert (first.code, first.line) == ("KB402", 15)
    assert first.message == "'Broken' was not imported: its time cannot be read: 'soon'"
    assert second.message == "an entry without a title was not imported: it has no title (SUMMARY)"


def test_an_entry_that_stands_twice_is_imported_once_and_reported(base: Path) -> None:
    outcome = import_calendar(base, KERNEL, KERNEL)
    assert (outcome.imported, [why for _, why, _ in outcome.refused]) == (
        1, ["it stands in the source twice"],
    )  # fmt: skip


def test_speakers_that_are_not_sure_stay_in_the_title_with_the_line_to_write(base: Path) -> None:
    outcome = import_calendar(base, talk("s", "Five Stages of YAML - Saskia Broeke"))
    (warning,) = outcome.warnings
    assert warning.file == f"sessions/{EVENT}/five-stages-of-yaml.yaml"
    assert warning.message == "the title may end with people: Saskia Broeke"
    assert warning.hint == (
        "if so, take them out of the title, and add: speakers: [{name: Saskia Broeke}]; "
        "if not, add: speakers: []"
    )
    stem = "five-stages-of-yaml"
    edit(base, stem, "title: Five Stages of YAML - Saskia Broeke", "title: Five Stages of YAML")
    edit(base, stem, "links:", "speakers: [{name: Saskia Broeke}]\nlinks:")
    outcome = import_calendar(base, talk("s", "Five Stages of YAML - Saskia Broeke"))
    assert outcome.warnings == ()
    assert not outcome.writes


def test_speakers_that_a_person_denied_are_not_asked_for_again(base: Path) -> None:
    doubtful = talk("s", "Storage Wars - Pelican Heron")
    assert [w.code for w in import_calendar(base, doubtful).warnings] == ["KB403"]
    edit(base, "storage-wars", "links:", "speakers: []\nlinks:")
    assert import_calendar(base, doubtful).warnings == ()


def test_a_session_with_speakers_is_never_taken_for_logistics(base: Path) -> None:
    shuttle = talk("s", "Shuttle: Deployments Made Easy - Ada Example, Example Works")
    import_calendar(base, shuttle, talk("h", "Shuttle to the Airport"))
    assert "shuttle-deployments-made-easy.yaml" in files(base)
    assert len(files(base)) == 3


def test_days_with_nothing_but_logistics_are_no_days_of_the_event(base: Path) -> None:
    desk = talk("d", "Badge Pick-Up", "20310331T080000Z", "20310331T090000Z")
    import_calendar(base, desk, KERNEL)
    assert "start: 2031-04-01\nend: 2031-04-01\n" in record(base, "event")


# File names


def test_file_names_are_readable_unique_ascii_and_short(base: Path) -> None:
    long = "A Very Long Title About Everything That One Could Ever Say About Operators and More"
    titles = [
        "../../etc/passwd",
        "Évènements à l'échelle",
        "Event",
        "CON",
        long,
        long,
        "测试",
        "🎉",
        "🎉🎉",
        "/",
    ]
    import_calendar(base, *(talk(f"t{at}", title) for at, title in enumerate(titles)))
    stems = {name.removesuffix(".yaml") for name in files(base)} - {"event", "import.lock.json"}
    assert stems >= {
        "etc-passwd",
        "evenements-a-l-echelle",
        "event-2",
        "con-2",
        "ceshi",
        "session",
    }
    assert len(stems) == len(titles)
    assert all(len(stem) <= 80 and stem.isascii() for stem in stems)
    assert {path.name for path in base.rglob("*.yaml")} == {
        f"{stem}.yaml" for stem in (*stems, "event")
    }
    assert hints(base) == []


def test_a_former_id_is_not_given_away(base: Path) -> None:
    import_calendar(base, KERNEL)
    edit(base, "kernel-news", "sources:", f"aliases: [{EVENT}/on-queues]\nsources:")
    import_calendar(base, KERNEL, QUEUES)
    assert "on-queues-2.yaml" in files(base)
    assert hints(base) == []


# The next import


def test_a_field_that_nobody_touched_follows_the_source(base: Path) -> None:
    import_calendar(base, KERNEL, QUEUES)
    moved = talk(
        "k1",
        "Kernel News - Ada Example, Example Works",
        location="Hall 2\\, Utrecht\\, Netherlands",
    )
    outcome = import_calendar(base, moved, QUEUES)
    assert "room: Hall 2\n" in record(base, "kernel-news")
    ((own, change),) = outcome.changed
    assert (own, change.field, change.one, change.other) == (
        f"{EVENT}/kernel-news",
        "room",
        "Hall 1",
        "Hall 2",
    )


def test_a_field_that_the_source_drops_goes(base: Path) -> None:
    import_calendar(base, KERNEL, QUEUES)
    import_calendar(
        base, talk("k1", "Kernel News - Ada Example, Example Works", categories=""), QUEUES
    )
    assert "tracks" not in record(base, "kernel-news")


def test_a_field_that_a_person_changed_stays(base: Path) -> None:
    import_calendar(base, KERNEL)
    edit(base, "kernel-news", "room: Hall 1", "room: The big hall")
    outcome = import_calendar(base, KERNEL)
    assert "room: The big hall\n" in record(base, "kernel-news")
    ((_, kept),) = outcome.kept
    assert (kept.field, kept.one, kept.other) == ("room", "The big hall", "Hall 1")
    assert (outcome.conflicts, outcome.warnings, outcome.writes) == ((), (), False)


def test_what_a_person_adds_where_the_source_is_silent_is_no_difference(base: Path) -> None:
    import_calendar(base, KERNEL)
    edit(base, "kernel-news", "links:", "level: advanced\nlinks:")
    outcome = import_calendar(base, KERNEL)
    assert "level: advanced\n" in record(base, "kernel-news")
    assert (outcome.kept, outcome.writes) == ((), False)


def test_logistics_that_a_person_wrote_down_are_not_doubled(base: Path) -> None:
    import_calendar(base, KERNEL)
    mine = base / "sessions" / EVENT / "our-lunch.yaml"
    mine.write_text("title: Lunch\nstart: 2031-04-01T10:00\n")
    import_calendar(base, KERNEL, talk("l", "Lunch"))
    assert mine.read_text() == "title: Lunch\nstart: 2031-04-01T10:00\n"
    outcome = import_calendar(base, KERNEL, talk("l", "Lunch"), logistics=True)
    assert outcome.added == ()
    assert "room: Hall 1\n" in mine.read_text()


def test_a_field_that_a_person_took_out_stays_out(base: Path) -> None:
    import_calendar(base, KERNEL)
    edit(base, "kernel-news", "room: Hall 1\n", "")
    import_calendar(base, KERNEL)
    assert "room" not in record(base, "kernel-news")


@pytest.mark.parametrize(
    "between",
    [
        [("room: Hall 1", "room: Hall 1")],
        [("room: Hall 1", "room: Upstairs"), ("room: Upstairs", "room: Hall 1")],
        [("room: Hall 1", "room: Hall 2"), None],
    ],
    ids=["the same", "back again", "before the source"],
)
def test_what_a_person_sets_as_the_source_has_it_follows_the_source(
    base: Path, between: list[tuple[str, str] | None]
) -> None:
    import_calendar(base, KERNEL)
    for each in between:
        if each is None:
            import_calendar(base, KERNEL.replace("Hall 1", "Hall 2"))
        else:
            edit(base, "kernel-news", *each)
    outcome = import_calendar(base, KERNEL.replace("Hall 1", "Hall 3"))
    assert "room: Hall 3\n" in record(base, "kernel-news")
    assert ([each.field for _, each in outcome.changed], outcome.conflicts) == (["room"], ())


def test_a_field_changed_on_both_sides_is_a_conflict_said_once(base: Path) -> None:
    import_calendar(base, KERNEL)
    edit(base, "kernel-news", "room: Hall 1", "room: The big hall")
    moved = talk(
        "k1",
        "Kernel News - Ada Example, Example Works",
        location="Hall 2\\, Utrecht\\, Netherlands",
    )
    outcome = import_calendar(base, moved, QUEUES)
    assert "room: The big hall\n" in record(base, "kernel-news")
    ((_, conflict),) = outcome.conflicts
    assert (conflict.field, conflict.one, conflict.other) == ("room", "The big hall", "Hall 2")
    (warning,) = outcome.warnings
    assert warning.code == "KB404"
    assert warning.message == "room is 'The big hall' here, and now 'Hall 2' at the source"
    assert warning.hint == "yours stays; to take the source's, write: room: Hall 2"
    again = import_calendar(base, moved, QUEUES)
    assert (again.conflicts, again.warnings, again.writes) == ((), (), False)


@pytest.mark.parametrize(
    ("mine", "hers"),
    [("start: 2031-04-01T10:00", "start: 2031-04-01T15:00"), ("T10:30", "T10:45")],
    ids=["start", "end"],
)
def test_a_time_that_a_person_changed_is_not_torn_from_the_other(
    base: Path, mine: str, hers: str
) -> None:
    import_calendar(base, KERNEL)
    edit(base, "kernel-news", mine, hers)
    before = record(base, "kernel-news")
    moved = KERNEL.replace("T0800", "T0900").replace("T0830", "T0930")
    moved = moved.replace("20310401", "20310402")
    outcome = import_calendar(base, moved, QUEUES)
    assert record(base, "kernel-news") == before
    assert [each.field for _, each in outcome.conflicts] == ["start", "end"]
    assert import_calendar(base, moved, QUEUES).conflicts == ()
    assert record(base, "kernel-news") == before


def test_an_end_is_not_taken_from_a_source_that_has_another_start(base: Path) -> None:
    import_calendar(base, QUEUES)
    mine = "title: Kernel News\nstart: 2031-04-01T15:00\n"
    (base / "sessions" / EVENT / "by-hand.yaml").write_text(mine)
    outcome = import_calendar(base, QUEUES, KERNEL)
    assert record(base, "by-hand").startswith(mine)
    assert "end:" not in record(base, "by-hand")
    assert [each.field for _, each in outcome.kept] == ["start", "end"]
    assert [hint for hint in hints(base) if hint.startswith("KB108")] == []


def test_an_entry_that_vanished_is_withdrawn_and_comes_back(base: Path) -> None:
    import_calendar(base, KERNEL, QUEUES)
    before = record(base, "on-queues")
    outcome = import_calendar(base, KERNEL)
    assert outcome.withdrawn == (f"{EVENT}/on-queues",)
    assert record(base, "on-queues") == before.replace("start:", "status: withdrawn\nstart:", 1)
    assert not import_calendar(base, KERNEL).writes
    import_calendar(base, KERNEL, QUEUES)
    assert record(base, "on-queues") == before


def test_a_renamed_title_keeps_its_id(base: Path) -> None:
    import_calendar(base, KERNEL)
    import_calendar(base, talk("k1", "Kernel Old News - Ada Example, Example Works"))
    assert [name for name in files(base) if name.startswith("kernel")] == ["kernel-news.yaml"]
    assert "title: Kernel Old News\n" in record(base, "kernel-news")


def test_entries_whose_ids_changed_are_known_by_title_and_start(base: Path) -> None:
    import_calendar(base, KERNEL, QUEUES)
    edit(base, "kernel-news", "links:", "learnings:\n  - id: less\n    text: Copy less.\nlinks:")
    outcome = import_calendar(
        base,
        talk("new-1", "Kernel News - Ada Example, Example Works"),
        talk(
            "new-2", "On Queues - Bo Lindqvist, Nimbus Labs", "20310401T100000Z", "20310401T103000Z"
        ),
    )
    assert (outcome.added, outcome.withdrawn) == ((), ())
    assert "id: new-1" in record(base, "kernel-news")
    assert "text: Copy less." in record(base, "kernel-news")


def test_entries_that_share_an_id_are_told_apart_by_title_and_start(base: Path) -> None:
    one, two = (
        talk("same", "Sound Bath", "20310401T080000Z"),
        talk("same", "Sound Walk", "20310402T080000Z", "20310402T083000Z"),
    )
    import_calendar(base, one, two, KERNEL)
    moved = talk("same", "Sound Walk", "20310402T080000Z", "20310402T084500Z")
    outcome = import_calendar(base, moved, one, KERNEL)
    assert {own for own, _ in outcome.changed} == {f"{EVENT}/sound-walk"}
    assert (outcome.added, outcome.withdrawn) == ((), ())


def test_entries_of_one_title_keep_their_files(base: Path) -> None:
    days = [
        talk(f"p{n}", "Pavilion Tour", f"2031040{n}T080000Z", f"2031040{n}T083000Z")
        for n in (1, 2, 3)
    ]
    import_calendar(base, *days)
    before = files(base)
    assert not import_calendar(base, *reversed(days)).writes
    assert files(base) == before


def test_everything_that_a_person_wrote_survives_byte_for_byte(base: Path) -> None:
    import_calendar(base, KERNEL)
    mine = (
        "# Ask Ada for the slides.\r\n"
        "room:   'Hall 1'  # upstairs\r\n"
        "title: >-\r\n  Kernel\r\n  News\r\n"
        "learnings:   # by hand\r\n"
        '  - {id: less, text: "Copy less."}\r\n'
        "\r\n"
        "start: 2031-04-01T10:00\r\n"
        "tracks: [Talks] # one\r\n"
        "speakers:\r\n"
        "  # pronounced ay-da\r\n"
        "  - org: Example Works\r\n"
        "    name: Ada Example\r\n"
        "sources:\r\n"
        "  - {system: sched, id: k1, url: 'https://example2031.sched.com/event/k1'}\r\n"
        "links:\r\n"
        "  - kind: video # late\r\n"
        "    url: https://video.example.org/k1\r\n"
        "  - kind: schedule\r\n"
        "    url: https://example2031.sched.com/event/k1\r\n"
        "end: 2031-04-01T10:30"
    )
    path = base / "sessions" / EVENT / "kernel-news.yaml"
    path.write_bytes(mine.encode())
    assert not import_calendar(base, KERNEL).writes
    moved = talk(
        "k1", "Kernel News - Ada Example, Nimbus Labs", "20310401T090000Z", "20310401T093000Z",
        location="Hall 2\\, Utrecht\\, Netherlands", categories="KERNELS",
    )  # fmt: skip
    import_calendar(base, moved)
    expected = (
        mine.replace("'Hall 1'", "Hall 2").replace("T10:00", "T11:00").replace("T10:30", "T11:30")
        .replace("org: Example Works", "org: Nimbus Labs").replace("[Talks]", "[Kernels]")
    )  # fmt: skip
    assert record(base, "kernel-news").replace("'Hall 2'", "Hall 2") == expected


def test_a_link_that_a_person_added_stays_beside_those_of_the_source(base: Path) -> None:
    import_calendar(base, KERNEL)
    video = "  - kind: video\n    url: https://video.example.org/k1\n"
    edit(base, "kernel-news", "links:\n", f"links:\n{video}")
    changed = talk(
        "k1",
        "Kernel News - Ada Example, Example Works",
        url="http://example2031.sched.com/event/new",
    )
    outcome = import_calendar(base, changed)
    text = record(base, "kernel-news")
    assert video in text
    assert "https://example2031.sched.com/event/new" in text
    assert "https://example2031.sched.com/event/k1" not in text
    assert outcome.conflicts == ()


def test_a_theme_that_a_person_confirmed_or_refused_stays_so(base: Path) -> None:
    import_calendar(base, QUEUES)
    edit(base, "on-queues", "suggested_themes:\n  - queueing\n", "themes:\n  - queueing\n")
    assert not import_calendar(base, QUEUES).writes
    edit(base, "on-queues", "themes:\n  - queueing\n", "")
    assert not import_calendar(base, QUEUES).writes
    other = "---\nname: Backlogs\nkeywords: [queues]\n---\nMore waiting.\n"
    (base / "themes" / "backlogs.md").write_text(other)
    outcome = import_calendar(base, QUEUES)
    assert "suggested_themes:\n  - backlogs\n" in record(base, "on-queues")
    assert outcome.suggested[f"{EVENT}/on-queues"]["backlogs"] == ("queues",)


@pytest.mark.parametrize("word", ["Queueing in Lines", "queueing-in lines"])
def test_a_confirmed_theme_is_not_suggested_by_a_later_keyword(base: Path, word: str) -> None:
    kernel = talk("k1", "Kernel News", description="All about kernels.")
    import_calendar(base, kernel)
    edit(base, "kernel-news", "links:", f"themes: [{word}]\nlinks:")
    theme = "---\nname: Queueing in Lines\nkeywords: [kernels]\n---\nWaiting.\n"
    (base / "themes" / "queueing.md").write_text(theme)
    assert not any(
        each.field == "suggested_themes" for _, each in import_calendar(base, kernel).changed
    )
    assert "suggested_themes" not in record(base, "kernel-news")


def test_a_record_that_was_there_first_is_completed_and_not_doubled(base: Path) -> None:
    folder = base / "sessions" / EVENT
    folder.mkdir()
    (folder / "event.yaml").write_text(
        "name: Example Conf 2031\ntimezone: Europe/Amsterdam\nstart: 2031-04-01\nend: 2031-04-02\n"
    )
    mine = "title: Kernel news # mine\nstart: 2031-04-01T10:00\nlevel: advanced\nroom: Upstairs\n"
    (folder / "by-hand.yaml").write_text(mine)
    outcome = import_calendar(base, KERNEL, QUEUES)
    assert [own for own, _ in outcome.added] == [f"{EVENT}/on-queues"]
    text = record(base, "by-hand")
    assert all(line in text for line in mine.splitlines(keepends=True))
    assert "speakers:\n  - name: Ada Example\n    org: Example Works\n" in text
    assert outcome.conflicts == ()


def test_a_record_that_links_to_its_schedule_gets_no_second_link(base: Path) -> None:
    import_calendar(base, KERNEL)
    path = base / "sessions" / EVENT / "kernel-news.yaml"
    mine = path.read_text().replace("event/k1", "event/1AB2c").replace("id: k1", "id: 1AB2c")
    path.write_text(mine)
    (base / "sessions" / EVENT / lock.NAME).unlink()
    import_calendar(base, KERNEL)
    text = path.read_text()
    assert text.startswith(mine)
    assert text.count("kind: schedule") == 1
    assert "id: k1\n" in text


def test_a_record_that_a_person_renamed_is_followed(base: Path) -> None:
    import_calendar(base, KERNEL, QUEUES)
    folder = base / "sessions" / EVENT
    (folder / "kernel-news.yaml").rename(folder / "news-of-the-kernel.yaml")
    moved = talk(
        "k1",
        "Kernel News - Ada Example, Example Works",
        location="Hall 2\\, Utrecht\\, Netherlands",
    )
    outcome = import_calendar(base, moved, QUEUES)
    assert "kernel-news.yaml" not in files(base)
    assert "room: Hall 2\n" in record(base, "news-of-the-kernel")
    assert [own for own, _ in outcome.changed] == [f"{EVENT}/news-of-the-kernel"]


def test_a_record_that_a_person_deleted_stays_deleted(base: Path) -> None:
    import_calendar(base, KERNEL, QUEUES)
    (base / "sessions" / EVENT / "on-queues.yaml").unlink()
    outcome = import_calendar(base, KERNEL, QUEUES)
    assert "on-queues.yaml" not in files(base)
    assert [why for _, why, _ in outcome.left_out] == ["on-queues.yaml was deleted by hand"]
    assert outcome.imported + len(outcome.left_out) == outcome.entries


def test_records_that_a_person_added_are_never_touched(base: Path) -> None:
    import_calendar(base, KERNEL)
    own = base / "sessions" / EVENT / "unconference.yaml"
    own.write_text("title: Unconference\n")
    import_calendar(base, KERNEL, QUEUES)
    assert own.read_text() == "title: Unconference\n"


def test_a_file_of_another_kind_in_the_event_s_folder_stays(base: Path) -> None:
    import_calendar(base, KERNEL)
    notes = base / "sessions" / EVENT / "notes" / "todo.txt"
    notes.parent.mkdir()
    notes.write_text("call Ada")
    import_calendar(base, KERNEL, QUEUES)
    assert notes.read_text() == "call Ada"


def test_two_calendars_in_one_event_do_not_withdraw_each_other(base: Path) -> None:
    import_calendar(base, KERNEL, name="main")
    outcome = import_calendar(base, QUEUES, name="co-located")
    assert outcome.withdrawn == ()
    assert not import_calendar(base, KERNEL, name="main").writes


def test_a_calendar_that_got_another_name_is_the_same(base: Path) -> None:
    import_calendar(base, KERNEL, QUEUES, name="one")
    outcome = import_calendar(base, KERNEL, name="two")
    assert (outcome.added, outcome.withdrawn) == ((), (f"{EVENT}/on-queues",))


def test_a_source_that_has_nothing_in_common_is_refused(base: Path) -> None:
    import_calendar(base, *(talk(f"a{n}", f"Talk {n} of one") for n in range(9)))
    before = files(base)
    others = (talk(f"b{n}", f"Speech {n} of two", "20310402T080000Z") for n in range(4))
    with pytest.raises(UsageError, match="nothing of the 9 sessions that were imported into"):
        import_calendar(base, *others)
    assert files(base) == before


@pytest.mark.parametrize(
    ("stem", "old", "new"),
    [
        ("kernel-news", "room: Hall 1", "room: [Hall 1"),
        ("event", "name: Example", "name: [Example"),
    ],
)
def test_a_record_that_cannot_be_read_stops_the_import(
    base: Path, stem: str, old: str, new: str
) -> None:
    import_calendar(base, KERNEL, QUEUES)
    edit(base, stem, old, new)
    before = files(base)
    with pytest.raises(ContentError) as refused:
        import_calendar(base, talk("k1", "Kernel Old News"), QUEUES)
    assert [problem.file for problem in refused.value.problems] == [f"sessions/{EVENT}/{stem}.yaml"]
    assert files(base) == before


def test_a_record_that_cannot_be_changed_in_place_is_left_and_reported(base: Path) -> None:
    import_calendar(base, KERNEL)
    path = base / "sessions" / EVENT / "kernel-news.yaml"
    data = yamlfile.read(path.read_text())
    odd = json.dumps(data)  # all on one line, in braces
    path.write_text(odd)
    outcome = import_calendar(base, talk("k1", "Kernel News", location=""))
    assert path.read_text() == odd
    assert {w.code for w in outcome.warnings} == {"KB405"}
    assert outcome.warnings[0].message == (
        "room cannot be changed here without touching the rest: the source no longer has one"
    )
    assert outcome.warnings[0].hint == "remove room"
    again = import_calendar(base, talk("k1", "Kernel News", location=""))
    assert again.warnings == outcome.warnings
    assert not again.writes


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"format": 2, "sessions": {}}', "<<<<<<< mine\n", "9" * 5000]
)
def test_a_lock_that_cannot_be_read_stops_the_import(base: Path, text: str) -> None:
    import_calendar(base, KERNEL)
    path = base / "sessions" / EVENT / lock.NAME
    path.write_text(text)
    with pytest.raises(ContentError) as refused:
        import_calendar(base, KERNEL)
    (problem,) = refused.value.problems
    code = "KB019" if text.startswith("<") else "KB406"
    assert (problem.code, problem.file) == (code, f"sessions/{EVENT}/import.lock.json")
    assert path.read_text() == text


def test_without_its_lock_every_value_counts_as_a_person_s(base: Path) -> None:
    import_calendar(base, KERNEL, QUEUES)
    (base / "sessions" / EVENT / lock.NAME).unlink()
    moved = talk(
        "k1",
        "Kernel News - Ada Example, Example Works",
        location="Hall 2\\, Utrecht\\, Netherlands",
    )
    outcome = import_calendar(base, moved, QUEUES)
    assert "room: Hall 1\n" in record(base, "kernel-news")
    assert [each.field for _, each in outcome.kept] == ["room"]
    assert (outcome.added, outcome.conflicts) == ((), ())


# Dry runs, crashes


def test_a_dry_run_says_the_same_as_the_real_one_and_writes_nothing(base: Path) -> None:
    import_calendar(base, KERNEL)
    edit(base, "kernel-news", "room: Hall 1", "room: The big hall")
    before = files(base)
    talks = (talk("k1", "Kernel Old News - Ada Example, Example Works"), QUEUES, talk("l", "Lunch"))
    dry = json.loads(account.to_json(import_calendar(base, *talks, dry_run=True)))
    assert files(base) == before
    real = json.loads(account.to_json(import_calendar(base, *talks)))
    assert dry.pop("dry_run")
    assert not real.pop("dry_run")
    assert dry == real


def test_a_dry_run_of_a_new_event_makes_no_folder(base: Path) -> None:
    outcome = import_calendar(base, KERNEL, dry_run=True)
    assert outcome.event_added
    assert list((base / "sessions").iterdir()) == []


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_an_import_that_breaks_off_leaves_the_old_state(
    base: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    import_calendar(base, KERNEL)
    before = files(base)
    written = Path.write_bytes
    monkeypatch.setattr(
        Path,
        "write_bytes",
        lambda p, data: _fail(failure) if "queues" in p.name else written(p, data),
    )
    with pytest.raises((EnvironmentFailure, KeyboardInterrupt)):
        import_calendar(base, talk("k1", "Kernel Old News"), QUEUES)
    monkeypatch.undo()
    assert files(base) == before
    assert {path.name for path in (base / "sessions").iterdir()} <= {EVENT, f".{EVENT}.lock"}
    import_calendar(base, talk("k1", "Kernel Old News"), QUEUES)
    assert "on-queues.yaml" in files(base)


def _fail(failure: BaseException) -> int:
    raise failure


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_an_import_that_is_killed_at_any_step_leaves_the_old_or_the_new_state(base: Path) -> None:
    import_calendar(base, KERNEL, QUEUES)
    folder, old = base / "sessions" / EVENT, files(base)
    changed = (talk("k1", "Kernel Old News"), talk("n", "A New Talk"))
    states = []
    for step in range(20):
        for name in files(base).keys() - old.keys():
            (folder / name).unlink()
        for name, data in old.items():
            (folder / name).write_bytes(data)
        child = os.fork()
        if not child:
            _killed_at(step, lambda: import_calendar(base, *changed))
        killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
        swap.recover(folder)
        states.append(files(base))
        if not killed:
            break
    new = states[-1]
    assert new != old
    assert all(state in (old, new) for state in states)
    assert states.count(old) >= 5
    assert [path.name for path in (base / "sessions").iterdir() if "~" in path.name] == []


def _killed_at(step: int, work: Callable[[], object]) -> None:
    """Do `work`, and die without any cleaning up at the given write to the disk."""
    left = step

    def dying(do: Callable[..., Any]) -> Callable[..., Any]:
        def instead(*arguments: Any, **named: Any) -> Any:
            nonlocal left
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
            return do(*arguments, **named)

        return instead

    Path.write_bytes = dying(Path.write_bytes)  # type: ignore[method-assign]
    Path.replace = dying(Path.replace)  # type: ignore[method-assign]
    shutil.rmtree = dying(shutil.rmtree)  # type: ignore[assignment]
    shutil.copytree = dying(shutil.copytree)
    swap.exchange = dying(swap.exchange)
    try:
        work()
    finally:
        os._exit(0)


@pytest.mark.parametrize("target_exists", [True, False])
def test_where_folders_cannot_be_exchanged_two_renames_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, target_exists: bool
) -> None:
    monkeypatch.setattr(swap, "exchange", lambda *_: False)
    target = tmp_path / "conf"
    if target_exists:
        target.mkdir()
        (target / "old").write_text("old")
    with swap.staging(target, "import") as folder:
        (folder / "new").write_text("new")
        swap.publish(folder, target)
    assert [path.name for path in target.iterdir()] == ["new"]
    assert {path.name for path in tmp_path.iterdir()} <= {"conf", ".conf.lock"}


def test_two_events_of_which_one_s_id_begins_like_the_other_s_do_not_meet(base: Path) -> None:
    other = base / "sessions" / f"{EVENT}-new-york"
    other.mkdir()
    (other / "event.yaml").write_text("name: [broken")
    with swap.staging(other, "import") as folder:
        (folder / "half").write_text("half")
        assert import_calendar(base, KERNEL).imported == 1
        assert (folder / "half").read_text() == "half"


def test_a_file_that_appears_while_the_records_are_read_is_not_overwritten(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_calendar(base, QUEUES)
    mine = base / "sessions" / EVENT / "kernel-news.yaml"

    def slowly(root: Path, **more: Any) -> Any:
        found = load(root, **more)
        mine.write_text("title: Mine\n")
        return found

    monkeypatch.setattr("kbsite.importers.run.load", slowly)
    with pytest.raises(EnvironmentFailure, match="was changed while it was imported into"):
        import_calendar(base, QUEUES, KERNEL)
    assert mine.read_text() == "title: Mine\n"


def test_a_folder_whose_name_is_no_id_has_to_be_renamed_first(base: Path) -> None:
    import_calendar(base, KERNEL)
    misnamed = base / "sessions" / EVENT.title()
    (base / "sessions" / EVENT).rename(misnamed)
    said = f"rename sessions/{EVENT.title()} to sessions/{EVENT}"
    with pytest.raises(UsageError, match=said):
        import_calendar(base, KERNEL)
    (misnamed / "kernel-news.yaml").write_text("title: [")
    with pytest.raises(ContentError) as refused:
        import_calendar(base, KERNEL)
    assert {problem.file for problem in refused.value.problems} == {
        f"sessions/{EVENT.title()}",
        f"sessions/{EVENT.title()}/kernel-news.yaml",
    }
    (misnamed / "kernel-news.yaml").unlink()
    with pytest.raises(UsageError, match=said):
        import_calendar(base, KERNEL)
    assert not (base / "sessions" / EVENT).exists()


@pytest.mark.parametrize("name", ["event.yml", "Event.YAML", "evnt.yaml"])
def test_an_event_whose_file_has_another_name_has_to_be_renamed_first(
    base: Path, name: str
) -> None:
    import_calendar(base, QUEUES)
    (base / "sessions" / EVENT / "event.yaml").rename(base / "sessions" / EVENT / name)
    before = files(base)
    with pytest.raises(UsageError, match=f"rename sessions/{EVENT}/{name} to event.yaml first"):
        import_calendar(base, QUEUES, talk("e1", "Events - Ada Example, Example Works"))
    assert files(base) == before


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (Given(timezone="Europe/Paris", url="foo"), "url: the link 'foo' is not an http"),
        (Given(timezone="Europe/Paris", name="x" * 600), "name: the text has 600 characters"),
        (Given(timezone="Europe/Paris", venue=""), "venue: the text is empty"),
        (Given(timezone="Europe/Paris", end=date(2031, 3, 1)), "end: the end, 2031-03-01, is bef"),
    ],
)
def test_an_event_that_would_be_wrong_is_not_written(base: Path, given: Given, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        import_calendar(base, KERNEL, given=given)
    assert str(refused.value).startswith(f"the event's record would be wrong: {said}")
    assert list((base / "sessions").iterdir()) == []


def test_what_a_source_says_of_the_event_in_no_words_is_not_said(base: Path) -> None:
    import_calendar(base, talk("k1", "Kernel News", location="Hall 1\\, \\, Netherlands"))
    assert "city" not in record(base, "event")


def test_what_would_be_no_record_is_not_written(base: Path) -> None:
    many = talk("k1", "Kernel News", categories=",".join(f"Track {n}" for n in range(120)))
    outcome = import_calendar(base, QUEUES, many)
    (refused,) = outcome.refused
    assert refused[1] == "tracks: there are more than 100 tracks"
    assert hints(base) == []
    import_calendar(base, QUEUES, KERNEL)
    long = talk("k1", "Kernel News - Ada Example, Example Works", location="Hall " * 150)
    outcome = import_calendar(base, QUEUES, long)
    assert [w.code for w in outcome.warnings] == ["KB407"]
    assert hints(base) == []


def test_an_abstract_that_is_too_long_is_left_out(base: Path) -> None:
    endless = talk("k1", "Kernel News", description="All about copies. " * 2_000)
    outcome = import_calendar(base, endless, abstracts=True)
    (warning,) = outcome.warnings
    assert (warning.code, warning.message) == (
        "KB407",
        "its abstract has 35,999 characters; at most 20,000 fit",
    )
    assert "abstract" not in record(base, "kernel-news")
    assert hints(base) == []


def test_a_source_that_has_lost_most_of_its_sessions_is_doubted(base: Path) -> None:
    talks = [talk(f"a{n}", f"Talk {n} of the week") for n in range(20)]
    import_calendar(base, *talks)
    outcome = import_calendar(base, *talks[:5])
    (warning,) = outcome.warnings
    assert warning.code == "KB408"
    assert warning.message == (
        "15 of 20 sessions are no longer in the source, and are withdrawn now"
    )
    assert len(outcome.withdrawn) == 15
    assert outcome.changed == ()
    assert import_calendar(base, *talks).warnings == ()
    assert "withdrawn" not in record(base, "talk-19-of-the-week")


def test_a_cancelled_entry_is_a_cancelled_session(base: Path) -> None:
    import_calendar(base, talk("k1", "Kernel News", status="CANCELLED"))
    assert "status: cancelled\n" in record(base, "kernel-news")


def test_an_event_of_whole_days_takes_its_days_from_them(base: Path) -> None:
    days = (
        talk(f"d{n}", f"Day {n}", end="").replace(
            "DTSTART:20310401T080000Z", f"DTSTART;VALUE=DATE:2031040{n}"
        )
        for n in (2, 3)
    )
    import_calendar(base, *days)
    assert "start: 2031-04-02\nend: 2031-04-03\n" in record(base, "event")
    assert "start: 2031-04-02\n" in record(base, "day-2")
    assert hints(base) == []


def test_an_entry_that_vanished_with_its_file_is_forgotten(base: Path) -> None:
    import_calendar(base, KERNEL, QUEUES)
    (base / "sessions" / EVENT / "on-queues.yaml").unlink()
    outcome = import_calendar(base, KERNEL)
    assert outcome.withdrawn == ()
    assert "on-queues" not in files(base)["import.lock.json"].decode()


@pytest.mark.parametrize("links", ["just words", "[{kind: video}]", "[1, 2]", "{a: b}"])
def test_links_of_an_odd_shape_stay_as_they_are(base: Path, links: str) -> None:
    import_calendar(base, KERNEL)
    path = base / "sessions" / EVENT / "kernel-news.yaml"
    before, _, after = path.read_text().partition("links:\n")
    mine = f"{before}links: {links}\n{after[after.index('sources:') :]}"
    path.write_text(mine)
    import_calendar(base, KERNEL)
    assert path.read_text() == mine


def test_an_event_that_changes_while_it_is_imported_into_is_left_alone(
    base: Path, tmp_path: Path
) -> None:
    import_calendar(base, KERNEL)
    source = tmp_path / "next.ics"
    source.write_text(calendar(talk("k1", "Kernel Old News")), newline="")

    def interfere(step: str) -> None:
        if step == "writing":
            edit(base, "kernel-news", "room: Hall 1", "room: Saved just now")

    request = Request(root=base, system="sched", source=str(source), event=EVENT)
    with pytest.raises(EnvironmentFailure, match="was changed while it was imported into"):
        run(request, interfere)
    assert "room: Saved just now" in record(base, "kernel-news")


def test_a_folder_that_may_not_be_written_is_told(base: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    (base / "sessions").chmod(0o555)
    try:
        with pytest.raises(EnvironmentFailure, match="cannot write to"):
            import_calendar(base, KERNEL)
    finally:
        (base / "sessions").chmod(0o755)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`, by path."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize(
    "place",
    ["", f"{EVENT}", f"{EVENT}/kernel-news.yaml", f"{EVENT}/event.yaml", f"{EVENT}/{lock.NAME}"],
    ids=["the folder of events", "the event", "a record", "the event's record", "the lock"],
)
@pytest.mark.parametrize("outside", [True, False])
def test_an_import_writes_through_no_link_and_replaces_none(
    base: Path, tmp_path: Path, place: str, *, outside: bool
) -> None:
    import_calendar(base, KERNEL, QUEUES)
    linked = base / "sessions" / place
    real = (tmp_path if outside else base) / "elsewhere"
    linked.rename(real)
    linked.symlink_to(real)
    before = contents(tmp_path)
    with pytest.raises(UsageError) as refused:
        import_calendar(base, talk("k1", "Kernel Old News"), talk("n", "A New Talk"))
    (tmp_path / "calendar.ics").write_bytes(before["calendar.ics"])
    assert str(refused.value) == (
        f"{Path('sessions', place).as_posix()} is a symbolic link, and an import writes through "
        "none; put what it leads to in its place"
    )
    assert contents(tmp_path) == before
    assert linked.is_symlink()


def test_a_link_that_leads_nowhere_is_not_written_either(base: Path) -> None:
    (base / "sessions" / EVENT).mkdir()
    (base / "sessions" / EVENT / "Kernel-News.YML").symlink_to("nowhere")
    with pytest.raises(UsageError, match=r"Kernel-News\.YML is a symbolic link"):
        import_calendar(base, KERNEL)


def test_links_that_are_no_records_stay_and_so_does_one_that_leads_to_the_root(
    base: Path, tmp_path: Path
) -> None:
    import_calendar(base, KERNEL)
    slides = base / "sessions" / EVENT / "slides.pdf"
    slides.symlink_to("../../content")
    (tmp_path / "linked").symlink_to(base)
    import_calendar(tmp_path / "linked", KERNEL, QUEUES)
    assert slides.is_symlink()
    assert (base / "sessions" / EVENT / "on-queues.yaml").is_file()


def test_a_source_without_entries_is_refused(base: Path) -> None:
    import_calendar(base, KERNEL)
    before = files(base)
    with pytest.raises(ContentError) as refused:
        import_calendar(base)
    assert refused.value.problems[0].message == "the source has no entries"
    assert files(base) == before


def test_own_tables_add_to_those_of_kbsite(base: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[prefix]]\ntext = ["Spark Talk"]\nkind = "lightning"\ntrack = "Sparks"\n'
        '[[kind]]\ntext = ["Talks"]\nkind = "workshop"\n'
        '[[left_out]]\nreason = "sport"\ntitles = ["Morning Run*"]\n'
    )
    spark = talk("s", "✨ Spark Talk: Small Fires - Ada Example, Example Works")
    import_calendar(base, spark, KERNEL, talk("r", "Morning Run with Bo"), tables=(own,))
    assert "kind: lightning\n" in record(base, "small-fires")
    assert "kind: workshop\n" in record(base, "kernel-news")
    assert len(files(base)) == 4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[prefix]\n", "this is not TOML"),
        ('[[prefix]]\ntext = ["X"]\nkind = "speech"\n', "'kind' in [prefix 1] is none of 'talk', "),
        (
            '[[prefix]]\ntext = "X"\n',
            """'text' in [prefix 1] should be a list, as ["A word", "Another"]""",
        ),
        ("[colours]\n", "the file has no 'colours'"),
    ],
)
def test_tables_that_cannot_be_used_are_told(
    base: Path, tmp_path: Path, text: str, message: str
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text)
    with pytest.raises(UsageError) as refused:
        import_calendar(base, KERNEL, tables=(own,))
    assert str(refused.value).startswith(f"{own}: {message}")


def test_every_format_is_imported(base: Path, tmp_path: Path) -> None:
    sources = {
        "c3voc": '{"schedule": {"conference": {"acronym": "x", "title": "Example Conf", '
        '"time_zone_name": "Europe/Amsterdam", "days": [{"index": 1, "date": "2031-04-01", '
        '"day_start": "2031-04-01T09:00:00+02:00", "rooms": {"Hall 1": [{"id": 1, "guid": "g1", '
        '"date": "2031-04-01T10:00:00+02:00", "start": "10:00", "duration": "00:30", '
        '"title": "Kernel News", "persons": [{"id": 7, "public_name": "Ada Example"}]}]}}]}}}',
        "frab": "<schedule><conference><acronym>x</acronym><title>Example Conf</title>"
        "<time_zone_name>Europe/Amsterdam</time_zone_name></conference>"
        '<day index="1" date="2031-04-01"><room name="Hall 1"><event guid="g1" id="1">'
        "<date>2031-04-01T10:00:00+02:00</date><start>10:00</start><duration>00:30</duration>"
        '<title>Kernel News</title><persons><person id="7">Ada Example</person></persons>'
        "</event></room></day></schedule>",
        "sessionize": '{"sessions": [{"id": "1", "title": "Kernel News", '
        '"startsAt": "2031-04-01T10:00:00", "endsAt": "2031-04-01T10:30:00", "speakers": ["s"], '
        '"roomId": 3, "status": "Accepted"}], '
        '"speakers": [{"id": "s", "fullName": "Ada Example"}], '
        '"rooms": [{"id": 3, "name": "Hall 1"}], "categories": [], "questions": []}',
    }
    for system, text in sources.items():
        source = tmp_path / f"source.{system}"
        source.write_text(text)
        event = f"{system}-2031"
        given = replace(GIVEN, name=f"{system} 2031")
        outcome = import_source(base, system, source, event=event, given=given)
        assert (outcome.imported, outcome.entries) == (1, 1)
        written = (base / "sessions" / event / "kernel-news.yaml").read_text()
        assert "start: 2031-04-01T10:00\nend: 2031-04-01T10:30\nroom: Hall 1\n" in written
        assert "  - name: Ada Example\n" in written
        assert not import_source(base, system, source, event=event, given=given).writes
    assert hints(base) == []


def test_every_code_of_an_import_is_said_here(base: Path) -> None:
    """With the severity of the catalogue, and nothing of a source is in it that moves a cursor."""
    said: dict[str, str] = {}
    doubtful = talk("d", "Five Stages\x1b[31m of YAML - Saskia Broeke", end="20310401T070000Z")
    first = import_calendar(base, KERNEL, doubtful, talk("x", "Broken", start="soon"))
    said |= {problem.code: problem.severity for problem in first.warnings}
    edit(base, "kernel-news", "room: Hall 1", "room: Upstairs")
    path = base / "sessions" / EVENT / "five-stages-31m-of-yaml.yaml"
    path.write_text(json.dumps(yamlfile.read(path.read_text())))
    moved = (talk("k1", "Kernel News", location="Hall 2"), talk("d", "Five Stages", location=""))
    second = import_calendar(base, *moved)
    said |= {problem.code: problem.severity for problem in second.warnings}
    many = [talk(f"a{n}", f"Talk {n} of the week") for n in range(20)]
    import_calendar(base, *many, name="week")
    fourth = import_calendar(base, many[0], name="week")
    said |= {problem.code: problem.severity for problem in fourth.warnings}
    videos = base / "videos.json"
    video = {"title": "Kernel News - Zu\x1b[31m Nobody", "url": "https://youtu.be/AAAAAAAAAAA"}
    videos.write_text(json.dumps({"entries": [video]}))
    known = EnrichRequest(root=base, event=EVENT, source=str(videos), system="playlist")
    said |= {problem.code: problem.severity for problem in enrich(known).warnings}
    (base / "sessions" / EVENT / lock.NAME).write_text("{")
    for talks in ((KERNEL,), ()):
        with pytest.raises(ContentError) as refused:
            import_calendar(base, *talks)
        said |= {problem.code: problem.severity for problem in refused.value.problems}
    assert said == {c.code: c.severity for c in codes.CATALOGUE if c.code.startswith("KB4")}


def test_a_session_after_midnight_is_on_its_own_date_and_under_the_day_before(
    base: Path, tmp_path: Path
) -> None:
    owls = {"id": 2, "title": "Owls", "date": "2031-04-02T00:30:00+02:00", "duration": "00:30"}
    dusk = {"id": 1, "title": "Dusk", "date": "2031-04-01T23:00:00+02:00", "duration": "01:00"}
    day = {
        "date": "2031-04-01", "day_start": "2031-04-01T10:00:00+02:00",
        "day_end": "2031-04-02T04:00:00+02:00", "rooms": {"Hall": [dusk, owls]},
    }  # fmt: skip
    conference = {
        "acronym": "x", "title": "Late Conf", "start": "2031-04-01", "end": "2031-04-01",
        "time_zone_name": "Europe/Amsterdam", "days": [day],
    }  # fmt: skip
    source = tmp_path / "schedule.json"
    source.write_text(json.dumps({"schedule": {"conference": conference}}))
    import_source(base, "c3voc", source)
    assert "start: 2031-04-02T00:30\nend: 2031-04-02T01:00\n" in record(base, "owls")
    assert "start: 2031-04-01\nend: 2031-04-01\nday_change: '04:00'\n" in record(base, "event")
    assert hints(base) == []


# A record copied from another


def copied(root: Path, stem: str, **fields: str) -> str:
    """The text of a copy of the record of `KERNEL`, with other fields; its source was forgotten."""
    text = record(root, "kernel-news")
    for name, value in fields.items():
        text = re.sub(rf"(?m)^{name}: .*$", f"{name}: {value}", text)
    (root / "sessions" / EVENT / f"{stem}.yaml").write_text(text)
    return text


@pytest.mark.parametrize(
    "fields",
    [{}, {"title": "A Sequel"}, {"title": "A Sequel", "start": "2031-04-01T10:05"}],
    ids=["as it is", "with another title", "with another start too"],
)
@pytest.mark.parametrize("stem", ["a-copy", "z-copy"])
def test_the_versions_of_an_entry_never_go_into_a_copy_of_its_record(
    base: Path, stem: str, fields: dict[str, str]
) -> None:
    import_calendar(base, KERNEL, QUEUES)
    before = copied(base, stem, **fields)
    versions = [
        talk("k1", "Kernel Old News - Ada Example, Example Works"),
        talk("k1", "A Sequel - Ada Example, Example Works", "20310401T110000Z", "20310401T113000Z"),
        talk("n1", "A Sequel - Ada Example, Example Works", "20310401T110000Z", "20310401T113000Z"),
    ]
    for version in versions:
        outcome = import_calendar(base, version, QUEUES)
        assert (outcome.added, outcome.withdrawn) == ((), ())
        assert record(base, stem) == before
    assert "title: A Sequel\n" in record(base, "kernel-news")
    assert "id: n1" in record(base, "kernel-news")


def test_a_copy_without_times_is_told_from_its_original_when_all_ids_change(base: Path) -> None:
    import_calendar(base, talk("k1", "Kernel News", start="", end=""), QUEUES)
    before = copied(base, "a-copy")
    outcome = import_calendar(base, talk("n1", "Kernel News", start="", end=""), QUEUES)
    assert (outcome.added, outcome.withdrawn) == ((), ())
    assert record(base, "a-copy") == before


def test_a_copy_is_reported_until_its_source_is_taken_out(base: Path) -> None:
    import_calendar(base, KERNEL, QUEUES)
    copied(base, "a-sequel", title="A Sequel")
    (said,) = hints(base)
    assert said == f"KB223: the session '{EVENT}/a-sequel' comes from the entry 'k1' of sched too"
    sources = record(base, "a-sequel").partition("sources:")[2]
    edit(base, "a-sequel", f"sources:{sources}", "provenance: {contributed_by: Cem Example}\n")
    assert hints(base) == []


def test_a_copy_whose_own_entry_comes_later_takes_that(base: Path) -> None:
    import_calendar(base, KERNEL)
    copied(base, "a-sequel", title="On Queues", start="2031-04-01T12:00", end="2031-04-01T12:30")
    outcome = import_calendar(base, KERNEL, QUEUES)
    assert (outcome.added, outcome.withdrawn) == ((), ())
    assert "id: q1" in record(base, "a-sequel")


def test_an_id_that_several_entries_share_is_no_record_s_source(base: Path) -> None:
    import_calendar(base, talk("same", "Sound One"), talk("same", "Sound Two"), KERNEL, KERNEL)
    source = "  - system: sched\n    url: https://example2031.sched.com/event/same\n"
    assert record(base, "sound-one").endswith(source)
    assert "id: k1" in record(base, "kernel-news")
    assert hints(base) == []


# Times that a person changed


@pytest.mark.parametrize(
    ("first", "hers", "second"),
    [
        (("080000", ""), ("start: 2031-04-01T10:00", "start: 2031-04-01T15:00"), "083000"),
        (("080000", ""), ("start: 2031-04-01T10:00\n", ""), "083000"),
        (("080000", "083000"), ("T10:30", "T10:30+02:00"), "081500"),
        (("080000", "083000"), ("T10:00", "T10:20+02:00"), "081500"),
        (("080000", "083000"), ("T10:00", ""), "081500"),
    ],
)
def test_no_time_of_a_source_gives_a_record_that_is_refused(
    base: Path, first: tuple[str, str], hers: tuple[str, str], second: str
) -> None:
    def version(start: str, end: str) -> str:
        times = (f"20310401T{each}Z" if each else "" for each in (start, end))
        return talk("k1", "Kernel News - Ada Example, Example Works", *times)

    import_calendar(base, version(*first), QUEUES)
    edit(base, "kernel-news", *hers)
    before = record(base, "kernel-news")
    for start in (first[0], "060000", "080500"):
        import_calendar(base, version(start, second), QUEUES)
        assert record(base, "kernel-news") == before
        assert not import_calendar(base, version(start, second), QUEUES).writes
    assert hints(base) == []


def test_a_start_follows_the_source_where_a_person_took_out_the_end(base: Path) -> None:
    import_calendar(base, KERNEL, QUEUES)
    edit(base, "kernel-news", "end: 2031-04-01T10:30\n", "")
    import_calendar(base, KERNEL.replace("T0800", "T0600"), QUEUES)
    assert "start: 2031-04-01T08:00\nroom:" in record(base, "kernel-news")


# Entries that are hard to know again


@pytest.mark.parametrize("title", ["???", "🎉", "…", "+++ - Ada Example, Example Works", "— —"])
@pytest.mark.parametrize("times", [("20310401T080000Z", "20310401T083000Z"), ("", "")])
def test_a_title_without_letters_is_known_again_without_an_id(
    base: Path, title: str, times: tuple[str, str]
) -> None:
    def nameless(title: str, **more: str) -> str:
        return talk("", title, *times, url="", **more)

    entries = (nameless(title), nameless("!", location="Hall 2"), nameless("!", location="Hall 3"))
    first = import_calendar(base, QUEUES, *entries)
    assert (len(first.added), first.refused) == (4, ())
    before = files(base)
    assert not import_calendar(base, QUEUES, *entries).writes
    assert files(base) == before


def test_entries_of_one_title_without_id_and_time_are_known_again(base: Path) -> None:
    states = [talk("", f"{state}Panel", "", "", url="") for state in ("", "[SOLD OUT] ")]
    import_calendar(base, QUEUES, *states)
    assert {"panel.yaml", "panel-2.yaml"} < set(files(base))
    before = files(base)
    assert not import_calendar(base, QUEUES, *states).writes
    assert files(base) == before


# A source of which nothing becomes a session


@pytest.mark.parametrize(
    ("talks", "said", "codes"),
    [
        ([talk("x", "Broken", start="soon")], "1 entries 0 are left out by rule, and 1", ["KB402"]),
        ([talk("l", "Lunch"), talk("n", "")], "2 entries 1 are left out by rule, and 1", ["KB402"]),
        ([talk("l", "Lunch", start="", end="")], "1 entries 1 are left out by rule, and 0", []),
        ([talk("l", "L" * 600)], "1 entries 0 are left out by rule, and 1", ["KB402"]),
    ],
)
def test_a_source_without_sessions_leaves_no_empty_event_behind(
    base: Path, talks: list[str], said: str, codes: list[str]
) -> None:
    for dry_run in (True, False):
        with pytest.raises(ContentError) as refused:
            import_calendar(base, *talks, dry_run=dry_run)
        first, *others = refused.value.problems
        assert first.message.startswith(f"the new event would have no sessions: of {said}")
        assert [problem.code for problem in others] == codes
    assert list((base / "sessions").iterdir()) == []


def test_what_the_gate_refuses_makes_no_event_either(base: Path) -> None:
    many = talk("k1", "Kernel News", categories=",".join(f"Track {n}" for n in range(120)))
    with pytest.raises(ContentError):
        import_calendar(base, many)
    assert list((base / "sessions").iterdir()) == []


def test_logistics_alone_make_an_event_when_they_are_asked_for(base: Path) -> None:
    import_calendar(base, talk("l", "Lunch"), logistics=True)
    assert "start: 2031-04-01\n" in record(base, "event")
    assert import_calendar(base, talk("l", "Lunch")).sessions == (f"{EVENT}/lunch",)


# Links that come while an import runs


@pytest.mark.parametrize("name", ["event.yaml", "kernel-news.yaml", "operators.yaml", lock.NAME])
def test_a_link_that_comes_while_an_import_runs_is_not_replaced(
    base: Path, tmp_path: Path, name: str
) -> None:
    import_calendar(base, KERNEL)
    source = tmp_path / "next.ics"
    operators = talk("o1", "Operators - Ada Example, Example Works")
    source.write_text(calendar(talk("k1", "Kernel Old News"), operators), newline="")
    place, real = base / "sessions" / EVENT / name, tmp_path / "real"

    def interfere(step: str) -> None:
        if step == "writing":
            if place.exists():
                place.rename(real)
            place.symlink_to(real)

    request = Request(root=base, system="sched", source=str(source), event=EVENT)
    with pytest.raises(EnvironmentFailure, match="was changed while it was imported into"):
        run(request, interfere)
    assert place.is_symlink()
    assert not place.exists() or b"Old News" not in place.read_bytes()


def test_keys_and_passwords_of_a_source_are_neither_said_nor_stored(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "https://ada:hidden@example.org/x.ics?token=hidden"
    entry = talk("k1", "Kernel News", url="https://ada:hidden@example.org/k1")
    data = calendar(entry, talk("x", "Broken", start="soon")).encode()
    monkeypatch.setattr(
        run_module, "fetch", lambda source: Fetched(name=web.shown(source), data=data)
    )
    said: list[str] = []
    outcome = run(
        Request(root=base, system="sched", source=address, event=EVENT, given=GIVEN), said.append
    )
    told = [*said, account.to_json(outcome), *(data.decode() for data in files(base).values())]
    assert "https://example.org/x.ics?..." in said[0]
    assert [text for text in told if "hidden" in text] == []


# A calendar of the whole, and one of a part with another name


def test_an_entry_of_two_calendars_is_one_record_in_any_order(base: Path) -> None:
    others = [talk(f"o{n}", f"Talk {n} of the week") for n in range(4)]

    def whole(*talks: str) -> Outcome:
        return import_calendar(base, *talks, *others, name="whole")

    def part(*talks: str) -> Outcome:
        return import_calendar(base, *talks, name="part")

    whole(KERNEL)
    assert part(KERNEL, QUEUES).added == ((f"{EVENT}/on-queues", "On Queues"),)
    assert whole(KERNEL, QUEUES).added == ()
    before = files(base)
    assert len(before) == 8
    for again in (part, whole, whole, part):
        assert not again(KERNEL, QUEUES).writes
        assert files(base) == before
    assert hints(base) == []
    assert part(QUEUES).withdrawn == ()
    assert whole(QUEUES).withdrawn == (f"{EVENT}/kernel-news",)
