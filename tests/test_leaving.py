"""Somebody who asks for it is left out of everything, and stays out: `kbsite leave-out`."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kbsite import leftout, slugs
from kbsite.build import build
from kbsite.chores.desk import Desk
from kbsite.chores.leaving import leave_out, take_back
from kbsite.cli import main
from kbsite.difference.comparing import compare
from kbsite.errors import ContentError, UsageError
from kbsite.importers.event import Given
from kbsite.leftout import LeftOut
from kbsite.pipeline import prepare
from kbsite.stillnamed import SCHEMAS
from tests.bases import write
from tests.chores import base, changes, done, planned, texts
from tests.every_field import Said, Saying, knowledge_base
from tests.importers.schedules import EVENT, files, import_calendar, import_source, talk

NAME = "Zorá Quindlevar"


def schedule(uid: str) -> list[str]:
    """What schedules have of her; `uid` is the beginning of their ids."""
    return [
        talk(
            f"{uid}1",
            f"Meet the Makers - {NAME}, Example Works & Bo Example, Elsewhere",
            description=f"In this talk {NAME.upper()} and Bo say how.\\nZora Quindlevar knows.",
            url=f"http://x2031.sched.com/event/{uid}1/meet-the-makers-zora-quindlevar-example-works",
        ),
        talk(f"{uid}2", "Quindlevar, Zora: What I Learnt", "20310401T100000Z", ""),
        talk(f"{uid}3", f"Closing Words - {NAME}", "20310401T120000Z", ""),
    ]


HERS = {
    "sessions/example-conf-2031/keynote-zora-quindlevar.yaml": """\
# Zora was there
title: Keynote
speakers:
  - name: Zorá Quindlevar  # herself
    org: Example Works
  - name: Ada Example
learnings:
  - {id: hers, text: It was hers., by: zora quindlevar, at: 1:00, basis: said}
  - {id: theirs, text: It was theirs., by: Ada Example, basis: said}
quotes:
  - {text: 'Slow, slow, said I.', by: Zorá Quindlevar, basis: said}
  - {text: Fast.\\, by: Ada Example, basis: said}
links:
  - {kind: slides, url: 'https://slides.example/Zor%C3%A1%20Quindlevar.pdf'}
  - {kind: code, url: 'https://code.example/x'}
sources:
  - {system: sched, url: 'https://x.sched.com/event/1ab/keynote-zora-quindlevar'}
aliases: [example-conf-2031/zora-quindlevar-speaks]
provenance: {contributed_by: Zora Quindlevar}
""".replace("Fast.\\", "Fast."),
    "sessions/example-conf-2031/after.yaml": """\
title: After
summary: What [[speaker:Zorá Quindlevar]] did next.
speakers: [{id: zora-quindlevar}]
related: [example-conf-2031/keynote-zora-quindlevar]
provenance: {contributed_by: Cem Example}
""",
    "content/speakers/zora-quindlevar.md": """\
---
name: Zorá Quindlevar
aliases: [Zed Quindlevar, Zed]
---
Zora writes.
""",
    "content/speakers/bo-example-of-oslo.md": """\
---
name: Bo Example
distinct_from: [Zora Quindlevar]
---
""",
    "content/articles/hers.md": """\
---
title: Hers
author: Zed Quindlevar
---
Text.
""",
    "content/reports/hers.md": """\
