"""Knowledge bases of any size: from a corpus of real talks where there is one, else invented."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

import yaml

from kbsite import slugs
from kbsite.meant import hidden

REPO = Path(__file__).parent.parent.parent
TALKS = REPO.parent / "shared" / "corpora" / "pyvideo.ndjson.gz"
WORDS = (
    "testing", "data", "async", "typing", "packaging", "web", "scaling", "security", "learning",
    "community", "performance", "databases", "kernels", "networks", "robots", "science", "teaching",
    "deployment", "tooling", "observability",
)  # fmt: skip
# What would be Markdown, a link or a control character in prose
_MARKUP = re.compile(r"[<>\[\]`*_|\\]|\S+://\S*|www\.\S+|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_AROUND = " \u201c\u201d"  # names and titles
MKDOCS = """\
site_name: Benchmark
site_url: https://kb.example/
docs_dir: content
theme: material
plugins: [{kbsite: {pictures: few}}]
"""


def write(folder: Path, sessions: int, corpus: Path = TALKS) -> str:
    """Write a knowledge base of so many sessions into `folder`; returns where they came from.

    Where `corpus` has fewer talks, they are held again at other events.
    """
    talks, origin = _talks(sessions, corpus)
    (folder / "content").mkdir(parents=True)
    (folder / "content" / "index.md").write_text("---\ntitle: Benchmark\n---\nTalks.\n")
    (folder / "mkdocs.yml").write_text(MKDOCS)
    (folder / "themes").mkdir()
    for word in WORDS:
        (folder / "themes" / f"{word}.md").write_text(
            f"---\nname: {word.capitalize()}\nsummary: On {word}.\n---\nAll about {word}.\n"
        )
    held: dict[str, list[str]] = {}
    taken: set[str] = set()
    for talk in talks:
        event = slugs.slug(talk["_event"])
        stem = slugs.slug(talk["title"]) or "talk"
        while f"{event}/{stem}" in taken:
            stem = f"{stem[:70].rstrip('-')}-{len(taken)}"
        taken.add(f"{event}/{stem}")
        day = str(talk.get("recorded") or "")[:10]
        day = day if re.fullmatch(r"(19|20)\d\d-\d\d-\d\d", day) else "2020-01-01"
        held.setdefault(event, []).append(day)
        path = folder / "sessions" / event / f"{stem}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        record = _record(talk, day) | _scheduled(day, len(held[event]) - 1)
        path.write_text(_dump(record), encoding="utf-8")
    for event, days in held.items():
        record = {
            "name": event.replace("-", " ").title(),
            "timezone": "UTC",
            "start": min(days),
            "end": max(days),
        }
        (folder / "sessions" / event / "event.yaml").write_text(_dump(record), encoding="utf-8")
    return origin


def _talks(number: int, corpus: Path) -> tuple[Iterator[dict[str, Any]], str]:
    """So many talks of whole events, and where they came from."""
    if not corpus.is_file():
        return _invented(number), "invented talks (no corpus found)"
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        talks = [json.loads(line) for line in lines]
    events = sorted({talk["_event"] for talk in talks})
    random.Random(7).shuffle(events)  # noqa: S311  # a fixed order, no secret
    order = {event: at for at, event in enumerate(events)}
    talks.sort(key=lambda talk: (order[talk["_event"]], talk["_file"]))
    return islice(repeated(talks), number), "real talks"


def repeated(talks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """All talks, and all again at other events, for ever."""
    yield from talks
    for turn in count(2):
        for talk in talks:
            yield talk | {"_event": f"{talk['_event']} again {turn}"}


def _invented(number: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(7)  # noqa: S311  # likewise
    for at in range(number):
        topic = chance.sample(WORDS, 3)
        yield {
            "_event": f"example-conf-{at // 60}",
            "title": f"{topic[0].capitalize()} and {topic[1]}, part {at}",
            "recorded": "2024-05-04",
            "speakers": [f"Ada Example-{chance.randrange(max(1, number // 2))}"],
            "description": " ".join(
                f"This talk is about {chance.choice(WORDS)} and {chance.choice(WORDS)}."
                for _ in range(20)
            ),
            "videos": [{"url": f"https://example.org/{at}"}],
        }


def _record(talk: dict[str, Any], day: str) -> dict[str, Any]:
    """A talk as a session, its first sentences standing in for a summary and two learnings."""
    text = hidden.without(_MARKUP.sub(" ", talk.get("description") or ""))
    sentences = [
        s.strip() for s in re.split(r"(?<=[.!?])\s+", " ".join(text.split())) if len(s) > 30
    ]
    names = dict.fromkeys(
        name.strip(_AROUND) for name in talk.get("speakers") or [] if slugs.slug(name.strip())
    )
    title = " ".join(hidden.without(str(talk["title"])).split()).strip(_AROUND)
    chosen = [w for w in WORDS if w in f"{title} {text}".lower()][:3] or [
        WORDS[len(title) % len(WORDS)]
    ]
    record: dict[str, Any] = {
        "title": title or "Untitled",
        "start": day,
        "speakers": [{"name": name} for name in {slugs.slug(n): n for n in names}.values()],
        "themes": chosen,
        "provenance": {"contributed_by": "Ada Example"},
    }
    if sentences:
        record["summary"] = sentences[0]
        record["abstract"] = " ".join(sentences)[:1500]
        record["learnings"] = [
            {"id": f"l{at}", "text": sentence} for at, sentence in enumerate(sentences[1:3])
        ]
    videos = [
        v["url"] for v in talk.get("videos") or [] if str(v.get("url", "")).startswith("http")
    ]
    if videos and not re.search(r"[\s\"<>{}|\\^`\[\]]", videos[0]):
        record["links"] = [{"kind": "video", "url": videos[0]}]
    return {key: value for key, value in record.items() if value}


def _scheduled(day: str, number: int) -> dict[str, str]:
    """The hour and the room of every other session of an event."""
    turn, odd = divmod(number, 2)
    if odd:
        return {}
    hour, half = divmod(turn // 4 % 16, 2)
    start = f"{9 + hour:02}:{half * 30:02}"
    end = f"{9 + hour:02}:{half * 30 + 25:02}"
    room = f"Room {turn % 4 + 1}"
    return {"start": f"{day}T{start}", "end": f"{day}T{end}", "room": room}


def _dump(record: dict[str, Any]) -> str:
    return str(
        yaml.dump(record, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100)
    ).replace("!!", "")
