"""Every pair of words of every command: `python -m tests.pairs` prints what becomes of each.

The words are those that the commands themselves declare; each gets a value that shows. A pair is put into the lines of
a command (its modes), and is either refused by the name of both, or accepted; then either word, left out, must change
what is said, or the words say the same thing, which is declared here with its reason. So no word is dropped in silence.
"""

import gc
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from unittest.mock import patch

import click
from click.testing import CliRunner

from app import books
from app.cli import SUMMARIES, cli
from app.command import word_of
from app.main import USAGE
from ledger.acts import ACTS, find_act
from ledger.acts.entry import EntryAct
from ledger.book.loading import load
from tests.statements import IBAN, Paid, camt053

Words = Mapping[str, str]
"""Each word of a line with what is written for it."""

RATES = (
    "United Nations operational rates of exchange (example)\r\nRates of exchange per 1 US dollar\r\n\r\n"
    "Japan\tYen\tJPY\t01 Sep 2026\t125\r\nEuro area\tEuro\tEUR\t01 Sep 2026\t0.90\r\n\r\nNote (example)\r\n"
)
BOOK = """
pledge --donor Spain --amount '1000 EUR' --rate 1.10 --due 2026-12-31 --date 2026-01-10 --purpose country-visits
agreement --donor Argentina --instalment '600 USD@2026-03-31' --instalment '400 USD@2026-12-31' --date 2026-02-10 --agreement letters --purpose reports
agreement --donor Chile --amount '300 EUR' --due 2026-12-31 --date 2026-02-11 --agreement letters --purpose reports --rate 1.10
unclaimed --amount '500 USD' --bank-reference U-1 --date 2026-03-01
unclaimed --amount '90 EUR' --bank-reference U-2 --date 2026-03-02 --rate 1.10
unclaimed --amount '600 USD' --bank-reference U-3 --date 2026-03-03 --narration Argentina
payer Peru 'TESORO PUBLICO' --date 2026-03-04
payer Peru 'TESORO NACIONAL' --date 2026-03-05
receipt --donor Mexico --amount '50 USD' --bank-reference FT-1 --date 2026-06-28 --agreement letter --purpose reports
receipt --donor Mexico --amount '70 EUR' --bank-reference FT-2 --date 2026-06-29 --agreement letter --purpose country-visits --rate 1.10
unclaimed --amount '5000 USD' --bank Assets:Bank:Second --bank-reference U-4 --date 2026-07-02
unclaimed --amount '5000 EUR' --bank Assets:Bank:Second --bank-reference U-5 --date 2026-07-03
pledge --donor Canada --amount '90000 USD' --due 2026-12-31 --date 2026-07-01 --purpose reports
receipt --donor Peru --amount '400 EUR' --bank-reference FT-3 --date 2026-07-04 --agreement letter --purpose rapporteurship --rate 1.10
loan --to 'Regular Fund' --amount '30 EUR' --due 2026-08-30 --date 2026-07-05 --rate 1.10
payment --amount '12 USD' --bank-reference P-1 --date 2026-07-06
"""

SHARED: Words = {
    "--date": "2026-10-02",
    "--narration": "'Another text'",
    "--meta": "source=https://example.org/x",
    "--by": "finance-officer-2",
    "--evidence": "../notice.txt",
    "--date-is-right": "",
    "--dry-run": "",
    "--yes": "",
    "--text": "",
    "--json": "",
    "--book": "../other",
}
"""The words that many commands have."""

SILENT: Words = {
    "--yes": "nobody is asked where there is no terminal",
    "--date-is-right": "says something only of an unlikely date, see test_dates",
    "--dry-run": "a rehearsal of the whole line",
    "--book": "which book: the answer need not differ",
}
"""Words that go with every other, and need not show in what is said; each with the reason."""


@dataclass(frozen=True)
class Case:
    """A command under test. `values` are for its own words, `modes` the lines that it has.

    `same` are pairs that say the same thing, `silent` words that need not show, `refused` words or pairs that the book
    or the file refuses (not the command), `unrun` words that cannot be tried: each with the reason.
    """

    values: Words = field(default_factory=dict)
    modes: tuple[Words, ...] = ({},)
    same: Mapping[frozenset[str], str] = field(default_factory=dict)
    silent: Words = field(default_factory=dict)
    refused: Mapping[frozenset[str], str] = field(default_factory=dict)
    unrun: Words = field(default_factory=dict)


def of(reason: str, *sets: str) -> dict[frozenset[str], str]:
    """Return one reason to several pairs (or single words), each written with a blank between."""
    return {frozenset(words.split()): reason for words in sets}


DRY = {"--dry-run": ""}
IN_EUR = {"--amount": "'100 EUR'", **DRY}
WHOSE = "the pledge, or the unclaimed receipt, is of that donor: both say so"
INSTALMENTS = "'60 EUR@2027-01-31' --instalment '40 EUR@2027-02-28'"
SUM = of("the instalments are the amount: both say so", "--amount --instalment")
FILED = {"--by": "stands in the book, and is not printed"}

