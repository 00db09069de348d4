"""The law is dated: for every rule a valid book, the boundary of an effective date, a waiver in force and expired, a flagged entry.

Each rule is shown on one of the broken books: `mend` turns it into a valid one, the date of its directive is moved to the day that is judged and
the day after, a waiver is laid over it, and the entry is flagged. The broken books themselves show every way to break a rule.
"""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from ledger.book.loading import Book, load
from ledger.ground.canonical import digest
from ledger.ground.findings import Finding
from plugins.rules import SCHEMA
from tests.books import PRELUDE
from tests.conftest import TESTS

IN_FORCE = "2010-01-01"


@dataclass(frozen=True)
class Case:
    """A broken book: what mends it, on which day it is judged, what a waiver would name, and its entry's first words."""

    book: str
    code: str
    mend: tuple[str, str]
    day: date
    subject: str
    entry: str = "2016-09-08 *"
    declared_in_prelude: bool = False


RECEIPT = "R-2016-0001"
CASES = {
    "donor-category": Case(
        "wrong-category",
        "wrong-category",
        ("MemberStates:Spain ", "PermanentObservers:Spain "),
        date(2016, 9, 8),
        "ESP",
        declared_in_prelude=True,
    ),
    "contribution-form": Case("currency-not-allowed", "currency", ("USD, EUR", "USD, CAD"), date(2016, 9, 8), "CAN"),
    "purpose-evidenced": Case(
        "no-purpose",
        "no-purpose",
        (f'"{RECEIPT}"', f'"{RECEIPT}"\n  purpose: "country-visits"'),
        date(2016, 9, 8),
        RECEIPT,
    ),
    "agreement-required": Case(
        "no-instrument",
        "no-instrument",
        (f'"{RECEIPT}"', f'"{RECEIPT}"\n  agreement: "Note verbale"'),
        date(2016, 9, 8),
        RECEIPT,
    ),
    "acceptance-recorded": Case(
        "no-acceptance",
        "no-acceptance",
        ("instrument-date:", "accepted: 2016-09-01\n  instrument-date:"),
        date(2016, 9, 1),
        "PL-2016-001",
        "2016-09-01 *",
    ),
    "due-diligence": Case(
        "clearance-expired", "expired", ("2016-09-07", "2016-09-08"), date(2016, 9, 8), "FOUNDATION-1"
    ),
    "additional-liability": Case(
        "no-consent",
        "no-consent",
        ("  liability:", '  consent: "CP/RES. (example)"\n  liability:'),
        date(2016, 9, 1),
        "PL-2016-001",
        "2016-09-01 *",
    ),
    "anonymity": Case(
        "anonymous-state", "not-allowed", ("anonymous: TRUE", "anonymous: FALSE"), date(2016, 9, 8), RECEIPT
    ),
    "interfund": Case(
        "organ-contributes",
        "organ",
        ("InterAmericanSystem:GeneralSecretariat", "MemberStates:Mexico"),
        date(2016, 9, 8),
        RECEIPT,
    ),
    "indirect-cost-recovery": Case(
        "charge-missing", "wrong-charge", ("rate: 12", "rate: 0"), date(2016, 9, 8), RECEIPT
    ),
    "no-spending-on-pledges": Case(
        "spent-beyond-received", "beyond-received", ("50.01", "50.00"), date(2016, 9, 9), "", "2016-09-09 *"
    ),
    "exchange-rate": Case("rate-far", "far", ("@ 1.22", "@ 1.21"), date(2016, 9, 8), RECEIPT),
    "exchange-differences": Case(
        "in-transit-too-long",
        "in-transit",
        ("2016-10-09", "2016-10-08"),
        date(2016, 10, 9),
        "FX-2016-001",
        "2016-09-08 *",
    ),
    "four-eyes": Case("waits-for-approval", "pending", ("above: 49.99", "above: 50"), date(2016, 9, 8), RECEIPT),
    "evidence": Case("no-document", "no-document", ('kinds: "receipt"', 'kinds: "refund"'), date(2016, 9, 8), RECEIPT),
    "receipt-number": Case(
        "receipt-number-missing",
        "missing",
        ('  bank-reference: "FT-2"', '  receipt-number: "R-2016-0002"\n  bank-reference: "FT-2"'),
        date(2016, 9, 9),
        "MEX",
        "2016-09-09 *",
        declared_in_prelude=True,
    ),
    "bank-reference-once": Case(
        "bank-reference-twice",
        "twice",
        ('R-2016-0002"\n  bank-reference: "FT-1"', 'R-2016-0002"\n  bank-reference: "FT-2"'),
        date(2016, 9, 9),
        "R-2016-0002",
        "2016-09-09 *",
        declared_in_prelude=True,
    ),
    "unclaimed-age": Case(
        "unclaimed-too-long", "too-old", ("2016-10-31", "2016-10-30"), date(2016, 10, 31), "UR-2016-001", "2016-08-01 *"
    ),
    "recording-delay": Case(
        "recorded-late", "late", ("2016-09-26", "2016-09-25"), date(2016, 9, 26), "PL-2016-002", "2016-09-26 *"
    ),
    "pledge-lapse": Case(
        "lapsed",
        "lapsed",
        ("2022-01-01 *", '2020-07-01 custom "reconfirmation" "PL-2016-001"\n  source: "Note verbale"\n\n2022-01-01 *'),
        date(2022, 1, 1),
        "PL-2016-001",
        "2016-09-01 *",
    ),
}