---
title: A week
author: Zora Quindlevar
publisher: Example Weekly
---
""",
    "content/files/people.csv": "name\nzora quindlevar\n",
    "themes/hearing.md": "---\nname: Hearing\n---\nAs Zora\nQuindlevar says.\n",
}


def import_season(root: Path, season: str) -> None:
    given = Given(name=f"{season.capitalize()} Conf 2031", timezone="Europe/Amsterdam")
    options = {"event": f"{season}-2031", "given": given, "abstracts": True}
    import_calendar(root, *schedule(season[0]), name=season, **options)


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--root", str(root)])


def person(*names: str) -> Callable[[Desk], str]:
    return lambda desk: leave_out(desk, names)


def everywhere(root: Path) -> Path:
    """A base in which she is everywhere, with what two imports brought."""
    for path, text in HERS.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    import_season(root, "autumn")
    assert run(root, "schema", "--into", str(root / SCHEMAS)).exit_code == 0
    return root


def naming(folder: Path, *, less: Sequence[str] = ()) -> list[str]:
    """The files below a folder that name her, by their paths or in any byte that they hold."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
        and not set(less) & set(path.relative_to(folder).parts)
        and any("quindlevar" in part for part in _readings(path, folder))
    )


def _readings(path: Path, folder: Path) -> Iterator[str]:
    raw = path.read_bytes()
    yield slugs.fold(path.relative_to(folder).as_posix())
    for each in (raw, gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else b""):
        yield slugs.fold(each.decode("utf-8", errors="replace"))


def mend(root: Path) -> list[str]:
    """Write the texts otherwise that the check tells of; their files, each once."""
    found = told(root)
    for path in found:
        if path.startswith(SCHEMAS):
            assert run(root, "schema", "--into", str(root / SCHEMAS)).exit_code == 0
            continue
        text = (root / path).read_text(encoding="utf-8")
        again = re.sub(
            r"(?i)(\[\[speaker:)?(zor[aá]\s+quindlevar|quindlevar, zora)(\]\])?", "somebody", text
        )
        (root / path).write_text(again, encoding="utf-8")
    return found


def told(root: Path) -> list[str]:
    """The files that name her still, as the check says."""
    return sorted({each.file for each in prepare(root).problems if each.code == "KB240"})


def test_nothing_of_the_repo_or_the_site_names_her_then_nor_after_later_imports(
    small: Path,
) -> None:
    root = everywhere(small)
    assert prepare(root).problems == ()
    site = build(root).site_dir
    assert len(naming(site)) > 20
    assert len(naming(root, less=["site", ".cache"])) > 8

    done(root, person("ZORA QUINDLEVAR"))
    with pytest.raises(ContentError):  # texts still name her
        build(root)
    assert mend(root) == [
        ".vscode/schemas/session.json",
        "content/files/people.csv",
        "sessions/autumn-2031/meet-the-makers.yaml",
        "sessions/autumn-2031/what-i-learnt.yaml",
        "sessions/example-conf-2031/after.yaml",
        "themes/hearing.md",
    ]
    held = texts(root / "sessions")
    import_season(root, "autumn")
    assert texts(root / "sessions") == held
    import_season(root, "winter")
    assert [(each.code, each.file) for each in prepare(root).problems] == [
        ("KB220", "sessions/example-conf-2031/keynote.yaml")  # she stood for it
    ]
    site = build(root).site_dir
    assert naming(site) == []
    assert not (site / "left-out.txt").exists()
    build(root)  # which has no use any more for the site of before
    assert naming(root) == []


# What the command does to fields


def test_fields_that_name_her_go_and_nothing_else_is_touched(small: Path) -> None:
    root = everywhere(small)
    before = texts(root / "sessions")
    plan = done(root, person(NAME))
    after = texts(root / "sessions")
    path = "example-conf-2031/keynote{}.yaml"
    assert (
        after[path.format("")]
        == """\
# Zora was there
title: Keynote
speakers:
  # herself
  - name: Ada Example
learnings:
  - {id: hers, text: It was hers., at: '1:00', basis: said}
  - {id: theirs, text: It was theirs., by: Ada Example, basis: said}
quotes:
  - {text: Fast., by: Ada Example, basis: said}
links:
  - {kind: code, url: 'https://code.example/x'}
sources:
  - {system: sched, url: 'https://x.sched.com/event/1ab'}
"""
    )
    assert path.format("-zora-quindlevar") in before.keys() - after.keys()
    assert "related: [example-conf-2031/keynote]\n" in after["example-conf-2031/after.yaml"]
    assert "speakers" not in after["example-conf-2031/after.yaml"]
    assert not (root / "content/speakers/zora-quindlevar.md").exists()
    assert (root / "content/speakers/bo-example-of-oslo.md").read_text() == (
        "---\nname: Bo Example\n---\n"
    )
    assert "author" not in (root / "content/articles/hers.md").read_text()
    assert "author: Example Weekly\n" in (root / "content/reports/hers.md").read_text()
    assert "/people/zora-quindlevar/ will be gone" in plan.remarks
    assert "example-conf-2031/after has no speaker any more" in plan.remarks
    assert "'Zed' alone may be anybody, and is not on the list" in plan.remarks
    assert (
        "left for you: content/files/people.csv:2:1: this names somebody who asked to be left out "
        "(KB240)"
    ) in plan.remarks


