#!/usr/bin/env -S python3 -P
"""Writes a large invented registry, shaped like China's cities, for benchmarks and import tests.

Usage: registry.py PATH [--stations N] [--seed N]
Positions are WGS-84. The same arguments give the same bytes. Only the standard library is needed.
"""

import argparse
import csv
from collections.abc import Iterator
from math import cos, radians
from pathlib import Path
from random import Random

M_PER_DEG = 111_195.0
# Centre (rounded to a hundredth of a degree) and weight of the larger cities.
CITIES = (
    ("北京", 116.40, 39.91, 22), ("上海", 121.47, 31.23, 25), ("广州", 113.26, 23.13, 19), ("深圳", 114.06, 22.54, 18),
    ("重庆", 106.55, 29.56, 17), ("成都", 104.07, 30.66, 16), ("天津", 117.20, 39.13, 14), ("武汉", 114.30, 30.59, 13),
    ("西安", 108.94, 34.34, 13), ("杭州", 120.16, 30.27, 12), ("东莞", 113.75, 23.04, 10), ("苏州", 120.58, 31.30, 12),
    ("郑州", 113.63, 34.75, 12), ("南京", 118.80, 32.06, 10), ("济南", 117.00, 36.65, 9), ("青岛", 120.38, 36.07, 10),
    ("合肥", 117.23, 31.82, 9), ("长沙", 112.94, 28.23, 10), ("沈阳", 123.43, 41.80, 9), ("哈尔滨", 126.64, 45.76, 10),
    ("佛山", 113.12, 23.02, 9), ("宁波", 121.55, 29.87, 9), ("昆明", 102.83, 24.88, 8), ("福州", 119.30, 26.07, 8),
    ("厦门", 118.09, 24.48, 5), ("泉州", 118.68, 24.87, 8), ("石家庄", 114.51, 38.04, 11), ("长春", 125.32, 43.82, 9),
    ("大连", 121.61, 38.91, 7), ("南宁", 108.37, 22.82, 8), ("贵阳", 106.63, 26.65, 6), ("太原", 112.55, 37.87, 5),
    ("南昌", 115.86, 28.68, 6), ("温州", 120.70, 28.00, 9), ("无锡", 120.31, 31.49, 7), ("常州", 119.97, 31.81, 5),
    ("徐州", 117.28, 34.20, 9), ("潍坊", 119.16, 36.71, 9), ("临沂", 118.36, 35.10, 11), ("唐山", 118.18, 39.63, 7),
    ("保定", 115.46, 38.87, 11), ("邯郸", 114.54, 36.63, 9), ("洛阳", 112.45, 34.62, 7), ("南阳", 112.53, 32.99, 9),
    ("襄阳", 112.12, 32.01, 5), ("宜昌", 111.29, 30.69, 4), ("衡阳", 112.57, 26.89, 6), ("赣州", 114.93, 25.83, 9),
    ("兰州", 103.83, 36.06, 4), ("西宁", 101.78, 36.62, 2), ("银川", 106.23, 38.49, 3), ("乌鲁木齐", 87.62, 43.83, 4),
    ("喀什", 75.99, 39.47, 4), ("呼和浩特", 111.75, 40.84, 3), ("包头", 109.84, 40.66, 3), ("拉萨", 91.11, 29.65, 1),
    ("海口", 110.20, 20.04, 3), ("三亚", 109.51, 18.25, 1), ("湛江", 110.36, 21.27, 7), ("汕头", 116.68, 23.35, 5),
    ("大庆", 125.10, 46.59, 3), ("牡丹江", 129.63, 44.55, 2), ("吉林", 126.55, 43.84, 4), ("鞍山", 122.99, 41.11, 3),
    ("秦皇岛", 119.59, 39.94, 3), ("承德", 117.96, 40.95, 3), ("赤峰", 118.89, 42.26, 4), ("绵阳", 104.68, 31.47, 5),
    ("大理", 100.27, 25.61, 3), ("桂林", 110.29, 25.27, 5),
)  # fmt: skip
TOWNS_PER_CITY = 40
STREETS = tuple("文化 建设 和平 迎宾 民族 新华 光明 朝阳 人民 站前 学院 滨河 振兴 富强 兴业 幸福".split())
# Host: weight, word in the name, hours.
HOSTS = {
    "bank": (46, "银行", ("Mo-Fr 08:30-17:00; PH off", "Mo-Su 08:30-12:00,14:30-18:00")),
    "post_courier": (18, "快递", ("Mo-Su 07:00-21:00",)),
    "fuel": (14, "加油站", ("24/7",)),
    "government_hall": (14, "政务大厅", ("Mo-Fr 08:30-12:00,13:30-17:30; PH off",)),
    "traffic_post": (16, "岗亭", ("Mo-Su 06:30-20:30",)),
    "sanitation": (40, "环卫", ("Mo-Su 05:30-21:00", "Apr 01-Oct 31 07:00-22:00; Nov 01-Mar 31 08:00-20:00")),
    "shop": (10, "便利店", ("Mo-Su 07:00-22:30",)),
    "community": (12, "社区", ("Mo-Su 08:00-20:00",)),
    "industry": (24, "行业", ("Mo-Su 18:00-06:00", "Mo-Su 22:00-06:00", "Mo-Su 08:00-20:00")),
}
# Share of stations with a facility; `aed` is the rare one that filtered queries ask for (1 %).
FACILITIES = {
    "seat": 0.98, "water": 0.98, "microwave": 0.65, "fridge": 0.35, "cooling": 0.8, "heating": 0.7, "phone_charge": 0.93,
    "first_aid": 0.88, "toilet": 0.45, "wifi": 0.6, "rain_gear": 0.55, "aed": 0.01, "tools_pump": 0.3, "shower": 0.05,
    "books": 0.3, "join_union": 0.5,
}  # fmt: skip
ACCESS = (("open_door", 80), ("open_door|ring", 8), ("ring", 4), ("scan", 6), ("key", 2))
COLUMNS = ("code", "name", "lon", "lat", "hours", "facilities", "host", "build", "access")


