"""The pictures in previews: their size, that nothing runs over, and that bytes stay the same."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from kbsite import build as building
from kbsite.head import Picture
from kbsite.kinds import KINDS, events, sessions, themes
from kbsite.kinds.base import Preview, Site, Views
from kbsite.outputs import pictures
from tests.bases import EVENT
from tests.graphs import KERNEL, linked, talk
from tests.surroundings import around

SITE = Site(name="Example Conf, remembered")
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
NAMES = [
    "eBPF",
    "Operational efficiency of very large fleets",
    LONG,
    f"{LONG} {LONG} {LONG}",
    "word " * 80,
    "Ζωή με Kubernetes",
    "Жизнь: Kubernetes, наблюдаемость",
    "Nhận diện – “quoted” & <b>odd</b> €",
    "W" * 200,
    "i" * 300,
]
CUT = (NAMES[3], NAMES[4], NAMES[8])  # these have no room, however small


def card(title: str, groups: tuple[tuple[bool, ...], ...] = ((True, False),)) -> Preview:
    return Preview(
        path="x.png", kind="Theme", title=title, foot=("2 sessions",), hue=150, groups=groups
    )


def drawn(card: Preview, signature: str = "") -> Image.Image:
    image = Image.open(io.BytesIO(pictures.draw(card, signature)))
    image.load()
    return image


def marks(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Whether anything is drawn in a part of a picture."""
    extrema = image.crop(box).getextrema()
    return extrema != (0, 0)


@pytest.mark.parametrize("name", NAMES, ids=[name[:12] for name in NAMES])
def test_a_name_of_any_length_stays_within_its_space(name: str) -> None:
    image = drawn(card(name), SITE.name)
    assert image.size == (1200, 630)
    assert marks(image, (80, 128, 1120, 380))
    assert not marks(image, (1124, 0, 1200, 630))
    assert not marks(image, (20, 0, 76, 630))
    assert not marks(image, (20, 392, 1200, 400))  # between the title and the dots
    size, lines = pictures.fitted(name)
    assert len(lines) * size * pictures.LEADING <= 260
    assert ("…" in "".join(lines)) == (name in CUT)


