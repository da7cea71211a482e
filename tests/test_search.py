"""What can be found, and the index that is made of it."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import tempfile
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

import pagefind_bin
import pytest

from kbsite import build as building
from kbsite import catalog
from kbsite.cache import FOLDER
from kbsite.errors import EnvironmentFailure
from kbsite.kinds.base import Site
from kbsite.pipeline import prepare
from kbsite.plugin.searching import key_of
from kbsite.search import INDEX, Documents, Indexing, documents
from tests import crawl
from tests.bases import ATTACK, CONFIG, EVENT, write, write_hostile
from tests.surroundings import Found, around, documents_of

CONF = "sessions/example-conf"
SESSION = {
    "title": "Łatwe & <b>fast</b> queues",
    "start": "2031-04-01",
    "room": "Hall 7",
    "speakers": [{"name": "Łukasz Żak", "org": "Example Works"}],
    "themes": ["queues"],
    "projects": ["Queuebert"],
    "summary": "Queues *explained*.",
    "abstract": "A long story of backlogs.",
    "learnings": [{"id": "short", "text": "Short queues are `fast`.", "at": "12:30"}],
}


def base(root: Path, **more: object) -> Path:
    files: dict[str, object] = {
        "mkdocs.yml": CONFIG,
        "content/index.md": ({"title": "Home"}, "Hello."),
        f"{CONF}/event.yaml": EVENT,
        f"{CONF}/one.yaml": SESSION,
        "themes/queues.md": ({"name": "Queues", "aliases": ["backlogs"]}, "All."),
    }
    return write(root, files | more)


def document(root: Path, path: str) -> str:
    return {each.path: each.html for each in documents_of(root)}[path]


def said_at_once(root: Path) -> dict[str, Any]:
    """What search knows before it has read a text."""
    output = next(each for each in prepare(root).outputs if each.path == "assets/names.gzip")
    made = output.make(around(Site(name="Example")))
    assert made == output.make(around(Site(name="Example")))
    known: dict[str, Any] = json.loads(gzip.decompress(made))
    return known


def given(found: Iterable[Found]) -> Documents:
    """Documents as the program is given them."""
    return documents((f"{each.path}index.html", each.html.encode()) for each in found)


def meta(html: str) -> dict[str, str]:
    return dict(re.findall(r'pagefind-meta="([\w-]+)\[content\]" content="([^"]*)"', html))


def test_a_session_is_found_by_all_that_is_said_of_it(tmp_path: Path) -> None:
    html = document(base(tmp_path), f"{CONF}/one/")
    said = {
        "kind": "session",
        "title": "Łatwe &amp; &lt;b&gt;fast&lt;/b&gt; queues",
        "context": "Łukasz Żak · Example Conf",
        "event": "Example Conf",
        "learning-short": "12:30",
    }
    assert meta(html) == said
    for words in ("Łukasz Żak", "Example Works", "Queues", "Queuebert", "Hall 7", "explained"):
        assert words in html
    # Only there to be found, after all that is shown
    assert html.index("\u2063 latwe") < html.index("\u2063 lukasz zak") < html.index("<h2 ")
    assert '<p data-pagefind-weight="0.5">A long story of backlogs.</p>' in html
    assert '<h2 id="learning-short" data-pagefind-weight="7">Short queues are fast.</h2>' in html


def test_figures_quotes_and_announcements_are_found(tmp_path: Path) -> None:
    said = {
        "figures": [{"value": "30 million", "label": "predictions a second"}],
        "quotes": [{"id": "own", "text": "Vulnerability is *statistical*."}],
        "announcements": [{"title": "Queuebert was donated", "text": "To *everybody*."}],
    }
    root = base(tmp_path, **{f"{CONF}/one.yaml": SESSION | said})
    html = document(root, f"{CONF}/one/")
    assert "Figures, in numbers. 30 million predictions a second" in html
    assert '<h2 id="quote-own" data-pagefind-weight="7">Vulnerability is statistical.</h2>' in html
    assert "Queuebert was donated. To everybody." in html
    anchored = html.index("<h2 ")  # what follows would be found as a part of the learning
    assert all(html.index(words) < anchored for words in ("30 million", "donated"))
    assert "In numbers" not in document(base(tmp_path / "none"), f"{CONF}/one/")


def test_learnings_and_quotes_say_where_they_come_from(tmp_path: Path) -> None:
    said = {
        "learnings": [
            {"id": "one", "text": "Short is fast.", "basis": "inferred"},
            {"id": "two", "text": "Long is slow.", "basis": "shown"},
            {"id": "three", "text": "Nobody says."},
        ],
        "quotes": [{"id": "four", "text": "Short!", "by": "Łukasz Żak", "basis": "said"}],
        "provenance": {"contributed_by": "Soumia"},
    }
    found = meta(document(base(tmp_path, **{f"{CONF}/one.yaml": SESSION | said}), f"{CONF}/one/"))
    assert {key: words for key, words in found.items() if key.startswith("basis-")} == {
        "basis-learning-one": "Inferred by Soumia, not said in the session",
        "basis-learning-two": "Shown on a slide",
        "basis-quote-four": "Said by Łukasz Żak",
    }


def test_a_learning_is_found_by_what_it_is_about(tmp_path: Path) -> None:
    html = document(base(tmp_path), f"{CONF}/one/")
    assert html.index("kblearned<") < html.index("<h2 ")
    assert "\u2063 Queues, Queuebert<" in html[html.index("<h2 ") :]
    nothing = {f"{CONF}/one.yaml": SESSION | {"learnings": []}}
    assert "kblearned" not in document(base(tmp_path / "none", **nothing), f"{CONF}/one/")


def test_every_day_of_an_event_is_found_where_it_is_shown(tmp_path: Path) -> None:
    html = document(base(tmp_path / "few"), "events/example-conf/2031-04-01/")
    assert meta(html) == {
        "kind": "page",
        "title": "Tuesday 1 April 2031, Example Conf",
        "context": "Schedule · 1 session",
        "to": "events/example-conf/#day-2031-04-01",
    }
    many = {f"{CONF}/s{number}.yaml": SESSION for number in range(200)}
    root = base(tmp_path / "many", **many)
    path = "events/example-conf/2031-04-01/"
    assert path in {page.path for page in prepare(root).pages}
    assert "to" not in meta(document(root, path))


def test_a_hand_written_page_below_sessions_is_not_a_session(tmp_path: Path) -> None:
    by_hand = ({"title": "By hand"}, "All of them.")
    root = base(tmp_path, **{"content/sessions/by-hand.md": by_hand})
    site = building.build(root).site_dir
    assert "/sessions/by-hand/" in crawl.fragments(site)
    assert len(json.loads((site / INDEX / "sessions.json").read_text())) == 1


def test_everything_with_a_page_is_found_by_its_name_or_its_text(small: Path) -> None:
    (small / "content" / "by-hand.md").write_text("---\ntitle: By hand\n---\nText.\n")
    prepared = prepare(small)
    said = said_at_once(small)
    texts = [each.path for each in documents_of(small)]
    named: list[str] = []
    told: list[str] = []  # about these somebody wrote something: they are found by that too
    for kind, _, address, rows in said["named"]:
        nodes = prepared.graph.nodes(catalog.named(kind))
        assert len(rows) == len(nodes)
        named += [address.replace("{0}", id) for id in nodes]
        bodies = {id for id, node in nodes.items() if getattr(node, "body", "").strip()}
        told += [address.replace("{0}", id) for id in bodies]
    assert len(texts) == len(set(texts))
    assert len(named) == len(set(named))
    assert {*texts} & {*named} == {*told}
    found = {*texts, *named}
    expected = {page.path for page in prepared.pages if page.searchable and not page.bare}
    assert expected <= found
    assert "by-hand/" in found


def test_things_are_said_at_once_by_all_that_they_are_called(tmp_path: Path) -> None:
    theme = {"name": "Queues", "aliases": ["backlogs"], "keywords": ["lag"], "summary": "*Lines.*"}
    theme["projects"] = ["Queuebert"]
    place = EVENT | {"short": "EC 2031", "city": "Bern", "country": "CH"}
    known = {"themes/queues.md": (theme, "All."), f"{CONF}/event.yaml": place}
    said = said_at_once(base(tmp_path, **known))
    things = {kind: rows for kind, _, _, rows in said["named"]}
    assert things["theme"] == [["Queues", 1, "Lines.", 0, ["backlogs"], ["lag"], [0]]]
    assert things["project"] == [["Queuebert", 1]]
    assert things["person"] == [["Łukasz Żak", 1, "Example Works"]]
    assert things["organisation"] == [["Example Works", 1]]
    [event] = things["event"]
    assert event[:4] == [
        "Example Conf", 1, "Bern, Switzerland · 1–2 April 2031", 0,
    ]  # fmt: skip
    assert event[4:] == [["EC 2031"], ["Bern"]]
    assert said["first"] == [0]


def test_titles_are_said_at_once_with_what_their_ids_need(tmp_path: Path) -> None:
    names = {"queues": "Queues", "queues-2": "Queues!", "other": "Queues?", "katzen-o": "Katzen Ø"}
    sessions = {f"{CONF}/{id}.yaml": {"title": title} for id, title in names.items()}
    said = said_at_once(base(tmp_path, **sessions))
    ids = dict(zip(said["titles"], (said["ids"].get(str(at)) for at in range(5)), strict=True))
    assert ids == {
        SESSION["title"]: "one", "Queues": None, "Queues!": 2, "Queues?": "other", "Katzen Ø": None,
    }  # fmt: skip
    assert said["events"] == [["example-conf", "Example Conf", 5]]
    assert [0] in said["speakers"]


def test_every_result_is_of_a_kind_with_a_heading(small: Path) -> None:
    said = said_at_once(small)
    headings = dict((*((kind, heading) for kind, heading, *_ in said["named"]), *said["others"]))
    assert headings["person"] == "People"
    known = {kind for kind, *_ in said["named"]} | {"learning", "quote"}
    assert {meta(each.html)["kind"] for each in documents_of(small)} | known == set(headings)


def test_words_that_have_none_beside_them_are_indexed_in_pairs(tmp_path: Path) -> None:
    said = {"title": "分布式追踪", "abstract": "การประมวลผล of l’observabilité"}
    html = document(base(tmp_path, **{f"{CONF}/one.yaml": SESSION | said}), f"{CONF}/one/")
    assert "\u2063 分布 布式 式追 追踪<" in html
    assert "observabilite" in html


def test_what_is_not_published_or_wants_not_to_be_found_is_not(tmp_path: Path) -> None:
    hidden = ({"title": "Hidden", "search": {"exclude": True}}, "Secretive.")
    root = base(
        tmp_path,
        **{
            f"{CONF}/two.yaml": {"title": "Secretive", "publish": False},
            "content/hidden.md": hidden,
        },
    )
    found = documents_of(root)
    assert not any("Secretive" in each.html for each in found)
    building.build(root)
    fragments = crawl.fragments(root / "site")
    assert f"/{CONF}/one/" in fragments
    assert "Secretive" not in json.dumps(fragments)


def test_text_is_text_in_documents(tmp_path: Path) -> None:
    found = documents_of(write_hostile(tmp_path))
    assert sum(escape(ATTACK) in each.html for each in found) > 5
    for each in found:
        page = crawl.read(each.html)
        assert {tag for tag, _, _ in page.attributes} <= {"html", "meta", "p", "h2"}, each.path
        assert page.scripts == []
        assert page.faults == []


def test_two_runs_give_the_same_bytes_in_whatever_order_files_come(tmp_path: Path) -> None:
    found = documents_of(base(tmp_path / "base"))
    sites = []
    for name, order in (("one", found), ("two", tuple(reversed(found)))):
        indexing = Indexing(given(order), [f"{CONF}/one/"], tmp_path / name)
        indexing.finish()
        files = [path for path in (tmp_path / name).rglob("*") if path.is_file()]
        sites.append({path.relative_to(tmp_path / name): path.read_bytes() for path in files})
    assert sites[0] == sites[1]


def test_only_what_is_used_is_published(tmp_path: Path) -> None:
    root = base(tmp_path)
    building.build(root)
    names = sorted(path.name for path in (root / "site" / INDEX).iterdir())
    assert [name for name in names if not name.endswith(".pf_meta")] == [
        "fragment", "index", "pagefind-entry.json", "pagefind.js", "sessions.json",
        "wasm.en.pagefind",
    ]  # fmt: skip


def names_and_pages(index: Path) -> tuple[list[str], dict[str, str]]:
    """Pagefind's names of the sessions, and the page that it has each name for."""
    names = json.loads((index / "sessions.json").read_text())
    files = {file.stem: file for file in (index / "fragment").iterdir()}
    texts = {name: gzip.decompress(files[name].read_bytes())[12:] for name in filter(None, names)}
    return names, {name: json.loads(text)["url"] for name, text in texts.items()}


