"""Every door out of the program says the same of the same book.

`report`, `export`, `verify`, the views, the downloads and the evidence bundle.
"""

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner

from app.cli import cli
from ledger.book.loading import judged, load
from ledger.ground.periods import Quarter
from tests.books import OVERDUE, VIEWED, broken
from tests.conftest import EXAMPLE, Write
from tests.generate_book import write_book
from tests.site import Cells, Site, unpacked

TODAY = "2026-11-27"
BROKEN = ("lapsed", "unclaimed-too-long", "loan-overdue", "waits-for-approval", "no-document", "waiver-expired")
"""Broken books of which some are broken by the day: a pledge that lapses, a receipt that nobody claims, a loan, a
waiver that ends."""
QUARTERS = {"example": ("2016-Q3", "2016-Q4", "2021-Q4", "2022-Q4", "2026-Q4"), "generated": ("2012-Q3", "2016-Q2")}


@dataclass(frozen=True)
class Said:
    """What one door says of a book at the end of a quarter."""

    draft: bool
    open: int
    errors: int
    rows: tuple[tuple[str, ...], ...]


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, [*words])
    return done.exit_code, done.stdout


def of_json(content: bytes) -> Said:
    found = json.loads(content)
    (table,) = [one for one in found["tables"] if one["number"] == "14"]
    kinds = [row["severity"] for row in table["rows"]]
    rows = tuple((row["severity"], row["rule"], row["what"]) for row in table["rows"])
    return Said(found["draft"], kinds.count("open point"), kinds.count("error"), rows)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """Serve the example, a generated book, and copies of broken ones that declare the views."""
    folder = tmp_path_factory.mktemp("doors")
    paths = {"example": EXAMPLE, "generated": write_book(folder / "generated", transactions=600)}
    with paths["generated"].open("a", encoding="utf-8") as file:
        file.write(f"\n2005-01-01 {VIEWED}")
    for name in BROKEN:
        (folder / name).mkdir()
        paths[name] = folder / name / "main.beancount"
        paths[name].write_text(f"{broken(name)}\n2005-01-01 {VIEWED}", encoding="utf-8")
    return {name: Site.of(path) for name, path in paths.items()}


def quarters(name: str, path: Path) -> list[str]:
    """Return the quarters that are compared.

    Those by name, else that of the last entry, the next one, one seven years on, and that of today.
    """
    if name in QUARTERS:
        return list(QUARTERS[name])
    last = Quarter.of(load(path).fund.as_of)
    found = (last, last.after(), Quarter(min(last.year + 7, 2025), last.number), Quarter(2026, 4))
    return [str(quarter) for quarter in dict.fromkeys(found)]


@pytest.mark.uncovered
@pytest.mark.parametrize("name", ["example", "generated", *BROKEN])
@time_machine.travel(TODAY, tick=False)
def test_every_door_says_the_same(name: str, sites: dict[str, Site], tmp_path: Path) -> None:
    site = sites[name]
    book = ("--book", str(site.path))
    for quarter in quarters(name, site.path):
        asked = {"quarter": quarter, "lang": "en"}
        target = tmp_path / f"{quarter}.json"
        code, _ = run("export", quarter, "--format", "json", "--draft", "--output", str(target), *book)
        exported = target.read_bytes()
        wanted = of_json(exported)
        assert code == int(wanted.errors > 0), quarter  # what is written of a broken book is said to be of one
        # export refuses exactly what is a draft
        assert run("export", quarter, "--dry-run", *book)[0] == int(wanted.draft), quarter
        # the download is the same file, to the byte, and says by its name that it is a draft
        answer = site.get("extension/Quarters/download", format="json", **asked)
        assert answer.get_data() == exported, quarter
        assert ("draft" in answer.headers["Content-Disposition"]) == wanted.draft
        # so is that in the evidence bundle
        files = unpacked(site.get("extension/Quarters/bundle", **asked).get_data())
        ((inside, content),) = [item for item in files.items() if item[0].endswith(".json")]
        assert (content, "draft" in inside) == (exported, wanted.draft)
        # `verify` finds the download equal
        downloaded = tmp_path / "downloaded.json"
        downloaded.write_bytes(answer.get_data())
        assert run("verify", str(downloaded), *book)[0] == 0, quarter
        # the terminal's statement 14 has the same lines
        code, listed = run("report", "14", quarter, "--csv", *book)
        assert code == int(wanted.errors > 0), quarter  # what is shown of a broken book is shown with a warning
        found = [
            (row["Kind"], row["Rule"], row["What"]) for row in csv.DictReader(io.StringIO(listed.lstrip("\ufeff")))
        ]
        assert found == list(wanted.rows), quarter
        # the pages count the same
        overview = site.view("Overview", quarter=quarter)
        counts = [int(text.partition("<")[0]) for text in overview.split('<span class="count">')[1:]]
        assert (counts[0], counts[1]) == (wanted.errors, wanted.open), quarter
        assert ("DRAFT" in overview) == wanted.draft
        page = site.view("Exceptions", quarter=quarter)
        shown = page.partition('data-statement="exceptions"')[2].partition("</table>")[0]
        assert shown.count("<tr>") - 1 == max(len(wanted.rows), 1)
        # and so does the query
        query = "SELECT severity, count(*) FROM exceptions WHERE severity = 'open point' GROUP BY severity"
        code, answered = run("query", query, "--as-of", str(min(Quarter.parse(quarter).end, date(2026, 11, 27))), *book)
        assert (str(wanted.open) in answered) == (wanted.open > 0)


