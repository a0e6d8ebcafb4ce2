"""Draws the pictures of sample products: flat shapes on calm backgrounds, the same each time."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from types import MappingProxyType

from PIL import Image, ImageDraw

# Pixels of the square picture; drawn larger and scaled down, so that edges are smooth.
SIZE = 600
_FINE = 2
_UNIT = SIZE * _FINE / 100
_QUALITY = 82
_PAPERS = MappingProxyType(
    {
        "amber": "#fdf1d8", "leaf": "#e4f1e3", "mist": "#eceff4", "rose": "#f8e9e7",
        "sand": "#f5eee2", "sky": "#e2eff8", "teal": "#dff1ef", "violet": "#ebe8f6",
        "yellow": "#fdf6d5",
    }
)  # fmt: skip
_COLORS = MappingProxyType(
    {
        "amber": "#f0a830", "amberbg": "#fdf1d8", "black": "#1d2430", "blue": "#4a86c5",
        "brown": "#9a6b45", "coral": "#e3795f", "green": "#58a66a", "ink": "#3a475a",
        "leaf": "#b7dfb9", "leafd": "#3f8a57", "mist": "#cdd6e0", "red": "#cf4b4b",
        "sand": "#ecdcbf", "sky": "#bfe0f5", "steel": "#93a1b3", "tan": "#cba577",
        "teal": "#3f9d98", "tealbg": "#dff1ef", "white": "#ffffff", "yellow": "#f4ce4b",
    }
)  # fmt: skip
_SHADOW = "#00000018"

Pen = ImageDraw.ImageDraw


@cache
def kinds() -> Mapping[str, str]:
    """What there are drawings of, each with its drawing as it is written down."""
    source = files("gapura.ops.seeding").joinpath("reference", "pictures.txt")
    rows = source.read_text(encoding="utf-8").splitlines()
    return MappingProxyType({row.split()[0]: row for row in rows if row})


def picture(kind: str) -> bytes:
    """A square JPG of that kind of goods.

    :raises KeyError: there is no drawing of it.
    """
    head, *strokes = kinds()[kind].split("; ")
    side = SIZE * _FINE
    image = Image.new("RGB", (side, side), _PAPERS[head.split()[1]])
    pen = ImageDraw.Draw(image, "RGBA")
    pen.ellipse(_box(50, 84, 36, 4.5), fill=_SHADOW)
    for stroke in strokes:
        how, *rest = stroke.split()
        _STROKES[how](pen, rest)
    out = BytesIO()
    image.resize((SIZE, SIZE), Image.Resampling.BOX).save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _numbers(words: Sequence[str]) -> list[float]:
    return [float(word) * _UNIT for word in words]


def _box(x: float, y: float, wide: float, high: float) -> list[float]:
    return [edge * _UNIT for edge in (x - wide, y - high, x + wide, y + high)]


def _rectangle(pen: Pen, words: Sequence[str]) -> None:
    """x y width height color [radius of the corners]."""
    x, y, wide, high = _numbers(words[:4])
    radius = sum(_numbers(words[5:]))
    pen.rounded_rectangle([x, y, x + wide, y + high], radius, fill=_COLORS[words[4]])


def _ellipse(pen: Pen, words: Sequence[str]) -> None:
    """x y of the middle, both radii, color."""
    x, y, wide, high = map(float, words[:4])
    pen.ellipse(_box(x, y, wide, high), fill=_COLORS[words[4]])


def _polygon(pen: Pen, words: Sequence[str]) -> None:
    """color, then the corners."""
    pen.polygon(_numbers(words[1:]), fill=_COLORS[words[0]])


def _line(pen: Pen, words: Sequence[str]) -> None:
    """color, width, then the points; with round ends."""
    width, points = float(words[1]), [float(word) for word in words[2:]]
    fill = _COLORS[words[0]]
    pen.line(_numbers(words[2:]), fill=fill, width=round(width * _UNIT), joint="curve")
    for x, y in ((points[0], points[1]), (points[-2], points[-1])):
        pen.ellipse(_box(x, y, width / 2, width / 2), fill=fill)


def _arc(pen: Pen, words: Sequence[str]) -> None:
    """color, width, x y of the middle, radius, first and last angle from the right clockwise."""
    width, x, y, radius, first, last = map(float, words[1:])
    box = _box(x, y, radius + width / 2, radius + width / 2)
    pen.arc(box, first, last, fill=_COLORS[words[0]], width=round(width * _UNIT))


_STROKES: Mapping[str, Callable[[Pen, Sequence[str]], None]] = MappingProxyType(
    {"r": _rectangle, "e": _ellipse, "p": _polygon, "l": _line, "a": _arc}
)
