"""`make bench`: `vfund receipt` and a dry run of it beside bare `bean-check`, on the same generated entries.

Whole processes, in turn on one machine, as in `tests.benchmarks.check`; each receipt that is recorded is taken out
again. Writes its section of `docs/benchmarks.md`.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

from ledger.book.loading import load
from tests.benchmarks.check import OURS, ratio, seconds
from tests.benchmarks.page import write_section
from tests.generate_book import write_book

SIZES = {1_000: 7, 10_000: 5}
HEADER = """Each line compares whole processes on the same generated entries, run in turn on one machine: `vfund receipt --dry-run`, `vfund receipt`
(which writes), and `bean-check -C` on the same entries without the plugin. A receipt reads the book once, books its entry on top and judges the whole once.

| transactions | turns | dry run | receipt | bare `bean-check -C` | dry run against `bean-check` | receipt against `bean-check` |
|---:|---:|---:|---:|---:|---|---|
"""
RECEIPT = [
    "receipt",
    "--donor",
    "Mexico",
    "--amount",
    "20 USD",
    "--bank-reference",
    "BENCH-1",
    "--purpose",
    "country-visits",
]
MORE = [
    "--date-is-right",
    "--agreement",
    "Note verbale (example)",
    "--settles",
    "none",
    "--by",
    "finance-officer-1",
    "--yes",
]


def compare(size: int, turns: int, folder: Path) -> str:
    """Return the line of a book of some size."""
    full = write_book(folder / f"full-{size}", transactions=size)
    bare = write_book(folder / f"bare-{size}", transactions=size, bare=True)
    line = [sys.executable, "-c", OURS, *RECEIPT, *MORE, "--date", str(load(full).fund.as_of), "--book", str(full)]
    check = [sys.executable, "-m", "beancount.scripts.check", "-C", str(bare)]
    before = full.read_bytes()
    taken = []
    for _ in range(turns + 1):
        taken.append([seconds([*line, "--dry-run"]), seconds(line), seconds(check)])
        assert full.read_bytes() != before, "the receipt was not recorded"
        full.write_bytes(before)
    medians = [median(column) for column in zip(*taken[1:], strict=True)]
    shown = " | ".join(f"{value:.2f} s" for value in medians)
    return f"| {size:,} | {turns} | {shown} | {ratio(taken[1:], 0, 2)} | {ratio(taken[1:], 1, 2)} |"


def main() -> None:
    """Run the comparison, and write its section."""
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for size, turns in SIZES.items():
            lines.append(compare(size, turns, Path(folder)))
            print(lines[-1], flush=True)
    write_section("Recording a receipt", f"{HEADER}{chr(10).join(lines)}")


if __name__ == "__main__":
    main()