@pytest.mark.parametrize("number", [0, 1, 22, 450, 5_000])
def test_a_dot_for_each_session_stays_above_the_foot(number: int) -> None:
    image = drawn(card("x", ((False,) * number, (True,) * (number // 7))))
    assert marks(image, (80, 396, 1120, 513)) == bool(number)
    assert not marks(image, (20, 514, 1200, 534))


def test_a_long_site_name_and_a_long_foot_do_not_meet() -> None:
    for foot in ("foot " * 9, "W" * 90):
        long = replace(card("x", ()), foot=(foot,))
        assert not marks(drawn(long, "signature " * 20), (1124, 0, 1200, 630))


def test_pictures_are_small_and_the_same_every_time() -> None:
    busy = card("Operational efficiency of very large fleets", ((True, False) * 225,) * 2)
    first = pictures.draw(busy, SITE.name)
    assert first == pictures.draw(busy, SITE.name)
    assert len(first) < 25_000


def test_the_fonts_have_every_character_that_counts_as_drawn() -> None:
    for weight in ("Regular", "Bold"):
        font = pictures.font_of(weight, 30)
        missing = bytes(font.getmask("\ue000"))
        lacking = [
            f"{code:04x}"
            for code in range(0x21, 0x2220)
            if pictures.can_draw(chr(code))
            and not chr(code).isspace()
            and bytes(font.getmask(chr(code))) == missing
        ]
        assert lacking == []


def test_a_name_that_cannot_be_drawn_gets_no_picture_of_its_own(tmp_path: Path) -> None:
    graph = linked(
        tmp_path,
        {"one": talk(themes=["kernel"]), "two": talk(themes=["seen"])},
        {"themes/kernel.md": KERNEL, "themes/seen.md": ({"name": "可观测性"}, "")},
    )
    views = Views(graph)
    pages = [*themes.pages(views), *sessions.pages(views), *events.pages(views)]
    made = {output.path: output for output in pictures.outputs(views, pages)}
    assert set(made) == {
        "assets/cards/site.png",
        "assets/cards/themes/kernel.png",
        "assets/cards/events/conf.png",
        "assets/cards/sessions/conf/one.png",
        "assets/cards/sessions/conf/two.png",
    }
    few = replace(SITE, pictures=False)
    shown = {page.path: pictures.picture(page, few) for page in pages}
    size = {"width": pictures.WIDTH, "height": pictures.HEIGHT}
    assert shown["sessions/conf/one/"] == Picture(
        path="assets/cards/themes/kernel.png", alt="Kernels: 1 session", **size
    )
    assert shown["sessions/conf/two/"] == Picture(
        path="assets/cards/events/conf.png", alt="Example Conf: 1–2 April 2031, 2 sessions", **size
    )
    assert shown["themes/seen/"].path == "assets/cards/site.png"
    for name in ("Example", "可观测性"):
        site = made["assets/cards/site.png"].make(around(Site(name=name)))
        assert Image.open(io.BytesIO(site)).size == (1200, 630)


@pytest.mark.parametrize("name", NAMES, ids=[name[:12] for name in NAMES])
def test_one_of_many_pictures_is_smaller_and_holds_the_same(name: str) -> None:
    small = replace(card(name), many=True)
    image = drawn(small, SITE.name)
    assert image.size == (800, 420)
    assert marks(image, (53, 85, 747, 250))
    assert not marks(image, (750, 0, 800, 420))
    assert not marks(image, (14, 0, 50, 420))
    assert marks(image, (53, 264, 747, 342))  # the dots
    assert len(pictures.draw(small, SITE.name)) < 20_000


def test_a_session_a_person_and_an_organisation_have_pictures_of_their_own(tmp_path: Path) -> None:
    speakers = [{"name": "Ada Example", "org": "Example Works"}, {"name": "可观测"}]
    graph = linked(
        tmp_path, {"one": talk(themes=["kernel"], speakers=speakers)}, {"themes/kernel.md": KERNEL}
    )
    views = Views(graph)
    pages = [page for kind in KINDS for page in kind.pages(views)]
    shown = {page.path: pictures.picture(page, SITE) for page in pages}
    talked = shown["sessions/conf/one/"]
    assert talked.path == "assets/cards/sessions/conf/one.png"
    assert (talked.width, talked.height) == (800, 420)
    assert "Ada Example" in talked.alt
    assert shown["people/ada-example/"].path == "assets/cards/people/ada-example.png"
    assert shown["organisations/example-works/"].path == (
        "assets/cards/organisations/example-works.png"
    )
    [unseen] = (page.path for page in pages if page.title == "可观测")
    assert shown[unseen].path == "assets/cards/site.png"


def test_a_site_may_have_few_pictures(small: Path) -> None:
    config = (small / "mkdocs.yml").read_text("utf-8") + "site_url: https://conf.example/\n"
    (small / "mkdocs.yml").write_text(config, "utf-8")
    site = building.build(small, search=False).site_dir
    cards = site / "assets" / "cards"
    assert (cards / "sessions" / "example-conf-2031" / "kernel-news.png").is_file()
    said = (site / "people" / "ada-example" / "index.html").read_text("utf-8")
    assert "assets/cards/people/ada-example.png" in said
    few = config.replace("[kbsite]", "[{kbsite: {pictures: few}}]")
    (small / "mkdocs.yml").write_text(few, "utf-8")
    site = building.build(small, search=False).site_dir
    assert {path.name for path in cards.iterdir()} == {"events", "site.png", "themes"}
    said = (site / "people" / "ada-example" / "index.html").read_text("utf-8")
    assert "assets/cards/site.png" in said


def test_the_licence_of_the_fonts_is_beside_them() -> None:
    folder = Path(pictures.__file__).parent.parent / "fonts"
    assert re.search("SIL OPEN FONT LICENSE", (folder / "OFL.txt").read_text(encoding="utf-8"))
    assert sum(path.stat().st_size for path in folder.glob("*.ttf")) < 250_000


def test_the_night_after_a_day_is_drawn_with_that_day(tmp_path: Path) -> None:
    event = EVENT | {"day_change": "04:00"}
    talks = {
        "evening": talk(start="2031-04-01T22:00"),
        "night": talk(start="2031-04-02T01:00"),
        "morning": talk(start="2031-04-02T09:00"),
    }
    graph = linked(tmp_path, talks, {"sessions/conf/event.yaml": event})
    pages = [page for page in events.pages(Views(graph)) if page.path == "events/conf/"]
    assert [[len(group) for group in page.previews[0].groups] for page in pages] == [[2, 1]]
