"""After any edits, a build that knows the last one gives the site of a build that knows nothing.

KBSITE_EDITS says how many edits in a row (20 if it is not set); after each there is a build, and
after every tenth the site is compared with a clean one.
"""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbsite import build as building
from kbsite.cache import FOLDER
from kbsite.errors import ContentError
from tests.conftest import SMALL
from tests.test_build import tree

EDITS = int(os.environ.get("KBSITE_EDITS", "20"))
EVERY = 10
CONF = "sessions/example-conf-2031"
WORDS = ("kernel", "seeing", "<b>page</b>", "naïve & co.", "30%", "[[theme:kernel]]", "so long")
NAMES = ("Ada Example", "Bo Example", "Cy Example", "Dé Exämple", "Ada Exemple")


def records(root: Path) -> list[Path]:
    return sorted(p for p in (root / CONF).glob("*.yaml") if p.stem != "event")


def phrase(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(1, 5)))


def one(chance: random.Random) -> dict[str, object]:
    """Some fields of a session."""
    fields: dict[str, object] = {
        "title": f"{phrase(chance)} {chance.randint(1, 9)}",
        "summary": phrase(chance),
        "abstract": f"{phrase(chance)}\n\n* {phrase(chance)}\n",
        "room": chance.choice(["Hall A", "Hall B"]),
        "level": chance.choice(["beginner", "advanced"]),
        "kind": chance.choice(["talk", "keynote", "panel"]),
        "status": chance.choice(["held", "cancelled"]),
        "start": f"2031-04-0{chance.randint(1, 3)}T1{chance.randint(0, 9)}:00",
        "speakers": [{"name": name} for name in chance.sample(NAMES, chance.randint(1, 3))],
        "themes": chance.sample(["kernel", "seeing"], chance.randint(1, 2)),
        "projects": chance.sample(["Tiny Kernel", "Other"], chance.randint(0, 2)),
        "learnings": [{"id": f"l{at}", "text": phrase(chance)} for at in range(3)],
        "publish": chance.random() < 0.9,
    }
    return {key: fields[key] for key in chance.sample(sorted(fields), chance.randint(1, 4))}


def change_session(root: Path, chance: random.Random) -> None:
    file = chance.choice(records(root))
    record = yaml.safe_load(file.read_text("utf-8"))
    record.update(one(chance))
    if "start" in record:
        record.pop("end", None)
    file.write_text(yaml.safe_dump(record, sort_keys=False, allow_unicode=True), "utf-8")


def add_session(root: Path, chance: random.Random) -> None:
    record = {"title": f"New {chance.random()}", **one(chance), "sources": [{"system": "notebook"}]}
    file = root / CONF / f"new-{chance.randint(1, 20)}.yaml"
    file.write_text(yaml.safe_dump(record, sort_keys=False, allow_unicode=True), "utf-8")


def delete_session(root: Path, chance: random.Random) -> None:
    if len(records(root)) > 4:
        chance.choice(records(root)).unlink()


def rename_session(root: Path, chance: random.Random) -> None:
    file = chance.choice(records(root))
    file.rename(file.with_name(f"renamed-{chance.randint(1, 20)}.yaml"))


def swap_sessions(root: Path, chance: random.Random) -> None:
    """Two records whose texts change places, and their times with them."""
    first, second = chance.sample(records(root), 2)
    first.rename(root / "aside")
    second.rename(first)
    (root / "aside").rename(second)


def change_theme(root: Path, chance: random.Random) -> None:
    file = chance.choice(sorted((root / "themes").glob("*.md")))
    name = f"{file.stem.title()} {chance.randint(1, 3)}"
    file.write_text(f"---\nname: {name}\nsummary: {phrase(chance)}\n---\n{phrase(chance)}\n")


def add_or_delete_theme(root: Path, chance: random.Random) -> None:
    file = root / "themes" / "third.md"
    if file.exists():
        file.unlink()
    else:
        file.write_text(f"---\nname: Third {chance.randint(1, 9)}\nrelated: [kernel]\n---\nIt.\n")


