"""axe-core on a page: each thing it finds, where it is and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# All that axe knows of WCAG 2.2 AA, and what it calls good practice
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")
EVERYTHING: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": list(TAGS)},
    "rules": {
        "target-size": {"enabled": True},  # off unless asked for
        "label-content-name-mismatch": {"enabled": True},
        **{rule: {"enabled": False} for rule in COLOURS},
    },
    "resultTypes": ["violations", "incomplete"],
    "preload": False,  # only rules that are not among these tags look into style sheets
}
CONTRAST = (Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
RUN = """options => {
  const context = CONTEXT
  return context ? axe.run(context, options) : {violations: [], incomplete: []}
}"""
# The header shows a page's title below the top of the page: it comes and goes with the scrolling.
TO_THE_TOP = """async () => {
  scrollTo(0, 0)
  const moving = () => document.getAnimations().filter(each => each instanceof CSSTransition)
  do {
    // What listens to scrolling hears of it in the next frame, and some answer in the one after.
    for (let frames = 2; frames; frames--) await new Promise(requestAnimationFrame)
    for (const each of moving()) each.finish()
  } while (moving().length)
}"""
LOOKS = (Path(__file__).parent / "looks.js").read_text(encoding="utf-8")


class Finding(NamedTuple):
    """What is wrong and how to mend it; the element."""

    what: str
    where: str = ""


def findings(page: Page) -> list[Finding]:
    """What breaks a rule on a page, and what neither axe nor this module can decide."""
    page.evaluate(TO_THE_TOP)  # what happens to lie below the header is no small target
    return [*_broken(page, "document", EVERYTHING), *colours(page)]


def colours(page: Page) -> list[Finding]:
    """The same of the rules that depend on the palette alone.

    The contrast of a text costs more than all else, so it is asked once for each look.
    """
    page.evaluate(TO_THE_TOP)  # nor is it on an unknown ground
    contrast, links = ({**EVERYTHING, "runOnly": [rule], "rules": {}} for rule in COLOURS)
    return [
        *_broken(page, f"(found => found.length && {{include: found}})(({LOOKS})())", contrast),
        *_broken(page, "document", links),
    ]


def _broken(page: Page, context: str, options: Mapping[str, Any]) -> list[Finding]:
    """What axe finds in a part of a page, which an expression in JavaScript names, if it is any."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN.replace("CONTEXT", context), options)
    broken = [finding for rule in found["violations"] for finding in _of_rule(rule)]
    for rule in found["incomplete"]:
        for finding in _of_rule(rule):
            contrast = rule["id"] == "color-contrast"
            said = page.evaluate(CONTRAST, finding.where) if contrast else None
            if said is None:
                broken.append(Finding(f"not decided: {finding.what}", finding.where))
            elif said["ratio"] < said["needed"]:
                what = "color-contrast: {ratio}:1, needed {needed}:1 ({text} on {ground})"
                broken.append(Finding(what.format_map(said), finding.where))
    return broken


def _of_rule(rule: Mapping[str, Any]) -> Iterator[Finding]:
    for node in rule["nodes"]:
        checks = [*node["any"], *node["all"], *node["none"]]
        cure = "; ".join(check["message"] or "" for check in checks) or rule["help"]
        yield Finding(f"{rule['id']}: {cure}", " ".join(map(str, node["target"])))
