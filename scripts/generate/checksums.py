"""Fills in the SHA-256 column of the table in data/README.md, the last column of each row that names a file."""

import hashlib
import re

from . import paths

ROW = re.compile(r"^\| `(?P<file>[^`]+)` \|.*\|[^|]*\|$")


def filled(line: str) -> str:
    """Replace the checksum of a table row; other lines stay as they are."""
    row = ROW.match(line)
    if row is None:
        return line
    digest = hashlib.sha256((paths.DATA / row["file"]).read_bytes()).hexdigest()
    return line[: line.rindex("|", 0, -1)] + f"| `{digest}` |"


def unlisted(text: str) -> list[str]:
    """Return the data files that the table does not name."""
    files = (path for path in paths.DATA.rglob("*") if path.is_file())
    names = (path.relative_to(paths.DATA).as_posix() for path in files)
    return sorted(name for name in names if f"`{name}`" not in text and not name.endswith((".md", ".txt")))


def main() -> None:
    """Rewrite the table, and fail when a data file is missing from it."""
    readme = paths.DATA / "README.md"
    text = "\n".join(filled(line) for line in readme.read_text(encoding="utf-8").splitlines()) + "\n"
    readme.write_text(text, encoding="utf-8", newline="\n")
    if missing := unlisted(text):
        raise SystemExit("not in the table of data/README.md: " + ", ".join(missing))


if __name__ == "__main__":
    main()
