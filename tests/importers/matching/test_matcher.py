"""Which instalment a credit settles: what is not certain is proposed, never booked."""

from datetime import date
from decimal import Decimal

import pytest
from beancount.core.amount import Amount

from importers.matching.credits import Credit, open_instalments
from importers.matching.matcher import Match, Matcher
from importers.matching.names import Names, Strength
from ledger.model.fund import Fund
from tests.conftest import Load

D = Decimal
DAY = date(2026, 3, 20)


def promise(donor: str, category: str, pledge: str, *parts: str) -> str:
    lines = [f'2026-01-05 * "{donor}" "Commitment (example)" #agreement ^{pledge}']
    total = D(0)
    for number, part in enumerate(parts, 1):
        amount, currency = part.split()
        rate = "1.10" if currency == "EUR" else "1"
        total += D(amount) * D(rate)
        lines += [
            f'  Equity:Pledges:Committed:{category}:{donor}  {part} {{{rate} USD, "{pledge}/{number}"}}',
            f"    due: 2026-0{2 + number}-28",
        ]
    return "\n".join("    " + line for line in [*lines, f"  Equity:Pledges:Contra  {-total} USD"]) + "\n"


PROMISES = (
    promise("Mexico", "MemberStates", "PL-2026-001", "10000 USD", "10000 USD", "10000 USD")
    + promise("Spain", "PermanentObservers", "PL-2026-002", "1000 EUR")
    + promise("Spain", "PermanentObservers", "PL-2026-003", "7000 USD")
    + promise("Guatemala", "MemberStates", "PL-2026-004", "7000 USD")
    + promise("Dominica", "MemberStates", "PL-2026-005", "5000 USD")
    + promise("Morocco", "PermanentObservers", "PL-2026-006", "4000 USD")
    + promise("Haiti", "MemberStates", "PL-2026-007", "3000 USD")
    + promise("DominicanRepublic", "MemberStates", "PL-2026-008", "2000 USD")
    + "    2026-01-01 price EUR 1.10 USD\n"
)


@pytest.fixture
def book_of(book: Load) -> Fund:
    return book(PROMISES).fund


def taken(fund_: Fund, payer: str, text: str, amount: str, ordered: str = "", account: str = "") -> Match | None:
    number, currency = amount.split()
    instructed = Amount(D(ordered.split(maxsplit=1)[0]), ordered.split()[1]) if ordered else None
    credit = Credit("x", DAY, Amount(D(number), currency), payer, account, text, instructed)
    return Matcher(fund_, Names.of(fund_), open_instalments(fund_)).match([credit]).get("x")


@pytest.mark.parametrize(
    ("payer", "text", "amount", "ordered"),
    [
        ("MEXICO", "PL-2026-001 - 2 MAY 2026", "10000 USD", ""),
        ("MEXICO", "PL-2026-001. 3 INSTALMENTS IN ALL", "10000 USD", ""),
        ("CITIBANK NA", "PL-2026-001-3 DE MARZO", "10000 USD", ""),
        ("MEXICO", "PL-2026-001/2 MAY 2026", "10000 USD", ""),
        ("MEXICO", "PL-2026-001/ 2 MAY 2026", "10000 USD", ""),
        ("SPAIN", "PL-2026-002", "10 USD", "1000 EUR"),
        ("SPAIN", "PL-2026-002/1", "2200 USD", "1000 EUR"),
        ("SPAIN", "for GUATEMALA", "7000 USD", ""),
        ("SPAIN", "ON BEHALF OF GUATEMALA", "7000 USD", ""),
        ("DOMINICA", "BY ORDER OF DOMINICAN REPUBLIC", "5000 USD", ""),
        ("CITIBANK", "DOMINICAN REPUBLIC PL-2026-005", "5000 USD", ""),
        ("SPAIN", "RETURN OF YOUR PAYMENT ACCOUNT CLOSED", "7000 USD", ""),
        ("Haiti Treasury", "TAX REFUND", "3000 USD", ""),
        ("MEXICO", "PL-2026-001, 003", "10000 USD", ""),
        ("MEXICO", "PL-2026-001/1 AND 2 PARTIAL", "10000 USD", ""),
        ("SPAIN", "INSTEAD OF PL-2026-003", "7000 USD", ""),
        ("SPAIN", "PL-2026-003PL-2026-002", "7000 USD", ""),
        ("EL MAR", "Donation", "4000 USD", ""),
        ("MISSION HAITI", "Donation", "3000 USD", ""),
        ("DOM", "Donation", "2000 USD", ""),
        ("MEXICO", "2ND INSTALMENT OF PL-2026-001", "10000 USD", ""),
        ("MEXICO", "SEGUNDA CUOTA PL-2026-001", "10000 USD", ""),
        ("MEXICO", "PL-2026-001 3", "10000 USD", ""),
        ("MEXICO", "Contribution", "10000 USD", ""),
        ("Domnica", "Contribution", "5000 USD", ""),
    ],
)
def test_what_is_not_certain_is_not_booked(book_of: Fund, payer: str, text: str, amount: str, ordered: str) -> None:
    match = taken(book_of, payer, text, amount, ordered)
    assert match is None or not match.certain, match


