"""The real schedules, where they are on this machine: every entry accounted for, and a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from kbsite import scaffold
from kbsite.build import build
from kbsite.importers.event import Given
from kbsite.pipeline import prepare
from tests import crawl
from tests.importers.schedules import CORPORA, import_source, needs_corpora
from tests.weights import too_heavy

pytestmark = needs_corpora

SOURCES = {
    "sched": ("sched-kubecon-na-2025.ics", 499, 43, Given(timezone="America/New_York")),
    "c3voc": ("c3voc-camp-2019.json", 79, 0, Given()),
    "frab": ("frab-fosdem-2025.xml", 943, 0, Given()),
    "sessionize": (
        "sessionize-globalazure-2024.json", 15, 0,
        Given(name="Global Azure Austria 2024", timezone="Europe/Vienna"),
    ),
}  # fmt: skip


# What its keepers have to decide: a change of employer, an organisation spelt in two ways, a name
# with a company or several people in it, a title that ends in a comma, a name in capital letters;
# and that the event of these tests is called after another year
TO_DECIDE = {"KB214", "KB216", "KB122", "KB126", "KB127", "KB131"}


@pytest.mark.parametrize("system", SOURCES)
def test_a_real_schedule_is_imported_whole_checked_and_built(tmp_path: Path, system: str) -> None:
    name, entries, left_out, given = SOURCES[system]
    root = tmp_path / "base"
    scaffold.init(root)
    outcome = import_source(root, system, CORPORA / name, given=given)
    assert (outcome.entries, len(outcome.left_out), len(outcome.refused)) == (entries, left_out, 0)
    assert outcome.imported + len(outcome.left_out) + len(outcome.refused) == outcome.entries
    doubts = [warning for warning in outcome.warnings if warning.code == "KB403"]
    assert len(doubts) <= 2  # lists of three whose middle one may be a company
    assert {warning.code for warning in outcome.warnings} <= {"KB403", "KB407"}
    assert {problem.code for problem in prepare(root).problems} <= TO_DECIDE
    with_abstracts = import_source(root, system, CORPORA / name, given=given, abstracts=True)
    assert {each.field for _, each in with_abstracts.changed} == {"abstract"}
    assert {problem.code for problem in prepare(root).problems} <= TO_DECIDE
    assert not import_source(root, system, CORPORA / name, given=given).writes
    site = build(root, search=False).site_dir
    pages = crawl.read_site(site)
    assert too_heavy(pages) == []
    faults = crawl.faults(site, pages)
    assert [fault for fault in faults if " a stray " not in fault] == []  # in the abstracts
