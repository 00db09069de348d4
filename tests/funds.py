"""The command line on a book, and what is left there."""

import shlex
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from click.testing import CliRunner, Result

from app.cli import cli
from ledger.book.loading import load

DAY = date.today().isoformat()
YEAR = date.today().year
RECEIPT = f"receipt --donor Mexico --amount '20000 USD' --bank-reference FT-1 --date {DAY} --purpose country-visits --agreement Note"
"""A receipt that waits for its document and its approval."""


def run(*words: str | Path, book: Path, **more: object) -> Result:
    """Run a command of `vfund` on a book."""
    return CliRunner().invoke(cli, [*map(str, words), "--book", str(book)], **more)  # type: ignore[arg-type]


def vfund(line: str) -> Result:
    """Run a line of `vfund` on the book of the environment."""
    return CliRunner().invoke(cli, shlex.split(line))


def ok(line: str) -> str:
    """Run a line that must be accepted; give what it says."""
    done = vfund(line)
    assert done.exit_code == 0, line + "\n" + done.output
    return done.output


def files(main: Path) -> dict[str, str]:
    """Return the digest of every file of a book."""
    found = [path for path in main.parent.rglob("*") if path.is_file() and path.name != ".vfund.lock"]
    return {str(path): sha256(path.read_bytes()).hexdigest() for path in found}


def codes(main: Path) -> list[str]:
    """Return the codes of what is wrong with a book."""
    return sorted(finding.code for finding in load(main).errors)


def balances(fund: Path) -> dict[str, Decimal]:
    """Return what every account of the balance sheet and of income and expenses has, but for what has nothing."""
    sums: dict[str, Decimal] = {}
    for entry in load(fund).fund.entries:
        for part, posting, _ in entry.money:
            sums[part.name] = sums.get(part.name, Decimal(0)) + posting.units.number
    return {name: number for name, number in sums.items() if number}