def test_the_index_names_the_sessions_in_their_order(tmp_path: Path) -> None:
    order = [f"{CONF}/{name}/" for name in ("one", "three", "two")]
    sessions = {f"{path.rstrip('/')}.yaml": {"title": path} for path in order}
    found = documents_of(base(tmp_path / "base", **sessions))
    Indexing(given(found), order, tmp_path / "index").finish()
    names, pages = names_and_pages(tmp_path / "index")
    assert [pages[name] for name in names] == [f"/{path}" for path in order]
    fewer = [each for each in found if each.path != order[1]]  # as where MkDocs leaves out a page
    Indexing(given(fewer), order, tmp_path / "fewer").finish()
    names, pages = names_and_pages(tmp_path / "fewer")
    assert [pages.get(name) for name in names] == [f"/{order[0]}", None, f"/{order[2]}"]


def test_another_order_of_sessions_is_another_index(tmp_path: Path) -> None:
    found = given(documents_of(base(tmp_path / "base", **{f"{CONF}/two.yaml": SESSION})))
    order = [f"{CONF}/one/", f"{CONF}/two/"]
    assert key_of(found, order) != key_of(found, order[::-1])
    assert key_of(found, order) == key_of(found, list(order))
    found.close()


def test_an_index_of_a_form_that_is_not_known_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program"
    program.write_text(
        "#!/bin/sh\n"
        "while [ $1 != --output-path ]; do shift; done\n"
        'mkdir -p "$2/fragment"; touch "$2/pagefind.js"; echo other > "$2/fragment/en_1.pf_other"\n'
    )
    program.chmod(0o755)
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: program)
    with pytest.raises(EnvironmentFailure, match=r"has 0 of 1 sessions .* --no-search"):
        building.build(base(tmp_path / "base"))