def test_a_report_without_a_publisher_and_what_mistakes_hide_is_told_of(tmp_path: Path) -> None:
    report = "---\ntitle: A week\nauthor: Ada Kern\n---\n"
    root = base(tmp_path, {"content/reports/week.md": report})
    plan = done(root, person("Ada Kern"))
    assert (root / "content/reports/week.md").read_text() == report
    assert any(
        each.startswith("left for you: content/reports/week.md:3:9") for each in plan.remarks
    )


def test_all_spellings_that_records_join_are_left_out_and_those_that_are_given(
    tmp_path: Path,
) -> None:
    page = "---\nname: Ada Kern\naliases: [A. K. Stone]\n---\n"
    root = base(tmp_path, {"content/speakers/ada-kern.md": page})
    done(root, person("ada-kern", "Ada Rock"))
    left_out = prepare(root).library.left_out
    assert all(map(left_out.is_name, ("KERN, Ada", "A.K. Stone", "Ada Rock")))
    assert not left_out.is_name("Bo Test")
    listed = (root / leftout.FILE).read_text()
    assert not re.search("(?i)ada|kern|stone|rock", listed.replace("# ", ""))


def test_done_again_nothing_changes_and_what_is_left_is_told_again(tmp_path: Path) -> None:
    root = base(tmp_path)
    first = done(root, person("Ada Kern"))
    again = planned(root, person("Ada Kern"))
    assert again.files == {}
    told = [each for each in again.remarks if "KB240" in each]
    assert told == [each for each in first.remarks if "KB240" in each] != []


def test_who_is_in_no_record_yet_is_left_out_of_what_is_imported(tmp_path: Path) -> None:
    root = base(tmp_path)
    plan = done(root, person("Zora Quindlevar"))
    assert list(plan.files) == [leftout.FILE]
    assert "no record names Zora Quindlevar; later ones will not either" in plan.remarks
    import_calendar(root, *schedule("u"))
    assert naming(root) == []


def test_a_name_is_taken_off_the_list_again(tmp_path: Path) -> None:
    root = base(tmp_path)
    done(root, person("Eve Stone", "Fay Long"))
    assert prepare(root).library.left_out.is_name("Long, Fay")
    done(root, lambda desk: take_back(desk, ["fay LONG"]))
    left_out = prepare(root).library.left_out
    assert (left_out.is_name("Fay Long"), left_out.is_name("Eve Stone")) == (False, True)
    with pytest.raises(UsageError, match="'Fay Long' is not on the list"):
        planned(root, lambda desk: take_back(desk, ["Fay Long"]))
    done(root, lambda desk: take_back(desk, ["Eve Stone"]))
    assert not (root / leftout.FILE).exists()


