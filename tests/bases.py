"""Knowledge bases made for a test: of given records, and of records that attack."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

CONFIG = {
    "site_name": "Example",
    "docs_dir": "content",
    "theme": "material",
    "plugins": ["kbsite"],
}
EVENT = {
    "name": "Example Conf",
    "timezone": "UTC",
    "start": "2031-04-01",
    "end": "2031-04-02",
}

ATTACK = (
    '<script>alert(1)</script> "onmouseover="alert(2)" \' </title><script>alert(3)</script> '
    "</article></main> <img src=x onerror=alert(4)> {{ 7*7 }} {% raw %} kb:/x javascript:alert(5) "
    "--> ]]> &lt;b&gt; kbsitefieldcontentendfield"
)
PROSE_ATTACK = (
    '`<script>alert(1)</script>` \\<script>alert(2)\\</script> "onmouseover="alert(3)" {{ 7*7 }} '
    "{% raw %} kb:/x javascript:alert(5) \\<img src=x onerror=alert(4)\\> "
    "&lt;svg onload=alert(6)&gt; kbsitefieldtitleendfield\n\n"
    "```\n</code></pre><script>alert(7)</script>\n```\n"
)
LONG = "Donaudampfschifffahrtsgesellschaftskapitaen" * 3
URL_ATTACK = "https://example.org/'onmouseover='alert(1)'?q=javascript:alert(2)&x=7"


def write(root: Path, files: Mapping[str, object]) -> Path:
    """A knowledge base of files: mappings as YAML, pairs of front matter and body as pages."""
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(data, tuple):
            front, text = data
            path.write_text(f"---\n{_yaml(front)}---\n{text}\n", encoding="utf-8")
        else:
            path.write_text(_yaml(data), encoding="utf-8")
    return root


def _yaml(data: object) -> str:
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000))


def write_hostile(root: Path) -> Path:
    """Records that hold an attack in every field that takes text."""
    return write_in_all(root, ATTACK, PROSE_ATTACK)


def write_long(root: Path) -> Path:
    """Records that hold a word wider than a phone in every field that takes text, and a short one,
    for nobody needs to choose among those that are all alike.
    """
    table = f"| {LONG} | b |\n| --- | --- |\n| {LONG} | b |\n"
    write_in_all(root, LONG, f"{LONG} `{LONG}`\n\n{table}")
    return write(root, {"sessions/example-conf/short.yaml": {"title": "Short"}})


def write_in_all(root: Path, said: str, prose: str) -> Path:
    """Records that say one text in every field that takes text, and one in those for prose."""
    link = {"kind": "video", "url": URL_ATTACK, "label": said}
    extension = {"name": f"Ada {said}", "aliases": [f"A. {said}"], "links": [link]}
    essay: dict[str, object] = {
        "title": said,
        "date": "2031-04-01",
        "author": said,
        "description": said,
    }
    essay |= {"themes": ["kernel"], "summary": prose}
    session = {
        "title": said,
        "start": "2031-04-01T10:00",
        "end": "2031-04-01T11:00",
        "room": said,
        "tracks": [said],
        "language": said,
        "speakers": [{"name": f"Ada {said}", "id": "ada", "org": said, "role": said}],
        "summary": prose,
        "abstract": prose,
        "themes": ["kernel"],
        "projects": [f"Project {said}"],
        "learnings": [{"id": "one", "text": prose, "by": "ada", "at": "1:30"}],
        "quotes": [{"text": prose, "by": "ada", "at": "1:30"}],
        "figures": [{"value": said, "label": said, "note": prose}],
        "announcements": [
            {
                "title": said,
                "by": said,
                "date": "2031-04-01",
                "text": prose,
                "url": URL_ATTACK,
                "projects": [f"Project {said}"],
            }
        ],
        "links": [link],
        "aliases": ["example-conf/former"],
        "sources": [{"system": said, "id": said, "url": URL_ATTACK}],
        "provenance": {"contributed_by": said},
    }
    event = EVENT | {
        "name": said,
        "short": said,
        "city": said,
        "country": said,
        "venue": said,
        "url": URL_ATTACK,
        "series": said,
    }
    theme: dict[str, object] = {
        "name": f"Kernels {said}",
        "aliases": [said],
        "keywords": [said],
    }
    theme |= {"projects": [f"Project {said}"], "summary": prose}
    seeing = {"name": f"Seeing {said}", "related": ["kernel"]}
    return write(
        root,
        {
            "mkdocs.yml": CONFIG,
            "content/index.md": ({"title": said, "description": said}, "Text."),
            "content/about.md": ({"title": said, "description": said}, "Text."),
            "content/articles/one.md": (essay, "Text."),
            "content/shifts/one.md": (essay, "See [[learning:example-conf/one#one]]."),
            "content/speakers/ada.md": (extension, prose),
            "content/organisations/org.md": (
                {"name": said, "aliases": [f"Org {said}"], "links": [link]},
                prose,
            ),
            "content/projects/project.md": (
                {
                    "name": f"Project {said}",
                    "links": [link],
                    "url": URL_ATTACK,
                    "maturity": said,
                },
                prose,
            ),
            "sessions/example-conf/event.yaml": event,
            "sessions/example-conf/one.yaml": session,
            "sessions/example-conf/two.yaml": session | {"title": f"Two {said}", "aliases": []},
            "themes/kernel.md": (theme, prose),
            "themes/seeing.md": (seeing, prose),
        },
    )
