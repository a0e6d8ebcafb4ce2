"""Shapes of charts: what a template draws, in a picture 360 units wide that fits any screen."""

from dataclasses import dataclass, field

WIDTH = 360.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle. `look` is a class of the style sheet, `hatch` a pattern laid over it (2 to 5).

    `tip` is what a pointer and a screen reader are told of it.
    """

    x: float
    y: float
    width: float
    height: float
    look: str
    tip: str = ""
    hatch: int = 0


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; `anchor` is start, middle or end. Its letters are escaped by the template."""

    x: float
    y: float
    text: str
    look: str = ""
    anchor: str = "start"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points; `look` is a class of the style sheet."""

    points: tuple[tuple[float, float], ...]
    look: str

    @property
    def path(self) -> str:
        """The points as SVG reads them."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Dot:
    """A point: round for the first series, a square for the others."""

    x: float
    y: float
    look: str
    tip: str = ""
    square: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the legend, drawn as the series is."""

    text: str
    look: str
    hatch: int = 0


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture: `height` units high. `label` says in a sentence what is to be seen."""

    code: str
    height: float
    label: str
    strokes: tuple[Stroke, ...] = ()
    bars: tuple[Bar, ...] = ()
    words: tuple[Words, ...] = ()
    dots: tuple[Dot, ...] = ()
    keys: tuple[Key, ...] = field(default=())

    @property
    def width(self) -> float:
        """All are equally wide."""
        return WIDTH


# Letters are half as wide as high, and on a phone 14.5 units high (see the style sheet).
LETTER = 14.5 * 0.52


def fits(text: str, width: float) -> str:
    """The text, or its beginning with an ellipsis where it would be wider than `width` units."""
    most = max(4, int(width / LETTER))
    return text if len(text) <= most else text[: most - 1].rstrip() + "\u2026"


def rounded(value: float) -> float:
    """To a tenth of a unit: nobody sees more."""
    return round(value, 1)
