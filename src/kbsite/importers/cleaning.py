"""Text, names and links of a source, in the form in which a record may hold them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from urllib.parse import quote, urljoin, urlsplit

from kbsite import slugs
from kbsite.fields import ADDRESS_LIMIT, LINE_LIMIT, scheme_problem
from kbsite.importers.schedule import Person, SourceLink, Text, TextFormat
from kbsite.records import LinkKind
from kbsite.wording import shown

MOST_SPELLINGS = 4  # an id with more of them does not stand for one person

# Control characters, halves of pairs, and marks that only steer how text is laid out.
_DROPPED = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069"
    r"\ud800-\udfff\ufeff\ufffe\uffff]"
)
_ENDS_OF_LINES = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_SPACES = re.compile(r"[\t\xa0\u2000-\u200a\u202f\u205f\u3000]")
_BLANK_LINE = re.compile(r"^[^\S\n]+$", re.MULTILINE)

_TICKS = re.compile("`+")
_BLOCK = re.compile(r"<(?:p|br|[uo]l|li|div|h[1-6]|table|blockquote|pre)\b[^<>]*>", re.IGNORECASE)
_INLINE = re.compile(r"<(?:a\s[^<>]*href|strong|em|b|i)\b[^<>]*>", re.IGNORECASE)

_CODES = {
    "ces": "cs", "cze": "cs", "deu": "de", "dut": "nl", "eng": "en", "fra": "fr", "fre": "fr",
    "ger": "de", "ita": "it", "jpn": "ja", "nld": "nl", "pol": "pl", "por": "pt", "rus": "ru",
    "spa": "es", "ukr": "uk",
}  # fmt: skip

_VIDEO = re.compile(
    r"""
      (?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\b|live/.|embed/.|shorts/.)
    | youtu\.be/.
    | (?:www\.)?vimeo\.com/[0-9]
    | player\.vimeo\.com/video/.
    | (?:www\.)?twitch\.tv/videos/.
    | (?:cdn\.|app\.)?media\.ccc\.de/.
    | video\.fosdem\.org/.
    | [^/]+/(?:videos/watch|w)/[0-9A-Za-z-]{20,}  # PeerTube, on any host
    """,
    re.VERBOSE | re.IGNORECASE,
)
_YOUTUBE = re.compile(
    r"(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:.*&)?v=|live/|embed/|shorts/)|youtu\.be/)"
    r"(?P<id>[\w-]{11})",
    re.IGNORECASE,
)
_VIDEO_LABEL = re.compile(
    r"(?:video|recording|aufzeichnung|mitschnitt|video recording|talk video)\b.{0,30}\Z"
    r"|.{0,20}\b(?:video|recording|aufzeichnung|mitschnitt)\Z",
    re.IGNORECASE,
)
_CODE_HOST = re.compile(
    r"(?:www\.)?(?:github\.com|codeberg\.org|bitbucket\.org|git\.sr\.ht|gitlab\.[^/]+)"
    r"/(?!(?:orgs|sponsors|topics|explore|features|users|groups|search)/)[^/]+/[^/?#]+(?P<rest>.*)",
    re.IGNORECASE,
)
_NO_CODE = re.compile(
    r"^/(?:-/)?(?:issues|pulls?|merge_requests|discussions|wikis?)\b|\.pdf\Z", re.IGNORECASE
)
_SLIDES = re.compile(
    r"(?<![^\W_])(?:slides?|slide ?decks?|presentation|präsentation|folien)(?![^\W_])",
    re.IGNORECASE,
)
_OTHER_TALK = re.compile(r"\b(?:previous|earlier|past|former|bereits|früher\w*)\b", re.IGNORECASE)
_SLIDES_END = re.compile(r"\.(?:pdf|pptx?|odp|key)\Z", re.IGNORECASE)
_MEDIA_END = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|mp[34]|m4[av]|mov|webm|mkv|ogg|ogv|zip|t?gz)\Z", re.IGNORECASE
)


def line(text: str) -> str:
    """A text that stands on one line: trimmed, without control characters and double spaces.

    >>> line("  Two\\u00a0 words\\n"), line("\\x07")
    ('Two words', '')
    """
    return " ".join(_DROPPED.sub("", text).split())


def short(text: str) -> str | None:
    """One line that may be left out: None where it is empty, or too long to be what it should."""
    cleaned = line(text)
    fits = len(cleaned) <= LINE_LIMIT and any(c.isprintable() for c in cleaned)
    return cleaned if fits else None


def wrong_title(title: str) -> str | None:
    """Why a title, already one line, cannot be a record's."""
    if not any(character.isprintable() for character in title):
        return "it has no title"
    if len(title) > LINE_LIMIT:
        return f"its title has {len(title)} characters; at most {LINE_LIMIT} fit"
    return None


