"""Every sample file with what became of it.

What the page docs/formats.md shows and tests/importers/formats/test_samples.py proves.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from importers import formats
from importers.ground import files
from importers.ground.configuration import Configuration
from importers.ground.files import Source
from importers.ground.records import BankStatements, Statement
from importers.ground.refusal import RefusedFileError

NOTHING_DECLARED = Configuration()
FOLDERS = ("bai2", "camt", "mt940", "ofx")
ENCODINGS = {"self-provided_raiffeisen-cmi.sta": "cp852"}
"""Files whose encoding a person has to say."""


TABLES = """## Tables: what import.toml says of them

Under which number the bank keeps an account, the book itself says (`vfund account Operating --number …`); `[[account]]` says the same here, as it did before the book could.

A bank that gives CSV or XLSX is learnt once: `vfund bank statement.csv --account Operating` finds the table, shows how it reads the first lines and what proves them, asks
what the file does not say (a currency; whether the day or the month stands first), and writes the layout here. Every way to read the columns is tried; the one of which the balances
follow stands. The keys that it writes can be written by hand too; the headings are those of the file, in whatever order they stand there. European marks, as an example:

```toml
[[account]]
number = "ES00 0000 0000 0000"        # the IBAN, or the number as the bank writes it
account = "Assets:Bank:Operating"

[[table]]
name = "my-bank"
number = "ES00 0000 0000 0000"        # that of the account above
currency = "EUR"
delimiter = ";"                       # between the columns of a CSV (default ",")
encoding = "cp1252"                   # default: UTF-8, else Windows-1252
decimal-mark = ","                    # default "."
date = "Fecha"
date-format = "%d/%m/%Y"              # %d day, %m month, %Y year; without it only dates that can be read in one way are taken
value-date = "Fecha valor"
debit = "Debe"                        # debit and credit, or one signed column: amount = "Importe"
credit = "Haber"
balance = "Saldo"                     # the balance after each line; without it footer = "Total", the line that holds the sum
reference = "Referencia"
text = ["Concepto", "Observaciones"]
payer = "Ordenante"
payer-account = "Cuenta"
newest-first = true                   # when the newest line stands first
kind = "Tipo"                         # the column that says what a line is; without it the words below are looked for in text
charges = ["Comisión", "Gastos"]      # what the bank took for itself; without these words it is a payment of what the fund owes
interest = ["Intereses a su favor"]   # without these words it waits as an unclaimed receipt
```

What other banks need, each key as an example:

```toml
[[table]]
name = "other-bank"
number = "other-bank"                 # where the file says the account itself: any name
account = "IBAN"                      # where it says it: a column, or a label above the table
currency-column = "Currency"          # several currencies in one file; a statement is made of each
date = "Booked"
date-order = "dmy"                    # which of day and month stands first (mdy in the United States); years in two digits or four, months by name too
amount = "Amount"
direction = "DR/CR"                   # the column that says the side of an unsigned amount, with its words
credit-words = ["CR"]
debit-words = ["DR"]
balance = "Balance"
daily-balance = true                  # the balance is that of the end of the day, on whichever of its rows it stands
fee = "Fee"                           # kept beside the amount: it moved too
status = "State"                      # the column that says what moved nothing yet, with its words
pending = ["PENDING"]
undated = "details"                   # a row without a date is a payment of the row above; "text": more of its text
detail = "Part"                       # the column of those payments, where it is not that of the amount
opening = "Opening balance"           # labels above or below the table, beside which the balances stand; a row with one is no movement
closing = "Closing balance"

[[table]]
name = "a-payment-service"
number = "a-payment-service"
currency = "USD"
date = "Date"
amount = "Net"
gross = "Gross"                       # what was given; the service kept the rest
balance = "Balance"
```

A second column of the same heading is `Heading#2`, one without a heading `#5`, by its place. What carries neither balances nor a footer is a part of a statement; with `vfund import
--closing '1200 USD'`, the balance that the bank shows, it is proven by what the book has. A row that moves nothing, and a note below the table, add nothing.

An **expenditure extract** has these headings, unless import.toml calls them otherwise; its last line begins with `Total` and holds the sum. What stands
under *Object* becomes an account, what stands under *Purpose* a purpose of the book:

```text
Date,Document,Object,Purpose,Description,Amount,Currency
2026-09-05,DOC-1,Staff travel,SRMW-01,Visit,120.50,USD
Total,,,,,120.50,
```

```toml
[expenditure]                         # every key has a default: the headings above
control = "Total"
date = "Date"
date-format = "%Y-%m-%d"
document = "Document"
object = "Object"
purpose = "Purpose"
donor = "Donor"                       # no default: a column that names whose money it was
amount = "Amount"
currency = "Currency"
description = "Description"
decimal-mark = "."
delimiter = ","
encoding = "utf-8"

[expenditure.objects]
"Staff travel" = "Travel"             # Expenses:Travel

[expenditure.purposes]
"SRMW-01" = "country-visits"

[rates]
currencies = ["EUR", "CAD"]           # taken from a publication beside those that the book uses
```

