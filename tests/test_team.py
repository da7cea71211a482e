"""Work shared among processes: all of it is done, whatever becomes of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kbsite.team import TASKS, Team


def test_every_task_is_done_once_and_results_are_in_order() -> None:
    team = Team(100, lambda task: (task, os.getpid()), processes=3)
    made = team.finish()
    assert [task for task, _ in made] == list(range(100))


def test_other_processes_take_part(tmp_path: Path) -> None:
    (tmp_path / "pids").mkdir()

    def note(task: int) -> int:
        (tmp_path / "pids" / str(os.getpid())).touch()
        while task == 0 and len(list((tmp_path / "pids").iterdir())) < 2:
            pass
        return os.getpid()

    made = Team(8, note, processes=2).finish()
    assert len(set(made)) == 2
    assert os.getpid() in made


def test_alone_one_process_does_it_all() -> None:
    assert set(Team(5, lambda _: os.getpid(), processes=1).finish()) == {os.getpid()}
    assert Team(0, lambda _: None).finish() == []


def test_what_fails_elsewhere_fails_here() -> None:
    def work(task: int) -> int:
        if task == 3:
            raise KeyError("three")
        return task

    with pytest.raises(KeyError, match="three"):
        Team(10, work, processes=3).finish()


def test_the_work_of_a_process_that_dies_is_done_again() -> None:
    home = os.getpid()

    def work(task: int) -> int:
        if os.getpid() != home:
            os.kill(os.getpid(), signal.SIGKILL)
        return task

    assert Team(10, work, processes=4).finish() == list(range(10))


def test_where_no_other_process_can_begin_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refuse)
    assert set(Team(5, lambda _: os.getpid(), processes=3).finish()) == {os.getpid()}


# Each prints how many processes had a part in it
UNUSUAL = {
    "no input": "os.close(0)",
    "no output but messages": "os.close(0); os.dup2(1, 9); os.close(1); sys.stdout = open(9, 'w')",
    "nobody to wait for ends": "signal.signal(signal.SIGCHLD, signal.SIG_IGN)",
}
IN_IT = """
import os, signal, sys, time
{start}
from kbsite.team import Team

def work(task):
    time.sleep(0.05)
    return os.getpid()

print(len(set(Team(20, work, processes=2).finish())))
"""


@pytest.mark.parametrize("start", UNUSUAL.values(), ids=UNUSUAL)
def test_a_team_works_wherever_it_begins(start: str) -> None:
    command = [sys.executable, "-c", IN_IT.format(start=start)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "2\n"


def test_a_team_that_is_stopped_leaves_no_process() -> None:
    team = Team(TASKS, lambda _: signal.pause(), processes=3)
    others = [process for process, _ in team._others]
    team.stop()
    for process in others:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def test_more_tasks_than_can_wait_are_refused() -> None:
    with pytest.raises(ValueError, match="more than"):
        Team(TASKS + 1, lambda _: None)


ORPHANED = """
import os, pathlib, signal, sys, time
from kbsite.team import Team

def work(task):
    pathlib.Path(sys.argv[1], str(os.getpid())).touch()
    signal.pause()

team = Team(8, work, processes=2)
while not list(pathlib.Path(sys.argv[1]).iterdir()):
    time.sleep(0.01)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends processes with their parent")
def test_the_others_end_with_a_process_that_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", ORPHANED, str(tmp_path)]
    done = subprocess.run(command, check=False)
    assert done.returncode == -signal.SIGKILL
    [orphan] = [int(path.name) for path in tmp_path.iterdir()]
    while Path(f"/proc/{orphan}").exists() and "Z" not in Path(f"/proc/{orphan}/stat").read_text():
        pass
