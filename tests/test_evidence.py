"""Each claim says where it comes from: in its record, in the graph, on every page with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kbsite import prose
from kbsite.catalog import CLAIMS, REPORT, SESSION, Thing
from kbsite.claims import Grounds
from kbsite.export import export
from kbsite.graph import Graph
from kbsite.graph.nodes import ClaimNode, SessionNode
from kbsite.kinds import cards, organisations, people
from kbsite.kinds.base import Views
from kbsite.kinds.evidence import Evidence, Sum, summed
from kbsite.pipeline import prepare
from tests import crawl
from tests.bases import EVENT, write
from tests.conftest import SMALL
from tests.crawl import Element, HtmlPage
from tests.graphs import linked, talk

Pages = dict[str, HtmlPage]

CARDS = ("kb-learning", "kb-quote", "kb-figure", "kb-announcement")
ALONE = "kb-cutout"  # what holds one that has a page for itself, and says the evidence below it
EBPF = "kubecon-eu-2026/az-aware-observability-blueprint#instrumentation-moves-to-the-kernel"
WEEK = "content/reports/a-week.md"
ACCOUNT = ({"title": "A week", "author": "Dee Writer"}, "What it is.")
OTHER = ({"title": "Another week", "author": "Eve Writer"}, "What it is.")


# On the pages


def known(graph: Graph) -> dict[str, ClaimNode]:
    """Every claim, by the address of its place on the page of its session."""
    out = {}
    for node in graph.sessions.values():
        for thing in CLAIMS:
            for claim in held(node, thing):
                out[thing.path(claim.key)] = claim
    return out


def held(node: SessionNode, thing: Thing) -> tuple[ClaimNode, ...]:
    claims: tuple[ClaimNode, ...] = getattr(node, thing.plural)
    return claims


def shown(pages: Pages, graph: Graph) -> Iterator[tuple[HtmlPage, Element, ClaimNode]]:
    """Every card of a claim on every page, and the claim that its link to copy leads to."""
    claims = known(graph)
    for page in pages.values():
        alone = page.of_class(ALONE)
        for card in alone or page.elements:
            if alone or set(CARDS) & set(card.classes):
                hrefs = [link.url for link in page.links] if alone else card.hrefs
                places = (crawl.target(page, href) for href in hrefs)
                found = [
                    claims[place]
                    for file, anchor in places
                    if (place := f"{file.removesuffix('index.html')}#{anchor}") in claims
                ]
                assert found, f"{page.file}: a card without a link to its claim: {card.text[:60]}"
                yield page, card, _own(found, card)


def _own(found: list[ClaimNode], card: Element) -> ClaimNode:
    """The claim whose card it is: another to which its text leads is told later in it."""
    told = {prose.to_text(_said(claim)): claim for claim in found}
    return told[min((text for text in told if text in card.text), key=card.text.index)]


def _said(claim: ClaimNode) -> str:
    words: list[str] = [getattr(claim, name, "") for name in ("label", "title", "text")]
    return next(filter(None, words))


def wrong(page: HtmlPage, card: Element, claim: ClaimNode, graph: Graph) -> Iterator[str]:
    """What the card does not say of where its claim comes from."""
    node = graph.sessions[claim.session]
    lines = [line for line in page.of_class("kb-evidence") if line.text and line.text in card.text]
    if not lines:
        yield "it has no line of evidence"
        return
    begins = {
        "said": "Said ", "shown": "Shown on a slide", "reported": "Reported by ",
        "inferred": "Inferred by ", None: "No basis given",
    }[claim.grounds.basis]  # fmt: skip
    line = next((line for line in lines if line.text.startswith(begins)), None)
    if line is None:
        yield f"it does not begin with {begins}"
        return
    if claim.grounds.report:
        path = f"{REPORT.path(claim.grounds.report)}index.html"
        if path not in {crawl.target(page, href)[0] for href in line.hrefs}:
            yield "it does not lead to the account"
        if graph.reports[claim.grounds.report].record.author not in line.text:
            yield "it does not name the author of the account"
    if claim.grounds.basis == "inferred" and "not said in the session" not in line.text:
        yield "it looks as if the session had said it"
    if (" with AI" in line.text) != node.record.provenance.ai_assisted:
        yield "it does not say who worded it"
    if ("not reviewed" in line.text) != (node.record.provenance.reviewed is None):
        yield "it does not say whether it was reviewed"


@pytest.mark.parametrize("name", ["repo", "small"])
def test_every_card_of_a_claim_on_every_page_says_where_it_comes_from(
    name: str, request: pytest.FixtureRequest
) -> None:
    pages: Pages = request.getfixturevalue(f"{name}_pages")
    prepared = request.getfixturevalue("prepared") if name == "repo" else prepare(SMALL)
    graph: Graph = prepared.graph
    told = list(shown(pages, graph))
    faults = [
        f"{page.file}: {card.text[:60]}: {fault}"
        for page, card, claim in told
        for fault in wrong(page, card, claim, graph)
    ]
    assert faults == []
    assert {id(claim) for _, _, claim in told} == {id(claim) for claim in known(graph).values()}


def test_no_page_but_a_hand_written_one_tells_a_learning_without_a_card(
    repo_pages: Pages, prepared: Any
) -> None:
    graph: Graph = prepared.graph
    by_hand = {page.path for page in graph.pages.values()}
    carded = {(page.file, claim.key) for page, _, claim in shown(repo_pages, graph)}
    for key, learning in graph.learnings.items():
        text = prose.to_text(learning.text)
        telling = {
            page.file
            for page in repo_pages.values()
            if text in page.content and page.path not in by_hand
        }
        assert telling
        assert {file for file in telling if (file, key) not in carded} == set()


def test_a_claim_has_a_place_of_its_own_on_the_page_of_its_session(
    repo_pages: Pages, prepared: Any
) -> None:
    for node in prepared.graph.sessions.values():
        page = repo_pages[f"{SESSION.path(node.id)}index.html"]
        for thing in CLAIMS:
            for claim in held(node, thing):
                assert page.ids.count(f"{thing.name}-{claim.id}") == 1


def test_what_the_author_of_an_account_concluded_never_looks_as_if_the_talk_had_said_it(
    repo_pages: Pages, prepared: Any
) -> None:
    graph: Graph = prepared.graph
    assert graph.learnings[EBPF].grounds == Grounds(
        "inferred", "what-kubecon-amsterdam-2026-taught-me"
    )
    showing = [(p, card) for p, card, claim in shown(repo_pages, graph) if claim.key == EBPF]
    assert {"themes/ebpf/index.html", "themes/opentelemetry/index.html"} <= {
        page.file for page, _ in showing
    }
    for _, card in showing:
        assert "Inferred by Soumia, not said in the session" in card.text


def test_everything_in_the_repo_says_where_it_comes_from(prepared: Any) -> None:
    claims = [claim for node in prepared.graph.sessions.values() for claim in node.claims]
    assert claims
    assert [claim.key for claim in claims if claim.grounds.basis is None] == []


def test_the_page_of_a_report_has_all_that_was_taken_from_it_and_its_author(
    repo_pages: Pages, prepared: Any
) -> None:
    graph: Graph = prepared.graph
    for report in graph.reports.values():
        page = repo_pages[f"{report.page.path}index.html"]
        told = {key(c) for p, _, c in shown({page.file: page}, graph)}
        taken = {
            key(claim)
            for node in graph.sessions.values()
            for claim in node.claims
            if claim.grounds.report == report.id
        }
        assert told == taken != set()
        assert report.record.author in page.content
        assert {f"{SESSION.path(id)}index.html" for id in report.sessions} <= set(page.leads_to())


def key(claim: ClaimNode) -> tuple[str, str]:
    return type(claim).__name__, claim.key


def test_an_export_says_it_too(tmp_path: Path) -> None:
    export(SMALL, tmp_path / "out")
    session = tmp_path / "out" / "sessions" / "example-conf-2031" / "kernel-news.md"
    text = session.read_text(encoding="utf-8")
    assert "Said by [Ada Example](../../people/ada-example.md)" in text
    assert "Reported by [Dee Writer](../../reports/a-week-among-kernels.md)" in text
    assert "Shown on a slide" in text


# In the graph


def test_a_session_says_it_once_for_all_that_do_not_say_it_themselves(tmp_path: Path) -> None:
    given = talk(
        basis="reported",
        **{"from": "a-week"},
        speakers=[{"name": "Ada Example"}],
        learnings=[
            {"id": "for-all", "text": "One."},
            {"id": "said", "text": "Two.", "basis": "said", "by": "Ada Example"},
            {"id": "ours", "text": "Three.", "basis": "inferred"},
            {"id": "theirs", "text": "Four.", "basis": "inferred", "from": "a-week"},
            {"id": "others", "text": "Five.", "from": "another-week"},
        ],
    )
    files = {WEEK: ACCOUNT, "content/reports/another-week.md": OTHER}
    node = linked(tmp_path, {"one": given}, files).sessions["conf/one"]
    assert {each.id: each.grounds for each in node.learnings} == {
        "for-all": Grounds("reported", "a-week"),
        "said": Grounds("said", None),
        "ours": Grounds("inferred", None),
        "theirs": Grounds("inferred", "a-week"),
        "others": Grounds("reported", "another-week"),
    }


def test_a_quote_a_figure_and_an_announcement_have_ids_that_are_theirs_alone(
    tmp_path: Path,
) -> None:
    given = talk(
        quotes=[{"text": "Slow is *smooth*, and smooth is fast."}, {"text": "!?"}, {"text": "!"}],
        figures=[{"value": "1", "label": "page"}, {"value": "2", "label": "Page"}],
        announcements=[{"title": "News", "id": "page"}, {"title": "Page"}],
    )
    node = linked(tmp_path, {"one": given}).sessions["conf/one"]
    assert [each.id for each in node.quotes] == [
        "slow-is-smooth-and-smooth-is", "untitled", "untitled-2",
    ]  # fmt: skip
    assert [each.id for each in node.figures] == ["page", "page-2"]
    assert [each.id for each in node.announcements] == ["page", "page-2"]


def test_a_report_is_linked_to_by_its_id_and_knows_who_mentions_it(tmp_path: Path) -> None:
    given = talk(summary="After [[report:a-week]].")
    graph = linked(tmp_path, {"one": given}, {WEEK: ACCOUNT})
    assert graph.sessions["conf/one"].record.summary == "After [A week](kb:/reports/a-week/)."
    (mention,) = graph.mentions["report:a-week"]
    assert mention.path == "sessions/conf/one/"
    assert graph.reports["a-week"].sessions == ()


# In words


def line(tmp_path: Path, learning: dict[str, Any], **more: Any) -> Evidence:
    given = talk(
        speakers=[{"name": "Ada Example"}],
        learnings=[{"id": "one", "text": "One.", **learning}],
        **{"basis": None, **more},
    )
    files = {"sessions/conf/one.yaml": {k: v for k, v in given.items() if v is not None}}
    graph = prepare_with(tmp_path, files)
    return cards.learning_card(Views(graph), "conf/one#one").evidence


def prepare_with(tmp_path: Path, files: dict[str, Any]) -> Graph:
    base = {"sessions/conf/event.yaml": EVENT, WEEK: ACCOUNT, **files}
    return prepare(write(tmp_path / "base", base), kinds=()).graph


@pytest.mark.parametrize(
    ("learning", "words", "author"),
    [
        ({"basis": "said", "by": "Ada Example"}, "Said by", ""),
        ({"basis": "said", "at": "1:00"}, "Said in the session", ""),
        ({"basis": "shown"}, "Shown on a slide", ""),
        ({"basis": "reported", "from": "a-week"}, "Reported by", "Dee Writer"),
        ({"basis": "inferred", "from": "a-week"}, "Inferred by", "Dee Writer"),
        ({"basis": "inferred"}, "Inferred by", "Cem Example"),
        ({}, "No basis given", ""),
    ],
)
def test_a_card_says_in_words_where_its_claim_comes_from(
    tmp_path: Path, learning: dict[str, Any], words: str, author: str
) -> None:
    found = line(tmp_path, learning)
    assert (found.words, found.author) == (words, author)
    assert (found.report is not None) == ("from" in learning)
    assert (found.reviewed, found.ai_assisted) == ("", "")


def test_a_card_says_when_and_with_what_help_its_record_was_written(tmp_path: Path) -> None:
    provenance = {"contributed_by": "Cem", "reviewed": "2031-04-01", "ai_assisted": True}
    found = line(tmp_path, {"basis": "shown"}, provenance=provenance)
    assert (found.reviewed, found.ai_assisted) == ("1 April 2031", "worded with AI")


def sum_of(tmp_path: Path, *talks: dict[str, Any]) -> Sum | None:
    files = {f"sessions/conf/{at}.yaml": each for at, each in enumerate(talks)}
    graph = prepare_with(tmp_path, {"content/reports/another-week.md": OTHER, **files})
    return summed(Views(graph), graph.learnings.values())


def told(*bases: str, reviewed: bool = False) -> dict[str, Any]:
    """A talk with a learning of each basis; after a space the account that it is from."""
    provenance = {"contributed_by": "Cem"} | ({"reviewed": "2031-04-01"} if reviewed else {})
    learnings = []
    for at, words in enumerate(bases):
        basis, _, account = words.partition(" ")
        learning = {"id": f"l-{at}", "text": f"Learning {at} of {bases}.", "at": "1:00"}
        learnings.append(learning | {"basis": basis} | ({"from": account} if account else {}))
    return talk(learnings=learnings, provenance=provenance)


def written(found: Sum) -> str:
    """A sum as its macro prints it, without links."""
    grounds = (
        " ".join((each.words, " and ".join(account.author for account in each.accounts))).strip()
        for each in found.grounds
    )
    return f"{found.claims}{':' if found.counted else ';'} {', '.join(grounds)}; {found.reviewed}"


@pytest.mark.parametrize(
    ("talks", "words"),
    [
        ([["shown", "shown"]], "2 learnings from 1 talk; shown on slides; none reviewed"),
        (
            [["reported a-week", "reported a-week"], ["reported a-week"]],
            "3 learnings from 2 talks; 1 account by Dee Writer; none reviewed",
        ),
        (
            [["inferred a-week"]],
            "1 learning around 1 talk; inferred by Dee Writer; not reviewed",
        ),
        (
            [["inferred"], ["inferred"]],
            "2 learnings around 2 talks; inferred by contributors; none reviewed",
        ),
        (
            [["reported a-week", "inferred a-week"], ["inferred a-week"]],
            "3 learnings around 2 talks: 1 reported and 2 inferred by Dee Writer; none reviewed",
        ),
        (
            [["reported a-week"], ["reported another-week"]],
            "2 learnings from 2 talks; 2 accounts by Dee Writer and Eve Writer; none reviewed",
        ),
    ],
)
def test_a_sum_says_what_its_claims_rest_on_and_no_talk_said_what_others_inferred(
    tmp_path: Path, talks: list[list[str]], words: str
) -> None:
    found = sum_of(tmp_path, *(told(*bases) for bases in talks))
    assert found is not None
    assert written(found) == words


def test_a_sum_tells_apart_what_rests_on_different_things(tmp_path: Path) -> None:
    found = sum_of(
        tmp_path,
        told("said", "said", "reported a-week", "inferred another-week", reviewed=True),
        told("inferred"),
    )
    assert found is not None
    assert written(found) == (
        "5 learnings around 2 talks: 2 said in the session, 1 reported by Dee Writer, "
        "1 inferred by Eve Writer, 1 inferred by contributors; 4 reviewed"
    )


def test_a_sum_of_what_is_reviewed_says_so(tmp_path: Path) -> None:
    found = sum_of(tmp_path, told("shown", "shown", reviewed=True))
    assert found is not None
    assert found.reviewed == "all reviewed"


def test_an_organisation_shows_few_learnings_what_its_speakers_said_first(tmp_path: Path) -> None:
    learnings = [
        {"id": "concluded", "text": "One.", "basis": "inferred"},
        {"id": "of-another", "text": "Two.", "basis": "said", "by": "Eve", "at": "1:00"},
        {"id": "shown", "text": "Three.", "basis": "shown"},
        {"id": "of-its-own", "text": "Four.", "basis": "said", "by": "Ada", "at": "2:00"},
    ]
    speakers = [{"name": "Eve"}, {"name": "Ada", "org": "Example Works"}]
    graph = linked(tmp_path, {"one": talk(learnings=learnings, speakers=speakers)})
    paths = {"organisations/example-works/": organisations, "people/ada/": people}
    shown = {
        path: [
            (part.title, [card.ref.path.partition("#")[2] for card in part.data.cards])
            for page in kind.pages(Views(graph))
            if page.path == path
            for part in page.view().parts
            if "learnings" in part.id
        ]
        for path, kind in paths.items()
    }
    assert shown["organisations/example-works/"] == [
        (
            "From talks with speakers of Example Works",
            ["learning-of-its-own", "learning-of-another", "learning-shown"],
        )
    ]
    assert shown["people/ada/"] == [
        ("What they taught", ["learning-of-its-own"]),
        ("From their talks", ["learning-of-another", "learning-shown", "learning-concluded"]),
    ]


def test_a_sum_of_nothing_is_none(tmp_path: Path) -> None:
    assert sum_of(tmp_path, talk()) is None
