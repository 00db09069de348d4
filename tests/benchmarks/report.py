"""`make bench`: from a book to the workbook of a quarter, beside bare `bean-check` on the same entries.

Time and peak memory of each part.

Whole processes in turn, as in `check`; the parts are told by the process itself. Writes its section of
`docs/benchmarks.md`.
"""

import json
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
SIZES = {1_000: 5, 10_000: 3, 100_000: 1}
QUARTER = "2016-Q2"
PARTS = ("load", "statements", "workbook")
HEADER = """`vfund export` of one quarter of a book that begins in 2010, beside `bean-check -C` of the same entries without our directives, in turn on one machine. A
ratio is the median over the turns (least to most). The parts are told by the process: to load and judge the book, to build all statements with their evidence, to write the
workbook; the memory is the most that the process had by the end of each. The aim is 1.2 at 10,000;
it is not reached: to load and judge the book takes longer than that alone, and four fifths of the workbook are the sheets of evidence.

| transactions | `vfund export` | bare `bean-check -C` | ratio | load | statements | workbook | size of it |
|---:|---:|---:|---|---:|---:|---:|---:|
"""
TOLD = """
import json, resource, sys, time
from pathlib import Path
def part(name, begin):
    told[name] = [time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]
told = {}
begin = time.perf_counter()
from ledger.book.loading import load
book = load(Path(sys.argv[1]))
part("load", begin)
begin = time.perf_counter()
from ledger.ground.periods import Quarter
from reports.document import document
from reports.scope import Scope
from reports.report import report
of = document(report(book, Scope.of(Quarter.parse(sys.argv[2]))))
part("statements", begin)
begin = time.perf_counter()
from reports.faces.workbook.build import build
content = build(of)
part("workbook", begin)
told["size"] = len(content)
print(json.dumps(told))
"""


def run(command: list[str]) -> tuple[float, str]:
    environment = os.environ | {"BEANCOUNT_DISABLE_LOAD_CACHE": "1"}
    begin = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, cwd=ROOT)
    return time.perf_counter() - begin, done.stdout


def measure(size: int, turns: int, folder: Path) -> str:
    full = str(write_book(folder / f"full-{size}", transactions=size))
    bare = str(write_book(folder / f"bare-{size}", transactions=size, bare=True))
    ours, theirs, told = [], [], {}
    for _ in range(turns):
        taken, output = run([sys.executable, "-c", TOLD, full, QUARTER])
        told = json.loads(output)
        ours.append(taken)
        theirs.append(run([sys.executable, "-m", "beancount.scripts.check", "-C", bare])[0])
    ratios = sorted(one / other for one, other in zip(ours, theirs, strict=True))
    parts = " | ".join(f"{told[name][0]:.2f} s, {told[name][1]:.0f} MB" for name in PARTS)
    return (
        f"| {size:,} | {median(ours):.2f} s | {median(theirs):.2f} s | {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}) "
        f"| {parts} | {told['size'] / 1e6:.1f} MB |"
    )


def main() -> None:
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for size, turns in SIZES.items():
            lines.append(measure(size, turns, Path(folder)))
            print(lines[-1], flush=True)
    write_section("The report of a quarter", f"{HEADER}{chr(10).join(lines)}")


if __name__ == "__main__":
    main()
