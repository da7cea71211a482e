"""What another source adds to records that are there, and what stays."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kbsite import account, yamlfile
from kbsite.cli import main
from kbsite.errors import ContentError, UsageError
from kbsite.importers.enrich import EnrichRequest, enrich
from kbsite.importers.formats import playlist
from kbsite.importers.outcome import Enriched
from kbsite.importers.schedule import SourceError
from tests.importers.schedules import EVENT, calendar, files, import_calendar, record, talk

EVENT_FILE = (
    "name: Example Conf 2031\ntimezone: Europe/Amsterdam\nstart: 2031-04-01\nend: 2031-04-03\n"
)
NEWS = "title: Kernel News\nspeakers:\n  - name: Ada Example # chair\n    org: Example Works\n"
QUEUES = (
    "title: On Queues\nroom: Barn\nlinks:\n  - kind: video\n    url: https://youtu.be/AAAAAAAAAAA\n"
)
TABLE = """
system = "sheet"
optional = ["id", "room", "level", "at", "until", "video", "slides", "url"]
[columns]
id = "id"
title = "title"
url = "url"
room = "room"
level = "level"
start = "at"
end = "until"
[[links]]
kind = "video"
url = "video"
[[links]]
kind = "slides"
url = "slides"
"""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    folder = tmp_path / "sessions" / EVENT
    folder.mkdir(parents=True)
    (folder / "event.yaml").write_text(EVENT_FILE)
    (folder / "kernel-news.yaml").write_text(NEWS)
    (folder / "on-queues.yaml").write_text(QUEUES)
    return tmp_path


def video(id: str, title: str, **more: Any) -> dict[str, Any]:
    return {"_type": "url", "ie_key": "Youtube", "id": id, "url": id, "title": title, **more}


def enriched(base: Path, *entries: Any, table: str = "", **options: Any) -> Enriched:
    source = base / "source.json"
    held: Any = list(entries) if table else {"_type": "playlist", "id": "PL", "entries": entries}
    source.write_text(json.dumps(held))
    settings: dict[str, Any] = {"system": "playlist", **options}
    if table:
        (base / "map.toml").write_text(table)
        settings |= {"system": "table", "map": base / "map.toml"}
    return enrich(EnrichRequest(root=base, event=EVENT, source=str(source), **settings))


def test_a_recording_is_added_to_the_session_that_it_is_certainly_of(base: Path) -> None:
    outcome = enriched(base, video("BBBBBBBBBBB", "Keynote: Kernel News - A. Example"))
    assert record(base, "kernel-news") == (
        f"{NEWS}links:\n  - kind: video\n    url: https://www.youtube.com/watch?v=BBBBBBBBBBB\n"
    )
    assert outcome.counts() == {
        "entries": 1, "by id": 0, "by address": 0, "by title": 1, "doubtful": 0, "unknown": 0,
        "refused": 0, "changed": 1, "kept": 0,
    }  # fmt: skip
    before = files(base)
    again = enriched(base, video("BBBBBBBBBBB", "Keynote: Kernel News - A. Example"))
    assert (again.joined, again.changed, files(base)) == ({"address": 1}, (), before)


def test_a_recording_that_a_session_has_is_known_under_another_address(base: Path) -> None:
    outcome = enriched(base, video("AAAAAAAAAAA", "Something else altogether"))
    assert (outcome.joined, outcome.kept) == ({"address": 1}, ())


def test_the_recording_of_a_record_stays(base: Path) -> None:
    before = files(base)
    outcome = enriched(base, video("BBBBBBBBBBB", "On Queues"))
    (kept,) = outcome.kept
    assert kept.difference.field == "links (video)"
    assert (kept.difference.one, kept.difference.other) == (
        "https://youtu.be/AAAAAAAAAAA",
        "https://www.youtube.com/watch?v=BBBBBBBBBBB",
    )
    assert files(base) == before


def test_what_is_likely_is_listed_with_the_line_to_write(base: Path) -> None:
    before = files(base)
    outcome = enriched(base, video("BBBBBBBBBBB", "Kernel News - Zu Nobody"), video("C", "Bread"))
    (warning,) = outcome.warnings
    assert (warning.code, warning.file) == ("KB409", f"sessions/{EVENT}/kernel-news.yaml")
    assert "it does not name the people of this session" in warning.message
    assert warning.hint == (
        "if so, add: links: [{kind: video, url: 'https://www.youtube.com/watch?v=BBBBBBBBBBB'}]"
    )
    assert [each.title for each in outcome.unknown] == ["Bread"]
    assert files(base) == before


@pytest.mark.parametrize("status", ["cancelled", "withdrawn", "not-recorded"])
def test_a_session_that_has_no_recording_gets_none_without_being_asked(
    base: Path, status: str
) -> None:
    path = base / "sessions" / EVENT / "kernel-news.yaml"
    path.write_text(f"{NEWS}status: {status}\n")
    outcome = enriched(base, video("BBBBBBBBBBB", "Kernel News - Ada Example"))
    assert [each.reason for each in outcome.doubtful] == [
        f"the session is {status}".replace("-", " ")
    ]
    assert path.read_text() == f"{NEWS}status: {status}\n"


def test_a_table_fills_what_a_record_leaves_open_and_nothing_else(base: Path) -> None:
    outcome = enriched(
        base,
        {
            "title": "Kernel News", "room": "Barn", "level": "Beginner", "at": "2031-04-01T09:00",
            "until": "2031-04-01T09:30", "slides": "https://x.example/1.pdf", "video": None,
        },
        {"title": "On Queues", "room": "Shed", "at": "2031-05-09"},
        table=TABLE,
    )  # fmt: skip
    assert yamlfile.read(record(base, "kernel-news")) == {
        **yamlfile.read(NEWS),
        "start": "2031-04-01T09:00",
        "end": "2031-04-01T09:30",
        "room": "Barn",
        "level": "beginner",
        "links": [{"kind": "slides", "url": "https://x.example/1.pdf"}],
    }
    assert "# chair" in record(base, "kernel-news")
    assert record(base, "on-queues") == QUEUES  # its day is none of the event's
    assert [(own, each.field, each.other) for own, each in outcome.kept] == [
        (f"{EVENT}/on-queues", "room", "Shed")
    ]


def test_an_imported_session_is_known_by_its_id_and_the_next_import_leaves_what_was_added(
    base: Path,
) -> None:
    import_calendar(base, talk("k1", "Kernel Roots - Cy Test, Nimbus Labs"))
    entry = {"id": "k1", "title": "Renamed since", "slides": "https://x.example/2.pdf"}
    outcome = enriched(base, entry, table=TABLE.replace('"sheet"', '"sched"'))
    assert outcome.joined == {"id": 1}
    assert "https://x.example/2.pdf" in record(base, "kernel-roots")
    before = files(base)
    assert not import_calendar(base, talk("k1", "Kernel Roots - Cy Test, Nimbus Labs")).writes
    assert files(base) == before


def test_a_schedule_enriches_too(base: Path) -> None:
    source = base / "source.ics"
    source.write_text(calendar(talk("k1", "Kernel News - Ada Example, Example Works")), newline="")
    enrich(EnrichRequest(root=base, event=EVENT, source=str(source), system="sched"))
    assert "room: Hall 1\n" in record(base, "kernel-news")


def test_two_entries_about_one_session_are_not_mixed(base: Path) -> None:
    record_file = base / "sessions" / EVENT / "kernel-news.yaml"
    record_file.write_text(f'{NEWS}sources:\n  - system: sheet\n    id: "1"\n')
    outcome = enriched(
        base,
        {"id": "1", "title": "Kernel News", "room": "Barn"},
        {"id": "2", "title": "Kernel News - Ada Example", "room": "Shed"},
        table=TABLE,
    )
    assert "room: Barn\n" in record_file.read_text()
    assert (outcome.joined, len(outcome.unknown)) == ({"id": 1}, 1)


def test_nothing_is_written_in_a_dry_run(base: Path) -> None:
    before = files(base)
    outcome = enriched(base, video("BBBBBBBBBBB", "Kernel News - Ada Example"), dry_run=True)
    assert len(outcome.changed) == 1
    assert files(base) == before


def test_an_event_that_is_not_there_is_not_enriched(base: Path) -> None:
    (base / "x.json").write_text(
        '{"entries": [{"id": "a", "title": "b", "url": "https://x.example"}]}'
    )
    with pytest.raises(UsageError, match="there is no event other-2031 to enrich; import its"):
        enrich(
            EnrichRequest(
                root=base, event="other-2031", source=str(base / "x.json"), system="playlist"
            )
        )


# The list of videos


def test_lists_in_lists_lines_and_what_cannot_be_seen() -> None:
    inner = {"_type": "playlist", "entries": [video("BBBBBBBBBBB", "Two")]}
    nested = {"entries": [inner, video("CCCCCCCCCCC", "[Private video]"), {"title": "No address"}]}
    found = playlist.parse(json.dumps(nested).encode()).entries
    assert [(each.title, each.wrong) for each in found] == [
        ("Two", None),
        ("[Private video]", "it cannot be seen by everybody"),
        ("No address", "it has no address"),
    ]
    lines = "\n".join(json.dumps(video(f"{n}AAAAAAAAAA", f"Talk {n}")) for n in range(3))
    assert [each.title for each in playlist.parse(lines.encode()).entries] == [
        "Talk 0",
        "Talk 1",
        "Talk 2",
    ]
    other = {"entries": [{"id": "7", "title": "Elsewhere", "webpage_url": "https://vimeo.com/7"}]}
    assert (
        playlist.parse(json.dumps(other).encode()).entries[0].links[0].url == "https://vimeo.com/7"
    )


@pytest.mark.parametrize("source", ["[]", "{}", '{"id": "x"}', "<html>", '{"a": 1}\n{"b"', ""])
def test_what_is_no_list_of_videos_is_refused(source: str) -> None:
    with pytest.raises(SourceError) as error:
        playlist.parse(source.encode())
    assert error.value.hint


def test_a_list_without_videos_is_an_error(base: Path) -> None:
    with pytest.raises(ContentError):
        enriched(base)


# The command


def test_the_command_says_what_became_of_every_video(base: Path) -> None:
    enriched(base, video("B", "x"), dry_run=True)
    (base / "source.json").write_text(
        json.dumps(
            {"entries": [video("BBBBBBBBBBB", "Kernel News - A. Example"), video("C", "Bread")]}
        )
    )
    words = ["enrich", EVENT, str(base / "source.json"), "--root", str(base)]
    shown = CliRunner().invoke(main, [*words, "--dry-run"])
    assert shown.exit_code == 0
    assert "unknown (1)\n  Bread (no session is like it)" in shown.stdout
    assert "nothing was written: this was a dry run" in shown.stdout
    told = json.loads(CliRunner().invoke(main, [*words, "--format", "json"]).stdout)
    assert told["counts"]["by_title"] == 1
    assert told["changed"][0]["session"] == f"{EVENT}/kernel-news"
    again = CliRunner().invoke(main, words)
    assert "nothing had to be changed" in again.stdout


def test_everything_that_happened_is_in_json(base: Path) -> None:
    outcome = enriched(base, video("BBBBBBBBBBB", "Kernel News - Zu Nobody"))
    told = json.loads(account.enriched_to_json(outcome))
    assert told["doubtful"][0]["title"] == "Kernel News - Zu Nobody"
    assert told["warnings"][0]["code"] == "KB409"


def test_the_days_of_an_event_are_those_of_its_record(base: Path) -> None:
    outcome = enriched(base, {"title": "Kernel News", "at": "2031-04-03"}, table=TABLE)
    assert [each.field for _, each in outcome.changed] == ["start"]
    assert yamlfile.read(record(base, "kernel-news"))["start"] == date(2031, 4, 3).isoformat()
