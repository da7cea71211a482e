"""What the file at a path is a record of, and its text, parted and parsed as such."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from kbsite import catalog, models
from kbsite.catalog import CONTENT, Thing
from kbsite.parse import page_source, parse_page, parse_plain_page, parse_record, record_source
from kbsite.records import PlainPage, Record
from kbsite.sources import Source
from kbsite.validate import Checked


def thing_of(path: str) -> Thing | None:
    """The thing that a file is a record of, by its path from the root.

    >>> thing_of("sessions/conf/event.yaml").name, thing_of("content/speakers/ada.md").name
    ('event', 'person')
    >>> thing_of("content/about.md")
    """
    place = PurePosixPath(path)
    for thing in catalog.THINGS:
        if not thing.folder or place.suffix not in (thing.ending, _other(thing.ending)):
            continue
        held = any(other.folder == thing.folder and other.file for other in catalog.THINGS)
        folder = place.parent.parent if held else place.parent
        if str(folder) == thing.folder and (thing.file or place.name) == place.name:
            return thing
    return None


def _other(ending: str) -> str:
    return ".yml" if ending == ".yaml" else ending


def model_of(path: str) -> type[Record] | None:
    """What the YAML of a file should be; nothing where kbsite reads none."""
    thing = thing_of(path)
    if thing is not None:
        return models.MODELS[thing.name]
    is_page = path.startswith(f"{CONTENT}/") and path.endswith(".md")
    return PlainPage if is_page else None


def source_of(path: str, text: str) -> Source:
    """The text of a file, parted into YAML and prose."""
    return page_source(path, text) if path.endswith(".md") else record_source(path, text)


def parsed(model: type[Record], path: str, text: str) -> Checked[Any]:
    """What a file says, as it is read with all others."""
    if model is PlainPage:
        return parse_plain_page(path, text)
    return (parse_page if path.endswith(".md") else parse_record)(model, path, text)