def text_of(case: Case) -> str:
    return (TESTS / "broken" / case.book / "source.beancount").read_text(encoding="utf-8")


def judged(case: Case, text: str, folder: Path) -> Book:
    """Load a text in the place of a broken book."""
    source = TESTS / "broken" / case.book
    shutil.copytree(source, folder / case.book, dirs_exist_ok=True)
    prelude = PRELUDE
    if case.declared_in_prelude:  # its directive stands in the prelude: take it from there into the text
        lines = f'2004-06-08 custom "rule" "{rule_of(case)}" "*"\n  citation: "house rule"\n'
        assert lines in prelude
        prelude = prelude.replace(lines, "")
        text = (
            text
            if '"rule"' in text
            else f'{text}\n{IN_FORCE} custom "rule" "{rule_of(case)}" "*"\n  citation: "example"\n'
        )
    (folder / "prelude.beancount").write_text(prelude, encoding="utf-8")
    main = folder / case.book / "source.beancount"
    main.write_text(text, encoding="utf-8")
    return load(main)


def rule_of(case: Case) -> str:
    return next(rule for rule, known in CASES.items() if known is case)


def of(rule: str, findings: Iterable[Finding]) -> list[str]:
    return [finding.code.partition("/")[2] for finding in findings if finding.rule == rule]


def in_force_from(case: Case, day: date) -> str:
    """Return the text with the rule in force from a day only."""
    rule = rule_of(case)
    if case.declared_in_prelude:
        return f'{text_of(case)}\n{day} custom "rule" "{rule}" "*"\n  citation: "example"\n'
    assert f'{IN_FORCE} custom "rule" "{rule}"' in text_of(case)
    return text_of(case).replace(f'{IN_FORCE} custom "rule" "{rule}"', f'{day} custom "rule" "{rule}"')


def test_every_rule_of_the_law_that_a_book_may_set_is_shown() -> None:
    assert CASES.keys() == SCHEMA.terms.keys() - SCHEMA.structure


@pytest.mark.parametrize("rule", CASES)
def test_a_broken_book_is_valid_once_it_is_mended(rule: str, tmp_path: Path) -> None:
    case = CASES[rule]
    assert case.code in of(rule, judged(case, text_of(case), tmp_path).findings)
    mended = text_of(case).replace(*case.mend)
    assert mended != text_of(case)
    assert judged(case, mended, tmp_path).findings == []


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_judges_from_its_effective_date_on_and_never_before(rule: str, tmp_path: Path) -> None:
    """The same contribution under the law of two dates gives two results."""
    case = CASES[rule]
    on_the_day = judged(case, in_force_from(case, case.day), tmp_path)
    the_day_after = judged(case, in_force_from(case, case.day + timedelta(days=1)), tmp_path)
    assert case.code in of(rule, on_the_day.findings)
    assert of(rule, the_day_after.findings) == []


@pytest.mark.parametrize("rule", CASES)
def test_a_later_directive_supersedes_from_its_date_on(rule: str, tmp_path: Path) -> None:
    case = CASES[rule]
    category = '"other"' if rule == "due-diligence" else '"member-state"' if rule == "contribution-form" else '"*"'
    off = f'\n{case.day} custom "rule" "{rule}" {category}\n  citation: "example"\n  severity: "off"\n  reason: "A later law (example)"\n'
    later = off.replace(str(case.day), str(case.day + timedelta(days=1)), 1)
    text = in_force_from(case, date(2010, 1, 1))
    assert of(rule, judged(case, text + off, tmp_path).findings) == []
    assert case.code in of(rule, judged(case, text + later, tmp_path).findings)


