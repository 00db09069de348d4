"""Real flows, judged: every row of OCHA's file becomes an entry of the book or is refused by a named rule, and SQL finds the same rows.

The file holds 1,138 lines of text after its header, which are 1,106 flows: some descriptions run over several lines.
"""

import csv
import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from ledger.book.loading import Book, load
from tests.conftest import SHARED, shared
from tests.fts.mapping import Mapped, organizations, write


@dataclass(frozen=True)
class Judged:
    rows: list[dict[str, str]]
    mapped: Mapped
    book: Book
    refused: dict[int, set[str]]
    sql: sqlite3.Connection

    def by(self, code: str) -> set[int]:
        """Return the rows that a message refuses."""
        return {position for position, codes in self.refused.items() if code in codes}

    def where(self, condition: str) -> set[int]:
        """Return the rows that an SQL condition finds, without our program."""
        query = f"SELECT flow.position FROM flow LEFT JOIN donor ON donor.organization = flow.srcOrganization WHERE {condition}"
        return {position for (position,) in self.sql.execute(query)}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    path = shared("samples/fts/incoming_funding_global.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    mapped = write(rows, tmp_path_factory.mktemp("fts"))
    book = load(mapped.main)
    position = {line: number for number, line in enumerate(mapped.lines)}
    refused: dict[int, set[str]] = defaultdict(set)
    for finding in book.errors:
        refused[position[finding.source["lineno"]]].add(finding.code)  # KeyError: a finding beside every entry
    return Judged(rows, mapped, book, refused, _sql(rows))


def _sql(rows: list[dict[str, str]]) -> sqlite3.Connection:
    """Lay the rows into a table as they stand, with their numbers as numbers, and the mapping of donors beside them."""
    names = list(rows[0])
    sql = sqlite3.connect(":memory:")
    sql.execute(f"CREATE TABLE flow (position, {', '.join(names)})")
    marks = ", ".join("?" * (len(names) + 1))
    sql.executemany(f"INSERT INTO flow VALUES ({marks})", [(n, *row.values()) for n, row in enumerate(rows)])
    sql.execute("CREATE TABLE donor (organization, code, kind)")
    sql.executemany("INSERT INTO donor VALUES (?, ?, ?)", [(name, *pair) for name, pair in organizations().items()])
    return sql


FINANCIAL = "contributionType = 'financial'"
ZERO = "amountUSD + 0 = 0"
BOOKED = f"NOT ({FINANCIAL} AND status <> 'paid' AND {ZERO})"
"""Beancount itself refuses an instalment of zero, and no other rule sees it."""
GIVEN = "originalAmount <> '' AND originalCurrency NOT IN ('', 'USD')"
RATE = "(exchangeRate + 0.0)"
HALF = "(CASE WHEN length(exchangeRate) - instr(exchangeRate || '.', '.') > 3 THEN 0.00005 ELSE 0.0005 END)"
INDEPENDENT = {
    "bank-reference-once/twice": f"{FINANCIAL} AND status = 'paid' AND EXISTS (SELECT 1 FROM flow f WHERE f.id = flow.id AND f.position < flow.position)",
    "pledge-lifecycle/label-again": f"{FINANCIAL} AND status <> 'paid' AND EXISTS (SELECT 1 FROM flow f WHERE f.id = flow.id AND f.position < flow.position)",
    "pledge-lifecycle/nothing-promised": f"{FINANCIAL} AND status <> 'paid' AND {ZERO}",
    "pledge-lifecycle/nothing-given": f"status = 'paid' AND {ZERO}",
    "pledge-lifecycle/no-valuation": "contributionType = 'in kind'",
    "pledge-lifecycle/rate-disagrees": (
        f"{FINANCIAL} AND {GIVEN} AND exchangeRate <> '' AND NOT {ZERO} AND NOT "
        f"(amountUSD + 0.5 >= originalAmount / ({RATE} + {HALF}) AND amountUSD - 0.5 <= originalAmount / ({RATE} - {HALF}))"
    ),
    "donor-registered/unregistered": "srcOrganization = ''",
    "agreement-required/no-instrument": f"{FINANCIAL} AND status <> 'pledge' AND refCode = '' AND NOT {ZERO}",
    "due-diligence/no-clearance": (
        f"(contributionType = 'in kind' OR status <> 'pledge') AND NOT {ZERO} "
        "AND donor.kind IN ('private-institution', 'public-institution', 'individual')"
    ),
}
"""For every message that refuses a row, the same rows in SQL."""


@pytest.mark.parametrize("code", INDEPENDENT)
def test_a_rule_refuses_exactly_the_rows_that_sql_finds(judged: Judged, code: str) -> None:
    found = judged.by(code)
    assert found
    assert found == judged.where(INDEPENDENT[code])


def test_no_row_is_refused_by_anything_else(judged: Judged) -> None:
    assert {code for codes in judged.refused.values() for code in codes} == INDEPENDENT.keys()


def test_every_row_is_an_entry_or_refused(judged: Judged) -> None:
    assert len(judged.rows) == len(judged.mapped.lines) == 1106
    entered = {entry.txn.meta["lineno"] for entry in judged.book.fund.entries if entry.txn.postings}
    for position, line in enumerate(judged.mapped.lines):
        assert (line in entered) or judged.refused[position]
    assert judged.where("amountUSD + 0 < 0 OR originalAmount + 0 < 0") == set()  # the file has no negative amount


def test_what_is_taken_sums_up_to_what_sql_sums_by_status(judged: Judged) -> None:
    fund = judged.book.fund
    taken = set(range(len(judged.rows))) - {position for position, codes in judged.refused.items() if codes}
    marks = ", ".join(str(position) for position in taken)
    query = f"SELECT status, sum(amountUSD) FROM flow WHERE position IN ({marks}) GROUP BY status"
    sums = dict(judged.sql.execute(query))
    line = {judged.mapped.lines[position] for position in taken}
    received = sum((c.value for c in fund.contributions if c.entry.txn.meta["lineno"] in line), Decimal(0))
    promised = {
        stage: sum(
            (
                i.outstanding() * i.rate
                for i in fund.instalments.values()
                if i.stage == stage and i.opened.txn.meta["lineno"] in line
            ),
            Decimal(0),
        )
        for stage in ("announced", "committed")
    }
    assert received == sums["paid"]
    assert round(promised["committed"], 6) == sums["commitment"]
    assert round(promised["announced"], 6) == sums.get("pledge", 0)


def test_governments_have_the_category_that_the_list_of_the_oas_gives(judged: Judged) -> None:
    """Count the rows of each category by the ISO codes of the published list, and compare with the accounts that the registry chose.

    The list has no date of admission for some observers; their rows carry a warning that says so, and are left out
    here.
    """
    with (SHARED / "data" / "donors_registry.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["iso3"] or row["code"]: row["category"].replace("_", "-") for row in csv.DictReader(file)}
    doubtful = {f.source["lineno"] for f in judged.book.warnings if f.code == "donor-category/doubtful"}
    lines = judged.mapped.main.read_text(encoding="utf-8").splitlines()
    slugs = judged.book.fund.registry.by_category_account
    counted, booked = Counter[str](), Counter[str]()
    for row, begin in zip(judged.rows, judged.mapped.lines, strict=True):
        if row["srcOrganization"] and begin not in doubtful:
            counted[listed.get(organizations()[row["srcOrganization"]][0], "other")] += 1
            entry = "\n".join(lines[begin - 1 :]).partition("\n\n")[0]
            booked[next(slug for component, slug in slugs.items() if f":{component}:" in entry)] += 1
    assert booked == counted
    assert len(doubtful) == 13


def test_the_same_flow_under_the_law_of_two_dates(judged: Judged, tmp_path: Path) -> None:
    """A law that asks for an agreement only from 2020-07-01 on refuses the flows without one from then on, and none before."""
    text = judged.mapped.main.read_text(encoding="utf-8")
    later = text.replace(
        '2004-06-08 custom "rule" "agreement-required"', '2020-07-01 custom "rule" "agreement-required"'
    )
    (tmp_path / "documents").symlink_to(judged.mapped.main.parent / "documents")
    main = tmp_path / "main.beancount"
    main.write_text(later, encoding="utf-8")
    refused = {f.source["lineno"] for f in load(main).errors if f.code == "agreement-required/no-instrument"}
    position = {line: number for number, line in enumerate(judged.mapped.lines)}
    assert {position[line] for line in refused} == judged.where(
        f"{INDEPENDENT['agreement-required/no-instrument']} AND date >= '2020-07-01'"
    )
    assert refused


def test_a_negative_amount_is_refused_by_name(judged: Judged, tmp_path: Path) -> None:
    """The file has none; FTS corrects flows by negative ones elsewhere, so one is made of a row that is taken."""
    position = next(
        n
        for n, row in enumerate(judged.rows)
        if n not in judged.refused and row["status"] == "paid" and not row["originalAmount"]
    )
    row = judged.rows[position]
    assert load(write([row], tmp_path).main).errors == []
    (tmp_path / "again").mkdir()
    negative = load(write([row | {"amountUSD": f"-{row['amountUSD']}"}], tmp_path / "again").main)
    assert {finding.code for finding in negative.errors} == {"pledge-lifecycle/wrong-direction"}
