"""schedule.xml: the schedule format of frab, which pretalx, pentabarf and FOSDEM write too.

The XML may have no DTD, so it can neither name another file nor grow.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, tostring
from xml.parsers.expat import ErrorString, errors

from defusedxml import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import DefusedXMLParser

from kbsite.importers.formats import fahrplan
from kbsite.importers.formats.fahrplan import Day, Event, Named, Reference
from kbsite.importers.schedule import Schedule, SourceError
from kbsite.wording import shown

DEEPEST = 100  # levels of elements; a schedule with markup in its texts has a dozen
HINT = "give a schedule in frab's format; its address mostly ends in schedule.xml"
_CUT = {
    errors.codes[errors.XML_ERROR_NO_ELEMENTS],
    errors.codes[errors.XML_ERROR_UNCLOSED_TOKEN],
    errors.codes[errors.XML_ERROR_PARTIAL_CHAR],
    errors.codes[errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
}


def parse(data: bytes) -> Schedule:
    """A schedule, or a SourceError; an event that cannot be read is an entry that says so."""
    root, lines = _read(data)
    if root.tag != "schedule":
        raise _refused(f"it begins with <{shown(root.tag)[1:-1]}>, not with <schedule>")
    conference = root.find("conference")
    if conference is None:
        raise _refused("there is no <conference>")
    if root.find("day") is None:
        raise _refused("there is no <day>")
    words = {field.tag: said for field in reversed(conference) if (said := _text(field))}
    zone = fahrplan.zone(words)
    days: list[Day] = []
    places: dict[Element, tuple[Day, str]] = {}
    for each in root.iterfind("day"):
        day = fahrplan.day(
            each.get("date", ""),
            each.get("start", ""),
            each.get("end", ""),
            words.get("day_change", ""),
            zone,
        )
        days.append(day)
        places |= dict.fromkeys(each.iter("event"), (day, ""))
        for room in each.iterfind("room"):
            places |= dict.fromkeys(room.iter("event"), (day, room.get("name", "")))
    nowhere = (Day(date=None), "")
    events = [
        _event(event, *places.get(event, nowhere), lines.get(event, 0))
        for event in root.iter("event")
    ]
    return fahrplan.schedule("frab", words, days, events)


class _Builder(TreeBuilder):
    """Builds elements by their local names, and keeps the lines on which events begin."""

    def __init__(self) -> None:
        super().__init__()
        self.parser = DefusedXMLParser(target=self, forbid_dtd=True)
        self.lines: dict[Element, int] = {}
        self.depth = 0

    @property
    def line(self) -> int:
        return int(self.parser.parser.CurrentLineNumber)

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.depth += 1
        if self.depth > DEEPEST:
            raise SourceError("the XML is nested too deeply", HINT, self.line)
        element = super().start(tag.rpartition("}")[2], attrs)
        if element.tag == "event":
            self.lines[element] = self.line
        return element

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag.rpartition("}")[2])


def _read(data: bytes) -> tuple[Element, dict[Element, int]]:
    if not data.strip():
        raise SourceError("the source is empty", HINT)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}:
        raise SourceError(
            "this is not XML: it begins as JSON does",
            "a schedule.json is imported as c3voc",
        )
    builder = _Builder()
    try:
        builder.parser.feed(data)
        root: Element = builder.parser.close()
    except ParseError as error:
        line = error.position[0]
        if error.code in _CUT:
            hint = "get it again; it may have been cut off"
            raise SourceError("the XML ends in the middle", hint, line) from None
        raise SourceError(
            f"this is not well-formed XML: {ErrorString(error.code)}", HINT, line
        ) from None
    except DTDForbidden as error:
        if error.name.lower() == "html":
            raise SourceError("this is a web page, not a schedule", HINT, 1) from None
        raise SourceError(
            "the XML has a DTD, which is never read: it can name other files and grow without end",
            "remove the <!DOCTYPE ...> and what it declares",
            builder.line,
        ) from None
    except (DefusedXmlException, ValueError, LookupError) as error:  # an encoding that is none
        raise SourceError(f"this is not XML that can be read: {error}", HINT) from None
    return root, builder.lines


def _event(event: Element, day: Day, room: str, line: int) -> Event:
    return Event(
        day=day,
        line=line,
        title=_first(event, "title"),
        subtitle=_first(event, "subtitle"),
        id=event.get("guid") or event.get("id") or "",
        url=_first(event, "url"),
        date=_first(event, "date"),
        start=_first(event, "start"),
        duration=_first(event, "duration"),
        room=_first(event, "room") or room,
        track=_first(event, "track"),
        type=_first(event, "type"),
        language=",".join(map(_text, event.iterfind("language"))),
        texts=tuple(
            _markup(part) for kind in ("abstract", "description") for part in event.iterfind(kind)
        ),
        people=tuple(_people(event)),
        references=tuple(_references(event)),
        video=_first(event, "video_download_url"),
        feedback=_first(event, "feedback_url"),
        not_recorded=any(
            _text(flag).strip().lower() in {"true", "yes", "1"}
            for flag in event.iterfind("recording/optout")
        ),
    )


def _people(event: Element) -> Iterator[Named]:
    for person in event.iterfind("persons/person"):
        # Only its name: a person may hold a biography and answers to forms, which are private.
        names = (_first(person, key) for key in ("public_name", "full_public_name", "name"))
        yield Named(
            id=person.get("guid") or person.get("code") or person.get("id") or "",
            name=next((name for name in names if name), person.text or ""),
        )


def _references(event: Element) -> Iterator[Reference]:
    for path in ("links/link", "attachments/attachment"):
        for link in event.iterfind(path):
            words = _text(link)
            yield Reference(
                url=link.get("href") or link.get("url") or words,
                label=words,
                type=link.get("type", ""),
                is_file=path.startswith("attachments"),
            )


def _first(element: Element, tag: str) -> str:
    """The text of the first element of that name which has one."""
    return next((words for part in element.iterfind(tag) if (words := _text(part))), "")


def _text(element: Element) -> str:
    words = "".join(element.itertext())
    return words if words.strip() else ""


def _markup(element: Element) -> str:
    """A text, which some programs write as HTML elements rather than as the text of HTML."""
    if not len(element):
        return element.text or ""
    return escape(element.text or "") + "".join(tostring(each, "unicode") for each in element)


def _refused(what: str) -> SourceError:
    return SourceError(f"this is not a frab schedule: {what}", HINT)
