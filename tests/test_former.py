"""Addresses that things had before: pages lead on, and files are there again."""

from __future__ import annotations

from pathlib import Path

from kbsite.kinds.redirects import RedirectView
from kbsite.pipeline import prepare
from tests.conftest import SMALL

CONF = "example-conf-2031"
INNER = f"explore/event/{CONF}.json"  # which only the page of its time asks for


def test_every_address_of_a_renamed_event_answers(small: Path) -> None:
    (small / "sessions" / CONF).rename(small / "sessions" / "ex31")
    with (small / "sessions/ex31/event.yaml").open("a") as event:
        event.write(f"aliases: [{CONF}]\n")
    before = {output.path for output in prepare(SMALL).outputs}
    after = prepare(small)
    assert before - {output.path for output in after.outputs} == {INNER}
    assert {problem.code for problem in after.problems} == {"KB228"}
    pages = {page.path: page for page in after.pages}
    quote = f"sessions/{CONF}/kernel-news/quotes/good-size/"
    assert pages[quote].view() == RedirectView(target=quote.replace(CONF, "ex31"))


def test_every_address_of_a_renamed_session_answers(small: Path) -> None:
    folder = small / "sessions" / CONF
    (folder / "kernel-news.yaml").rename(folder / "kernel.yaml")
    record = (folder / "kernel.yaml").read_text("utf-8")
    record = record.replace(f"aliases: [{CONF}/", f"aliases: [{CONF}/kernel-news, {CONF}/")
    (folder / "kernel.yaml").write_text(record, "utf-8")
    before = {output.path for output in prepare(SMALL).outputs}
    after = prepare(small)
    assert before <= {output.path for output in after.outputs}
    files = {output.path: output for output in after.outputs}
    calendar = f"sessions/{CONF}/kernel-news/kernel-news.ics"
    assert files[calendar].value() == files[f"sessions/{CONF}/kernel/kernel.ics"].value()
    stems = [each.stem for each in files[f"events/{CONF}/sessions.json"].value().sessions]  # type: ignore[attr-defined]
    assert {"kernel", "kernel-news", "news-from-the-kernel"} <= set(stems)


def test_the_learnings_of_a_renamed_theme_are_found_by_its_former_id(small: Path) -> None:
    pages = {page.path: page for page in prepare(small).pages}
    assert pages["learnings/kernel-work/"].view() == RedirectView(target="learnings/kernel/")