CASES: dict[str, Case] = {
    "init": Case(
        {
            "FOLDER": "new-fund",
            "--title": "'Another fund'",
            "--name-es": "'Fondo'",
            "--name-fr": "'Fonds'",
            "--name-pt": "'Fundo'",
            "--code": "OTHER",
            "--unit": "EUR",
            "--no-git": "",
        },
        ({"FOLDER": "new-fund"},),
        silent={"--git": "it is the default"},
        same=of(
            "a rehearsal lists the names of the files",
            *(
                f"{word} --dry-run"
                for word in ("--title", "--name-es", "--name-fr", "--name-pt", "--code", "--unit", "--no-git")
            ),
        ),
    ),
    "check": Case({"--rule": "unclaimed-age", "--as-of": "2027-12-31"}),
    "show": Case(
        {
            "WHAT": "Mexico",
            "--as-of": "2026-03-31",
            "--purposes": "",
            "--donors": "",
            "--pledges": "",
            "--receipts": "",
            "--csv": "",
        },
        ({}, {"WHAT": "PL-2026-002"}, {"--purposes": ""}, {"--donors": ""}, {"--pledges": ""}),
    ),
    "overdue": Case({"DONOR": "Chile", "--as-of": "2027-01-31", "--csv": ""}),
    "pledge": Case(
        {
            "--donor": "Peru",
            "--amount": "'100 EUR'",
            "--due": "2027-01-31",
            "--instalment": INSTALMENTS,
            "--id": "PL-2026-077",
            "--rate": "1.15",
            "--purpose": "reports",
            "--instrument-date": "2026-09-01",
            "--conditions": "none",
        },
        ({"--donor": "Peru", **IN_EUR}, {"--donor": "Peru", "--instalment": INSTALMENTS, **DRY}),
        SUM,
    ),
    "increase": Case(
        {
            "PLEDGE": "PL-2026-003",
            "--amount": "'100 EUR'",
            "--due": "2027-01-31",
            "--instalment": INSTALMENTS,
            "--rate": "1.15",
            "--agreement": "'Other letters'",
            "--instrument-date": "2026-09-01",
            "--accepted": "2026-09-20",
            "--purpose": "country-visits",
        },
        (
            {
                "PLEDGE": "PL-2026-003",
                "--due": "2027-06-30",
                "--agreement": "letters",
                "--instrument-date": "2026-09-02",
                **IN_EUR,
            },
            {"PLEDGE": "PL-2026-003", "--instalment": INSTALMENTS, "--agreement": "letters", **DRY},
        ),
        SUM,
    ),
    "agreement": Case(
        {
            "PLEDGE": "PL-2026-001",
            "--donor": "Spain",
            "--amount": "'100 EUR'",
            "--due": "2027-01-31",
            "--instalment": INSTALMENTS,
            "--rate": "1.15",
            "--agreement": "'Other letters'",
            "--instrument-date": "2026-09-01",
            "--accepted": "2026-09-20",
            "--purpose": "reports",
        },
        (
            {"--donor": "Spain", "--due": "2027-06-30", "--agreement": "letters", "--purpose": "reports", **IN_EUR},
            {"--donor": "Spain", "--instalment": INSTALMENTS, "--agreement": "letters", "--purpose": "reports", **DRY},
            {"PLEDGE": "PL-2026-001", "--agreement": "letters", **DRY},
            {"PLEDGE": "PL-2026-001", "--agreement": "letters", "--instalment": INSTALMENTS, **DRY},
        ),
        SUM | of(WHOSE, "PLEDGE --donor"),
    ),
    "receipt": Case(
        {
            "PLEDGE": "PL-2026-002",
            "--donor": "Argentina",
            "--amount": "'100 USD'",
            "--charges": "5",
            "--settles": "PL-2026-002/1=60USD",
            "--unpledged": "40",
            "--bank": "Assets:Bank:Second",
            "--bank-reference": "FT-9",
            "--receipt-number": "N-2026-0001",
            "--purpose": "reports",
            "--agreement": "'Other letters'",
            "--value-date": "2026-09-30",
            "--rate": "1.12",
        },
        (
            {"PLEDGE": "PL-2026-002", "--amount": "'100 USD'", **DRY},
            {
                "--settles": "PL-2026-002/1=60USD",
                "--unpledged": "40",
                "--amount": "'100 USD'",
                "--agreement": "letters",
                **DRY,
            },
            {"--settles": "PL-2026-002/1=60USD", "--amount": "'60 USD'", **DRY},
            {"--settles": "PL-2026-002/1=60USD", "--amount": "'55 USD'", "--charges": "5", **DRY},
            {
                "--settles": "PL-2026-002/1=60USD",
                "--unpledged": "40",
                "--amount": "'95 USD'",
                "--charges": "5",
                "--agreement": "letters",
                **DRY,
            },
            {"--settles": "PL-2026-003/1=100EUR", "--amount": "'100 EUR'", "--rate": "1.12", **DRY},
            {
                "--settles": "PL-2026-002/1=60USD",
                "--unpledged": "40",
                "--agreement": "letters",
                "--rate": "1.12",
                **IN_EUR,
            },
            {"--donor": "Mexico", "--purpose": "country-visits", "--agreement": "letters", **IN_EUR},
        ),
        of(WHOSE, "PLEDGE --donor", "--donor --settles", "PLEDGE --settles"),
    ),
    "reduce": Case(
        {"PLEDGE": "PL-2026-002/1", "--amount": "'50 USD'", "--reason": "'Another letter'"},
        ({"PLEDGE": "PL-2026-002/1", "--reason": "letter", **DRY},),
    ),
    "write-off": Case(
        {"PLEDGE": "PL-2026-002/1", "--amount": "'50 USD'", "--reason": "'Another letter'"},
        ({"PLEDGE": "PL-2026-002/1", "--reason": "letter", **DRY},),
    ),
    "in-kind": Case(
        {
            "--donor": "Argentina",
            "--value": "'80 USD'",
            "--use": "Premises",
            "--valuation": "'Another letter'",
            "--converts": "'PL-2026-002/2=50 USD'",
        },
        ({"--donor": "Argentina", "--value": "'80 USD'", "--valuation": "letter", **DRY},),
    ),
    "refund": Case(
        {
            "--donor": "Mexico",
            "--unclaimed": "UR-2026-001",
            "--amount": "'20 USD'",
            "--bank": "Assets:Bank:Second",
            "--bank-reference": "FT-9",
            "--rate": "1.12",
            "--purpose": "reports",
            "--receipt": "none",
            "--reason": "'Another letter'",
        },
        (
            {"--donor": "Mexico", "--amount": "'20 USD'", "--purpose": "country-visits", "--reason": "letter", **DRY},
            {"--donor": "Mexico", "--amount": "'20 EUR'", "--purpose": "country-visits", "--reason": "letter", **DRY},
            {"--unclaimed": "UR-2026-001", "--reason": "letter", **DRY},
        ),
    ),
    "reverse": Case(
        {"ENTRY": "R-2026-0001", "--reason": "'Another letter'", "--returned": "", "--bank-reference": "FT-9"},
        ({"ENTRY": "R-2026-0001", "--reason": "letter", "--returned": "", **DRY},),
    ),
    "expenditure": Case(
        {
            "--object": "Equipment",
            "--amount": "'12 EUR'",
            "--rate": "1.12",
            "--purpose": "country-visits",
            "--document": "I-9",
            "--payee": "Agency",
            "--donor": "Mexico",
            "--paid-from": "Assets:Bank:Second",
            "--bank-reference": "FT-9",
        },
        (
            {"--object": "Travel", "--amount": "'10 EUR'", "--purpose": "reports", "--document": "I-1", **DRY},
            {
                "--object": "Travel",
                "--amount": "'10 EUR'",
                "--purpose": "reports",
                "--document": "I-1",
                "--paid-from": "Assets:Bank:Operating",
                **DRY,
            },
        ),
    ),
    "payment": Case(
        {
            "--amount": "'100 EUR'",
            "--charges": "5",
            "--rate": "1.12",
            "--bank": "Assets:Bank:Second",
            "--bank-reference": "FT-9",
            "--payee": "Agency",
        },
        ({"--amount": "'10 EUR'", **DRY},),
    ),
    "interest": Case(
        {
            "ENTRY": "UR-2026-001",
            "--amount": "'100 EUR'",
            "--rate": "1.12",
            "--bank": "Assets:Bank:Second",
            "--bank-reference": "FT-9",
        },
        ({"--amount": "'10 EUR'", **DRY}, {"ENTRY": "UR-2026-001", **DRY}),
    ),
    "bank-charge": Case(
        {
            "ENTRY": "P-1",
            "--amount": "'100 EUR'",
            "--rate": "1.12",
            "--bank": "Assets:Bank:Second",
            "--bank-reference": "FT-9",
            "--purpose": "reports",
        },
        ({"--amount": "'10 EUR'", **DRY}, {"ENTRY": "P-1", **DRY}),
    ),
    "transfer": Case(
        {
            "--amount": "'20 EUR'",
            "--receives": "'20 EUR'",
            "--rate": "1.12",
            "--bank": "Assets:Bank:Operating",
            "--to": "Assets:Bank:Second",
            "--bank-reference": "FT-9",
        },
        ({"--amount": "'20 EUR'", "--bank": "Assets:Bank:Operating", "--to": "Assets:Bank:Second", **DRY},),
        of("what comes in is what left, unless it is said", "--amount --receives"),
        silent={"--receives": "the same comes in, unless it is said"},
    ),
    "opening": Case(
        {
            "--amount": "'500 EUR'",
            "--rate": "1.12",
            "--bank": "Assets:Bank:Second",
            "--purpose": "reports",
            "--earmark": "reports=40",
            "--date": "2026-01-02",
        },
        (
            {"--amount": "'100 EUR'", "--date": "2026-01-03", "--rate": "1.13", **DRY},
            {"--amount": "'100 EUR'", "--date": "2026-01-03", "--rate": "1.13", "--earmark": "reports=30", **DRY},
        ),
    ),
    "loan": Case(
        {
            "--to": "'Another fund'",
            "--amount": "'20 EUR'",
            "--rate": "1.12",
            "--bank": "Assets:Bank:Second",
            "--bank-reference": "FT-9",
            "--due": "2026-10-31",
        },
        ({"--to": "'Regular Fund'", "--amount": "'10 EUR'", "--due": "2026-10-15", "--date": "2026-10-01", **DRY},),
    ),
    "repayment": Case(
        {
            "--from": "'Another fund'",
            "--amount": "'20 EUR'",
            "--rate": "1.12",
            "--bank": "Assets:Bank:Second",
            "--bank-reference": "FT-9",
        },
        ({"--from": "'Regular Fund'", "--amount": "'10 EUR'", **DRY},),
    ),
    "donor": Case(
        {
            "NAME": "'A foundation'",
            "--code": "FOUND-9",
            "--account": "FoundNine",
            "--kind": "individual",
            "--category": "other",
            "--name-es": "Una",
            "--name-fr": "Une",
            "--name-pt": "Uma",
            "--aliases": "'The other'",
            "--language": "es",
            "--address": "'Calle 1'",
            "--source": "'Its statutes'",
        },
        ({"NAME": "'A foundation'", "--kind": "private-institution", **DRY},),
        silent=FILED | {"--category": "other donors are the only ones that are registered, as the default says"},
    ),
    "donor-status": Case(
        {"DONOR": "Mexico", "CATEGORY": "other", "--evidence": "'Another letter'"},
        ({"DONOR": "Mexico", "CATEGORY": "other", "--evidence": "letter", **DRY},),
        silent=FILED,
    ),
    "donor-rename": Case(
        {
            "DONOR": "Mexico",
            "NAME": "'Another name'",
            "--name-es": "Nombre",
            "--name-fr": "Nom",
            "--name-pt": "Nome",
            "--evidence": "'Another letter'",
        },
        ({"DONOR": "Mexico", "NAME": "'New name'", "--evidence": "letter", **DRY},),
        silent=FILED,
    ),
    "donor-merge": Case(
        {"DONOR": "UNHCR", "INTO": "Japan", "--reason": "'Another letter'"},
        ({"DONOR": "UNHCR", "INTO": "Japan", "--reason": "letter", **DRY},),
        silent=FILED,
    ),
    "payer": Case(
        {"DONOR": "Mexico", "NAME": "'TESORERIA'", "--account": "MX12", "--bic": "BANKMXMM"},
        ({"DONOR": "Mexico", "NAME": "'TESORERIA'", **DRY},),
    ),
    "payer-end": Case(
        {"DONOR": "Peru", "NAME": "'TESORO PUBLICO'", "--reason": "'Another error'"},
        ({"DONOR": "Peru", "NAME": "'TESORO NACIONAL'", "--reason": "error", **DRY},),
    ),
    "purpose": Case(
        {
            "PURPOSE": "legal-aid",
            "--name": "'Legal aid'",
            "--name-es": "Ayuda",
            "--name-fr": "Aide",
            "--name-pt": "Ajuda",
            "--basis": "'Another resolution'",
        },
        ({"PURPOSE": "legal-aid", "--name": "Aid", "--basis": "resolution", **DRY},),
        silent=FILED,
    ),
    "officer": Case(
        {"OFFICER": "finance-officer-7", "ROLE": "finance-officer", "--until": "2027-10-31"},
        ({"OFFICER": "finance-officer-7", "ROLE": "finance-officer", **DRY},),
        silent=FILED,
    ),
    "officer-end": Case(
        {"OFFICER": "treasurer-2", "--reason": "'Another letter'"},
        ({"OFFICER": "treasurer-2", "--reason": "letter", **DRY},),
        silent=FILED,
    ),
    "account": Case(
        {"ACCOUNT": "Fourth", "--number": "US12345678", "--currency": "EUR", "--unnumbered": ""},
        (
            {"ACCOUNT": "Fourth", "--number": "US00000000", **DRY},
            {"ACCOUNT": "Second", "--number": "US00000000", **DRY},
        ),
        silent=FILED,
    ),
    "rule": Case(
        {
            "RULE": "four-eyes",
            "--category": "other",
            "--set": "above=77",
            "--severity": "warning",
            "--reason": "'Another reason'",
            "--source": "'Another decision'",
            "--date": "2027-12-01",
            "--by": "treasurer-2",
        },
        (
            {
                "RULE": "four-eyes",
                "--set": "above=5000",
                "--reason": "audit",
                "--source": "memorandum",
                "--date": "2027-11-01",
                "--by": "treasurer-1",
                **DRY,
            },
            {
                "RULE": "unclaimed-age",
                "--severity": "warning",
                "--reason": "audit",
                "--source": "memorandum",
                "--date": "2027-11-01",
                "--by": "treasurer-1",
                **DRY,
            },
        ),
        silent=FILED,
    ),
    "rate": Case(
        {"CURRENCY": "CHF", "NUMBER": "1.12", "--source": "'Another publication'"},
        ({"CURRENCY": "CHF", "NUMBER": "1.12", "--source": "publication", **DRY},),
        silent=FILED,
    ),
    "contact": Case(
        {
            "DONOR": "Mexico",
            "--addressee": "'The Permanent Representative'",
            "--address": "'Another street'",
            "--email": "office@example.org",
            "--language": "fr",
        },
        ({"DONOR": "Mexico", "--address": "'A street'", **DRY},),
        silent=FILED,
    ),
    "remind": Case({"DONOR": "Argentina", "--note": "'By e-mail'"}, ({"DONOR": "Argentina", **DRY},), silent=FILED),
    "schema": Case({"ACT": "receipt"}),
    "unclaimed": Case(
        {
            "--list": "",
            "--as-of": "2026-03-01",
            "--amount": "'300 EUR'",
            "--bank": "Assets:Bank:Second",
            "--bank-reference": "FT-9",
            "--rate": "1.12",
            "--csv": "",
        },
        (IN_EUR, {"--list": ""}),
    ),
    "identify": Case(
        {
            "LINK": "UR-2026-003",
            "--donor": "Argentina",
            "--amount": "'100 USD'",
            "--charges": "5",
            "--settles": "PL-2026-002/1=60USD",
            "--unpledged": "40",
            "--receipt-number": "N-2026-0001",
            "--purpose": "reports",
            "--agreement": "'Other letters'",
            "--bank": "Assets:Bank:Second",
        },
        (
            {
                "LINK": "UR-2026-003",
                "--donor": "Mexico",
                "--purpose": "country-visits",
                "--agreement": "letters",
                **DRY,
            },
            {"LINK": "UR-2026-003", "--settles": "PL-2026-002/1=600USD", **DRY},
            {"LINK": "UR-2026-003", "--settles": "PL-2026-002/1=60USD", "--amount": "'60 USD'", **DRY},
            {
                "LINK": "UR-2026-003",
                "--settles": "PL-2026-002/1=60USD",
                "--amount": "'55 USD'",
                "--charges": "5",
                **DRY,
            },
            {
                "LINK": "UR-2026-003",
                "--settles": "PL-2026-002/1=60USD",
                "--amount": "'95 USD'",
                "--charges": "5",
                "--unpledged": "40",
                "--agreement": "letters",
                **DRY,
            },
            {
                "LINK": "UR-2026-003",
                "--settles": "PL-2026-002/1=60USD",
                "--unpledged": "40",
                "--amount": "'100 USD'",
                "--agreement": "letters",
                **DRY,
            },
            {
                "LINK": "UR-2026-003",
                "--settles": "PL-2026-002/1=60USD",
                "--unpledged": "540",
                "--agreement": "letters",
                **DRY,
            },
        ),
        of(WHOSE, "--donor --settles", "LINK --donor"),
        refused=of("refused by itself: the book owes indirect costs, no bank account pays them", "--bank"),
    ),
    "bank": Case(
        {
            "FILE": "../unknown.csv",
            "--account": "Second",
            "--number": "US000002",
            "--currency": "CHF",
            "--date-order": "mdy",
            "--name": "another",
            "--encoding": "cp1252",
        },
        ({"FILE": "../table.csv", "--account": "Third", "--currency": "USD", "--date-order": "dmy", **DRY},),
        silent={
            "--encoding": "the file reads the same in both",
            "--number": "shows in the layout, which --text prints",
            "--name": "shows in the layout, which --text prints",
            **FILED,
        },
    ),
    "import": Case(
        {
            "FILE": "../statement.xml ../rates.xls",
            "--opening": "",
            "--bank": "Assets:Bank:Third",
            "--expect-count": "2",
            "--closing": "'9 USD'",
            "--expect-total": "'57 USD'",
            "--currency": "JPY",
            "--charges-for": "reports",
            "--encoding": "cp1252",
        },
        (
            {"FILE": "../statement.xml", "--opening": "", **DRY},
            {"FILE": "../rates.xls", **DRY},
            {"FILE": "../unknown.xml ../rates.xls", "--opening": "", "--bank": "Assets:Bank:Third", **DRY},
        ),
        of("the JSON of an import counts, and does not print entries", "--charges-for --json")
        | of("without --opening the statement is refused", "FILE --charges-for"),
        silent={
            "--expect-count": "says something only where there are more or fewer lines",
            "--expect-total": "says something only where the lines are more or less in all",
            "--encoding": "the files read the same in both",
            **FILED,
        },
        refused=of("the statement states its closing balance itself", "--closing")
        | of(
            "a publication of rates has no total",
            "--expect-total --currency",
            "FILE --expect-total",
            "--expect-total --encoding",
        ),
    ),
    "match": Case(
        {
            "LINK": "UR-2026-003",
            "--list": "",
            "--accept": "",
            "--all-certain": "",
            "--remember": "",
            "--no-remember": "",
            "--date": "2026-11-02",
            "--purpose": "reports",
            "--agreement": "'Other letters'",
            "--csv": "",
        },
        (
            {"--list": ""},
            {"--json": ""},
            {"--csv": ""},
            {"LINK": "UR-2026-003", "--accept": "", **DRY},
            {"--all-certain": "", **DRY},
        ),
        same=of("the proposals of both days are the same, and CSV has no line for the day", "--date --csv")
        | of("nothing is certain on either day", "--all-certain --date"),
        silent={
            "--list": "without a terminal it is the default",
            "--no-remember": "without a terminal it is the default",
        },
    ),
    "template": Case(
        {"WHAT": "pledges", "--lang": "es", "--output": "register.xlsx"},
        ({"WHAT": "pledges"},),
        silent={"--force": "says something only where the file is there already"},
    ),
    "attach": Case(
        {"ENTRY": "R-2026-0001", "FILES": "../notice.txt"},
        ({"ENTRY": "R-2026-0001", "FILES": "../notice.txt", **DRY},),
        silent=FILED,
    ),
    "evidence": Case({"--missing": "", "--csv": ""}),
    "pending": Case({"--as-of": "2026-03-01", "--csv": ""}, ({},)),
    "approve": Case(
        {"ENTRY": "PL-2026-004", "--all": "", "--by": "treasurer-2"},
        ({"ENTRY": "PL-2026-004", "--by": "treasurer-1", **DRY}, {"--all": "", "--by": "treasurer-1", **DRY}),
    ),
    "clear": Case(
        {
            "DONOR": "UNHCR",
            "--result": "refused",
            "--until": "2027-12-31",
            "--ceiling": "100",
            "--document": "../notice.txt",
        },
        ({"DONOR": "UNHCR", "--until": "2028-12-31", "--ceiling": "200", "--document": "../notice.txt", **DRY},),
    ),
    "reconfirm": Case(
        {"PLEDGE": "PL-2026-002", "--source": "'Another letter'"},
        ({"PLEDGE": "PL-2026-002", "--source": "letter", **DRY},),
        silent=FILED,
    ),
    "waive": Case(
        {
            "RULE": "evidence",
            "SUBJECT": "R-2026-0001",
            "--reason": "'Another reason'",
            "--expires": "2027-12-31",
            "--date": "2026-06-02",
            "--by": "treasurer-2",
        },
        (
            {
                "RULE": "evidence",
                "SUBJECT": "R-2026-0001",
                "--reason": "lost",
                "--expires": "2026-12-31",
                "--date": "2026-06-01",
                "--by": "treasurer-1",
                **DRY,
            },
        ),
    ),
    "rules": Case({"--as-of": "2010-12-31", "--category": "other", "--csv": ""}),
    "explain": Case({"RULE": "four-eyes"}, ({"RULE": "four-eyes"},)),
    "export": Case(
        {
            "QUARTER": "2026-Q2",
            "--format": "json",
            "--output": "report.json",
            "--lang": "es",
            "--as-of": "2026-05-31",
            "--basis": "agreement",
            "--symbol": "CP/1",
        },
        (
            {"QUARTER": "2026-Q2", "--format": "json", "--draft": ""},
            {"QUARTER": "2026-Q2", "--format": "csv", "--draft": "", "--output": "report.zip"},
        ),
        same=of(
            "nothing is written in a rehearsal",
            *(f"{word} --dry-run" for word in ("--format", "--output", "--symbol", "--basis")),
        ),
    ),
    "report": Case(
        {
            "NAME": "summary",
            "QUARTER": "2026-Q1",
            "--lang": "es",
            "--as-of": "2026-03-30",
            "--basis": "agreement",
            "--csv": "",
        },
        ({}, {"NAME": "summary", "QUARTER": "2026-Q2"}, {"NAME": "contributions"}),
        of("the day is of that quarter", "QUARTER --as-of"),
        silent={"--basis": "a statement may be the same on every basis"},
    ),
    "verify": Case({"FILE": "../report.json", "--evidence": "../other.json"}, ({"FILE": "../report.json"},)),
    "letter": Case(
        {
            "KIND": "confirmation",
            "WHOM": "Mexico",
            "--quarter": "2026-Q2",
            "--as-of": "2026-06-29",
            "--date": "2026-10-02",
            "--reply-by": "2026-11-20",
            "--all": "",
            "--lang": "fr",
            "--format": "html",
            "--output": "a-letter.html",
            "--csv": "",
        },
        (
            {"KIND": "statement", "WHOM": "Mexico", "--quarter": "2026-Q2"},
            {"KIND": "confirmation", "WHOM": "Mexico", "--quarter": "2026-Q2"},
            {"KIND": "confirmation", "--all": "", "--quarter": "2026-Q2", "--output": "letters"},
            {"KIND": "receipt", "WHOM": "R-2026-0001"},
        ),
        same=of("the day is of that quarter", "--quarter --as-of")
        | of("nothing is written in a rehearsal", "--output --dry-run", "--date --dry-run")
        | of(
            "the list of letters does not say when they are issued, or by when to answer",
            "--date --csv",
            "--reply-by --csv",
        ),
        silent={"--format": "html is the default, and pdf takes its time: tests/reports/letters/test_letters.py"},
    ),
    "confirm": Case(
        {
            "DONOR": "Mexico",
            "QUARTER": "2026-Q2",
            "--answer": "differs",
            "--source": "'Another slip'",
            "--note": "'A difference'",
        },
        (
            {
                "DONOR": "Mexico",
                "QUARTER": "2026-Q2",
                "--answer": "agreed",
                "--source": "slip",
                "--note": "'Looked at'",
                **DRY,
            },
        ),
        silent=FILED,
    ),
    "query": Case(
        {"STATEMENT": "'SELECT number, donor FROM receipts'", "--tables": "", "--csv": "", "--as-of": "2026-03-01"},
        ({}, {"STATEMENT": "'SELECT number FROM receipts'"}),
        silent={"--tables": "without a statement it is the default"},
    ),
    "serve": Case(
        {"--port": "5099", "--host": "127.0.0.2", "--name": "fund.example.org"},
        ({"--check": ""},),
        silent={"--check": "without it a server starts"},
        unrun=dict.fromkeys(
            ("--port", "--host", "--read-only", "--writable", "--name", "--book"),
            "starts a server: tests/app/commands/test_serve.py",
        ),
    ),
    "completion": Case({"SHELL": "bash"}),
}
"""Every command; what is missing here fails the test."""


