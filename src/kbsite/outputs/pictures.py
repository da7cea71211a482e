"""The pictures that previews of links show: a name set large, and a dot for every session.

A picture is drawn in shades of one ramp, from paper through the hue to ink, so that it needs no
more than sixteen colours. The same graph gives the same bytes. Of sessions and of what is named in
them there are many thousands; theirs are two thirds as wide, and packed in the quickest way.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from math import ceil
from typing import TYPE_CHECKING

from kbsite.excerpts import ends, fitting
from kbsite.head import Picture
from kbsite.kinds import previews
from kbsite.kinds.base import Page, Preview, Site, Views
from kbsite.outputs.base import Output, Surroundings
from kbsite.outputs.colours import rgb

if TYPE_CHECKING:  # Pillow is slow to load, and most commands draw nothing
    from PIL import Image, ImageFont

WIDTH, HEIGHT = 1200, 630
MANY = 2 / 3  # of that

# The characters that the fonts in fonts/ have; a name with any other gets no picture of its own.
_DRAWN = re.compile(
    "[\u0020-\u007e\u00a0-\u0148\u014a-\u017f\u0218-\u021b\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce"
    "\u0400-\u045f\u0490-\u0491\u1ea0-\u1ef9\u2013-\u2014\u2018-\u201e\u2020-\u2022\u2026\u20ac"
    "\u2122\u2190-\u2193\u2212]+"
)
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufe0f"))

DOT = "  ·  "  # between two parts of the line at the foot
MARGIN = 80
TITLE_TOP, TITLE_BOTTOM = 128, 372  # the title's lines lie between them
DOTS_TOP, DOTS_BOTTOM = 400, 512
BASELINE = 562  # of the line at the foot
SIZES = (104, 92, 80, 70, 60, 52, 44)
LEADING = 1.08
ROOMY = 1.1  # widths at one size tell those at another about so well
LARGEST, SMALLEST = 48, 9  # from one dot to the next

RUNS = 3  # zlib's Z_RLE: a tenth larger, and four times as fast

# Shades: places on the ramp
PAPER, TINT, HUE, INK = 0, 5, 9, 15
_RAMP = ((PAPER, 0.972, 0.012), (TINT, 0.86, 0.06), (HUE, 0.62, 0.11), (INK, 0.27, 0.045))


def outputs(views: Views, pages: Iterable[Page]) -> Iterator[Output[Preview]]:
    """The picture of the site, and those that its pages show in previews."""
    yield _output(previews.of_site(views))
    shown = {preview.path: preview for page in pages for preview in page.previews}
    for preview in shown.values():
        if can_draw(preview.title):
            yield _output(preview)


def _output(preview: Preview) -> Output[Preview]:
    return Output(
        path=preview.path,
        value=lambda: preview,
        write=write,
        depends=lambda around: around.site.name,
        for_the_public=True,
        many=preview.many,
    )


def picture(page: Page | None, site: Site) -> Picture:
    """What previews of links to a page show: a picture of its own, or the site's."""
    said = f"{site.name}: a name, and a dot for each session"
    own = page and own_picture(page, many=site.pictures)
    return own or Picture(path=previews.SITE, alt=said, width=WIDTH, height=HEIGHT)


def own_picture(page: Page, *, many: bool = True) -> Picture | None:
    """The first of a page's previews that can be drawn, as far as the page says what is in it.

    Unless there are `many`, those are left out of which there would be.
    """
    for preview in page.previews:
        if can_draw(preview.title) and (many or not preview.many):
            said = f"{preview.title}: {', '.join(preview.foot)}" if preview.foot else preview.title
            width, height = _size(_scale(preview))
            return Picture(path=preview.path, alt=said, width=width, height=height)
    return None


def _scale(preview: Preview) -> float:
    return MANY if preview.many else 1


def _size(scale: float) -> tuple[int, int]:
    return round(WIDTH * scale), round(HEIGHT * scale)


def write(preview: Preview, around: Surroundings) -> bytes:
    """A picture, with the name of the site: at its foot, or as the title of the site's own."""
    name = around.site.name
    if preview.path != previews.SITE:
        return draw(preview, name)
    return draw(replace(preview, title=name) if can_draw(name) else preview, "")


def can_draw(text: str) -> bool:
    """Whether the fonts have every character of a text.

    >>> can_draw("Жизнь with eBPF – and Ελλάδα"), can_draw("可观测性")
    (True, False)
    """
    return bool(_DRAWN.fullmatch(text.translate(_UNSEEN)))


# Drawing


