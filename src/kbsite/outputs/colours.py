"""Colours of OKLCH in sRGB, for pictures that no browser paints."""

from __future__ import annotations

import math


def rgb(lightness: float, chroma: float, degrees: float) -> tuple[int, int, int]:
    """A colour of OKLCH, its hue in degrees, in sRGB.

    >>> rgb(0.0, 0.0, 0), rgb(1.0, 0.0, 0), rgb(0.62, 0.11, 150)
    ((0, 0, 0), (255, 255, 255), (81, 153, 98))
    """
    a = chroma * math.cos(math.radians(degrees))
    b = chroma * math.sin(math.radians(degrees))
    # Björn Ottosson's matrices: OKLab to the cube roots of cone responses, and those to linear RGB
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return _byte(red), _byte(green), _byte(blue)


def _byte(linear: float) -> int:
    value = min(1.0, max(0.0, linear))
    curved = 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
    return round(255 * curved)
