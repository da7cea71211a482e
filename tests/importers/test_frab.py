"""schedule.xml to a schedule."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from datetime import time as clock
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsite.importers.formats import frab
from kbsite.importers.formats.frab import HINT
from kbsite.importers.schedule import Entry, Person, Schedule, SourceError, SourceLink, Text
from tests.importers.schedules import CORPORA, needs_corpora

REAL = CORPORA / "frab-fosdem-2025.xml"
WINTER = timezone(timedelta(hours=1))

EVENT = """\
<event guid="g-11" id="11" code="ABC">
  <date>2031-02-01T10:00:00+01:00</date>
  <start>10:00</start>
  <duration>00:45</duration>
  <room>Barn</room>
  <slug>hay-11-bees</slug>
  <url>https://hay.example/talk/11/</url>
  <recording><license>CC-BY</license><optout>false</optout></recording>
  <title>Bees &amp;
    wasps</title>
  <subtitle>that count</subtitle>
  <track>Nature</track>
  <type>lecture</type>
  <language>de</language>
  <abstract>&lt;p&gt;Bees can count.&lt;/p&gt;</abstract>
  <description></description>
  <feedback_url>https://hay.example/talk/11/feedback/</feedback_url>
  <logo>/secret-logo.png</logo>
  <persons>
    <person id="1">Ada Example</person>
    <person id="2"><name>Bo Sample</name><biography>secret-biography</biography>
      <email>secret@hay.example</email><answers><answer>secret-shirt</answer></answers></person>
  </persons>
  <answers><answer>secret-pet</answer></answers>
  <links>
    <link href="https://github.com/hay/bees">Code</link>
    <link href="https://hay.example/talk/11/feedback/">Submit feedback</link>
  </links>
  <attachments><attachment href="/media/bees.pdf" type="slides">Slides</attachment></attachments>
