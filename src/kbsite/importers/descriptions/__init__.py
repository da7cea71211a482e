"""Descriptions of sessions, as HTML, Markdown or plain text, to the CommonMark of records."""

from kbsite.importers.descriptions.commonmark import to_commonmark

__all__ = ["to_commonmark"]
