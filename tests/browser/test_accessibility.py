"""WCAG 2.2 AA on a page of every kind: by axe, by keyboard, zoomed in, on a narrow screen, at rest.

A page is visited once for each size, and everything is asked of it there: most of the time goes by
while pages load.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import axe
from tests.browser.axe import Finding
from tests.browser.conftest import DESK, PHONE, OpenTab

NARROWEST: ViewportSize = {"width": 320, "height": 640}
NARROW, ZOOMED = 320, 640  # px: the narrowest screen; one of 1280 px at 200 %
Check: TypeAlias = Callable[[Page], Iterable[Finding]]
Found: TypeAlias = list[tuple[str, Finding]]  # where, and what


def skip_link(page: Page) -> Iterable[Finding]:
    """Whether the first Tab leads to a link that skips to the content; asked of a fresh page."""
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    if not link.count() or "skip" not in link.inner_text().lower():
        return [Finding("the first Tab leads to no skip link")]
    if not page.evaluate(SHOWN):
        return [Finding("the skip link has the focus and cannot be seen")]
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash != ''")
    page.keyboard.press("Tab")
    if not page.evaluate(SKIPPED):
        return [Finding("after the skip link the focus is before the content")]
    return []


SHOWN = """() => {
  const style = getComputedStyle(document.activeElement)
  const box = document.activeElement.getBoundingClientRect()
  return style.opacity > 0 && box.top >= 0 && box.left >= 0 && box.height > 0
}"""
SKIPPED = """() => {
  const target = document.getElementById(location.hash.slice(1))
  const place = target?.compareDocumentPosition(document.activeElement)
  return !!target?.closest("main") &&
    !!(place & Node.DOCUMENT_POSITION_FOLLOWING || place == 0)
}"""


def landmarks(page: Page) -> Iterable[Finding]:
    """Whether each landmark is there as often as it should be."""
    number = {
        "banner": page.get_by_role("banner").count(),
        "main": page.get_by_role("main").count(),
        "contentinfo": page.get_by_role("contentinfo").count(),
    }
    for role, found in number.items():
        if found != 1:
            yield Finding(f"{found} landmarks '{role}'")
    if not page.get_by_role("navigation").count():
        yield Finding("no landmark 'navigation'")


def unseen_focus(page: Page) -> Iterable[Finding]:
    """What a reader can get to by Tab and that then looks no different."""
    page.keyboard.press("Tab")  # so that the browser shows what scripts focus, too
    cure = "give it an outline, underline, border, shadow or background where it is :focus-visible"
    return [Finding(f"a focus that nothing shows: {cure}", at) for at in page.evaluate(FOCUS_EACH)]


FOCUS_EACH = """() => {
  const look = element => {
    const style = getComputedStyle(element)
    return [style.outlineStyle == "none" ? 0 : style.outlineWidth, style.boxShadow,
            style.backgroundColor, parseFloat(style.borderTopWidth) && style.borderColor,
            style.textDecorationLine].join(" ")
  }
  const passed = "[type=radio]:not(:checked)"  // Tab goes to the one that is chosen
  const caret = "textarea, input:not([type=checkbox], [type=radio], [type=button], [type=submit])"
  const shown = element => element.localName == "input"  // one that is hidden shows it on its label
    ? [element, ...element.labels, element.nextElementSibling].filter(part => part) : [element]
  const looks = element => shown(element).map(look).join()
  const seen = element => shown(element)
    .some(part => part.checkVisibility({opacityProperty: true, visibilityProperty: true}))
  const name = element => [element.parentElement, element]
    .map(e => [e.localName, ...e.classList].join(".")).join(" > ")
  const still = document.createElement("style")
  still.textContent = "*, ::before, ::after { transition: none !important }"
  document.head.append(still)
  const stops = document.querySelectorAll("a[href], area, button, input, select, textarea, " +
    "summary, [tabindex], iframe, video[controls], audio[controls]")
  const unseen = new Set()
  for (const element of stops) {
    if (element.tabIndex < 0 || element.disabled || element.matches(`${caret}, ${passed}`)) continue
    if (!element.checkVisibility()) continue
    document.activeElement.blur()
    const before = [name(element), looks(element)]
    element.focus({preventScroll: true, focusVisible: true})
    if (document.activeElement != element) continue
    if (!seen(element) || looks(element) == before[1]) unseen.add(before[0])
  }
  document.activeElement.blur()
  still.remove()
  return [...unseen]
}"""


def motion(page: Page) -> Iterable[Finding]:
    """What moves although the reader asked for rest."""
    cure = "no transition, animation or smooth scrolling where (prefers-reduced-motion: reduce)"
    return [Finding(f"it moves: {cure}", at) for at in page.evaluate(MOVING)]


MOVING = """() => {
  const lasts = times => times.split(",").some(time => parseFloat(time) > 0.01)
  const moves = style => style.scrollBehavior == "smooth" ||
    style.animationName != "none" && lasts(style.animationDuration) ||
    style.transitionProperty != "none" && lasts(style.transitionDuration)
  const found = new Set()
  for (const element of document.querySelectorAll("html, body, body *"))
    for (const part of ["", "::before", "::after"])
      if (moves(getComputedStyle(element, part || null)))
        found.add([element.localName, ...element.classList].join(".") + part)
  return [...found]
}"""


def sideways(width: int) -> Check:
    """A check of what is wider than a screen of `width`, and of what scrolls only by a pointer."""

    def check(page: Page) -> Iterable[Finding]:
        before = page.viewport_size
        page.set_viewport_size({"width": width, "height": 640})
        page.evaluate(NEXT_FRAME)
        wide = page.evaluate("document.scrollingElement.scrollWidth")
        if wide > width:
            yield Finding(f"{wide} px wide on a screen of {width}")
        cure = 'give it tabindex="0", a role and a name, or something in it that has the focus'
        for at in page.evaluate(OUT_OF_REACH):
            yield Finding(f"it scrolls, and not by keyboard in every browser: {cure}", at)
        assert before is not None
        page.set_viewport_size(before)

    return check


# Scripts hear of a new size while a frame is drawn: Material then lets Tab get to what scrolls.
NEXT_FRAME = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
# axe's own rule says nothing of these in a browser without scroll bars.
OUT_OF_REACH = """() => {
  const scrolls = (overflow, length, seen) => /auto|scroll/.test(overflow) && length > seen + 1
  const reached = element => element.tabIndex >= 0 && !element.disabled
  return [...document.querySelectorAll("body *")].filter(element => {
    const style = getComputedStyle(element)
    return element.checkVisibility() && !reached(element) &&
      ![...element.querySelectorAll("*")].some(reached) &&
      (scrolls(style.overflowX, element.scrollWidth, element.clientWidth) ||
       scrolls(style.overflowY, element.scrollHeight, element.clientHeight))
  }).map(element => [element.localName, ...element.classList].join("."))
}"""
# Nothing is half-way where no motion is wanted, so all pages are looked at like that.
SCHEMES = {
    "light": "data-md-color-scheme=default",
    "dark": "data-md-color-scheme=slate",
}
SIZES = {"390 px": PHONE, "1440 px": DESK}
DARK: dict[str, Check] = {"colours": axe.colours, "focus": unseen_focus}
# The skip link comes first, as it wants a fresh page; what changes the page comes last.
CHECKS: dict[tuple[str, str], dict[str, Check]] = {
    ("light", "390 px"): {
        "skip": skip_link,
        "axe": axe.findings,
        "focus": unseen_focus,
        "narrow": sideways(NARROW),
    },
    ("dark", "390 px"): DARK,
    ("light", "1440 px"): {
        "skip": skip_link,
        "landmarks": landmarks,
        "axe": axe.findings,
        "focus": unseen_focus,
        "zoom": sideways(ZOOMED),
        "motion": motion,
    },
    ("dark", "1440 px"): DARK,
}


@pytest.mark.parametrize("size", SIZES)
def test_every_kind_of_page_passes_every_check_in_both_palettes(
    open_tab: OpenTab, address: str, one_of_each: list[str], size: str
) -> None:
    found: dict[str, Found] = defaultdict(list)
    with open_tab(address, viewport=SIZES[size], reduced_motion="reduce") as tab:
        for path in one_of_each:
            page = tab.open(path)
            for palette in SCHEMES:
                choose(page, palette)
                for name, check in CHECKS[palette, size].items():
                    found[f"{name}, {palette}"] += [(f"/{path}", f) for f in check(page)]
            found["complaints"] += [(f"/{path}", Finding(said)) for said in tab.complaints]
            tab.complaints.clear()
    wrong = [f"{name}:\n{told(faults)}" for name, faults in found.items() if faults]
    assert not wrong, "\n".join(wrong)


def test_no_word_however_long_makes_a_page_wider_than_a_phone(
    open_tab: OpenTab, long_address: str, long_site: Path
) -> None:
    files = long_site.rglob("index.html")
    paths = [file.parent.relative_to(long_site).as_posix() for file in files]
    found: Found = []
    with open_tab(long_address, viewport=NARROWEST) as tab:
        for path in sorted(paths):
            page = tab.open("" if path == "." else f"{path}/")
            if path == "explore":
                expect(page.locator(".kb-rows li").first).to_be_visible()
                page.locator(".kb-filters > summary").click()
                expect(page.locator(".kb-unfold").first).to_be_visible()
                folded = page.locator(".kb-unfold[aria-expanded=false]:visible")
                while folded.count():
                    folded.first.click()
                page.locator("input[name=theme]").first.check()
                expect(page.get_by_role("list", name="Chosen")).to_be_visible()
            found += [
                (f"/{path}", Finding("something is wider than a phone", at))
                for at in page.evaluate(TOO_WIDE)
            ]
    assert not found, told(found)


# What sticks out, and is not cut off or scrolled by what it is in.
TOO_WIDE = """() => {
  const wide = document.documentElement.clientWidth
  if (document.scrollingElement.scrollWidth <= wide) return []
  const name = element => [element.parentElement, element]
    .map(each => [each.localName, ...each.classList].join(".")).join(" > ")
  return [...document.querySelectorAll("body *")].filter(element =>
    element.checkVisibility() && element.getBoundingClientRect().right > wide + 1 &&
    ![...element.children].some(inner => inner.getBoundingClientRect().right > wide + 1)
  ).map(name)
}"""


def choose(page: Page, palette: str) -> None:
    """Choose a palette, as a reader does in the header."""
    page.locator(f"input[{SCHEMES[palette]}]").dispatch_event("click")
    expect(page.locator(f"body[{SCHEMES[palette]}]")).to_be_attached()


def told(found: Found) -> str:
    """A line for each fault: how often it is there, and the first places."""
    places: dict[str, list[str]] = {}
    for path, finding in found:
        places.setdefault(finding.what, []).append(f"{path} {finding.where}".rstrip())
    return "\n".join(
        f"{len(at)} times: {what}\n    {', '.join(at[:4])}{', ...' if len(at) > 4 else ''}"
        for what, at in places.items()
    )


def open_the_menu(page: Page) -> None:
    page.get_by_role("button", name="Menu").click()
    expect(page.locator(".md-nav--primary .md-nav__link").first).to_be_in_viewport()


def look_for_ebpf(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("ebpf")
    expect(page.get_by_role("option").first).to_be_visible()


def choose_a_facet(page: Page) -> None:
    expect(page.locator(".kb-rows li").first).to_be_visible()
    filters = page.locator(".kb-filters")
    if not filters.get_by_role("checkbox").first.is_visible():
        filters.locator("summary").click()
    filters.get_by_role("checkbox").first.check()
    expect(page.locator("#kb-explore .kb-chips").get_by_role("button").first).to_be_visible()


def find_nothing(page: Page) -> None:
    page.get_by_role("searchbox", name="Words in the sessions").fill("zzzz")
    expect(page.locator(".kb-relax").get_by_role("button").first).to_be_visible()


ON_PHONES = {"the menu": ("themes/", open_the_menu)}
BUSY: dict[str, tuple[str, Callable[[Page], None]]] = {
    "results in the search box": ("themes/", look_for_ebpf),
    "Explore with a facet": ("explore/", choose_a_facet),
    "Explore without a result": ("explore/?theme=ebpf", find_nothing),
}


@pytest.mark.parametrize(
    ("size", "state"),
    [*(("390 px", state) for state in ON_PHONES), *((s, b) for b in BUSY for s in SIZES)],
)
def test_axe_finds_nothing_where_a_reader_is_busy(
    open_tab: OpenTab, address: str, size: str, state: str
) -> None:
    path, busy = (ON_PHONES | BUSY)[state]
    found: Found = []
    with open_tab(address, viewport=SIZES[size], reduced_motion="reduce") as tab:
        page = tab.open(path)
        busy(page)
        for palette, check in {"light": axe.findings, "dark": axe.colours}.items():
            choose(page, palette)
            found += [(f"{palette} /{path}", finding) for finding in check(page)]
    assert not found, told(found)


# The checks themselves: each sees what it is trusted to see, and no more.


@pytest.fixture(scope="module")
def plain(open_tab: OpenTab, small_address: str) -> Iterable[Callable[[str], Page]]:
    """Opens a page of nothing but a skeleton, with this in its content."""
    with open_tab(small_address, viewport=PHONE, reduced_motion="reduce") as tab:

        def show(html: str) -> Page:
            page = tab.open("404.html")  # afresh: Tab goes on from where the last test was
            page.evaluate("sessionStorage.clear()")
            page.set_content(SKELETON.replace("CONTENT", html))
            return page

        yield show


SKELETON = """<!doctype html><html lang="en"><head><title>Plain</title>
<meta name="viewport" content="width=device-width">
<style>a { display: inline-block; padding: 12px }</style></head><body>
<header><a href="#top">Skip to content</a><nav><a href="./">Home</a></nav></header>
<main><article><h1 id="top">Plain</h1>CONTENT</article></main><footer>The end</footer>
</body></html>"""
RULES = {
    "image-alt": '<img src="assets/images/favicon.png">',
    "heading-order": "<h6>Too deep</h6>",
    "color-contrast": '<p style="background: #fff; color: #ccc">Hard to read</p>',
    "not decided": '<p style="background: linear-gradient(#fff, #000); color: #777">Who knows</p>',
    "button-name": '<button style="padding: 20px"></button>',
    "target-size": 2 * '<button style="all: unset; width: 9px">x</button>',
}


def test_the_skeleton_has_no_faults(plain: Callable[[str], Page]) -> None:
    page = plain('<a href="./">on</a>')
    for check in (skip_link, landmarks, axe.findings, unseen_focus, sideways(NARROW), motion):
        assert list(check(page)) == []


@pytest.mark.parametrize("rule", RULES)
def test_axe_finds_what_breaks_a_rule(plain: Callable[[str], Page], rule: str) -> None:
    found = axe.findings(plain(RULES[rule]))
    assert found
    assert {finding.what.partition(":")[0] for finding in found} == {rule}


@pytest.mark.parametrize(
    "pale", ["color: #ccc", "background: #222", "font-weight: 100; color: #8a8a8a"]
)
def test_a_text_is_judged_unless_one_before_it_looks_the_same(
    plain: Callable[[str], Page], pale: str
) -> None:
    seen = "<p>Seen</p>"
    (found,) = axe.colours(plain(f'{2 * seen}<div style="{pale}">{2 * seen}</div>{seen}'))
    assert found.what.startswith("color-contrast: ")
    assert found.where == "p:nth-child(1)"


def test_a_text_is_judged_on_the_first_page_of_a_tab_that_has_its_look(
    plain: Callable[[str], Page],
) -> None:
    pale = '<p style="color: #ccc">Pale</p>'
    page = plain(pale)
    assert len(axe.colours(page)) == 1
    page.set_content(SKELETON.replace("CONTENT", pale))
    assert axe.colours(page) == []
    page.set_content(SKELETON.replace("CONTENT", pale.replace("#ccc", "#bbb")))
    assert len(axe.colours(page)) == 1


# Text that axe does not judge, since it lies on a drawing: what is in the SVG, and the contrast.
DRAWN = {
    "dark on light": ('<circle r="40" fill="#eee"/><text fill="#222">Seen</text>', None),
    "pale on light": ('<circle r="40" fill="#eee"/><text fill="#bbb">Pale</text>', "1.65:1"),
    "on no more than a rim": (
        '<circle r="40" fill="none"/><text fill="#bbb">Pale</text>',
        "1.91:1",
    ),
    "too long": (
        '<rect x="-9" y="-9" width="18" height="18"/><text fill="#fff">Wide</text>',
        "1:1",
    ),
    "through": ('<circle r="40" fill-opacity=".5"/><text fill="#777">Pale</text>', "1.12:1"),
    "with a rim": (
        '<text fill="#fff" stroke="#222" style="paint-order: stroke">Seen</text>',
        None,
    ),
}


@pytest.mark.parametrize("case", DRAWN)
def test_the_contrast_of_text_in_a_drawing_is_measured(
    plain: Callable[[str], Page], case: str
) -> None:
    drawing, contrast = DRAWN[case]
    html = f'<svg viewBox="-50 -50 100 100" width="300" role="img" aria-label="x">{drawing}</svg>'
    found = [finding.what for finding in axe.findings(plain(html))]
    if contrast is None:
        assert found == []
    else:
        (what,) = found
        assert what.startswith(f"color-contrast: {contrast}, needed 4.5:1")


FAULTS: dict[str, tuple[Check, str, str]] = {
    "a skip link into nothing": (
        skip_link,
        "<script>document.querySelector('h1').id = ''</script>",
        "after the skip link the focus is before the content",
    ),
    "no skip link": (
        skip_link,
        "<script>document.querySelector('header a').remove()</script>",
        "the first Tab leads to no skip link",
    ),
    "a hidden skip link": (
        skip_link,
        "<style>header a { opacity: 0 }</style>",
        "the skip link has the focus and cannot be seen",
    ),
    "two main landmarks": (landmarks, "</article></main><main>More", "2 landmarks 'main'"),
    "no navigation": (
        landmarks,
        "<script>document.querySelector('nav').remove()</script>",
        "no landmark 'navigation'",
    ),
    "a focus that only colours the text": (
        unseen_focus,
        "<style>.x:focus { outline: none; color: red }</style><a class=x href='./'>on</a>",
        "a focus that nothing shows: give it an outline, ",
    ),
    "a focus on what is transparent": (
        unseen_focus,
        "<button style='opacity: 0; padding: 20px'>x</button>",
        "a focus that nothing shows: ",
    ),
    "an animation": (
        motion,
        "<style>@keyframes k {} p::after { content: ''; animation: k 1s }</style><p>x</p>",
        "it moves: no transition, animation ",
    ),
    "something wide": (
        sideways(NARROW),
        "<div style='width: 900px'>x</div>",
        " px wide on a screen of 320",
    ),
    "a scrolling box out of reach": (
        sideways(NARROW),
        "<div style='overflow: auto; height: 50px'><p style='height: 200px'>x</p></div>",
        "it scrolls, and not by keyboard in every browser: ",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(plain: Callable[[str], Page], fault: str) -> None:
    check, html, finding = FAULTS[fault]
    (found,) = check(plain(html))
    assert finding in found.what
