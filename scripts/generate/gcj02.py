"""Converts WGS-84 to GCJ-02, the datum of Chinese web maps (the published polynomial on the Krasovsky ellipsoid)."""

from math import cos, pi, radians, sin, sqrt

SEMI_MAJOR_M = 6_378_245.0
ECCENTRICITY_SQUARED = 0.00669342162296594323


def ripple(angle: float, first: float, second: float) -> float:
    """Add the two slow waves of the polynomial; `angle` is in half turns."""
    return 2 / 3 * (20 * sin(angle * pi) + 40 * sin(angle / 3 * pi)) + 2 / 3 * (
        first * sin(angle / 12 * pi) + second * sin(angle / 30 * pi)
    )


def quick(x: float) -> float:
    """Return the fast waves, which both axes share."""
    return 2 / 3 * (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi))


def from_wgs84(lon: float, lat: float) -> tuple[float, float]:
    """Convert a position; the caller knows that it lies where the shift applies (mainland China)."""
    x, y = lon - 105.0, lat - 35.0
    root = sqrt(abs(x))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + quick(x) + ripple(y, 160, 320)
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + quick(x) + ripple(x, 150, 300)
    phi = radians(lat)
    flat = 1 - ECCENTRICITY_SQUARED * sin(phi) ** 2
    metres_north = SEMI_MAJOR_M * (1 - ECCENTRICITY_SQUARED) / (flat * sqrt(flat))
    metres_east = SEMI_MAJOR_M / sqrt(flat) * cos(phi)
    return lon + east * 180 / (metres_east * pi), lat + north * 180 / (metres_north * pi)
