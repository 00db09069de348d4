"""Write a generated book.

Seeded, of any size and span of years, with every kind of entry of the design, under the whole shipped law.

Every figure in it is an example.

    python -m tests.generate_book FOLDER --transactions 1000 --years 10 --seed 7 [--bare]

`--bare` writes the same entries without the plugin and with the donors' accounts opened by hand, for `bean-check`
alone.
"""

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from ledger.book.loading import load
from ledger.law.approvals import approvable

LEDGER = Path(__file__).parent.parent / "ledger"

DONORS = (
    [
        ("MemberStates", name)
        for name in [
            "Argentina",
            "Brazil",
            "Canada",
            "Chile",
            "Colombia",
            "Mexico",
            "Panama",
            "Peru",
            "UnitedStates",
            "Uruguay",
        ]
    ]
    + [
        ("PermanentObservers", name)
        for name in ["France", "Germany", "Italy", "Japan", "Netherlands", "Spain", "Switzerland", "Denmark"]
    ]
    + [("InterAmericanSystem", name) for name in ("InterAmericanDevelopmentBank", "PanAmericanHealthOrganization")]
    + [("Others", f"Foundation{number}") for number in range(1, 91)]
)
RATES = {"USD": "1", "EUR": "1.1203", "CAD": "0.7541", "CHF": "1.0309", "GBP": "1.3027"}
CENT = Decimal("0.01")
LOANS_SINCE = date(2011, 8, 31)
BEGIN = date(2010, 1, 1)
CLEARANCE = b"Due diligence (example)\n"
PUBLICATION = b"Rates of exchange (example)\n"


def end(years: int) -> date:
    """Return the day by which every life in the book has ended."""
    return BEGIN + timedelta(days=years * 365 + 900)


@dataclass
class Entry:
    """An entry waiting for its receipt number."""

    day: date
    text: str
    receipt: bool = False


