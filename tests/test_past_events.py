"""Pages of what little is known about: no times, no rooms, nothing learned yet."""

from __future__ import annotations

from pathlib import Path

from kbsite.kinds.base import Site
from kbsite.pipeline import prepare
from kbsite.render import Renderer
from tests import crawl
from tests.bases import EVENT, write
from tests.crawl import HtmlPage

VIDEO = {"kind": "video", "url": "https://video.example/1"}
SLIDES = {"kind": "slides", "url": "https://slides.example/1"}


def pages(root: Path, files: dict[str, object]) -> dict[str, HtmlPage]:
    """The bodies of all pages of a knowledge base, by their addresses."""
    prepared = prepare(write(root, {"sessions/conf/event.yaml": EVENT, **files}))
    renderer = Renderer(prepared.kinds, Site(name="Example"))
    bodies = ((page.path, renderer.render(page, page.view(), "")) for page in prepared.pages)
    return {path: crawl.read(f"<article>{html}</article>") for path, html in bodies}


def lines(page: HtmlPage) -> list[str]:
    """What lists of sessions on a page say of each."""
    return [" ".join(each.text.split()) for each in page.of_class("kb-session")]


def test_a_list_of_sessions_says_what_there_is_of_each(tmp_path: Path) -> None:
    speaker = [{"name": "Ada Example"}]
    made = pages(
        tmp_path,
        {
            "sessions/conf/all.yaml": {
                "title": "All of it",
                "speakers": speaker,
                "links": [SLIDES, VIDEO, VIDEO | {"url": "https://video.example/2"}],
                "learnings": [{"id": "one", "text": "Something."}],
            },
            "sessions/conf/none.yaml": {
                "title": "Nothing of it",
                "speakers": speaker,
                "links": [{"kind": "schedule", "url": "https://conf.example/"}],
            },
        },
    )
    said = ["All of it Ada Example · Recording, Slides, 1 learning", "Nothing of it Ada Example"]
    assert lines(made["sessions/"]) == said
    assert lines(made["events/conf/"]) == said
    assert [line.partition("Conf")[2] for line in lines(made["people/ada-example/"])] == [
        " · Recording, Slides, 1 learning",
        "",
    ]


def test_a_row_names_some_speakers_and_says_an_organisation_once_for_those_beside_each_other(
    tmp_path: Path,
) -> None:
    people = [("Ada", "Works"), ("Bo", "Works"), ("Cem", None), ("Dee", "Else"), ("Eve", "Works")]
    speakers = [{"name": f"{name} Example", "org": org} for name, org in people]
    for each in speakers:
        if each["org"] is None:
            del each["org"]
    made = pages(
        tmp_path,
        {
            "sessions/conf/four.yaml": {"title": "Four", "speakers": speakers[:4]},
            "sessions/conf/five.yaml": {"title": "Five", "speakers": speakers},
        },
    )
    assert sorted(lines(made["sessions/"])) == [
        "Five Ada Example, Bo Example (Works), Cem Example and 2 more",
        "Four Ada Example, Bo Example (Works), Cem Example, Dee Example (Else)",
    ]


def test_a_row_says_its_theme_and_whether_that_is_only_suggested(tmp_path: Path) -> None:
    made = pages(
        tmp_path,
        {
            "themes/kernel.md": ({"name": "Kernels"}, ""),
            "sessions/conf/given.yaml": {"title": "Given", "themes": ["kernel"]},
            "sessions/conf/none.yaml": {"title": "None"},
            "sessions/conf/other.yaml": {"title": "Other", "suggested_themes": ["kernel"]},
        },
    )
    assert lines(made["sessions/"]) == ["Given Kernels", "None", "Other perhaps Kernels"]
    assert lines(made["themes/kernel/"]) == ["Given Kernels", "Other perhaps Kernels: Example Conf"]


def test_an_event_without_times_is_listed_by_track_and_by_kind(tmp_path: Path) -> None:
    held: dict[str, object] = {
        "b": {"title": "B", "tracks": ["Storage", "Security"]},
        "a": {"title": "A", "tracks": ["security"]},
        "open": {"title": "Opening", "kind": "keynote", "tracks": ["Storage"]},
        "c": {"title": "C", "kind": "tutorial"},
        "d": {"title": "D"},
        "e": {"title": "E", "tracks": ["Security"]},
    }
    files = {f"sessions/conf/{id}.yaml": record for id, record in held.items()}
    page = pages(tmp_path, files)["events/conf/"]
    groups = [heading.text for heading in page.headings if heading.level == 3]
    assert groups == ["Keynotes", "security", "Storage", "Talks", "Tutorials"]
    assert lines(page) == ["Opening Keynote", "A", "E", "B", "D", "C Tutorial"]
    for never in ("Times are in", "Time not known", "The schedule", "Schedule of"):
        assert never not in page.content, never


