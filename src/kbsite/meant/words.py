"""Words of a fixed set, and keys, by the words that others use for them."""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches
from functools import cache

from kbsite import slugs
from kbsite.meant.meaning import NOTHING, Meaning

CERTAIN = 0.75  # how alike a key and the only one that it nearly is have to be

_SAID = {  # for each word of a set those that others use
    "advanced": "expert, experts, hard, senior, 300, 301, 400, 401, deep dive, professional, "
    "fortgeschritten, avance, avanzado, avanzato, gevorderd, high, difficult",
    "beginner": "introductory, introduction, intro, basic, basics, easy, novice, entry, newbie, "
    "beginners, 100, 101, low, starter, foundation, fundamentals, anfanger, einsteiger, "
    "debutant, principiante, entry level, junior, no experience",
    "intermediate": "medium, mid, moderate, 200, 201, mittel, moyen, intermedio, average",
    "any": "all, all levels, any level, everyone, everybody, anyone, general, alle, todos, tous, "
    "all audiences, general audience, beginner to advanced",
    "talk": "presentation, lecture, session, breakout, breakout session, vortrag, conference, "
    "charla, speech, regular talk, sponsored talk, sponsored session, case study, "
    "maintainer track, conference talk",
    "lightning": "lightning talk, ignite, ignite talk, short talk, lt",
    "bof": "birds of a feather, birds of feather, unconference, discussion group",
    "panel": "panel discussion, round table, roundtable, fireside chat, discussion, podium",
    "workshop": "hands on, lab, hands on lab, codelab, training, atelier, taller",
    "tutorial": "course, class, how to, walkthrough",
    "keynote": "plenary, opening, opening remarks, closing remarks, opening keynote",
    "meeting": "meetup, meet up, get together, networking, office hours, social",
    "film": "movie, documentary",
    "demo": "demonstration, live demo, demos",
    "contribfest": "contribution fest, sprint, hackathon",
    "poster": "poster session",
    "cancelled": "canceled, called off, no show, abgesagt, annule, cancelado, dropped",
    "not-recorded": "not recorded, unrecorded, no recording, no video",
    "scheduled": "planned, upcoming, accepted, confirmed, future, tentative, approved, "
    "announced, pending, geplant, prevu",
    "held": "done, took place, happened, recorded, completed, complete, finished, past, over, "
    "ended, live, delivered, given, presented, active, published, ok, final, stattgefunden, "
    "was held, on demand, available",
    "withdrawn": "retracted, pulled, removed, declined",
    "video": "recording, youtube, vimeo, stream, livestream, live stream, mp4, webm, movie, "
    "watch, playback, on demand",
    "slides": "slide, deck, slide deck, pdf, ppt, pptx, powerpoint, google slides, keynote, "
    "presentation, slideshare, speaker deck, folien, diapositives",
    "code": "repo, repository, github, gitlab, source, source code, git, demo, demo code, sandbox",
    "article": "blog, blog post, blogpost, post, medium, paper, write up, news, text, essay, "
    "transcript",
    "schedule": "agenda, sched, program, programme, timetable, session page",
    "other": "website, homepage, page, web, site, link, url, podcast, audio, social, twitter, "
    "linkedin, docs, documentation, misc, download, resource, tool, survey, mastodon",
    "said": "spoken, told, quote, quoted, speaker, verbal, talk, video, stated",
    "shown": "slides, slide, on slide, on slides, on screen, screenshot, demo, presented",
    "inferred": "concluded, derived, own, opinion, guess, assumed, my own, interpretation, "
    "inference",
    "reported": "article, report, blog, press, account, secondhand, second hand",
}
_FLAGS = {
    word: flag
    for flag, words in (
        (True, "yes y on 1 true ja oui si sí da tak x ✓ ✔ ✅ 是"),
        (False, "no n off 0 false nein non nie não ✗ ❌ 否"),
    )
    for word in words.split()
}
_NUMBERS = {
    word: number
    for number, words in enumerate((
        "zero none", "one first 1st", "two second 2nd", "three third 3rd", "four fourth 4th",
        "five fifth 5th", "six sixth 6th", "seven seventh 7th", "eight eighth 8th",
        "nine ninth 9th", "ten tenth 10th",
    ))
    for word in words.split()
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
    "published": ("publish", "date"), "published_at": ("date",), "published_on": ("date",),
    "publication_date": ("date",), "posted": ("date",),
    "replaced_by": ("superseded_by",), "intro": ("summary",),
    "outline": ("abstract",), "blurb": ("abstract",), "session_title": ("title",),
    "talk_title": ("title",), "talk": ("title",), "talk_type": ("kind",),
    "session_type": ("kind",), "session_format": ("kind",), "skill_level": ("level",),
    "experience_level": ("level",), "start_time": ("start",), "starttime": ("start",),
    "start_date": ("start",), "begin_time": ("start",), "end_time": ("end",), "endtime": ("end",),
    "end_date": ("end",), "full_name": ("name",), "fullname": ("name",), "display_name": ("name",),
    "speaker_name": ("name",), "organiser": ("org",), "works_at": ("org",), "workplace": ("org",),
    "firm": ("org",), "position_title": ("role",), "occupation": ("role",), "caption": ("label",),
    "link_text": ("label",), "lesson": ("text", "learnings"), "takeaway": ("text", "learnings"),
    "insight": ("text", "learnings"), "insights": ("learnings",), "key_takeaways": ("learnings",),
    "key_points": ("learnings",), "highlights": ("learnings",), "stats": ("figures",),
    "statistics": ("figures",), "citations": ("quotes",), "hashtags": ("themes",),
    "labels": ("themes",), "subjects": ("themes",), "subject": ("themes",), "stage": ("room",),
    "venue": ("room",),
    "venue_room": ("room",), "related_sessions": ("related",), "related_talks": ("related",),
    "redirects": ("aliases",), "old_ids": ("aliases",), "time_zone": ("timezone",),
    "event_name": ("name",), "first_day": ("start",), "last_day": ("end",), "town": ("city",),
    "building": ("venue",), "evidence": ("basis",), "confidence": ("basis",),
    "organizations": ("org",), "technologies": ("projects",), "tools": ("projects",),
    "products": ("projects",), "product": ("projects",), "added_by": ("contributed_by",),
    "created_by": ("contributed_by",), "submitted_by": ("contributed_by",),
    "reviewed_on": ("reviewed",), "last_reviewed": ("reviewed",), "reviewed_at": ("reviewed",),
    "ai_generated": ("ai_assisted",), "ai_used": ("ai_assisted",), "said_by": ("by",),
    "attribution": ("by",), "at_time": ("at",), "time_code": ("at",), "video_time": ("at",),
    # and in other languages, without accents
    "titre": ("title",), "titel": ("title",), "titulo": ("title",), "titolo": ("title",),
    "tytul": ("title",), "标题": ("title",), "题目": ("title",), "タイトル": ("title",),
    "題名": ("title",), "제목": ("title",), "название": ("title",), "untertitel": ("subtitle",),
    "sous_titre": ("subtitle",), "beginn": ("start",), "anfang": ("start",), "debut": ("start",),
    "inicio": ("start",), "inizio": ("start",), "datum": ("start",), "fecha": ("start",),
    "开始": ("start",), "开始时间": ("start",), "開始": ("start",), "ende": ("end",),
    "fin": ("end",), "fine": ("end",), "结束": ("end",), "結束": ("end",), "終了": ("end",),
    "raum": ("room",),
    "saal": ("room",), "salle": ("room",), "sala": ("room",), "zaal": ("room",), "房间": ("room",),
    "会場": ("room",), "sprache": ("language",), "langue": ("language",), "idioma": ("language",),
    "lingua": ("language",), "taal": ("language",), "语言": ("language",), "言語": ("language",),
    "niveau": ("level",), "nivel": ("level",), "livello": ("level",), "stufe": ("level",),
    "级别": ("level",), "sprecher": ("speakers",), "sprecherin": ("speakers",),
    "referent": ("speakers",), "referenten": ("speakers",), "vortragende": ("speakers",),
    "orateur": ("speakers",), "orateurs": ("speakers",), "intervenant": ("speakers",),
    "intervenants": ("speakers",), "ponente": ("speakers",), "ponentes": ("speakers",),
    "oradores": ("speakers",), "palestrantes": ("speakers",), "relatori": ("speakers",),
    "演讲者": ("speakers",), "讲者": ("speakers",), "講者": ("speakers",), "登壇者": ("speakers",),
    "докладчики": ("speakers",), "zusammenfassung": ("summary",), "resume": ("summary",),
    "resumen": ("summary",), "riassunto": ("summary",), "摘要": ("summary",), "要約": ("summary",),
    "beschreibung": ("summary", "text", "note"), "kurzfassung": ("abstract",),
    "themen": ("themes",), "temas": ("themes",), "temi": ("themes",), "主题": ("themes",),
    "projekte": ("projects",), "projets": ("projects",), "proyectos": ("projects",),
    "liens": ("links",), "enlaces": ("links",), "链接": ("links",), "spuren": ("tracks",),
    "art": ("kind",), "typ": ("kind",), "tipo": ("kind",), "nom": ("name",), "nombre": ("name",),
    "nome": ("name",), "名字": ("name",), "姓名": ("name",), "名前": ("name",), "firma": ("org",),
    "unternehmen": ("org",), "entreprise": ("org",), "empresa": ("org",), "societe": ("org",),
    "azienda": ("org",), "公司": ("org",), "所属": ("org",), "land": ("country",),
    "pays": ("country",), "pais": ("country",), "stadt": ("city",), "ville": ("city",),
    "ciudad": ("city",), "ort": ("room", "city"), "zitate": ("quotes",), "zahlen": ("figures",),
    "erkenntnisse": ("learnings",), "wert": ("value",), "veroffentlichen": ("publish",),
}  # fmt: skip
_INNER_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PARTS = re.compile(r"[^\w]+")
LINKS = {  # keys that people write for a link of a kind
    "video": "video", "recording": "video", "youtube": "video", "videos": "video",
    "slides": "slides", "deck": "slides", "slide_deck": "slides", "presentation": "slides",
    "code": "code", "repo": "code", "repository": "code", "github": "code", "article": "article",
    "blog": "article", "schedule": "schedule", "url": "other", "link": "other", "website": "other",
    "webpage": "other", "homepage": "other", "vimeo": "video", "recordings": "video",
    "youtube_video": "video", "watch": "video", "pdf": "slides", "slide": "slides",
    "slideshare": "slides", "github_repo": "code", "source_code": "code", "blog_post": "article",
    "sched": "schedule", "session_url": "schedule", "event_page": "schedule",
}  # fmt: skip