@dataclass
class Generator:
    """Makes lives of pledges and the other entries of a fund."""

    random: random.Random
    begin: date
    days: int
    entries: list[Entry] = field(default_factory=list)
    pledges: int = 0
    references: int = 0
    unclaimed: Counter[int] = field(default_factory=Counter)
    still_open: set[str] = field(default_factory=set)

    def fill(self, transactions: int) -> None:
        self.add(
            self.begin,
            "Balance brought forward",
            "#opening",
            ["Assets:Bank:Operating  5000000.00 USD", "Equity:OpeningBalances  -5000000.00 USD"],
        )
        while len(self.entries) < transactions:
            self.random.choice((self.life, self.life, self.gift, self.suspense, self.spending, self.others))()

    def add(
        self,
        day: date,
        narration: str,
        tags: str,
        postings: list[str],
        meta: tuple[str, ...] = (),
        *,
        receipt: bool = False,
    ) -> None:
        lines = [
            f'{day} * "Example" "{narration}" {tags}',
            '  recorded-by: "finance-officer-1"',
            *(f"  {item}" for item in meta),
            *(f"  {item}" for item in postings),
        ]
        self.entries.append(Entry(day, "\n".join(lines), receipt))

    def start(self) -> date:
        return self.begin + timedelta(days=self.random.randrange(1, max(2, self.days - 900)))

    def later(self, day: date) -> date:
        return day + timedelta(days=self.random.randrange(1, 120))

    def amount(self) -> Decimal:
        return Decimal(self.random.randrange(1_000_00, 300_000_00)) * CENT

    def reference(self) -> str:
        self.references += 1
        return f'bank-reference: "FT-{self.references:06d}"'

    def life(self) -> None:
        """A pledge, its agreement, and what becomes of each instalment."""
        category, donor = self.random.choice(DONORS)
        currency = self.random.choice(list(RATES))
        rate = Decimal(RATES[currency])
        self.pledges += 1
        day = self.start()
        name = f"PL-{day.year}-{self.pledges:05d}"
        parts = [self.amount() for _ in range(self.random.randrange(1, 4))]
        total = sum(parts, Decimal(0))
        announced = f"Equity:Pledges:Announced:{category}:{donor}"
        committed = f"Equity:Pledges:Committed:{category}:{donor}"
        self.add(
            day,
            "Pledge (example)",
            f"#pledge ^{name}",
            [
                f'{announced}  {total} {currency} {{{rate} USD, "{name}"}}',
                f"Equity:Pledges:Contra  {-total * rate} USD",
            ],
            (f"instrument-date: {day}", f"recorded: {day}", 'purpose: "country-visits"'),
        )
        day = self.later(day)
        opened = [
            (f'{committed}  {part} {currency} {{{rate} USD, "{name}/{number}"}}', f"  due: {self.later(day)}")
            for number, part in enumerate(parts, 1)
        ]
        lines = [line for pair in opened for line in pair]
        self.add(
            day,
            "Agreement (example)",
            f"#agreement ^{name}",
            [f'{announced}  {-total} {currency} {{"{name}"}}', *lines],
            ('agreement: "Exchange of letters (example)"', f"accepted: {day}", 'purpose: "country-visits"'),
        )
        for number, part in enumerate(parts, 1):
            self.fate(
                self.later(day), name, f"{name}/{number}", committed, f"{category}:{donor}", part, currency, rate, day
            )

    def fate(
        self,
        day: date,
        name: str,
        label: str,
        account: str,
        donor: str,
        part: Decimal,
        currency: str,
        rate: Decimal,
        opened: date,
    ) -> None:
        fate = self.random.choice(
            ("paid", "paid", "paid", "twice", "reversed", "reduction", "write-off", "in-kind", "open")
        )
        if fate in {"open", "reversed"}:
            self.still_open.add(name)
        if fate in {"reduction", "write-off"}:
            postings = [f'{account}  {-part} {currency} {{"{label}"}}', f"Equity:Pledges:Contra  {part * rate} USD"]
            self.add(
                day, "Given up (example)", f"#{fate} ^{name}", postings, ('reason: "Letter of the donor (example)"',)
            )
        elif fate == "in-kind":
            value = (part * rate).quantize(CENT)
            postings = [f"Expenses:InKind:Services  {value} USD", f"Income:InKind:{donor}  {-value} USD"]
            postings += [f'{account}  {-part} {currency} {{"{label}"}}', f"Equity:Pledges:Contra  {part * rate} USD"]
            self.add(
                day,
                "Converted to services (example)",
                f"#in-kind ^{name}",
                postings,
                ('valuation: "Letter of the donor (example)"',),
            )
        elif fate == "twice":
            first = (part / 2).quantize(CENT)
            self.receipt(day, name, label, account, donor, first, currency, rate)
            self.receipt(self.later(day), name, label, account, donor, part - first, currency, rate)
        elif fate in {"paid", "reversed"}:
            self.receipt(day, name, label, account, donor, part, currency, rate)
        if fate == "reversed":
            charge, receipt = self.entries.pop(), self.entries[-1]
            self.entries.append(charge)
            money, paid = receipt.text, self.later(day)
            turned = [
                self.turn(line.strip(), f'{{{rate} USD, {opened}, "{label}"}}')
                for line in money.splitlines()
                if line.startswith("  ") and ": " not in line
            ]
            self.add(
                paid,
                "Returned by the bank (example)",
                f"#receipt #correction ^{name}",
                turned,
                (f'corrects: "@{self.reference_of(receipt)}"', 'purpose: "country-visits"'),
            )
            back = [
                self.turn(line.strip(), "")
                for line in charge.text.splitlines()
                if line.startswith("  ") and ": " not in line
            ]
            number = f'"@{self.reference_of(receipt)}"'
            self.add(
                paid,
                "Charge taken back (example)",
                "#icr #correction",
                back,
                (f"on-receipt: {number}", f"corrects: {number}"),
            )

    @staticmethod
    def reference_of(entry: Entry) -> str:
        """Return the bank reference of a receipt, which stands for its number until it has one."""
        return entry.text.partition('bank-reference: "')[2].partition('"')[0]

    def reconfirmations(self) -> Iterator[str]:
        """Return a donor's written word on every pledge that is still open, a month before the book ends."""
        day = max(entry.day for entry in self.entries) - timedelta(days=30)
        for name in sorted(self.still_open):
            yield f'{day} custom "reconfirmation" "{name}"\n  source: "Letter (example)"'

    def turn(self, posting: str, lot: str) -> str:
        """Turn the sign of a posting round; a lot goes back to where it came from."""
        account, number, *rest = posting.split()
        return f"{account}  {-Decimal(number)} {rest[0]} {lot if len(rest) > 1 else ''}".rstrip()

    def receipt(
        self, day: date, name: str, label: str, account: str, donor: str, part: Decimal, currency: str, rate: Decimal
    ) -> None:
        moved = Decimal(self.random.randrange(97, 104)) / 100 if currency != "USD" else Decimal(1)
        gross = (part * rate * moved).quantize(CENT)
        charge = Decimal(self.random.choice(("0.00", "15.00")))
        postings = [f"Assets:Bank:Operating  {gross - charge} USD", f"Income:Contributions:{donor}  {-gross} USD"]
        postings += [f"Expenses:BankCharges  {charge} USD"] if charge else []
        postings += [f'{account}  {-part} {currency} {{"{label}"}}', f"Equity:Pledges:Contra  {part * rate} USD"]
        self.add(
            day,
            "Instalment (example)",
            f"#receipt ^{name}",
            postings,
            (self.reference(), 'purpose: "country-visits"'),
            receipt=True,
        )
        self.charge(day, donor, gross)

    def charge(self, day: date, donor: str, gross: Decimal) -> None:
        """Charge the receipt that was added last for indirect costs, at the rates of the shipped policy."""
        rate = 11 if donor.startswith("MemberStates") else 12
        due = (gross * rate / 100).quantize(CENT)
        postings = [f"Expenses:IndirectCostRecovery  {due} USD", f"Assets:Bank:Operating  {-due} USD"]
        reference = self.reference_of(self.entries[-1])
        self.add(day, "Indirect costs (example)", "#icr", postings, (f'on-receipt: "@{reference}"',))

    def gift(self) -> None:
        category, donor = self.random.choice(DONORS)
        amount, day = self.amount(), self.start()
        account = f"Income:Contributions:{category}:{donor}"
        self.add(
            day,
            "Contribution (example)",
            "#receipt",
            [f"Assets:Bank:Operating  {amount} USD", f"{account}  {-amount} USD"],
            (self.reference(), 'purpose: "rapporteurship"', 'agreement: "Letter (example)"'),
            receipt=True,
        )
        self.charge(day, f"{category}:{donor}", amount)
        if self.random.random() < 0.2:
            part = (amount / 4).quantize(CENT)
            self.add(
                self.later(day),
                "Unspent balance (example)",
                "#refund",
                [f"{account}  {part} USD", f"Assets:Bank:Operating  {-part} USD"],
                ('reason: "Agreement (example)"',),
            )

    def suspense(self) -> None:
        category, donor = self.random.choice(DONORS)
        amount, day = self.amount(), self.start()
        self.unclaimed[day.year] += 1
        link = f"^UR-{day.year}-{self.unclaimed[day.year]:05d}"
        self.add(
            day,
            "Not identified (example)",
            f"#unclaimed {link}",
            [f"Assets:Bank:Operating  {amount} USD", f"Liabilities:UnclaimedReceipts  {-amount} USD"],
            (self.reference(),),
        )
        later = self.later(day)
        self.add(
            later,
            "Identified (example)",
            f"#identify {link}",
            [f"Liabilities:UnclaimedReceipts  {amount} USD", f"Income:Contributions:{category}:{donor}  {-amount} USD"],
            (self.reference(), 'purpose: "rapporteurship"', 'agreement: "Letter (example)"'),
            receipt=True,
        )
        self.charge(later, f"{category}:{donor}", amount)

    def spending(self) -> None:
        amount = (self.amount() / 10).quantize(CENT)
        self.add(
            self.start(),
            "Country visit (example)",
            "#expenditure",
            [f"Expenses:Travel  {amount} USD", f"Assets:Bank:Operating  {-amount} USD"],
            ('purpose: "country-visits"',),
        )

    def others(self) -> None:
        amount, day = (self.amount() / 100).quantize(CENT), self.start()
        kind = self.random.choice(("interest", "transfer", "loan"))
        other = {
            "interest": "Income:Interest",
            "transfer": "Assets:Bank:Savings",
            "loan": "Assets:InterFundLoans",
        }[kind]
        sign = -1 if kind == "interest" else 1
        self.add(
            day,
            f"{kind} (example)",
            f"#{kind}",
            [f"{other}  {sign * amount} USD", f"Assets:Bank:Operating  {-sign * amount} USD"],
            (f"due: {day + timedelta(days=60 if day >= LOANS_SINCE else 0)}",) if kind == "loan" else (),
        )
        if kind == "loan":
            back = day + timedelta(days=self.random.randrange(1, 60))
            self.add(
                back,
                "loan returned (example)",
                "#loan",
                [f"{other}  {-amount} USD", f"Assets:Bank:Operating  {amount} USD"],
            )