def test_materials_own_index_is_not_made(tmp_path: Path) -> None:
    root = base(tmp_path, **{"mkdocs.yml": CONFIG | {"plugins": ["search", "kbsite"]}})
    site = building.build(root).site_dir
    assert not (site / "search").exists()
    assert (site / INDEX).is_dir()
    page = (site / "index.html").read_text()
    assert "md-search__input" not in page
    assert page.count("data-kb-search") == 2


def test_a_missing_program_names_the_ways_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Path:
        raise FileNotFoundError

    monkeypatch.setattr(pagefind_bin, "get_executable", missing)
    with pytest.raises(EnvironmentFailure) as failure:
        building.build(base(tmp_path))
    assert "is not installed; install it with 'pip install" in str(failure.value)
    assert "kbsite build --no-search" in str(failure.value)
    building.build(tmp_path, search=False)


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("#!/bin/sh\necho no space >&2; exit 3\n", "failed: no space"),
        ("no program", "cannot be run"),
    ],
)
def test_a_failing_program_is_quoted_and_leaves_the_last_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, says: str
) -> None:
    root = base(tmp_path / "base")
    building.build(root)
    before = (root / "site" / INDEX / "pagefind-entry.json").read_bytes()
    shutil.rmtree(root / FOLDER)  # or the same index would not be made again
    program = tmp_path / "program"
    program.write_text(script)
    program.chmod(0o755)
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: program)
    with pytest.raises(EnvironmentFailure, match=says):
        building.build(root)
    assert (root / "site" / INDEX / "pagefind-entry.json").read_bytes() == before


def test_where_nothing_can_be_written_the_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = base(tmp_path / "base")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with pytest.raises(EnvironmentFailure, match=r"missing.*name another folder in TMPDIR"):
        given(documents_of(root))


def test_pages_that_mkdocs_leaves_out_are_not_found(tmp_path: Path) -> None:
    config = CONFIG | {"exclude_docs": "secret.md", "draft_docs": "draft.md"}
    config |= {"not_in_nav": "quiet.md"}
    pages = {f"content/{n}.md": ({"title": n}, "Words.") for n in ("secret", "draft", "quiet")}
    root = base(tmp_path, **{"mkdocs.yml": config, **pages})
    fragments = crawl.fragments(building.build(root).site_dir)
    assert "/quiet/" in fragments
    assert not {"/secret/", "/draft/"} & set(fragments)