class Fund:
    """A prepared fund in a scratch folder, its twin, in which a credit is larger, and a desk for files.

    Nothing may write to a `guarded` one, so that it is read once for the thousands of lines that follow each other.
    """

    def __init__(self, folder: Path, *, guarded: bool = True) -> None:
        self.folder, self.desk, self.guarded = folder, folder / "desk", guarded
        self.load = cache(load) if guarded else load
        self.answers: dict[tuple[str, ...], tuple[int, str]] = {}
        self.desk.mkdir()
        main = folder / "fund"
        with self._here():
            self._do(f"init {main} --no-git")
            _keep_few_donors(main / "registry")
            _more(
                main / "accounts.beancount", "2004-06-08 open Assets:Bank:Second\n2004-06-08 open Assets:Bank:Third\n"
            )
            _more(
                main / "rates.beancount",
                "".join(f"2026-{month:02}-01 price EUR 1.10 USD\n" for month in (1, 3, 5, 7, 10, 11)),
            )
            officers = (("finance-officer-2", "finance-officer"), ("treasurer-2", "treasurer"))
            _more(
                main / "donors.beancount",
                "".join(f'2004-06-08 custom "officer" "{name}" "{role}"\n' for name, role in officers),
            )
            _more(main / "import.toml", f'[[account]]\nnumber = "{IBAN}"\naccount = "Assets:Bank:Third"\n')
            for line in BOOK.strip().splitlines():
                self._do(f"{line} -y")
            twin = folder / "other"
            shutil.copytree(main, twin)
            for path in (twin / "entries").iterdir():
                path.write_text(path.read_text(encoding="utf-8").replace("500.00 USD", "510.00 USD"), encoding="utf-8")
            (folder / "notice.txt").write_text("A notice (example)", encoding="utf-8")
            fee = Paid(date(2026, 9, 30), Decimal("-20.00"), "", "Fees", "FT-30", code="CHRG")
            gift = Paid(date(2026, 9, 29), Decimal("77.00"), "Somebody", "A gift", "FT-31")
            for name, number in (("statement", IBAN), ("unknown", "DE89370400440532013000")):
                content = camt053(
                    number, "USD", Decimal(50), [gift, fee], sequence=9, begin=date(2026, 9, 1), end=date(2026, 9, 30)
                )
                (folder / f"{name}.xml").write_bytes(content)
            for name, amount in (("table", "5.00"), ("unknown", "7.00")):
                text = f"Date;Text;Amount;Balance\n01/02/2026;A;{amount};{amount}\n02/02/2026;B;-1.00;{float(amount) - 1:.2f}\n"
                (folder / f"{name}.csv").write_text(text, encoding="utf-8")
            (folder / "rates.xls").write_bytes(RATES.encode())
            self._do("export 2026-Q2 --format json --draft --output ../report.json")
            self._do("export 2026-Q2 --format json --draft --output ../other.json --book ../other")

    @contextmanager
    def _here(self) -> Iterator[None]:
        """Stand at the desk, with the book and the officer of the environment."""
        known = {"VFUND_BOOK": str(self.folder / "fund" / "main.beancount"), "VFUND_OFFICER": "finance-officer-1"}
        with chdir(self.desk), mock_environment(known):
            yield

    def _do(self, line: str) -> None:
        done = CliRunner().invoke(cli, shlex.split(line))
        if done.exit_code and "--draft" not in line:
            raise AssertionError(line + "\n" + done.output)

    def say(self, command: str, words: Words) -> tuple[int, str]:
        """Run a line, once; give the exit code, and what is said and written on the desk."""
        declared = describe(command)
        line = [command]
        for word in sorted(words, key=lambda word: (word.startswith("--"), declared.index(word))):
            line += shlex.split(f"{word} {words[word]}" if word.startswith("--") else words[word])
        return self.run(line)

    def run(self, line: list[str]) -> tuple[int, str]:
        """Run a line, once, as `say` does."""
        key = tuple(line)
        if key not in self.answers:
            if len(self.answers) % 200 == 0:
                gc.unfreeze()  # a load freezes what it made, as a command loads once; here thousands follow each other
                gc.collect()
            before = self._written()
            with self._here(), patch.object(books, "load", self.load):
                done = CliRunner().invoke(cli, line)
            if done.exception and not isinstance(done.exception, SystemExit):
                raise AssertionError(shlex.join(line)) from done.exception
            if self.guarded and self._written() != before:
                raise AssertionError(f"the book was written to: {shlex.join(line)}")
            self.answers[key] = (done.exit_code, done.output + self._cleared())
        return self.answers[key]

    def _written(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.folder / "fund" / "entries").iterdir()}

    def _cleared(self) -> str:
        """Clear the desk; say what lay on it."""
        files = sorted(path for path in self.desk.rglob("*") if path.is_file() and ".git" not in path.parts)
        found = [f"{path.relative_to(self.desk)} {sha256(path.read_bytes()).hexdigest()}" for path in files]
        found += ["with a history"] * any(self.desk.rglob(".git"))
        shutil.rmtree(self.desk)
        self.desk.mkdir()
        return "\n".join(found)


