"""The properties of `make fuzz`, tried with a fixed seed for a moment; and files that attack."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzzing import (
    PROPERTIES,
    Property,
    assert_cured,
    assert_told_well,
    attempt,
    bounded,
    check,
    read,
)
from tests.gone_wrong import HOSTILE, Given

SEED = 2031
EXAMPLES = 150


@pytest.mark.parametrize("tried", PROPERTIES, ids=lambda each: each.name)
def test_whatever_is_read_is_told_well(tried: Property) -> None:
    attempt(tried, SEED, EXAMPLES)


@pytest.mark.parametrize("file", sorted(HOSTILE.iterdir()), ids=lambda file: file.name)
def test_a_file_that_attacks_is_refused_with_its_places(file: Path) -> None:
    text = file.read_text("utf-8")
    folder = "sessions/example-conf-2031" if file.suffix == ".yaml" else "themes"
    given = Given(f"{folder}/{file.name}", text)
    with bounded():
        own = read(given)
        assert_told_well(own, {given.path: text})
        found = check({given.path: text})
        assert_told_well(found, {given.path: text})
        assert_cured(found, {given.path: text}, check)
    assert any(problem.file == given.path for problem in found)
