"""What readers take away from a session: its citation, a calendar entry, a place in its video."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from kbsite.graph import Graph, recordings
from kbsite.kinds import KINDS, citing, sessions, videos
from kbsite.kinds.base import Page, Site, Views
from kbsite.kinds.session_facts import Poster, Sources
from kbsite.kinds.session_further import Others, Related
from kbsite.kinds.session_record import Invitation
from kbsite.kinds.sessions import SessionView
from kbsite.outputs import calendars
from kbsite.render import Renderer
from tests.bases import EVENT
from tests.graphs import KERNEL, linked, talk
from tests.surroundings import around

WHEN = {"start": "2031-04-01T10:00", "end": "2031-04-01T10:30"}
SITE = around(Site(name="Example", url="https://kb.example/"))


def entries(graph: Graph) -> list[tuple[str, bytes]]:
    """The calendar entries of all sessions: their paths and bytes."""
    pages = sessions.pages(Views(graph))
    return [(output.path, output.make(SITE)) for output in calendars.outputs(graph, pages)]


def page_of(graph: Graph, id: str) -> tuple[Page, SessionView]:
    """The page of a session, and what it says."""
    (page,) = (p for p in sessions.pages(Views(graph)) if p.path == f"sessions/{id}/")
    view = page.view()
    assert isinstance(view, SessionView)
    return page, view


def test_a_subtitle_stands_on_the_page(tmp_path: Path) -> None:
    graph = linked(tmp_path, {"one": talk(subtitle="And <b> what came next"), "two": talk()})
    assert page_of(graph, "conf/one")[1].subtitle == "And <b> what came next"
    assert page_of(graph, "conf/two")[1].subtitle is None


def test_a_description_says_what_there_is_in_place_of_the_title(tmp_path: Path) -> None:
    links = [
        {"kind": kind, "url": f"https://talks.example/{kind}"}
        for kind in ("schedule", "slides", "video")
    ]
    talks = {
        "one": talk("Who Wins?", links=links, themes=["kernel"], tracks=["Kernels", "Q?"], **WHEN),
        "two": talk("Who Wins?", links=links[:1], status="cancelled"),
    }
    graph = linked(tmp_path, talks, {"themes/kernel.md": KERNEL})
    found = [page_of(graph, id)[0].describe() for id in ("conf/one", "conf/two")]
    assert found == [
        "Talk at Example Conf, 1 Apr 2031, 10:00. On Kernels. With recording and slides. Track: Q?",
        "Talk at Example Conf. This session was cancelled.",
    ]


def test_known_sources_are_called_by_their_proper_names(tmp_path: Path) -> None:
    sources = [
        {"system": system, "url": f"https://{system}.example/"}
        for system in ("sched", "youtube", "our-sheet")
    ]
    _, view = page_of(linked(tmp_path, {"one": talk(sources=sources)}), "conf/one")
    (found,) = (part.data for part in view.beside if isinstance(part.data, Sources))
    assert [name for name, _ in found.sources] == ["Sched", "YouTube", "our-sheet"]


@pytest.mark.parametrize(
    ("end", "words"),
    [("2031-04-03", "Day not known; the event: 1–3 April 2031"), ("2031-04-01", "1 April 2031")],
)
def test_days_of_an_event_are_not_those_of_a_session(tmp_path: Path, end: str, words: str) -> None:
    event = EVENT | {"start": "2031-04-01", "end": end}
    graph = linked(tmp_path, {"one": talk()}, {"sessions/conf/event.yaml": event})
    page, view = page_of(graph, "conf/one")
    assert view.held_at.unsaid == words
    assert words in Renderer(KINDS, Site(name="Example")).render(page, view, "")


def test_a_talk_given_again_leads_there_and_is_no_other_talk(tmp_path: Path) -> None:
    given: dict[str, Any] = {"speakers": [{"name": "Ada"}], "themes": ["kernel"]}
    later = {"start": "2031-04-02T09:00", "room": "Hall A"}
    talks = {
        "one": talk("On Kernels", **given, **WHEN),
        "one-2": talk("On kernels", **given, **later),
        "off": talk("On Kernels", **given, status="cancelled"),
        "two": talk("More", **given),
        "three": talk("Even more", themes=["kernel"]),
    }
    graph = linked(tmp_path, talks, {"themes/kernel.md": KERNEL})
    for name, times in {
        "one": ["2 Apr 2031, 09:00, Hall A"],
        "one-2": ["1 Apr 2031, 10:00"],
        "off": ["1 Apr 2031, 10:00", "2 Apr 2031, 09:00, Hall A"],
        "two": [],
    }.items():
        page, view = page_of(graph, f"conf/{name}")
        assert [each.text for each in view.again] == times
        html = Renderer(KINDS, Site(name="Example")).render(page, view, "")
        assert ("Also given" in html) == bool(times)
        (others,) = (p.data for p in view.parts if isinstance(p.data, Others))
        (related,) = (p.data for p in view.parts if isinstance(p.data, Related))
        if name != "two":
            assert [card.ref.text for card in others.cards] == ["More"]
            assert [card.ref.text for card, _ in related.sessions] == ["Even more"]


def test_a_way_to_another_of_one_title_says_when_and_where_that_is(tmp_path: Path) -> None:
    graph = linked(
        tmp_path,
        {
            "one": talk("Office hours", **WHEN),
            "two": talk("Office hours", start="2031-04-02T09:00", room="Hall A"),
            "three": talk("Last words", start="2031-04-02T10:00"),
        },
    )
    (first,) = page_of(graph, "conf/one")[1].around
    (second,) = page_of(graph, "conf/two")[1].around
    assert first.after is not None
    assert first.after.text == "Office hours (2 Apr 2031, 09:00, Hall A)"
    assert [each.text for each in (second.before, second.after) if each] == [
        "Office hours (1 Apr 2031, 10:00)",
        "Last words",
    ]


def test_a_citation_names_the_people_the_title_the_event_and_the_day(tmp_path: Path) -> None:
    speakers = [{"name": "Ada Kern"}, {"name": "Bo de la Stone"}]
    graph = linked(tmp_path, {"one": talk(title="C & 100% {more}", speakers=speakers, **WHEN)})
    cited = citing.cite(graph, graph.sessions["conf/one"])
    assert cited.text == (
        "Ada Kern and Bo de la Stone: “C & 100% {more}”. Talk at Example Conf, 1 April 2031."
    )
    assert cited.key == "kern-2031-c-100-more"
    assert dict(cited.fields) == {
        "author": "{{Ada Kern} and {Bo de la Stone}}",
        "title": r"{{C \& 100\% \textbraceleft{}more\textbraceright{}}}",
        "year": "{2031}",
        "month": "apr",
        "howpublished": "{Talk at Example Conf}",
    }


def test_what_bibtex_reads_as_braces_is_always_in_pairs(tmp_path: Path) -> None:
    names = [{"name": "Ada {Kern"}]
    graph = linked(tmp_path, {"one": talk(title=r"} an \} unbalanced { title {", speakers=names)})
    for _, value in citing.cite(graph, graph.sessions["conf/one"]).fields:
        depths = list(accumulate({"{": 1, "}": -1}.get(sign, 0) for sign in value))
        assert min(depths) >= 0
        assert depths[-1] == 0


def test_a_citation_of_next_to_nothing_says_what_is_known(tmp_path: Path) -> None:
    graph = linked(tmp_path, {"one": talk(title="Alone")})
    cited = citing.cite(graph, graph.sessions["conf/one"])
    assert cited.text == "“Alone”. Talk at Example Conf, 2031."
    assert cited.key == "2031-alone"
    assert "author" not in dict(cited.fields)
    assert "month" not in dict(cited.fields)


def test_a_calendar_entry_holds_when_where_who_and_the_address(tmp_path: Path) -> None:
    title = "Kernels, copies; and \\ more " + "x" * 80
    session = talk(title=title, room="Hall A", speakers=[{"name": "Ada Kern"}], **WHEN)
    graph = linked(tmp_path, {"one": session})
    [(path, made)] = entries(graph)
    assert path == "sessions/conf/one/one.ics"
    assert entries(graph) == [(path, made)]
    assert max(len(line) for line in made.split(b"\r\n")) <= 75
    [entry] = Calendar.from_ical(made).walk("VEVENT")
    assert entry["SUMMARY"] == title
    assert entry.decoded("DTSTART") == datetime(2031, 4, 1, 10, tzinfo=UTC)
    assert entry.decoded("DTEND") == datetime(2031, 4, 1, 10, 30, tzinfo=UTC)
    assert entry["LOCATION"] == "Hall A"
    assert entry["DESCRIPTION"] == "Ada Kern\nExample Conf"
    assert entry["URL"] == "https://kb.example/sessions/conf/one/"


def test_a_calendar_entry_says_any_text_in_lines_of_75_octets(tmp_path: Path) -> None:
    texts = ("ö" * 80, "€" * 80, "x" + "🐧" * 40 + "x", "a\\nb \\; \\\\", "x" * 67)
    for at, text in enumerate(texts):
        graph = linked(tmp_path / str(at), {"one": talk(title=text, room=f"{text}, x", **WHEN)})
        [(_, made)] = entries(graph)
        assert made.endswith(b"\r\n")
        assert b"\n" not in made.replace(b"\r\n", b"")
        for line in made.split(b"\r\n"):
            assert len(line) <= 75
            line.decode()
        [entry] = Calendar.from_ical(made).walk("VEVENT")
        assert entry["SUMMARY"] == text
        assert entry["LOCATION"] == f"{text}, x"


def test_an_entry_ends_though_clocks_are_set_back_meanwhile(tmp_path: Path) -> None:
    event = {
        "name": "A",
        "timezone": "Europe/Amsterdam",
        "start": "2026-10-25",
        "end": "2026-10-25",
    }
    record = talk(start="2026-10-25T00:45Z", end="2026-10-25T01:15Z")
    files = {"sessions/ams/event.yaml": event, "sessions/ams/one.yaml": record}
    [(_, made)] = entries(linked(tmp_path, {}, files))
    [entry] = Calendar.from_ical(made).walk("VEVENT")
    assert entry.decoded("DTEND") == datetime(2026, 10, 25, 1, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("times", "over"),
    [
        ({"start": "2031-04-01"}, "2031-04-01T23:59:59"),
        ({"start": "2031-04-01", "end": "2031-04-02"}, "2031-04-02T23:59:59"),
        ({"start": "2031-04-01T10:00", "end": "2031-04-02"}, "2031-04-02T23:59:59"),
        (WHEN, "2031-04-01T10:30:00+00:00"),
        ({}, ""),
    ],
)
def test_a_session_is_over_when_its_last_day_is(
    tmp_path: Path, times: dict[str, str], over: str
) -> None:
    graph = linked(tmp_path, {"one": talk(**times)})
    _, view = page_of(graph, "conf/one")
    [invitation] = [part.data for part in view.parts if isinstance(part.data, Invitation)]
    assert invitation.to_come == over


@pytest.mark.parametrize(
    "fields",
    [{}, {"start": "2031-04-01"}, WHEN | {"status": "cancelled"}, WHEN | {"status": "withdrawn"}],
    ids=["no time", "a day only", "cancelled", "withdrawn"],
)
def test_what_has_no_time_or_does_not_take_place_is_no_calendar_entry(
    tmp_path: Path, fields: dict[str, str]
) -> None:
    graph = linked(tmp_path, {"one": talk(**fields)})
    page, _ = page_of(graph, "conf/one")
    assert page.calendar == ""
    assert list(calendars.outputs(graph, [page])) == []


@pytest.mark.parametrize(
    ("url", "id"),
    [
        ("https://www.youtube.com/watch?v=abc-DEF_123&list=x", "abc-DEF_123"),
        ("https://youtu.be/abc-DEF_123?t=90", "abc-DEF_123"),
        ("https://www.youtube.com/live/abc-DEF_123", "abc-DEF_123"),
        ("https://m.youtube.com/embed/abc-DEF_123/", "abc-DEF_123"),
        ("https://www.youtube.com/playlist?list=abc", ""),
        ("https://www.youtube.com/watch?v=%22onload%3D", ""),
        ("https://notyoutube.com/watch?v=abc-DEF_123", ""),
        ("https://media.example/talk.mp4", ""),
    ],
)
def test_only_a_video_of_youtube_can_be_shown_in_a_page(url: str, id: str) -> None:
    player = f"https://www.youtube-nocookie.com/embed/{id}" if id else ""
    assert videos.embedded(url) == player


def test_a_session_leads_to_those_before_and_after_it_in_schedule_and_theme(
    tmp_path: Path,
) -> None:
    talks = {
        name: talk(title=name, start=f"2031-04-01T1{hour}:00", themes=themes)
        for hour, (name, themes) in enumerate(
            {"early": ["kernel"], "middle": [], "late": ["kernel"]}.items()
        )
    }
    graph = linked(tmp_path, talks, {"themes/kernel.md": KERNEL})

    def around(name: str) -> list[tuple[str, str, str]]:
        _, view = page_of(graph, f"conf/{name}")
        return [
            (
                each.owner.text,
                each.before.text if each.before else "",
                each.after.text if each.after else "",
            )
            for each in view.around
        ]

    assert around("early") == [("Schedule: Example Conf", "", "middle"), ("Kernels", "", "late")]
    assert around("middle") == [("Schedule: Example Conf", "early", "late")]
    assert around("late") == [("Schedule: Example Conf", "middle", ""), ("Kernels", "early", "")]


def test_a_session_that_is_alone_leads_nowhere(tmp_path: Path) -> None:
    graph = linked(tmp_path, {"one": talk()})
    _, view = page_of(graph, "conf/one")
    assert view.around == ()


VIDEO = "https://www.youtube.com/watch?v=abc-DEF_123"


@pytest.mark.parametrize(
    ("link", "start", "url", "at"),
    [
        ({"url": VIDEO}, 0, VIDEO, ""),
        ({"url": VIDEO, "start": "1:05:00"}, 3900, f"{VIDEO}&t=3900s", "1:05:00"),
        ({"url": f"{VIDEO}&t=90"}, 90, f"{VIDEO}&t=90", "1:30"),
        ({"url": f"{VIDEO}#t=2m"}, 120, f"{VIDEO}#t=2m", "2:00"),
        ({"url": f"{VIDEO}&t=90", "start": "0:00"}, 0, f"{VIDEO}&t=0s", ""),
        ({"url": f"{VIDEO}&start=90&t=1h", "start": "2:00"}, 120, f"{VIDEO}&t=120s", "2:00"),
        (
            {"url": "https://media.example/a.mp4#t=10", "start": "2:00"},
            120,
            "https://media.example/a.mp4#t=120",
            "2:00",
        ),
    ],
)
def test_a_recording_of_several_talks_begins_with_this_one(
    tmp_path: Path, link: dict[str, str], start: int, url: str, at: str
) -> None:
    graph = linked(tmp_path, {"one": talk(links=[{"kind": "video", **link}])})
    _, view = page_of(graph, "conf/one")
    [poster] = [part.data for part in view.parts if isinstance(part.data, Poster)]
    assert (poster.start, poster.url, poster.at) == (start, url, at)
    assert [(offer.url, offer.at) for offer in view.offers] == [
        (url, start if poster.embed else None)
    ]
    assert view.recordings == (url,)


@pytest.mark.parametrize(
    "written", ["t=abc", "t=", "start=monday", "time=90", "t=-5", "t=9999999", "t=%22", "t"]
)
def test_what_tells_no_time_in_an_address_is_no_start(written: str) -> None:
    assert recordings.of_address(f"https://example.org/?{written}") == 0
    assert recordings.of_address(f"https://example.org/#{written}") == 0


def test_a_place_is_counted_in_the_video_wherever_the_session_begins(tmp_path: Path) -> None:
    learning = {"id": "a", "text": "A.", "at": "1:06:10"}
    video = {"kind": "video", "url": f"{VIDEO}&t=3900", "start": "1:05:00"}
    graph = linked(tmp_path, {"one": talk(links=[video], learnings=[learning])})
    assert videos.place(graph.sessions["conf/one"], 3970) == videos.Place(
        "1:06:10", f"{VIDEO}&t=3970s"
    )
