"""Parsed records that are kept: only what is new is read, and nothing comes out differently."""

from __future__ import annotations

import marshal
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbsite import archive, packing, records
from kbsite.archive import packs
from kbsite.cache import FOLDER
from kbsite.library import Entry
from kbsite.load import load
from kbsite.parse import parse_record
from kbsite.pipeline import prepare
from kbsite.team import Team
from tests import problem_cases
from tests.bases import EVENT, write
from tests.graphs import talk
from tests.odd_records import FULL, ODD, as_yaml, variants

NAMES = [f"talk-{number:02}" for number in range(12)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    talks = {f"sessions/conf/{name}.yaml": talk(name) for name in NAMES}
    return write(tmp_path / "kb", {"sessions/conf/event.yaml": EVENT, **talks})


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the sessions' files that were parsed, in order."""
    names: list[str] = []

    def noted(model: type[Any], path: str, text: str) -> Any:
        if model is records.Session:
            names.append(Path(path).stem)
        return parse_record(model, path, text)

    monkeypatch.setattr(archive, "parse_record", noted)
    return names


def sessions(root: Path) -> dict[str, Entry[records.Session]]:
    return dict(load(root, packs=packs(root))[0].sessions)


def change(root: Path, name: str, **given: Any) -> None:
    write(root, {f"sessions/conf/{name}.yaml": talk(name, **given)})


def kept(root: Path) -> list[Path]:
    return sorted((root / FOLDER).rglob("*.pack"))


def test_only_what_is_new_is_parsed(root: Path, parsed: list[str]) -> None:
    first = sessions(root)
    assert parsed == NAMES
    parsed.clear()
    assert sessions(root) == first
    assert parsed == []
    change(root, NAMES[3], room="Hall B")
    (root / "sessions/conf" / f"{NAMES[5]}.yaml").unlink()
    change(root, "talk-of-today")
    second = sessions(root)
    assert parsed == [NAMES[3], "talk-of-today"]
    assert second == load(root)[0].sessions
    assert second[f"conf/{NAMES[3]}"].record.room == "Hall B"
    assert second[f"conf/{NAMES[4]}"] == first[f"conf/{NAMES[4]}"]


def test_a_file_is_known_by_its_path_and_what_is_in_it_and_by_nothing_else(
    root: Path, parsed: list[str]
) -> None:
    sessions(root)
    one, two = (root / f"sessions/conf/{name}.yaml" for name in NAMES[:2])
    text = one.read_bytes()
    parsed.clear()
    one.write_bytes(two.read_bytes())
    assert sessions(root)[f"conf/{NAMES[0]}"].record.title == NAMES[1]
    assert parsed == [NAMES[0]]
    one.write_bytes(text)
    sessions(root)
    parsed.clear()
    one.unlink()
    one.write_bytes(text)
    os.utime(one, (0, 0))
    assert sessions(root)[f"conf/{NAMES[0]}"].record.title == NAMES[0]
    assert parsed == []


def test_no_more_is_kept_than_the_tree_holds(root: Path) -> None:
    write(root, {"sessions/more/event.yaml": EVENT, "sessions/more/one.yaml": talk()})
    sessions(root)
    assert len(kept(root)) == 2
    shutil.rmtree(root / "sessions/more")
    sizes = []
    for text in ("a" * 5_000, "b" * 5_000, "c"):
        change(root, NAMES[0], summary=text)
        sessions(root)
        (path,) = kept(root)
        sizes.append(path.stat().st_size)
    assert sizes[0] == sizes[1] > sizes[2] + 4_000


def test_what_is_odd_is_kept_and_its_cures_are_worked_out_when_somebody_looks(
    root: Path, parsed: list[str]
) -> None:
    odd = talk("Keynote: Less", speakers=[{"name": "Ada Example (Works)"}])
    write(root, {f"sessions/conf/{NAMES[1]}.yaml": odd})
    first = load(root)[1]
    assert [problem.code for problem in first] == ["KB121", "KB122"]
    parsed.clear()
    load(root, packs=packs(root))
    assert parsed == NAMES
    parsed.clear()
    again = load(root, packs=packs(root))[1]
    assert [(each.sort_key, each.hint) for each in again] == [
        (each.sort_key, each.hint) for each in first
    ]
    assert parsed == []
    assert again == first
    assert [bool(problem.cures) for problem in again] == [True, True]
    assert parsed == [NAMES[1]]


def test_what_was_refused_is_read_and_reported_each_time(root: Path, parsed: list[str]) -> None:
    change(root, NAMES[1], rom="Hall A")
    first = load(root, packs=packs(root))[1]
    assert [problem.code for problem in first] == ["KB101"]
    parsed.clear()
    assert load(root, packs=packs(root))[1] == first
    assert parsed == [NAMES[1]]


def test_a_new_version_reads_all_anew(
    root: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions(root)
    parsed.clear()
    monkeypatch.setattr(archive, "_program", lambda: "the next version")
    sessions(root)
    assert parsed == NAMES
    sessions(root)
    assert parsed == NAMES


@pytest.mark.parametrize("damage", ["cut", "emptied", "changed", "removed", "a folder", "all gone"])
def test_what_is_damaged_is_read_anew(root: Path, parsed: list[str], damage: str) -> None:
    first = sessions(root)
    parsed.clear()
    (path,) = kept(root)
    data = path.read_bytes()
    if damage == "all gone":
        shutil.rmtree(root / ".cache")
    elif damage in ("removed", "a folder"):
        path.unlink()
    if damage == "a folder":
        path.mkdir()
    elif damage in ("cut", "emptied", "changed"):
        path.write_bytes({"cut": data[:-1], "emptied": b""}.get(damage, data[:-1] + b"?"))
    assert sessions(root) == first
    assert parsed == NAMES


def test_a_tree_that_is_read_only_is_read_all_the_same(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, *_: Any, **__: Any) -> None:
        raise PermissionError(30, "Read-only file system", str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert sessions(root) == load(root)[0].sessions
    assert not (root / ".cache").exists()


def test_several_processes_may_use_it_at_once(root: Path) -> None:
    expected = load(root)[0].sessions

    def use(number: int) -> bool:
        if number % 3 == 0:
            shutil.rmtree(root / FOLDER / "records", ignore_errors=True)
        change(root, NAMES[0], summary=f"Number {number}.")
        found = sessions(root)
        return all(found[f"conf/{name}"] == expected[f"conf/{name}"] for name in NAMES[1:])

    assert all(Team(40, use, 4).finish())


@pytest.mark.parametrize("case", list(problem_cases.cases()), ids=lambda case: case.name)
def test_the_same_is_reported_with_what_was_kept(
    case: problem_cases.Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MANY", 0)  # and with several processes
    monkeypatch.setattr(archive, "AT_ONCE", 1)
    root = tmp_path / "kb"
    problem_cases.set_up(root, case.files)
    for _ in range(2):
        problems = prepare(root, packs=packs(root)).problems
        assert problem_cases.as_text(problems) == case.expected


TEXTS = [as_yaml(talk(title)) for title in ("One", "Two", "Tw\u00f6")]
TEXTS += [as_yaml(talk("One", rom="Hall A")), as_yaml({"title": ""}), "title: [", "", "a: 1\na: 2"]
TEXTS += [as_yaml(talk("Keynote: One", learnings=[{"id": "one", "text": "Less."}]))]
TEXTS += [as_yaml(talk("One", speakers=[{"name": "Ada (Works)"}, {"name": "Ada (Works)"}]))]


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 3), st.sampled_from([*TEXTS, None])), max_size=4),
        max_size=6,
    )
)
def test_after_any_changes_all_is_read_as_it_is(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[list[tuple[int, str | None]]]
) -> None:
    root = write(tmp_path_factory.mktemp("kb"), {"sessions/conf/event.yaml": EVENT})
    for changes in rounds:
        for number, text in changes:
            path = root / f"sessions/conf/talk-{number}.yaml"
            if text is None:
                path.unlink(missing_ok=True)
            else:
                path.write_text(text, encoding="utf-8")
        assert load(root, packs=packs(root)) == load(root)