def numbered(entries: list[Entry]) -> Iterator[str]:
    """Return the entries in the order of their dates, receipts numbered.

    `"@FT-000001"` becomes the number of that receipt.
    """
    in_order = sorted(entries, key=lambda item: item.day)
    receipts = [entry for entry in in_order if entry.receipt]
    numbers = {Generator.reference_of(entry): f"R-{n:06d}" for n, entry in enumerate(receipts, 1)}
    for entry in in_order:
        text = re.sub(r'"@(FT-\d+)"', lambda match: f'"{numbers[match[1]]}"', entry.text)
        if entry.receipt:
            head, _, rest = text.partition("\n")
            text = f'{head}\n  receipt-number: "{numbers[Generator.reference_of(entry)]}"\n{rest}'
        yield text


def write_book(
    folder: Path, *, transactions: int, years: int = 10, seed: int = 7, bare: bool = False, approved: bool = True
) -> Path:
    """Write a book into a folder; give its main file.

    With `approved` every entry above its threshold has an approval.
    """
    text, main = body(folder, transactions, years, seed), folder / "main.beancount"
    if approved:
        text += "\n\n" + approvals(header(years, bare=False), folder, text, end(years))
    main.write_text(f"{header(years, bare=bare)}\n\n{text}\n", encoding="utf-8")
    return main