def room(words: str, notes: list[str]) -> str | None:
    """A room; one that is too long to be one is left out, with a note."""
    kept = short(words)
    if kept is None and line(words):
        notes.append(f"its room {shown(words)} is too long")
    return kept


def prose(text: str) -> str:
    """A longer text: its lines kept, without control characters and odd spaces.

    >>> prose("One\\r\\n\\r\\n\\u00a0\\ttwo\\x00 ")
    'One\\n\\n  two'
    """
    return _BLANK_LINE.sub("", readable(text)).strip()


def readable(text: str) -> str:
    """A text without what cannot be seen, with one sort of line ends and one of spaces."""
    return _SPACES.sub(" ", _DROPPED.sub("", _ENDS_OF_LINES.sub("\n", text)))


def joined(parts: Iterable[str], otherwise: TextFormat) -> Text | None:
    """The parts of a description as one text; a part that another repeats is left out.

    `otherwise` is the format of a text that shows no HTML. Markdown may hold tags within a line,
    so only the tags of blocks make a text HTML instead.

    >>> joined(["Short.", "Short. And more."], "markdown")
    Text(text='Short. And more.', format='markdown')
    """
    kept: list[str] = []
    for part in map(prose, parts):
        bare = line(part)
        if not bare or any(bare in line(other) for other in kept):
            continue
        kept = [other for other in kept if line(other) not in bare] + [part]
    if not kept:
        return None
    text = "\n\n".join(kept)
    shown = _without_code(text)
    html = _BLOCK.search(shown) or (otherwise == "plain" and _INLINE.search(shown))
    return Text(text=text, format="html" if html else otherwise)


def _without_code(text: str) -> str:
    """A text less what stands between two runs of as many backticks.

    >>> _without_code("a `` b ` c `` d ` e")
    'a  d ` e'
    """
    runs = list(_TICKS.finditer(text))
    ends: list[int] = []  # of the next run of the length of each, or none
    later: dict[int, int] = {}
    for run in reversed(runs):
        length = len(run[0])
        ends.append(later.get(length, 0))
        later[length] = run.end()
    out: list[str] = []
    done = 0
    for run, end in zip(runs, reversed(ends), strict=True):
        if end and run.start() >= done:
            out.append(text[done : run.start()])
            done = end
    return "".join(out) + text[done:]


def language(text: str) -> str | None:
    """The languages of a session: codes of two letters where they are codes, names as they are.

    >>> language("deu"), language("de,EN"), language("de-formal"), language("Toki Pona")
    ('de', 'de, en', 'de', 'Toki Pona')
    """
    words = [line(word) for word in re.split(r"[,;/|]", text)]
    return short(", ".join(dict.fromkeys(_language(word) for word in words if word)))


def _language(word: str) -> str:
    code, _, variant = word.replace("_", "-").partition("-")
    if not re.fullmatch(r"[A-Za-z]{2,3}", code) or " " in variant:
        return word
    code = _CODES.get(code.lower(), code.lower())
    return code if variant.lower() in {"", "formal", "informal"} else f"{code}-{variant}"


def people(persons: Iterable[Person]) -> tuple[Person, ...]:
    """Those who can be named, each once: two spellings of one name are one person.

    >>> [person.name for person in people([Person(name="Zoë Kern"), Person(name="zoe  kern")])]
    ['Zoë Kern']
    """
    kept: dict[str, Person] = {}
    for person in persons:
        name = line(person.name)
        if not slugs.slug(name) or len(name) > LINE_LIMIT:
            continue
        own = slugs.name_key(name)
        before = kept.get(own)
        if before is None:
            kept[own] = replace(person, name=name)
        else:
            kept[own] = replace(
                before,
                org=before.org or person.org,
                role=before.role or person.role,
                moderator=before.moderator or person.moderator,
            )
    return tuple(kept.values())


def unnameable(persons: Iterable[Person]) -> list[str]:
    """What to say of those whom `people` leaves out although they have some name."""
    names = [name for person in persons if (name := line(person.name))]
    return [
        f"the name {shown(name)} cannot be a person's"
        for name in dict.fromkeys(names)
        if not slugs.slug(name) or len(name) > LINE_LIMIT
    ]


