"""Cures: the edits that mend a record, and nothing else of it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kbsite import cures
from kbsite.errors import Cure, Edit
from kbsite.parse import page_source, record_source
from kbsite.sources import Source
from tests.mending import mended

RECORD = """\
# written on the train
title: Kernel news # as printed
speakers:
  - name: Ada Example
    org: Example Works
learnings:
  - {id: one, text: Slow is smooth.}
tags: [a, b]
"""


def after(source: Source, found: Sequence[Cure]) -> str:
    (cure,) = found
    return mended({source.path: source.text}, cure)[source.path]


@pytest.fixture
def source() -> Source:
    return record_source("sessions/example-conf/talk.yaml", RECORD)


def test_a_value_is_written_in_its_place(source: Source) -> None:
    done = after(source, cures.writing(source, ("title",), "Kernel: news"))
    assert done == RECORD.replace("Kernel news", "'Kernel: news'")


def test_a_value_in_a_list_of_mappings_is_written(source: Source) -> None:
    done = after(source, cures.writing(source, ("speakers", 0, "org"), "Sample Labs"))
    assert done == RECORD.replace("Example Works", "Sample Labs")


def test_a_key_is_renamed_and_its_value_stays(source: Source) -> None:
    done = after(source, cures.renaming(source, ("tags",), "tracks"))
    assert done == RECORD.replace("tags", "tracks")


def test_a_key_that_is_there_is_no_new_name(source: Source) -> None:
    assert cures.renaming(source, ("tags",), "title") == ()


def test_a_key_is_added_behind_the_others(source: Source) -> None:
    done = after(source, cures.adding(source, ("speakers", 0, "role"), "Maintainer"))
    assert done == RECORD.replace("Works\n", "Works\n    role: Maintainer\n")


def test_a_key_is_added_to_a_mapping_in_braces(source: Source) -> None:
    done = after(source, cures.adding(source, ("learnings", 0, "at"), "12:30"))
    assert "  - {id: one, text: Slow is smooth., at: '12:30'}\n" in done


def test_an_entry_is_removed_with_its_lines(source: Source) -> None:
    done = after(source, cures.removing(source, ("learnings",)))
    assert done == RECORD.replace("learnings:\n  - {id: one, text: Slow is smooth.}\n", "")


def test_places_in_front_matter_are_places_in_the_page() -> None:
    page = page_source("themes/ebpf.md", "---\nname: eBPF\n---\n\nname: eBPF\n")
    (cure,) = cures.writing(page, ("name",), "XDP")
    assert cure.changes == (
        Edit(file="themes/ebpf.md", line=2, column=7, end_line=2, end_column=11, new="XDP"),
    )


def test_what_cannot_be_changed_safely_has_no_cure() -> None:
    broken = record_source("sessions/example-conf/talk.yaml", "title: [\n")
    assert cures.writing(broken, ("title",), "x") == ()