def test_of_two_people_with_one_name_none_is_left_out_by_it(tmp_path: Path) -> None:
    other = "title: X\nspeakers: [{name: Ada Kern, id: ada-kern-2}]\n"
    root = base(tmp_path, {"sessions/conf/x.yaml": other})
    for word in ("Ada Kern", "ada-kern"):
        with pytest.raises(UsageError, match="'Ada Kern' can be any of ada-kern, ada-kern-2"):
            planned(root, person(word))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title: X: y\nspeakers: [{name: Eve Stone}]\n", 2),  # read as it was meant
        ("{{{ Eve Stone\n", 1),
        ("title: X\nspeakers: &a\n- {name: Eve Stone}\n", 3),
        ("title: X\nspeakers: Eve Stone\n", 2),
        ("title: X\nspeakers: [Eve Stone, {name: eve stone}]\n", 2),
        ("title: X\nprovenance: Eve Stone\n", 2),
    ],
)
def test_what_is_not_read_as_it_stands_is_left_for_a_person(
    tmp_path: Path, text: str, line: int
) -> None:
    root = base(tmp_path, {"sessions/conf/x.yaml": text})
    plan = done(root, person("Eve Stone"))
    assert any(f"left for you: sessions/conf/x.yaml:{line}" in each for each in plan.remarks)
    assert "eve stone" not in (root / "sessions/conf/x.yaml").read_text()
    assert told(root) == ["sessions/conf/x.yaml"]


def test_people_whose_longer_name_has_hers_in_it_are_others(tmp_path: Path) -> None:
    longer = "title: On Ada Kern Stone\nspeakers: [{name: Ada Kern Stone}, {name: Ada Kern}]\n"
    root = base(tmp_path, {"sessions/conf/x.yaml": longer})
    done(root, person("Ada Kern"))
    assert (root / "sessions/conf/x.yaml").read_text() == longer.replace(", {name: Ada Kern}", "")
    assert "sessions/conf/x.yaml" not in told(root)
    import_calendar(
        root,
        talk("u1", "One - Ada Kern Stone, X & Ada Kern, Y", description="By Ada Kern."),
        abstracts=True,
    )
    brought = (root / f"sessions/{EVENT}/one.yaml").read_text()
    assert re.findall("name: .*|abstract: .*", brought) == [
        "name: Ada Kern Stone",
        "abstract: By ….",
    ]
    assert "Ada Kern Stone" in (root / f"sessions/{EVENT}/import.lock.json").read_text()


def test_who_has_the_same_words_as_name_in_another_order_stays(tmp_path: Path) -> None:
    both = "title: X\nspeakers: [{name: Wei Li}, {name: Li Wei}]\n"
    root = base(tmp_path, {"sessions/conf/x.yaml": both})
    done(root, person("Wei Li"))
    assert (root / "sessions/conf/x.yaml").read_text() == both.replace("{name: Wei Li}, ", "")
    assert "sessions/conf/x.yaml" not in told(root)


def test_who_has_another_name_that_is_romanised_alike_stays(tmp_path: Path) -> None:
    both = "title: X\nspeakers: [{name: 张伟}, {name: 章薇, id: zhangwei-2}, {name: Cy Wei}]\n"
    root = base(tmp_path, {"sessions/conf/x.yaml": both})
    done(root, person("zhangwei"))
    assert (root / "sessions/conf/x.yaml").read_text() == both.replace("{name: 张伟}, ", "")
    assert not prepare(root).library.left_out.is_name("ZhangWei")


def test_quotes_of_a_talk_that_she_gave_alone_are_hers(tmp_path: Path) -> None:
    quotes = "title: X\nspeakers: [{name: Eve Stone}]\nquotes: [{text: Slow., at: 1:00}]\n"
    root = base(tmp_path, {"sessions/conf/x.yaml": quotes})
    done(root, person("Eve Stone"))
    assert (root / "sessions/conf/x.yaml").read_text() == "title: X\n"


