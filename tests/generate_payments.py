"""A book and a year of bank statements for it, with the truth: which payment is for which instalment.

Seeded; every figure is an example.

60 donors of the registry pledge in four currencies; they pay in full, in parts and together, under their names in four
languages, misspelt, through their embassies, with and without references; one payment in twenty is noise: strangers,
gifts that nobody pledged, references to the pledge of somebody else, a second payment of what is paid.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from ledger.language.models import Donor
from ledger.model.donors import Registry
from tests.generate_book import LEDGER
from tests.statements import Paid, camt053, mt940

YEAR = 2025
RATES = {"USD": "1", "EUR": "1.10", "CAD": "0.74", "CHF": "1.12"}
CURRENCIES = ("USD", "USD", "USD", "USD", "EUR", "CAD", "CHF")
BANKS = {"USD": ("US64SVBKUS6S3300958879", "Operating"), "EUR": ("DE14740618130000033626", "Euro")}
CENT = Decimal("0.01")
COMPONENT = {"member-state": "MemberStates", "permanent-observer": "PermanentObservers"}


@dataclass
class Instalment:
    """What is promised, and how much of it is not paid yet."""

    label: str
    donor: Donor
    number: Decimal
    currency: str
    begin: date
    due: date
    left: Decimal


@dataclass
class Year:
    """The book's entries, the payments by bank account, and what each is for (by its reference): label and amount.

    Nothing for noise.
    """

    entries: list[str] = field(default_factory=list)
    payments: dict[str, list[Paid]] = field(default_factory=lambda: defaultdict(list))
    truth: dict[str, dict[str, Decimal]] = field(default_factory=dict)


class Maker:
    """Makes the year."""

    def __init__(self, registry: Registry, seed: int, payments: int) -> None:
        self.random = random.Random(seed)
        self.registry = registry
        day = date(YEAR, 1, 1)
        states = [code for code, donor in registry.donors.items() if donor.kind == "state"]
        codes = sorted(
            c for c in states if registry.standing(c, day).category in COMPONENT and not registry.standing(c, day).doubt
        )
        self.donors = [registry.donors[code] for code in self.random.sample(codes, 60)]
        self.wanted = payments
        self.year = Year()
        self.pledges = 0
        self.paid = 0
        self.whole: set[str] = set()

    def make(self) -> Year:
        while self.paid < self.wanted:
            if self.random.random() < 0.05:
                self.noise()
            else:
                self.life()
        return self.year

    def day(self, after: date, days: int) -> date:
        return min(after + timedelta(days=self.random.randrange(1, days)), date(YEAR, 12, 30))

    def life(self) -> None:
        """A commitment of one to four instalments, and its payments."""
        donor = self.random.choice(self.donors)
        category = self.registry.standing(donor.code, date(YEAR, 1, 1)).category
        place = f"Equity:Pledges:Committed:{COMPONENT[category]}:{donor.account}"
        currency, rate = (c := self.random.choice(CURRENCIES)), RATES[c]
        self.pledges += 1
        pledge, begin = (
            f"PL-{YEAR}-{self.pledges:03d}",
            date(YEAR, 1, 2) + timedelta(days=self.random.randrange(0, 240)),
        )
        items: list[Instalment] = []
        due = begin
        for number in range(1, self.random.choice((1, 1, 2, 3, 4)) + 1):
            due = self.day(due, 50)
            odd = Decimal(self.random.randrange(1_000_00, 90_000_00)) * CENT
            amount = self.random.choice(
                (Decimal(self.random.choice((5000, 10000, 25000, 50000, 100000))), odd)
            ).quantize(CENT)
            items.append(Instalment(f"{pledge}/{number}", donor, amount, currency, begin, due, amount))
        lines = [
            f'{begin} * "{donor.name_en}" "Commitment (example)" #agreement ^{pledge}',
            '  recorded-by: "finance-officer-1"',
        ]
        lines += [
            '  purpose: "country-visits"',
            '  agreement: "Exchange of letters (example)"',
            f"  accepted: {begin}",
            f"  instrument-date: {begin}",
        ]
        for item in items:
            lines += [f'  {place}  {item.number} {currency} {{{rate} USD, "{item.label}"}}', f"    due: {item.due}"]
        total = sum((item.number for item in items), Decimal(0)) * Decimal(rate)
        self.year.entries.append("\n".join([*lines, f"  Equity:Pledges:Contra  {-total} USD"]))
        self.pay(items)

    def pay(self, items: list[Instalment]) -> None:
        """Pay instalments in the order of their due dates: alone, two together, or one in two parts.

        Some not at all.
        """
        waiting = list(items)
        last = items[0].due - timedelta(days=20)
        while waiting:
            kind = self.random.choice(("whole", "whole", "whole", "parts", "together", "never"))
            if kind == "never":
                return
            if kind == "together" and len(waiting) > 1:
                chosen = [waiting.pop(0), waiting.pop(0)]
                last = self.send(
                    chosen, sum((i.number for i in chosen), Decimal(0)), max(last, chosen[0].due - timedelta(days=10))
                )
            elif kind == "parts":
                item = waiting.pop(0)
                first = (item.number * self.random.choice((Decimal("0.5"), Decimal("0.4")))).quantize(CENT)
                last = self.send([item], first, max(last, item.due - timedelta(days=15)))
                last = self.send([item], item.number - first, last)
            else:
                item = waiting.pop(0)
                last = self.send([item], item.number, max(last, item.due - timedelta(days=15)))

    def send(self, items: list[Instalment], number: Decimal, after: date) -> date:
        """Make one payment for instalments, the earliest first, and note the truth."""
        donor, currency = items[0].donor, items[0].currency
        day = self.day(max(after, items[0].begin), 12)
        bank = currency if currency in BANKS else "USD"
        instructed = None
        credited = number
        if currency != bank:
            credited = (
                number
                * Decimal(RATES[currency])
                / Decimal(RATES[bank])
                * Decimal(self.random.choice(("0.995", "1", "1.004")))
            ).quantize(CENT)
            instructed = (number, currency) if self.random.random() < 0.6 else None
        elif self.random.random() < 0.06 and number == items[0].left:
            credited = number - 15
            instructed = (number, currency) if self.random.random() < 0.5 else None
        truth: dict[str, Decimal] = {}
        left = number
        for item in items:
            part = min(left, item.left)
            item.left -= part
            left -= part
            truth[item.label] = part
        self.record(bank, day, credited, self.name(donor), self.words(items), truth, instructed)
        if len(items) == 1 and number == items[0].number:
            self.whole.add(f"FT{self.paid:06d}")
        return day

    def record(
        self,
        bank: str,
        day: date,
        number: Decimal,
        payer: str,
        text: str,
        truth: dict[str, Decimal],
        instructed: tuple[Decimal, str] | None = None,
    ) -> None:
        self.paid += 1
        reference = f"FT{self.paid:06d}"
        self.year.truth[reference] = truth
        self.year.payments[bank].append(Paid(day, number, payer, text, reference, instructed=instructed))

    def words(self, items: list[Instalment]) -> str:
        pledge = items[0].label.partition("/")[0]
        labels = " ".join(item.label for item in items)
        return self.random.choice(
            (
                f"Contribution {labels}",
                f"contribucion {labels.lower()}",
                f"/RFB/{pledge.replace('-', ' ')}",
                f"Pledge {pledge}",
                f"ref {pledge.replace('-', '')}",
                f"VERSEMENT {labels}",
                self.random.choice(("Contribution to the Voluntary Fund", "Aporte al fondo")),
                "Contribuição",
            )
        )

    def name(self, donor: Donor) -> str:
        plain = self.random.choice([donor.name(language) for language in ("en", "es", "fr", "pt")])
        kind = self.random.choice(
            ("plain", "plain", "plain", "capitals", "order", "office", "office", "typo", "typo", "ministry", "agent")
        )
        if kind == "capitals":
            return plain.upper()
        if kind == "order":
            return " ".join(reversed(plain.split()))
        if kind == "office":
            return self.random.choice(
                ("Embajada de {}", "GOVERNMENT OF {}", "Mission permanente de {}", "Governo do {}")
            ).format(plain)
        if kind == "typo":
            at = self.random.randrange(1, max(2, len(plain) - 1))
            return plain[:at] + plain[at + 1 :] if self.random.random() < 0.5 else plain[:at] + plain[at - 1 :]
        if kind == "ministry":
            return f"Ministry of Foreign Affairs of {plain}"
        return "Correspondent Bank Trust" if kind == "agent" else plain

    def noise(self) -> None:
        """A payment that is for nothing that is promised."""
        day = date(YEAR, 1, 5) + timedelta(days=self.random.randrange(0, 355))
        odd = Decimal(self.random.randrange(100_00, 9_000_00)) * CENT + Decimal("0.07")
        donor, other = self.random.sample(self.donors, 2)
        kind = self.random.choice(("stranger", "gift", "wrong reference", "twice"))
        paid = [(ref, t) for ref, t in self.year.truth.items() if len(t) == 1]
        if kind == "stranger" or not paid:
            self.record("USD", day, odd, "Private Person (example)", "A gift", {})
        elif kind == "gift":
            self.record("USD", day, odd, donor.name_en, "Gift beyond our pledges", {})
        elif kind == "wrong reference":
            label = next(iter(self.random.choice(paid)[1]))
            self.record("USD", day, Decimal(5000), other.name_en + " Office Nine", f"Contribution {label}X", {})
        else:
            lines = [line for of_bank in self.year.payments.values() for line in of_bank]
            said = [
                (line, label)
                for line in lines
                for label in self.year.truth[line.reference]
                if line.text.endswith(label) and line.reference in self.whole
            ]
            if not said:
                return
            line, label = self.random.choice(said)
            bank = next(bank for bank, lines in self.year.payments.items() if line in lines)
            self.record(
                bank,
                min(line.day + timedelta(days=3), date(YEAR, 12, 30)),
                line.number,
                line.payer,
                f"Contribution {label} again",
                {},
            )


def header() -> str:
    """Return the head of the book: the shipped law, without papers and approvals (they are not what is shown here)."""
    accounts = [
        "Equity:OpeningBalances", "Equity:Pledges:Contra", "Liabilities:UnclaimedReceipts", "Liabilities:AccountsPayable", "Expenses:BankCharges",
        "Expenses:IndirectCostRecovery", "Income:Interest", "Assets:Bank:InTransit", *(f"Assets:Bank:{name}" for _, name in BANKS.values()),
    ]  # fmt: skip
    lines = [
        'option "title" "Generated payments (example)"',
        'option "operating_currency" "USD"',
        'option "booking_method" "STRICT"',
        'plugin "plugins.fund"',
        f'include "{LEDGER}/registry/*.beancount"',
        f'include "{LEDGER}/policy/*.beancount"',
        f'include "{LEDGER}/template/purposes.beancount"',
        '2004-06-08 custom "fund" "GENERATED"',
        '  name-en: "Generated payments (example)"',
        '  basis: "example"',
        '  unit: "USD"',
        "  since: 2004-06-08",
        '2004-06-08 custom "officer" "finance-officer-1" "finance-officer"',
        '2004-06-08 custom "officer" "treasurer-1" "treasurer"',
        *(f"2004-06-08 open {name}" for name in accounts),
        *(
            f"{YEAR}-{month:02d}-01 price {c} {rate} USD"
            for month in range(1, 13)
            for c, rate in RATES.items()
            if c != "USD"
        ),
    ]
    return "\n".join(lines)


def write_book(folder: Path, entries: list[str]) -> Path:
    """Write the book and its import.toml; give its main file."""
    folder.mkdir(parents=True, exist_ok=True)
    main = folder / "main.beancount"
    main.write_text(header() + "\n\n" + "\n\n".join(entries) + "\n", encoding="utf-8")
    blocks = [f'[[account]]\nnumber = "{number}"\naccount = "Assets:Bank:{name}"\n' for number, name in BANKS.values()]
    (folder / "import.toml").write_text("\n".join(blocks), encoding="utf-8")
    return main


def write_statements(folder: Path, year: Year, *, months: int = 1, until: int = 12, overlap: int = 0) -> list[Path]:
    """Write one statement every few months and account, camt.053 for USD and MT940 for EUR.

    With `overlap` each begins so many days early.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for bank, lines in year.payments.items():
        number, _ = BANKS[bank]
        ordered = sorted(lines, key=lambda line: (line.day, line.reference))
        for month in range(months, until + 1, months):
            first = month - months + 1
            begin = date(YEAR, first, 1) - timedelta(days=overlap if first > 1 else 0)
            end = (date(YEAR, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
            before = sum((line.number for line in ordered if line.day < begin), Decimal(0))
            inside = [line for line in ordered if begin <= line.day <= end]
            write = camt053 if bank == "USD" else mt940
            path = folder / f"{bank}-{month:02d}.{'xml' if bank == 'USD' else 'sta'}"
            sequence = month // months
            path.write_bytes(
                write(number, bank, before, inside, sequence=sequence, begin=begin - timedelta(days=1), end=end)
            )
            paths.append(path)
    return paths
