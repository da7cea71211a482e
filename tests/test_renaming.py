"""Another name or id, in all files, and nothing else: `kbsite rename`."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kbsite import disk
from kbsite.catalog import ORGANISATION, PERSON, PROJECT, THEME
from kbsite.chores.desk import Desk
from kbsite.chores.naming import rename_named
from kbsite.chores.renaming import rename_event, rename_session
from kbsite.cli import main
from kbsite.commands.places import ids_of
from kbsite.errors import ContentError, UsageError
from kbsite.pipeline import prepare
from tests.chores import base, changes, done, planned, texts
from tests.importers import schedules

Chore = Callable[[Desk], str]

HOME = (
    "[[theme:queues|Lines]], [[learning:conf/{one}#less]], [[event:conf]], [[speaker:Ada {kern}]]\n"
)
NO_IDS = (
    (
        "conf/oen", "x",
        "there is no session 'conf/oen'; did you mean 'conf/one' or 'conf/two' or 'conf/hidden'?",
    ),
    (
        "conf/one", "One Talk",
        "'conf/One Talk' is no id of a session, which is EVENT/STEM; did you mean conf/one-talk?",
    ),
    (
        "conf/one", "conf/two",
        ("there is a session conf/two; to make one of the two: kbsite merge session conf/one "
        "conf/two"),
    ),
    ("conf/one", "one", "the session is called conf/one already"),
    ("conf/one", "event", "no session may be called 'event': other systems keep that name"),
    ("conf/one", "cnf/one", "there is no event 'cnf'; did you mean 'conf'?"),
)  # fmt: skip
NO_NAMES = (
    ("Ada Kren", "X", "", "there is no speaker 'Ada Kren'; did you mean 'Ada Kern'?"),
    (
        "Ada Kern", "Bo Test", "",
        ("'Bo Test' is a name of Bo Test (bo-test); to make one of the two: kbsite merge person "
        "'Ada Kern' 'Bo Test'"),
    ),
    ("Ada Kern", "!", "", "'!' gives no id; name one with --id"),
    (
        "Ada Kern", "Eve", "Eve",
        "'Eve' is no id: lower-case letters and digits in words joined by single hyphens",
    ),
    (
        "Ada Kern", "Eve", "bo-test",
        ("'bo-test' is the id of Bo Test; to make one of the two: kbsite merge person 'Ada Kern' "
        "'Bo Test'; or give it another with --id"),
    ),
)  # fmt: skip


def session(old: str, new: str) -> Chore:
    return lambda desk: rename_session(desk, old, new)


def event(old: str, new: str) -> Chore:
    return lambda desk: rename_event(desk, old, new)


def person(old: str, new: str, id: str = "") -> Chore:
    return lambda desk: rename_named(desk, PERSON, old, new, id)


def theme(old: str, new: str, id: str = "") -> Chore:
    return lambda desk: rename_named(desk, THEME, old, new, id)


def refusal(root: Path, chore: Chore) -> str:
    before = texts(root)
    with pytest.raises(UsageError) as refused:
        planned(root, chore)
    assert texts(root) == before
    return str(refused.value)


def test_a_base_with_odd_ways_to_write_has_no_problems(tmp_path: Path) -> None:
    assert prepare(base(tmp_path)).problems == ()


# Sessions


def test_all_that_names_a_session_follows_it_and_nothing_else_is_touched(tmp_path: Path) -> None:
    before = texts(base(tmp_path))
    plan = done(tmp_path, session("conf/one", "first"))
    after = texts(tmp_path)
    assert before.pop("sessions/conf/one.yaml") + "aliases:\r\n  - conf/one\r\n" == (
        after.pop("sessions/conf/first.yaml").replace(
            "aliases:\r\n  - conf/one\r\nprovenance: {contributed_by: Cem}\r\n",
            "provenance: {contributed_by: Cem}\r\naliases:\r\n  - conf/one\r\n",
        )
    )
    assert before.keys() == after.keys()
    assert changes(before, after) == [
        "-" + HOME.format(one="one", kern="Kern"),
        "-| [[session:conf/one\\|one]] | x |\n",
        "+" + HOME.format(one="first", kern="Kern"),
        "+| [[session:conf/first\\|one]] | x |\n",
        "-related: [conf/one]  # of course\n",
        "+related: [conf/first]  # of course\n",
    ]
    assert plan.leads_on == {"sessions/conf/one/": "sessions/conf/first/"}
    assert prepare(tmp_path).problems == ()


@pytest.mark.parametrize(
    "said", ["one", "sessions/conf/one.yaml", "https://kb.example.org/sessions/conf/one/"]
)
def test_a_session_is_named_by_whatever_means_one_alone(tmp_path: Path, said: str) -> None:
    done(base(tmp_path), session(said, "first"))
    assert "sessions/conf/first.yaml" in texts(tmp_path)


def test_a_stem_of_two_sessions_names_neither(tmp_path: Path) -> None:
    event = "name: Moot\ntimezone: UTC\nstart: 2031-05-01\nend: 2031-05-02\n"
    talk = "title: One\nsources: [{system: x}]\n"
    root = base(tmp_path, {"sessions/moot/event.yaml": event, "sessions/moot/one.yaml": talk})
    assert refusal(root, session("one", "first")) == (
        "'one' can be any of conf/one, moot/one; say which by its id"
    )


def test_a_link_over_two_lines_follows(tmp_path: Path) -> None:
    done(base(tmp_path), session("conf/two", "conf/second"))
    record = texts(tmp_path)["sessions/conf/one.yaml"]
    assert "See [[session:conf/second|the\r\n  other]] and" in record
    assert "superseded_by: conf/second#more\r\n" in record


def test_a_session_may_have_its_former_id_again(tmp_path: Path) -> None:
    before = texts(base(tmp_path))
    done(tmp_path, session("conf/two", "b"))
    done(tmp_path, session("conf/b", "two"))
    after = texts(tmp_path)
    assert changes(before, after) == ["+aliases: [conf/b]\n"] or "conf/b" in str(after)
    assert prepare(tmp_path).problems == ()


@pytest.mark.parametrize(("old", "new", "said"), NO_IDS)
def test_an_id_that_will_not_do_is_refused_with_a_way_out(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert refusal(base(tmp_path), session(old, new)) == said


def test_the_former_id_of_another_session_is_not_given_away(tmp_path: Path) -> None:
    done(base(tmp_path), session("conf/one", "first"))
    assert refusal(tmp_path, session("conf/two", "one")) == (
        "'conf/one' is a former id of conf/first, and its address leads there; choose another one"
    )


def test_a_record_that_cannot_be_read_may_name_it_too(tmp_path: Path) -> None:
    broken = "title: [Broken\nrelated: [conf/one]\n"
    root = base(tmp_path, {"sessions/conf/broken.yaml": broken})
    said = refusal(root, session("conf/one", "first"))
    assert said.endswith("mend it first: kbsite check says how")


# Events


def test_an_event_takes_its_sessions_with_it(tmp_path: Path) -> None:
    root = base(tmp_path, {"sessions/conf/notes.txt": "hers", "sessions/conf/pics/a.bin": "\0"})
    (root / "sessions/conf/pics/a.bin").write_bytes(b"\xff\xfe")
    before = prepare(root)
    old = {page.path for page in before.pages}
    plan = done(root, event("conf", "conf-2031"))
    after = prepare(root)
    assert [each.code for each in after.problems] == [each.code for each in before.problems]
    assert old <= {page.path for page in after.pages}
    assert not (root / "sessions/conf").exists()
    assert (root / "sessions/conf-2031/pics/a.bin").read_bytes() == b"\xff\xfe"
    record = (root / "sessions/conf-2031/one.yaml").read_bytes().decode()
    assert "[[session:conf-2031/two|the\r\n  other]]" in record
    assert "aliases" not in record
    assert (root / "sessions/conf-2031/event.yaml").read_text() == (
        "name: Conf\ntimezone: UTC  # of the hall\nstart: 2031-04-01\nend: 2031-04-02\n"
        "aliases:\n  - conf\n"
    )
    assert plan.leads_on["sessions/conf/one/"] == "sessions/conf-2031/one/"
    assert any(line.startswith("sessions/conf/ moves to ") for line in plan.lines())


def test_former_ids_are_counted_through_the_renaming_of_events(tmp_path: Path) -> None:
    base(tmp_path)
    done(tmp_path, session("conf/two", "b"))
    done(tmp_path, event("conf", "moot"))
    done(tmp_path, session("moot/b", "c"))
    done(tmp_path, event("moot", "meet"))
    graph = prepare(tmp_path).graph
    assert graph.redirects["event"] == {"conf": "meet", "moot": "meet"}
    stems = {id for id, now in graph.redirects["session"].items() if now == "meet/c"}
    assert stems >= {"conf/two", "conf/b", "moot/two", "moot/b", "moot/c"}
    assert prepare(tmp_path).problems == ()


def test_an_import_by_the_former_id_goes_to_the_event(tmp_path: Path) -> None:
    root = tmp_path / "base"
    base(root)
    (root / "mkdocs.yml").write_text("site_name: X\n")
    talks = [schedules.talk("1", "On Queues"), schedules.talk("2", "Kernel News")]
    schedules.import_calendar(root, *talks)
    done(root, event(schedules.EVENT, "ex"))
    done(root, session("ex/on-queues", "ex/lines"))
    before = texts(root)
    outcome = schedules.import_calendar(root, *talks)
    assert texts(root) == before
    assert (outcome.event, len(outcome.sessions)) == ("ex", 2)


# What is named


def test_a_person_is_renamed_wherever_records_name_one(tmp_path: Path) -> None:
    before = texts(base(tmp_path))
    plan = done(tmp_path, person("Ada Kern", "Ada Stone"))
    after = texts(tmp_path)
    assert after.keys() - before.keys() == {"content/speakers/ada-stone.md"}
    page = after["content/speakers/ada-stone.md"]
    assert page == "---\nname: Ada Stone\naliases:\n  - Ada Kern\n---\n"
    assert changes(before, after) == [
        "-" + HOME.format(one="one", kern="Kern"),
        "+" + HOME.format(one="one", kern="Stone"),
        "-distinct_from: ['Ada Kern']\n",
        "+distinct_from: ['Ada Stone']\n",
        "-speakers: [{name: Ada Kern}]\n",
        "+speakers: [{name: Ada Stone}]\n",
        '-  - name: "Ada Kern"   # she\r\n',
        "-  other]] and [[speaker:Ada Kern]].\r\n",
        "-    by: Ada Kern\r\n",
        '+  - name: "Ada Stone"   # she\r\n',
        "+  other]] and [[speaker:Ada Stone]].\r\n",
        "+    by: Ada Stone\r\n",
        "-- name: Ada  Kern\n",
        "+- name: Ada Stone\n",
    ]
    assert plan.leads_on == {"people/ada-kern/": "people/ada-stone/"}


def test_only_the_look_of_a_name_needs_no_page(tmp_path: Path) -> None:
    before = texts(base(tmp_path))
    plan = done(tmp_path, person("Ada Kern", "Ada KErn"))
    assert texts(tmp_path).keys() == before.keys()
    assert plan.leads_on == {}
    assert prepare(tmp_path).graph.people["ada-kern"].name == "Ada KErn"


def test_what_was_in_the_style_of_fmt_stays_so_through_quotes_and_back(tmp_path: Path) -> None:
    talk = "sessions/conf/neat.yaml"
    neat = "title: Neat\nspeakers:\n  - name: Eve Stone\nprovenance:\n  contributed_by: Cem\n"
    loose = "title:   Loose\nspeakers:\n- name: Eve Stone\nsources: [{system: x}]\n"
    base(tmp_path, {talk: neat, "sessions/conf/loose.yaml": loose})
    done(tmp_path, person("Eve Stone", "Eve: Stone"))
    assert (tmp_path / talk).read_text() == neat.replace("Eve Stone", "'Eve: Stone'")
    done(tmp_path, person("Eve: Stone", "Eve Stone"))
    assert (tmp_path / talk).read_text() == neat
    assert (tmp_path / "sessions/conf/loose.yaml").read_text() == loose.replace(
        "Eve Stone", "'Eve Stone'"
    ), "quotes stay where nobody goes by the style"


def test_the_page_of_what_is_renamed_moves_with_all_it_says(tmp_path: Path) -> None:
    text = "---\n# ours\nname: 'Kern Labs'\naliases: ['KL', \"K&L\"]  # short\n---\nA bio.\n"
    root = base(tmp_path, {"content/organisations/kern-labs.md": text})
    done(root, lambda desk: rename_named(desk, ORGANISATION, "kern-labs", "Stone Works"))
    page = texts(root)["content/organisations/stone-works.md"]
    assert page == text.replace("'Kern Labs'", "'Stone Works'").replace(
        '"K&L"]', '"K&L", Kern Labs]'
    )
    assert 'org: "Stone Works"}\r\n' in texts(root)["sessions/conf/one.yaml"]


def test_an_id_of_ones_own_keeps_its_address_too(tmp_path: Path) -> None:
    two = "- {name: Ada Kern, id: ada-2}\n"
    root = base(tmp_path)
    place = root / "sessions/conf/two.yaml"
    place.write_text(place.read_text().replace("- name: Ada  Kern\n", two))
    done(root, person("ada-2", "Ada Stone"))
    after = texts(root)
    assert "- {name: Ada Stone, id: ada-stone}\n" in after["sessions/conf/two.yaml"]
    assert '  - name: "Ada Kern"   # she' in after["sessions/conf/one.yaml"]
    assert prepare(root).graph.redirects["person"] == {"ada-2": "ada-stone"}


def test_a_theme_is_given_an_id_or_a_name(tmp_path: Path) -> None:
    root = base(tmp_path)
    done(root, theme("queues", "lines"))
    after = texts(root)
    assert "themes: [ 'lines',seeing ]\r\n" in after["sessions/conf/one.yaml"]
    assert after["themes/lines.md"] == (
        "---\nname: Queues  # and lines\naliases:\n  - queues\nrelated: [seeing]\n"
        "projects: [tiny]\n---\nAll of [[theme:lines]], with `[[theme:queues]]`.\n"
    ).replace("aliases:\n  - queues\n", "aliases:\n  - queues\n")
    done(root, theme("Queues", "Rows"))
    assert texts(root)["themes/rows.md"].startswith("---\nname: Rows  # and lines\naliases:\n")
    redirects = prepare(root).graph.redirects["theme"]
    assert redirects == {"lines": "rows", "queues": "rows"}


def test_titles_do_not_name_a_theme_by_the_id_that_it_had(tmp_path: Path) -> None:
    files = {
        "sessions/conf/two.yaml": "title: Lines and rows\nthemes: [rows]\n",
        "themes/rows.md": "---\nname: Sequences\n---\n",
    }
    root = base(tmp_path / "a", files)
    root.joinpath("sessions/conf/one.yaml").write_text("title: All rows\n")
    root.joinpath("content/index.md").write_text("# Home\n")
    done(root, theme("rows", "sequences"))
    assert prepare(root).graph.themes["sequences"].sessions == ("conf/two",)
    assert "in_titles:\n  - Sequences\n" in texts(root)["themes/sequences.md"]


def test_a_project_that_only_records_name_gets_a_page(tmp_path: Path) -> None:
    root = base(tmp_path)
    done(root, lambda desk: rename_named(desk, PROJECT, "Tiny", "Tiny Kernel"))
    after = texts(root)
    assert "projects: ['Tiny Kernel']\r\n" in after["sessions/conf/one.yaml"]
    assert "projects: [tiny-kernel]\n" in after["themes/queues.md"]
    assert prepare(root).graph.redirects["project"] == {"tiny": "tiny-kernel"}


@pytest.mark.parametrize(("old", "new", "id", "said"), NO_NAMES)
def test_a_name_that_will_not_do_is_refused_with_a_way_out(
    tmp_path: Path, old: str, new: str, id: str, said: str
) -> None:
    assert refusal(base(tmp_path), person(old, new, id)) == said


def test_what_would_be_a_problem_then_is_not_written(tmp_path: Path) -> None:
    root = base(tmp_path)
    before = texts(root)
    with pytest.raises(ContentError) as refused:
        planned(root, person("Cy Other", "Ada Kenr"))
    assert {problem.code for problem in refused.value.problems} == {"KB209"}
    assert texts(root) == before


# The command


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--root", str(root)])


def test_the_command_shows_what_it_would_do_and_does_it(tmp_path: Path) -> None:
    before = texts(base(tmp_path))
    shown = run(tmp_path, "rename", "theme", "queues", "lines", "--dry-run", "-q")
    assert texts(tmp_path) == before
    assert (shown.exit_code, shown.stderr) == (0, "")
    lines = shown.stdout.splitlines()
    assert lines[0] == "themes/queues.md moves to themes/lines.md"
    assert lines[1:6] == [
        "--- content/index.md",
        "+++ content/index.md",
        "@@ -1,5 +1,5 @@",
        " # Home",
        " ",
    ]
    assert lines[-2:] == [
        "/themes/queues/ will lead on to /themes/lines/",
        "the theme queues becomes lines: files: 5 changed, 1 moved; nothing was written",
    ]
    done = run(tmp_path, "rename", "theme", "queues", "lines")
    assert (done.exit_code, done.stdout) == (
        0,
        "the theme queues becomes lines: files: 5 changed, 1 moved\n",
    )
    assert run(tmp_path, "check", "--strict").exit_code == 0


def test_the_command_says_what_else_names_an_event(tmp_path: Path) -> None:
    files = {
        "sessions/map.toml": 'event = "conf"\n',
        "NOTES.md": "A config.\n",
    }
    done = run(base(tmp_path, files), "rename", "event", "conf", "moot")
    assert done.stdout.splitlines()[:-1] == [
        "sessions/map.toml names conf too, and stays as it is",
    ]


def test_a_refusal_and_a_problem_have_their_exit_codes(tmp_path: Path) -> None:
    base(tmp_path)
    assert run(tmp_path, "rename", "session", "conf/x", "y").exit_code == 2
    done = run(tmp_path, "supersede", "conf/two#more", "conf/one#less")
    assert (done.exit_code, "KB205" in done.stderr) == (1, True)
    done = run(tmp_path, "merge", "session", "conf/two", "conf/one", "--keep", "INTO", "-q")
    assert (done.exit_code, done.output) == (0, "")


def test_what_a_chore_that_was_cut_off_left_is_written_first(tmp_path: Path) -> None:
    base(tmp_path)
    plan = planned(tmp_path, session("conf/one", "first"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "_put", _cut_off)
        with pytest.raises(KeyboardInterrupt):
            plan.apply(tmp_path)
    for command in (["check"], ["build"], ["fmt", "--check"], ["export", "markdown", "x"]):
        told = run(tmp_path, *command)
        assert told.exit_code == 3
        assert told.stderr == (
            "error: a command was cut off while it changed files; what it had noted is in "
            ".kbsite-changes: 'kbsite check --fix' writes the rest of it; or delete "
            ".kbsite-changes to leave all as it is now\n"
        )
    half = shutil.copytree(tmp_path, tmp_path.with_name("half"))
    mended = run(half, "check", "--fix")
    assert mended.stderr == "kbsite: wrote the rest of a command that was cut off\n"
    assert mended.exit_code == 0
    done = run(tmp_path, "rename", "session", "conf/two", "second")
    assert "kbsite: wrote the rest of a command that was cut off\n" in done.stderr
    assert {"sessions/conf/first.yaml", "sessions/conf/second.yaml"} <= texts(tmp_path).keys()


def _cut_off(*_: object) -> None:
    raise KeyboardInterrupt


def test_shells_complete_what_is_there(tmp_path: Path) -> None:
    root = base(tmp_path)
    assert ids_of(root, "session", "conf/t") == ["conf/two"]
    assert ids_of(root, "session", "") == ["conf/hidden", "conf/one", "conf/two"]
    assert ids_of(root, "event", "c") == ["conf"]
    assert ids_of(root, "theme", "") == ["queues", "seeing"]
    assert ids_of(root, "person", "bo") == ["bo-test"]
    assert ids_of(root, "learning", "conf/o") == ["conf/one#"]
    assert ids_of(root, "learning", "conf/one#") == ["conf/one#less"]
