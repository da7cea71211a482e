"""Every kind of page: what its body is, and that nothing in it is empty, stray or misplaced.

The expected bodies are in tests/cases/pages/. To write them anew after a change that was meant,
run `KBSITE_UPDATE_GOLDEN=1 python -m pytest tests/test_kinds.py` and read the difference.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kbsite import kinds
from kbsite.build import build
from kbsite.catalog import SESSION
from kbsite.kinds import KINDS, Kind
from kbsite.kinds.base import Page, Ref, Site, View, Views
from kbsite.pipeline import Prepared, prepare
from kbsite.render import Renderer
from tests import crawl
from tests.bases import CONFIG, EVENT, write
from tests.conftest import SMALL
from tests.surroundings import documents_of

CASES = Path(__file__).parent / "cases" / "pages"
UPDATE = os.environ.get("KBSITE_UPDATE_GOLDEN") == "1"
SITE = Site(
    name="Example Conf, remembered",
    edit_pattern="https://code.example/edit/main/{path}",
    issues_url="https://code.example/issues/new",
    search=True,
)
BY_HAND = "<p>The text of the hand-written page.</p>"

CONF = "sessions/example-conf-2031/"
PAGES = {
    "home": "",
    "theme-index": "themes/",
    "theme": "themes/kernel/",
    "theme-without-much": "themes/seeing/",
    "themes-map": "map/",
    "learning-index": "learnings/",
    "learning-list": "learnings/kernel/",
    "session-index": "sessions/",
    "session": f"{CONF}kernel-news/",
    "session-of-a-panel": f"{CONF}ask-the-operators/",
    "session-to-come": f"{CONF}silent/",
    "session-without-much": f"{CONF}last-years-kernel/",
    "quote": f"{CONF}kernel-news/quotes/good-size/",
    "figure": f"{CONF}kernel-news/figures/less-copying/",
    "event-index": "events/",
    "event": "events/example-conf-2031/",
    "person-index": "people/",
    "person": "people/ada-example/",
    "person-without-page": "people/zoya-primer/",
    "organisation-index": "organisations/",
    "organisation": "organisations/example-works/",
    "organisation-without-page": "organisations/university-of-examples/",
    "explore": "explore/",
    "my-schedule": "my-schedule/",
    "project-index": "projects/",
    "project": "projects/tiny-kernel/",
    "shift-index": "shifts/",
    "shift": "shifts/less-is-measured/",
    "article-index": "articles/",
    "article": "articles/a-quiet-week/",
    "report-index": "reports/",
    "report": "reports/a-week-among-kernels/",
    "redirect": f"{CONF}news-from-the-kernel/",
}


@pytest.fixture(scope="module")
def prepared() -> Prepared:
    return prepare(SMALL)


def body(prepared: Prepared, path: str) -> str:
    page = next(page for page in prepared.pages if page.path == path)
    content = BY_HAND if page.wraps else ""
    return Renderer(prepared.kinds, SITE).render(page, page.view(), content)


# Golden bodies


@pytest.mark.parametrize("name", PAGES)
def test_the_body_of_a_page_is_as_expected(prepared: Prepared, name: str) -> None:
    html = body(prepared, PAGES[name]).rstrip("\n") + "\n"
    expected = CASES / f"{name}.html"
    if UPDATE:
        CASES.mkdir(parents=True, exist_ok=True)
        expected.write_text(html, encoding="utf-8")
    known = expected.read_text(encoding="utf-8") if expected.is_file() else ""
    if html != known:
        lines = known.splitlines(), html.splitlines()
        changes = difflib.unified_diff(*lines, f"{name}.html", "rendered now", lineterm="", n=1)
        pytest.fail("\n".join(["the body is not as expected:", *changes]), pytrace=False)


@pytest.mark.parametrize("name", PAGES)
def test_the_body_of_a_page_has_nothing_empty_stray_or_misplaced(
    prepared: Prepared, name: str
) -> None:
    html = body(prepared, PAGES[name])
    page = crawl.read(html if "<!doctype" in html else f"<article>{html}</article>")
    assert page.faults == []
    levels = [heading.level for heading in page.headings]
    assert levels[:1] == ([] if page.refresh else [1])
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_kind_of_page_has_an_expected_body(prepared: Prepared) -> None:
    shown = {page.kind for page in prepared.pages if page.path in PAGES.values()}
    elsewhere = {"problems", "compare"}  # tested in test_docs and test_compare
    assert {kind.name for kind in KINDS} - shown == elsewhere
    assert {path.stem for path in CASES.glob("*.html")} == set(PAGES)


def test_every_template_is_used() -> None:
    folder = Path(kinds.__file__).parent
    sources = {
        p.name: p.read_text("utf-8") for p in folder.iterdir() if p.suffix in (".py", ".html")
    }
    above = [(folder.parent / name).read_text("utf-8") for name in ("pipeline.py", "render.py")]
    for template in folder.glob("*.html"):
        users = [text for name, text in sources.items() if name != template.name]
        assert any(f'"{template.name}"' in text for text in [*users, *above]), template.name


def test_the_parts_of_a_page_are_its_headings(prepared: Prepared) -> None:
    renderer = Renderer(prepared.kinds, SITE)
    for page in prepared.pages:
        view = page.view()
        html = renderer.render(page, view, BY_HAND if page.wraps else "")
        headings = [(heading.id, heading.text) for heading in crawl.read(html).headings]
        parts = [(part.id, part.title) for part in (*view.parts, *view.margin)]
        assert [each for each in headings if each in parts] == parts, page.path
        assert len(dict(parts)) == len(parts)


def test_a_page_has_one_title(prepared: Prepared) -> None:
    renderer = Renderer(prepared.kinds, SITE)
    for page in prepared.pages:
        if not page.bare:
            html = renderer.render(page, page.view(), BY_HAND if page.wraps else "")
            assert crawl.read(html).headings[0].text == page.title


# Records of any shape

ALONE: dict[str, dict[str, Any]] = {
    "nothing": {},
    "kind": {"kind": "film"},
    "status": {"status": "cancelled"},
    "day": {"start": "2031-04-01"},
    "time": {"start": "2031-04-01T10:00"},
    "times": {"start": "2031-04-01T10:00", "end": "2031-04-01T11:00"},
    "room": {"room": "Hall A"},
    "tracks": {"tracks": ["Kernels", "Speed"]},
    "level": {"level": "beginner"},
    "language": {"language": "en"},
    "speaker": {"speakers": [{"name": "Ada Example"}]},
    "speaker-with-org": {"speakers": [{"name": "Bo Example", "org": "Example Works"}]},
    "speaker-with-role": {"speakers": [{"name": "Cem Example", "role": "Operator"}]},
    "moderator": {"speakers": [{"name": "Dot Example", "moderator": True}]},
    "summary": {"summary": "A summary."},
    "abstract": {"abstract": "An abstract."},
    "theme": {"themes": ["kernel"]},
    "suggested-theme": {"suggested_themes": ["kernel"]},
    "project": {"projects": ["Tiny Kernel"]},
    "learning": {"learnings": [{"id": "one", "text": "A learning."}]},
    "learning-at": {"learnings": [{"id": "one", "text": "A learning.", "at": "1:30"}]},
    "quote": {"quotes": [{"text": "A quote."}]},
    "quote-at": {"quotes": [{"text": "A quote.", "at": "1:30"}]},
    "figure": {"figures": [{"value": "1", "label": "page"}]},
    "announcement": {"announcements": [{"title": "Something new"}]},
    "announcement-by": {"announcements": [{"title": "Something new", "by": "Example Works"}]},
    "announcement-of": {"announcements": [{"title": "Something new", "projects": ["Tiny Kernel"]}]},
    "announcement-on": {"announcements": [{"title": "Something new", "date": "2031-04-01"}]},
    "link": {"links": [{"url": "https://example.org/"}]},
    "related": {"related": ["example-conf/nothing"]},
    "source": {"sources": [{"system": "schedule"}]},
    "source-with-url": {"sources": [{"system": "schedule", "url": "https://example.org/"}]},
    "contributed": {"provenance": {"contributed_by": "Ada Example"}},
    "assisted": {"provenance": {"ai_assisted": True}},
    "reviewed": {"provenance": {"reviewed": "2031-04-03"}},
}


def test_a_session_with_any_one_field_alone_leaves_no_page_with_gaps(tmp_path: Path) -> None:
    root = write(
        tmp_path / "base",
        {
            "mkdocs.yml": CONFIG,
            "content/index.md": ({"title": "Home"}, "Text."),
            "content/articles/bare.md": ({"title": "A bare article"}, "Text."),
            "content/shifts/bare.md": ({"title": "A bare shift"}, "Text."),
            "content/speakers/ada-example.md": ({"name": "Ada Example"}, ""),
            "content/organisations/example-works.md": ({"name": "Example Works"}, ""),
            "content/projects/tiny-kernel.md": ({"name": "Tiny Kernel", "maturity": "Sandbox"}, ""),
            "sessions/example-conf/event.yaml": EVENT,
            "themes/kernel.md": ({"name": "Kernels"}, ""),
            "themes/unused.md": ({"name": "Unused"}, ""),
        }
        | {
            f"sessions/example-conf/{name}.yaml": {"title": f"The {name} alone"} | record
            for name, record in ALONE.items()
        },
    )
    built = build(root, site_dir=tmp_path / "site")
    assert {problem.code for problem in built.problems} == {"KB220", "KB221", "KB222", "KB224"}
    assert crawl.faults(built.site_dir) == []


def test_a_knowledge_base_of_nothing_but_an_event_is_a_site(tmp_path: Path) -> None:
    files = {"mkdocs.yml": CONFIG, "sessions/example-conf/event.yaml": EVENT}
    root = write(tmp_path / "base", files)
    (root / "content").mkdir()
    site = build(root, site_dir=tmp_path / "site", strict=True).site_dir
    assert crawl.faults(site) == []


# A kind of page more

TRACKS = """\
{% import "_macros.html" as m %}
<h1 id="page">{{ page.title }}</h1>
<ul>{% for ref in view.sessions %}<li>{{ ref | link }}</li>{% endfor %}</ul>
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class TrackView(View):
    sessions: tuple[Ref, ...]