@pytest.mark.parametrize("rule", CASES)
def test_a_rule_can_warn(rule: str, tmp_path: Path) -> None:
    case = CASES[rule]
    warns = in_force_from(case, date(2010, 1, 1)).replace(
        'citation: "example"', 'citation: "example"\n  severity: "warning"'
    )
    findings = [finding for finding in judged(case, warns, tmp_path).findings if finding.rule == rule]
    assert findings
    assert {finding.severity for finding in findings} == {"warning"}


def waiver(rule: str, subject: str, first: date, last: date) -> str:
    lines = [f'\n{first} custom "waiver" "{rule}" "{subject}"', '  reason: "Example"', '  approved-by: "treasurer-1"']
    return "\n".join([*lines, f"  expires: {last}", ""])


@pytest.mark.parametrize("rule", CASES)
def test_a_waiver_counts_while_it_is_in_force_and_not_after(rule: str, tmp_path: Path) -> None:
    case = CASES[rule]
    subject = case.subject or digest_of_the_last_entry(case, tmp_path)
    first, last = case.day - timedelta(days=10), case.day
    book = judged(case, text_of(case) + waiver(rule, subject, first, last), tmp_path)
    assert [f for f in book.findings if f.rule in {rule, "waiver"}] == []
    assert [bool(item.findings) for item in book.waived] == [True]
    for begin, end in (
        (first, case.day - timedelta(days=1)),
        (case.day + timedelta(days=1), case.day + timedelta(days=9)),
    ):
        expired = judged(case, text_of(case) + waiver(rule, subject, begin, end), tmp_path)
        assert of("waiver", expired.findings) == ["expired"]
        assert case.code in of(rule, expired.findings)
    unused = judged(case, text_of(case) + waiver(rule, "PL-1999-001", first, last), tmp_path)
    assert of("waiver", unused.findings) == ["unused"]


def digest_of_the_last_entry(case: Case, folder: Path) -> str:
    return digest(judged(case, text_of(case), folder).fund.entries[-1].txn)


@pytest.mark.parametrize("rule", CASES)
def test_a_flag_softens_rules_about_papers_and_no_other(rule: str, tmp_path: Path) -> None:
    """`!` marks an entry whose papers are on their way; money is judged as on every other entry."""
    case = CASES[rule]
    flagged = text_of(case).replace(case.entry, case.entry.replace("*", "!"))
    assert flagged != text_of(case)
    before = {f.severity for f in judged(case, text_of(case), tmp_path).findings if f.rule == rule}
    after = {f.severity for f in judged(case, flagged, tmp_path).findings if f.rule == rule}
    assert before == {"error"}
    assert after == ({"warning"} if rule in SCHEMA.documents else {"error"})


@pytest.mark.parametrize("rule", sorted(SCHEMA.structure))
def test_what_holds_the_book_together_is_neither_turned_off_nor_waived_nor_softened(rule: str, tmp_path: Path) -> None:
    shown = {
        "donor-registered": ("unregistered-donor", "ARG"),
        "pledge-lifecycle": ("cash-error-explicit", "PL-2016-001"),
        "conservation": ("unexplained", "PL-2016-001"),
        "bank-balance": ("balance-a-cent-off", "Assets:Bank:Operating"),
        "period-sealed": ("seal-broken", "2016-Q3"),
    }
    book, subject = shown[rule]
    case = Case(book, "", ("", ""), date(2016, 9, 8), subject)
    before = of(rule, judged(case, text_of(case), tmp_path).errors)
    assert before
    off = f'\n2004-06-08 custom "rule" "{rule}" "*"\n  citation: "example"\n  severity: "off"\n  reason: "Example"\n'
    assert of("law", judged(case, text_of(case) + off, tmp_path).errors) == ["structure"]
    waived = judged(case, text_of(case) + waiver(rule, subject, date(2004, 6, 8), date(2030, 1, 1)), tmp_path)
    assert of("waiver", waived.errors) == ["not-waivable"]
    flagged = judged(case, text_of(case).replace(" * ", " ! "), tmp_path)
    for result in (judged(case, text_of(case) + off, tmp_path), waived, flagged):
        assert of(rule, result.errors) == before


def test_a_special_law_stands_before_a_general_one(tmp_path: Path) -> None:
    case = CASES["agreement-required"]
    special = '2009-01-01 custom "rule" "agreement-required" "member-state"\n  citation: "example"\n  above: 50\n'
    assert of("agreement-required", judged(case, text_of(case) + special, tmp_path).findings) == []


def test_an_example_that_nobody_confirmed_says_so_in_every_message(tmp_path: Path) -> None:
    case = CASES["indirect-cost-recovery"]
    text = text_of(case).replace('citation: "example"', 'citation: "art. 80"\n  to-be-confirmed: TRUE')
    (finding,) = judged(case, text, tmp_path).errors
    assert finding.citation == "art. 80; example, to be confirmed"
