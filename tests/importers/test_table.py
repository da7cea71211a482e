"""Tables by a map: what their columns say, and what is said of tables and maps that are wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kbsite import yamlfile
from kbsite.cli import main
from kbsite.importers.formats import table, tablemap
from kbsite.importers.formats.tablemap import MapError
from kbsite.importers.outcome import Outcome
from kbsite.importers.schedule import Entry, Person, Schedule, SourceError, SourceLink
from tests.conftest import REPO
from tests.guides import fenced, guide
from tests.importers.schedules import EVENT, GIVEN, drafter, files, import_source, record

MAPS = {
    (re.search(r'^system = "(\w+)"', text, re.MULTILINE) or ["", "plain"])[1]: text
    for text in fenced(guide("import"), "toml")
}
ARCHIVE = (REPO / "sessions" / "archive.toml").read_text(encoding="utf-8")
QUOTE = "a comma inside a field needs quotation marks around the field"
TITLES = '[columns]\ntitle = "title"\n'


def parsed(source: str | bytes, mapped: str) -> Schedule:
    data = source if isinstance(source, bytes) else source.encode()
    return table.parse(data, tablemap.read(mapped))


def entries(source: Any, mapped: str) -> tuple[Entry, ...]:
    return parsed(source if isinstance(source, str | bytes) else json.dumps(source), mapped).entries


def entry(mapped: str, **values: Any) -> Entry:
    (found,) = entries([{"title": "Kernel News", **values}], mapped)
    return found


def refused(source: str | bytes, mapped: str = TITLES) -> tuple[str, str, int]:
    with pytest.raises(SourceError) as error:
        parsed(source, mapped)
    return (error.value.message, error.value.hint, error.value.line)


def wrong_map(text: str) -> str:
    with pytest.raises(MapError) as error:
        tablemap.read(text)
    return str(error.value)


# Three forms of one table


@pytest.mark.parametrize(
    "source",
    [
        "title,room\nKernel News,Barn\n\nOn Queues,\n",
        "\ufefftitle;room\r\nKernel News;Barn\r\nOn Queues;\r\n",
        'title\troom\n"Kernel\nNews"\tBarn\nOn Queues\n',
        '[{"title": "Kernel News", "room": "Barn"}, {"title": "On Queues", "room": null}]',
        '{"title": "Kernel News", "room": "Barn"}\n\n{"title": "On Queues"}\n',
    ],
    ids=["commas", "semicolons", "tabs", "json", "json-lines"],
)
def test_csv_json_and_json_lines_say_the_same(source: str) -> None:
    found = entries(source, f'{TITLES}room = "room"\n')
    assert [(each.title, each.room) for each in found] == [
        ("Kernel News", "Barn"),
        ("On Queues", None),
    ]


def test_an_entry_knows_the_line_that_it_begins_on() -> None:
    assert [e.line for e in entries('title\n"One\ntalk"\n\nAnother\n', TITLES)] == [2, 5]
    assert [e.line for e in entries('{"title": "A"}\n\n{"title": "B"}\n', TITLES)] == [1, 3]


def test_one_json_object_is_one_entry() -> None:
    assert [each.title for each in entries({"title": "Kernel News"}, TITLES)] == ["Kernel News"]


def test_the_list_of_entries_may_stand_deep_in_json() -> None:
    source = {"data": {"talks": [{"title": "Kernel News"}]}, "rooms": []}
    assert entries(source, f'entries = "data.talks"\n{TITLES}')[0].title == "Kernel News"


# Columns


def test_columns_may_be_nested_listed_and_put_together() -> None:
    mapped = """
        [columns]
        title = ["title.en", "title.zh"]
        start = ["{day} {clock}", "day"]
        room = "place.name"
        tracks = ["topics.name", "area"]
        url = "https://example.org/talk/{id}"
    """
    source = [
        {
            "id": 7,
            "title": {"en": "", "zh": "核心"},
            "day": "2031-04-01",
            "clock": "9:30",
            "place": {"name": "Barn"},
            "topics": [{"name": "Kernels"}, {"name": "News"}],
            "area": "Systems",
        },
        {"id": "", "title": {"en": "On Queues"}, "day": "2031-04-02", "clock": None, "place": {}},
    ]
    one, other = entries(source, f'optional = ["place.name", "topics", "area"]\n{mapped}')
    assert (one.title, one.start) == ("核心", datetime(2031, 4, 1, 9, 30))
    assert (one.room, one.tracks) == ("Barn", ("Kernels", "News", "Systems"))
    assert one.url == "https://example.org/talk/7"
    assert (other.start, other.room, other.url) == (date(2031, 4, 2), None, None)


def test_a_column_whose_own_name_has_a_dot_is_found() -> None:
    assert entries("No. of talk.\nKernel News\n", '[columns]\ntitle = "No. of talk."')[0].title


def test_times_are_read_in_the_forms_that_the_map_gives() -> None:
    mapped = f'times = ["%d/%m/%Y %I:%M %p", "%d.%m.%Y"]\n{TITLES}start = "at"\n'
    assert entry(mapped, at="23/03/2031 09:30 PM").start == datetime(2031, 3, 23, 21, 30)
    assert entry(mapped, at="23.03.2031").start == date(2031, 3, 23)
    assert entry(mapped, at="2031-03-23T09:30:00Z").start is not None
    wrong = "its start 'soon' cannot be read as %d/%m/%Y %I:%M %p or %d.%m.%Y (entry 1)"
    assert entry(mapped, at="soon").wrong == wrong


@pytest.mark.parametrize(
    ("length", "end"), [("45", "09:45"), ("1:30", "10:30"), ("a while", None), ("99999", None)]
)
def test_a_length_gives_the_end(length: str, end: str | None) -> None:
    mapped = f'{TITLES}start = "at"\nlength = "takes"\n'
    found = entry(mapped, at="2031-04-01 09:00", takes=length)
    assert (f"{found.end:%H:%M}" if found.end else None) == end
    assert bool(found.notes) == (end is None)


def test_an_end_that_cannot_be_read_is_left_out_with_a_note() -> None:
    found = entry(
        f'{TITLES}start = "from"\nend = "to"\n', **{"from": "2031-04-01T09:00", "to": "?"}
    )
    assert (found.wrong, found.end) == (None, None)
    assert found.notes[0].startswith("its end '?' cannot be read as 2031-03-23T09:00")


def test_constants_fill_what_columns_leave_open() -> None:
    mapped = f"""
        optional = ["room"]
        {TITLES}
        room = "room"
        [constants]
        room = "Barn"
        language = "eng"
        tracks = ["Kernels"]
        kind = "Workshop"
        start = "2031-04-01"
    """
    found = entry(mapped)
    assert (found.room, found.language, found.start) == ("Barn", "en", date(2031, 4, 1))
    assert (found.tracks, found.types) == (("Kernels",), ("Workshop",))
    assert entry(mapped, room="Shed").room == "Shed"


@pytest.mark.parametrize(("said", "is_cancelled"), [(True, True), ("yes", True), ("no", False)])
def test_a_column_says_what_is_cancelled(said: object, is_cancelled: bool) -> None:
    assert entry(f'{TITLES}cancelled = "off"\n', off=said).cancelled is is_cancelled


# People and links


def test_people_are_nested_or_side_by_side_or_split() -> None:
    nested = (
        f'{TITLES}[[people]]\neach = "by"\nname = "name"\norg = "at.name"\nmoderator = "host"\n'
    )
    by = [
        {"name": "Ada Example", "at": {"name": "Example Works"}, "host": True},
        {"name": "Bo Sample", "at": {"name": ""}, "host": False},
        "Cy Test",
    ]
    assert entry(nested, by=by).people == (
        Person(name="Ada Example", org="Example Works", moderator=True),
        Person(name="Bo Sample"),
        Person(name="Cy Test"),
    )
    beside = f'{TITLES}[[people]]\nname = "A"\norg = "AO"\n[[people]]\nname = "B"\n'
    assert entry(beside, A="Ada Example", AO="Example Works", B="Bo Sample").people == (
        Person(name="Ada Example", org="Example Works"),
        Person(name="Bo Sample"),
    )
    split = f'{TITLES}[[people]]\nname = "by"\norg = "of"\nsplit = ";"\n'
    assert entry(split, by="Ada Example; Bo Sample;", of="Example Works; Nimbus;").people == (
        Person(name="Ada Example", org="Example Works"),
        Person(name="Bo Sample", org="Nimbus"),
    )
    assert [p.org for p in entry(split, by="Ada Example; Bo Sample", of="Nimbus").people or ()] == [
        None,
        None,
    ]


def test_links_are_told_by_their_kind_or_address_and_hold_under_conditions() -> None:
    mapped = f"""
        {TITLES}
        [[links]]
        kind = "slides"
        url = "decks"
        [[links]]
        kind = "video"
        url = "https://youtu.be/{{film}}"
        when = {{host = ["youtube", "yt"]}}
        [[links]]
        each = "more"
        url = "href"
        label = "words"
    """
    more = [
        {"href": "https://github.com/example/kernel", "words": "The code"},
        "https://youtu.be/b",
    ]
    found = entry(
        mapped, decks=["https://example.org/1.pdf", "ftp://x"], film="a", host="yt", more=more
    )
    assert found.links == (
        SourceLink(url="https://example.org/1.pdf", kind="slides"),
        SourceLink(url="https://youtu.be/a", kind="video"),
        SourceLink(url="https://github.com/example/kernel", kind="code", label="The code"),
        SourceLink(url="https://youtu.be/b", kind="video"),
    )
    assert found.notes == ("its link 'ftp://x' is no http address",)
    assert not entry(mapped, decks=[], film="kernel-news", host="none", more=[]).links


def test_ids_mean_what_the_source_lists_elsewhere() -> None:
    mapped = f"""
        entries = "talks"
        references = {{by = "people", room = {{list = "rooms", id = "code"}}}}
        {TITLES}
        room = "room.name"
        [[people]]
        each = "by"
        name = "name"
    """
    source = {
        "talks": [{"title": "Kernel News", "by": ["p1", "p9"], "room": 3}],
        "people": [{"id": "p1", "name": "Ada Example"}],
        "rooms": [{"code": 3, "name": "Barn"}],
    }
    (found,) = entries(source, mapped)
    assert (found.people, found.room) == ((Person(name="Ada Example"),), "Barn")
    assert found.notes == ("'p9' of its by is not in the source",)


# People of a title, and beside it


def speakers(title: str, *given_: Mapping[str, str]) -> tuple[str, list[dict[str, Any]]]:
    """A title and the people of a record, from an archive with some other talks in it."""
    others = [
        {"id": str(n), "title": f"Talk {n} - {who}", "url": f"https://x.example/{n}"}
        for n, who in enumerate(("Dee Other, Nimbus Labs", "Eve Third & Flo Fourth, Example Works"))
    ]
    one = {"id": "x", "title": title, "url": "https://x.example/x", "people": list(given_)}
    found = drafter(parsed(json.dumps([*others, one]), ARCHIVE)).drafts()[-1]
    assert not found.doubt
    return found.values["title"], found.values.get("speakers", [])


def test_people_of_a_title_get_what_their_profiles_say() -> None:
    assert speakers(
        "Kernel News - Bo Sample, Nimbus Labs & Ada Example, Example Works",
        {"name": "Ada Example", "title": "Chief Gardener, Kernels, Example Works"},
        {"name": "Bo Sample", "title": "Engineer, Nimbus Labs, Inc."},
    ) == (
        "Kernel News",
        [
            {"name": "Bo Sample", "org": "Nimbus Labs", "role": "Engineer"},
            {"name": "Ada Example", "org": "Example Works", "role": "Chief Gardener, Kernels"},
        ],
    )


def test_a_profile_spells_a_name_and_the_title_says_for_whom_somebody_spoke() -> None:
    assert speakers(
        "Kernel News - Alexander Samplesson, Systemic Labs & Ada Oexample, Freelance",
        {"name": "Alexandre Samplesson", "title": "Engineer, Systematic Labs"},
        {"name": "Ada O'Example", "title": "Product Manager, Other Works"},
    )[1] == [
        {"name": "Alexandre Samplesson", "org": "Systematic Labs", "role": "Engineer"},
        {"name": "Ada O'Example"},
    ]


def test_who_is_only_in_the_title_or_only_beside_it_is_a_speaker_too() -> None:
    assert speakers(
        "Kernel News - Bo Sample, Nimbus Labs", {"name": "Ada Example", "title": "Example Works"}
    )[1] == [
        {"name": "Bo Sample", "org": "Nimbus Labs"},
        {"name": "Ada Example", "org": "Example Works"},
    ]


def test_the_one_who_is_left_over_on_both_sides_is_one_person_if_the_company_is_one() -> None:
    assert speakers(
        "Kernel News - Cy Test, Example Works & Mickey Sample, Nimbus Labs",
        {"name": "Michelle Sample", "title": "Engineer, Nimbus Labs"},
        {"name": "Cy Test", "title": "Engineer, Example Works"},
    )[1] == [
        {"name": "Cy Test", "org": "Example Works", "role": "Engineer"},
        {"name": "Mickey Sample", "org": "Nimbus Labs", "role": "Engineer"},
    ]


def test_a_title_that_perhaps_names_people_does_if_they_are_given() -> None:
    title, found = speakers("Kernel News - Zu Blossom", {"name": "Zu Blossom"})
    assert (title, found) == ("Kernel News", [{"name": "Zu Blossom"}])


def test_roles_alone_are_no_company() -> None:
    assert speakers("Kernel News", {"name": "Ada Example", "title": "Senior Engineer"})[1] == [
        {"name": "Ada Example", "role": "Senior Engineer"}
    ]
    assert speakers(
        "Kernel News - Ada Example, Nimbus Labs",
        {"name": "Ada Example", "title": "Engineer, Nimbus Labs, Kernel Maintainer"},
    )[1] == [{"name": "Ada Example", "org": "Nimbus Labs", "role": "Engineer, Kernel Maintainer"}]


def test_a_profile_that_repeats_itself_says_it_once() -> None:
    assert speakers(
        "Kernel News - Ada Example, k9s & Bo Sample, Nimbus Labs & Cy Test, Linux Foundation Farms",
        {"name": "Ada Example", "title": "k9s Community Manager at k9s, k9s"},
        {"name": "Bo Sample", "title": "Bo Sample, Nimbus Labs"},
        {"name": "Cy Test", "title": "Ambassador, Ambassador, The Linux Foundation"},
    )[1] == [
        {"name": "Ada Example", "org": "k9s", "role": "k9s Community Manager"},
        {"name": "Bo Sample", "org": "Nimbus Labs"},
        {"name": "Cy Test", "org": "Linux Foundation Farms", "role": "Ambassador"},
    ]


# What is wrong


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = [", "this is not TOML: "),
        ("", 'the map lacks [columns]; write at least: [columns] and title = "Title"'),
        ('[columns]\nroom = "x"', "[columns] lacks 'title'; name the column that holds it"),
        ('[columns]\ntitel = "x"\ntitle = "y"', "[columns] has no 'titel'; did you mean 'title'?"),
        (f'{TITLES}[[people]]\norg = "x"', "[[people]] 1: it lacks 'name', the column"),
        (f'{TITLES}[[links]]\nkind = "video"', "[[links]] 1: it lacks 'url', the column"),
        (f'{TITLES}[[links]]\nkind = "film"\nurl = "x"', "'kind' in [links] is none of 'video'"),
        (
            f'{TITLES}[people]\nname = "x"',
            "'people' is a list of tables; begin each with [[people]]",
        ),
        ('[columns]\ntitle = ""', "'columns.title.1' is empty; name a column"),
        (f"delimiter = 7\n{TITLES}", "'delimiter' is not of the right kind: "),
    ],
)
def test_a_map_that_is_wrong_says_where_and_what_to_write(text: str, said: str) -> None:
    assert wrong_map(text).startswith(said)


@pytest.mark.parametrize(
    ("source", "mapped", "message", "hint", "line"),
    [
        (
            "titel,room\nA,B\n", TITLES,
            "no entry has a column 'title', which the map names for title",
            "did you mean 'titel'? (there are titel, room)", 1,
        ),
        (
            '[{"title": "A", "by": [{"nam": "Ada"}]}]',
            f'{TITLES}[[people]]\neach = "by"\nname = "name"',
            "no entry has a column 'by.name', which the map names for people",
            "there are title, by", 0,
        ),
        (
            '{"title": "A"}\n{"title": "B",}\n', TITLES,
            "this is not JSON: Illegal trailing comma before end of object", "", 2,
        ),
        (
            '{"talks": [], "rooms": []}', TITLES,
            "the source is a mapping that holds talks, rooms", "say in the map which of it", 0,
        ),
        (
            '{"talks": []}', f'entries = "talk"\n{TITLES}',
            "the source has no 'talk', where the map has its entries", "did you mean 'talks'?", 0,
        ),
        (
            '{"talks": 3}', f'entries = "talks"\n{TITLES}',
            "'talks' should be a list, found '3'", "give CSV, JSON", 0,
        ),
        ("title,title\nA,B\n", TITLES, "two columns are called 'title'", "give each its own", 1),
        (
            'title\nA\n"B\nC\n', TITLES,
            "this is not CSV that can be read: unexpected end of data", "look for a quotation", 3,
        ),
        (
            f"title\nA\n{'x' * 200_000}\n", TITLES,
            "this is not CSV that can be read: a field has more than 131,072 characters", "", 3,
        ),
        (b"title\nKern\xe9l\n", TITLES, "the text is not UTF-8: line 2 holds the byte 0xE9", "", 2),
        (b"\xff\xfet\x00", TITLES, "the text is UTF-16, not UTF-8", "save it as UTF-8", 0),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_read_says_why_and_where(
    source: str | bytes, mapped: str, message: str, hint: str, line: int
) -> None:
    found = refused(source, mapped)
    if "trailing comma" in message:  # as later versions of Python say it
        message = found[0] if found[0].startswith("this is not JSON: ") else message
    assert (found[0], found[2]) == (message, line)
    assert found[1].startswith(hint)


def test_a_column_that_only_some_tables_have_is_said_to_be_optional() -> None:
    assert refused('[{"title": "A"}]', f'{TITLES}room = "room"')[1].endswith(
        "if only some tables have it, add it to the map's optional = [...]"
    )
    assert (
        entries('[{"title": "A"}]', f'optional = ["room"]\n{TITLES}room = "room"')[0].room is None
    )


def test_one_wrong_row_does_not_lose_the_others() -> None:
    rows = (
        "1,Kernel News,2031-04-01",
        "2,,",
        "3,On Queues,soon",
        "1,Another,",
        "5,a,b,c",
        "6,Last,",
    )
    source = "\n".join(("id,title,at", *rows))
    found = entries(source, f'{TITLES}id = "id"\nstart = "at"\n')
    assert [(each.line, each.wrong) for each in found] == [
        (2, None),
        (3, "it has no title"),
        (4, "its start 'soon' cannot be read as 2031-03-23T09:00; say its form with times = [...]"),
        (5, "its id '1' is that of line 2 too"),
        (
            6,
            f"it has 4 fields, and the header 3; {QUOTE}",
        ),
        (7, None),
    ]


def test_what_is_no_mapping_is_an_entry_that_says_so() -> None:
    (found,) = entries('["Kernel News"]', TITLES)
    assert found.wrong == "it should be a mapping, found 'Kernel News' (entry 1)"


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(SourceError):
        table.parse(data, tablemap.read(TITLES))


# Into records


def imported(root: Path, source: Any, mapped: str, **options: Any) -> Outcome:
    text = source if isinstance(source, str) else json.dumps(source)
    (root / "source").write_text(text, encoding="utf-8")
    (root / "map.toml").write_text(mapped, encoding="utf-8")
    return import_source(root, "table", root / "source", map=root / "map.toml", **options)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    (tmp_path / "sessions").mkdir()
    return tmp_path


NEWS = {
    "id": "2Ab", "uid": "6f", "title": "Keynote: Kernel News - Ada Example, Example Works",
    "url": "https://example2031.sched.com/event/2Ab/kernel-news", "track": "Keynotes",
    "start": "2031-04-01T09:00", "end": "2031-04-01T09:30", "room": "Barn", "level": "Any",
    "people": [{"name": "Ada Example", "title": "Gardener, Example Works"}],
    "slides": ["https://example.org/1.pdf"], "video": "https://youtu.be/abc", "video_from": "title",
}  # fmt: skip
QUEUES = {
    "id": "2Ac",
    "title": "On Queues - Bo Sample, Nimbus Labs",
    "url": "https://x.example/2Ac",
}


def test_an_entry_of_the_archive_becomes_a_record_that_says_what_it_says_and_no_more(
    base: Path,
) -> None:
    source = "".join(f"{json.dumps(each)}\n" for each in (NEWS, QUEUES))
    outcome = imported(base, source, ARCHIVE, given=DAYS)
    assert (outcome.entries, outcome.imported, len(outcome.warnings)) == (2, 2, 0)
    assert yamlfile.read(record(base, "kernel-news")) == {
        "title": "Kernel News",
        "kind": "keynote",
        "start": "2031-04-01T09:00",
        "end": "2031-04-01T09:30",
        "room": "Barn",
        "tracks": ["Keynotes"],
        "level": "any",
        "speakers": [{"name": "Ada Example", "org": "Example Works", "role": "Gardener"}],
        "links": [
            {"kind": "schedule", "url": NEWS["url"]},
            {"kind": "video", "url": "https://youtu.be/abc"},
            {"kind": "slides", "url": "https://example.org/1.pdf"},
        ],
        "sources": [{"system": "sched", "id": "2Ab", "url": NEWS["url"]}],
    }
    assert list(yamlfile.read(record(base, "on-queues"))) == [
        "title",
        "speakers",
        "links",
        "sources",
    ]
    before = files(base)
    assert not imported(base, source, ARCHIVE).writes
    assert files(base) == before


DAYS = replace(GIVEN, start=date(2031, 4, 1), end=date(2031, 4, 2))


def test_a_second_version_of_a_table_changes_what_nobody_touched(base: Path) -> None:
    imported(base, [NEWS, QUEUES], ARCHIVE, given=DAYS)
    outcome = imported(base, [{**NEWS, "room": "Shed"}], ARCHIVE)
    assert [each.field for _, each in outcome.changed] == ["room"]
    assert outcome.withdrawn == (f"{EVENT}/on-queues",)


SOURCES: dict[str, Any] = {
    "pyvideo": [
        {
            "title": "Kernel News", "recorded": "2031-04-01", "language": "eng",
            "description": "News.", "speakers": ["Ada Example"], "tags": ["kernel"],
            "videos": [{"type": "youtube", "url": "https://youtu.be/abc"}],
            "related_urls": ["https://github.com/example/kernel", {"label": "Notes", "url": "https://x.example"}],
            "thumbnail_url": "https://x.example/t.jpg",
        }
    ],
    "rubyevents": [
        {
            "id": "ada-example-kernel-news", "title": "Kernel News", "date": "2031-04-01",
            "speakers": ["Ada Example"], "video_provider": "youtube", "video_id": "abc",
            "description": "News.", "language": "English", "slides_url": "https://x.example/1.pdf",
            "kind": "keynote", "event_name": "Example Conf 2031",
        },
        {
            "id": "bo-sample-on-queues", "title": "On Queues", "date": "2031-04-01",
            "speakers": ["Bo Sample"], "video_provider": "not_recorded", "video_id": "on-queues",
        },
    ],
    "opass": {
        "sessions": [
            {
                "id": "s1", "type": "t1", "room": "r1", "start": "2031-04-01T09:00:00+02:00",
                "end": "2031-04-01T09:30:00+02:00", "language": "en", "speakers": ["p1"],
                "zh": {"title": "核心", "description": ""},
                "en": {"title": "Kernel News", "description": "News."},
                "tags": [], "slide": "https://x.example/1.pdf", "record": None, "url": None,
            }
        ],
        "speakers": [{"id": "p1", "zh": {"name": "艾達"}, "en": {"name": "Ada Example"}}],
        "session_types": [{"id": "t1", "zh": {"name": "核心"}, "en": {"name": "Kernels"}}],
        "rooms": [{"id": "r1", "zh": {"name": "穀倉"}, "en": {"name": "Barn"}}],
        "tags": [],
    },
}  # fmt: skip


@pytest.mark.parametrize("system", SOURCES)
def test_the_guide_s_maps_read_what_they_are_for(base: Path, system: str) -> None:
    outcome = imported(base, SOURCES[system], MAPS[system], abstracts=True)
    assert (outcome.imported, len(outcome.refused), len(outcome.warnings)) == (
        outcome.entries,
        0,
        0,
    )
    news = yamlfile.read(record(base, "kernel-news"))
    assert news["title"] == "Kernel News"
    assert news["start"].startswith("2031-04-01")
    assert news["speakers"] == [{"name": "Ada Example"}]
    assert news["abstract"].strip() == "News."
    assert news["sources"][0]["system"] == system
    expected = {
        "pyvideo": [
            {"kind": "video", "url": "https://youtu.be/abc"},
            {"kind": "code", "url": "https://github.com/example/kernel"},
            {"kind": "other", "url": "https://x.example", "label": "Notes"},
        ],
        "rubyevents": [
            {"kind": "video", "url": "https://www.youtube.com/watch?v=abc"},
            {"kind": "slides", "url": "https://x.example/1.pdf"},
        ],
        "opass": [{"kind": "slides", "url": "https://x.example/1.pdf"}],
    }[system]
    assert news["links"] == expected
    if system == "rubyevents":
        assert "links" not in yamlfile.read(record(base, "on-queues"))
    if system == "opass":
        assert (news["room"], news["tracks"]) == ("Barn", ["Kernels"])
    assert not imported(base, SOURCES[system], MAPS[system], abstracts=True).writes


@pytest.mark.parametrize(
    ("mapped", "said", "code"),
    [
        (None, "a table needs a map of its columns; add --map FILE", 2),
        ("[columns]\n", "map.toml: [columns] lacks 'title'; name the column that holds it", 2),
        ('[columns]\ntitle = "name"\n', "source:1: error KB401: no entry has a column 'name'", 1),
    ],
)
def test_the_command_says_what_is_wrong_with_a_map(
    base: Path, mapped: str | None, said: str, code: int
) -> None:
    (base / "source").write_text("title\nKernel News\n")
    words = ["import", "table", str(base / "source"), "--root", str(base), "--event", EVENT]
    if mapped is not None:
        (base / "map.toml").write_text(mapped)
        words += ["--map", str(base / "map.toml")]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == code
    assert said in "".join(done.stderr.split("\n")) or said in done.stderr
    assert list((base / "sessions").iterdir()) == []
