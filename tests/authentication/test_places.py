"""Places of addresses: the narrowest network counts, and a list that is wrong is refused."""

from ipaddress import ip_address, ip_network
from pathlib import Path
from random import Random

import pytest

from gapura.authentication.places import BadPlaces, Place, impossible, load_places, read_places
from tests.authentication.world import Browser, person

JAKARTA, JAYAPURA = (-6.2, 106.8), (-2.5, 140.7)


def _list(folder: Path, *lines: str) -> Path:
    path = folder / "places.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_narrowest_network_counts_in_both_families(tmp_path: Path) -> None:
    found = read_places(
        _list(
            tmp_path,
            "# ours",
            "10.0.0.0/8,Indonesia",
            "10.1.0.0/16,Jakarta,-6.2,106.8",
            "10.1.2.0/24,LKPP,-6.2,106.8",
            "",
            "2001:db8::/32,Bandung",
            "0.0.0.0/32,Nowhere",
        )
    )
    names = {
        "10.0.0.1": "Indonesia",
        "10.1.0.9": "Jakarta",
        "10.1.2.3": "LKPP",
        "10.1.3.0": "Jakarta",
        "10.255.255.255": "Indonesia",
        "11.0.0.0": None,
        "0.0.0.0": "Nowhere",
        "0.0.0.1": None,
        "2001:db8::7": "Bandung",
        "2001:db9::": None,
        "not an address": None,
    }
    for address, name in names.items():
        place = found.find(address)
        assert (place.name if place else None) == name, address
    assert found.find(None) is None


def test_any_list_answers_like_looking_through_all_of_it(tmp_path: Path) -> None:
    random = Random(5)
    networks = {
        ip_network((random.getrandbits(32), random.randint(2, 30)), strict=False) for _ in range(80)
    }
    found = read_places(_list(tmp_path, *(f"{network},{network}" for network in networks)))
    for _ in range(300):
        address = ip_address(random.getrandbits(32))
        within = [network for network in networks if address in network]
        narrowest = max(within, key=lambda network: network.prefixlen, default=None)
        place = found.find(str(address))
        assert (place.name if place else None) == (str(narrowest) if narrowest else None)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("10.0.0.1/8,Host bits", "has host bits set"),
        ("10.0.0.0/8", "network,place"),
        ("10.0.0.0/8,", "1 to 80 characters"),
        ("10.0.0.0/8,Up,91,0", "latitude"),
        ("10.0.0.0/8,Up,nan,0", "latitude"),
        ("10.0.0.0/8,Up,north,0", "could not convert"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(BadPlaces) as refused:
        read_places(_list(tmp_path, "192.0.2.0/24,Here", line, "192.0.2.0/24,Here again"))
    told = str(refused.value)
    assert "line 2" in told
    assert says in told
    assert "line 3: 192.0.2.0/24 is there twice" in told


def test_nobody_flies_faster_than_an_airliner() -> None:
    west, east = Place("Jakarta", JAKARTA), Place("Jayapura", JAYAPURA)
    assert impossible(west, east, 1)
    assert not impossible(west, east, 5)
    assert not impossible(west, Place("Bogor", (-6.6, 106.8)), 0)
    assert not impossible(west, Place("Somewhere"), 0)
    assert not impossible(None, east, 0)


@pytest.mark.django_db
def test_a_sign_in_keeps_its_place(tmp_path: Path, settings: object) -> None:
    settings.PLACES_FILE = _list(tmp_path, "203.0.113.0/24,Jakarta Pusat")  # type: ignore[attr-defined]
    try:
        assert load_places() == 2
        someone = person()
        here = Browser().sign_in(someone)
        from gapura.authentication.queries import sessions_of

        assert sessions_of(here.actor)[0].place == "Jakarta Pusat"
    finally:
        settings.PLACES_FILE = None  # type: ignore[attr-defined]
        load_places()