def test_a_long_event_without_times_leads_to_each_track_and_kind(tmp_path: Path) -> None:
    files: dict[str, object] = {
        f"sessions/conf/talk-{at}.yaml": {
            "title": f"Talk {at}",
            **({"tracks": [f"Track {at % 4}"]} if at % 8 else {"kind": "demo"}),
        }
        for at in range(320)
    }
    files |= {
        f"sessions/conf/opening-{at}.yaml": {"title": "Hello", "kind": "keynote", "links": [VIDEO]}
        for at in range(2)
    }
    made = pages(tmp_path, files)
    event = made["events/conf/"]
    assert lines(event) == ["Hello Keynote · Recording"] * 2
    kinds = ["Keynotes", "Track 0", "Track 1", "Track 2", "Track 3", "Demos"]
    [groups] = [each for each in event.of_class("kb-tallies") if "Track 0" in each.text]
    assert [name for name in kinds if name in groups.text] == kinds
    every = [page for path, page in made.items() if path.startswith("events/conf/unscheduled/")]
    assert [len(lines(page)) for page in every] == [150, 150, 22]
    for href in groups.hrefs:
        path, _, anchor = href.removeprefix("../../").partition("#")
        assert made[path].with_id(anchor).tag == "h2", href


def test_a_session_without_learnings_says_so_nowhere_and_invites_at_its_end(
    tmp_path: Path,
) -> None:
    made = pages(tmp_path, {"sessions/conf/one.yaml": {"title": "One", "links": [SLIDES]}})
    page = made["sessions/conf/one/"]
    titles = [heading.text for heading in page.headings]
    assert titles == ["One", "The session", "Add what you learned", "About this record"]
    assert "recording" not in page.content
    assert not any("0 " in made[path].content for path in ("", "explore/"))


def test_who_spoke_for_an_organisation_is_told_year_by_year(tmp_path: Path) -> None:
    made = pages(tmp_path, spoken([("conf-31", 3), ("conf-32", 2)]))
    page = made["organisations/works/"]
    assert [h.text for h in page.headings if h.level == 3][:2] == ["2032", "2031"]
    assert "organisations/works/people/" not in made


def test_a_large_organisation_has_a_list_of_its_people_by_year(tmp_path: Path) -> None:
    made = pages(tmp_path, spoken([("conf-31", 290), ("conf-32", 70)]))
    page = made["organisations/works/"]
    [years, _] = [each for each in page.of_class("kb-letters") if "2032 70" in each.text]
    assert [href.removeprefix("../../") for href in years.hrefs] == [
        "organisations/works/people/#people-2032",
        "organisations/works/people/page/2/#people-2031",
    ]
    assert "All 290 people, by year" in page.content
    first, second = made["organisations/works/people/"], made["organisations/works/people/page/2/"]
    assert [h.text for h in first.headings] == ["People: Works", "2032"]
    assert [h.text for h in second.headings] == ["People: Works, page 2", "2031"]


def test_a_long_list_of_sessions_leads_to_each_year(tmp_path: Path) -> None:
    made = pages(tmp_path, spoken([("conf-31", 120), ("conf-32", 130)]))
    for path in ("sessions/", "organisations/works/", "organisations/works/sessions/"):
        navs = [each for each in made[path].of_class("kb-letters") if "2032 130" in each.text]
        hrefs = [href.rpartition("../")[2] for href in navs[-1].hrefs]
        assert [href.partition("#")[2] for href in hrefs] == ["event-conf-32", "event-conf-31"]
        for href in hrefs:
            place, _, anchor = href.partition("#")
            assert made[place].with_id(anchor).tag == "h2", href


def spoken(events: list[tuple[str, int]]) -> dict[str, object]:
    """Events with so many sessions each, all given for one organisation by different people."""
    files: dict[str, object] = {}
    for event, number in events:
        day = f"20{event[-2:]}-04-01"
        record = EVENT | {"name": event, "start": day, "end": day}
        files[f"sessions/{event}/event.yaml"] = record
        for at in range(number):
            speaker = {"name": f"Ada Example-{at}", "org": "Works"}
            files[f"sessions/{event}/talk-{at}.yaml"] = {
                "title": f"Talk {at}",
                "speakers": [speaker],
            }
    return files


def test_the_days_of_an_event_are_its_own_and_none_before_or_after(tmp_path: Path) -> None:
    talks: dict[str, object] = {
        f"sessions/conf/on-{day}.yaml": {"title": f"On {day}", "start": f"2031-{day}"}
        for day in ("03-31", "04-01", "04-02", "04-03")
    }
    page = pages(tmp_path, talks)["events/conf/"]
    (stats,) = page.of_class("kb-stats")
    assert " ".join(stats.text.split()) == "sessions 4 days 2"


def test_an_account_without_an_address_says_so_and_an_invitation_leads_to_how_to_add(
    tmp_path: Path,
) -> None:
    made = pages(
        tmp_path,
        {
            "content/reports/week.md": ({"title": "A week", "author": "Dee Writer"}, "Text."),
            "content/contribute.md": ({"title": "Contribute"}, "## Add what you learned\n\nSo."),
            "sessions/conf/one.yaml": {"title": "One", "links": [SLIDES]},
        },
    )
    assert "Its address is not recorded here." in made["reports/week/"].content
    (invitation,) = made["sessions/conf/one/"].of_class("kb-invite")
    assert invitation.hrefs == ("../../../contribute/#add-what-you-learned",)