def body(folder: Path, transactions: int, years: int, seed: int) -> str:
    """Return the entries, and lay the documents of the clearances into the folder."""
    maker = Generator(random.Random(seed), BEGIN, (end(years) - BEGIN).days)
    maker.fill(transactions)
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    (folder / "documents" / "clearance.txt").write_bytes(CLEARANCE)
    (folder / "documents" / "rates.txt").write_bytes(PUBLICATION)
    return "\n\n".join([*numbered(maker.entries), *maker.reconfirmations()])


def header(years: int, *, bare: bool) -> str:
    """Return everything but the entries: options, the fund, its law, its donors, accounts and rates."""
    names = [
        "Assets:Bank:Operating",
        "Assets:Bank:Savings",
        "Assets:InterFundLoans",
        "Liabilities:UnclaimedReceipts",
        "Equity:OpeningBalances",
        "Equity:Pledges:Contra",
        "Income:Interest",
        "Expenses:BankCharges",
        "Expenses:IndirectCostRecovery",
        "Expenses:Travel",
        "Expenses:InKind:Services",
    ]
    lines = ['option "title" "Generated example book"', 'option "operating_currency" "USD"']
    if bare:
        stems = ("Equity:Pledges:Announced", "Equity:Pledges:Committed", "Income:Contributions", "Income:InKind")
        names += [f"{stem}:{category}:{donor}" for stem in stems for category, donor in DONORS]
    else:
        lines += [
            'plugin "plugins.fund"',
            f'include "{LEDGER}/registry/*.beancount"',
            f'include "{LEDGER}/policy/*.beancount"',
        ]
        lines += [f'include "{LEDGER}/template/purposes.beancount"']
        # the generated book has few letters to file: no entry needs one, but those that are there are judged
        lines += [
            '2004-06-09 custom "rule" "evidence" "*"',
            '  citation: "example"',
            '  kinds: "receipt"',
            "  above: 1000000000",
            '2004-06-09 custom "rule" "exchange-rate" "*"',
            '  citation: "example, with one rate a year"',
            "  percent: 10",
            "  days: 366",
        ]
    lines += [
        '2004-06-08 custom "fund" "GENERATED"',
        '  name-en: "Generated book (example)"',
        '  basis: "example"',
        '  unit: "USD"',
        "  since: 2004-06-08",
        '2004-06-08 custom "officer" "finance-officer-1" "finance-officer"',
        '2004-06-08 custom "officer" "treasurer-1" "treasurer"',
    ]
    proof = sha256(CLEARANCE).hexdigest()
    for number in range(1, 91):
        lines += [
            f'1900-01-01 custom "donor" "FOUNDATION-{number}"',
            f'  account: "Foundation{number}"',
            '  kind: "private-institution"',
            f'  name-en: "Foundation {number} (example)"',
            f'1900-01-01 custom "donor-status" "FOUNDATION-{number}" "other"',
            f'2010-01-01 custom "clearance" "FOUNDATION-{number}"',
            '  result: "cleared"',
            f"  valid-until: {2012 + years}-12-31",
            "  ceiling: 1000000000",
            '  document: "clearance.txt"',
            f'  document-sha256: "{proof}"',
            '  by: "finance-officer-1"',
        ]
    lines += [f"2004-06-08 open {name}" for name in names]
    published = sha256(PUBLICATION).hexdigest()
    lines += ['2010-01-01 document Assets:Bank:Operating "documents/rates.txt"', f'  evidence-sha256: "{published}"']
    lines += [
        f'{year}-01-01 price {currency} {rate} USD\n  publication-sha256: "{published}"'
        for year in range(2010, 2010 + years + 3)
        for currency, rate in RATES.items()
        if currency != "USD"
    ]
    return "\n".join(lines)


def approvals(head: str, folder: Path, text: str, day: date) -> str:
    """Return a treasurer's approval of every entry above its threshold, in the words of the book."""
    draft = folder / "draft.beancount"
    draft.write_text(f"{head}\n\n{text}\n", encoding="utf-8")
    waiting = approvable(load(draft).fund)
    draft.unlink()
    return "\n".join(f'{day} custom "approval" "{item.digest}"\n  by: "treasurer-1"' for item in waiting)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--transactions", type=int, default=1000)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--bare", action="store_true")
    given = parser.parse_args()
    print(
        write_book(given.folder, transactions=given.transactions, years=given.years, seed=given.seed, bare=given.bare)
    )
