"""What stands around a title: states, kinds, emoji; and tracks that shout."""

from __future__ import annotations

import pytest

from kbsite import slugs
from kbsite.importers.reading.tables import key, key_of_kind, tables
from kbsite.importers.reading.titles import TitleReader, without_emoji

READER = TitleReader(tables())


@pytest.mark.parametrize(
    ("title", "left", "status"),
    [
        ("[SOLD OUT] Deep Dive", "Deep Dive", None),
        ("Deep Dive [Sold Out]", "Deep Dive", None),
        ("Deep Dive - Sold Out", "Deep Dive", None),
        ("Wide , Deep ; Dive", "Wide, Deep; Dive", None),
        ("CANCELED: Deep Dive", "Deep Dive", "cancelled"),
        ("CANCELLED - Deep Dive", "Deep Dive", "cancelled"),
        ("CANCELLED Deep Dive", "Deep Dive", "cancelled"),
        ("(Cancelled) 🎉 Deep Dive", "Deep Dive", "cancelled"),
        ("(Virtual Attendance Only) Deep Dive", "Deep Dive", None),
        ("Deep Dive (by appointment only)", "Deep Dive", None),
        (
            "Deep Dive - AM SESSION | SEPARATE REGISTRATIONS REQUIRED",
            "Deep Dive - AM SESSION",
            None,
        ),
        ("Deep Dive (cancelled)", "Deep Dive", "cancelled"),
        ("[CANCELLED] [SOLD OUT] Deep Dive", "Deep Dive", "cancelled"),
        ("[Withdrawn] Deep Dive", "Deep Dive", "withdrawn"),
        ("Deep Dive (not recorded)", "Deep Dive", "not-recorded"),
        ("Deep Dive (Limited Availability; First-Come, First-Served Basis)", "Deep Dive", None),
        ("Dive Day - Full Day Event | ALL ACCESS PASS REQUIRED", "Dive Day", None),
        ("📚 Tutorial: [SOLD OUT] Deep Dive", "Tutorial: Deep Dive", None),
        ("***CANCELLED*** Deep Dive", "Deep Dive", "cancelled"),
        ("[Cancelled by the speaker] Deep Dive", "Deep Dive", "cancelled"),
        ("WITHDRAWN: Deep Dive", "Deep Dive", "withdrawn"),
        ("ABGESAGT: Deep Dive", "Deep Dive", "cancelled"),
        ("[RSVP REQUIRED] Deep Dive", "Deep Dive", None),
        ("Workshop [SOLD OUT]: Deep Dive", "Workshop: Deep Dive", None),
        ("Deep Dive (Virtual) - Ada Example", "Deep Dive - Ada Example", None),
        ("Deep Dive CANCELLED", "Deep Dive", "cancelled"),
        ("CANCELLED - Deep Dive CANCELLED", "Deep Dive", "cancelled"),
        ("Deep Dive MQTT SOLD OUT", "Deep Dive MQTT", None),
        ("OPEN HALL | Unconference: CANCELED", "OPEN HALL | Unconference", "cancelled"),
        ("Deep Dive - CANCELLED - Ada Example", "Deep Dive - Ada Example", "cancelled"),
        ("Ship Day | SEPARATE REGISTRATION REQUIRED", "Ship Day", None),
        ("Ship Day (Limited Seating - See Description for Details)", "Ship Day", None),
        ("Ship Day (Additional Registration + $50 Fee Required)", "Ship Day", None),
        ("Ship Day (Limited Availability; First-Come, First-Served)", "Ship Day", None),
        ("Ship Day (IN-PERSON ONLY, SOLD OUT)", "Ship Day", None),
        ("Ship Day - SOLD OUT (in-person. virtual available)", "Ship Day", None),
        ("[Live Stream] Deep Dive", "Deep Dive", None),
        ("[Livestream Sponsored by Tidewater] Deep Dive", "Deep Dive", None),
        ("[ROOM UPDATED] ⚡Deep Dive", "Deep Dive", None),
        ("Deep Dive (Slides Attached) - Ada Example", "Deep Dive - Ada Example", None),
        # what only looks like a state
        ("The State of (Full) Text Search", "The State of (Full) Text Search", None),
        ("(Virtual) Machines", "(Virtual) Machines", None),
        ("Registration of Things", "Registration of Things", None),
        ("Season Three: Sold Out", "Season Three: Sold Out", None),
        ("LIVE Coding for All", "LIVE Coding for All", None),
        ("New: A Deep Dive", "New: A Deep Dive", None),
        ("Virtual Machines (and Containers)", "Virtual Machines (and Containers)", None),
        ("Cancelled Contexts in Go", "Cancelled Contexts in Go", None),
        ("Withdrawn: A Story of a CVE", "Withdrawn: A Story of a CVE", None),
        ("Deep Dive - Part Two", "Deep Dive - Part Two", None),
        ("[CANCELLED]", "[CANCELLED]", None),
        ("CI/CD (v2) for All", "CI/CD (v2) for All", None),
    ],
)
def test_states_are_taken_off_a_title(title: str, left: str, status: str | None) -> None:
    said = READER.around(title)
    assert (said.title, said.status) == (left, status)


