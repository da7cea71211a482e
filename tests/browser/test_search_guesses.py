"""What search takes somebody to mean: other names, slips, parts of questions, any script."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from kbsite.build import build
from kbsite.kinds.base import Site
from kbsite.outputs import spelling
from kbsite.outputs.names import FILE
from kbsite.pipeline import prepare
from tests.bases import CONFIG, EVENT, write
from tests.browser.conftest import OpenTab
from tests.conftest import Once
from tests.serving import served
from tests.surroundings import around

ROOT = Path(__file__).parent.parent.parent
ASSETS = ROOT / "src" / "kbsite" / "theme" / "assets"
CONF = "sessions/harbour-eu-2031"
TALKS: dict[str, dict[str, object]] = {
    "tracing": {"title": "Tracing buoys with Quietkernels", "themes": ["Quietkernels"]},
    "night": {"title": "Tideflow CD at night", "projects": ["Tideflow"]},
    "berths": {"title": "DBA in practice", "abstract": "Cranes wait for pilots."},
    "plain": {"title": "Queues at noon", "abstract": "Every ferry pays a harbour duty."},
    "french": {"title": "L’observabilité en mer"},
    "danish": {"title": "Fra København til Ærø"},
    "chinese": {"title": "在海上的分布式追踪"},
    "japanese": {"title": "港の話", "abstract": "船の分散追跡を学ぶ。"},
    "korean": {"title": "큰등대를 돌보기"},
    "thai": {"title": "การประมวลผลข้อมูล"},
}
SPEAKERS = {
    "tracing": "Łukasz Żak", "night": "Ada Lin", "berths": "Vincent Caldero", "plain": "Ada Lin",
    "danish": "Stephan Caldero",
}  # fmt: skip
FILES: dict[str, object] = {
    "mkdocs.yml": CONFIG,
    "content/index.md": ({"title": "Home"}, "Hello."),
    "content/projects/kelpnetes.md": ({"name": "Kelpnetes", "aliases": ["k7s"]}, ""),
    "content/projects/tideflow.md": (
        {"name": "Tideflow", "aliases": ["Tideflow CD", "TideflowCD"]},
        "",
    ),
    "content/projects/mastmetrics.md": ({"name": "MastMetrics"}, ""),
    "themes/quietkernels.md": (
        {"name": "Quietkernels", "aliases": ["QKern"], "projects": ["MastMetrics"]},
        "All.",
    ),
    "themes/harbours.md": (
        {
            "name": "Harbour engineering",
            "aliases": ["Dynamic berth allocation", "DBA"],
            "keywords": ["toll"],
        },
        "All.",
    ),
    "sessions/harbour-2032/event.yaml": EVENT
    | {"name": "Harbour Conf 2032", "city": "Lisbon", "start": "2032-05-04", "end": "2032-05-05"},
    "sessions/harbour-2032/kelp.yaml": {
        "title": "Kelpnetes, grown",
        "start": "2032-05-04",
        "projects": ["Kelpnetes", "MastMetrics"],
    },
    f"{CONF}/event.yaml": EVENT
    | {"name": "Harbour Conf Europe 2031", "short": "HC EU 2031", "city": "Bern", "country": "CH"},
}  # fmt: skip
for _name, _talk in TALKS.items():
    _who = [{"name": SPEAKERS[_name]}] if _name in SPEAKERS else []
    FILES[f"{CONF}/{_name}.yaml"] = {**_talk, "start": "2031-04-01", "speakers": _who}


@pytest.fixture(scope="module")
def harbour(once: Once) -> Iterator[str]:
    def fill(own: Path) -> None:
        build(write(own / "base", FILES), site_dir=own / "site")

    with served(once("harbour", fill) / "site") as host:
        yield host


Ask = Callable[[str], Page]


@pytest.fixture(scope="module")
def ask(open_tab: OpenTab, harbour: str) -> Iterator[Ask]:
    """Looks for words in a search that is open already, and gives the page with what was found."""
    with open_tab(harbour) as tab:
        page = tab.open("themes/")
        page.keyboard.press("/")
        box, status = page.get_by_role("combobox", name="Search"), page.get_by_role("status")

        def look_for(words: str) -> Page:
            box.fill("")
            expect(status).to_contain_text("Ask for a name")
            box.fill(words)
            expect(status).to_have_text(re.compile(r"\d+ results?\b|Nothing was found"))
            return page

        yield look_for
        assert tab.complaints == []


def headed(page: Page, kind: str) -> str:
    """The first result, which is of some kind."""
    expect(page.locator("[role=group] [role=presentation]").first).to_have_text(kind)
    return page.get_by_role("option").first.locator("b").inner_text()


@pytest.mark.parametrize(
    ("words", "kind", "first"),
    [
        ("quietkernels", "Themes", "Quietkernels"),
        ("QKern", "Themes", "Quietkernels"),
        ("k7s", "Projects", "Kelpnetes"),
        ("tolls", "Themes", "Harbour engineering"),
        ("mast metrics", "Projects", "MastMetrics"),
        ("TIDEFLOW-CD", "Projects", "Tideflow"),
        ("Lukasz Zak", "People", "Łukasz Żak"),
        ("lin ada", "People", "Ada Lin"),
        ("ada lin keynote", "People", "Ada Lin"),
        ("hc eu 2031", "Events", "Harbour Conf Europe 2031"),
        ("bern", "Events", "Harbour Conf Europe 2031"),
        ("lisbon 2032", "Events", "Harbour Conf 2032"),
        ("switzerland april", "Events", "Harbour Conf Europe 2031"),
        ("what was learned about quietkernels?", "Themes", "Quietkernels"),
        ("buoys tracing", "Sessions", "Tracing buoys with Quietkernels"),
        ("tracing zak", "Sessions", "Tracing buoys with Quietkernels"),
        ("queu", "Sessions", "Queues at noon"),
        ("observabilite", "Sessions", "L’observabilité en mer"),
        ("kobenhavn aero", "Sessions", "Fra København til Ærø"),
        ("分布式", "Sessions", "在海上的分布式追踪"),
        ("追跡", "Sessions", "港の話"),
        ("등대", "Sessions", "큰등대를 돌보기"),
        ("ประมวลผล", "Sessions", "การประมวลผลข้อมูล"),
    ],
)
def test_what_is_asked_for_comes_first(ask: Ask, words: str, kind: str, first: str) -> None:
    page = ask(words)
    assert headed(page, kind) == first
    expect(page.get_by_role("status")).not_to_contain_text("Showing results for")


@pytest.mark.parametrize(
    ("words", "meant", "kind", "first"),
    [
        ("quietkernles", "Quietkernels", "Themes", "Quietkernels"),
        ("Kelpnets", "Kelpnetes", "Projects", "Kelpnetes"),
        ("Tidflow", "Tideflow", "Projects", "Tideflow"),
        ("Vincent Caldera", "Vincent Caldero", "People", "Vincent Caldero"),
        ("what is kelpnetse?", "what is Kelpnetes?", "Projects", "Kelpnetes"),
        ("qeues at noon", "queues at noon", "Sessions", "Queues at noon"),
    ],
)
def test_a_slip_is_guessed_and_said(
    ask: Ask, words: str, meant: str, kind: str, first: str
) -> None:
    page = ask(words)
    expect(page.get_by_role("status")).to_contain_text(f"Showing results for “{meant}”")
    assert headed(page, kind) == first
    more = page.get_by_role("link", name="All sessions that match")
    assert meant.rsplit(maxsplit=1)[-1].strip("?") in (more.get_attribute("href") or "")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("stefan caldero", "Stephan Caldero"),
        ("stephan caldeiro", "Stephan Caldero"),
    ],
)
def test_a_name_that_is_spelled_as_it_is_heard_is_found_by_its_other_part(
    ask: Ask, words: str, name: str
) -> None:
    page = ask(words)
    expect(page.get_by_role("status")).to_contain_text("Showing results for")
    assert headed(page, "People") == name


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("quietkernels tideflow", ["Quietkernels", "Tideflow"]),
        ("does tideflow need lighthouses", ["Tideflow"]),
        ("kelpnetes vs tideflow", ["Kelpnetes", "Tideflow"]),
    ],
)
def test_what_parts_of_a_question_name_comes_before_texts_that_have_some_of_it(
    ask: Ask, words: str, named: list[str]
) -> None:
    first = ask(words).get_by_role("option").locator("b").all_inner_texts()[: len(named)]
    assert sorted(first) == named


def test_one_letter_is_asked_to_be_more(open_tab: OpenTab, harbour: str) -> None:
    with open_tab(harbour) as tab:
        page = tab.open("themes/")
        page.keyboard.press("/")
        for words in ("c++", "C#"):
            page.get_by_role("combobox", name="Search").fill(words)
            expect(page.get_by_role("status")).to_have_text("Type two letters or more.")
            page.get_by_role("combobox", name="Search").fill("")
            expect(page.get_by_role("status")).to_contain_text("Ask for a name")


def test_words_of_a_question_are_findable_alone_and_long_text_is_cut(
    open_tab: OpenTab, archive: str
) -> None:
    with open_tab(archive) as tab:
        page = tab.open("")
        told = "(text) => import('/finding.js').then(({telling}) => telling(text))"
        assert page.evaluate(told, "speaker keynotes") == ["speaker", "keynotes"]
        assert page.evaluate(told, "the best speakers of 2031") == ["2031"]
        pasted = " ".join(f"word{n % 40}" for n in range(4000))
        assert page.evaluate(told, pasted) == [f"word{n}" for n in range(12)]


def test_a_guess_can_be_refused(ask: Ask) -> None:
    page = ask("quietkernles")
    page.get_by_role("button", name="Search for “quietkernles” instead").click()
    expect(page.get_by_role("status")).to_contain_text("Nothing was found for “quietkernles”")
    expect(page.get_by_role("combobox", name="Search")).to_be_focused()
    expect(page.get_by_role("button", name="instead")).to_have_count(0)
    assert headed(ask("quietkernles"), "Themes") == "Quietkernels"


@pytest.mark.parametrize("words", ["k8s", "zzqx", "quarts", "дщярк"])
def test_what_only_begins_alike_is_no_result(ask: Ask, words: str) -> None:
    page = ask(words)
    expect(page.get_by_role("status")).to_contain_text("Nothing was found")
    expect(page.get_by_role("option")).to_have_count(0)


@pytest.mark.parametrize("words", ["crane kelpnetes", "who wait for tideflow"])
def test_a_word_beside_a_name_is_no_slip_if_a_text_has_it(ask: Ask, words: str) -> None:
    expect(ask(words).get_by_role("status")).not_to_contain_text("Showing results for")


def test_three_letters_are_a_word_and_not_the_beginning_of_one(ask: Ask) -> None:
    page = ask("cra")
    expect(page.get_by_role("status")).to_contain_text("Nothing was found")


def test_a_word_that_a_text_has_is_not_taken_for_a_slip(ask: Ask) -> None:
    page = ask("cranes")
    assert headed(page, "Sessions") == "DBA in practice"
    expect(page.locator(".kb-piece")).to_contain_text("Cranes wait for pilots.")
    expect(page.locator(".kb-piece mark")).to_have_text("Cranes")


def test_results_say_why_they_are_there(ask: Ask) -> None:
    context = ask("QKern").get_by_role("option").first.locator("span")
    expect(context).to_have_text("also known as QKern · 1 session")
    expect(context.locator("mark")).to_have_text("QKern")
    context = ask("toll").get_by_role("option").first.locator("span")
    expect(context).to_contain_text("covers “toll”")
    page = ask("Quietkernels")
    beside = page.get_by_role("group", name="Projects").get_by_role("option")
    expect(beside).to_contain_text("belongs to Quietkernels")


def test_the_talks_of_another_name_are_found_too(ask: Ask) -> None:
    talks = ask("tideflowcd").get_by_role("group", name="Sessions").get_by_role("option")
    expect(talks.first).to_contain_text("Tideflow CD at night")
    talks = ask("dynamic berth allocation").get_by_role("group", name="Sessions")
    expect(talks.get_by_role("option").first).to_contain_text("DBA in practice")


def test_an_empty_field_shows_what_there_is_and_chooses_nothing(
    open_tab: OpenTab, harbour: str
) -> None:
    with open_tab(harbour) as tab:
        page = tab.open("themes/")
        page.keyboard.press("/")
        themes = page.get_by_role("group", name="Themes").get_by_role("option")
        expect(themes.first).to_contain_text("Harbour engineering")
        events = page.get_by_role("group", name="Recent events").get_by_role("option")
        expect(events.first).to_contain_text("Harbour Conf 2032")
        expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
        page.keyboard.press("Enter")
        page.keyboard.press("ArrowDown")
        expect(themes.first).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{harbour}themes/harbours/")
        assert tab.complaints == []


def test_what_comes_later_moves_nothing(open_tab: OpenTab, harbour: str) -> None:
    with open_tab(harbour) as tab:
        held: list[Route] = []
        let: list[bool] = []  # whether what comes is let pass

        def hold(route: Route) -> None:
            if let:
                route.continue_()
            else:
                held.append(route)

        tab.route("**/*.pf_fragment", hold)
        page = tab.open("themes/")
        page.keyboard.press("/")
        page.keyboard.type("ada")
        options = page.get_by_role("option")
        expect(options.first).to_contain_text("Ada Lin")
        page.keyboard.press("ArrowDown")
        before = options.all_inner_texts()
        chosen = page.locator("[role=option][aria-selected=true]").inner_text()
        expect(page.get_by_role("status")).to_have_text("Searching the texts…")
        let.append(True)
        for route in held:
            route.continue_()
        expect(page.get_by_role("status")).to_contain_text("result")
        assert options.all_inner_texts()[: len(before)] == before
        assert page.locator("[role=option][aria-selected=true]").inner_text() == chosen


def test_search_is_fetched_when_a_pointer_comes_near(open_tab: OpenTab, harbour: str) -> None:
    with open_tab(harbour) as tab:
        page = tab.open("themes/")
        with page.expect_request("**/assets/names.gzip"), page.expect_request("**/*.pf_meta"):
            page.locator("header [data-kb-search]").hover()
        assert page.locator("dialog[open]").count() == 0


def test_explore_finds_other_names_too(open_tab: OpenTab, harbour: str) -> None:
    with open_tab(harbour) as tab:
        page = tab.open("explore/?q=k7s")
        rows = page.locator(".kb-rows li")
        expect(rows.filter(has_text="Kelpnetes, grown")).to_have_count(1)
        assert tab.complaints == []


def test_explore_finds_nothing_of_signs_alone(open_tab: OpenTab, harbour: str) -> None:
    with open_tab(harbour) as tab:
        page = tab.open("explore/?q=!!!")
        expect(page.locator("#kb-explore [role=status]")).to_contain_text("0 ")
        expect(page.locator(".kb-rows li")).to_have_count(0)
        assert tab.complaints == []


def test_explore_guesses_too(open_tab: OpenTab, harbour: str) -> None:
    with open_tab(harbour) as tab:
        page = tab.open("explore/?q=Tidflow")
        expect(page.locator("#kb-explore [role=status]")).to_contain_text(
            "Shown is what has “Tideflow”."
        )
        expect(page.locator(".kb-rows li")).to_have_count(1)


SPELLINGS = (
    "Łatwe Øl, Đakovo ISPARTA'da \u0131l\u0131k Æther œuvre Straße þing ðæt",
    "Zoë Żak & Ångström — N°5 ﬁne",
    "İstanbul", "Ёлка и йод",
    "쿠버네티스 가이드", "ガイド ｶﾞｲﾄﾞ", "การประมวลผล", "分布式 云", "ὈΔΥΣΣΕΎΣ",
)  # fmt: skip


def test_the_script_spells_words_as_the_index_does(open_tab: OpenTab, archive: str) -> None:
    with open_tab(archive) as tab:
        both = """(texts) => import("/finding.js").then(({plain, words}) =>
          texts.map((text) => [plain(text), words(text)]))"""
        found = tab.open("").evaluate(both, SPELLINGS)
    for text, (plain, words) in zip(SPELLINGS, found, strict=True):
        assert plain == spelling.plain(text)
        indexed = f"{spelling.plain(text)} {spelling.more(text)}".split()
        assert {word for word in words if len(word) > 1} <= set(re.split(r"\W+", " ".join(indexed)))


@pytest.fixture(scope="module")
def archive(once: Once) -> Iterator[str]:
    """The names and titles of the repo's own knowledge base, with the script that searches them."""

    def fill(own: Path) -> None:
        names = next(each for each in prepare(ROOT).outputs if each.path == FILE)
        (own / "names.gzip").write_bytes(names.make(around(Site(name="Example"))))
        shutil.copy(ASSETS / "finding.js", own)
        (own / "index.html").write_text("<!doctype html><title>Names</title>")

    with served(once("names", fill)) as host:
        yield host


