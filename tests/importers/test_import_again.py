"""An import after other imports: what an entry was read as stays until the entry itself changes."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbsite.importers.outcome import Outcome
from tests.importers.schedules import calendar, import_source, talk

HEADS = (
    "A Guide to the Map", "Another Guide", "Slow Queues", "Lunch", "Storage Wars", "Panel", "???",
    "BoF | Beyond Gateways",
)  # fmt: skip
TAILS = (
    "", "Katrin Drucker", "Katrin Drucker and Lore Lorenz", "Lore Lorenz, Works Inc.",
    "Ben Sample, Works Inc.", "Cleo Sample, Nimbus & Dan Sample, Works Inc.", "Katrin Drücker",
    "Works Inc.", "Pelican Heron", "Part Two", "Heron Sample & Pelican", "Katrin Drucker, Nimbus",
)  # fmt: skip
SURE = ("Ben Sample", "Cleo Sample", "Dan Sample")
TITLES = st.builds(
    lambda head, tail: f"{head} - {tail}" if tail else head,
    st.sampled_from(HEADS),
    st.sampled_from(TAILS),
)


def export(titles: list[str]) -> str:
    """A calendar with an entry for each title, whose id is its place."""
    sure = talk("sure", "Kernel News - Ada Example, Example Works")
    return calendar(sure, *(talk(f"u{at}", title) for at, title in enumerate(titles)))


def import_text(root: Path, event: str, text: str, **options: object) -> Outcome:
    source = root / "calendar.ics"
    source.write_text(text, encoding="utf-8", newline="")
    return import_source(root, "sched", source, event=event, **options)


def written(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file of every event, and when it was written."""
    files = sorted((root / "sessions").glob("*/*"))
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


EXPORTS = st.lists(TITLES, min_size=1, max_size=7).map(export)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.lists(EXPORTS, min_size=1, max_size=2), min_size=2, max_size=3),
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1)), max_size=6),
)
def test_the_same_import_again_writes_nothing_whatever_was_imported_since(
    versions: list[list[str]], steps: list[tuple[int, int]]
) -> None:
    """Versions of the exports of some events in any order, then the last of each again."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "sessions").mkdir()
        last: dict[str, str] = {}
        everyone = [(at, 0) for at in range(len(versions))]
        for at, version in [*everyone, *steps]:
            exports = versions[at % len(versions)]
            event, text = f"conf-{at % len(versions)}", exports[version % len(exports)]
            import_text(root, event, text)
            last[event] = text
        before = written(root)
        for _ in range(2):
            for event in sorted(last, reverse=True):
                assert not import_text(root, event, last[event]).writes
                assert written(root) == before


def test_how_a_title_was_read_stays_when_people_become_known(tmp_path: Path) -> None:
    """Among them those that the same import wrote, and those of another event."""
    (tmp_path / "sessions").mkdir()
    sure = [talk(f"s{at}", f"Talk {at} - {name}, Works Inc.") for at, name in enumerate(SURE)]
    doubtful = talk("d", "A Guide to the Map - Katrin Drucker")
    joined = talk("j", "Another Guide to the Map - Katrin Drucker and Lore Lorenz")
    lunch = talk("l", "Lunch - Katrin Drucker")
    export = calendar(*sure, doubtful, joined, lunch)
    import_text(tmp_path, "conf-1", export)
    before = written(tmp_path)
    assert not import_text(tmp_path, "conf-1", export).writes
    told = (talk(f"k{at}", f"Talk {at} - Katrin Drucker, Works Inc.") for at in range(9))
    import_text(tmp_path, "conf-2", calendar(*told))
    again = import_text(tmp_path, "conf-1", export)
    assert not again.writes
    assert written(tmp_path).items() >= before.items()
    moved = export.replace("SUMMARY:A Guide", "SUMMARY:The Guide")
    import_text(tmp_path, "conf-1", moved)
    record = (tmp_path / "sessions" / "conf-1" / "a-guide-to-the-map.yaml").read_text()
    assert "title: The Guide to the Map\n" in record
    assert "  - name: Katrin Drucker\n" in record


def test_all_titles_are_read_again_when_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "sessions").mkdir()
    export = calendar(*(talk(f"s{at}", f"{t} - Katrin Drucker") for at, t in enumerate("ABC")))
    first = import_text(tmp_path, "conf-1", export)
    assert [problem.code for problem in first.warnings] == ["KB403"] * 3
    told = (talk(f"k{at}", f"Talk {at} - Katrin Drucker, Works Inc.") for at in range(9))
    import_text(tmp_path, "conf-2", calendar(*told))
    assert not import_text(tmp_path, "conf-1", export).writes
    again = import_text(tmp_path, "conf-1", export, reread=True)
    assert {change.field for _, change in again.changed} == {"title", "speakers"}
    assert not import_text(tmp_path, "conf-1", export).writes


def test_an_entry_that_comes_back_is_read_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "sessions").mkdir()
    sure = talk("sure", "Kernel News - Ada Example, Example Works")
    doubtful = talk("d", "A Guide to the Map - Katrin Drucker")
    import_text(tmp_path, "conf-1", calendar(sure, doubtful))
    before = {path: data for path, (data, _) in written(tmp_path).items()}
    told = (talk(f"k{at}", f"Talk {at} - Katrin Drucker, Works Inc.") for at in range(9))
    import_text(tmp_path, "conf-1", calendar(sure))
    import_text(tmp_path, "conf-2", calendar(*told))
    import_text(tmp_path, "conf-1", calendar(sure, doubtful))
    after = {path: data for path, (data, _) in written(tmp_path).items()}
    assert after.items() >= before.items()