@pytest.mark.parametrize(
    ("title", "left", "kind", "tracks"),
    [
        ("Keynote: The Road", "The Road", "keynote", ()),
        ("Sponsored Keynote: The Road", "The Road", "keynote", ("Sponsored",)),
        ("⚡ Lightning Talk: The Road: Ahead", "The Road: Ahead", "lightning", ()),
        ("Project Lightning Talk: Lunch", "Lunch", "lightning", ()),
        ("🪧 Poster Session (PS10): The Road", "The Road", "poster", ()),
        ("🚨 Contribfest: The Road", "The Road", "contribfest", ()),
        ("Sponsored Demo: The Road", "The Road", "demo", ("Sponsored",)),
        ("Learning Lounge: The Road", "The Road", None, ("Learning Lounge",)),
        ("Keynote: Panel: The Road", "The Road", "keynote", ()),
        ("Documentary Premiere: The Road", "The Road", "film", ()),
        ("keynote - The Road", "The Road", "keynote", ()),
        ("Kubernetes: The Road", "Kubernetes: The Road", None, ()),
        ("Keynote", "Keynote", None, ()),
        ("Hands-On Lab - Bring a Laptop", "Hands-On Lab - Bring a Laptop", None, ()),
        ("Panel: the road ahead", "The road ahead", "panel", ()),
        ("Tutorial: eBPF from zero", "eBPF from zero", "tutorial", ()),
        ("The Panel: A Road", "The Panel: A Road", None, ()),
        ("BoF | The Road: Part Two", "The Road: Part Two", "bof", ()),
        ("Lightning Talk (5 min): The Road", "The Road", "lightning", ()),
        ("🚨 ContribFest - Tool: The Road", "Tool: The Road", "contribfest", ()),
        ("Sponsored Keynote - The Road", "The Road", "keynote", ("Sponsored",)),
        ("Ship Day | Keynote: The Road", "Ship Day | The Road", "keynote", ()),
        ("AI HUB | 🤖 Demos", "Demos", None, ("AI Hub",)),
        ("Project Office Hours: Tool", "Project Office Hours: Tool", None, ()),
        ("AI HUB | Welcome + Keynote: The Road", "The Road", "keynote", ("AI Hub",)),
        ("SECURITY HUB UNCONFERENCE: The Road", "The Road", "bof", ("Security Hub",)),
        ("Sponsored: The Road", "The Road", None, ("Sponsored",)),
        (
            "Ship Day: Sea + Shore | Keynote: The Road",
            "Ship Day: Sea + Shore | The Road",
            "keynote",
            (),
        ),
        ("ShipCon l Sponsored Keynote: The Road", "ShipCon | The Road", "keynote", ("Sponsored",)),
        ("Big l, Little l: The Road", "Big l, Little l: The Road", None, ()),
        ("Tool: The Road | The Sea", "Tool: The Road | The Sea", None, ()),
        ("Virtual: The Road", "The Road", None, ()),
        ("Encore Presentation: The Road", "The Road", None, ()),
    ],
)
def test_prefixes_tell_the_kind(
    title: str, left: str, kind: str | None, tracks: tuple[str, ...]
) -> None:
    found = READER.prefixed(title)
    assert (found.title, found.kind, found.tracks) == (left, kind, tracks)


