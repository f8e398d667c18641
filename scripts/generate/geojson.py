"""Reads and writes GeoJSON (RFC 7946) with one feature per line, so that a change shows as a readable diff."""

import json
from pathlib import Path
from typing import Any

from shapely import set_precision
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

Feature = tuple[dict[str, Any], BaseGeometry]


def rounded(coordinates: Any, decimals: int) -> Any:
    """Round every number of a nested coordinate array."""
    if isinstance(coordinates, (int, float)):
        return round(coordinates, decimals)
    return [rounded(part, decimals) for part in coordinates]


def wound(geometry: BaseGeometry) -> BaseGeometry:
    """Turn exterior rings counter-clockwise and holes clockwise, as RFC 7946 section 3.1.6 asks."""
    if geometry.geom_type == "Polygon":
        return orient(geometry, 1.0)
    if geometry.geom_type == "MultiPolygon":
        return type(geometry)([orient(part, 1.0) for part in geometry.geoms])
    return geometry


def snapped(geometry: BaseGeometry, decimals: int) -> BaseGeometry:
    """Round a geometry to a grid and keep it valid."""
    return set_precision(geometry, 10.0**-decimals)


def write(path: Path, features: list[Feature], decimals: int) -> None:
    """Write a feature collection; positions are lon, lat in WGS-84."""
    lines = []
    for properties, geometry in features:
        plain = mapping(wound(geometry))
        feature = {
            "type": "Feature",
            "properties": properties,
            "geometry": {"type": plain["type"], "coordinates": rounded(plain["coordinates"], decimals)},
        }
        lines.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    path.parent.mkdir(parents=True, exist_ok=True)
    body = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    path.write_text(body, encoding="utf-8", newline="\n")


def read(path: Path) -> list[Feature]:
    """Read the features of a collection as properties and geometry."""
    collection = json.loads(path.read_text(encoding="utf-8"))
    return [(feature["properties"], shape(feature["geometry"])) for feature in collection["features"]]