def draw(card: Preview, signature: str) -> bytes:
    """A card as a PNG; `signature` stands at its foot."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    scale = _scale(card)
    image = Image.new("L", _size(scale), 0)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, round(16 * scale) - 1, image.height), fill=_grey(HUE))

    def write(
        text: str, at: tuple[float, float], shade: int, weight: str, size: int, anchor: str = "ls"
    ) -> None:
        mask, ascent = _line(text, weight, round(size * scale))
        left = at[0] * scale - (mask.width if anchor == "rs" else 0)
        image.paste(_grey(shade), (round(left), round(at[1] * scale) - ascent), mask)

    kind = shortened(card.kind.translate(_UNSEEN), 30, WIDTH - 2 * MARGIN, "Bold")
    write(kind, (MARGIN, 98), HUE + 2, "Bold", 30)
    size, lines = fitted(card.title.translate(_UNSEEN))
    top = TITLE_TOP + (6 if size > 70 else 14)
    for at, line in enumerate(lines):
        write(line, (MARGIN, top + size * 0.78 + at * size * LEADING), INK, "Bold", size)
    _dots(image, card.groups, scale)
    left = shortened(DOT.join(filter(can_draw, card.foot)), 30, WIDTH - 2 * MARGIN)
    write(left, (MARGIN, BASELINE), INK, "Regular", 30)
    room = WIDTH - 2 * MARGIN - font_of("Regular", 30).getlength(left) - 60
    if signature and can_draw(signature) and room > 120:
        right = shortened(signature.translate(_UNSEEN), 30, room, "Bold")
        write(right, (WIDTH - MARGIN, BASELINE), HUE + 2, "Bold", 30, "rs")
    shades = image.point([min(15, (level + 8) // 17) for level in range(256)])
    shades.putpalette(_palette(card.hue))
    out = io.BytesIO()
    quick: dict[str, int] = {"compress_type": RUNS} if card.many else {"compress_level": 6}
    shades.save(out, "PNG", bits=4, **quick)
    return out.getvalue()


def fitted(title: str) -> tuple[int, list[str]]:
    """The largest size at which a title fits, and its lines at that size."""
    width = WIDTH - 2 * MARGIN
    area = (TITLE_BOTTOM - TITLE_TOP) / LEADING * width
    long = font_of("Bold", SIZES[-1]).getlength(title) / SIZES[-1]
    for size in SIZES:
        if long * size * size > area * ROOMY:
            continue  # it cannot fit
        lines = wrapped(title, size, width)
        if lines and len(lines) * size * LEADING <= TITLE_BOTTOM - TITLE_TOP:
            return size, lines
    size = SIZES[-1]
    held = int((TITLE_BOTTOM - TITLE_TOP) / (size * LEADING))
    lines = wrapped(title, size, width, broken=True)
    if len(lines) > held:
        lines = [*lines[: held - 1], shortened(" ".join(lines[held - 1 :]), size, width, "Bold")]
    return size, lines


def wrapped(text: str, size: int, width: float, *, broken: bool = False) -> list[str]:
    """A text in lines; none if a word is wider than a line and may not be broken."""
    measure = font_of("Bold", size).getlength
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if measure(longer) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        while measure(word) > width:
            if not broken:
                return []
            fits = (at for at in reversed(ends(word)) if measure(word[:at]) <= width)
            kept = next(fits, ends(word)[0])
            lines[-1], word = word[:kept], word[kept:]  # noqa: PLW2901  # what is left of it
            lines.append("")
        lines[-1] = word
    return [line for line in lines if line]


def shortened(text: str, size: int, width: float, weight: str = "Regular") -> str:
    """A text on one line, with an ellipsis where it does not fit."""
    measure = font_of(weight, size).getlength
    return fitting(text, lambda part: measure(part) <= width)


def _dots(image: Image.Image, groups: Sequence[Sequence[bool]], scale: float) -> None:
    """A dot for each session, dark where something was learned; as large as there is room."""
    cells = [taught for group in groups for taught in (*group, None)][:-1]
    if not cells:
        return
    width, height = WIDTH - 2 * MARGIN, DOTS_BOTTOM - DOTS_TOP
    step = next(
        (s for s in range(LARGEST, SMALLEST, -1) if (width // s) * (height // s) >= len(cells)),
        SMALLEST,
    )
    across, down = width // step, height // step
    rows = -(-len(cells) // across)
    top = DOTS_BOTTOM - min(rows, down) * step
    mask = _dot(round(step * scale))
    for at, taught in enumerate(cells[: across * down]):
        if taught is not None:
            left, above = MARGIN + at % across * step, top + at // across * step
            place = (round(left * scale), round(above * scale))
            image.paste(_grey(HUE + 2 if taught else TINT), place, mask)


@lru_cache(maxsize=64)  # most begin and end with the same words
def _line(text: str, weight: str, size: int) -> tuple[Image.Image, int]:
    """A line of text, and how far its baseline is below its upper edge."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    font = font_of(weight, size)
    ascent, descent = font.getmetrics()
    line = Image.new("L", (max(1, ceil(font.getlength(text))), ascent + descent))
    ImageDraw.Draw(line).text((0, ascent), text, font=font, fill=255, anchor="ls")
    return line, ascent


@cache
def _dot(step: int) -> Image.Image:
    """A smooth disc, a little smaller than its cell."""
    from PIL import Image, ImageDraw  # noqa: PLC0415

    size, finer = round(step * 0.72), 8
    large = Image.new("L", (size * finer, size * finer), 0)
    ImageDraw.Draw(large).ellipse((0, 0, size * finer - 1, size * finer - 1), fill=255)
    return large.resize((size, size), Image.Resampling.BOX)


def _grey(shade: int) -> int:
    """The level that stands for a shade while drawing."""
    return shade * 17


@cache
def _palette(hue: int) -> list[int]:
    """The sixteen colours of the ramp of a hue."""
    out: list[int] = []
    for shade in range(16):
        low = max(stop for stop in _RAMP if stop[0] <= shade)
        high = min(stop for stop in _RAMP if stop[0] >= shade)
        part = (shade - low[0]) / (high[0] - low[0]) if high[0] > low[0] else 0.0
        lightness = low[1] + part * (high[1] - low[1])
        chroma = low[2] + part * (high[2] - low[2])
        out += rgb(lightness, chroma, hue)
    return out


@cache
def font_of(weight: str, size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont  # noqa: PLC0415

    data = files("kbsite").joinpath("fonts", f"Inter-{weight}.ttf").read_bytes()
    return ImageFont.truetype(io.BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)
