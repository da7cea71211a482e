"""Which organisations' names are taken for spellings of one."""

from __future__ import annotations

import time

import pytest

from kbsite import slugs
from kbsite.graph.companies import near_duplicates

NOBODY: frozenset[tuple[str, str]] = frozenset()


def pairs(*names: str, apart: frozenset[tuple[str, str]] = NOBODY) -> list[tuple[str, str]]:
    return list(near_duplicates({slugs.slug(name): name for name in names}, apart))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Red Lamp", "RedLamp"),
        ("Redlamp", "red-lamp"),
        ("Red Lamp", "Red Lamp, Inc."),
        ("Red Lamp Ltd", "Red Lamp, Inc."),
        ("Red Lamp", "RED LAMP Co., Ltd."),
        ("Red Lamp", "Red Lamp Pty Ltd"),
        ("Red Lamp", "Red Lamp S.A."),
        ("Red Lamp", "Red Lamp GmbH"),
        ("Red Lamp", "The Red Lamp Company"),
        ("Red Lamp", "redlamp.io"),
        ("Red Lamp", "RedLamp.com, Inc."),
        ("Red & Lamp", "Red and Lamp"),
        ("Red Lamp Works (RLW)", "Red Lamp Works"),
        ("Red Lamp of Oslo (RLO)", "Red Lamp of Oslo"),
        ("Red Lamps", "RedLmaps"),
        ("Red Lamps", "The Red Lampps, Inc."),
    ],
)
def test_spellings_of_one_name_are_found_in_either_order(one: str, other: str) -> None:
    assert pairs(one, other) == [(slugs.slug(one), slugs.slug(other))]
    assert pairs(other, one) == [(slugs.slug(other), slugs.slug(one))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Red Lamp", "Red Lamp Cloud"),
        ("Red Lamp", "Red Lamp Labs"),
        ("Red Lamp", "Lamp Red"),
        ("Red Lamp Works", "RLW"),
        ("Red Lamp (Oslo)", "Red Lamp"),
        ("Akamo", "Akama"),
        ("Invented3", "Invented4"),
        ("Channel+", "Channel"),
        ("Inc", "Ltd"),
        ("The", "And"),
        ("Red Lamp.Bergen", "Red Lamp"),
    ],
)
def test_names_that_say_something_else_are_not(one: str, other: str) -> None:
    assert pairs(one, other) == []


def test_each_name_is_found_once_beside_the_best_known() -> None:
    found = pairs("Red Lamp", "RedLamp", "Red Lamp, Inc.")
    assert found == [("red-lamp", "redlamp"), ("red-lamp", "red-lamp-inc")]


def test_a_name_told_apart_from_one_may_still_be_another() -> None:
    apart = frozenset({("red-lamp", "red-lamp-ag")})
    assert pairs("Red Lamp", "Red Lamp AG", apart=apart) == []
    assert pairs("Red Lamp", "Red Lamp AG", "RedLamp AG", apart=apart) == [
        ("red-lamp", "redlamp-ag")
    ]
    assert pairs("Red Lamp", "RedLamp", "Red Lamp AG", apart=apart) == [
        ("red-lamp", "redlamp"),
        ("redlamp", "red-lamp-ag"),
    ]


def test_thousands_of_spellings_of_one_name_take_no_time() -> None:
    names = {f"lamp-{at}": "Red Lamp" + " Inc" * (at % 50) for at in range(20_000)}
    begin = time.thread_time()
    found = list(near_duplicates(names, NOBODY))
    assert time.thread_time() - begin < 10
    assert len(found) == len(names) - 1