The **UN operational rates of exchange** are tab-separated text under the name `.xls` (treasury.un.org offers it): titles, a blank line, one row per currency
(country, name, code, day from which it is in force, units for one US dollar), a blank line, notes. The prices go into the entries of their year.
"""
"""What docs/formats.md says of import.toml; a test holds it to the models."""


@dataclass(frozen=True)
class Read:
    """One file: its format and statements, or why it was refused."""

    path: Path
    format: str = ""
    statements: tuple[Statement, ...] = ()
    refused: tuple[str, ...] = field(default=())

    @property
    def lines(self) -> int:
        return sum(1 for statement in self.statements for line in statement.lines if line.booked)

    @property
    def net(self) -> dict[str, Decimal]:
        sums: dict[str, Decimal] = {}
        for statement in self.statements:
            for line in statement.lines:
                if line.booked:
                    sums[line.currency] = sums.get(line.currency, Decimal(0)) + line.number
        return sums


def statements_in(source: Source, configuration: Configuration = NOTHING_DECLARED) -> tuple[Statement, ...]:
    """Open a file, or a zip, that holds statements, and prove them."""
    _, records = formats.open_file(source, configuration)
    assert isinstance(records, BankStatements)
    return records.statements


def read(path: Path) -> Read:
    """Read and prove one file as `vfund import` does."""
    try:
        source = files.read_file(path, ENCODINGS.get(path.name))
        known, records = formats.open_file(source, Configuration())
        assert isinstance(records, BankStatements), path
        return Read(path, known.name, records.statements)
    except RefusedFileError as error:
        return Read(path, refused=tuple(str(mistake) for mistake in error.mistakes))


def every(samples: Path) -> list[Path]:
    return [path for folder in (*FOLDERS, "fts") for path in sorted((samples / folder).iterdir())]


def page(samples: Path) -> str:
    """Return docs/formats.md."""
    rows = [read(path) for path in every(samples)]
    taken = sum(1 for row in rows if not row.refused)
    head = (
        "# What is read, and what became of the sample files\n\n"
        "| format | what is read | how it is proven whole |\n|---|---|---|\n"
        "| camt.053 | statements of every version and namespace, several in a file, batches taken apart | opening + entries = closing; the bank's own counts and sums; a batch is the sum of its payments |\n"
        "| camt.052, camt.054 | reports of a part of a day, notifications | counts and sums of the bank; what is only announced (`PDNG`, `INFO`) is told and not booked |\n"
        "| MT940 | statements, several in a file, structured details | opening + lines = closing, per message; every `:61:` must be read |\n"
        "| MT942 | interim reports | `:90D:` and `:90C:`, count and sum |\n"
        "| BAI2 | version 2, several groups and accounts, records 88 anywhere, every type of funds, the bank's own codes (920-999); interim reports as parts | the counts and control totals that each trailer states; 010 + transactions = 015 |\n"
        "| OFX | 1 (SGML) and 2 (XML), bank and card accounts | the file is whole; ledger balance less lines is what the book must have before |\n"
        "| CSV, XLSX | as `vfund bank` learnt it, or import.toml declares it under `[[table]]` | the balance after each line or day, balances above or below the table, a footer with the sum, or the closing balance that the officer gives |\n"
        "| pledge register | XLSX or CSV of `vfund template pledges`, four languages | control totals, where they are filled in |\n"
        "| UN operational rates | tab-separated text (`.xls`) | every row is whole; the currency is in force on the day |\n"
        "| expenditure extract | CSV or XLSX as import.toml declares under `[expenditure]` | the control line holds the sum |\n\n"
        "Any of them may lie in a zip (statements only). Nothing larger than 64 MB is read, unpacked or not; XML with a DTD or entities, formulas in a\n"
        "spreadsheet, NUL bytes and zips within zips are refused. A file is recognised by its content, never by its name. After the file itself the book is\n"
        "asked: its balance with the new lines must be the bank's closing balance, and no statement number may be left out.\n\n"
        f"{TABLES}\n\n"
        "## The sample files\n\n"
        f"Public sample files, anonymised by their makers, so that balances often do not add up ({taken} of {len(rows)} are imported, the others refused). This\n"
        "page is made by `make docs`; `tests/importers/formats/test_samples.py` holds every net amount to an independent count.\n\n"
        "| file | format | statements | lines | net | refused because |\n|---|---|---|---|---|---|\n"
    )
    body = []
    for row in rows:
        name = f"{row.path.parent.name}/{row.path.name}"
        if row.refused:
            more = f" (and {len(row.refused) - 1} more)" if len(row.refused) > 1 else ""
            body.append(f"| {name} | – | – | – | – | {row.refused[0].replace('|', '¦')}{more} |")
        else:
            net = ", ".join(f"{number:,} {currency}" for currency, number in row.net.items()) or "–"
            body.append(f"| {name} | {row.format} | {len(row.statements)} | {row.lines} | {net} | |")
    return head + "\n".join(body) + "\n"
