"""The repo's own records."""

from __future__ import annotations

from collections import Counter

import pytest

from kbsite.graph import Graph
from kbsite.pipeline import prepare
from kbsite.report import as_text
from tests.conftest import REPO

ESSAY = "What KubeCon Amsterdam 2026 Taught Me About Infrastructure as Transformation"
THEMES = {
    "agentic-infrastructure", "ai-infrastructure", "developer-experience", "ebpf", "governance",
    "llm-inference", "observability", "opentelemetry", "operational-efficiency",
    "platform-engineering", "supply-chain-security",
}  # fmt: skip


@pytest.fixture(scope="module")
def graph() -> Graph:
    return prepare(REPO).graph


def test_they_have_no_problem_at_all() -> None:
    assert [as_text(problem) for problem in prepare(REPO).problems] == []


def test_they_are_as_many_as_were_collected(graph: Graph) -> None:
    records = [node.record for node in graph.sessions.values()]
    assert len(records) == 54
    assert all(record.publish for record in records)
    assert {own: len(event.sessions) for own, event in graph.events.items()} == {
        "kubecon-eu-2026": 42,
        "cncf-colocated-eu-2026": 12,
    }
    assert sum(len(record.quotes) for record in records) == 1
    assert sum(len(record.figures) for record in records) == 5
    assert sum(len(record.announcements) for record in records) == 4


def test_every_theme_has_sessions_that_a_person_confirmed_and_an_editorial(graph: Graph) -> None:
    assert set(graph.themes) == THEMES
    thin = [own for own, node in graph.themes.items() if len(node.sessions) < 3]
    bare = [own for own, node in graph.themes.items() if len(node.body.strip()) < 200]
    assert (thin, bare) == ([], [])


def test_every_session_says_where_it_came_from(graph: Graph) -> None:
    assert [own for own, node in graph.sessions.items() if not node.record.sources] == []
    unsigned = [
        own for own, node in graph.sessions.items() if not node.record.provenance.contributed_by
    ]
    assert unsigned == []


def test_what_was_learned_or_told_comes_from_the_essay_that_provenance_names(graph: Graph) -> None:
    told = {
        own
        for own, node in graph.sessions.items()
        if node.learnings or node.quotes or node.record.figures or node.announcements
    }
    essay = {
        own
        for own, node in graph.sessions.items()
        if ESSAY in (node.record.provenance.contributed_by or "")
    }
    assert told == essay
    assert len(essay) == 8


def test_every_learning_stands_by_itself(graph: Graph) -> None:
    texts = Counter(" ".join(node.text.split()).casefold() for node in graph.learnings.values())
    assert [text for text, times in texts.items() if times > 1] == []
    assert [node.key for node in graph.learnings.values() if not node.themes] == []


def test_the_panel_has_four_who_answer_and_one_who_asks(graph: Graph) -> None:
    panel = graph.sessions["kubecon-eu-2026/ai-agents-and-platform-engineering"]
    assert panel.record.kind == "panel"
    assert len(panel.appearances) == 5
    assert [a.person for a in panel.appearances if a.moderator] == ["carlos-santana"]


def test_three_shifts_rest_on_learnings_across_themes(graph: Graph) -> None:
    assert len(graph.shifts) == 3
    for node in graph.shifts.values():
        assert len(node.themes) >= 2
        assert len(node.evidence) >= 2
        sessions = {graph.learnings[key].session for key in node.evidence}
        assert len(sessions) >= 2


def test_every_session_takes_place_on_a_day_of_its_event(graph: Graph) -> None:
    without = [own for own, node in graph.sessions.items() if node.start is None]
    assert without == []
