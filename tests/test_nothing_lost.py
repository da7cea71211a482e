"""Whatever somebody writes into a field is found again: on a page, in the search and as data."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import strategies as st

from kbsite import report
from kbsite.pipeline import Prepared, prepare
from tests.bases import write
from tests.every_field import Saying, knowledge_base, shown
from tests.fuzzing import attempt, true_of

# Words by which the search knows a theme are shown nowhere else.
NOT_SHOWN = {"theme.keywords"}
# What nobody looks for: how something is called, not what it says; or what many have in common.
NOT_SOUGHT = {
    "event.series", "session.language", "session.speakers.role", "session.links.label",
    "session.sources.system", "session.sources.id", "session.provenance.contributed_by",
    "person.links.label", "organisation.links.label", "project.links.label", "project.category",
    "project.maturity", "report.author", "report.publisher",
}  # fmt: skip
# What schema.org has no word for, and lists of sessions do not show.
NOT_DATA = NOT_SHOWN | {
    "event.series", "session.subtitle", "session.abstract", "session.learnings.text",
    "session.quotes.text", "session.figures.value", "session.figures.label", "session.figures.note",
    "session.announcements.title", "session.announcements.text", "session.links.label",
    "session.sources.system", "session.sources.id", "session.provenance.contributed_by",
    "theme.body", "person.links.label", "organisation.links.label", "project.links.label",
    "project.category", "project.maturity", "article.description", "shift.description",
    "report.description",
}  # fmt: skip
RAW = re.compile(r"<(?:b|img|svg)\b[^>]*\son|<script[^>]*>(?:\s*alert)|<i x>", re.IGNORECASE)
NOISE = st.sampled_from(
    [
        "<b onclick=alert(1)>", "</p></article><script>alert(1)</script>", "<img src=x onerror=a>",
        "\"'><i x>", "&lt;b&gt; &amp; &#60;", "{{ 7*7 }} {% raw %}", "--> ]]> <!-- x",
        "*a* _b_ `c`", "[d](https://e.org) ![e](f)", "[[theme:kernel]]", "# a | b ~~c~~",
        "\\ \\\\ \\n", "1. - > +", "https://e.org/a_b_c www.e.org", "$x^2$ :smile: !!! a",
        "\u4e2d\u6587 \u0627\u0644 \u200d", "e\u0301 \xdf \u0130", "\U0001f469\u200d\U0001f680",
        "\xa0a\u2028b", "javascript:alert(1)", "%s {0} %(a)s", "null", "--- ...",
    ]
) | st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=24)  # fmt: skip


def site_of(say: Saying, folder: Path) -> Prepared:
    return prepare(write(folder, knowledge_base(say)))


@true_of(st.lists(NOISE, min_size=5, max_size=7))
def texts_in_every_field(noise: list[str]) -> None:
    refused: set[str] = set()
    while True:  # what is refused is told, and something else is written in its place
        with tempfile.TemporaryDirectory() as folder:
            say = Saying(lambda at: noise[at % len(noise)], plain=refused)
            prepared = site_of(say, Path(folder))
            errors = [each for each in prepared.problems if each.severity == "error"]
            if not errors:
                found = shown(prepared)
                break
        told = " ".join(map(report.as_text, errors))
        more = {each.field for each in say.said if each.token in told} - refused
        assert more, told
        refused |= more
    assert [page for page in found.html if RAW.search(page)] == []
    for said in say.said:
        assert said.text in found.pages or said.field in NOT_SHOWN, said
        assert said.text in found.search or said.field in NOT_SOUGHT, said
        assert said.text in found.json or said.field in NOT_DATA, said
        assert said.token in found.twins or said.field in NOT_SHOWN, said


def test_a_text_in_any_field_is_found_again_as_it_was_written() -> None:
    attempt(texts_in_every_field, 2031, 8)


def test_what_is_not_found_everywhere_is_known(tmp_path: Path) -> None:
    say = Saying(lambda _: "plain")
    found = shown(site_of(say, tmp_path))

    def missing(where: str) -> set[str]:
        return {said.field for said in say.said if said.text not in where}

    assert missing(found.pages) == NOT_SHOWN
    assert missing(found.search) == NOT_SOUGHT
    assert missing(found.json) == NOT_DATA
