"""A book under the whole shipped law, but for documents, and entries for it."""

from pathlib import Path

from ledger.book.loading import load
from tests.books import DECLARATIONS, whole
from tests.conftest import ROOT


def lawful(tmp_path: Path, text: str) -> list[str]:
    """Load entries under the whole shipped law, but for documents; give the codes of what is wrong."""
    policy = f'include "{ROOT}/ledger/policy/*.beancount"\n2004-06-09 custom "rule" "evidence" "*"\n  citation: "example"\n  severity: "off"\n  reason: "x"\n'
    accounts = "".join(
        f"2004-06-08 open {name}\n"
        for name in ("Expenses:IndirectCostRecovery", "Liabilities:Payable", "Assets:InterFundLoans")
    )
    main = tmp_path / "main.beancount"
    purposes = '2004-06-08 custom "purpose" "reports"\n  name-en: "x"\n  basis: "x"\n2004-06-08 custom "purpose" "fund"\n  name-en: "x"\n  basis: "x"\n  general: TRUE\n'
    main.write_text(whole(f"{policy}{accounts}{purposes}\n{text}", DECLARATIONS), encoding="utf-8")
    return sorted({finding.code for finding in load(main).errors})


def receipt(
    number: int,
    amount: str,
    *,
    donor: str = "MemberStates:Mexico",
    purpose: str = "fund",
    charge: str = "",
    day: str = "2016-09-08",
) -> str:
    return (
        f'{day} * "X" "Gift" #receipt\n  receipt-number: "R-2016-{number:04d}"\n  purpose: "{purpose}"\n  agreement: "Note"\n'
        f'  recorded-by: "finance-officer-1"\n  Assets:Bank:Operating  {amount} USD\n  Income:Contributions:{donor}  -{amount} USD\n\n'
        f'{day} * "Indirect costs" #icr\n  on-receipt: "R-2016-{number:04d}"\n  Expenses:IndirectCostRecovery  {charge} USD\n'
        f"  Assets:Bank:Operating  -{charge} USD\n\n"
    )


GIFT = receipt(1, "9000", charge="990")


def spend(day: str, amount: str, more: str = "", tags: str = "#expenditure") -> str:
    return f'{day} * "Travel" {tags}\n{more}  Expenses:Travel  {amount} USD\n  Assets:Bank:Operating  -{amount} USD\n\n'
