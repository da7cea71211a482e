"""What many tests share: the repo's own site, and a small invented knowledge base."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from kbsite.build import build
from tests.bases import write_hostile

# A slow machine is no fault of what is tested.
hypothesis.settings.register_profile("kbsite", deadline=None)
hypothesis.settings.load_profile("kbsite")

REPO = Path(__file__).parent.parent
SMALL = Path(__file__).parent / "data" / "small"


@pytest.fixture(scope="session")
def _no_addresses() -> Iterator[None]:
    """Builds without the addresses that a publishing workflow may have set."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("KBSITE_SITE_URL", raising=False)
        patch.delenv("KBSITE_REPO_URL", raising=False)
        yield


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, _no_addresses: None) -> Path:
    """The repo's own site, built once; only read it."""
    return build(REPO, site_dir=tmp_path_factory.mktemp("repo") / "site", strict=True).site_dir


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small knowledge base, built once; only read it."""
    return build(SMALL, site_dir=tmp_path_factory.mktemp("small") / "site", strict=True).site_dir


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of records that attack, built once; only read it."""
    folder = tmp_path_factory.mktemp("hostile")
    return build(write_hostile(folder / "base"), site_dir=folder / "site").site_dir


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the small knowledge base, to change at will."""
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The repo's records and pages, without its code."""
    root = tmp_path / "copy"
    root.mkdir()
    for name in ("sessions", "themes", "content"):
        shutil.copytree(REPO / name, root / name)
    for name in ("mkdocs.yml", "Makefile", "pyproject.toml"):
        shutil.copy(REPO / name, root / name)
    return root