@time_machine.travel(TODAY, tick=False)
def test_the_day_decides_what_is_open() -> None:
    """The commitment of Argentina was due at the end of 2016: five years later, on the day itself, it stands.

    A year later it has lapsed.
    """
    loaded = load(EXAMPLE)
    assert [finding.code for finding in judged(loaded, date(2021, 12, 31)).findings] == []
    assert [finding.code for finding in judged(loaded, date(2022, 12, 31)).findings] == ["pledge-lapse/lapsed"]
    assert loaded.findings == []  # the book itself is judged by what it holds, and nothing else
    assert judged(loaded, date(2022, 12, 31)).findings == load(EXAMPLE, date(2022, 12, 31)).findings


def test_a_judgement_is_made_once_a_day_and_a_few_are_kept() -> None:
    loaded = load(EXAMPLE)
    first = judged(loaded, date(2017, 1, 1))
    kept = first.findings
    assert judged(loaded, date(2017, 1, 1)).findings is kept
    for year in range(2018, 2027):
        assert judged(loaded, date(year, 1, 1)).fund.as_of.year == year
    assert judged(loaded, date(2017, 1, 1)).findings is not kept
    assert load(EXAMPLE).judge(date(2017, 1, 1)) is not loaded.judge(date(2017, 1, 1))  # another load, another book


@time_machine.travel(TODAY, tick=False)
def test_one_answer_to_what_is_overdue_today(write: Write) -> None:
    """Due on 28 February, nothing recorded since: on 27 November that is 272 days, by every way to ask."""
    main = write(f"2016-01-01 {VIEWED}", OVERDUE)
    book = ("--book", str(main))
    late = "181 to 365 days"
    _, said = run("show", "Canada", "--json", *book)
    assert json.loads(said)["as-of"] == TODAY
    assert [x["ageing"] for x in json.loads(said)["instalments"]] == [late, "not yet due"]
    _, said = run("report", "3b", "--csv", *book)
    assert next(line for line in said.splitlines() if line.startswith(late)).split(",")[1] == "1"
    _, said = run("query", "SELECT ageing, outstanding FROM instalments", *book)
    assert f"{late} │ 5000.00 USD" in said
    site = Site.of(main)
    page = site.view("Overview")
    assert "November 27, 2026" in page
    assert '<span class="count">1</span>' in page.partition(">Instalments overdue<")[0].rpartition("<li")[2]
    assert Cells(site.view("Pledges")).found["ageing.4.count"].strip() == "1"
    asked = {"query_string": "SELECT ageing FROM instalments"}
    assert late in site.get("api/query", **asked).get_data(as_text=True)
    assert "not yet due" in site.get("api/query", time="2026-01", **asked).get_data(as_text=True)
    for words in (
        ("show", "Canada", "--as-of", "2026-02-28", "--json"),
        ("query", asked["query_string"], "--as-of", "2026-02-28"),
    ):
        assert "not yet due" in run(*words, *book)[1]
    _, said = run("check", *book)
    assert f"Judged as of 2026-01-05, the last entry (today: `vfund check --as-of {TODAY}`)." in said
    assert "Judged as of 2026-11-27.\n" in run("check", "--as-of", TODAY, *book)[1]
    assert f"Nothing waits for approval as of {TODAY}." in run("pending", *book)[1]
    assert f"As of {TODAY}: no unclaimed receipts" in run("unclaimed", "--list", *book)[1]
    with zipfile.ZipFile(io.BytesIO(site.get("extension/Quarters/bundle", quarter="2026-Q4").get_data())) as archive:
        assert any("as-of-2026-11-27" in name for name in archive.namelist())