@pytest.mark.parametrize(
    ("category", "track"),
    [
        ("🚨 CONTRIBFEST", "Contribfest"),
        ("AI + ML", "AI + ML"),
        ("MAINTAINER TRACK", "Maintainer Track"),
        ("CNCF-HOSTED CO-LOCATED EVENTS", "CNCF-Hosted Co-Located Events"),
        ("STATE OF THE GITOPS", "State of the GitOps"),
        ("CI/CD", "CI/CD"),
        ("Ethics, Society & Politics", "Ethics, Society & Politics"),
        ("SDLC", "SDLC"),
    ],
)
def test_a_track_that_shouts_is_written_normally(category: str, track: str) -> None:
    assert READER.track(category) == track


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        ("Coffee Break", "logistics"),
        ("Lunch", "logistics"),
        ("Lunch | On Own", "logistics"),
        ("Mini Break", "logistics"),
        ("Mittagspause", "logistics"),
        ("Coat + Bag Check", "logistics"),
        ("Badge Pick-Up", "registration"),
        ("Registration Desk", "registration"),
        ("On-site COVID-19 Test Kit Pick-Up", "registration"),
        ("Expo Hall Open", "exhibition"),
        ("Gold Sponsor In-Booth Demos", "booth demo"),
        ("Virtual Happy Hour: Escape Rooms", "social event"),
        ("Welcome Reception + Booth Crawl", "social event"),
        ("Breathwork + Chair Yoga Session", "wellness"),
        ("Nap-a-Pup Reception, Sponsored by Tidewater", "social event"),
        ("Ship Trivia - Sponsored by Tidewater", "social event"),
        ("Newcomer’s Lounge", "logistics"),
        ("Attendee Headshots, sponsored by Tidewater", "logistics"),
        ("Project Pavilion Tour with Ada Example", "exhibition"),
        ("Friday Keynote Sessions", "block of sessions"),
        ("Demos", "block of sessions"),
    ],
)
def test_what_is_no_session_is_left_out_with_its_reason(title: str, reason: str) -> None:
    assert READER.left_out(title) == reason


@pytest.mark.parametrize(
    "title",
    [
        "Lunch and Learn", "Breaking Changes", "Coffee as a Service", "The Registry",
        "Demos and Dragons", "Receptions at Scale", "Party Protocols",
        "Third-Party Code", "How to Run a Happy Cluster", "Booths and Demos in Rust",
    ],
)  # fmt: skip
def test_a_session_that_sounds_like_a_break_is_none(title: str) -> None:
    assert not READER.left_out(title)


@pytest.mark.parametrize("title", ["Break", "Mini Break", "Lunch | On Own", "Registration"])
def test_a_break_between_lightning_talks_is_a_break(title: str) -> None:
    assert READER.left_out(title, has_kind=True)


@pytest.mark.parametrize("title", ["Break Sponsored Limits", "Happy Hour for Pods"])
def test_a_lightning_talk_only_begins_like_a_break(title: str) -> None:
    assert not READER.left_out(title, has_kind=True)


