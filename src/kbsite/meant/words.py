"""Words of a fixed set, and keys, by the words that others use for them."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from kbsite import slugs
from kbsite.meant.meaning import NOTHING, Meaning

CERTAIN = 0.75  # how alike a key and the only one that it nearly is have to be

_WORDS = {  # each of them means one word only
    "expert": "advanced", "experts": "advanced", "hard": "advanced", "senior": "advanced",
    "introductory": "beginner", "introduction": "beginner", "intro": "beginner",
    "basic": "beginner", "easy": "beginner", "novice": "beginner", "entry": "beginner",
    "beginners": "beginner", "medium": "intermediate", "mid": "intermediate",
    "all": "any", "all levels": "any", "everyone": "any", "anyone": "any", "general": "any",
    "presentation": "talk", "lecture": "talk", "session": "talk", "breakout": "talk",
    "lightning talk": "lightning", "ignite": "lightning", "birds of a feather": "bof",
    "panel discussion": "panel", "hands on": "workshop", "lab": "workshop", "meetup": "meeting",
    "movie": "film", "documentary": "film", "canceled": "cancelled", "called off": "cancelled",
    "not recorded": "not-recorded", "unrecorded": "not-recorded", "planned": "scheduled",
    "done": "held", "took place": "held", "happened": "held", "recording": "video",
    "youtube": "video", "slide": "slides", "deck": "slides", "slide deck": "slides", "repo": "code",
    "repository": "code", "github": "code", "source": "code", "blog": "article",
    "blog post": "article", "post": "article", "website": "other", "homepage": "other",
    "agenda": "schedule", "sched": "schedule", "spoken": "said", "told": "said", "slides": "shown",
    "concluded": "inferred", "derived": "inferred", "article": "reported",
}  # fmt: skip

_KEYS = {  # the key of a record by what others call it, the likeliest first
    "time": ("at", "start"), "timestamp": ("at", "start"), "minute": ("at",),
    "position": ("at", "role"),
    "timecode": ("at",), "tags": ("themes",), "tag": ("themes",), "topics": ("themes",),
    "topic": ("themes",), "theme": ("themes",), "categories": ("themes", "tracks"),
    "presenter": ("speakers", "by"), "presenters": ("speakers",), "speaker": ("speakers", "by"),
    "person": ("by", "speakers"), "people": ("speakers",), "who": ("by", "speakers"),
    "company": ("org", "by"), "employer": ("org",), "organization": ("org", "by"),
    "organisation": ("org", "by"), "affiliation": ("org",), "date": ("start",), "day": ("start",),
    "when": ("start", "date"), "begin": ("start",), "begins": ("start",), "from": ("start",),
    "starts": ("start",), "finish": ("end",), "until": ("end",), "to": ("end",), "ends": ("end",),
    "description": ("summary", "abstract", "text", "note"), "desc": ("summary", "text"),
    "content": ("text",), "quote": ("text",), "statement": ("text",), "learning": ("text",),
    "link": ("url",), "href": ("url",), "uri": ("url",), "address": ("url",), "website": ("url",),
    "homepage": ("url",), "name": ("title", "label"), "title": ("label", "role", "name", "text"),
    "heading": ("title",), "difficulty": ("level",), "audience": ("level",), "lang": ("language",),
    "type": ("kind", "system"), "format": ("kind", "system"), "state": ("status",),
    "track": ("tracks",), "location": ("room", "venue", "city"), "place": ("room", "venue"),
    "hall": ("room",), "tz": ("timezone",), "zone": ("timezone",), "author": ("contributed_by",),
    "by": ("author", "contributed_by"),
    "writer": ("author", "contributed_by"), "authors": ("author", "contributed_by"),
    "contributor": ("contributed_by",), "written_by": ("author", "contributed_by"),
    "ai": ("ai_assisted",),
    "job": ("role",), "job_title": ("role",), "number": ("value",),
    "amount": ("value",), "unit": ("label",), "what": ("label",), "source": ("sources",),
    "account": ("from",), "project": ("projects",), "alias": ("aliases",), "synonyms": ("aliases",),
    "nation": ("country",), "keyword": ("keywords",), "slug": ("id",), "key": ("id",),
    "learned": ("learnings",), "takeaways": ("learnings",), "lessons": ("learnings",),
    "numbers": ("figures",), "metrics": ("figures",), "news": ("announcements",),
    "resources": ("links",), "urls": ("links",), "see_also": ("related",),
    "published": ("publish",), "replaced_by": ("superseded_by",),
}  # fmt: skip
LINKS = {  # keys that people write for a link of a kind
    "video": "video", "recording": "video", "youtube": "video", "videos": "video",
    "slides": "slides", "deck": "slides", "slide_deck": "slides", "presentation": "slides",
    "code": "code", "repo": "code", "repository": "code", "github": "code", "article": "article",
    "blog": "article", "schedule": "schedule", "url": "other", "link": "other", "website": "other",
    "webpage": "other", "homepage": "other",
}  # fmt: skip


def word(text: str, allowed: Collection[str]) -> Meaning:
    """Which of the allowed words a text means.

    >>> word("Expert", ["beginner", "advanced"]), word("Lightning Talk", ["lightning"]).values
    (Meaning(values=('advanced',), certain=True), ('lightning',))
    """
    folded = _folded(text)
    for other in (folded, _WORDS.get(folded, ""), folded.removesuffix("s")):
        for each in allowed:
            if _folded(each) == other:
                return Meaning.of(each)
    short = folded.rstrip(".")
    begun = [each for each in allowed if len(short) > 2 and each.startswith(short)]
    near = begun if len(begun) == 1 else slugs.nearest(text, allowed, count=1)
    return Meaning.perhaps(*near) if near else NOTHING


def key(text: str, known: Collection[str]) -> Meaning:
    """Which of the known keys somebody calls by another name, or writes with other signs.

    >>> key("Time", ["text", "at"]), key("not-about", ["not_about"]).values
    (Meaning(values=('at',), certain=True), ('not_about',))
    """
    folded = _folded(text).replace(" ", "_")
    for each in known:
        if each == folded:
            return Meaning.of(each)
    others = [each for each in _KEYS.get(folded, ()) if each in known]
    return Meaning.of(*others)


def near_key(text: str, known: Collection[str]) -> Meaning:
    """Which of the known keys a text is with a slip.

    >>> near_key("titel", ["title", "kind"])
    Meaning(values=('title',), certain=True)
    """
    near = slugs.nearest(text, known)
    strong = get_close_matches(text[:40], known, cutoff=CERTAIN)
    if len(strong) == 1:
        return Meaning.of(*strong)
    begins = [each for each in known if len(each) > 2 and text.startswith(each)]
    return Meaning.perhaps(*(strong or near[:1]), *begins)


def _folded(text: str) -> str:
    return " ".join(slugs.fold(text[:200]).replace("-", " ").replace("_", " ").split())
