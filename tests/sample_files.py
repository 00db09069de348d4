"""Every sample file with what became of it: what the page docs/formats.md shows and tests/test_formats.py proves."""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from importers import files, formats
from importers.configuration import Configuration
from importers.records import Statement
from importers.refusal import RefusedFileError

FOLDERS = ("bai2", "camt", "mt940", "ofx")
ENCODINGS = {"self-provided_raiffeisen-cmi.sta": "cp852"}
"""Files whose encoding a person has to say."""


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


def read(path: Path) -> Read:
    """Read and prove one file as `vfund import` does."""
    try:
        source = files.take(path, ENCODINGS.get(path.name))
        known = formats.recognise(source, Configuration())
        return Read(path, known.value, tuple(formats.statements(source, Configuration())))
    except RefusedFileError as error:
        return Read(path, refused=tuple(str(mistake) for mistake in error.mistakes))


def every(samples: Path) -> list[Path]:
    return [path for folder in (*FOLDERS, "fts") for path in sorted((samples / folder).iterdir())]


def page(samples: Path) -> str:
    """Give docs/formats.md."""
    rows = [read(path) for path in every(samples)]
    taken = sum(1 for row in rows if not row.refused)
    head = (
        "# What is read, and what became of the sample files\n\n"
        "| format | what is read | how it is proven whole |\n|---|---|---|\n"
        "| camt.053 | statements of every version and namespace, several in a file, batches taken apart | opening + entries = closing; the bank's own counts and sums; a batch is the sum of its payments |\n"
        "| camt.052, camt.054 | reports of a part of a day, notifications | counts and sums of the bank; what is only announced (`PDNG`, `INFO`) is told and not booked |\n"
        "| MT940 | statements, several in a file, structured details | opening + lines = closing, per message; every `:61:` must be read |\n"
        "| MT942 | interim reports | `:90D:` and `:90C:`, count and sum |\n"
        "| BAI2 | version 2, several groups and accounts | the counts and control totals of every level; 010 + transactions = 015 |\n"
        "| OFX | 1 (SGML) and 2 (XML), bank and card accounts | the file is whole; ledger balance less lines is what the book must have before |\n"
        "| CSV, XLSX | as import.toml declares under `[[table]]` | the balance after each line, or a footer with the sum |\n"
        "| pledge register | XLSX or CSV of `vfund template pledges`, four languages | control totals, where they are filled in |\n"
        "| UN operational rates | tab-separated text (`.xls`) | every row is whole; the currency is in force on the day |\n"
        "| expenditure extract | CSV or XLSX as import.toml declares under `[expenditure]` | the control line holds the sum |\n\n"
        "Any of them may lie in a zip (statements only). Nothing larger than 64 MB is read, unpacked or not; XML with a DTD or entities, formulas in a\n"
        "spreadsheet, NUL bytes and zips within zips are refused. A file is recognised by its content, never by its name. After the file itself the book is\n"
        "asked: its balance with the new lines must be the bank's closing balance, and no statement number may be left out.\n\n"
        f"Public sample files, anonymised by their makers, so that balances often do not add up ({taken} of {len(rows)} are imported, the others refused). This\n"
        "page is made by `make docs`; `tests/test_formats.py` holds every net amount to an independent count.\n\n"
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
