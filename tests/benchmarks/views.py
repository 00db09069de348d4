"""`make bench`: the views in Fava, beside Fava's own income statement on the same book, in one process per size.

A view is asked for in process, without a network. "First" is the first view of a quarter after a load, when the
statements of the quarter are built; the others are medians of later requests. Writes its section of
`docs/benchmarks.md`.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.page import write_section
from tests.generate_book import write_book

ROOT = Path(__file__).parents[2]
SIZES = (1_000, 10_000, 100_000)
QUARTER = "2016-Q2"
HEADER = """The median of nine requests, in process, and its ratio to Fava's own income statement (`/api/income_statement`) on the same book in the same process. "Load" is from
nothing to an application that answers; "first" is the first view of a quarter, which builds its statements (they are kept until the book changes, and so are the tables of Exceptions
and Workbench). The aim is 100 ms per
view at 10,000.

| transactions | load | first | Fava's income statement | Overview | Pledges | Donors | Exceptions | Quarters | a statement | a figure | Workbench |
|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
"""
TOLD = """
import json, sys, time
from pathlib import Path
from statistics import median
def timed(address, turns=9):
    taken = []
    for _ in range(turns):
        begin = time.perf_counter()
        answer = client.get(f"/{home}/{address}")
        assert answer.status_code == 200, address
        answer.get_data()
        taken.append(time.perf_counter() - begin)
    return median(taken)
begin = time.perf_counter()
from app.web.application import made
client = made(Path(sys.argv[1])).test_client()
home = client.get("/").headers["Location"].split("/")[1]
told = {"load": time.perf_counter() - begin}
quarter = "quarter=" + sys.argv[2]
told["first"] = timed(f"extension/Overview/?{quarter}", 1)
told["fava"] = timed("api/income_statement")
for name, address in (
    ("Overview", "Overview/?"), ("Pledges", "Pledges/?"), ("Donors", "Donors/?"), ("Exceptions", "Exceptions/?"), ("Quarters", "Quarters/?"),
    ("statement", "Quarters/?statement=pledges&"), ("figure", "Quarters/?figure=contributions.total.quarter&"), ("Workbench", "Workbench/?"),
):
    told[name] = timed(f"extension/{address}{quarter}")
print(json.dumps(told))
"""


def measure(size: int, folder: Path) -> str:
    path = write_book(folder / str(size), transactions=size)
    with path.open("a", encoding="utf-8") as file:
        file.write('\n2005-01-01 custom "fava-extension" "reports.views"\n')
    environment = os.environ | {"BEANCOUNT_DISABLE_LOAD_CACHE": "1"}
    command = [sys.executable, "-c", TOLD, str(path), QUARTER]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, cwd=ROOT)
    told = json.loads(done.stdout)
    fava = told["fava"]
    views = ("Overview", "Pledges", "Donors", "Exceptions", "Quarters", "statement", "figure", "Workbench")
    cells = [f"{told[name] * 1000:.0f} ms ({told[name] / fava:.2f})" for name in views]
    return f"| {size:,} | {told['load']:.2f} s | {told['first']:.2f} s | {fava * 1000:.0f} ms | {' | '.join(cells)} |"


def main() -> None:
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            lines.append(measure(size, Path(folder)))
            print(lines[-1], flush=True)
    write_section("The views in Fava", f"{HEADER}{chr(10).join(lines)}")


if __name__ == "__main__":
    main()
