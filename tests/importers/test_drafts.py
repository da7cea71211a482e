"""One entry of a schedule to the fields of a record."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from kbsite import records
from kbsite.importers.drafts import Draft
from kbsite.importers.schedule import Entry, Person, SourceLink, Text
from tests.importers.schedules import drafter, schedule


def draft(**fields: Any) -> Draft:
    entry = Entry(**{"id": "1", "title": "Kernel News", "people": (), **fields})
    (made,) = drafter(schedule(entry, system="c3voc"), themes=THEMES, abstracts=True).drafts()
    return made


THEMES = {
    "queueing": records.Theme(name="Queueing", keywords=("queue", "internal developer platform")),
    "ebpf": records.Theme(name="eBPF", keywords=("eBPF", "C++")),
    "silent": records.Theme(name="Silent"),
}


def test_only_what_the_source_says_is_in_the_record() -> None:
    assert draft().values == {"title": "Kernel News", "sources": [{"system": "c3voc", "id": "1"}]}


def test_all_that_the_source_says_is_in_the_record_and_a_record_may_hold_it() -> None:
    made = draft(
        title="🎤 Keynote: [CANCELLED] Kernel News",
        url="https://example.org/1",
        start=datetime(2031, 4, 1, 8, tzinfo=UTC),
        end=datetime(2031, 4, 1, 8, 30, tzinfo=UTC),
        room="Hall 1",
        tracks=("KERNELS", "Beginner"),
        language="de, en",
        people=(Person(name="Ada Example", org="Example Works", role="CTO", moderator=True),),
        text=Text(text="All about *copies*.", format="markdown"),
        links=(SourceLink(url="https://example.org/1.pdf", kind="slides", label="The slides"),),
    )
    assert made.values == {
        "title": "Kernel News",
        "kind": "keynote",
        "status": "cancelled",
        "start": "2031-04-01T10:00",
        "end": "2031-04-01T10:30",
        "room": "Hall 1",
        "tracks": ["Kernels"],
        "level": "beginner",
        "language": "de, en",
        "speakers": [
            {"name": "Ada Example", "org": "Example Works", "role": "CTO", "moderator": True}
        ],
        "abstract": "All about *copies*.",
        "links": [
            {"kind": "schedule", "url": "https://example.org/1"},
            {"kind": "slides", "url": "https://example.org/1.pdf", "label": "The slides"},
        ],
        "sources": [{"system": "c3voc", "id": "1", "url": "https://example.org/1"}],
    }
    records.Session.model_validate(made.values)


@pytest.mark.parametrize(
    ("when", "written"),
    [
        (datetime(2031, 1, 1, 8, tzinfo=UTC), "2031-01-01T09:00"),
        (datetime(2031, 7, 1, 8, tzinfo=UTC), "2031-07-01T10:00"),
        (datetime(2031, 7, 1, 23, 30, tzinfo=UTC), "2031-07-02T01:30"),
        (datetime(2031, 7, 1, 8), "2031-07-01T08:00"),  # of the event
        (datetime(2031, 7, 1, 8, tzinfo=timezone(timedelta(hours=-5))), "2031-07-01T15:00"),
        (datetime(2031, 7, 1, 8, 0, 5, tzinfo=UTC), "2031-07-01T10:00:05"),
        (date(2031, 7, 1), "2031-07-01"),
        # the hour that comes twice
        (datetime(2031, 10, 26, 0, 30, tzinfo=UTC), "2031-10-26T02:30+02:00"),
        (datetime(2031, 10, 26, 1, 30, tzinfo=UTC), "2031-10-26T02:30+01:00"),
    ],
)
def test_a_moment_is_written_in_the_event_s_zone(when: date, written: str) -> None:
    assert draft(start=when).values["start"] == written


@pytest.mark.parametrize("word", ["Independent", "self employed", "N/A"])
def test_who_is_of_no_company_has_none(word: str) -> None:
    made = draft(people=(Person(name="Ada Example", org=word), Person(name="Bo Day", org="Works")))
    assert made.values["speakers"] == [{"name": "Ada Example"}, {"name": "Bo Day", "org": "Works"}]


def test_a_session_without_length_has_no_end() -> None:
    noon = datetime(2031, 4, 1, 12, tzinfo=UTC)
    assert "end" not in draft(start=noon, end=noon).values


def test_an_end_before_the_start_is_not_taken_over_and_noted() -> None:
    noon = datetime(2031, 4, 1, 12, tzinfo=UTC)
    made = draft(start=noon, end=noon - timedelta(hours=1))
    assert "end" not in made.values
    (note,) = made.notes
    assert note == (
        "its end, 2031-04-01T13:00, is before its start, 2031-04-01T14:00; "
        "the end was not taken over"
    )


def test_a_year_that_cannot_be_is_refused() -> None:
    assert draft(start=date(1066, 10, 14)).refused == "the year 1066 cannot be right"


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"types": ("Workshop",)}, "workshop"),
        ({"types": ("lecture",)}, None),
        ({"types": ("lightningtalk",)}, "lightning"),
        ({"tracks": ("📚 TUTORIALS",)}, "tutorial"),
        ({"tracks": ("📚 TUTORIALS",), "title": "Keynote: X"}, "keynote"),
        ({"people": (Person(name="A B", moderator=True),)}, "panel"),
    ],
)
def test_the_kind_comes_from_prefix_type_track_and_moderator(
    fields: dict[str, Any], kind: str | None
) -> None:
    assert draft(**fields).values.get("kind") == kind


@pytest.mark.parametrize(
    ("words", "level"),
    [
        (("Beginner",), "beginner"),
        (("Level 200",), "intermediate"),
        (("Level 300: Advanced",), "advanced"),
        (("Introductory", "Advanced"), "any"),
        (("All levels",), "any"),
        (("Wizard",), None),
        ((), None),
    ],
)
def test_the_level_comes_from_words_for_it(words: tuple[str, ...], level: str | None) -> None:
    assert draft(levels=words).values.get("level") == level


def test_what_may_not_be_recorded_is_not_recorded() -> None:
    assert draft(not_recorded=True).values["status"] == "not-recorded"


def test_a_room_that_is_none_is_left_out() -> None:
    assert "room" not in draft(room="TBA").values


def test_a_description_that_names_a_theme_suggests_it() -> None:
    name = THEMES["queueing"].name
    assert draft(text=Text(text=f"A word on {name.upper()}.", format="plain")).matched == {
        "queueing": (name,)
    }


def test_keywords_are_whole_words_of_the_description_in_any_case() -> None:
    told = "A queue with EBPF-based tools. Your Internal\nDeveloper  Platform, in c++."
    made = draft(text=Text(text=told, format="plain"))
    assert made.matched == {
        "ebpf": ("eBPF", "C++"),
        "queueing": ("queue", "internal developer platform"),
    }
    assert made.values["suggested_themes"] == ["ebpf", "queueing"]
    assert draft(text=Text(text="Queues, Dequeue, eBPFish", format="plain")).matched == {}


def test_what_the_title_says_is_left_to_be_read_from_the_record() -> None:
    assert "suggested_themes" not in draft(title="Queue Theory with EBPF-based Tools").values


def test_what_the_source_calls_no_session_is_logistics() -> None:
    assert draft(service=True).left_out == "logistics"


def test_people_of_one_id_are_named_once() -> None:
    made = draft(people=(Person(name="Zoë Kern"), Person(name="Zoe  Kern"), Person(name="?")))
    assert made.values["speakers"] == [{"name": "Zoë Kern"}]


def test_people_of_one_romanised_form_are_each_named() -> None:
    made = draft(people=(Person(name="张伟"), Person(name="章薇")))
    assert made.values["speakers"] == [{"name": "张伟"}, {"name": "章薇"}]


def test_somebody_is_not_spelled_as_another_of_one_romanised_form() -> None:
    titles = ["Boats - 张伟, Nimbus Labs", "Ships - 章薇, Nimbus Labs", "Ports - 张伟, Nimbus Labs"]
    entries = [Entry(id=str(at), title=title) for at, title in enumerate(titles)]
    drafts = drafter(schedule(*entries)).drafts()
    names = [[each["name"] for each in made.values["speakers"]] for made in drafts]
    assert names == [["张伟"], ["章薇"], ["张伟"]]


def test_a_company_that_gives_no_id_is_left_out() -> None:
    made = draft(people=(Person(name="Ada Example", org="???"),))
    assert made.values["speakers"] == [{"name": "Ada Example"}]


@pytest.mark.parametrize("title", ["", "   ", "\u200b"])
def test_an_entry_without_a_title_is_refused(title: str) -> None:
    assert draft(title=title).refused == "it has no title"


def test_a_title_that_is_too_long_is_refused() -> None:
    assert draft(title="x" * 501).refused == "its title has 501 characters; at most 500 fit"
