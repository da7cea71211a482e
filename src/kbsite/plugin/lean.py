"""Style sheets and scripts as they are published: without comments, indentation and spare spaces.

They are written to be read, and a reader's phone need not fetch that.
"""

from __future__ import annotations

from pathlib import Path

MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript"}


def publish(ours: Path, site: Path) -> None:
    """Put the style sheets and scripts in `ours` into a site, but for those that somebody changed.

    One that was renamed is there again: others import it by its name.
    """
    for own in sorted(ours.iterdir()):
        media_type = MEDIA_TYPES.get(own.suffix)
        file = site / own.name
        if media_type and (not file.exists() or file.read_bytes() == own.read_bytes()):
            file.write_text(minified(own.read_text("utf-8"), media_type), "utf-8")


def minified(text: str, media_type: str) -> str:
    """The same style sheet or script in fewer bytes, the same for the same text.

    >>> minified("/* Boxes */\\n.a > .b {\\n  margin: 0.5em 0;\\n}\\n", "text/css")
    '.a>.b{margin:.5em 0}'
    """
    import minify  # noqa: PLC0415  # a runtime of its own, for a build only

    return str(minify.string(media_type, text))