OTHERS = re.compile(r'custom "donor(?:-status)?" "(?!(?:ARG|BRA|CAN|CHL|ESP|JPN|MEX|PAN|PER|UNHCR)")')


def _keep_few_donors(registry: Path) -> None:
    """Leave in the registry the donors that are named here.

    It is read twice for each of thousands of lines, and is not what they are about.
    """
    for path in registry.glob("*.beancount"):
        blocks = re.split(r"\n(?=\d{4}-)", path.read_text(encoding="utf-8"))
        path.write_text("\n".join(block for block in blocks if not OTHERS.search(block)) + "\n", encoding="utf-8")


def _more(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


@contextmanager
def mock_environment(known: Mapping[str, str]) -> Iterator[None]:
    """Set variables of the environment, and set them back."""
    before = {name: os.environ.get(name) for name in known}
    os.environ.update(known)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def describe(command: str) -> list[str]:
    """Return the words of a command, as it declares them."""
    loaded = cli.get_command(click.Context(cli), command)
    assert loaded is not None
    found = []
    for parameter in loaded.params:
        found.append(word_of(parameter))
        if isinstance(parameter, click.Option) and parameter.secondary_opts:
            found.append(word_of(parameter, value=False))
    return found


@dataclass(frozen=True)
class Outcome:
    """What became of a pair (see `MARKS`), and what was said."""

    command: str
    pair: tuple[str, str]
    mark: str
    said: str


MARKS = {
    "!": "accepted, and a word was dropped in silence",
    "+": "accepted, and each word changes what is said",
    "=": "accepted: both say the same, or one is silent by its nature",
    "x": "refused, by the names of both",
    "n": "refused, for one of them needs, or excludes, a word that the other cannot be with",
    "r": "refused by the book or a file, as declared",
    "·": "not run, as declared",
    "?": "refused for another reason",
}


def tried_elsewhere(command: str, pair: tuple[str, str]) -> str:
    """Return why a pair is tried with another command.

    Both words are read in one place for all acts (`app/acts.py`, `ledger/acts/entry.py`).

    They are tried with the first act that records an entry, and with the first that does not. `--date` is a field of
    each act, and tried with all.
    """
    if command not in ACTS or "--date" in pair or not set(pair) <= SHARED.keys():
        return ""
    first = next(name for name in SUMMARIES if name in ACTS and _records(name) == _records(command))
    return "" if command == first else f"tried with {first}"


def _records(command: str) -> bool:
    return issubclass(find_act(command), EntryAct)


def outcomes(fund: Fund, command: str) -> Iterator[Outcome]:
    """Try every pair of words of a command in each of its modes.

    A dropped word counts before all, then the best that became of it.
    """
    case = CASES[command]
    order = "".join(MARKS)
    for pair in combinations(describe(command), 2):
        reason = next((case.unrun[word] for word in pair if word in case.unrun), "") or tried_elsewhere(command, pair)
        if reason and "--check" not in pair:
            yield Outcome(command, pair, "·", reason)
            continue
        tried = []
        for mode in case.modes:
            tried.append(_tried(fund, command, case, mode, pair))
            if tried[-1][0] in "+=" and set(pair) & set(SHARED):
                break  # what every command has is tried in the first line that takes it
        yield Outcome(command, pair, *min(tried, key=lambda item: order.index(item[0])))


def _tried(fund: Fund, command: str, case: Case, mode: Words, pair: tuple[str, str]) -> tuple[str, str]:
    values = {**SHARED, **case.values}
    line = {**mode, **{word: values.get(word, "") for word in pair}}
    code, said = fund.say(command, line)
    last = (said.strip().splitlines() or [""])[-1]
    if code == USAGE or any(text.startswith(("Error:", "Refused:", "refused ")) for text in said.splitlines()):
        named = [text for text in said.splitlines() if all(_names(text, word, line) for word in pair)]
        if named:
            return "x", named[0].strip()
        related = [
            text
            for text in said.splitlines()
            if _RELATED.search(text) and any(_names(text, word, line) for word in pair)
        ]
        if related:
            return "n", related[0].strip()
        declared = (case.refused.get(frozenset(words)) for words in (*((word,) for word in pair), pair))
        return next((("r", reason) for reason in declared if reason), ("?", last))
    silent = False
    for word in pair:
        if word in SILENT or word in case.silent:
            silent = True
        elif fund.say(command, {key: value for key, value in line.items() if key != word}) == (code, said):
            if not any(frozenset({word, other}) in case.same for other in line):
                return (
                    "!",
                    f"{word} is dropped: {shlex.join([command, *(f'{key} {value}'.strip() for key, value in line.items())])}",
                )
            silent = True
    return ("=" if silent else "+"), ""


_RELATED = re.compile("exclude each other|says nothing without|contradicts")


def _names(text: str, word: str, line: Words) -> bool:
    """Return whether a message names a word: an option by its name, an argument by its value, a choice with it."""
    names = [word] if word.startswith("--") else [word, line[word]]
    return any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) for name in names)


