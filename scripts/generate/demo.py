"""Writes the demonstration registry: 268 invented stations, of which 114 opened since August 2023."""

from collections.abc import Iterator
from datetime import date, timedelta
from math import cos, radians, sin
from random import Random
from typing import Any

from shapely import box, transform, unary_union
from shapely.geometry import Point
from shapely.prepared import prep

from . import demo_facilities, geojson, paths
from .demo_hosts import HOSTS
from .demo_towns import CLUSTERS, ROAD, TOWN, Cluster
from .districts import DISTRICTS

SEED = 268
NEW_STATIONS = 114
NEW_SINCE = date(2023, 8, 1)
FIRST_OPENED = date(2017, 5, 1)
LAST_OPENED = date(2026, 9, 30)
UNPARSED_HOURS = (
    "同网点营业时间",
    "随市场开放时间",
    "电话预约开放",
    "同网点营业时间",
    "视值班情况开放",
    "同单位作息时间",
)
SUSPENDED = 4
NO_PHONE_NUMBER_SHARE = 0.06
TRADES = ("courier", "food_rider", "sanitation", "driver", "builder")
HOST_TRADE = {
    "sanitation": "sanitation",
    "post_courier": "courier",
    "fuel": "driver",
    "highway": "driver",
    "bus": "driver",
}
DISCLAIMER = "演示数据，并非真实驿站"

M_PER_DEG = 111_195.0
COAST_M, BORDER_M, SPACING_M = 120.0, 40.0, 70.0
HOUSE_M = 9

Slot = tuple[Cluster, str]


class Ground:
    """Tells where a station may stand: inside its district, away from the sea and from other stations."""

    def __init__(self) -> None:
        land = unary_union([outline for _, outline in geojson.read(paths.DATA / "districts" / "qinhuangdao.geojson")])
        near = box(*land.buffer(0.1).bounds)
        water = [
            shape.intersection(near)
            for properties, shape in geojson.read(paths.DATA / "basemap" / "qinhuangdao.geojson")
            if properties["kind"] in ("sea", "lake")
        ]
        shore = in_metres(unary_union(water)).buffer(COAST_M)
        self.allowed = {
            properties["adcode"]: prep(in_metres(outline).buffer(-BORDER_M).difference(shore))
            for properties, outline in geojson.read(paths.DATA / "districts" / "qinhuangdao.geojson")
        }
        self.taken: list[Point] = []

    def take(self, adcode: str, lon: float, lat: float) -> bool:
        """Reserve a position if a station may stand there."""
        point = in_metres(Point(lon, lat))
        free = self.allowed[adcode].contains(point) and all(point.distance(other) >= SPACING_M for other in self.taken)
        if free:
            self.taken.append(point)
        return free


def in_metres(shape: Any) -> Any:
    """Scale degrees to metres on the plane that touches the city; distances are good to 1 % there."""
    east = M_PER_DEG * cos(radians(39.9))
    return transform(shape, lambda lonlat: lonlat * [east, M_PER_DEG])


def slots(random: Random) -> list[Slot]:
    """Deal the hosts to the places: those that every district has first, then the choosiest, then the rest."""
    free = [cluster for cluster in CLUSTERS for _ in range(cluster.stations)]
    random.shuffle(free)
    dealt: list[Slot] = []

    def deal(host: str, fits: list[Cluster]) -> None:
        cluster = fits[0]
        free.remove(cluster)
        dealt.append((cluster, host))

    left = {code: host.stations for code, host in HOSTS.items()}
    for code in [code for code, host in HOSTS.items() if host.every_district]:
        for adcode in DISTRICTS:
            deal(code, [cluster for cluster in free if cluster.adcode == adcode and cluster.kind == TOWN])
            left[code] -= 1
    for code in sorted(left, key=lambda code: len(HOSTS[code].kinds)):
        for _ in range(left[code]):
            kinds = HOSTS[code].kinds
            preferred = [cluster for cluster in free if cluster.kind == kinds[0]] if len(kinds) < 3 else []
            deal(code, preferred or [cluster for cluster in free if cluster.kind in kinds] or free)
    return sorted(dealt, key=lambda slot: (CLUSTERS.index(slot[0]), list(HOSTS).index(slot[1])))


def spot(random: Random, cluster: Cluster) -> tuple[str, int, float, float]:
    """Draw a street of the cluster, a distance along it in metres and the position beside it."""
    number = random.randrange(len(cluster.along) + len(cluster.across))
    is_along = number < len(cluster.along)
    streets = cluster.along if is_along else cluster.across
    rank = number if is_along else number - len(cluster.along)
    # Stations crowd in the middle of a town and are strung out along a road.
    reach = random.uniform(-1, 1) if cluster.kind == ROAD else random.gauss(0, 0.5)
    length = max(-1.0, min(1.0, reach)) * cluster.radius_m
    offset = (2 * rank + 1 - len(streets)) / len(streets) * cluster.radius_m * 0.75 + random.choice((-18, 18))
    bearing = radians(cluster.bearing_deg + (0 if is_along else 90))
    east = length * cos(bearing) - offset * sin(bearing)
    north = length * sin(bearing) + offset * cos(bearing)
    lon = cluster.lon + east / (M_PER_DEG * cos(radians(cluster.lat)))
    return streets[rank], round(length), round(lon, 6), round(cluster.lat + north / M_PER_DEG, 6)


