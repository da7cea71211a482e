"""The archive of KubeCons, where it is on this machine: an edition imported, and enriched."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kbsite import scaffold
from kbsite.importers.enrich import EnrichRequest, enrich
from kbsite.importers.event import Given
from kbsite.importers.outcome import Enriched, Outcome
from kbsite.importers.run import Request, run
from kbsite.library import Library
from kbsite.load import load
from tests.conftest import REPO
from tests.importers.schedules import CORPORA

EVENT = "kubecon-eu-2023"
SOURCE = CORPORA.parent / "facts" / "archive" / f"{EVENT}.jsonl"
GIVEN = Given(
    name="KubeCon + CloudNativeCon Europe 2023",
    timezone="Europe/Amsterdam",
    start=date(2023, 4, 17),
    end=date(2023, 4, 21),
)
LONGEST = 100  # characters of a title on YouTube

pytestmark = pytest.mark.skipif(not SOURCE.is_file(), reason="the archive is not on this machine")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    root = tmp_path / "base"
    scaffold.init(root)
    return root


def imported(base: Path, source: Path = SOURCE) -> Outcome:
    given = Given() if (base / "sessions" / EVENT).is_dir() else GIVEN
    mapped = REPO / "sessions" / "archive.toml"
    asked = {"source": str(source), "event": EVENT, "map": mapped, "given": given}
    return run(Request(root=base, system="table", **asked))  # type: ignore[arg-type]


def library(base: Path) -> Library:
    return load(base)[0]


def test_an_edition_is_imported_whole_and_again_without_a_change(base: Path) -> None:
    outcome = imported(base)
    assert outcome.entries == outcome.imported + len(outcome.left_out)
    assert not outcome.refused
    assert not imported(base).writes


def as_a_channel_writes_it(title: str, people: list[str], at: int) -> str:
    """A title of a recording: with people, with their initials, cut, or cut without people."""
    names = " & ".join(people)
    short = " & ".join(f"{name[0]}. {name.split()[-1]}" for name in people)
    whole = next((t for t in (f"{title} - {names}", f"{title} - {short}") if len(t) <= LONGEST), "")
    if at % 7 == 0:
        return title[:LONGEST]
    if at % 7 == 1:
        return f"{names} - {title}"
    return whole or f"{title[: LONGEST - len(short) - 4]}... {short}"


def test_recordings_are_found_again_by_titles_as_channels_write_them(
    base: Path, tmp_path: Path
) -> None:
    facts = [json.loads(line) for line in SOURCE.read_text(encoding="utf-8").splitlines()]
    source = tmp_path / "without.jsonl"
    bare = ({k: v for k, v in fact.items() if not k.startswith("video")} for fact in facts)
    source.write_text("".join(f"{json.dumps(fact)}\n" for fact in bare))
    imported(base, source)
    sessions = {
        ref.id: (own, entry.record)
        for own, entry in library(base).sessions.items()
        for ref in entry.record.sources
    }
    videos: list[dict[str, Any]] = []
    expected: dict[str, str] = {}
    for at, fact in enumerate(facts):
        if "video" in fact and "video_from" not in fact and fact["id"] in sessions:
            own, session = sessions[fact["id"]]
            people = [speaker.name or "" for speaker in session.speakers]
            title = as_a_channel_writes_it(fact["title"].partition(" - ")[0], people, at)
            videos.append({"id": fact["id"], "title": title, "url": fact["video"]})
            expected[own] = fact["video"]
    (tmp_path / "videos.json").write_text(json.dumps({"entries": videos}))
    asked = {"event": EVENT, "source": str(tmp_path / "videos.json"), "system": "playlist"}
    outcome: Enriched = enrich(EnrichRequest(root=base, **asked))  # type: ignore[arg-type]
    found = {
        own: link.url
        for own, entry in library(base).sessions.items()
        for link in entry.record.links
        if link.kind == "video"
    }
    right = sum(expected.get(own) == url for own, url in found.items())
    assert len(found) == len({own for own, _ in outcome.changed})
    assert right / len(found) >= 0.99  # those written
    assert right / len(expected) >= 0.9  # those that there are
