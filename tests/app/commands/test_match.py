"""`vfund match --all-certain`: what has become certain since the import is settled in one go, and nothing else."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from ledger.book.loading import load
from tests.funds import run
from tests.statements import IBAN, Paid, camt053

DAY = date(2026, 7, 2)
PAYMENTS = [
    Paid(DAY, Decimal("700.00"), "TESORERIA EXAMPLE", "Aporte", "FT-1"),
    Paid(DAY, Decimal("800.00"), "TESORERIA EXAMPLE", "Aporte", "FT-2"),
    Paid(DAY, Decimal("55.00"), "NOBODY KNOWN", "Gift", "FT-3"),
]


def test_what_became_certain_is_settled_at_once(fund: Path, tmp_path: Path) -> None:
    (tmp_path / "x.xml").write_bytes(camt053(IBAN, "USD", Decimal(0), PAYMENTS, sequence=1, begin=DAY, end=DAY))
    for amount, day in (("700 USD", "2026-07-05"), ("800 USD", "2026-09-30")):
        words = ("--donor", "Peru", "--amount", amount, "--due", day, "--date", "2026-06-01", "--agreement", "letters")
        assert run("agreement", *words, "--purpose", "reports", "-y", book=fund).exit_code == 0
    assert run("import", tmp_path / "x.xml", "-y", book=fund).exit_code == 0
    nothing = run("match", "--all-certain", "--date", "2026-07-10", book=fund)
    assert "0 settled, 3 still unclaimed." in nothing.output

    assert run("payer", "Peru", "TESORERIA EXAMPLE", "--date", "2026-07-03", "-y", book=fund).exit_code == 0
    before = {path: path.read_bytes() for path in (fund.parent / "entries").iterdir()}
    dry = run("match", "--all-certain", "--date", "2026-07-10", "--dry-run", book=fund)
    assert "2 settled, 1 still unclaimed." in dry.output
    assert {path: path.read_bytes() for path in before} == before

    done = run("match", "--all-certain", "--date", "2026-07-10", book=fund)
    assert done.exit_code == 0, done.output
    assert "2 settled, 1 still unclaimed." in done.output
    assert [item.outstanding() for item in load(fund).fund.instalments.values() if item.pledge.startswith("PL")][
        -2:
    ] == [0, 0]