def test_in_texts_a_sign_stands_for_her_if_that_is_asked_for(small: Path) -> None:
    root = everywhere(small)
    plan = done(root, lambda desk: leave_out(desk, [NAME], in_texts=True))
    assert naming(root, less=[".cache"]) == [".vscode/schemas/session.json"]
    assert "the schemas of editors name them: kbsite schema --into .vscode/schemas" in plan.remarks
    assert mend(root) == [".vscode/schemas/session.json"]
    assert (
        "summary: What … did next.\n"
        in (root / "sessions/example-conf-2031/after.yaml").read_text()
    )
    assert (root / "themes/hearing.md").read_text() == "---\nname: Hearing\n---\nAs … says.\n"
    held = texts(root / "sessions")
    import_season(root, "autumn")
    assert texts(root / "sessions") == held
    assert {each.code for each in prepare(root).problems} == {"KB220"}


class Naming(Saying):
    """Says in each field that it is about her, or where somebody is named, that it is she."""

    def __call__(self, name: str, *, prose: bool) -> str:  # noqa: ARG002  # all are plain
        self.said.append(Said(name, NAME, NAME))
        whole = name in ("person.name", "person.aliases", "session.speakers.name") or name.endswith(
            ("author", "contributed_by")
        )
        return NAME if whole else f"Of {NAME}, {len(self.said)} times"


def test_she_may_be_named_in_every_field_of_every_record(tmp_path: Path) -> None:
    say = Naming(noise=str)
    root = write(tmp_path / "base", knowledge_base(say))
    assert len(say.said) > 60
    assert len(naming(root)) > 8
    done(root, lambda desk: leave_out(desk, [NAME], in_texts=True))
    assert naming(root) == []
    assert not re.search(r"(by|id): ada\b", (root / "sessions/conf/one.yaml").read_text())
    assert not (root / "content/speakers/ada.md").exists()


# Sessions


def test_a_session_is_left_out_with_what_leads_to_it_and_stays_out(tmp_path: Path) -> None:
    root = base(tmp_path)
    import_calendar(root, *schedule("u"))
    own = f"{EVENT}/meet-the-makers"
    path = f"sessions/{own}.yaml"
    two = (root / "sessions/conf/two.yaml").read_text()
    (root / "sessions/conf/two.yaml").write_text(two.replace("conf/one", own))
    done(root, person(own))
    assert not (root / path).exists()
    assert "related" not in (root / "sessions/conf/two.yaml").read_text()
    held = files(root)
    outcome = import_calendar(root, *schedule("u"))
    assert files(root) == held
    assert [(each.title, each.reason) for each in outcome.left_out] == [("an entry", "on request")]
    assert outcome.entries == outcome.imported + len(outcome.left_out) == 3
    import_calendar(root, *schedule("u"), event="again")
    assert not (root / "sessions/again/meet-the-makers.yaml").exists()
    assert own not in (root / leftout.FILE).read_text()
    (root / path).write_text("title: Back\nprovenance: {contributed_by: Cem}\n")
    assert [each.code for each in prepare(root).problems if each.file == path] == ["KB240"]


def test_links_to_a_session_that_goes_are_left_for_a_person(tmp_path: Path) -> None:
    root = base(tmp_path)
    plan = done(root, person("conf/two"))
    assert "superseded_by" not in (root / "sessions/conf/one.yaml").read_text()
    told = [each for each in plan.remarks if each.startswith("left for you: sessions/")]
    assert [re.sub(r":.*", "", each.removeprefix("left for you: ")) for each in told] == [
        "sessions/conf/one.yaml"
    ]
    assert "conf/two names no entry of a schedule" in " ".join(plan.remarks)


# The check


def test_nothing_else_is_offered_in_the_place_of_who_is_left_out(small: Path) -> None:
    done(small, person("Ada Exampla"))
    (small / "themes/hearing.md").write_text("---\nname: Hearing\n---\n[[speaker:Ada Exampla]]\n")
    assert [(each.code, each.cures) for each in prepare(small).problems] == [("KB240", ())]


