"""Where an address is, by a list of networks that the operator keeps; without one, nowhere.

A line is `network,place` or `network,place,latitude,longitude`; of networks that lie within each
other the narrowest counts. Lines that begin with `#` and empty ones are skipped.
"""

import csv
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from django.conf import settings

LINES_MOST = 500_000
BYTES_MOST = 64 * 1024 * 1024
NAME_MOST = 80
PROBLEMS_MOST = 10
# Airliners fly 900 km/h. The lists of networks are wrong by some hundred kilometers.
FASTEST_KMH = 1000.0
NEAR_KM = 500.0
_EARTH_KM = 6371.0

Network = IPv4Network | IPv6Network


class BadPlaces(Exception):
    """A list that cannot be used, with its first problems, one a line."""


@dataclass(frozen=True, slots=True)
class Place:
    """What the list says of an address; `at` is latitude and longitude in degrees, where given."""

    name: str
    at: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """Addresses from each of `starts` on, up to the next one, are at that place or at none."""

    starts: dict[int, list[int]]
    places: dict[int, list[Place | None]]

    def find(self, ip: str | None) -> Place | None:
        """Where an address is, by the narrowest network it is in."""
        try:
            address = ip_address(ip or "")
        except ValueError:
            return None
        starts = self.starts.get(address.version, [])
        index = bisect_right(starts, int(address)) - 1
        return self.places[address.version][index] if index >= 0 else None


def place_of(ip: str | None) -> Place | None:
    """Where an address is by the operator's list; None without a list, or when it does not say."""
    return _operators_list().find(ip)


def load_places() -> int:
    """Read the operator's list at the start of a server; answers how many networks it has.

    :raises BadPlaces: when there is one that cannot be used.
    """
    _operators_list.cache_clear()
    return sum(len(starts) for starts in _operators_list().starts.values())


def impossible(before: Place | None, after: Place | None, hours: float) -> bool:
    """Nobody gets from one place to the other in that time. Unknown places say nothing."""
    if before is None or after is None or before.at is None or after.at is None:
        return False
    far = distance_km(before.at, after.at)
    return far > NEAR_KM and far > FASTEST_KMH * max(hours, 0.0)


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Along the great circle, in kilometers."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(radians, point)) for point in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))


def read_places(path: Path) -> Places:
    """Read and check a list.

    :raises BadPlaces: with the first ten problems and their lines.
    """
    try:
        if path.stat().st_size > BYTES_MOST:
            raise BadPlaces(f"{path} is larger than {BYTES_MOST // 1024**2} MB.")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadPlaces(f"{path} cannot be read as UTF-8 text: {error}") from None
    rows: dict[Network, Place] = {}
    problems: list[str] = []
    for number, cells in enumerate(csv.reader(text.splitlines()), start=1):
        if not cells or not cells[0].strip() or cells[0].startswith("#"):
            continue
        if len(rows) >= LINES_MOST or len(problems) >= PROBLEMS_MOST:
            problems.append(f"line {number}: nothing from here on was read.")
            break
        try:
            network, place = _row(cells)
            if network in rows:
                raise ValueError(f"{network} is there twice")
            rows[network] = place
        except ValueError as error:
            problems.append(f"line {number}: {error}.")
    if problems:
        raise BadPlaces("\n".join((f"{path} cannot be used:", *problems)))
    return _arranged(rows.items())


def _row(cells: list[str]) -> tuple[Network, Place]:
    if len(cells) not in {2, 4}:
        raise ValueError("give network,place or network,place,latitude,longitude")
    name = cells[1].strip()
    if not 1 <= len(name) <= NAME_MOST or not name.isprintable():
        raise ValueError(f"give a place of 1 to {NAME_MOST} characters")
    network = ip_network(cells[0].strip())
    return network, Place(name, _point(*cells[2:]) if len(cells) == 4 else None)


def _point(latitude: str, longitude: str) -> tuple[float, float]:
    north, east = float(latitude), float(longitude)
    # Written this way round, not-a-number is refused too.
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        raise ValueError("latitude is from -90 to 90, longitude from -180 to 180")
    return north, east


def _arranged(rows: Iterable[tuple[Network, Place]]) -> Places:
    found = list(rows)
    starts: dict[int, list[int]] = {}
    places: dict[int, list[Place | None]] = {}
    for version in (4, 6):
        ranges = sorted(
            (int(network.network_address), -int(network.broadcast_address), place.name, place)
            for network, place in found
            if network.version == version
        )
        flat = dict(_flat((first, -last, place) for first, last, _, place in ranges))
        starts[version], places[version] = list(flat), list(flat.values())
    return Places(starts, places)


def _flat(ranges: Iterable[tuple[int, int, Place]]) -> Iterator[tuple[int, Place | None]]:
    """Ranges within each other become borders: from here on this place. Wider ones come first."""
    around: list[tuple[int, Place]] = []
    for first, last, place in ranges:
        yield from _left(around, first)
        around.append((last, place))
        yield first, place
    yield from _left(around, None)


def _left(around: list[tuple[int, Place]], upto: int | None) -> Iterator[tuple[int, Place | None]]:
    """Borders where ranges end before `upto`."""
    while around and (upto is None or around[-1][0] < upto):
        last, _ = around.pop()
        yield last + 1, around[-1][1] if around else None


@cache
def _operators_list() -> Places:
    path = settings.PLACES_FILE
    return read_places(path) if path else Places({}, {})
