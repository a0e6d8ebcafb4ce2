"""From figures to drawings: bars, stacked bars, lines, a strip of hours, dots with intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gapura.kernel.texts import said
from gapura.reports.queries.figures import BARS, HEAT, LINES, STACKED, Picture, Row
from gapura.reports.services.wording import amount, column_words, label
from gapura.web.oversight.shapes import (
    LETTER,
    WIDTH,
    Bar,
    Dot,
    Drawing,
    Key,
    Stroke,
    Words,
    fits,
    rounded,
)

_LINE, _BAR, _GAP = 16.0, 13.0, 12.0
# Above the rows: what the two ends of their scale are.
_SCALE = 22.0
_PLOT, _LEFT, _TOP = 130.0, 6.0, 22.0
_STRIP, _CELL, _NAME = 34.0, 13.4, 34.0
_SHADES = 5
_MOST_LABELS = 4


def draw(picture: Picture) -> Drawing:
    """The drawing of a figure in the active language."""
    return _KINDS[picture.kind](picture)


def _bars(picture: Picture) -> Drawing:
    """One bar a row: its name above it, its value at the end of the line."""
    bars, words = [], []
    for place, row in enumerate(picture.rows):
        top, value = place * (_LINE + _BAR + _GAP), row.values[0]
        told = amount(picture, value)
        words += _heading(picture, row, told, top)
        width = rounded(WIDTH * value / picture.most)
        tip = f"{label(picture, row)}: {told}"
        bars.append(Bar(0, rounded(top + _LINE + 3), width, _BAR, "gp-c1", tip))
    return Drawing(
        picture.code, _height(picture), _sentence(picture), _rails(picture), tuple(bars),
        tuple(words),
    )  # fmt: skip


def _stacked(picture: Picture) -> Drawing:
    """One bar a row, in parts that are told apart by color and by pattern."""
    bars, words = [], []
    names = column_words(picture)
    for place, row in enumerate(picture.rows):
        top, x = place * (_LINE + _BAR + _GAP), 0.0
        words += _heading(picture, row, amount(picture, sum(row.values)), top)
        for series, value in enumerate(row.values, start=1):
            width = WIDTH * value / picture.most
            if value:
                tip = f"{label(picture, row)}, {names[series - 1]}: {amount(picture, value)}"
                y = rounded(top + _LINE + 3)
                look = f"gp-c{series}"
                bars.append(Bar(rounded(x), y, rounded(width), _BAR, look, tip, _hatch(series)))
            x += width
    keys = tuple(Key(name, f"gp-c{at}", _hatch(at)) for at, name in enumerate(names, start=1))
    return Drawing(
        picture.code, _height(picture), _sentence(picture), _rails(picture), tuple(bars),
        tuple(words), keys=keys,
    )  # fmt: skip


def _lines(picture: Picture) -> Drawing:
    """Values over time: one line a series, the days below, the greatest value above."""
    most = max((max(row.values) for row in picture.rows), default=0) or 1
    names = column_words(picture)
    strokes = [
        Stroke(((0, rounded(y)), (WIDTH, rounded(y))), "gp-rule")
        for y in (_TOP, _TOP + _PLOT / 2, _TOP + _PLOT)
    ]
    dots: list[Dot] = []
    for series, name in enumerate(names):
        points, look = _points(picture, series, most), f"gp-l{series + 1}"
        strokes.append(Stroke(points, look))
        dots += [
            Dot(x, y, look, _tip(picture, row, name, series), square=series > 0)
            for (x, y), row in zip(points, picture.rows, strict=True)
        ]
    words = [Words(0, _TOP - 6, amount(picture, most), "gp-axis"), *_below(picture)]
    keys = tuple(Key(name, f"gp-k{at}") for at, name in enumerate(names, 1)) if names[1:] else ()
    return Drawing(
        picture.code, _TOP + _PLOT + 22, _sentence(picture), tuple(strokes), (), tuple(words),
        tuple(dots), keys,
    )  # fmt: skip


def _points(picture: Picture, series: int, most: int) -> tuple[tuple[float, float], ...]:
    step = _step(picture)
    return tuple(
        (
            rounded(_LEFT + place * step),
            rounded(_TOP + _PLOT - _PLOT * row.values[series] / most),
        )
        for place, row in enumerate(picture.rows)
    )


def _step(picture: Picture) -> float:
    return (WIDTH - 2 * _LEFT) / max(1, len(picture.rows) - 1)


def _heat(picture: Picture) -> Drawing:
    """A strip of 24 hours a row: the darker and the higher, the more; the peak is named."""
    bars, words = [], []
    most = max((max(row.values) for row in picture.rows), default=0) or 1
    for place, row in enumerate(picture.rows):
        top = place * (_STRIP + _LINE + _GAP)
        name = label(picture, row)
        words.append(Words(0, top + 11, fits(name, WIDTH / 2), "gp-strong"))
        words.append(Words(WIDTH, top + 11, _peak(picture, row), "gp-axis", "end"))
        for hour, value in enumerate(row.values):
            x = rounded(_hour_at(hour))
            tip = f"{name} {picture.columns[hour]}.00: {amount(picture, value)}"
            full = rounded(top + _LINE + 2)
            bars.append(Bar(x, full, 12.2, _STRIP, "gp-h0", tip))
            if value:
                high = max(2.0, rounded(_STRIP * value / most))
                shade = min(_SHADES - 1, 1 + value * (_SHADES - 1) // (most + 1))
                bars.append(Bar(x, rounded(full + _STRIP - high), 12.2, high, f"gp-h{shade}", tip))
    bottom = len(picture.rows) * (_STRIP + _LINE + _GAP)
    words += [
        Words(rounded(_hour_at(hour) + 6), bottom + 6, f"{hour:02}", "gp-axis", "middle")
        for hour in range(0, 24, 3)
    ]
    return Drawing(picture.code, bottom + 12, _sentence(picture), (), tuple(bars), tuple(words))


def _hour_at(hour: int) -> float:
    return _NAME / 2 + hour * _CELL


@dataclass(frozen=True, slots=True)
class Point:
    """One row of a dot plot: `at`, `low` and `high` from 0 to 1; None where there is too little."""

    name: str
    told: str
    at: float | None
    low: float | None
    high: float | None


def draw_dots(code: str, title: str, points: Sequence[Point], ends: tuple[str, str]) -> Drawing:
    """A dot a row with the interval around it, on a scale from `ends[0]` to `ends[1]`."""
    strokes, dots, words = [], [], []
    row_height = _LINE + 18
    for place, point in enumerate(points):
        top = _SCALE + place * row_height
        middle = rounded(top + _LINE + 6)
        words.append(Words(0, top + 11, fits(point.name, WIDTH - _wide(point.told) - 8)))
        words.append(Words(WIDTH, top + 11, point.told, "gp-axis", "end"))
        strokes.append(Stroke(((4, middle), (WIDTH - 4, middle)), "gp-rule"))
        if point.at is None or point.low is None or point.high is None:
            continue
        strokes.append(Stroke(((_at(point.low), middle), (_at(point.high), middle)), "gp-span"))
        dots.append(Dot(_at(point.at), middle, "gp-dot", f"{point.name}: {point.told}"))
    words += [Words(0, 10, ends[0], "gp-axis"), Words(WIDTH, 10, ends[1], "gp-axis", "end")]
    height = _SCALE + 6 + len(points) * row_height
    return Drawing(code, height, title, tuple(strokes), (), tuple(words), tuple(dots))


def _at(share: float) -> float:
    return rounded(4 + (WIDTH - 8) * share)


def _wide(text: str) -> float:
    return len(text) * LETTER


def _hatch(series: int) -> int:
    return 0 if series == 1 else series


def _height(picture: Picture) -> float:
    return len(picture.rows) * (_LINE + _BAR + _GAP)


def _heading(picture: Picture, row: Row, told: str, top: float) -> list[Words]:
    name = fits(label(picture, row), WIDTH - _wide(told) - 8)
    return [
        Words(0, rounded(top + 12), name),
        Words(WIDTH, rounded(top + 12), told, "gp-strong", "end"),
    ]


def _rails(picture: Picture) -> tuple[Stroke, ...]:
    """Under each bar a thin line, so that a row of nothing is seen to be one."""
    lows = [at * (_LINE + _BAR + _GAP) + _LINE + _BAR + 3 for at in range(len(picture.rows))]
    return tuple(Stroke(((0, rounded(y)), (WIDTH, rounded(y))), "gp-rule") for y in lows)


def _below(picture: Picture) -> list[Words]:
    """Some of the names under a time line: the first, the last, and what fits between."""
    if not picture.rows:
        return []
    last, step = len(picture.rows) - 1, _step(picture)
    every = max(1, -(-(last + 1) // _MOST_LABELS))
    # What would touch the last name is left out.
    places = sorted({*range(0, max(1, last - every // 2), every), last})
    sides = {0: "start", last: "end"}
    return [
        Words(
            rounded(_LEFT + place * step), _TOP + _PLOT + 16,
            fits(label(picture, picture.rows[place]), WIDTH / _MOST_LABELS), "gp-axis",
            sides.get(place, "middle"),
        )
        for place in places
    ]  # fmt: skip


def _tip(picture: Picture, row: Row, name: str, series: int) -> str:
    return f"{label(picture, row)}, {name}: {amount(picture, row.values[series])}"


def _peak(picture: Picture, row: Row) -> str:
    most = max(row.values)
    if not most:
        return _("none")
    hour = row.values.index(most)
    return _("most at %(hour)s: %(count)s") % {
        "hour": f"{picture.columns[hour]}.00",
        "count": amount(picture, most),
    }


def _sentence(picture: Picture) -> str:
    return _("Chart: %(title)s. The same numbers are in the table below it.") % {
        "title": said(picture.title)
    }


_KINDS: dict[str, Callable[[Picture], Drawing]] = {
    BARS: _bars,
    STACKED: _stacked,
    LINES: _lines,
    HEAT: _heat,
}
