"""By what people are listed."""

from __future__ import annotations

import time

import pytest

from kbsite.graph.surnames import listed


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ann Example", "Example, Ann"),
        ("Ann Bea Example", "Example, Ann Bea"),
        ("A. B. Example-Stone", "Example-Stone, A. B."),
        ("Ann van der Berg", "van der Berg, Ann"),
        ("Ann Van Der Berg", "Van Der Berg, Ann"),
        ("Bo de Groot", "de Groot, Bo"),
        ("Bo van 't Hof", "van 't Hof, Bo"),
        ("Cy St. Example", "St. Example, Cy"),
        ("De Example", "Example, De"),
        ("Cy Example Jr.", "Example, Cy"),
        ("Cy Example, Jr", "Example, Cy"),
        ("Cy Example III", "Example, Cy"),
        ("Cy Example, Ph.D., MBA", "Example, Cy"),
        ("Li Sri", "Sri, Li"),
        ("Dee (Dolly) Example", "Example, Dee"),
        ("Dee \u201cDolly\u201d Example", "Example, Dee"),
        ("Dee Example (@dolly)", "Example, Dee"),
        ("Example, Ann", "Example, Ann"),
        ("Plato", "Plato"),
        ("Plato Jr.", "Plato"),
        ("(dolly)", "(dolly)"),
        ("Зоя Пример", "Пример, Зоя"),
        ("张伟", "张伟"),
        ("张 伟", "张 伟"),
        ("김 철수", "김 철수"),
        ("やまだ たろう", "やまだ たろう"),
    ],
)
def test_the_family_name_comes_first(name: str, expected: str) -> None:
    assert listed(name) == expected


def test_a_name_however_odd_is_listed_soon() -> None:
    begin = time.thread_time()
    for odd in ("(" * 20_000, '"' * 20_001, " jr" * 20_000, "van " * 20_000, "x, " * 20_000):
        listed(odd)
    assert time.thread_time() - begin < 5