ANSWER = """
async (asked) => {
  const {answer, catalogue} = await import("/finding.js");
  window.all ??= fetch("/names.gzip")
    .then(({body}) => new Response(body.pipeThrough(new DecompressionStream("gzip"))).json())
    .then(catalogue);
  const {groups, guessed} = answer(await window.all, asked);
  return [groups[0]?.kind, groups[0]?.list[0].title, guessed];
}
"""


@pytest.mark.parametrize(
    ("asked", "kind", "first", "guessed"),
    [
        ("OTel", "theme", "OpenTelemetry", False),
        ("k8s", "project", "Kubernetes", False),
        ("llms", "theme", "LLM inference", False),
        ("cost", "theme", "Operational efficiency", False),
        ("ebfp", "theme", "eBPF", True),
        ("kubernets", "project", "Kubernetes", True),
        ("Prometeus", "project", "Prometheus", True),
        ("argocd", "project", "Argo", False),
        ("autoscaling", "theme", "Scaling and performance", False),
        ("wasm", "theme", "WebAssembly", False),
        ("service mesh", "theme", "Service mesh", False),
        ("IDP", "theme", "Platform engineering", False),
        ("victoria metrics", "project", "VictoriaMetrics", False),
        ("Robert Pajak", "person", "Robert Pająk", False),
        ("Vincent Caldera", "person", "Vincent Caldeira", True),
        ("lin sun", "person", "Lin Sun", False),
        ("DRA", "theme", "GPUs and accelerators", False),
        ("finops", "theme", "Operational efficiency", False),
        ("kubecon eu 2023", "event", "KubeCon + CloudNativeCon Europe 2023", False),
        ("amsterdam", "event", "KubeCon + CloudNativeCon Europe 2026", False),
        ("kelsey hightower keynote", "person", "Kelsey Hightower", False),
        ("etcd", "project", "etcd", False),
        ("what was learned about ebpf", "theme", "eBPF", False),
        ("o11y", "theme", "Observability", False),
        ("istoi ambient mesh", "session", "", True),
        ("san diego 2019", "event", "KubeCon + CloudNativeCon North America 2019", False),
        ("istoi", "project", "Istio", True),
        ("promethues", "project", "Prometheus", True),
        ("kuberntes", "project", "Kubernetes", True),
        ("opentelmetry", "theme", "OpenTelemetry", True),
        ("cillium", "project", "Cilium", True),
        ("tekon", "project", "Tekton", True),
        ("helmm", "project", "Helm", True),
        ("how does cilium work", "project", "Cilium", False),
        ("speakers from google", "organisation", "Google", False),
        ("who gave a keynote in 2024", "event", "2024", False),
        ("salt lake", "event", "KubeCon + CloudNativeCon North America 2024", False),
        ("what happened at kubecon paris", "event", "Europe 2024", False),
        ("kubecon 2019 keynotes", "event", "2019", False),
        ("cloud native con", "event", "KubeCon + CloudNativeCon", False),
        ("kubecon virtual 2020", "event", "2020", False),
    ],
)
def test_the_archive_answers_with_what_was_asked_for(
    open_tab: OpenTab, archive: str, asked: str, kind: str, first: str, guessed: bool
) -> None:
    with open_tab(archive) as tab:
        found = tab.open("").evaluate(ANSWER, asked)
        assert found[::2] == [kind, guessed]
        assert first in found[1]


@pytest.mark.parametrize(
    "asked", ["berlin", "milan", "dora", "oslo", "ikea", "nodejs", "swift", "o'reilly"]
)
def test_a_short_word_that_is_unknown_is_not_made_another(
    open_tab: OpenTab, archive: str, asked: str
) -> None:
    with open_tab(archive) as tab:
        assert tab.open("").evaluate(ANSWER, asked)[2] is False


@pytest.mark.parametrize("asked", ["rag", "ci", "c++"])
def test_a_short_word_finds_no_name_that_it_begins(
    open_tab: OpenTab, archive: str, asked: str
) -> None:
    listed = ANSWER.replace(
        "groups[0]?.kind, groups[0]?.list[0].title, guessed",
        "...groups.filter(({kind}) => /person|organ/.test(kind)).flatMap(({list}) => list)",
    )
    with open_tab(archive) as tab:
        names = [each["title"].lower() for each in tab.open("").evaluate(listed, asked)]
        assert all(asked in re.split(r"\W+", name) for name in names)
