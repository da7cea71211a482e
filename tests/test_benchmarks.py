"""The benches measure what they say, at a size at which that says nothing about speed."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import build, corpus, engines, figures, serving, sites
from tests.benchmarks.base import Base, Edit
from tests.benchmarks.cases import Case, UselessRunError
from tests.benchmarks.processes import CommandError, run

NOWHERE = Path("/nowhere")  # no corpus: the talks are invented


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The figures of 20 sessions, each taken once."""
    file = tmp_path_factory.mktemp("bench") / "figures.json"
    few = ["--sizes", "20", "--rounds", "1", "--no-warm-up"]
    build.main([*few, "--corpus", str(NOWHERE), "--json", str(file)])
    return json.loads(file.read_text(encoding="utf-8"))


def test_a_bench_of_builds_has_every_figure(measured: Any) -> None:
    found = measured["sizes"]["20"]
    assert found["origin"] == "invented talks (no corpus found)"
    cases = found["cases"]
    keys = {key for pair in figures.RATIOS for key in pair[:2]} | {"export"}
    assert set(cases) == (keys if engines.hugo_program() else keys - {"hugo"})
    for key, case in cases.items():
        assert case["seconds"] > 0, key
        assert case["cpu_seconds"] > 0, key
        assert case["runs"] == [case["seconds"]], key
        assert case["peak_memory"] is None or case["peak_memory"] > 1_000_000, key
        builds = key != "export" and not key.startswith("check")
        for size in ("pages", "page_size", "files", "bytes"):
            assert bool(case[size]) == builds, (key, size)
    assert len(found["ratios"]) == len(figures.RATIOS) - 2 * (engines.hugo_program() is None)


def test_a_bench_may_be_of_a_copy_of_any_knowledge_base(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.stat().st_mtime_ns for path in small.rglob("*")}
    few = ["--rounds", "1", "--no-warm-up", "--cases", "check-again", "check-session"]
    build.main(["--base", str(small), *few])
    printed = capsys.readouterr().out
    assert f"sessions: a copy of {small.name}" in printed
    assert "kbsite check, a session edited" in printed
    assert {path: path.stat().st_mtime_ns for path in small.rglob("*")} == before


def test_the_engines_build_the_same_pages(measured: Any) -> None:
    cases = measured["sizes"]["20"]["cases"].values()
    assert len({case["pages"] for case in cases if case["pages"]}) == 1


@pytest.mark.skipif(engines.hugo_program() is None, reason="Hugo is not installed")
def test_hugo_s_pages_are_as_large(measured: Any) -> None:
    cases = measured["sizes"]["20"]["cases"]
    size = cases["hugo"]["page_size"] / cases["cold"]["page_size"]
    assert size == pytest.approx(1, abs=engines.NEAR)


def test_growth_is_the_cost_of_a_session_at_one_size_over_another() -> None:
    small = {"cases": {"a": {"seconds": 2.0, "cpu_seconds": 3.0}}}
    large = {"cases": {"a": {"seconds": 30.0, "cpu_seconds": 30.0}}}
    costs = {"seconds": 1.5, "cpu_seconds": 1.0}
    assert figures.growth({10: small, 100: large}) == {"100": {"a": costs}}


def test_a_bench_of_previews_has_every_figure(tmp_path: Path) -> None:
    figures = serving.measure(tmp_path, 20, 1, NOWHERE)
    assert figures["first_page"] > 0
    for each in ("seen", "told"):
        assert figures[each]["median"] == figures[each]["worst"] > 0
    assert "20 sessions" in "\n".join(serving.table({20: figures}))


def test_a_run_that_made_something_else_does_not_count(tmp_path: Path) -> None:
    page = tmp_path / "site" / "index.html"
    page.parent.mkdir()
    page.write_text("old")
    command = (sys.executable, "-c", "print('done')")
    case = Case("a", "A", command, tmp_path, lambda: Edit("new", ""), site=page.parent)
    with pytest.raises(UselessRunError, match="A: / does not say 'new'"):
        case.measure(counts=True)
    case = Case("a", "A", command, tmp_path, lambda: None, says="20 sessions")
    with pytest.raises(UselessRunError, match="A does not say '20 sessions'"):
        case.measure(counts=True)
    assert case.costs == []
    with pytest.raises(CommandError, match="oh no"):
        run((sys.executable, "-c", "raise SystemExit('oh no')"), tmp_path)


def test_what_all_processes_of_a_command_cost_is_counted(tmp_path: Path) -> None:
    busy = "b = bytearray(60_000_000)\nwhile time.process_time() < 0.3: pass"
    script = f"""
import subprocess, sys, time
other = subprocess.Popen([sys.executable, "-c", '''import time; {busy}'''])
{busy}
other.wait()
"""
    cost = run((sys.executable, "-c", script), tmp_path, watched=True)
    assert cost.seconds > 0.3
    assert cost.cpu > 0.55
    if sys.platform == "linux":
        assert cost.memory is not None
        assert cost.memory > 120_000_000


def test_each_edit_changes_one_line_of_another_record(tmp_path: Path) -> None:
    corpus.write(tmp_path, 20, NOWHERE)
    base = Base(tmp_path)
    before = {file: file.read_text() for file in tmp_path.rglob("*.*") if file.is_file()}
    edits = [base.edit_session(), base.edit_session(), base.edit_theme()]
    assert len({edit.page for edit in edits}) == 3
    changed = {file: text for file, text in before.items() if file.read_text() != text}
    assert len(changed) == 3
    for file, text in changed.items():
        pairs = zip(text.splitlines(), file.read_text().splitlines(), strict=True)
        assert sum(old != new for old, new in pairs) == 1


def test_talks_are_held_again_where_there_are_too_few() -> None:
    talks = corpus.repeated([{"_event": "A", "title": "x"}])
    assert [next(talks)["_event"] for _ in range(3)] == ["A", "A again 2", "A again 3"]


def test_pages_that_lead_on_are_not_counted(small_site: Path) -> None:
    found = sites.read(small_site)
    assert found.pages[""] == (small_site / "index.html").stat().st_size
    assert "sessions/example-conf-2031/" not in found.pages
    assert found.files > len(found.pages)
    assert not [path for path in found.pages if re.search(r"index\.html|^/", path)]
