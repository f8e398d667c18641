"""Where the generators read from and write to."""

from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"


def in_package(package: str, *parts: str) -> Path:
    """Return the path of a data file inside an installed package, without importing the package."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"package {package} is not installed; see scripts/generate/requirements.txt")
    return Path(spec.submodule_search_locations[0], *parts)
