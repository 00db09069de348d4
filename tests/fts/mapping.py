"""Map donor flows of OCHA's Financial Tracking Service to entries of a book.

One entry per row, none left out, none mended.

`donors.csv` maps each organization to a donor: of the registry (no kind), or a new one, which is then one of the
others. What a flow is, is its status and its kind: `paid` becomes a receipt, `commitment` an agreement, `pledge` an
announcement, `in kind` a gift in kind. FTS states no valuation of a gift, no due date and no purpose in our sense: the
due date is the end of the usage year, and the purpose is the book's only one.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from ledger.book.loading import load
from ledger.law.evidence import content_digest
from ledger.model.fund import Fund

HERE = Path(__file__).parent
LEDGER = HERE.parents[1] / "ledger"
CLEARED = "intergovernmental-organization"
OFF = (
    "acceptance-recorded additional-liability anonymity four-eyes evidence unclaimed-age recording-delay pledge-lapse interfund exchange-rate exchange-differences "
    "no-spending-on-pledges contribution-form"
)
ON = "donor-category receipt-number bank-reference-once purpose-evidenced agreement-required due-diligence"


@dataclass(frozen=True)
class Mapped:
    """The book, and for each row of the file the line on which its entry begins."""

    main: Path
    lines: list[int]


def organizations() -> dict[str, tuple[str, str]]:
    with (HERE / "donors.csv").open(encoding="utf-8", newline="") as file:
        return {row["organization"]: (row["code"], row["kind"]) for row in csv.DictReader(file)}


def write(rows: list[dict[str, str]], folder: Path) -> Mapped:
    """Write the book of the rows, in the order of the file."""
    main = folder / "main.beancount"
    main.write_text(_head(folder), encoding="utf-8")
    fund = load(main).fund
    text = main.read_text(encoding="utf-8")
    numbers = _receipt_numbers(rows)
    lines = []
    for position, row in enumerate(rows):
        lines.append(text.count("\n") + 1)
        text += _entry(fund, row, numbers.get(position, "")) + "\n"
    main.write_text(text, encoding="utf-8")
    return Mapped(main, lines)


def _head(folder: Path) -> str:
    # FTS rounds to whole dollars; without a decimal anywhere Beancount would allow no dust behind the 25th one
    lines = [
        'option "operating_currency" "USD"',
        'option "inferred_tolerance_default" "USD:0.005"',
        'plugin "plugins.fund"',
        f'include "{LEDGER}/registry/*.beancount"',
    ]
    lines += ['2004-06-08 custom "fund" "FTS"', '  name-en: "Donor flows of FTS (real flows, not of this fund)"']
    lines += ['  basis: "example"', '  unit: "USD"', "  since: 2004-06-08"]
    lines += [
        '2004-06-08 custom "purpose" "humanitarian-aid"',
        '  name-en: "Humanitarian aid"',
        '  basis: "example"',
        "  general: TRUE",
    ]
    for rule in ON.split():
        lines += [f'2004-06-08 custom "rule" "{rule}" "*"', '  citation: "example"']
    for rule in [*OFF.split(), "indirect-cost-recovery"]:
        lines += [
            f'2004-06-08 custom "rule" "{rule}" "*"',
            '  citation: "example"',
            '  severity: "off"',
            '  reason: "FTS does not tell"',
        ]
    lines += ['2004-06-08 custom "officer" "finance-officer-1" "finance-officer"']
    lines += [
        f"2004-06-08 open {name}"
        for name in ("Assets:Bank:Operating", "Equity:Pledges:Contra", "Expenses:InKind:Goods")
    ]
    lines += [
        f'2010-01-01 custom "rule" "due-diligence" "{category}"\n  citation: "example"\n  severity: "off"\n  reason: "States"'
        for category in ("member-state", "permanent-observer", "inter-american-entity")
    ]
    document = folder / "documents" / "clearance.txt"
    document.parent.mkdir()
    document.write_bytes(b"Due diligence (example)\n")
    for organization, (code, kind) in organizations().items():
        if kind:
            lines += [
                f'1900-01-01 custom "donor" "{code}"',
                f'  account: "{account(code)}"',
                f'  kind: "{kind}"',
                f'  name-en: "{organization}"',
            ]
            lines += [f'1900-01-01 custom "donor-status" "{code}" "other"']
        if kind == CLEARED:
            lines += [
                f'2015-01-01 custom "clearance" "{code}"',
                '  result: "cleared"',
                "  valid-until: 2025-12-31",
                "  ceiling: 1000000000",
            ]
            lines += [
                '  document: "clearance.txt"',
                f'  document-sha256: "{content_digest(document)}"',
                '  by: "finance-officer-1"',
            ]
    return "\n".join(lines) + "\n"


def account(code: str) -> str:
    return "".join(word.capitalize() for word in code.split("-"))


def _receipt_numbers(rows: list[dict[str, str]]) -> dict[int, str]:
    """Number the receipts in the order of their dates."""
    paid = [
        (row["date"], n)
        for n, row in enumerate(rows)
        if row["status"] == "paid" and row["contributionType"] == "financial"
    ]
    return {n: f"FTS-{number:05d}" for number, (_, n) in enumerate(sorted(paid), 1)}


def _entry(fund: Fund, row: dict[str, str], number: str) -> str:
    kind = (
        "in-kind"
        if row["contributionType"] == "in kind"
        else {"paid": "receipt", "commitment": "agreement", "pledge": "pledge"}[row["status"]]
    )
    pledge = f"PL-{row['date'][:4]}-{int(row['id']):06d}"
    place = _place(fund, row)
    link = f" ^{pledge}" if kind in {"agreement", "pledge"} else ""
    payee = re.sub(r'["\\]', "'", row["srcOrganization"])
    lines = [f'{row["date"]} * "{payee}" "Flow {row["id"]}" #{kind}{link}', '  purpose: "humanitarian-aid"']
    lines += [f'  agreement: "{re.sub(chr(34), "", row["refCode"])}"'] if row["refCode"] else []
    lines += [f'  receipt-number: "{number}"', f'  bank-reference: "{row["id"]}"'] if kind == "receipt" else []
    usd = f"{row['amountUSD']} USD"
    if kind == "receipt":
        given, rate = _given(row)
        lines += [f"  Assets:Bank:Operating  {usd}", f"  Income:Contributions:{place}  {given}", *rate]
    elif kind == "in-kind":
        lines += [f"  Expenses:InKind:Goods  {usd}", f"  Income:InKind:{place}  -{usd}"]
    else:
        stage, label = ("Committed", f"{pledge}/1") if kind == "agreement" else ("Announced", pledge)
        given, rate = _given(row, label)
        lines += [
            f"  Equity:Pledges:{stage}:{place}  {given}",
            *rate,
            f"    due: {row['destUsageYearEnd']}-12-31",
        ]
        lines += [f"  Equity:Pledges:Contra  -{usd}"]
    return "\n".join(lines) + "\n"


def _place(fund: Fund, row: dict[str, str]) -> str:
    """Return the category on the date of the flow and the donor, as an account has them."""
    code = organizations().get(row["srcOrganization"], ("UNNAMED", ""))[0]
    donor = fund.registry.donors.get(code)
    if donor is None:
        return "Others:Unnamed"
    return f"{fund.registry.category_component(code, date.fromisoformat(row['date']))}:{donor.account}"


def _given(row: dict[str, str], label: str = "") -> tuple[str, list[str]]:
    """Return the amount as given, in its own currency where the row has one, and the line with the stated rate.

    Without a label it is what a receipt credits to the donor's income; with one, the lot of an instalment.
    """
    amount, currency, usd = Decimal(row["originalAmount"] or 0), row["originalCurrency"], row["amountUSD"]
    rate = [f"    exchange-rate: {_three(row['exchangeRate'])}"] if row["exchangeRate"] else []
    if not row["originalAmount"] or currency in {"", "USD"} or not int(usd):
        return (f'{usd} USD {{1 USD, "{label}"}}' if label else f"{-int(usd)} USD"), []
    if not amount:  # nothing given, yet a figure in dollars: no price can be worked out from them
        return (f'0 {currency} {{1 USD, "{label}"}}' if label else f"0 {currency} @ 1 USD"), rate
    return (
        f'{amount} {currency} {{{{{usd} USD, "{label}"}}}}' if label else f"{-amount} {currency} @@ {usd} USD"
    ), rate


def _three(rate: str) -> str:
    """Write a rate with the three decimals at least that FTS publishes."""
    whole, _, decimals = rate.partition(".")
    return f"{whole}.{decimals:0<3}"
