"""`make archive` on invented facts: every entry accounted for, and nothing written again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kbsite import yamlfile
from tests import editions

EVENTS = """\
- id: kubecon-eu-2031
  name: KubeCon + CloudNativeCon Europe 2031
  sched: https://example2031.sched.com
  city: Utrecht
  country: NL
  timezone: Europe/Amsterdam
  start: 2031-04-01
  end: 2031-04-03
  with: {"start": 0}
"""
ENTRIES = (
    {
        "id": "2Ab", "title": "Keynote: Kernel News - Ada Example, Example Works",
        "url": "https://example2031.sched.com/event/2Ab", "video": "https://youtu.be/AAAAAAAAAAA",
    },
    {"id": "2Ac", "title": "Gold Sponsor In-Booth Demos", "url": "https://x.example/2Ac"},
    {"id": "2Ad", "title": "Badge Pick-Up", "url": "https://x.example/2Ad"},
)  # fmt: skip


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "events.yaml").write_text(EVENTS)
    lines = "".join(f"{json.dumps(entry)}\n" for entry in ENTRIES)
    (folder / "kubecon-eu-2031.jsonl").write_text(lines)
    (tmp_path / "base" / "sessions").mkdir(parents=True)
    return folder


def test_every_entry_is_accounted_for_and_the_second_time_nothing_is_written(
    facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = facts.parent / "base"
    words = [str(facts), "--root", str(root)]
    assert editions.main(words) == 0
    told = capsys.readouterr().out
    assert (
        "| kubecon-eu-2031 | 3 | 1 | 2 | 0 | 1 | 1 | 0 | 0 | booth demo 1, registration 1 |" in told
    )
    assert told.endswith("1 of 1 events were changed\n")
    event = yamlfile.read((root / "sessions" / "kubecon-eu-2031" / "event.yaml").read_text())
    assert (event["short"], event["series"]) == (
        "KubeCon EU 2031",
        "KubeCon + CloudNativeCon Europe",
    )
    assert editions.main(words) == 0
    assert capsys.readouterr().out.endswith("0 of 1 events were changed\n")


def test_a_folder_without_events_is_said_to_be_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        editions.main([str(tmp_path)])
    assert "name a folder of facts: FACTS=DIR" in capsys.readouterr().err