</event>
"""
DAY = '<day index="1" date="2031-02-01"><room name="Barn">{}</room></day>'


def source(days: str, conference: str = "") -> str:
    return (
        "<?xml version='1.0' encoding='utf-8'?>\n<schedule><version>1</version><conference>"
        "<acronym>hay31</acronym><title>Hay Days 2031</title><venue>The Farm</venue>"
        "<city>Ghent</city><start>2031-02-01</start><end>2031-02-02</end><day_change>09:00:00"
        f"</day_change><base_url>https://hay.example/</base_url>{conference}</conference>"
        f"<tracks><track>Nature</track></tracks>{days}</schedule>"
    )


def parsed(xml: str) -> Schedule:
    return frab.parse(xml.encode())


def entry(
    event: str, conference: str = "<time_zone_name>Europe/Brussels</time_zone_name>"
) -> Entry:
    (found,) = parsed(source(DAY.format(event), conference)).entries
    return found


def changed(old: str, new: str) -> Entry:
    """The entry of the event in which `new` stands for `old`."""
    assert EVENT.count(old) == 1
    return entry(EVENT.replace(old, new))


def refused(data: str | bytes) -> tuple[str, str, int]:
    with pytest.raises(SourceError) as caught:
        frab.parse(data.encode() if isinstance(data, str) else data)
    return caught.value.message, caught.value.hint, caught.value.line


def test_an_event_becomes_an_entry() -> None:
    assert entry(EVENT) == Entry(
        id="g-11",
        title="Bees & wasps",
        subtitle="that count",
        line=2,
        url="https://hay.example/talk/11/",
        start=datetime(2031, 2, 1, 10, tzinfo=WINTER),
        end=datetime(2031, 2, 1, 10, 45, tzinfo=WINTER),
        room="Barn",
        tracks=("Nature",),
        types=("lecture",),
        language="de",
        people=(Person(name="Ada Example"), Person(name="Bo Sample")),
        text=Text(text="<p>Bees can count.</p>", format="html"),
        links=(
            SourceLink(url="https://github.com/hay/bees", kind="code", label="Code"),
            SourceLink(url="https://hay.example/media/bees.pdf", kind="slides", label="Slides"),
        ),
    )


def days(*listed: tuple[str, str, str, str], zone: str) -> Schedule:
    """Days of (date, start, end, events), an event being a date and a time."""
    written = "".join(
        f'<day date="{day}" start="{start}" end="{end}"><room name="Barn">'
        + "".join(
            f'<event id="{when}"><date>{when}</date><title>T</title></event>'
            for when in events.split()
        )
        + "</room></day>"
        for day, start, end, events in listed
    )
    xml = source(written, f"<time_zone_name>{zone}</time_zone_name>")
    return parsed(xml.replace("<day_change>09:00:00</day_change>", ""))


def test_days_that_are_written_in_another_zone_do_not_move() -> None:
    schedule = days(
        ("2031-03-01", "2031-03-01T21:30:00+00:00", "2031-03-02T21:29:59+00:00",
         "2031-03-02T04:30:00+00:00"),
        ("2031-03-02", "2031-03-02T21:30:00+00:00", "2031-03-03T21:29:59+00:00",
         "2031-03-03T12:30:00+00:00"),
        zone="Asia/Kolkata",
    )  # fmt: skip
    assert schedule.day_change is None
    assert (schedule.entries[0].start, schedule.end) == (
        datetime(2031, 3, 2, 4, 30, tzinfo=UTC),
        date(2031, 2, 2),
    )


def test_without_a_date_a_day_that_is_written_in_another_zone_is_that_of_the_place() -> None:
    day = (
        '<day date="2031-03-01" start="2031-03-01T21:30:00+00:00" end="2031-03-02T21:29:59+00:00">'
        '<room name="Barn"><event id="1"><start>10:00</start><title>T</title></event></room></day>'
    )
    xml = source(day, "<time_zone_name>Asia/Kolkata</time_zone_name>")
    xml = xml.replace("<day_change>09:00:00</day_change>", "")
    assert parsed(xml).entries[0].start == datetime(2031, 3, 2, 10)


@pytest.mark.parametrize(
    ("late", "early", "change"),
    [
        ("2031-12-28T04:00:00+01:00", "2031-12-28T10:00:00+01:00", clock(5)),
        ("2031-12-28T01:00:00+01:00", "2031-12-28T10:00:00+01:00", clock(4)),
        ("2031-12-28T04:00:00+01:00", "2031-12-28T04:30:00+01:00", None),
    ],
)
def test_days_change_after_what_is_late_and_before_what_is_early(
    late: str, early: str, change: clock | None
) -> None:
    schedule = days(
        ("2031-12-27", "2031-12-27T11:00:00+01:00", "2031-12-28T04:00:00+01:00", late),
        ("2031-12-28", "2031-12-28T11:00:00+01:00", "2031-12-29T04:00:00+01:00", early),
        zone="Europe/Berlin",
    )
    assert schedule.day_change == change


def test_the_conference_names_itself_and_its_place() -> None:
    schedule = parsed(source(DAY.format(""), "<time_zone_name>Europe/Brussels</time_zone_name>"))
    assert schedule == Schedule(
        system="frab",
        name="hay31",
        entries=(),
        title="Hay Days 2031",
        timezone="Europe/Brussels",
        start=date(2031, 2, 1),
        end=date(2031, 2, 2),
        venue="The Farm",
        city="Ghent",
        url="https://hay.example/",
    )


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "Europe"])
def test_a_zone_that_is_none_is_left_out(zone: str) -> None:
    assert parsed(source(DAY, f"<time_zone_name>{zone}</time_zone_name>")).timezone is None


def test_nothing_that_is_private_reaches_an_entry() -> None:
    assert "secret" in EVENT
    assert "secret" not in repr(entry(EVENT))


@pytest.mark.parametrize(
    ("start", "change", "day", "moment"),
    [
        ("10:00", "09:00", "", datetime(2031, 2, 1, 10)),
        ("00:30", "09:00", "", datetime(2031, 2, 2, 0, 30)),
        ("08:59:00", "09:00:00", "", datetime(2031, 2, 2, 8, 59)),
        ("03:59", "", "", datetime(2031, 2, 2, 3, 59)),
        ("04:00", "", "", datetime(2031, 2, 1, 4)),
        ("05:00", "", 'start="2031-02-01T06:00:00+01:00"', datetime(2031, 2, 2, 5)),
        ("10:00", "", 'start="2031-02-01T14:00:00+01:00"', datetime(2031, 2, 1, 10)),
        (
            "08:00",
            "09:00",
            'start="2031-02-01T09:00:00+01:00" end="2031-02-02T04:00:00+01:00"',
            datetime(2031, 2, 1, 8),
        ),
    ],
)
def test_without_a_date_what_begins_before_the_change_of_days_is_on_the_next(
    start: str, change: str, day: str, moment: datetime
) -> None:
    event = f"<event><title>Tea</title><start>{start}</start><duration>01:00</duration></event>"
    xml = source(DAY.format(event), "<time_zone_name>Europe/Brussels</time_zone_name>")
    xml = xml.replace("09:00:00</day_change>", f"{change}</day_change>")
    (found,) = parsed(xml.replace('<day index="1"', f'<day index="1" {day}')).entries
    assert (found.start, found.end) == (moment, moment + timedelta(hours=1))


def test_without_a_zone_the_offset_of_the_day_is_that_of_its_events() -> None:
    days = (
        '<day date="2031-02-01" start="2031-02-01T09:00:00+01:00"><room name="Barn">'
        "<event><title>Tea</title><start>10:00</start></event></room></day>"
    )
    (found,) = parsed(source(days)).entries
    assert found.start == datetime(2031, 2, 1, 10, tzinfo=WINTER)


def test_without_any_time_an_event_has_the_day() -> None:
    assert entry("<event><title>Tea</title></event>").start == date(2031, 2, 1)


def test_the_room_around_an_event_is_its_room_where_it_names_none() -> None:
    assert entry("<event><title>Tea</title></event>").room == "Barn"
    assert entry("<event><title>Tea</title><room/></event>").room == "Barn"
    assert entry("<event><title>Tea</title><room>Loft</room></event>").room == "Loft"


def test_an_event_without_a_room_or_a_day_counts_too() -> None:
    event = "<event><title>Tea</title><start>10:00</start></event>"
    schedule = parsed(source(f'<day date="2031-02-01">{event}</day>{event}'))
    assert [entry.room for entry in schedule.entries] == [None, None]
    assert [entry.start for entry in schedule.entries] == [datetime(2031, 2, 1, 10), None]


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("<language>de, en</language>", "de, en"),
        ("<language>de,en</language>", "de, en"),
        ("<language>deu</language>", "de"),
        ("<language>de-formal</language>", "de"),
        ("<language>en</language><language>nl</language>", "en, nl"),
        ("<language>English</language>", "English"),
        ("<language/>", None),
    ],
)
def test_a_session_may_have_more_than_one_language(written: str, language: str | None) -> None:
    assert changed("<language>de</language>", written).language == language


def test_elements_that_are_repeated_count_once_or_add_up() -> None:
    event = (
        "<event><title> </title><title>Tea</title><title>Thee</title>"
        "<abstract>One.</abstract><abstract>Two.</abstract><description>Three.</description>"
        "<persons><person>Ada</person></persons><persons><person>Bo</person></persons></event>"
    )
    found = entry(event)
    assert found.title == "Tea"
    assert found.text == Text(text="One.\n\nTwo.\n\nThree.", format="markdown")
    assert found.people == (Person(name="Ada"), Person(name="Bo"))


def test_a_text_may_be_written_in_elements() -> None:
    found = changed(
        "<abstract>&lt;p&gt;Bees can count.&lt;/p&gt;</abstract>",
        "<abstract>1 &lt; 2<p>One <b>bee</b>.</p><p>Two.</p></abstract>",
    )
    assert found.text == Text(text="1 &lt; 2<p>One <b>bee</b>.</p><p>Two.</p>", format="html")


@pytest.mark.parametrize("said", ["true", " True ", "1", "yes"])
def test_who_opts_out_is_not_recorded(said: str) -> None:
    assert changed("<optout>false</optout>", f"<optout>{said}</optout>").not_recorded
    assert not entry(EVENT).not_recorded


def test_the_elements_may_have_a_namespace() -> None:
    xml = source(DAY.format(EVENT)).replace("<schedule>", '<schedule xmlns="https://x.example">')
    assert parsed(xml) == parsed(source(DAY.format(EVENT)))


def test_an_event_says_on_which_line_it_begins() -> None:
    schedule = parsed(source(DAY.format(f"\n\n{EVENT}{EVENT}")))
    assert [entry.line for entry in schedule.entries] == [4, 4 + EVENT.count("\n")]


@pytest.mark.parametrize(
    ("event", "wrong"),
    [
        ("<event/>", "it has no title"),
        ("<event><title> </title></event>", "it has no title"),
        (
            f"<event><title>{'x' * 501}</title></event>",
            "its title has 501 characters; at most 500 fit",
        ),
        ("<event><title>A</title><date>soon</date></event>", "its date 'soon' cannot be read"),
        (
            "<event><title>A</title><date>2031-02-30T10:00:00+01:00</date></event>",
            "its date '2031-02-30T10:00:00+01:00' cannot be read",
        ),
        ("<event><title>A</title><start>ten</start></event>", "its start 'ten' cannot be read"),
    ],
)
def test_an_event_that_cannot_be_used_is_an_entry_that_says_why(event: str, wrong: str) -> None:
    found = entry(event)
    assert (found.wrong, found.line) == (wrong, 2)


def test_a_source_in_another_encoding_that_it_names_is_read() -> None:
    xml = source(DAY.format("<event><title>Grüße</title></event>")).replace("utf-8", "iso-8859-1")
    (found,) = frab.parse(xml.encode("iso-8859-1")).entries
    assert found.title == "Grüße"


@pytest.mark.parametrize(
    ("data", "message", "hint", "line"),
    [
        ("", "the source is empty", HINT, 0),
        ('{"schedule": {}}', "this is not XML: it begins as JSON does",
         "a schedule.json is imported as c3voc", 0),
        ("<html><body/></html>",
         "this is not a frab schedule: it begins with <html>, not with <schedule>", HINT, 0),
        ("<!DOCTYPE html><html></html>", "this is a web page, not a schedule", HINT, 1),
        ("<rss version='2.0'/>",
         "this is not a frab schedule: it begins with <rss>, not with <schedule>", HINT, 0),
        ("<schedule><programme><title>News</title></programme></schedule>",
         "this is not a frab schedule: there is no <conference>", HINT, 0),
        ("<schedule><conference/></schedule>",
         "this is not a frab schedule: there is no <day>", HINT, 0),
        ("<schedule>\n<conference>\n</schedule>",
         "this is not well-formed XML: mismatched tag", HINT, 3),
        ("<schedule>\n&nbsp;</schedule>",
         "this is not well-formed XML: undefined entity", HINT, 2),
        ("not XML at all", "this is not well-formed XML: syntax error", HINT, 1),
        (b"<?xml version='1.0' encoding='klingon'?><schedule/>",
         "this is not XML that can be read: unknown encoding: klingon", HINT, 0),
    ],
)  # fmt: skip
def test_another_source_is_refused(data: str | bytes, message: str, hint: str, line: int) -> None:
    assert refused(data) == (message, hint, line)


DTD = "the XML has a DTD, which is never read: it can name other files and grow without end"


@pytest.mark.parametrize(
    "doctype",
    [
        # a billion laughs
        "<!DOCTYPE x [<!ENTITY a 'ha'>"
        + "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in pairwise("abcdefghij"))
        + "]>",
        # a quadratic blowup
        f"<!DOCTYPE x [<!ENTITY a '{'x' * 200_000}'>]>",
        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE x [<!ENTITY % a SYSTEM 'https://x.example/a.dtd'> %a;]>",
        "<!DOCTYPE x SYSTEM 'https://x.example/a.dtd'>",
        "<!DOCTYPE x PUBLIC 'a' 'https://x.example/a.dtd'>",
    ],
    ids=["laughs", "quadratic", "file", "parameter", "system", "public"],
)  # fmt: skip
def test_a_source_with_a_dtd_is_refused_at_once(doctype: str) -> None:
    xml = source(DAY.format(f"<event><title>{'&a;' * 10_000}</title></event>"))
    begin = time.thread_time()
    assert refused(xml.replace("<schedule>", f"{doctype}<schedule>", 1)) == (
        DTD, "remove the <!DOCTYPE ...> and what it declares", 2
    )  # fmt: skip
    assert time.thread_time() - begin < 1


def test_a_source_that_is_nested_without_end_is_refused() -> None:
    xml = source(DAY.format("<event><title>" + "<b>" * 500_000))
    assert refused(xml) == ("the XML is nested too deeply", HINT, 2)


def test_a_source_that_is_cut_off_is_refused_wherever_it_ends() -> None:
    data = source(DAY.format(EVENT)).encode()
    for end in range(len("<?xml version"), len(data)):
        message, hint, line = refused(data[:end])
        assert message == "the XML ends in the middle"
        assert hint == "get it again; it may have been cut off"
        assert line - data.count(b"\n", 0, end) in {0, 1}


def paths(xml: str) -> int:
    return sum(1 for _ in ET.fromstring(xml).iter())  # noqa: S314


WHOLE = source(DAY.format(EVENT + EVENT.replace("g-11", "g-12")))
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=9)
ODD = st.sampled_from(["event", "day", "room", "title", "person", "persons", "date", "x"])


@given(st.integers(1, paths(WHOLE) - 1), st.sampled_from("drtax"), WORDS, ODD)
def test_any_damage_is_an_error_or_an_entry_for_each_event(
    at: int, damage: str, words: str, tag: str
) -> None:
    root = ET.fromstring(WHOLE)  # noqa: S314
    element = list(root.iter())[at]
    parent = next(each for each in root.iter() if element in list(each))
    if damage == "d":
        parent.remove(element)
    elif damage == "r":
        element.tag = tag
    elif damage == "t":
        element.text = words
    elif damage == "a":
        element.attrib = dict.fromkeys([*element.attrib, "href"], words)
    else:
        ET.SubElement(element, tag).text = words
    try:
        schedule = frab.parse(ET.tostring(root))
    except SourceError as error:
        assert error.message  # noqa: PT017
        assert error.hint  # noqa: PT017
    else:
        assert len(schedule.entries) == sum(1 for _ in root.iter("event"))


@given(st.integers(0, len(WHOLE) - 1), st.binary(max_size=4))
def test_any_bytes_in_between_are_an_error_or_a_schedule(at: int, put: bytes) -> None:
    data = WHOLE.encode()
    try:
        assert len(frab.parse(data[:at] + put + data[at + 1 :]).entries) <= 2
    except SourceError as error:
        assert error.message  # noqa: PT017


def real_root() -> ET.Element:
    return ET.parse(REAL).getroot()  # noqa: S314


@needs_corpora
def test_every_event_of_a_real_schedule_is_an_entry() -> None:
    data = REAL.read_bytes()
    entries = frab.parse(data).entries
    assert len(entries) == data.count(b"<event ") == 943
    assert [entry.wrong for entry in entries if entry.wrong] == []
    assert [entry.id for entry in entries] == [
        each.get("guid") for each in real_root().iter("event")
    ]
    lines = data.split(b"\n")
    assert all(f'"{entry.id}"'.encode() in lines[entry.line - 1] for entry in entries)


@needs_corpora
def test_every_moment_of_a_real_schedule_is_right() -> None:
    schedule = frab.parse(REAL.read_bytes())
    assert schedule.timezone == "Europe/Brussels"
    for entry, event in zip(schedule.entries, real_root().iter("event"), strict=True):
        hours, minutes = map(int, event.findtext("duration", "").split(":"))
        start = datetime.fromisoformat(event.findtext("date", ""))
        assert entry.start == start
        assert entry.end == start + timedelta(hours=hours, minutes=minutes)


@needs_corpora
def test_without_dates_the_days_of_a_real_schedule_give_the_same_moments() -> None:
    root = real_root()
    starts = []
    for event in root.iter("event"):
        written = event.find("date")
        assert written is not None
        starts.append(datetime.fromisoformat(written.text or "").replace(tzinfo=None))
        event.remove(written)
    assert [entry.start for entry in frab.parse(ET.tostring(root)).entries] == starts


@needs_corpora
def test_people_and_links_of_a_real_schedule_are_counted() -> None:
    entries = frab.parse(REAL.read_bytes()).entries
    assert sum(len(entry.people or ()) for entry in entries) == 1172 - 2  # two are only dashes
    assert sum(bool(entry.notes) for entry in entries) == 2
    assert sum(len(entry.tracks) for entry in entries) == 943
    links = [link for entry in entries for link in entry.links]
    assert sum(link.kind == "video" for link in links) == 7
    assert not any("feedback" in link.url for link in links)
