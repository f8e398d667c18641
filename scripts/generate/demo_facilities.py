"""Facilities and ways in of a demonstration station."""

import csv
from random import Random
from typing import Any

from . import paths

HEATING_SEASON = "11-15/03-15"
COOLING_SEASON = "06-01/09-30"
BROKEN_SHARE = 0.04
FAULTS = ("待维修", "已报修", "等待更换配件")

# Share of stations that have a facility; codes not named here get SPRINKLED.
SHARES = {
    "seat": 0.985, "water": 0.98, "microwave": 0.65, "fridge": 0.35, "cooling": 0.8, "heating": 0.82,
    "phone_charge": 0.93, "first_aid": 0.88, "toilet": 0.36, "wifi": 0.6, "rain_gear": 0.55,
    "aed": 0.05, "bp_meter": 0.12, "tools_pump": 0.3, "ebike_charge": 0.14, "ebike_park": 0.2, "car_park": 0.1,
    "books": 0.3, "tv": 0.12, "locker": 0.1, "join_union": 0.5, "law_talk": 0.15, "psychology": 0.06, "legal": 0.08,
}  # fmt: skip
SPRINKLED = 0.03
# What a host has more often than others.
HOST_SHARES = {
    "fuel": {"toilet": 0.95, "car_park": 0.7}, "highway": {"toilet": 1.0, "car_park": 1.0, "shower": 1.0},
    "sanitation": {"toilet": 0.7, "changing_room": 0.2, "shower": 0.1}, "power": {"ebike_charge": 0.8, "ebike_swap": 0.3},
    "post_courier": {"ebike_swap": 0.2, "ebike_park": 0.6}, "library": {"books": 1.0}, "pharmacy": {"bp_meter": 0.9},
    "social_security_hall": {"legal": 0.5, "printer": 0.7}, "government_hall": {"printer": 0.7, "wheelchair_access": 0.7},
    "industry": {"tools_pump": 0.6}, "shop": {"discount_meal": 0.4}, "cultural_palace": {"haircut": 0.6, "books": 1.0},
}  # fmt: skip
# What does not fit into a cabinet on the pavement.
NOT_IN_CABINET = ("toilet", "shower", "changing_room", "mother_baby", "car_park", "fridge", "tv")
COUNTS = {"seat": (4, 24), "phone_charge": (2, 8), "locker": (6, 24), "ebike_charge": (4, 16), "ebike_swap": (8, 12),
          "rain_gear": (4, 20), "microwave": (1, 2), "car_park": (5, 40)}  # fmt: skip

# Hosts that may leave the room without anybody at the door.
UNATTENDED = ("post_courier", "power", "traffic_post", "sanitation", "city_management", "bus", "community", "industry")

Facility = dict[str, Any]


def codes() -> list[str]:
    """Return the facility codes in the order of the vocabulary."""
    with (paths.DATA / "vocabularies" / "facilities.csv").open(encoding="utf-8", newline="") as file:
        return [row["code"] for row in csv.DictReader(file)]


def facility(random: Random, code: str) -> Facility:
    """Describe one facility: working state, and where it fits own hours, season, number and a note."""
    described: Facility = {"code": code, "working": "broken" if random.random() < BROKEN_SHARE else "ok"}
    if code == "toilet" and random.random() < 0.3:
        described["hours"] = random.choice(("Mo-Su 06:00-18:00", "Mo-Su 08:00-18:00", "Mo-Fr 08:30-17:30; PH off"))
    if code == "heating" and random.random() < 0.9:
        described["season"] = HEATING_SEASON
    if code == "cooling" and random.random() < 0.85:
        described["season"] = COOLING_SEASON
    if code in COUNTS:
        described["count"] = random.randint(*COUNTS[code])
    if described["working"] == "broken":
        described["note"] = random.choice(FAULTS)
    return described


def facilities(random: Random, host: str, form: str) -> list[Facility]:
    """Draw the facilities of a station in the order of the vocabulary."""
    shares = SHARES | HOST_SHARES.get(host, {})
    if form == "cabinet":
        shares |= dict.fromkeys(NOT_IN_CABINET, 0.0)
    return [facility(random, code) for code in codes() if random.random() < shares.get(code, SPRINKLED)]


def add_missing(random: Random, stations: list[list[Facility]]) -> None:
    """Give each code that no station drew to one station, so that every code occurs."""
    order = codes()
    drawn = {described["code"] for station in stations for described in station}
    for code in order:
        if code not in drawn:
            station = random.choice(stations)
            station.append(facility(random, code))
            station.sort(key=lambda described: order.index(described["code"]))


def access(random: Random, form: str, host: str) -> list[str]:
    """Draw the ways in, in the order of the vocabulary."""
    if form == "smart_unmanned":
        return random.choice((["scan"], ["scan", "face"], ["scan", "app"], ["app", "face"], ["scan", "key"]))
    if host == "workplace" and random.random() < 0.6:
        return ["ring", "member_only"]
    if host not in UNATTENDED or random.random() < 0.55:
        return random.choice((["open_door"], ["open_door"], ["open_door"], ["open_door"], ["open_door", "ring"]))
    return random.choice((["open_door", "scan"], ["ring"], ["scan"], ["scan", "member_only"], ["key"], ["ring", "key"]))


def without_phone(ways: list[str]) -> bool:
    """Tell whether somebody without a phone can get in."""
    return any(way in ("open_door", "ring", "face", "key") for way in ways)