def test_what_names_people_is_a_session_unless_its_row_says_that_it_never_is() -> None:
    assert not READER.left_out("Lunch", named=True)
    assert READER.left_out("Project Pavilion Tour", named=True) == "exhibition"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Harbour Project Meeting", "meeting"),
        ("Meet the Maintainer", "meeting"),
        ("Meet the Maintainer - Harbour", "meeting"),
        ("Virtual Project Office Hours: Harbour", "meeting"),
        ("Public Technical Oversight Committee (TOC) Meeting", "meeting"),
        ("Intro: Harbour BoF", "bof"),
        ("HarbourFlow BoF (Birds of a Feather): Next Steps", "bof"),
        ("Unconference Session - Ships and AI", "bof"),
        ("Harbour Contribfest", "contribfest"),
        ("Documentary Film Screening: The Pier", "film"),
        ("Inside the Pier: A Documentary Film World Premiere", "film"),
        ("Harbour User Panel: Tales From the Pier", "panel"),
        ("Build a Control Panel", "talk"),
        ("Ship Day | Closing Remarks", "talk"),
        ("An Interactive Ship Workshop", "workshop"),
        ("A Caffeinated Tutorial", "tutorial"),
        ("How We Meet the Goals", None),
        ("Meetings We Never Had", None),
    ],
)
def test_a_title_tells_its_kind_whoever_it_names(title: str, kind: str | None) -> None:
    assert READER.kind(title, named=True) == kind
    assert READER.kind(title, named=False) == kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("HarbourCon Hosted by Tidewater, Track 2", "other"),
        ("Tidewater Container Day", "other"),
        ("Ship Summit by Tidewater", "other"),
        ("The Pier Pancake Breakfast: Is It Boring Yet?", "other"),
        ("Harbour Unconference hosted by Pier TAG", "bof"),
        ("A Harbour Workshop hosted by Tidewater", "workshop"),
        ("Kubernetes Meet + Greet", "meeting"),
        ("Women's Community Gathering", "meeting"),
    ],
)
def test_a_title_that_names_nobody_tells_more_of_its_kind(title: str, kind: str) -> None:
    assert READER.kind(title, named=False) == kind
    assert READER.kind(title, named=True) is None


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Work on Ships with Maintainers -", "Work on Ships with Maintainers"),
        ("Ship Office Hours*", "Ship Office Hours"),
        ("Ship Day hosted by Pier, and Tidewater )", "Ship Day hosted by Pier, and Tidewater"),
        ('Lessons of the Pier"', "Lessons of the Pier"),
        ('"Can You Ship?', "Can You Ship?"),
        ("Ship Day |", "Ship Day"),
        # what belongs to the title
        ("Paths With A*", "Paths With A*"),
        ("*Ships* and *Piers*", "*Ships* and *Piers*"),
        ("Maybe RBAC++", "Maybe RBAC++"),
        ("Pods Make Me Smile :)", "Pods Make Me Smile :)"),
        ('All in a 19"', 'All in a 19"'),
        ("Ships (and Piers)", "Ships (and Piers)"),
    ],
)
def test_marks_that_hang_at_an_end_of_a_title_are_taken_off(title: str, left: str) -> None:
    assert READER.around(title).title == left


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("HARBOUR NODE OPTIMIZATION", "Harbour Node Optimization"),
        ("SCHEDULING GPUs", "SCHEDULING GPUs"),
        ("RUNNING GPUS WITH THE HARBOUR API", "Running GPUS with the Harbour API"),
        ("SPIFFE + SPIRE", "SPIFFE + SPIRE"),
    ],
)
def test_a_title_that_shouts_is_written_normally(title: str, left: str) -> None:
    assert READER.quiet(title) == left


@pytest.mark.parametrize(
    ("title", "left", "kind", "level"),
    [
        ("The Road (Any Skill Level) (Slides Attached)", "The Road", None, "any"),
        ("The Road (Beginner Skill Level) - Ada", "The Road - Ada", None, "beginner"),
        ("The Road (Advanced Level)", "The Road", None, "advanced"),
        ("The Road (Advanced)", "The Road (Advanced)", None, None),
        ("The Road: Ahead | Project Lightning Talk", "The Road: Ahead", "lightning", None),
        ("The Road | BoF", "The Road", "bof", None),
        ("The Road (Lightning Talk)", "The Road", "lightning", None),
        ("The Road | Part Two", "The Road | Part Two", None, None),
        ("The Panel (Panel) of Judges", "The Panel (Panel) of Judges", None, None),
    ],
)
def test_kinds_and_levels_are_taken_off_behind_a_title(
    title: str, left: str, kind: str | None, level: str | None
) -> None:
    said = READER.around(title)
    assert (said.title, said.kind, said.level) == (left, kind, level)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("BoF (45 minutes)", "bof"),
        ("20 min lightning talk", "lightning"),
        ("Workshop 110min", "workshop"),
        ("Half-day workshop (beginners, 3 h)", "workshop"),
        ("Lightning Talk (5-10 min)", "lightning"),
        ("45 min", None),
        ("Talk (long)", None),
    ],
)
def test_a_type_may_say_how_long_it_takes(words: str, kind: str | None) -> None:
    assert tables().kind_of_type(words) == kind