def track_pages(views: Views) -> Iterator[Page]:
    """One page for each track."""
    groups: dict[str, list[str]] = {}
    for id, node in views.graph.sessions.items():
        for track in node.record.tracks:
            groups.setdefault(track, []).append(id)
    for number, (track, ids) in enumerate(sorted(groups.items()), start=1):
        yield Page(
            kind="track",
            path=f"tracks/{number}/",
            title=track,
            template="track.html",
            view=partial(_track, views, ids),
            tab="tracks/1/",
        )


def _track(views: Views, ids: list[str]) -> TrackView:
    return TrackView(sessions=tuple(views.ref(SESSION, id) for id in ids))


def test_a_made_up_kind_of_page_takes_a_module_a_template_and_its_name_in_kinds(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "tracks"
    folder.mkdir()
    (folder / "track.html").write_text(TRACKS)
    kind = Kind(name="track", folder=folder, pages=track_pages, tab=("Tracks", "tracks/1/"))
    monkeypatch.setattr("kbsite.pipeline.KINDS", (*KINDS, kind))
    site = build(small, strict=True).site_dir
    pages = crawl.read_site(site)
    assert crawl.faults(site, pages) == []
    assert pages["tracks/2/index.html"].headings[0].text == "Speed & size"
    assert f"{CONF}kernel-news/index.html" in set(pages["tracks/2/index.html"].leads_to())
    assert "tracks/1/index.html" in set(pages["index.html"].leads_to())
    found = {document.path for document in documents_of(small)}
    assert "tracks/2/" in found
