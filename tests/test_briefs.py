"""What a theme's page begins with: what was learned, what to watch, whom to follow, and why."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest

from kbsite.kinds import essays, home, themes
from kbsite.kinds.base import Data, Kind, View, Views
from kbsite.kinds.findings import PRINTED, Findings
from kbsite.kinds.home import HomeView
from kbsite.kinds.themes import ThemeSessions, ThemeView
from kbsite.kinds.to_watch import ToWatch
from kbsite.kinds.voices import ALSO, NAMED, Voice, Voices
from tests.bases import EVENT
from tests.graphs import KERNEL, SEEING, linked, talk

D = TypeVar("D", bound=Data)
LAST_YEAR = {**EVENT, "name": "Example Conf 30", "start": "2030-04-01", "end": "2030-04-02"}
FILES: dict[str, object] = {
    "sessions/old/event.yaml": LAST_YEAR,
    "themes/kernel.md": ({"name": "Kernels", "summary": "What runs below."}, "Text."),
    "themes/seeing.md": SEEING,
    "themes/stories.md": ({"name": "Stories", "first_hand": True}, ""),
}
VIDEO = {"kind": "video", "url": "https://example.org/video.mp4"}


def on_kernels(title: str = "A talk", *people: str, **given: Any) -> dict[str, Any]:
    """A talk about kernels that was recorded."""
    speakers = [{"name": name, "org": f"{name.split()[0]}'s"} for name in people]
    return talk(title, **{"speakers": speakers, "themes": ["kernel"], "links": [VIDEO], **given})


def learned(*ids: str, **given: Any) -> list[dict[str, Any]]:
    return [
        {"id": id, "text": f"It is {id}.", "themes": ["kernel"], "basis": "shown", **given}
        for id in ids
    ]


def views(root: Path, talks: Mapping[str, object], files: Mapping[str, object] = FILES) -> Views:
    return Views(linked(root, talks, files, but="KB226"))  # all have one recording


def page(views: Views, kind: Kind, path: str) -> View:
    return next(page for page in kind.pages(views) if page.path == path).view()


def theme(views: Views, id: str = "kernel") -> ThemeView:
    return cast("ThemeView", page(views, themes.KIND, f"themes/{id}/"))


def shown(view: View, of: type[D]) -> D:
    return next(part.data for part in view.parts if isinstance(part.data, of))


def by_title(watch: ToWatch) -> dict[str, str]:
    return {pick.talk.ref.text: pick.why.words if pick.why else "" for pick in watch.picks}


def names(people: tuple[Voice, ...]) -> list[str]:
    return [voice.ref.text for voice in people]


# What was learned


def test_learnings_stand_under_their_talks_newest_event_first(tmp_path: Path) -> None:
    view = theme(
        views(
            tmp_path,
            {
                "old/past": on_kernels("Past", "Ada A", learnings=learned("a")),
                "now": on_kernels("Now", learnings=learned("b", "c")),
                "beside": on_kernels("Beside", themes=["seeing"], learnings=learned("d")),
            },
        )
    )
    found = shown(view, Findings)
    assert {
        source.talk.ref.text: [card.text for card in source.learnings] for source in found.sources
    } == {"Beside": ["It is d."], "Now": ["It is b.", "It is c."], "Past": ["It is a."]}
    assert [part.id for part in view.parts][:5] == ["learnings", "watch", "people", "what", "trend"]
    assert view.brief == 5


def test_paper_has_room_for_so_many_learnings_and_says_how_many_more_there_are(
    tmp_path: Path,
) -> None:
    number = PRINTED // 2
    talks = {
        f"talk-{at}": on_kernels(
            f"Talk {at}", learnings=learned(*(f"n{at}-{n}" for n in range(number)))
        )
        for at in range(4)
    }
    found = shown(theme(views(tmp_path, talks)), Findings)
    assert [source.printed for source in found.sources] == [True, True, False, False]
    assert found.unprinted == 2 * number


def test_a_shift_has_what_it_rests_on_under_its_talks_too(tmp_path: Path) -> None:
    talks = {
        "one": on_kernels("One", learnings=learned("a", "b")),
        "two": on_kernels("Two", learnings=learned("c", "d")),
    }
    links = " ".join(f"[[learning:conf/{key}]]" for key in ("two#d", "one#a", "two#c"))
    front = {"title": "Less is measured", "themes": ["kernel", "seeing"]}
    known = views(tmp_path, talks, {**FILES, "content/shifts/less.md": (front, links)})
    found = shown(page(known, essays.SHIFTS, "shifts/less/"), Findings)
    assert [(s.talk.ref.text, [card.id for card in s.learnings]) for s in found.sources] == [
        ("Two", ["d", "c"]),
        ("One", ["a"]),
    ]


# What to watch


def test_each_recording_to_watch_has_its_own_reason(tmp_path: Path) -> None:
    watch = shown(
        theme(
            views(
                tmp_path,
                {
                    "taught": on_kernels("Much of it", "Ada A", learnings=learned("a", "b")),
                    "keynote": on_kernels("Morning", "Bo B", kind="keynote"),
                    "named": on_kernels("Kernels, fast", "Cem C"),
                    "told": on_kernels("How it went", "Dot D", themes=["kernel", "stories"]),
                    "newest": on_kernels("Evening", "Eve E", start="2031-04-02"),
                },
            )
        ),
        ToWatch,
    )
    assert by_title(watch) == {
        "Much of it": "2 learnings written down",
        "Morning": "a keynote",
        "Kernels, fast": "its title names the theme",
        "How it went": "",
        "Evening": "the newest recording",
    }
    assert [r.text for p in watch.picks if p.why for r in p.why.first_hand] == ["Stories"]
    assert {pick.url for pick in watch.picks} == {VIDEO["url"]}
    assert watch.rule == (
        "Recordings, chosen in turn from the talks of which most was written down, keynotes, "
        "titles that name the theme, what was told first hand and the newest; nobody is heard "
        "twice."
    )


def test_what_to_watch_tells_no_reason_that_all_have_and_no_rule_that_chose_nothing(
    tmp_path: Path,
) -> None:
    talks = {
        f"n{at}": on_kernels(f"Kernels {at}", f"Name {at}", start=f"2031-04-0{at}") for at in (1, 2)
    }
    watch = shown(theme(views(tmp_path, talks)), ToWatch)
    assert by_title(watch) == {"Kernels 2": "", "Kernels 1": "among the newest"}
    assert watch.rule == (
        "Recordings, chosen in turn from titles that name the theme and the newest; nobody is "
        "heard twice."
    )


def test_nobody_is_to_be_watched_twice_and_five_are_enough(tmp_path: Path) -> None:
    talks = {
        **{f"ada-{at}": on_kernels(f"Ada {at}", "Ada A", start="2031-04-02") for at in range(4)},
        **{f"n{at}": on_kernels(f"N {at}", f"Name N{at}", start="2031-04-01") for at in range(9)},
        "both": on_kernels("Both", "Ada A", "Name N0", kind="keynote"),
    }
    watch = shown(theme(views(tmp_path, talks)), ToWatch)
    assert list(by_title(watch)) == ["Both", "N 1", "N 2", "N 3", "N 4"]


@pytest.mark.parametrize(
    "given",
    [
        {"links": []},
        {"links": [{"kind": "slides", "url": "https://example.org/a.pdf"}]},
        {"status": "cancelled"},
        {"kind": "meeting"},
        {"themes": [], "suggested_themes": ["kernel"]},
    ],
)
def test_what_was_not_recorded_or_is_no_talk_about_it_is_not_to_be_watched(
    tmp_path: Path, given: dict[str, Any]
) -> None:
    talks = {"this": on_kernels("This", **given), "other": on_kernels("Other")}
    assert list(by_title(shown(theme(views(tmp_path, talks)), ToWatch))) == ["Other"]


def test_the_page_of_stories_does_not_say_of_each_that_it_is_one(tmp_path: Path) -> None:
    known = views(tmp_path, {"one": on_kernels("One", themes=["stories"])})
    assert by_title(shown(theme(known, "stories"), ToWatch)) == {"One": "the newest recording"}


# Whom to follow


def test_those_behind_findings_are_apart_from_those_who_also_spoke(tmp_path: Path) -> None:
    people = shown(
        theme(
            views(
                tmp_path,
                {
                    "taught": on_kernels("Taught", "Ada A", "Bo B", learnings=learned("a", "b")),
                    "more": on_kernels("More", "Ada A"),
                    "old/before": on_kernels("Before", "Ada A", "Cem C"),
                    "old/older": on_kernels("Older", "Cem C", "Dot D"),
                },
            )
        ),
        Voices,
    )
    assert [(v.ref.text, v.learnings, v.sessions) for v in people.behind] == [
        ("Ada A", "behind all of these learnings", "3 sessions on it since 2030"),
        ("Bo B", "behind all of these learnings", ""),
    ]
    assert [(v.ref.text, v.learnings, v.sessions) for v in people.also] == [
        ("Cem C", "", "2 sessions on it in 2030"),
        ("Dot D", "", "1 session on it"),
    ]
    assert [v.latest and v.latest.text for v in people.also] == ["Before", "Older"]
    assert [v.organisation and v.organisation.text for v in people.behind] == ["Ada's", "Bo's"]


def test_what_one_of_several_speakers_said_is_theirs_alone(tmp_path: Path) -> None:
    own = learned("a", by="Ada A")
    known = views(tmp_path, {"one": on_kernels("One", "Ada A", "Bo B", learnings=own)})
    people = shown(theme(known), Voices)
    assert [(v.ref.text, v.learnings) for v in people.behind] == [("Ada A", "behind this learning")]
    assert names(people.also) == ["Bo B"]


def test_what_somebody_only_concluded_makes_nobody_stand_behind_it(tmp_path: Path) -> None:
    talks = {
        "told": on_kernels("Told", "Ada A", learnings=learned("a", "e")),
        "mixed": on_kernels(
            "Mixed", "Bo B", learnings=[*learned("b"), *learned("c", basis="inferred")]
        ),
        "beside": on_kernels(
            "Beside", "Cem C", themes=["seeing"], learnings=learned("d", basis="inferred")
        ),
    }
    view = theme(views(tmp_path, talks))
    people, watch = shown(view, Voices), by_title(shown(view, ToWatch))
    assert [(v.ref.text, v.learnings) for v in people.behind] == [
        ("Ada A", "behind 2 of these learnings"),
        ("Bo B", "behind 1 of these learnings"),
    ]
    assert people.also == ()
    assert watch["Mixed"] == "1 learning written down"
    assert "Beside" not in watch


def test_few_of_very_many_who_also_spoke_are_named(tmp_path: Path) -> None:
    people = [
        f"{chr(65 + at % 26)}{chr(97 + at % 26) * 4} {chr(75 + at // 26)}{chr(107 + at // 26) * 2}"
        for at in range(ALSO + NAMED + 9)
    ]
    talks = {
        f"n{at}": on_kernels(f"N {at}", speakers=[{"name": name}]) for at, name in enumerate(people)
    }
    voices = shown(theme(views(tmp_path, talks)), Voices)
    assert (len(voices.also), len(voices.more)) == (ALSO, NAMED)


# Themes of which nothing was learned


def test_a_theme_without_learnings_goes_on_with_what_to_watch_and_one_invitation(
    tmp_path: Path,
) -> None:
    view = theme(views(tmp_path, {"one": on_kernels("One", "Ada A")}))
    assert [part.id for part in view.parts] == [
        "watch",
        "people",
        "trend",
        "add",
        "what",
        "sessions",
    ]
    assert names(shown(view, Voices).behind) == []


def test_a_theme_that_has_no_summary_either_begins_with_what_it_is(tmp_path: Path) -> None:
    files = {**FILES, "themes/kernel.md": ({"name": "Kernels"}, "What runs below.")}
    view = theme(views(tmp_path, {"one": on_kernels("One", "Ada A")}, files))
    assert [part.id for part in view.parts][:2] == ["what", "watch"]


def test_a_theme_that_is_only_suggested_has_no_talks_and_no_people(tmp_path: Path) -> None:
    given = {"themes": [], "suggested_themes": ["kernel"]}
    view = theme(views(tmp_path, {"one": on_kernels("One", "Ada A", **given)}))
    assert [part.id for part in view.parts] == ["trend", "add", "what", "sessions"]
    sessions = shown(view, ThemeSessions)
    assert (sessions.confirmed.groups, len(sessions.suggested)) == ((), 1)


def test_a_theme_without_any_session_asks_for_none(tmp_path: Path) -> None:
    view = theme(views(tmp_path, {"one": talk()}, {"themes/kernel.md": KERNEL}))
    assert [part.id for part in view.parts] == ["what"]


# The home page


def test_the_home_page_begins_with_the_themes_of_which_most_was_learned(tmp_path: Path) -> None:
    talks = {
        "one": on_kernels("One", themes=["seeing", "stories"]),
        "two": on_kernels("Two", themes=["seeing"]),
        "three": on_kernels("Three", learnings=learned("a")),
    }
    view = cast("HomeView", page(views(tmp_path, talks), home.KIND, ""))
    assert [ref.text for ref in view.taught] == ["Kernels"]
    assert [tile.ref.text for tile in view.tiles] == ["Kernels", "Seeing What Runs", "Stories"]
