"""`make bench`: `vfund check` with every rule, without any, and bare `bean-check`, on the same generated entries.

Whole processes, in turn (A B A B …) on one machine; the ratio of each pair is taken, and its median is what counts.
Writes its section of `docs/benchmarks.md`.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.benchmarks.page import write_section
from tests.generate_book import write_book

ROOT = Path(__file__).parents[2]
SIZES = {1_000: 7, 10_000: 5, 100_000: 2}
HEADER = """Each line compares whole processes on the same generated entries, run in turn on one machine: `vfund check` with the donor
registry, the fund model and every rule; the same without any rule (the model is built all the same); and `bean-check -C`, which knows nothing of them.
Below 1.00 the first is the faster. A ratio is the median over the turns (least to most); seconds are medians and depend on the machine. In the generated
book three transactions of five are above the threshold of the four-eyes rule, so each of these has an approval, whose digest every load computes again.

| transactions | turns | `vfund check` | without rules | bare `bean-check -C` | all rules cost | against `bean-check` |
|---:|---:|---:|---:|---:|---|---|
"""
OURS = "from app.main import main; main()"
WITHOUT_RULES = f"import plugins.fund; plugins.fund.RULES = (); {OURS}"


def seconds(command: list[str]) -> float:
    environment = os.environ | {"BEANCOUNT_DISABLE_LOAD_CACHE": "1"}
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, cwd=ROOT)
    return time.perf_counter() - begin


def compare(size: int, turns: int, folder: Path) -> str:
    full = write_book(folder / f"full-{size}", transactions=size)
    bare = write_book(folder / f"bare-{size}", transactions=size, bare=True)
    commands = [
        [sys.executable, "-c", OURS, "check", "--book", str(full)],
        [sys.executable, "-c", WITHOUT_RULES, "check", "--book", str(full)],
        [sys.executable, "-m", "beancount.scripts.check", "-C", str(bare)],
    ]
    taken = [[seconds(command) for command in commands] for _ in range(turns + 1)][1:]
    medians = [median(column) for column in zip(*taken, strict=True)]
    shown = " | ".join(f"{value:.2f} s" for value in medians)
    return f"| {size:,} | {turns} | {shown} | {ratio(taken, 0, 1)} | {ratio(taken, 0, 2)} |"


def ratio(taken: list[list[float]], one: int, other: int) -> str:
    """Return the ratio of two columns: the median over the turns, with the least and the most."""
    ratios = sorted(turn[one] / turn[other] for turn in taken)
    return f"{median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"


def main() -> None:
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for size, turns in SIZES.items():
            lines.append(compare(size, turns, Path(folder)))
            print(lines[-1], flush=True)
    write_section("Checking a book", f"{HEADER}{chr(10).join(lines)}")


if __name__ == "__main__":
    main()
