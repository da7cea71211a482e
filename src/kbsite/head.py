"""What a page says about itself to search engines and in previews of links, for its <head>.

Open Graph, Twitter's cards and schema.org's objects as JSON-LD. Absolute addresses are needed for
most of it; a site that does not know its own leaves out what would hold one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from markupsafe import escape

from kbsite.kinds.base import Ref, Site
from kbsite.prose import INTERNAL

ADDRESSES = frozenset({"@id", "url", "item", "urlTemplate"})  # keys that may hold one of ours
HOME = Ref("Home", "")  # where every trail begins
TYPES = {"Article": "article", "Person": "profile"}  # of Open Graph; it calls the others websites
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# So that no text can close the script, open a comment in it, or end a line of it
_ESCAPED = tuple((mark, f"\\u{ord(mark):04x}") for mark in ("<", ">", "&", "\u2028", "\u2029"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """An image's path from the site's root, what to read out in its place, and its pixels."""

    path: str
    alt: str
    width: int
    height: int


def head(
    site: Site,
    path: str,
    *,
    title: str,
    heading: str = "",
    description: str,
    picture: Picture,
    thing: Mapping[str, Any] = MappingProxyType({}),
    trail: Sequence[Ref] = (),
) -> str:
    """The tags for the page at `path`, which is about `thing` and below the pages of `trail`.

    `heading` is what the page is called among these, if not by its title.
    """
    crumbs = (HOME, *trail, Ref(heading or title, path)) if trail else ()
    data = _data(site, thing, crumbs)
    title, description = str(escape(title)), str(escape(description or site.description))
    tags = [
        _property("og:type", TYPES.get(thing.get("@type", ""), "website")),
        _property("og:site_name", str(escape(site.name))),
        _property("og:title", title),
    ]
    if description:
        tags.append(_property("og:description", description))
    if published := thing.get("datePublished"):
        tags.append(_property("article:published_time", published))
    if site.url:
        tags += [
            _property("og:url", str(escape(site.url + path))),
            _property("og:image", str(escape(site.url + picture.path))),
            _property("og:image:width", str(picture.width)),
            _property("og:image:height", str(picture.height)),
            _property("og:image:alt", str(escape(picture.alt))),
        ]
    card = "summary_large_image" if site.url else "summary"
    tags.append(f'<meta name="twitter:card" content="{card}">')
    if data:
        tags.append(f'<script type="application/ld+json">{data}</script>')
    return "\n".join(tags)


def _property(name: str, escaped: str) -> str:
    return f'<meta property="{name}" content="{escaped}">'


def _data(site: Site, thing: Mapping[str, Any], trail: Iterable[Ref]) -> str:
    """The objects as JSON that is safe inside a script element; empty where there are none."""
    objects = []
    if thing.get("@type") == "WebSite":
        found = thing["potentialAction"] if site.search else None
        named = {"name": site.name, "description": site.description}
        thing = {**thing, **named, "potentialAction": found}
    if thing:
        objects.append(_resolved(dict(thing), site.url))
    if site.url and (crumbs := _crumbs(trail)):
        objects.append(_resolved({"@type": "BreadcrumbList", "itemListElement": crumbs}, site.url))
    if not objects:
        return ""
    data = {"@context": "https://schema.org", "@graph": objects}
    text = _JSON.encode(data)
    for mark, escaped in _ESCAPED:
        text = text.replace(mark, escaped)
    return text


def _crumbs(trail: Iterable[Ref]) -> list[dict[str, Any]]:
    return [
        {"@type": "ListItem", "position": at, "name": ref.text, "item": INTERNAL + ref.path}
        for at, ref in enumerate(trail, start=1)
    ]


def _resolved(value: Any, root: str) -> Any:
    """An object with absolute addresses, and without what is empty; None if nothing is left."""
    if isinstance(value, dict):
        out = {}
        for key, held in value.items():
            if isinstance(held, str):
                if key in ADDRESSES and held.startswith(INTERNAL):
                    held = root and root + held[len(INTERNAL) :]  # noqa: PLW2901  # the same, whole
                if held:
                    out[key] = held
            elif held is not None and (kept := _resolved(held, root)):
                out[key] = kept
        return out if len(out) > 1 or "@type" not in out else None
    if isinstance(value, list):
        return [kept for each in value if (kept := _resolved(each, root))]
    return value