def scattered(random: Random, lon: float, lat: float, spread_m: float) -> tuple[float, float]:
    """Move a position by a normal distribution of the given standard deviation."""
    north = random.gauss(0, spread_m) / M_PER_DEG
    return lon + random.gauss(0, spread_m) / (M_PER_DEG * cos(radians(lat))), lat + north


def centres(random: Random) -> tuple[list[tuple[float, float, float]], list[float]]:
    """Return the settlements as lon, lat, spread in metres, with their weights: a city and its towns by rank."""
    places, weights = [], []
    for _, lon, lat, weight in CITIES:
        places.append((lon, lat, 4000.0 + 250 * weight))
        weights.append(weight * 0.55)
        for rank in range(1, TOWNS_PER_CITY + 1):
            places.append((*scattered(random, lon, lat, 30_000), random.uniform(500, 2000)))
            weights.append(weight * 0.105 / rank)
    return places, weights


def rows(stations: int, seed: int) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the registry."""
    random = Random(seed)
    places, weights = centres(random)
    hosts = random.choices(list(HOSTS), [weight for weight, _, _ in HOSTS.values()], k=stations)
    ways = random.choices([way for way, _ in ACCESS], [weight for _, weight in ACCESS], k=stations)
    for number, place in enumerate(random.choices(places, weights, k=stations), start=1):
        lon, lat = scattered(random, *place)
        host = hosts[number - 1]
        _, word, hours = HOSTS[host]
        facilities = "|".join(code for code, share in FACILITIES.items() if random.random() < share)
        build = "self" if random.random() < 0.3 else "co_built"
        name = f"{random.choice(STREETS)}路{word}驿站{number}号"
        position = (f"{lon:.6f}", f"{lat:.6f}")
        yield f"GEN-{number:08}", name, *position, random.choice(hours), facilities, host, build, ways[number - 1]


def main() -> None:
    """Read the arguments and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    parser.add_argument("--stations", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with arguments.path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows(arguments.stations, arguments.seed))


if __name__ == "__main__":
    main()
