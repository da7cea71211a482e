"""Pages of what little is known about: no times, no rooms, nothing learned yet."""

from __future__ import annotations

from pathlib import Path

from kbsite.kinds.base import Site
from kbsite.pipeline import prepare
from kbsite.render import Renderer
from tests import crawl
from tests.bases import EVENT, write
from tests.crawl import HtmlPage

VIDEO = {"kind": "video", "url": "https://video.example/1"}
SLIDES = {"kind": "slides", "url": "https://slides.example/1"}


def pages(root: Path, files: dict[str, object]) -> dict[str, HtmlPage]:
    """The bodies of all pages of a knowledge base, by their addresses."""
    prepared = prepare(write(root, {"sessions/conf/event.yaml": EVENT, **files}))
    renderer = Renderer(prepared.kinds, Site(name="Example"))
    bodies = ((page.path, renderer.render(page, page.view(), "")) for page in prepared.pages)
    return {path: crawl.read(f"<article>{html}</article>") for path, html in bodies}


def lines(page: HtmlPage) -> list[str]:
    """What lists of sessions on a page say of each."""
    return [" ".join(each.text.split()) for each in page.of_class("kb-session")]


def test_a_list_of_sessions_says_what_there_is_of_each(tmp_path: Path) -> None:
    speaker = [{"name": "Ada Example"}]
    made = pages(
        tmp_path,
        {
            "sessions/conf/all.yaml": {
                "title": "All of it",
                "speakers": speaker,
                "links": [SLIDES, VIDEO, VIDEO | {"url": "https://video.example/2"}],
                "learnings": [{"id": "one", "text": "Something."}],
            },
            "sessions/conf/none.yaml": {
                "title": "Nothing of it",
                "speakers": speaker,
                "links": [{"kind": "schedule", "url": "https://conf.example/"}],
            },
        },
    )
    said = ["All of it Ada Example · Recording · Slides · 1 learning", "Nothing of it Ada Example"]
    assert lines(made["sessions/"]) == said
    assert lines(made["events/conf/"]) == said
    assert [line.partition("Conf")[2] for line in lines(made["people/ada-example/"])] == [
        " · Recording · Slides · 1 learning",
        "",
    ]