def test_a_title_full_of_states_is_left_alone_at_once() -> None:
    title = "[SOLD OUT] " * 20_000 + "Deep Dive"
    assert READER.around(title).title == title


def test_a_source_that_does_not_shout_keeps_its_acronyms() -> None:
    assert not READER.shouts(["LLVM", "Legal and Policy", "Rust"])
    assert READER.shouts(["AI + ML", "🚨 CONTRIBFEST", "Rust"])
    assert READER.track("LLVM", shouting=False) == "LLVM"
    assert READER.track("SPIFFE + SPIRE", shouting=False) == "SPIFFE + SPIRE"


def test_a_track_of_long_words_in_capitals_is_no_acronym_in_any_source() -> None:
    assert READER.track("MAINTAINER TRACK", shouting=False) == "Maintainer Track"
    assert READER.track("SECURITY", shouting=False) == "Security"


@pytest.mark.parametrize("title", ["To be Announced", "TBA", "tbd"])
def test_a_title_to_come_is_a_placeholder(title: str) -> None:
    assert READER.is_placeholder(title)


def test_emoji_go_from_the_ends_and_between_words() -> None:
    assert without_emoji("🎉 #Crawl + #Fest 🎉") == "#Crawl + #Fest"
    assert without_emoji("Grow 🌱 a project") == "Grow a project"
    assert without_emoji("K8s= ❤️: An Introduction") == "K8s= ❤️: An Introduction"
    assert without_emoji("🎉🎉") == ""


@pytest.mark.parametrize(
    "title", ["Mesh: wgsd + wg = ❤", "Ships ❤️ Harbours", "From 🐛 to 🦋", "Ports + 🚀 Go"]
)
def test_an_emoji_that_is_a_word_stays(title: str) -> None:
    assert without_emoji(title) == title


def test_words_are_compared_without_case_accents_emoji_and_punctuation() -> None:
    assert key("🪧 POSTER SESSIONS") == key("Poster-sessions!") == "poster sessions"


def test_every_word_of_the_tables_is_found_again() -> None:
    """A row whose words another row takes over would be dead."""
    own = tables()
    (file,) = own.files
    dead = [
        word for row in file.prefix for word in row.text if own.prefixes[key_of_kind(word)] != row
    ]
    dead += [word for row in file.state for word in row.text if own.states[key(word)] != row]
    dead += [
        word for row in file.kind for word in row.text if own.kinds[key_of_kind(word)] != row.kind
    ]
    dead += [word for row in file.level for word in row.text if own.levels[key(word)] != row.level]
    assert dead == []


def _glob(word: str) -> str:
    """A word of a table as it is compared, with the stars at its ends."""
    return "*" * word.startswith("*") + key(word) + "*" * word.endswith("*")


def test_no_table_says_a_word_twice() -> None:
    (file,) = tables().files
    rows = (file.prefix, file.state, file.kind, file.level, file.title)
    lists = [[_glob(word) for row in each for word in row.text] for each in rows]
    lists += [[key(word) for row in file.left_out for word in row.tracks]]
    lists += [[_glob(word) for row in file.left_out for word in row.titles]]
    lists += [[key(word) for word in file.placeholders.titles]]
    lists += [
        [slugs.fold(word).replace(".", "") for word in words]
        for name, words in vars(file.speakers).items()
        if name != "particles"  # these are taken as they are written
    ]
    twice = [word for words in lists for word in words if words.count(word) > 1]
    assert twice == []
