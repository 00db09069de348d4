"""`make bench`: `vfund check` with every rule against bare `bean-check` without any, on the same generated entries.

Whole processes, in turn (A B A B …) on one machine; the ratio of each pair is taken, and its median is what counts. Writes `docs/benchmarks.md`.
"""

import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.generate_book import write_book

ROOT = Path(__file__).parents[2]
SIZES = {1_000: 7, 10_000: 5, 100_000: 3}
HEADER = """# Benchmarks

`make bench` writes this page. Each line compares two whole processes on the same generated entries, run in turn on one machine:
`vfund check` with the donor registry, the fund model and every rule, against `bean-check -C` with none of them. Below 1.00 `vfund check` is the
faster. The ratio is the median over the pairs; seconds are medians and depend on the machine.

| transactions | runs | `vfund check` | bare `bean-check -C` | ratio (least to most) |
|---:|---:|---:|---:|---|
"""


def seconds(command: list[str]) -> float:
    environment = os.environ | {"BEANCOUNT_DISABLE_LOAD_CACHE": "1"}
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, cwd=ROOT)
    return time.perf_counter() - begin


def compare(size: int, runs: int, folder: Path) -> str:
    full = write_book(folder / f"full-{size}", transactions=size)
    bare = write_book(folder / f"bare-{size}", transactions=size, bare=True)
    ours = [sys.executable, "-c", "from app.main import main; main()", "check", "--book", str(full)]
    theirs = [sys.executable, "-m", "beancount.scripts.check", "-C", str(bare)]
    pairs = [(seconds(ours), seconds(theirs)) for _ in range(runs + 1)][1:]
    ratios = sorted(a / b for a, b in pairs)
    a, b = (median(values) for values in zip(*pairs, strict=True))
    return f"| {size:,} | {runs} | {a:.2f} s | {b:.2f} s | {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}) |"


def main() -> None:
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for size, runs in SIZES.items():
            lines.append(compare(size, runs, Path(folder)))
            print(lines[-1], flush=True)
    python = f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    text = f"{HEADER}{chr(10).join(lines)}\n\nMeasured with {python}.\n"
    (ROOT / "docs" / "benchmarks.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
