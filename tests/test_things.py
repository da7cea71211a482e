"""A thing more, with records of its own: its model, a row of the catalogue, a kind of page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from pathlib import Path

import pytest

from kbsite import catalog, models, records
from kbsite.build import build
from kbsite.catalog import PERSON, THEME, Thing
from kbsite.fields import PersonName, Prose, ThemeName
from kbsite.graph.nodes import RecordNode
from kbsite.graph.queries import mentions
from kbsite.kinds import KINDS, Kind, parts
from kbsite.kinds.base import Facet, Page, Ref, View, Views, facet, part
from kbsite.pipeline import prepare
from tests import crawl
from tests.surroundings import documents_of

CONF = "sessions/example-conf-2031"

# The model


class WorkingGroup(records.Named):
    people: tuple[PersonName, ...] = ()
    themes: tuple[ThemeName, ...] = ()
    summary: Prose | None = None


# The row

GROUP = Thing(
    name="group", plural="groups", words=("group",),
    folder="groups", ending=".yaml",
    address="groups/{0}/", index="groups/",
)  # fmt: skip

# The kind

INDEX = """\
{% import "_macros.html" as m %}
<h1 id="page">{{ page.title }}</h1>
<ul>{% for ref in view.groups %}<li>{{ ref | link }}</li>{% endfor %}</ul>
"""
ONE = """\
{% import "_macros.html" as m %}
{% import "_page.html" as p %}
<h1 id="page">{{ page.title }}</h1>
<div>{{ view.summary | prose }}</div>
<p>{{ view.people | links }}; {{ view.themes | links }}</p>
{{ p.parts(view.parts) }}
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupIndexView(View):
    groups: tuple[Ref, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupView(View):
    summary: str
    people: tuple[Ref, ...]
    themes: tuple[Ref, ...]


def pages(views: Views) -> Iterator[Page]:
    groups = views.graph.others[GROUP.name]
    yield Page(
        kind=GROUP.name,
        path=GROUP.index,
        title="Working groups",
        template="group_index.html",
        view=lambda: GroupIndexView(groups=tuple(views.ref(GROUP, id) for id in groups)),
        tab=GROUP.index,
    )
    for id, node in groups.items():
        yield Page(
            kind=GROUP.name,
            path=GROUP.path(id),
            title=node.label,
            describe=partial(str, f"The working group {node.label}."),
            template="group.html",
            view=partial(group, views, node),
            source=node.source.path,
            tab=GROUP.index,
            trail=(Ref("Working groups", GROUP.index),),
        )


def group(views: Views, node: RecordNode) -> GroupView:
    assert isinstance(node.record, WorkingGroup)
    found = mentions(views.graph, [GROUP.key(node.id)], GROUP.path(node.id))
    return GroupView(
        summary=node.record.summary or "",
        people=tuple(views.ref(PERSON, id) for id in node.refers["people"]),
        themes=tuple(views.ref(THEME, id) for id in node.refers["themes"]),
        parts=part("mentions", "Mentioned in", parts.Mentions(parts.refs(found)), when=found),
    )


def facets(views: Views) -> Iterator[Facet]:
    """A session is of the groups that somebody in it is a member of."""
    groups = views.graph.others[GROUP.name]
    speakers = ({a.person for a in node.appearances} for node in views.graph.sessions.values())
    yield facet(
        views,
        GROUP,
        ([id for id, g in groups.items() if here & {*g.refers["people"]}] for here in speakers),
    )


BATCH = """\
name: Batch & queues
aliases: [WG Batch]
people: [ADA Example, Gus Newcomer]
themes: [K&R]
summary: All about [[session:example-conf-2031/kernel-news]].
"""


@pytest.fixture
def base(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small knowledge base with a working group, in a kbsite that knows such things."""
    templates = tmp_path / "templates"
    templates.mkdir()
    (templates / "group_index.html").write_text(INDEX)
    (templates / "group.html").write_text(ONE)
    kind = Kind(
        name=GROUP.name,
        folder=templates,
        pages=pages,
        facets=facets,
        tab=("Groups", GROUP.index),
    )
    monkeypatch.setattr(catalog, "THINGS", (*catalog.THINGS, GROUP))
    monkeypatch.setattr(models, "MODELS", {**models.MODELS, GROUP.name: WorkingGroup})
    monkeypatch.setattr("kbsite.pipeline.KINDS", (*KINDS, kind))
    (small / "groups").mkdir()
    (small / "groups" / "batch.yaml").write_text(BATCH)
    with (small / "content" / "about.md").open("a") as about:
        about.write("\nAsk [[group:wg batch|the group]].\n")
    silent = small / CONF / "silent.yaml"
    silent.write_text(silent.read_text() + "abstract: Led by [[group:Batch & Queues]].\n")
    return small


def test_it_is_listed_linked_and_found(base: Path) -> None:
    site = build(base, strict=True).site_dir
    pages = crawl.read_site(site)
    assert crawl.faults(site, pages) == []

    own = pages["groups/batch/index.html"]
    assert own.headings[0].text == "Batch & queues"
    assert "groups/batch/index.html" in set(pages["groups/index.html"].leads_to())
    assert "groups/index.html" in set(pages["index.html"].leads_to())

    for page in ("about/index.html", f"{CONF}/silent/index.html"):
        assert "groups/batch/index.html" in set(pages[page].leads_to())
        assert page in set(own.leads_to())  # mentioned in
    for page in ("people/ada-example/index.html", "people/gus-newcomer/index.html"):
        assert page in set(own.leads_to())
        assert "groups/batch/index.html" in set(pages[page].leads_to())
    assert {"themes/kernel/index.html", f"{CONF}/kernel-news/index.html"} <= set(own.leads_to())

    assert "groups/batch/" in {document.path for document in documents_of(base)}


def test_its_records_in_content_are_no_pages(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = replace(GROUP, folder="content/wg", ending=".md")
    monkeypatch.setattr(catalog, "THINGS", (*catalog.THINGS[:-1], row))
    (base / "content" / "wg").mkdir()
    (base / "groups" / "batch.yaml").unlink()
    (base / "content" / "wg" / "batch.md").write_text(f"---\n{BATCH}---\nOf the record.\n")
    site = build(base, strict=True).site_dir
    assert (site / "groups" / "batch" / "index.html").is_file()
    assert not (site / "wg").exists()


def test_it_is_a_facet_of_explore(base: Path) -> None:
    data = json.loads((build(base).site_dir / "explore" / "facets.json").read_text("utf-8"))
    (found,) = (each for each in data["facets"] if each["id"] == "group")
    assert (found["label"], found["plural"]) == ("Group", "groups")
    assert found["values"] == [["batch", "Batch & queues"]]
    graph = prepare(base).graph
    theirs = [
        any(a.person == "ada-example" for a in node.appearances) for node in graph.sessions.values()
    ]
    assert [list(accumulate(steps)) for steps in found["places"]] == [
        [at for at, one in enumerate(theirs) if one]
    ]
    assert any(theirs)
    assert not all(theirs)


def test_several_are_called_by_their_own_plural(base: Path) -> None:
    views = Views(prepare(base).graph)
    company = replace(GROUP, words=("company",), plural="companies")
    assert facet(views, company, ()).plural == "companies"
    assert facet(views, PERSON, ()).plural == "speakers"


def test_its_mistakes_are_told_like_any_other_s(base: Path) -> None:
    (base / "groups" / "odd.yaml").write_text("name: Odd\nthemes: [kernle]\nleads: [Ada]\n")
    (base / "content" / "about.md").write_text("---\ntitle: About\n---\n[[group:btach]]\n")
    said = [
        (problem.file, problem.line, problem.code, problem.message, problem.hint.splitlines()[0])
        for problem in prepare(base).problems
    ]
    assert said == [
        ("content/about.md", 4, "KB207", "there is no group 'btach'", "write [[group:batch]]"),
        (
            *("groups/odd.yaml", 2, "KB104", "unknown theme 'kernle'"),
            "did you mean 'kernel'? a new theme: write themes/kernle.md:",
        ),
        (
            *("groups/odd.yaml", 3, "KB101", "unknown key 'leads'"),
            (
                "known here: name, aliases, people, themes, summary; or keep it as a comment: "
                "# leads: [Ada]"
            ),
        ),
    ]
