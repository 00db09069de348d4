"""docs/benchmarks.md: each benchmark writes its own section, and leaves the others."""

import os
import platform
import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
MEASURED = f"Measured with Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}."


def write_section(title: str, text: str) -> None:
    """Put a section into the page, in the place of the one with the same title."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# Benchmarks\n"
    section = f"## {title}\n\n{text.strip()}\n\n{MEASURED}\n"
    parts = re.split(r"(?m)^(?=## )", page)
    titles = [part.partition("\n")[0] for part in parts]
    if f"## {title}" in titles:
        parts[titles.index(f"## {title}")] = section
    else:
        parts.append(section)
    PAGE.write_text("\n".join(part.rstrip() + "\n" for part in parts), encoding="utf-8")
