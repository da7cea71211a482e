"""Everything that reads a stranger's text, and texts that make careless readers slow."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import product
from typing import TypeAlias, get_args

from kbsite import (
    excerpts,
    fields,
    hrefs,
    misread,
    parse,
    prose,
    records,
    report,
    slugs,
    tree,
    twins,
    wikilinks,
    wording,
    yamledit,
    yamlfile,
    yamlstyle,
    yamlwrite,
)
from kbsite.errors import KbsiteError
from kbsite.graph import companies, people, recordings, surnames
from kbsite.importers import cleaning, lock
from kbsite.importers.descriptions import plaintext
from kbsite.importers.descriptions.commonmark import to_commonmark
from kbsite.importers.formats import c3voc, frab, playlist, sched, sessionize
from kbsite.importers.reading.evidence import Evidence
from kbsite.importers.reading.speakers import read_titles
from kbsite.importers.reading.tables import tables
from kbsite.importers.reading.titles import TitleReader
from kbsite.importers.schedule import SourceError, Text, TextFormat
from kbsite.kinds import citing, videos, words
from kbsite.meant import callings
from kbsite.meant import people as people_meant
from kbsite.outputs import spelling
from kbsite.phrases import Phrase, Phrases
from kbsite.sources import Source

TABLES = tables()
TITLES = TitleReader(TABLES)
# Characters that show in a moment how something grows, of what readers are given.
FILE, TEXT, LINE, SHORT, NAME = 24_000, 16_000, 8_000, 3_000, 1_000


def _drain(found: object) -> None:
    if isinstance(found, Iterator):
        for _ in found:
            pass


def _as(key: str, text: str) -> str:
    return yamlwrite.dump({"title": "One", key: text})


def _in_yaml(text: str) -> None:
    for whole in (text, f"title: {text}", f"title: One\nspeakers:\n- {text}", f'title: "{text}'):
        checked(records.Session, "sessions/conf/one.yaml", whole)


def checked(model: type, path: str, text: str) -> None:
    """Read a record, and say all that is wrong with it."""
    for problem in parse.parse_record(model, path, text).problems:
        report.as_text(problem)


def _in_page(text: str) -> None:
    for whole in (text, f"---\n{text}\n---\n", f"---\nname: {text}\n---\n{text}", f"---\n{text}"):
        for problem in parse.parse_page(records.Theme, "themes/one.md", whole).problems:
            report.as_text(problem)
        parse.parse_plain_page("content/one.md", whole)


def _in_places(text: str) -> None:
    for whole in (text, f"a: {text}", f"a: '{text}'", f"- {text}", f"a: |\n  {text}"):
        yamlfile.places(whole)
        yamlfile.syntax_slip(whole)


def _edited(text: str) -> None:
    for whole in (f"a: {text}\nb: 1\n", f"a: |\n  {text}\nb: 1\n", f"{text}\nb: 1\n"):
        with suppress(yamlfile.YamlError, yamledit.CannotEdit):
            _drain(iter(yamledit.edits_to(whole, {"b": [text[:9], 2]})))


def _styled(text: str) -> None:
    for whole in (f"a: {text}\nb: 1\n", f"a: [{text}]\n", f"a:\n- b\n  {text}\n", f"{text}\n"):
        with suppress(yamlstyle.CannotEdit):
            yamlstyle.styled(whole)


def _found(text: str) -> None:
    for in_prose in (True, False):
        for whole in (text, f"{text}[[theme:x]] `"):
            _drain(wikilinks.find(whole, in_prose=in_prose))
            _drain(wikilinks.nearly(whole, in_prose=in_prose))


def _misread(text: str) -> None:
    for in_page in (True, False):
        _drain(misread.problems(Source(path="content/one.md", text=text), in_page=in_page))
    _drain(iter(hrefs.elsewhere(text)))


def _named(text: str) -> None:
    people_meant.in_name(text)
    callings.spelled(callings.untitled(text))
    callings.at_company(text)
    callings.no_person(text)


def _calendar(text: str) -> str:
    event = f"BEGIN:VEVENT\r\nSUMMARY:{text}\r\nDESCRIPTION:{text}\r\n{text}\r\nEND:VEVENT"
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event}\r\nEND:VCALENDAR\r\n"


def _parsed(read: Callable[[bytes], object], write: Callable[[str], str]) -> Reads:
    def work(text: str) -> None:
        for whole in (text, write(text)):
            with suppress(SourceError, KbsiteError):
                read(whole.encode())

    return work


def _json(text: str) -> str:
    entry = {"id": 1, "guid": "x", "title": text, "abstract": text, "persons": [{"name": text}]}
    rooms = {"days": [{"date": "2031-04-01", "rooms": {"A": [entry]}}]}
    return json.dumps({"schedule": {"conference": {"title": "X", **rooms}}})


def _xml(text: str) -> str:
    return f"<schedule><conference><title>X</title></conference>{text}</schedule>"


def _description(text: str) -> None:
    for format in get_args(TextFormat):
        to_commonmark(Text(text=text, format=format))


def _lock(text: str) -> None:
    for whole in (text, f'{{"sessions": {text}', f'{{"sessions": "{text}"}}'):
        with suppress(lock.LockError):
            lock.read(whole)


def _video(text: str) -> None:
    for url in (f"https://{text}", f"https://youtu.be/{text}", f"https://e.org/?t={text}"):
        if fields.scheme_problem(url) is None:
            videos.embedded(url)
            videos.at_second(url, 9)
            recordings.of_address(url)


def _title(text: str) -> None:
    text = cleaning.line(text)
    TITLES.around(text)
    TITLES.prefixed(text)
    TITLES.kind(text, named=True)
    TITLES.left_out(text)
    TITLES.shouts([text])
    TITLES.track(text)
    read_titles([f"A talk - {text}", text], Evidence(TABLES))


def _names(text: str) -> None:
    half = len(text) // 2
    one, other = text[:half], text[half:]
    named = {"a": one, "b": f"{one}x", "c": other}
    _drain(people.near_duplicates(named, frozenset()))
    _drain(companies.near_duplicates(named, frozenset()))
    people.alike(one, other)
    surnames.listed(text)


def _spelled(text: str) -> None:
    spelling.plain(text)
    spelling.more(text)


Reads: TypeAlias = Callable[[str], object]
"""Work on a text."""

READERS: Mapping[str, tuple[Reads, int]] = {
    "record": (_in_yaml, FILE),
    "page": (_in_page, FILE),
    "places": (_in_places, FILE),
    "edits": (_edited, FILE),
    "style": (_styled, FILE),
    "bytes": (lambda text: tree.decoded("a", text.encode() + b"\xff"), FILE),
    "lock": (_lock, FILE),
    "links": (_found, FILE),
    "misread": (_misread, FILE),
    "named": (_named, NAME),
    "findings": (lambda text: _drain(prose.findings(text)), FILE),
    "html": (prose.to_html, TEXT),
    "words": (prose.to_text, TEXT),
    "heading": (prose.first_heading, FILE),
    "twin": (lambda text: twins.to_markdown(prose.to_html(text), str), TEXT),
    "abstract": (lambda text: checked(records.Session, "a.yaml", _as("abstract", text)), TEXT),
    "title": (lambda text: checked(records.Session, "a.yaml", _as("title", text)), TEXT),
    "start": (lambda text: checked(records.Session, "a.yaml", _as("start", text)), TEXT),
    "room": (lambda text: checked(records.Session, "a.yaml", _as("room", text)), TEXT),
    "unknown": (lambda text: checked(records.Session, "a.yaml", _as("nothing", text)), TEXT),
    "zone": (lambda text: checked(records.Event, "a.yaml", _as("timezone", text)), TEXT),
    "address": (fields.scheme_problem, TEXT),
    "shown": (wording.shown, TEXT),
    "slug": (slugs.slug, TEXT),
    "fold": (slugs.fold, TEXT),
    "key": (slugs.name_key, TEXT),
    "spelt out": (slugs.spell_out, TEXT),
    "nearest": (lambda text: slugs.nearest(text, [text[:99], text[1:99], "kernel"]), TEXT),
    "excerpt": (lambda text: excerpts.excerpt(text, 200), TEXT),
    "in short": (excerpts.in_short, TEXT),
    "sentence": (words.sentence, TEXT),
    "ended": (words.ended, TEXT),
    "language": (words.language, LINE),
    "phrases": (lambda text: _drain(Phrases([Phrase("a b", 1)]).found(text)), TEXT),
    "citation": (citing.escaped, TEXT),
    "video": (_video, LINE),
    "spelling": (_spelled, LINE),
    "names": (_names, NAME),
    "printed": (report.printable, TEXT),
    "written": (lambda text: yamlwrite.dump({"a": text, "b": [text]}), TEXT),
    "imported line": (cleaning.line, TEXT),
    "imported prose": (cleaning.prose, TEXT),
    "readable": (cleaning.readable, TEXT),
    "imported language": (cleaning.language, LINE),
    "imported address": (lambda text: (cleaning.web(text), cleaning.link(text, text)), LINE),
    "imported room": (lambda text: cleaning.room(text, []), LINE),
    "imported title": (_title, LINE),
    "plain text": (plaintext.to_html, TEXT),
    "description": (_description, SHORT),
    "sched": (_parsed(sched.parse, _calendar), LINE),
    "c3voc": (_parsed(c3voc.parse, _json), TEXT),
    "frab": (_parsed(frab.parse, _xml), TEXT),
    "sessionize": (_parsed(sessionize.parse, lambda t: json.dumps([{"sessions": [t]}])), TEXT),
    "playlist": (_parsed(playlist.parse, lambda t: json.dumps({"title": t})), TEXT),
}

ATOMS = (
    ">", "> ", "[[theme:", "[[theme:x]]", "[[theme:x|", "[", "](", "![", "[x](", "[x]: <", "*",
    "**a ", "_", "a_", "`", "``` ", "~~~\n", "~", "<", "<a ", "<a href='", "<a b=", "</a>", "<!--",
    "<![CDATA[", "<?", "<b>", "<div>\n", "&#", "&#1", "&a", "|", "a|b\n|-", "|a", "- ", "-\n",
    "1. ", "+\n", "#", "# ", "!", "\\", " ", "a ", "\t", "\n", "\n\n", " \n", "{", "{{", "{a:",
    "[a,", ":", ": ", "a: ", "a:\n ", "? ", '"', "'", '"a" ', "''", "e\u0301", "\u0301", "\u200d",
    "\U0001f469\u200d", "\ufe0f", "\u202e", "\u3000", "a.", "://", "http://", "https://a.b/(",
    "www.", "www.a", "@", "a@", "a@b.", "%", "%%", "&", "=", "=\n", "a\n=\n", ";", ",", ", ", "a,",
    "(", ")", "()", "a(", "\u2026", ".", "...", "0", "9:", "00:", "-", "--", "---\n", "\u2013 ",
    "Ada, ", "Ada Example & ", " - ", "|-|\n", "\ue000", "\ue0021", "\x00", "\u2028", "\xa0",
    "\u5185", "\u0130", "\ufdfa", "A B ", "$", "^", "#a ", "!!", "!a ", "&a ", "*a ", "x: |\n ",
    "- - ", "[^a]: ", "!!! a\n", "=== ", "\r", "\r\n ", "BEGIN:VEVENT\r\n", "]", "]]", "]]>", "}",
    "<a", "<x y", "<!", "[a]", "[a]: b\n", "[a][", "*a_ ", "a**b",
)  # fmt: skip


def piles() -> Iterator[str]:
    """Texts that are repeated, of which some two follow each other or stand before many others."""
    yield from ATOMS
    few = (">", "[", "*", "_", "`", "<", "&", "|", "- ", "\n", "\t", "a", ":", "(", '"', "\\", "!")
    for one, other in product(few, few):
        if one != other:
            yield one + other


def pile(text: str, size: int) -> str:
    """A text again and again, up to a size."""
    return (text * (size // len(text) + 1))[:size]
