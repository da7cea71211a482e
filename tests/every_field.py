"""Records with a text of its own in every field that takes one, made from the models."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field
from functools import cache, reduce
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from kbsite import export, models
from kbsite.catalog import PERSON, REPORT, THEME
from kbsite.fields import Markdown, Refers
from kbsite.kinds.base import Site
from kbsite.outputs import names
from kbsite.outputs.pages import page_head
from kbsite.pipeline import Prepared
from kbsite.render import Renderer
from tests import crawl
from tests.bases import CONFIG
from tests.surroundings import around

SITE = Site(name="Example", url="https://example.org/kb/")
# These say how something is read, or where it stands; readers are not told them.
STEERING = {
    "in_titles", "not_in_titles", "not_about", "distinct_from", "sort", "hide", "icon", "search",
    "status", "tags", "theme.tracks", "session.related",
}  # fmt: skip
# The free texts that are names of something else: of this thing, or one of the session's speakers.
NAMED = {"by": PERSON}
IDS = {THEME: "kernel", REPORT: "essay", PERSON: "ada"}
FOLDERS = {
    "theme": "themes/kernel.md",
    "person": "content/speakers/ada.md",
    "organisation": "content/organisations/works.md",
    "project": "content/projects/tiny.md",
    "article": "content/articles/one.md",
    "shift": "content/shifts/one.md",
    "report": "content/reports/essay.md",
}
WITH_PROSE = {"theme", "person", "organisation", "project"}  # what they say below is prose too


@dataclass(frozen=True)
class Said:
    """A text in a field, as a reader should find it, and as it is written there."""

    field: str
    text: str
    written: str

    @property
    def token(self) -> str:
        return self.text.partition(" ")[0]


@dataclass
class Saying:
    """Gives each field a text, and notes it."""

    noise: Callable[[int], str]
    plain: Set[str] = frozenset()  # the fields that get no noise
    said: list[Said] = field(default_factory=list)

    def __call__(self, name: str, *, prose: bool) -> str:
        number = len(self.said)
        noise = "plain" if name in self.plain else self.noise(number)
        text = " ".join(f"Kx{number:03} {noise} x".split())
        written = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text) if prose else text
        self.said.append(Said(name, text, written))
        return written


def filled(model: type[BaseModel], say: Saying, name: str) -> dict[str, Any]:
    """A record with a text in each field that takes any, and what it must have besides."""
    out: dict[str, Any] = {}
    for key, info in models.keys(model).items():
        own = f"{name}.{key}"
        if STEERING & {own, key} and own != "session.status":
            continue
        if inner := models.model_at(model, (key,)):
            made = filled(inner, say, own)
            is_list = "tuple" in str(info.annotation)
            out |= {key: [made] if is_list else made} if made else {}
            continue
        refers = {at: mark.thing for at, mark in models.marked(model, Refers)}
        thing = refers.get((key,)) or NAMED.get(key)
        shape = _shape(model, key)
        if shape and thing in IDS and (thing != PERSON or key == "by"):
            out[key] = shape(IDS[thing])
        elif shape:
            is_prose = any(at == (key,) for at, _ in models.marked(model, Markdown))
            out[key] = shape(say(own, prose=is_prose))
        elif info.is_required():
            out[key] = (info.examples or [None])[0]
    return out


def _annotated(kind: Any, mark: Any) -> Any:
    return Annotated[kind, mark]


@cache
def _shape(model: type[BaseModel], key: str) -> Callable[[str], Any] | None:
    """How a field holds any text, if it does."""
    info = models.keys(model)[key]
    kind: Any = info.annotation
    taken: TypeAdapter[Any] = TypeAdapter(reduce(_annotated, info.metadata, kind))
    shapes: tuple[Callable[[str], Any], ...] = (lambda text: text, lambda text: [text])
    for shape in shapes:
        try:
            taken.validate_python(shape("Kx <b> x"))
        except ValidationError:
            continue
        return shape
    return None


def knowledge_base(say: Saying) -> dict[str, Any]:
    """Files that say something in every field, and name each other."""
    event = filled(models.MODELS["event"], say, "event") | {
        "timezone": "UTC", "start": "2031-04-01", "end": "2031-04-02",
    }  # fmt: skip
    session = filled(models.MODELS["session"], say, "session") | {"start": "2031-04-01T10:00"}
    session["speakers"].append({"id": "ada"})
    session["basis"] = "reported"
    for claim in ("learnings", "quotes", "figures"):
        del session[claim][0]["from"]
    other = {"title": "Two", "speakers": [{"id": "ada", "org": "works"}], "projects": ["tiny"]}
    files: dict[str, Any] = {
        "mkdocs.yml": CONFIG,
        "content/index.md": ({}, "# Home"),
        "themes/seeing.md": ({"name": "Seeing"}, ""),
        "sessions/conf/event.yaml": event,
        "sessions/conf/one.yaml": session,
        "sessions/conf/two.yaml": other | {"sources": [{"system": "sched"}]},
    }
    for name, path in FOLDERS.items():
        front = filled(models.MODELS[name], say, name)
        if name == "shift":
            front["themes"] = ["kernel", "seeing"]
        if name == "theme":
            front["related"] = ["seeing"]
        body = say(f"{name}.body", prose=True) if name in WITH_PROSE else "Text."
        files[path] = (front, body)
    return files


@dataclass(frozen=True)
class Shown:
    """All that a site shows of a knowledge base: text of pages, of the search and of JSON."""

    pages: str
    search: str
    json: str
    twins: str
    html: tuple[str, ...]


def shown(prepared: Prepared) -> Shown:
    renderer = Renderer(prepared.kinds, SITE)
    bodies: list[str] = []
    heads: list[str] = []
    html: list[str] = []
    for page in prepared.pages:
        view = page.view()
        body = renderer.render(page, view, "<p>By hand.</p>" if page.wraps else "")
        body = body if "<!doctype" in body else f"<article>{body}</article>"
        head = page_head(SITE, page.path, page.title, page.description, page, view)
        html += [body, head]
        bodies.append(crawl.read(body).content)
        said = crawl.read(f"<head>{head}</head>")
        heads += said.data
        bodies += said.metas.values()
    known = around(SITE)
    documents = [output.make(known).decode() for output in prepared.documents]
    files: dict[str, bytes] = {
        output.path: output.make(known)
        for output in prepared.outputs
        if output.path.endswith((".json", names.FILE))
    }
    sought = _strings(gzip.decompress(files.pop(names.FILE)).decode())
    data = [*heads, *(raw.decode() for raw in files.values())]
    return Shown(
        pages=_plain(bodies),
        search=_plain((*map(_content, documents), *sought)),
        json=_plain(text for each in data for text in _strings(each)),
        twins=_plain(text for _, text in export.files(prepared, SITE)),
        html=tuple(html),
    )


def _content(html: str) -> str:
    return crawl.read(f"<article>{html}</article>").content


def _plain(texts: Iterable[str]) -> str:
    return "\n".join(" ".join(text.split()) for text in texts)


def _strings(text: str) -> Iterator[str]:
    """Every string in some JSON, keys too."""
    waiting = [json.loads(text)]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