def stand(random: Random, ground: Ground, cluster: Cluster) -> tuple[str, int, float, float]:
    """Draw spots until one is free."""
    for _ in range(2000):
        drawn = spot(random, cluster)
        if ground.take(cluster.adcode, drawn[2], drawn[3]):
            return drawn
    raise ValueError(f"no room left for a station in the cluster at {cluster.lon}, {cluster.lat}")


def section(cluster: Cluster, street: str, length_m: int) -> str:
    """Name the half of the street: east and west, or north and south."""
    if street in cluster.along and not 45 < cluster.bearing_deg % 180 < 135:
        return "东段" if length_m >= 0 else "西段"
    return "北段" if length_m >= 0 else "南段"


def names(street: str, part: str, district: str, words: tuple[str, ...]) -> Iterator[str]:
    """Propose names for a station, the plainest first."""
    for place in (street, street + part, district.removesuffix("区").removesuffix("县") + street):
        for word in words:
            yield place + word


def opening_dates(random: Random) -> list[date]:
    """Draw the dates on which the stations opened: 114 since August 2023, the others before."""

    def between(first: date, last: date) -> date:
        return first + timedelta(days=random.randint(0, (last - first).days))

    total = sum(host.stations for host in HOSTS.values())
    dates = [between(NEW_SINCE, LAST_OPENED) for _ in range(NEW_STATIONS)]
    dates += [between(FIRST_OPENED, NEW_SINCE - timedelta(days=1)) for _ in range(total - NEW_STATIONS)]
    random.shuffle(dates)
    return dates


def confirmed_hours_ago(random: Random) -> int:
    """Draw how long ago the station was last confirmed: mostly days, some weeks, a few beyond 90 days."""
    low, high = random.choices(((1, 72), (72, 480), (480, 1500), (2160, 2400)), weights=(60, 25, 11, 4))[0]
    return random.randint(low, high)


def trades(random: Random, host: str) -> list[str]:
    """Draw the trades a station serves, in the order of the vocabulary."""
    own = HOST_TRADE.get(host)
    return [trade for trade in TRADES if trade == own or random.random() < 0.6] or list(TRADES)


def station(random: Random, ground: Ground, slot: Slot, used: set[str]) -> geojson.Feature:
    """Make one station; number, date, status and phone are given out later."""
    cluster, code = slot
    host = HOSTS[code]
    district = DISTRICTS[cluster.adcode][0]
    street, length_m, lon, lat = stand(random, ground, cluster)
    part = section(cluster, street, length_m)
    words = tuple(random.sample(host.words, len(host.words)))
    name = next(name for name in names(street, part, district, words) if name not in used)
    used.add(name)
    is_self = random.random() < host.self_share
    properties = {
        "code": "",
        "name": name,
        "signboard": f"户外劳动者工会驿站·{name.removesuffix('驿站')}（演示）",
        "district": cluster.adcode,
        "address": f"{district}{street}{(length_m + cluster.radius_m) // HOUSE_M + 1}号",
        "build": "self" if is_self else "co_built",
        "partner": None if is_self else host.partner.format(s=street, d=district),
        **equipment(random, code),
    }
    return properties, Point(lon, lat)


def equipment(random: Random, code: str) -> dict[str, Any]:
    """Draw the properties of a station that depend on its host only, from its form to the end of the row."""
    host = HOSTS[code]
    form = random.choice(host.forms)
    hours = "24/7" if form == "smart_unmanned" and random.random() < 0.6 else random.choice(host.hours)
    ways = demo_facilities.access(random, form, code)
    area = random.randint(2, 6) if form == "cabinet" else random.randint(8, 60)
    return {
        "host": code,
        "form": form,
        "hours": hours,
        "hours_text": None,
        "facilities": demo_facilities.facilities(random, code, form),
        "access": ways,
        "no_phone": demo_facilities.without_phone(ways),
        "phone": None,
        "opened_on": "",
        "capacity": max(2, area // 3),
        "area_m2": area,
        "trades": trades(random, code),
        "notes": DISCLAIMER,
        "status": "open",
        "confirmed_hours_ago": confirmed_hours_ago(random),
        "demonstration": True,
    }


def give_out(random: Random, registry: list[dict[str, Any]]) -> None:
    """Give out what is counted over the whole registry: numbers, dates, phones, unparsed hours, suspensions."""
    phones = random.sample(range(5_550_000, 5_560_000), len(registry))
    for number, (properties, opened, phone) in enumerate(
        zip(registry, opening_dates(random), phones, strict=True), start=1
    ):
        properties["code"] = f"QHD-DEMO-{number:04}"
        properties["opened_on"] = opened.isoformat()
        if random.random() >= NO_PHONE_NUMBER_SHARE:
            properties["phone"] = f"0335-{phone}"
    unusual = random.sample(registry, len(UNPARSED_HOURS) + SUSPENDED)
    for properties, text in zip(unusual, UNPARSED_HOURS, strict=False):
        properties["hours"], properties["hours_text"] = None, text
    for properties in unusual[len(UNPARSED_HOURS) :]:
        properties["status"] = "suspended"


def main() -> None:
    """Make every station, then what depends on all of them."""
    random = Random(SEED)
    ground = Ground()
    used: set[str] = set()
    features = [station(random, ground, slot, used) for slot in slots(random)]
    registry = [properties for properties, _ in features]
    give_out(random, registry)
    demo_facilities.add_missing(random, [properties["facilities"] for properties in registry])
    geojson.write(paths.DATA / "demo" / "stations.geojson", features, decimals=6)


if __name__ == "__main__":
    main()
