"""Two made one, with all that either said: `kbsite merge` and `kbsite supersede`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kbsite import yamlfile
from kbsite.catalog import ORGANISATION, PERSON, PROJECT, THEME, Thing
from kbsite.chores.desk import Desk
from kbsite.chores.merging import merge_named
from kbsite.chores.sessions import merge_sessions
from kbsite.chores.superseding import supersede
from kbsite.errors import ContentError, UsageError
from kbsite.pipeline import prepare
from tests.chores import base, changes, done, planned, texts
from tests.importers import schedules

Chore = Callable[[Desk], str]


def sessions(one: str, into: str, *keep: str) -> Chore:
    return lambda desk: merge_sessions(desk, one, into, keep)


def named(thing: Thing, one: str, into: str, *keep: str) -> Chore:
    return lambda desk: merge_named(desk, thing, one, into, keep)


def refusal(root: Path, chore: Chore) -> str:
    before = texts(root)
    with pytest.raises(UsageError) as refused:
        planned(root, chore)
    assert texts(root) == before
    return str(refused.value)


def says(root: Path, path: str) -> Mapping[str, object]:
    found = yamlfile.read(texts(root)[path])
    assert isinstance(found, dict)
    return found


# Sessions


def test_two_sessions_become_one_that_says_all_of_both(tmp_path: Path) -> None:
    before = texts(base(tmp_path))
    plan = done(tmp_path, sessions("conf/two", "conf/one", "conf/one"))
    after = texts(tmp_path)
    assert before.keys() - after.keys() == {"sessions/conf/two.yaml"}
    record = after["sessions/conf/one.yaml"]
    assert record.count("\n") == record.count("\r\n")
    for line in ('  - name: "Ada Kern"   # she\r\n', "# hers\r\n", "  # the best\r\n"):
        assert line in record
    assert record.endswith("# from sessions/conf/two.yaml:\r\n# of course\r\n")
    said = says(tmp_path, "sessions/conf/one.yaml")
    assert (said["title"], said["start"]) == ("One talk", "2031-04-01T10:00")
    assert [each["name"] for each in said["speakers"]] == ["Ada Kern", "Bo Test", "Cy Other"]  # type: ignore[attr-defined]
    assert [each["id"] for each in said["learnings"]] == ["less", "more"]  # type: ignore[attr-defined]
    assert "related" not in said
    assert "suggested_themes" not in said
    assert said["aliases"] == ["conf/two"]
    assert "superseded_by: conf/one#more\r\n" in record
    assert plan.remarks == ("title: 'Two' of conf/two is left out, as --keep says",)
    assert prepare(tmp_path).problems == ()
    assert plan.leads_on == {"sessions/conf/two/": "sessions/conf/one/"}


def test_what_is_related_to_both_is_related_to_one(tmp_path: Path) -> None:
    root = base(tmp_path)
    hidden = root / "sessions/conf/hidden.yaml"
    hidden.write_text(hidden.read_text() + "related: [conf/one, conf/two]  # both\n")
    done(root, sessions("conf/two", "conf/one", "INTO"))
    assert "related: [conf/one]  # both\n" in hidden.read_text()


def test_what_two_sessions_say_differently_is_asked(tmp_path: Path) -> None:
    root = base(tmp_path)
    two = root / "sessions/conf/two.yaml"
    two.write_text(two.read_text().replace("name: Ada  Kern", "{name: Ada Kern, org: Stone}"))
    assert refusal(root, sessions("conf/two", "conf/one")) == (
        "conf/two and conf/one do not say the same; nothing was changed\n"
        "  title: 'Two' or 'One talk'\n"
        "  speakers[Ada Kern].org: 'Stone' or 'Kern Labs'\n"
        "say whose to keep: --keep INTO for all, or for one field --keep 'title=ONE'"
    )
    keep = ["title=ONE", "speakers[Ada Kern].org=conf/one"]
    assert refusal(root, sessions("conf/two", "conf/one", *keep)) == (
        "nothing would name what is at /organisations/stone/ any more, and its address would lead "
        "nowhere; keep what names it, or join it with another first"
    )
    keep[1] = "speakers[Ada Kern].org=conf/two"
    done(root, sessions("conf/two", "conf/one", *keep))
    assert "title:   Two\r\n" in texts(root)["sessions/conf/one.yaml"]
    assert refusal(root, sessions("conf/one", "conf/hidden", "two")) == (
        "--keep two is none of the two; write --keep INTO, or for one field --keep title=ONE"
    )


def test_what_only_one_of_two_sessions_is_about_is_asked(tmp_path: Path) -> None:
    talk = "title: T\nsources: [{system: x}]\n"
    root = base(tmp_path, {
        "sessions/conf/a.yaml": f"{talk}themes: [queues]\nsuggested_themes: [seeing]\n",
        "sessions/conf/b.yaml": f"{talk}not_about: [Queues, seeing]\n",
    })  # fmt: skip
    assert "  themes[queues]: 'about queues' or 'not about queues'\n" in refusal(
        root, sessions("conf/a", "conf/b")
    )
    both = texts(root)
    done(root, sessions("conf/a", "conf/b", "INTO"))
    assert says(root, "sessions/conf/b.yaml")["not_about"] == ["Queues", "seeing"]
    assert says(root, "sessions/conf/b.yaml").keys().isdisjoint(["themes", "suggested_themes"])
    for path in ("sessions/conf/a.yaml", "sessions/conf/b.yaml"):
        (root / path).write_text(both[path])
    done(root, sessions("conf/a", "conf/b", "themes[queues]=ONE"))
    assert says(root, "sessions/conf/b.yaml")["themes"] == ["queues"]
    assert says(root, "sessions/conf/b.yaml")["not_about"] == ["seeing"]
    assert prepare(root).problems == ()


def test_claims_keep_what_they_rest_on_and_links_to_them(tmp_path: Path) -> None:
    root = base(
        tmp_path,
        {
            "sessions/conf/three.yaml": (
                "title: One talk\nspeakers: [{id: ada-kern}]\nbasis: said\n"
                "learnings:\n  - {id: less, text: Other., by: ada-kern, superseded_by: last}\n"
                "  - {id: same, text: less., by: ada-kern}\n"
                "  - {id: last, text: Last., by: ada-kern}\n"
                "quotes:\n  - {text: Hm., by: ada-kern}\nprovenance: {contributed_by: Di}\n"
            ),
            "content/more.md": "[[learning:conf/three#less]] and [[learning:conf/three#same]]\n",
        },
    )
    done(root, sessions("conf/three", "conf/one"))
    learnings = says(root, "sessions/conf/one.yaml")["learnings"]
    assert learnings[1:] == [  # type: ignore[index]
        {"id": "less-2", "text": "Other.", "by": "Ada Kern", "superseded_by": "#last",
         "basis": "said"},
        {"id": "last", "text": "Last.", "by": "Ada Kern", "basis": "said"},
    ]  # fmt: skip
    assert texts(root)["content/more.md"] == (
        "[[learning:conf/one#less-2]] and [[learning:conf/one#less]]\n"
    )
    assert "contributed_by: 'Cem, Di'" in texts(root)["sessions/conf/one.yaml"]


def test_what_is_not_published_is_not_published_by_joining(tmp_path: Path) -> None:
    root = base(tmp_path, {"sessions/conf/hidden.yaml": "title: One talk\npublish: false\n"})
    said = refusal(root, sessions("conf/hidden", "conf/one"))
    assert "  publish: false or true\n" in said


def test_the_next_import_brings_no_joined_session_back(tmp_path: Path) -> None:
    root = base(tmp_path / "base")
    (root / "mkdocs.yml").write_text("site_name: X\n")
    talks = [schedules.talk(uid, "On Queues - Ada Kern") for uid in ("1", "2")]
    schedules.import_calendar(root, *talks)
    folder = schedules.EVENT
    done(root, sessions(f"{folder}/on-queues-2", f"{folder}/on-queues"))
    before = texts(root)
    outcome = schedules.import_calendar(root, *talks)
    assert texts(root) == before
    assert [each.reason for each in outcome.left_out] == [f"it is {folder}/on-queues now"]


# What is named


def test_two_people_are_one_by_an_alias_and_records_stay(tmp_path: Path) -> None:
    before = texts(base(tmp_path))
    plan = done(tmp_path, named(PERSON, "Cy Other", "Bo Test"))
    after = texts(tmp_path)
    assert changes(before, after) == ["+aliases:\n", "+  - Cy Other\n"]
    assert plan.leads_on == {"people/cy-other/": "people/bo-test/"}


def test_a_session_that_lists_both_lists_one(tmp_path: Path) -> None:
    root = base(tmp_path)
    assert refusal(root, named(PERSON, "Cy Other", "Ada Kern", "x")).startswith("--keep x is none")
    done(root, named(PERSON, "Cy Other", "Ada Kern"))
    after = texts(root)
    assert "- name: Ada  Kern\nrelated:" in after["sessions/conf/two.yaml"]
    assert after["content/speakers/ada-kern.md"] == (
        "---\nname: Ada Kern\naliases:\n  - Cy Other\n---\n"
    )


def test_the_pages_of_two_become_one_with_the_text_of_both(tmp_path: Path) -> None:
    front = "name: Ada Kern  # she\nlinks: [{url: 'https://a.example'}]\nsort: Kern, A"
    page = f"---\n{front}\n---\nAda.\n"
    root = base(tmp_path, {"content/speakers/ada-kern.md": page})
    done(root, named(PERSON, "ada-kern", "bo-test"))
    after = texts(root)
    assert "content/speakers/ada-kern.md" not in after
    text = after["content/speakers/bo-test.md"]
    assert text.endswith("# from content/speakers/ada-kern.md:\n# she\n---\nBo.\n\nAda.\n")
    assert yamlfile.read(text.split("---\n")[1]) == {
        "name": "Bo Test", "aliases": ["Ada Kern"], "links": [{"url": "https://a.example"}],
        "sort": "Kern, A",
    }  # fmt: skip
    assert '- name: "Ada Kern"' not in after["sessions/conf/one.yaml"]


def test_pages_that_differ_are_asked_about(tmp_path: Path) -> None:
    page = "---\nname: {}\nmaturity: {}\nurl: https://{}.example\n---\n"
    root = base(
        tmp_path,
        {
            "content/projects/tiny.md": page.format("Tiny", "Sandbox", "tiny"),
            "content/projects/small.md": page.format("Small", "Sandbox", "small"),
        },
    )
    said = refusal(root, named(PROJECT, "Small", "Tiny"))
    assert "  url: 'https://small.example' or 'https://tiny.example'\n" in said
    done(root, named(PROJECT, "Small", "Tiny", "url=Small"))
    assert texts(root)["content/projects/tiny.md"] == (
        "---\nname: Tiny\naliases:\n  - Small\nmaturity: Sandbox\nurl: https://small.example\n---\n"
    )


def test_a_list_of_both_projects_is_one_of_one(tmp_path: Path) -> None:
    root = base(tmp_path)
    one = root / "sessions/conf/one.yaml"
    one.write_bytes(one.read_bytes().replace(b"['Tiny']", b"['Tiny', Small, Other]"))
    done(root, named(PROJECT, "Small", "Tiny"))
    assert "projects: ['Tiny', Other]\r\n" in texts(root)["sessions/conf/one.yaml"]


def test_an_organisation_without_a_page_takes_that_of_the_other(tmp_path: Path) -> None:
    page = "---\nname: Kern Labs\naliases: [KL]\n---\nText.\n"
    root = base(tmp_path, {"content/organisations/kern-labs.md": page})
    two = root / "sessions/conf/two.yaml"
    two.write_text(two.read_text().replace("name: Cy Other", "{name: Cy Other, org: Stone}"))
    done(root, named(ORGANISATION, "KL", "Stone"))
    assert texts(root)["content/organisations/stone.md"] == (
        "---\nname: Stone\naliases: [KL, Kern Labs]\n---\nText.\n"
    )
    assert prepare(root).graph.redirects["organisation"] == {
        "kern-labs": "stone", "kl": "stone",
    }  # fmt: skip


def test_all_records_say_the_theme_that_stays(tmp_path: Path) -> None:
    root = base(tmp_path)
    plan = done(root, named(THEME, "queues", "seeing"))
    after = texts(root)
    assert "themes: [ seeing ]\r\n" in after["sessions/conf/one.yaml"]
    assert "suggested_themes: [seeing]" in after["sessions/conf/two.yaml"]
    assert "themes: [seeing]}" in after["sessions/conf/two.yaml"]
    assert "[[theme:seeing|Lines]]" in after["content/index.md"]
    text = after["themes/seeing.md"]
    assert text.endswith("---\nAll of [[theme:seeing]], with `[[theme:queues]]`.\n")
    front = yamlfile.read(text.split("---\n")[1])
    assert front == {"name": "Seeing", "aliases": ["Queues"], "projects": ["tiny"]}
    assert plan.leads_on == {"themes/queues/": "themes/seeing/"}


@pytest.mark.parametrize(("one", "into"), [("queues", "seeing"), ("seeing", "queues")])
def test_what_a_session_is_about_it_does_not_deny_by_joining(
    tmp_path: Path, one: str, into: str
) -> None:
    lists = {
        "a": "themes:\n  - queues\nnot_about:\n  - seeing\n",
        "b": "suggested_themes:\n  - queues\nnot_about:\n  - seeing\n",
        "c": "themes:\n  - queues\nsuggested_themes:\n  - seeing\n",
    }
    files = {
        f"sessions/conf/{name}.yaml": f"title: {name.upper()}\n{said}sources:\n  - system: x\n"
        for name, said in lists.items()
    }
    root = base(tmp_path, files)
    plan = done(root, named(THEME, one, into))
    left = {
        path: {key: words for key, words in says(root, path).items() if isinstance(words, list)}
        for path in files
    }
    assert [{**each, "sources": None} for each in left.values()] == [
        {key: [into], "sources": None} for key in ("themes", "not_about", "themes")
    ]
    assert [each for each in plan.remarks if "not_about" in each] == [
        "sessions/conf/a.yaml: 'seeing' is left out of not_about, for it is about that now"
    ]
    assert prepare(root).problems == ()


@pytest.mark.parametrize(
    ("one", "into", "said"),
    [
        ("queues", "Queues", "queues and Queues are one theme already, Queues (queues)"),
        ("qeues", "seeing", "there is no theme 'qeues'; did you mean 'queues' or 'seeing'?"),
    ],
)
def test_what_is_one_or_none_is_not_joined(tmp_path: Path, one: str, into: str, said: str) -> None:
    assert refusal(base(tmp_path), named(THEME, one, into)).startswith(said[:40])


def test_what_editors_offer_is_to_be_written_anew(tmp_path: Path) -> None:
    (base(tmp_path) / ".vscode/schemas").mkdir(parents=True)
    remark = "what editors offer has other ids then: kbsite schema --into .vscode/schemas"
    assert remark in planned(tmp_path, named(THEME, "queues", "seeing")).remarks
    assert remark in planned(tmp_path, named(PERSON, "Cy Other", "Ada Kern")).remarks
    assert remark not in planned(tmp_path, sessions("conf/two", "conf/one", "INTO")).remarks


# Learnings


def test_a_learning_supersedes_another(tmp_path: Path) -> None:
    before = texts(base(tmp_path))
    root = tmp_path
    one = root / "sessions/conf/one.yaml"
    one.write_bytes(one.read_bytes().replace(b"    superseded_by: conf/two#more\r\n", b""))
    without = texts(root)
    done(root, lambda desk: supersede(desk, "conf/one#less", "conf/two#more"))
    assert texts(root) == before
    for path, text in without.items():
        (root / path).write_bytes(text.encode())
    address = "https://kb.example.org/sessions/conf/two/#learning-more"
    done(root, lambda desk: supersede(desk, "one#less", address))
    assert texts(root) == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("conf/one#less", "conf/two#more", "conf/two#more supersedes conf/one#less already"),
        ("conf/one#less", "conf/one#less", "a learning does not supersede itself"),
        ("conf/one", "conf/two#more", "'conf/one' names no learning"),
        ("conf/one#les", "conf/two#more", "the session conf/one has no learning 'les'; did"),
    ],
)  # fmt: skip
def test_a_learning_that_will_not_do_is_refused(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert refusal(base(tmp_path), lambda desk: supersede(desk, old, new)).startswith(said)


def test_a_circle_is_refused_by_what_check_says(tmp_path: Path) -> None:
    root = base(tmp_path)
    with pytest.raises(ContentError) as refused:
        planned(root, lambda desk: supersede(desk, "conf/two#more", "conf/one#less"))
    assert [each.code for each in refused.value.problems] == ["KB205"]
