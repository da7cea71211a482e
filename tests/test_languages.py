"""Whose words are in which language: ours in English, the theme's in its own, records in theirs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from kbsite import build as building
from tests import crawl
from tests.bases import CONFIG

CONF = "sessions/example-conf-2031/"
NEWS = f"{CONF}kernel-news"
ARABIC = "أخبار النواة"


def build(root: Path, language: str) -> Path:
    theme = {"name": "material", "language": language}
    (root / "mkdocs.yml").write_text(yaml.safe_dump({**CONFIG, "theme": theme}))
    site = building.build(root, strict=True, search=False).site_dir
    assert crawl.faults(site) == []
    return site


def article(site: Path, path: str) -> str:
    """What is in a page, without what the theme has around it."""
    html = (site / path / "index.html").read_text("utf-8")
    found = re.search(r"<article[^>]*>(.*)</article>", html, re.DOTALL)
    assert found is not None
    return found[1].strip()


def retitle(root: Path, title: str, language: str) -> None:
    record = root / f"{NEWS}.yaml"
    text = re.sub(r"(?m)^title:.*$", f"title: {title}", record.read_text("utf-8"))
    record.write_text(re.sub(r"(?m)^language:.*$", f"language: {language}", text), "utf-8")


@pytest.mark.parametrize(
    ("language", "direction"), [("de", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("pt-BR", "ltr")]
)
def test_what_is_generated_is_english_in_a_theme_of_another_language(
    small: Path, language: str, direction: str
) -> None:
    site = build(small, language)
    html = (site / NEWS / "index.html").read_text("utf-8")
    assert re.match(rf'\s*<!doctype html>\s*<html lang="{language[:2]}"', html)
    assert f'<body dir="{direction}"' in html
    for path in (NEWS, "people", "themes/kernel", "explore", "problems", "map", "learnings"):
        ours = re.sub(r'^<nav [^>]* lang="en" dir="ltr">.*?</nav>\s*', "", article(site, path))
        assert ours.startswith('<div lang="en" dir="ltr">'), path
    session = article(site, NEWS)
    assert '<h1 id="page" dir="auto">Kernel news' in session
    assert '<a href="../../../people/ada-example/" dir="auto">Ada Example</a>' in session
    assert '<blockquote dir="auto"><p>' in session
    assert '<div class="kb-learning__text" dir="auto">' in session
    assert '<span class="md-ellipsis" dir="auto">' in html
    assert re.search(r'<ul class="md-nav__list" data-md-component="toc"[^>]* lang="en"', html)
    lost = (site / "404.html").read_text("utf-8")
    assert '<div lang="en" dir="ltr"><h1 id="page">There is no such page' in lost


def test_what_is_written_by_hand_is_in_the_language_of_the_theme(small: Path) -> None:
    site = build(small, "de")
    assert '<div class="kb-essay" lang="de" dir="auto">' in article(site, "articles/a-quiet-week")
    assert '<div class="kb-lead" lang="de" dir="auto">' in article(site, "")
    assert "lang=" not in article(site, "about")


@pytest.mark.parametrize("language", ["de", "pt-BR", "German"])
def test_a_record_in_another_language_says_which(small: Path, language: str) -> None:
    retitle(small, "Neues vom Kern", language)
    tag = "de" if language == "German" else language
    site = build(small, "en")
    own = article(site, NEWS)
    assert f'<h1 id="page" lang="{tag}">Neues vom Kern</h1>' in own
    assert f'<div class="kb-summary" lang="{tag}">' in own
    assert f'<blockquote lang="{tag}">' in own
    assert f'<a href="../../{NEWS}/" lang="{tag}">Neues vom Kern</a>' in article(
        site, "people/ada-example"
    )


@pytest.mark.parametrize("language", ["en", "English", "en-GB"])
def test_a_record_in_english_says_nothing(small: Path, language: str) -> None:
    retitle(small, "News of the kernel", language)
    assert '<h1 id="page">News of the kernel</h1>' in article(build(small, "en"), NEWS)


def test_a_title_that_runs_from_right_to_left_may_do_so_anywhere(small: Path) -> None:
    retitle(small, ARABIC, "ar")
    site = build(small, "en")
    assert f'<h1 id="page" lang="ar" dir="auto">{ARABIC}</h1>' in article(site, NEWS)
    assert f'lang="ar" dir="auto">{ARABIC}</a>' in article(site, "people/ada-example")
    assert "dir=" not in article(site, "people/bo-example-of-oslo").replace(
        f' lang="ar" dir="auto">{ARABIC}', ""
    )


def test_a_site_in_english_says_nothing_of_languages(small_site: Path) -> None:
    for path in (NEWS, "people/ada-example", "", "articles/a-quiet-week"):
        assert not re.search(' (lang|dir)="', article(small_site, path)), path
