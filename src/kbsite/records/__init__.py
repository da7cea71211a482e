"""The frozen models that mirror the files, and what each of their fields is, in words.

Nothing here knows other records or the disk. A field's own rule (a pattern, a date, an allowed
scheme) is its type, from `fields`; the rules between records are the graph's. A field's title,
description and examples are for those who write records: editors, messages and the guide to all
fields have them from here. An example is a value as YAML gives it: a time is text.
"""

from kbsite.records.base import Link, LinkKind, Record
from kbsite.records.claims import Announcement, Basis, Figure, Learning, Quote
from kbsite.records.events import Event
from kbsite.records.named import (
    Extension,
    Named,
    PersonExtension,
    ProjectExtension,
    Theme,
    Topic,
)
from kbsite.records.pages import Article, Essay, MaterialKeys, PageSearch, PlainPage, Report, Shift
from kbsite.records.sessions import (
    Level,
    Provenance,
    Session,
    SessionKind,
    SourceRef,
    SpeakerRef,
    Status,
)

__all__ = [
    "Announcement",
    "Article",
    "Basis",
    "Essay",
    "Event",
    "Extension",
    "Figure",
    "Learning",
    "Level",
    "Link",
    "LinkKind",
    "MaterialKeys",
    "Named",
    "PageSearch",
    "PersonExtension",
    "PlainPage",
    "ProjectExtension",
    "Provenance",
    "Quote",
    "Record",
    "Report",
    "Session",
    "SessionKind",
    "Shift",
    "SourceRef",
    "SpeakerRef",
    "Status",
    "Theme",
    "Topic",
]