def test_a_new_version_is_one_of_any_module_that_has_a_part_in_a_record() -> None:
    command = "import sys, kbsite.parse; print(*(m for m in sys.modules if m.startswith('kbsite')))"
    said = subprocess.run(
        [sys.executable, "-c", command], check=True, capture_output=True, text=True
    )
    names = (name.removeprefix("kbsite").lstrip(".") for name in said.stdout.split())
    folders = {
        f"{parent.replace('.', '/')}/" if parent else ""
        for parent in (name.rpartition(".")[0] for name in names)
    }
    assert folders <= set(archive._PARTS)


# Packing


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_a_record_comes_out_of_a_pack_as_it_went_in(odd: Any) -> None:
    packed = 0
    for data in (FULL, *variants(FULL, odd)):
        record = parse_record(records.Session, "a.yaml", as_yaml(data)).record
        if record is not None:
            kept = marshal.dumps(packing.pack(record))
            again = packing.unpack(records.Session, marshal.loads(kept))  # noqa: S302  # our own
            assert again == record
            assert repr(again) == repr(record)
            assert _given(again) == _given(record)
            packed += 1
    assert packed > 1


@pytest.mark.parametrize(
    "moment",
    ["2031-04-01", "2031-04-01T10:00", "2031-04-01 10:00:59", "2031-04-01T10:00Z",
     "2031-04-01T10:00+05:45"],
)  # fmt: skip
def test_a_time_comes_out_of_a_pack_as_it_went_in(moment: str) -> None:
    text = as_yaml({"title": "One", "start": moment})
    record = parse_record(records.Session, "a.yaml", text).record
    assert record is not None
    again = packing.unpack(records.Session, packing.pack(record))
    assert repr(again.start) == repr(record.start)


def test_a_model_that_cannot_be_packed_says_so() -> None:
    with pytest.raises(TypeError, match=r"PageSearch\.boost cannot be packed"):
        packing.pack(records.PageSearch(boost=2))


def _given(value: Any) -> Any:
    """The fields that a record and those in it give."""
    if isinstance(value, records.Record):
        inner = {name: _given(each) for name, each in value.__dict__.items()}
        return (value.model_fields_set, inner)
    return [_given(each) for each in value] if isinstance(value, tuple) else None