def change_page(root: Path, chance: random.Random) -> None:
    name = chance.choice(["about.md", "extra.md", "articles/another.md"])
    front = "summary: Short.\ndate: 2031-04-02\n" if "/" in name else ""
    text = f"---\ntitle: {phrase(chance)!r}\n{front}---\n# A page\n\n{phrase(chance)}\n"
    (root / "content" / name).write_text(text, "utf-8")


def change_person(root: Path, chance: random.Random) -> None:
    file = root / "content" / "speakers" / "cy-example.md"
    if file.exists():
        file.unlink()
    else:
        file.write_text(f"---\nname: Cy Example\n---\n{phrase(chance)}\n")


def change_configuration(root: Path, chance: random.Random) -> None:
    site_url = chance.choice(["", "https://example.org/kb/"])
    custom = ", custom_dir: overrides" if (root / "overrides").exists() else ""
    (root / "mkdocs.yml").write_text(
        f"site_name: Name {chance.randint(1, 3)}\ndocs_dir: content\nplugins: [kbsite]\n"
        f"site_url: '{site_url}'\ntheme: {{name: material{custom}}}\n"
        f"copyright: {chance.choice(['Me', 'You'])}\n"
    )


def change_template(root: Path, chance: random.Random) -> None:
    (root / "overrides").mkdir(exist_ok=True)
    block = chance.choice(["{{ page.title }}", "Hi", "{{ page.toc }}", "{{ page.url }}"])
    (root / "overrides" / "main.html").write_text(
        '{% extends "base.html" %}{% block announce %}{% if page %}'
        f"{block}{{% endif %}}{{% endblock %}}"
    )
    change_configuration(root, chance)


def change_the_site(root: Path, chance: random.Random) -> None:
    """Somebody's hands in what was built."""
    pages = sorted((root / "site").rglob("index.html"))
    page = chance.choice(pages) if pages else root / "nothing"
    if page.exists():
        page.unlink()
        if chance.random() < 0.5:
            page.write_text("not ours")


def lose_the_cache(root: Path, chance: random.Random) -> None:
    packs = sorted((root / FOLDER).rglob("*.pack"))
    for pack in chance.sample(packs, min(2, len(packs))):
        pack.unlink()


Edit = Callable[[Path, random.Random], None]
COMMON: list[Edit] = [change_session, change_session, change_theme, change_page, add_session]
RARE: list[Edit] = [
    *(delete_session, rename_session, swap_sessions, add_or_delete_theme, change_person),
    *(change_configuration, change_template, change_the_site, lose_the_cache),
]


def is_built(root: Path) -> bool:
    """Whether the records are in order, and so there is a new site."""
    try:
        building.build(root, search=False)
    except ContentError:
        return False
    return True


def copied(root: Path, place: Path) -> Path:
    """A copy of a knowledge base, without what builds made."""
    shutil.rmtree(place, ignore_errors=True)
    built = shutil.ignore_patterns("site", ".cache")
    return Path(shutil.copytree(root, place, ignore=built))


def put_back(copy: Path, root: Path) -> None:
    """Have all in `root` as it was when it was copied, but for what builds made."""
    for name in ("sessions", "themes", "content"):
        shutil.rmtree(root / name)
    shutil.copytree(copy, root, dirs_exist_ok=True)


@settings(
    max_examples=2,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
@given(seed=st.integers(0, 2**32))
def test_after_any_edits_the_site_is_that_of_a_clean_build(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # no secret
    root = copied(SMALL, tmp_path / str(seed))
    refused = 0
    for number in range(1, EDITS + 1):
        before = copied(root, tmp_path / "before")
        edit = chance.choice(COMMON if chance.random() < 0.6 else RARE)
        edit(root, chance)
        if not is_built(root):
            refused += 1
            put_back(before, root)
        if number % EVERY == 0:
            building.build(root, search=False)
            clean = copied(root, tmp_path / "clean")
            building.build(clean, search=False)
            assert tree(root / "site") == tree(clean / "site"), f"after {number} edits"
    assert refused < EDITS / 2