def matrix(found: Sequence[Outcome]) -> str:
    """Return the pairs of a command as a triangle."""
    words = list(dict.fromkeys(word for outcome in found for word in outcome.pair))
    marks = {outcome.pair: outcome.mark for outcome in found}
    width = max(map(len, words), default=0)
    rows = [
        f"{word:>{width}} " + " ".join(marks[other, word] for other in words[:row]) for row, word in enumerate(words)
    ]
    return "\n".join(rows)


def main() -> None:
    """Print the matrix of every command, and what the marks mean."""
    print("\n".join(f"{mark} {meaning}" for mark, meaning in MARKS.items()))
    marks: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        fund = Fund(Path(scratch))
        for command in sys.argv[1:] or SUMMARIES:
            found = list(outcomes(fund, command))
            marks += Counter(outcome.mark for outcome in found)
            print(f"\n{command}: {len(found)} pairs\n{matrix(found)}")
            for outcome in found:
                if outcome.mark in "?!":
                    print(f"  {outcome.mark} {' '.join(outcome.pair)}: {outcome.said[:300]}")
        total = ", ".join(f"{number} {mark}" for mark, number in marks.items())
        print(f"\n{sum(marks.values())} pairs: {total}; {len(fund.answers)} lines were run.")


if __name__ == "__main__":
    main()