def spellings(named: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """For each (id, name) of a source the name as it is spelled best under that id.

    That is the most frequent spelling, then the one with more letters beyond ASCII, then the
    first. Names under one id that have nothing in common stay as they are.

    >>> spellings([("7", "Jose Ruiz"), ("7", "José Ruiz"), ("7", "Ada")])[("7", "Jose Ruiz")]
    'José Ruiz'
    """
    counted: dict[str, Counter[str]] = {}
    for own, name in named:
        counted.setdefault(own, Counter())[name] += 1
    best: dict[tuple[str, str], str] = {}
    for own, names in counted.items():
        chosen = max(names, key=lambda name: (names[name], _beyond_ascii(name)))
        for name in names:
            alike = len(names) <= MOST_SPELLINGS and _alike(name, chosen)
            best[own, name] = chosen if alike else name
    return best


def _beyond_ascii(name: str) -> int:
    return sum(not character.isascii() for character in name)


def _alike(one: str, other: str) -> bool:
    if set(slugs.slug(one).split("-")) & set(slugs.slug(other).split("-")):
        return True
    return SequenceMatcher(None, slugs.fold(one), slugs.fold(other)).ratio() >= 0.75


def web(address: str, base: str | None = None) -> str | None:
    """An http address as a record may hold it, or None; `base` completes one that is relative.

    >>> web("/talk 1/", "https://example.org/2024/schedule/"), web("mailto:ada@example.org")
    ('https://example.org/talk%201/', None)
    """
    address = line(address)
    if not address:
        return None
    try:
        if base and not urlsplit(address).scheme:
            # frab writes the address of an upload as on its own server; it is published below base.
            inside = address.startswith("/system/") and base.endswith("/")
            address = urljoin(base, address[1:] if inside else address)
        parts = urlsplit(address)
        if parts.scheme.lower() not in {"http", "https"}:
            return None
        if "@" in parts.netloc:  # a user and a password, which are nobody else's
            parts = parts._replace(netloc=parts.netloc.rpartition("@")[2])
            address = parts.geturl()
    except ValueError:
        return None
    if scheme_problem(address) and "%" not in quote(parts.netloc, safe=":@"):
        address = quote(address, safe="/:?&=#%+,;@!$'()*~")
    return None if len(address) > ADDRESS_LIMIT or scheme_problem(address) else address


def link(url: str | None, label: str = "", type: str = "") -> SourceLink | None:
    """A link beside a session; `type` is the source's own word for what it leads to."""
    if url is None:
        return None
    words, address = line(label), url.partition("://")[2]
    kind: LinkKind = "other"
    path = address.partition("?")[0].partition("#")[0]
    if _VIDEO.match(address) or _VIDEO_LABEL.match(words):
        kind = "video"
    elif _says_slides(words, type) and not _MEDIA_END.search(path):
        kind = "slides"
    elif (code := _CODE_HOST.match(address)) and not _NO_CODE.search(code["rest"]):
        kind = "code"
    return SourceLink(url=url, kind=kind, label=_label(words, address))


def attachment(url: str | None, label: str = "", type: str = "") -> SourceLink | None:
    """A file that was put beside a session: slides if anything says so."""
    found = link(url, label, type)
    if found is None or found.url.endswith("/attachments/original/missing.png"):  # frab's: no file
        return None
    path = found.url.partition("?")[0].partition("#")[0]
    said = _says_slides(line(label), type) or _SLIDES_END.search(path) or "pdf" in type.lower()
    if found.kind != "video":
        found = replace(found, kind="slides" if said and not _MEDIA_END.search(path) else "other")
    return found


def links(
    found: Iterable[SourceLink | None], *, but: Iterable[str | None] = ()
) -> Iterator[SourceLink]:
    """Each link once, without those to `but`."""
    seen = {_bare(url) for url in but if url}
    for each in found:
        if each is not None and _bare(each.url) not in seen:
            seen.add(_bare(each.url))
            yield each


def address_key(url: str) -> str:
    """What all addresses of one page or video have in common.

    >>> address_key("https://youtu.be/AbC_123-xyz?t=9"), address_key("HTTP://www.Example.org/a/")
    ('youtube:AbC_123-xyz', 'example.org/a')
    """
    bare = url.rpartition("://")[2]
    if video := _YOUTUBE.match(bare):
        return f"youtube:{video['id']}"
    host, slash, path = bare.partition("/")
    return f"{host.lower().removeprefix('www.')}{slash}{path}".rstrip("/")


def _says_slides(words: str, type: str) -> bool:
    if _OTHER_TALK.search(words):
        return False
    return bool(_SLIDES.search(words) or _SLIDES.search(type))


def _label(words: str, address: str) -> str | None:
    """The words of a link, unless they only repeat its address."""
    if not words or len(words) > LINE_LIMIT:
        return None
    return None if _bare(words) == _bare(address) else words


def _bare(url: str) -> str:
    return url.rpartition("://")[2].removeprefix("www.").rstrip("/")
