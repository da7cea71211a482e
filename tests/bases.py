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
    link = {"kind": "video", "url": URL_ATTACK, "label": ATTACK}
    extension = {"name": f"Ada {ATTACK}", "aliases": [f"A. {ATTACK}"], "links": [link]}
    essay: dict[str, object] = {
        "title": ATTACK,
        "date": "2031-04-01",
        "author": ATTACK,
        "description": ATTACK,
    }
    essay |= {"themes": ["kernel"], "summary": PROSE_ATTACK}
    session = {
        "title": ATTACK,
        "start": "2031-04-01T10:00",
        "end": "2031-04-01T11:00",
        "room": ATTACK,
        "tracks": [ATTACK],
        "language": ATTACK,
        "speakers": [{"name": f"Ada {ATTACK}", "id": "ada", "org": ATTACK, "role": ATTACK}],
        "summary": PROSE_ATTACK,
        "abstract": PROSE_ATTACK,
        "themes": ["kernel"],
        "projects": [f"Project {ATTACK}"],
        "learnings": [{"id": "one", "text": PROSE_ATTACK, "by": "ada", "at": "1:30"}],
        "quotes": [{"text": PROSE_ATTACK, "by": "ada", "at": "1:30"}],
        "figures": [{"value": ATTACK, "label": ATTACK, "note": PROSE_ATTACK}],
        "announcements": [
            {
                "title": ATTACK,
                "by": ATTACK,
                "date": "2031-04-01",
                "text": PROSE_ATTACK,
                "url": URL_ATTACK,
                "projects": [f"Project {ATTACK}"],
            }
        ],
        "links": [link],
        "aliases": ["example-conf/former"],
        "sources": [{"system": ATTACK, "id": ATTACK, "url": URL_ATTACK}],
        "provenance": {"contributed_by": ATTACK},
    }
    event = EVENT | {
        "name": ATTACK,
        "short": ATTACK,
        "city": ATTACK,
        "country": ATTACK,
        "venue": ATTACK,
        "url": URL_ATTACK,
        "series": ATTACK,
    }
    theme: dict[str, object] = {
        "name": f"Kernels {ATTACK}",
        "aliases": [ATTACK],
        "keywords": [ATTACK],
    }
    theme |= {"projects": [f"Project {ATTACK}"], "summary": PROSE_ATTACK}
    seeing = {"name": f"Seeing {ATTACK}", "related": ["kernel"]}
    return write(
        root,
        {
            "mkdocs.yml": CONFIG,
            "content/index.md": ({"title": ATTACK, "description": ATTACK}, "Text."),
            "content/about.md": ({"title": ATTACK, "description": ATTACK}, "Text."),
            "content/articles/one.md": (essay, "Text."),
            "content/shifts/one.md": (essay, "See [[learning:example-conf/one#one]]."),
            "content/speakers/ada.md": (extension, PROSE_ATTACK),
            "content/organisations/org.md": (
                {"name": ATTACK, "aliases": [f"Org {ATTACK}"], "links": [link]},
                PROSE_ATTACK,
            ),
            "content/projects/project.md": (
                {
                    "name": f"Project {ATTACK}",
                    "links": [link],
                    "url": URL_ATTACK,
                    "maturity": ATTACK,
                },
                PROSE_ATTACK,
            ),
            "sessions/example-conf/event.yaml": event,
            "sessions/example-conf/one.yaml": session,
            "sessions/example-conf/two.yaml": session | {"title": f"Two {ATTACK}", "aliases": []},
            "themes/kernel.md": (theme, PROSE_ATTACK),
            "themes/seeing.md": (seeing, PROSE_ATTACK),
        },
    )
