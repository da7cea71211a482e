"""What many tests share: the repo's own site, and a small invented knowledge base."""

from __future__ import annotations

import gc
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from copy import copy as copy_of
from pathlib import Path
from types import CodeType
from typing import Any, TypeAlias

import hypothesis
import jinja2
import pytest
from filelock import FileLock
from jinja2 import FileSystemLoader
from mkdocs.utils import get_theme_dir

from kbsite.build import build
from kbsite.pipeline import Prepared, prepare
from tests import crawl, sample
from tests.bases import CONFIG, write, write_hostile, write_long
from tests.crawl import HtmlPage

# Where these tests run is nothing that a command under test should go by.
for name in ("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY"):
    os.environ.pop(name, None)

# Hundreds of processes start: none of them should compile all of kbsite again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

# A process that holds the pages of whole sites looks through them in vain otherwise.
gc.set_threshold(50_000)
# A slow machine is no fault of what is tested.
hypothesis.settings.register_profile("kbsite", deadline=None)
# What should hold of thousands: --hypothesis-profile=thorough.
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("kbsite")

REPO = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "data" / "small"


@pytest.fixture(scope="session", autouse=True)
def _compile_templates_once() -> Iterator[None]:
    """Compiles each template once in a process: it takes half of the time of a small build."""
    compile = jinja2.Environment.compile
    known: dict[object, CodeType] = {}

    def once(self: jinja2.Environment, source: Any, *more: Any, **options: Any) -> Any:
        syntax = (self.autoescape, self.trim_blocks, *self.extensions, *self.filters, *self.tests)
        key = (type(self), syntax, source, more, tuple(options.items()))
        if key not in known:
            known[key] = compile(self, source, *more, **options)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "compile", once)
        yield


@pytest.fixture(scope="session", autouse=True)
def _list_the_theme_once() -> Iterator[None]:
    """Lists Material's files once in a process, and not the ten thousand of its hidden folders.

    MkDocs asks for all of them in each build, and takes none of those.
    """
    installed = get_theme_dir("material")
    listed = FileSystemLoader.list_templates
    own = [name for name in listed(FileSystemLoader(installed)) if not name.startswith(".")]

    def once(self: FileSystemLoader) -> list[str]:
        others = copy_of(self)
        others.searchpath = [folder for folder in self.searchpath if folder != installed]
        found = own if installed in self.searchpath else ()
        return sorted({*found, *listed(others)})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FileSystemLoader, "list_templates", once)
        yield


@pytest.fixture(scope="session")
def _no_addresses() -> Iterator[None]:
    """Builds without the addresses that a publishing workflow may have set."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("KBSITE_SITE_URL", raising=False)
        patch.delenv("KBSITE_REPO_URL", raising=False)
        yield


Pages: TypeAlias = Mapping[str, HtmlPage]  # by the path of the file
Once: TypeAlias = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Has a folder filled by the first test that asks for its name; the other processes wait."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def once(name: str, fill: Callable[[Path], object]) -> Path:
        folder, begun = shared / name, shared / f"{name}~"
        with FileLock(shared / f"{name}.lock"):
            if not folder.is_dir():
                shutil.rmtree(begun, ignore_errors=True)
                begun.mkdir()
                fill(begun)
                begun.rename(folder)
        return folder

    return once


@pytest.fixture(scope="session")
def sampled(once: Once) -> Path:
    """A part of the repo's own knowledge base; only read it."""
    return once("sample", lambda own: sample.write(own / "base")) / "base"


@pytest.fixture(scope="session")
def site(once: Once, sampled: Path, _no_addresses: None) -> Path:
    """The site of a part of the repo's own knowledge base, built once; only read it."""
    return once("repo", lambda own: build(sampled, site_dir=own / "site", strict=True)) / "site"


@pytest.fixture(scope="session")
def small_site(once: Once, _no_addresses: None) -> Path:
    """The site of the small knowledge base, built once; only read it."""
    return once("small", lambda own: build(SMALL, site_dir=own / "site", strict=True)) / "site"


@pytest.fixture(scope="session")
def arabic_site(once: Once, _no_addresses: None) -> Path:
    """The small knowledge base in a theme in Arabic, with a session in it; only read it."""

    def fill(own: Path) -> None:
        base = Path(shutil.copytree(SMALL, own / "base"))
        write(base, {"mkdocs.yml": CONFIG | {"theme": {"name": "material", "language": "ar"}}})
        record = base / "sessions/example-conf-2031/kernel-news.yaml"
        titled = re.sub(r"(?m)^title:.*", "title: أخبار النواة", record.read_text("utf-8"))
        record.write_text(re.sub(r"(?m)^language:.*", "language: ar", titled), "utf-8")
        build(base, site_dir=own / "site", strict=True)

    return once("arabic", fill) / "site"


@pytest.fixture(scope="session")
def hostile_site(once: Once, _no_addresses: None) -> Path:
    """The site of records that attack, built once; only read it."""

    def fill(own: Path) -> None:
        build(write_hostile(own / "base"), site_dir=own / "site")

    return once("hostile", fill) / "site"


@pytest.fixture(scope="session")
def long_site(once: Once, _no_addresses: None) -> Path:
    """The site of records with words wider than a phone, built once; only read it."""

    def fill(own: Path) -> None:
        build(write_long(own / "base"), site_dir=own / "site")

    return once("long", fill) / "site"


@pytest.fixture(scope="session")
def repo_pages(site: Path) -> Pages:
    return crawl.read_site(site)


@pytest.fixture(scope="session")
def small_pages(small_site: Path) -> Pages:
    return crawl.read_site(small_site)


@pytest.fixture(scope="session")
def hostile_pages(hostile_site: Path) -> Pages:
    return crawl.read_site(hostile_site)


@pytest.fixture(scope="session")
def prepared(sampled: Path) -> Prepared:
    """A part of the repo's own records, linked, and the pages that they make."""
    return prepare(sampled)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the small knowledge base, to change at will."""
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


@pytest.fixture
def copy(sampled: Path, tmp_path: Path) -> Path:
    """A part of the repo's records and pages, without its code, to change at will."""
    kept = shutil.ignore_patterns(".cache")
    return Path(shutil.copytree(sampled, tmp_path / "copy", ignore=kept))