def word(text: str, allowed: Collection[str]) -> Meaning:
    """Which of the allowed words a text means.

    >>> word("Expert", ["beginner", "advanced"]), word("Lightning Talk", ["lightning"]).values
    (Meaning(values=('advanced',), certain=True), ('lightning',))
    """
    folded = _folded(text)
    whole = (folded, *_meant().get(folded, ()), folded.removesuffix("s"))
    for other in whole:
        for each in allowed:
            if _folded(each) == other:
                return Meaning.of(each)
    parts = [part for part in _PARTS.split(folded) if part]
    for other in [*reversed(parts), *(more for part in parts for more in _meant().get(part, ()))]:
        for each in allowed:
            if len(parts) > 1 and _folded(each) == other:
                return Meaning.perhaps(each)
    short = folded.rstrip(".")
    begun = [each for each in allowed if len(short) > 2 and each.startswith(short)]
    near = begun if len(begun) == 1 else slugs.nearest(text, allowed, count=1)
    return Meaning.perhaps(*near) if near else NOTHING


def flag(text: str) -> Meaning:
    """A text as true or false, or as either.

    >>> flag("Ja"), flag("perhaps").values
    (Meaning(values=(True,), certain=True), (True, False))
    """
    found = _FLAGS.get(text.strip().lower())
    return Meaning((True, False)) if found is None else Meaning.of(found)


