"""Which entry of another source tells of which session, and which may."""

from __future__ import annotations

import pytest

from kbsite.importers.joining import Around, Joined, Side, join
from tests.growth import is_even

AROUND = Around(
    words=frozenset(
        ("keynote", "lightning", "talk", "panel", "kubeconf", "europe", "eu", "en", "live")
    ),
    years=frozenset(["2031"]),
    others=("KubeConf NA 2031",),
)
FARMS = "Kernels on Farms: Lessons of a Wet Summer in the Hills"
RECORDS = (
    Side(title=FARMS, people=("Adolfo Garcia Example", "Bo Sample-Test"), companies=("Nimbus",)),
    Side(title="Kernel News", people=("Cy Test",)),
    Side(title="Kernel News", people=("Dee Other",)),
    Side(title="Closing Remarks"),
    Side(title="Closing Remarks"),
    Side(title="Parsec", people=("Eve Third",)),
    Side(title="Welcome to All Growers of Kernels"),
    Side(title="The Future of Farming Is... Agentic", people=("Flo Fourth",)),
)


def found(title: str) -> Joined | None:
    return join([Side(title=title)], RECORDS, AROUND).get(0)


@pytest.mark.parametrize(
    ("title", "record"),
    [
        (f"{FARMS} - Adolfo Garcia Example & Bo Sample-Test, Nimbus", 0),
        (f"⚡ Keynote: {FARMS}- A.G. Example & B. Sample-Test (EN)", 0),
        (f"KubeConf Europe 2031 | {FARMS}", 0),
        (f"Bo Sample-Test - {FARMS}", 0),
        (f"{FARMS} - Panel", 0),
        ("Kernels on Farms: Lessons of a Wet Sum... Adolfo Garcia Example & Bo Sample-Test", 0),
        ("Lightning Talk: Kernels on Farms: Lessons of a Wet Summer in the H… B. Sample-Test", 0),
        (f"{FARMS} - Adolfo Garcia Exam...", 0),
        ("Kernels on the Farms: Lessons from One Wet Summer - A. Example & B. Sample-Test", 0),
        ("Kernels on Farms - Adolfo Garcia Example & Bo Sample-Test", 0),
        ("Kernel News - Cy Test", 1),
        ("Live: Kernel News - D. Other, Nimbus", 2),
        ("Welcome to All Growers of Kernels - Zu Nobody", 6),
        ("Keynote: The Future of Farming Is... Agentic - Flo Fourth", 7),
    ],
)
def test_a_title_is_known_again_however_a_channel_writes_it(title: str, record: int) -> None:
    assert found(title) == Joined(record, "title")


@pytest.mark.parametrize(
    ("title", "doubt"),
    [
        ("Kernel News", "'Kernel News' fits as well"),
        ("Kernel News - Zu Nobody", "it does not name the people of this session"),
        ("Closing Remarks", "'Closing Remarks' fits as well"),
        ("Closing Remarks - Zu Nobody", "it says more than the title"),
        ("Parsec", "its title is short, and names nobody"),
        (
            "Parsec: Keys, Locks, Doors and All That Opens Them - Eve Third",
            "it says more than the title",
        ),
        (f"{FARMS} - Bo Sample-Test | KubeConf 2029", "it is of 2029"),
        (f"{FARMS} - Bo Sample-Test, KubeConf NA 2031", "it is of KubeConf NA 2031"),
        ("Kernels on Farms: Wet Hills and Lessons - Bo Sample-Test", "its title is another"),
    ],
)
def test_what_may_be_another_session_is_doubted(title: str, doubt: str) -> None:
    each = found(title)
    assert each is not None
    assert each.doubt == doubt


@pytest.mark.parametrize(
    "title", ["Baking for Beginners - Zu Nobody", "Farms - Bo Sample-Test", "...", "", "🔥"]
)
def test_what_is_nowhere_is_not_found(title: str) -> None:
    assert found(title) is None


def test_two_entries_that_fit_one_session_are_both_doubted_unless_one_fits_better() -> None:
    one, other = Side(title="Kernel News - Cy Test"), Side(title="Kernel News - Cy Test (EN)")
    assert {each.doubt for each in join([one, other], RECORDS, AROUND).values()} == {
        "another entry fits as well"
    }
    better = Side(title=f"{FARMS} - Adolfo Garcia Example & Bo Sample-Test")
    joined = join([Side(title=FARMS), better], RECORDS, AROUND)
    assert (joined[0].doubt, joined[1].doubt) == ("another entry fits as well", "")


def test_ids_and_addresses_are_surer_than_titles() -> None:
    records = [
        Side(title="Kernel News", ids=frozenset(["sched:1"])),
        Side(title="On Queues", addresses=frozenset(["youtube:AbC_123-xyz"])),
        Side(title="On Locks", addresses=frozenset(["x.example/all"])),
        Side(title="On Keys", addresses=frozenset(["x.example/all"])),
    ]
    entries = [
        Side(title="On Queues", ids=frozenset(["sched:1"])),
        Side(title="Kernel News", addresses=frozenset(["youtube:AbC_123-xyz"])),
        Side(title="On Keys", addresses=frozenset(["x.example/all"])),
    ]
    assert join(entries, records, Around()) == {
        0: Joined(0, "id"),
        1: Joined(1, "address"),
        2: Joined(3, "title"),
    }


def test_a_long_title_takes_no_time_that_grows_with_its_square() -> None:
    def work(text: str) -> object:
        return join([Side(title=text)], RECORDS, AROUND)

    assert is_even(work, lambda size: "kernels on ... " * size, 300)