@pytest.mark.parametrize(
    ("payer", "text", "amount", "ordered", "label"),
    [
        ("MEXICO", "CONTRIBUCION PL-2026-001/2", "10000 USD", "", "PL-2026-001/2"),
        ("CITIBANK NA", "/RFB/PL 2026 004", "7000 USD", "", "PL-2026-004/1"),
        ("Embajada de España", "Aporte", "7000 USD", "", "PL-2026-003/1"),
        ("Royaume d'Espagne Trésor", "PL-2026-002", "1098 USD", "1000 EUR", "PL-2026-002/1"),
        ("República Dominicana", "", "2000 USD", "", "PL-2026-008/1"),
    ],
)
def test_what_is_certain_still_is(book_of: Fund, payer: str, text: str, amount: str, ordered: str, label: str) -> None:
    match = taken(book_of, payer, text, amount, ordered)
    assert match is not None
    assert ([take.instalment.label for take in match.takes], match.certain) == ([label], True), match


def test_a_remembered_payer_is_that_payer_and_from_that_account(book: Load) -> None:
    known = book(
        PROMISES
        + '    2026-01-06 custom "payer" "MEX" "TESORERIA GENERAL"\n      account: "MX11"\n      by: "finance-officer-1"\n'
    ).fund
    names = Names.of(known)
    assert names.identify("TESORERÍA GENERAL", "MX11").strength is Strength.ACCOUNT
    assert names.identify("Tesoreria General").strength is Strength.NAME
    assert names.identify("TESORERIA GENERAL", "CL22").strength is Strength.ALIKE
    assert names.identify("CONSULATE GENERAL", "CL22").strength < Strength.NAME


def test_the_bank_of_a_payer_adds_to_other_evidence_and_is_none_alone(book: Load) -> None:
    known = book(
        PROMISES
        + '    2026-01-06 custom "payer" "MEX" "TESORERIA GENERAL"\n      bic: "BDEMMXMM"\n      by: "finance-officer-1"\n'
    ).fund
    matcher = Matcher(known, Names.of(known), open_instalments(known))
    # a BIC of eleven letters ends in XXX for the head office (ISO 9362)
    alone = Credit("x", DAY, Amount(D(10000), "USD"), "Somebody", payer_bic="BDEMMXMMXXX")
    named = Credit("y", DAY, Amount(D(10000), "USD"), "Mxico", payer_bic="BDEMMXMMXXX")
    assert "x" not in matcher.match([alone])
    assert "the donor has paid from this bank before" in matcher.match([named])["y"].reasons


def test_a_payer_is_known_by_what_its_country_is_called(book: Load) -> None:
    names = Names.of(book(PROMISES).fund)
    assert names.identify("COREA DEL SUR") == ("KOR", Strength.NAME, "'COREA DEL SUR' is the donor's name")
    assert names.identify("Embajada de Corea del Sur").donor == "KOR"
    assert names.identify("EEUU").strength is Strength.NONE  # a short word is never certain alone