def test_a_list_with_a_line_that_is_none_stops_imports_too(tmp_path: Path) -> None:
    root = base(tmp_path)
    done(root, person("Eve Stone"))
    listed = root / leftout.FILE
    listed.write_text(listed.read_text() + "Fay Long\n")
    with pytest.raises(ContentError) as refused:
        import_calendar(root, *schedule("u"))
    assert [each.code for each in refused.value.problems] == ["KB024"]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        (
            "Ada Kern",
            "adakern, a-da kern, Bo, Ada B. Kern, Bo, Kern. Ada",
            ["adakern", "Kern. Ada"],
        ),
        (
            "Zoë O\u2019Neill",
            "ZOE O'NEILL and o-neill-zoe\u0308",
            ["ZOE O'NEILL", "o-neill-zoe\u0308"],
        ),
        ("张伟", "由张伟主讲, 张三", ["张伟"]),
        ("Ада Керн", "Керн Ада, und Ada Kern", ["Керн Ада", "Ada Kern"]),
        ("Madonna", "A madonna", []),
        (
            "Jo de la Cruz",
            "de la Cruz, Jo; cruz-jo-de-la; la Cruz",
            ["de la Cruz, Jo", "cruz-jo-de-la"],
        ),
    ],
)
def test_a_name_is_found_however_it_is_written(name: str, text: str, found: list[str]) -> None:
    spans = LeftOut().with_names([name]).found(text)
    assert [text[start:end] for start, end in spans] == found


def test_a_list_is_read_as_it_was_written() -> None:
    left_out = LeftOut().with_names(["Ada Kern", "Eve"]).with_session(["a/b"], ["c"])
    assert leftout.read(left_out.text) == (left_out, ())
    assert LeftOut().with_names(["Ada Kern"]).text != LeftOut().with_names(["Ada Kern"]).text


# Imports


def test_an_import_that_is_not_sure_who_is_in_a_title_is_so_of_who_is_left_out(
    tmp_path: Path,
) -> None:
    root = base(tmp_path)
    done(root, person("Rumplex Quindlevar"))
    outcome = import_calendar(root, talk("u1", "Some Things - Rumplex Quindlevar"), talk("u2", "X"))
    assert naming(root) == []
    assert outcome.without == (f"{EVENT}/some-things",)


MAP = """\
system = "sched"
people_in_titles = true
[columns]
id = "id"
title = "title"
start = "start"
[[people]]
each = "people"
name = "name"
about = "about"
"""
TITLES = (
    "One - Dr. Zora Quindlevar, Works & Bo Test, Labs",
    "Two – Zora Quindlevar (she/her) & Bo Test, Labs",
    "Three - Bo Test, Zora Quindlevar, PhD and Cy Other, Labs",
    "Four - Moderated by Zora Quindlevar, CTO, Works; Bo Test, Labs",
    "Five - Moderated by Quindlevar, Zora, CTO, Works; Bo Test, Labs",
    "Six by @zoraquindlevar",
    "Seven with Zora Quindlevar",
    "Zora Quindlevar: Eight - Zora-Quindlevar",
    "Nine: Bo Test, Zora Quindlevar and Cy Other, Labs",
    "Panel: Zora Quindlevar and Bo Test – Bo Test, Zora\u00a0Quindlevar and Cy Other",
)


@pytest.mark.parametrize("before", [True, False])
def test_an_import_knows_her_however_a_title_names_her(tmp_path: Path, *, before: bool) -> None:
    root = base(tmp_path / "base")
    talks = [
        talk(f"u{at}", title, f"20310401T{at + 8:02}0000Z", "") for at, title in enumerate(TITLES)
    ]
    if before:
        import_calendar(root, *talks)
    done(root, lambda desk: leave_out(desk, ["Zora Quindlevar"], in_texts=True))
    import_calendar(root, *talks)
    assert (naming(root), told(root)) == ([], [])
    held = texts(root / "sessions")
    import_calendar(root, *talks)
    assert texts(root / "sessions") == held
    assert "Bo Test" in held[f"{EVENT}/one.yaml"]


