"""What a file is, told from its name and its keys."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from kbsite import catalog, models, records, yamlfile
from kbsite.catalog import Thing

YAML = (".yaml", ".yml")
MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")  # what MkDocs takes for pages
ALIKE = (*YAML, *MARKDOWN, ".mdx", ".json")  # what people save a record as; editors add .txt
LOCK = "import.lock.json"  # an import's own, beside an event
NO_RECORDS = frozenset([LOCK, *(f"readme{ending}" for ending in MARKDOWN)])

OURS = (*catalog.folders(), *sorted({thing.folder for thing in catalog.THINGS if thing.folder}))
_OTHER_WORDS = {  # that people have for folders
    "people": "speakers", "persons": "speakers", "authors": "speakers",
    "organizations": "organisations", "orgs": "organisations", "companies": "organisations",
    "talks": "sessions", "events": "sessions", "topics": "themes", "posts": "articles",
    "essays": "articles",
}  # fmt: skip
_BY_ANYBODY = frozenset(  # keys that other files have too
    {"title", "name", "description", "url", "date", "summary", "links", "start", "end", "author"}
)


def ends(name: str, endings: tuple[str, ...]) -> bool:
    return name.lower().endswith(endings)


def is_alike(name: str) -> bool:
    """Whether a file looks like a record, if only by an ending that people save records with."""
    return looks_alike(name) and name.lower() not in NO_RECORDS


def looks_alike(name: str) -> bool:
    return ends(name.lower().removesuffix(".txt"), ALIKE)


def is_a_page(name: str) -> bool:
    """Whether a file's name is that of a page but for its last ending."""
    return ends(name, (".mdx", *(f"{ending}.txt" for ending in MARKDOWN)))


def bare(name: str) -> str:
    """A file's name without any such ending.

    >>> bare("talk.yaml.txt"), bare("v1.2.yaml")
    ('talk', 'v1.2')
    """
    while ends(name, (*ALIKE, ".txt")):
        name = name.rpartition(".")[0]
    return name


def mapping(text: str) -> dict[str, Any] | None:
    """What a text says, if it is YAML, or JSON, with keys and values."""
    try:
        data = yamlfile.read(text)
    except yamlfile.YamlError:
        return None
    return data if isinstance(data, dict) and data else None


def kind(data: dict[str, Any] | None, ending: str = "") -> Thing | None:
    """What has most of these keys, those that it must have among them and one that not everything
    has; of several the one whose files have that `ending`.
    """
    found: list[tuple[int, bool, Thing]] = []
    for row in catalog.THINGS if data else ():
        model = models.MODELS.get(row.name)
        if model is None or data is None:
            continue
        known = known_keys(data, row)
        own = len(known - _BY_ANYBODY)
        if own and 2 * len(known) > len(data) and known.issuperset(models.required(model)):
            found.append((len(known), row.ending == ending, row))
    return max(found, key=lambda each: each[:2], default=(0, False, None))[2]


def known_keys(data: dict[str, Any], row: Thing) -> frozenset[str]:
    """Those of the keys that a record of such a thing may have."""
    model = models.MODELS.get(row.name)
    return frozenset(data.keys() & models.keys(model).keys()) if model else frozenset()


def is_one_of(said: dict[str, Any], row: Thing) -> bool:
    """Whether keys are those of a record of `row`, which is known from where they stand."""
    model = models.MODELS[row.name]
    plain = models.keys(records.PlainPage).keys()
    known = known_keys(said, row)
    return (
        known.issuperset(models.required(model))
        and bool(known - plain)
        and (2 * len(known) > len(said))
    )


def like_one_of(name: str, ours: Iterable[str]) -> str:
    """The folder of ours for which `name` is another word or a slip, if it is one."""
    places = {folder.rpartition("/")[2]: folder for folder in ours}
    name = _OTHER_WORDS.get(name.lower(), name.lower())
    near = [name] if name in places else get_close_matches(name, places, 1, 0.8)
    return places[near[0]] if near else ""
