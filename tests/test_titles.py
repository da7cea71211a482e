"""What titles and tracks say that sessions are about."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kbsite.build import build
from kbsite.graph import Graph
from kbsite.graph.nodes import SessionNode
from tests import crawl
from tests.bases import CONFIG, EVENT, write
from tests.graphs import linked, problems, talk

FLUX = ({"name": "Flux", "aliases": ["FluxCD"], "not_in_titles": ["Flux Capacitor"]}, "")
DISTRIBUTION = ({"name": "Distribution", "in_titles": ["Example Distribution"]}, "")
AGENT = ({"name": "Open Policy Agent", "aliases": ["OPA"]}, "")
FILES = {
    "themes/gitops.md": (
        {
            "name": "GitOps",
            "aliases": ["operations by pull request"],
            "keywords": ["pull request"],
            "tracks": ["GitOps Day"],
            "projects": ["flux"],
        },
        "",
    ),
    "themes/agents.md": ({"name": "Agentic systems", "keywords": ["agent"]}, ""),
    "themes/seeing.md": ({"name": "Seeing", "in_titles": ["Seeing What Runs"]}, ""),
    "content/projects/flux.md": FLUX,
    "content/projects/distribution.md": DISTRIBUTION,
    "content/projects/open-policy-agent.md": AGENT,
}
USED = {"used": talk("x", projects=["flux", "distribution", "open-policy-agent"])}


def graph_of(root: Path, title: str, **given: Any) -> Graph:
    return linked(root, {"one": talk(title, **given), **USED}, FILES)


def read(root: Path, title: str, **given: Any) -> SessionNode:
    return graph_of(root, title, **given).sessions["conf/one"]


@pytest.mark.parametrize(
    "title", ["What Is GitOps?", "GITOPS-based delivery", "Operations by Pull Request, Again"]
)
def test_a_theme_named_by_a_title_is_confirmed_and_what_confirms_it_is_known(
    tmp_path: Path, title: str
) -> None:
    node = read(tmp_path, title)
    assert node.themes == ("gitops",)
    assert node.theme_evidence == {"gitops": "title"}
    assert node.suggested_themes == ()


def test_what_a_person_wrote_stays_and_comes_first(tmp_path: Path) -> None:
    node = read(tmp_path, "GitOps with Flux", themes=["seeing"], projects=["OPA", "flux"])
    assert node.themes == ("seeing", "gitops")
    assert node.theme_evidence == {"gitops": "title"}
    assert node.projects == ("open-policy-agent", "flux")
    assert node.title_projects == ()


def test_what_a_person_confirmed_is_not_the_titles(tmp_path: Path) -> None:
    assert read(tmp_path, "GitOps for all", themes=["gitops"]).theme_evidence == {}


def test_a_keyword_only_suggests(tmp_path: Path) -> None:
    node = read(tmp_path, "Anatomy of a Pull Request")
    assert (node.themes, node.suggested_themes) == ((), ("gitops",))


def test_a_keyword_that_is_part_of_something_longer_says_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "An Agent for Everybody").suggested_themes == ("agents",)
    assert read(tmp_path, "Open Policy Agent for Everybody").suggested_themes == ()


def test_a_project_suggests_the_themes_that_it_belongs_to(tmp_path: Path) -> None:
    node = read(tmp_path, "Flux in Five Minutes")
    assert (node.projects, node.title_projects) == (("flux",), ("flux",))
    assert (node.themes, node.suggested_themes) == ((), ("gitops",))


def test_a_track_of_a_theme_confirms_it_for_all_its_sessions(tmp_path: Path) -> None:
    node = read(tmp_path, "Welcome", tracks=["Hall 1", "GITOPS day"])
    assert node.theme_evidence == {"gitops": "track"}
    assert read(tmp_path, "On GitOps", tracks=["GitOps Day"]).theme_evidence == {"gitops": "title"}


@pytest.mark.parametrize(
    ("title", "projects"),
    [
        ("Helm to Flux", ("flux",)),
        ("FluxCD's Next Year", ("flux",)),
        ("Everything Is in flux", ()),
        ("Influx of Data", ()),
        ("Building a Flux Capacitor", ()),
        ("Flux, Not a Flux Capacitor", ("flux",)),
        ("Image Distribution at the Edge", ()),
        ("News of Example Distribution", ("distribution",)),
        ("OPA and Flux", ("open-policy-agent", "flux")),
    ],
)
def test_a_project_is_named_as_it_is_written(
    tmp_path: Path, title: str, projects: tuple[str, ...]
) -> None:
    assert read(tmp_path, title).projects == projects


def test_a_theme_whose_name_is_a_word_is_named_as_its_record_says(tmp_path: Path) -> None:
    assert read(tmp_path, "Seeing is believing").themes == ()
    assert read(tmp_path, "Seeing what runs").themes == ("seeing",)


def test_a_person_can_say_no(tmp_path: Path) -> None:
    node = read(tmp_path, "Flux, GitOps and OPA", not_about=["FluxCD", "gitops"])
    assert (node.themes, node.suggested_themes) == ((), ())
    assert node.projects == ("open-policy-agent",)
    node = read(tmp_path, "A Pull Request", tracks=["GitOps Day"], not_about=["GitOps"])
    assert (node.themes, node.suggested_themes) == ((), ())


def test_a_no_to_nothing_is_an_error(tmp_path: Path) -> None:
    talks = {"one": talk("Flux", not_about=["flux", "fluxx"]), **USED}
    assert problems(tmp_path, talks, FILES) == [
        "sessions/conf/one.yaml:6:3 KB104 no theme or project is called 'fluxx'"
    ]


def test_a_project_that_only_titles_name_has_its_page(tmp_path: Path) -> None:
    files = {"content/projects/flux.md": FLUX}
    graph = linked(tmp_path, {"one": talk("All about Flux")}, files)
    assert graph.projects["flux"].name == "Flux"
    assert graph.projects["flux"].sessions == ("conf/one",)


def test_a_project_that_its_foundation_lists_may_wait_for_its_first_session(tmp_path: Path) -> None:
    page = ({"name": "Waiting", "maturity": "Sandbox"}, "")
    assert "waiting" not in linked(tmp_path, {}, {"content/projects/waiting.md": page}).projects


def test_a_learning_is_of_the_themes_that_a_person_gave_its_session(tmp_path: Path) -> None:
    learning = [{"id": "a", "text": "Less is more."}]
    node = read(tmp_path, "GitOps", themes=["seeing"], learnings=learning)
    assert node.learnings[0].themes == ("seeing",)
    assert read(tmp_path, "GitOps", learnings=learning).learnings[0].themes == ("gitops",)


def test_the_pages_say_what_named_a_theme_or_a_project(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": CONFIG | {"site_url": "https://example.org/"},
        "content/index.md": ({"title": "Home"}, "Text."),
        "sessions/conf/event.yaml": EVENT,
        "sessions/conf/one.yaml": talk("GitOps with Flux", themes=["seeing"], tracks=["Days"]),
        "sessions/conf/used.yaml": USED["used"],
        **FILES,
    }
    files["themes/agents.md"] = ({"name": "Agentic systems", "tracks": ["Days"]}, "")
    site = build(write(tmp_path / "base", files), site_dir=tmp_path / "site").site_dir
    session, theme = (
        crawl.read((site / path / "index.html").read_text(encoding="utf-8"))
        for path in ("sessions/conf/one", "themes/gitops")
    )
    assert "Seeing Named in the title: GitOps By the track: Agentic systems" in session.content
    assert "Projects Named in the title: Flux" in session.content
    assert "GitOps" in session.data[0]
    assert "It is listed because the title or the track names" in theme.content