@pytest.mark.parametrize(
    "profile", ["Zora A. Quindlevar", "Zed Works Quindlevar", "Zora Quindlevar"]
)
def test_whom_a_profile_calls_otherwise_than_a_title_is_left_out_too(
    tmp_path: Path, profile: str
) -> None:
    root = base(tmp_path / "base")
    rows = [
        {"id": 1, "start": "2031-04-01", "title": "One - Zora Quindlevar, Works & Bo Test, Labs",
         "people": [{"name": profile, "about": "Works"}, {"name": "Bo Test", "about": "Labs"}]},
    ]  # fmt: skip
    source = tmp_path / "rows.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    mapped = tmp_path / "map.toml"
    mapped.write_text(MAP)
    done(root, person("Zora Quindlevar"))
    for _ in range(3):
        import_source(root, "table", source, map=mapped)
        assert naming(root) == []
    assert "Bo Test" in (root / f"sessions/{EVENT}/one.yaml").read_text()


def test_slides_that_a_table_names_are_not_added_to_a_session(tmp_path: Path) -> None:
    root = base(tmp_path)
    done(root, person("Zora Quindlevar"))
    import_calendar(root, talk("u1", "Some Things", attach="https://x.example/ZoraQuindlevar.pdf"))
    assert naming(root) == []


# The command


def test_everything_that_goes_is_shown_also_if_it_is_no_dry_run(tmp_path: Path) -> None:
    root = base(tmp_path)
    before = texts(root)
    dry = run(root, "leave-out", "Bo Test", "--dry-run")
    assert texts(root) == before
    assert dry.output.endswith(
        "Bo Test left out: files: 1 changed, 1 new, 1 removed; nothing was written\n"
    )
    wet = run(root, "leave-out", "Bo Test")
    assert (dry.exit_code, wet.exit_code) == (0, 0)
    assert "-Bo.\n" in wet.output
    assert "-  - {name: 'Bo Test', org: \"Kern Labs\"}\n" in wet.output
    assert "history keeps what these files said" in wet.output
    assert changes(before, texts(root)) == ["-  - {name: 'Bo Test', org: \"Kern Labs\"}\r\n"]


def test_an_address_that_went_on_request_is_no_mistake(tmp_path: Path) -> None:
    root = base(tmp_path, {"mkdocs.yml": "site_name: X\nplugins: [kbsite]\n"})
    before = prepare(root)
    done(root, lambda desk: leave_out(desk, ["Bo Test", "conf/one"], in_texts=True))
    for path in ("content/index.md", "sessions/conf/two.yaml"):
        (root / path).write_text((root / path).read_text().replace("[[", "").replace("]]", ""))
    difference = compare(before, prepare(root), [])
    assert {page.path for page in difference.pages if page.how == "removed"} >= {
        "people/bo-test/", "sessions/conf/one/",
    }  # fmt: skip
    assert [gone.path for gone in difference.vanished] == ["organisations/kern-labs/"]


def test_a_list_that_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    root = base(tmp_path, {leftout.FILE: "Fay Long\n"})
    with pytest.raises(ContentError):
        planned(root, person("Ada Kern"))


def test_nothing_writes_the_name_again(tmp_path: Path) -> None:
    root = base(tmp_path)
    done(root, person("Eve Stone"))
    new = run(root, "new", "session", "News", "--event", "conf", "--speaker", "Eve Stone")
    assert (new.exit_code, (root / "sessions/conf/news.yaml").exists()) == (1, False)
    renamed = run(root, "rename", "person", "Bo Test", "Eve Stone")
    assert (renamed.exit_code, "KB240" in renamed.output) == (1, True)


def test_a_name_of_no_letters_is_none(tmp_path: Path) -> None:
    done = run(base(tmp_path), "leave-out", "!")
    assert (done.exit_code, done.output.count("'!' is no name")) == (2, 1)