def number(text: str) -> Meaning:
    """A text as a whole number.

    >>> number("12.0").values, number("first").values, number("some").values
    ((12,), (1,), ())
    """
    digits = text.strip().lower().removesuffix(".0")
    if digits.isascii() and digits.isdecimal() and len(digits) < 10:
        return Meaning.of(int(digits))
    return Meaning.of(_NUMBERS[digits]) if digits in _NUMBERS else NOTHING


def key(text: str, known: Collection[str]) -> Meaning:
    """Which of the known keys somebody calls by another name, or writes with other signs.

    >>> key("Time", ["text", "at"]), key("not-about", ["not_about"]).values
    (Meaning(values=('at',), certain=True), ('not_about',))
    """
    folded = _folded(_INNER_CAPITAL.sub(" ", text)).replace(" ", "_")
    for each in known:
        if each in (folded, f"{folded}s"):
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


def link_kind(key: str) -> str:
    """The kind of link for which somebody wrote a key; empty for any other.

    >>> link_kind("Video URL"), link_kind("slides_link"), link_kind("title")
    ('video', 'slides', '')
    """
    folded = _folded(_INNER_CAPITAL.sub(" ", key)).replace(" ", "_")
    for ending in ("", "_url", "_link", "_address", "_uri", "_href", "url", "link", "s"):
        if folded.endswith(ending) and (kind := LINKS.get(folded.removesuffix(ending))):
            return kind
    return ""


@cache
def _meant() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, others in _SAID.items():
        for other in others.split(", "):
            found.setdefault(other, []).append(word)
    return found


def _folded(text: str) -> str:
    return " ".join(slugs.fold(text[:200]).replace("-", " ").replace("_", " ").split())
