"""Letters to donors and their answers, on the small book; every figure worked out by hand."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import cli
from ledger.book.loading import Book, load
from ledger.ground.periods import Quarter
from ledger.model.confirmations import donors_to_confirm
from reports.faces.page import letter_html
from reports.letters.account import account_of
from reports.letters.letters import Dates, MissingReceiptError, acknowledgements, language_of, letter_to
from reports.report import report
from reports.scope import Scope
from reports.statements.confirmations import CONFIRMATIONS
from reports.translation import LANGUAGES
from tests.books import MORE, REVERSAL, SMALL
from tests.conftest import Load, Write

Q2 = Scope.of(Quarter(2016, 2))


def test_the_account_of_a_donor(loaded: Book) -> None:
    spain = account_of(loaded.fund, loaded.fund.registry.donors["ESP"], Q2)
    assert (spain.begin, spain.end) == (date(2016, 1, 1), date(2016, 6, 30))
    assert (spain.received, spain.refunded) == (640, 0)
    assert (spain.outstanding("committed"), spain.outstanding("announced")) == (360, 0)  # 300 EUR at 1.20
    assert [(x.instalment, x.stage, x.received, x.outstanding) for x in spain.instalments] == [
        ("PL-2016-001", "announced", 0, 0),
        ("PL-2016-001/1", "committed", 600, 0),
        ("PL-2016-001/2", "committed", 0, 300),
    ]
    mexico = account_of(loaded.fund, loaded.fund.registry.donors["MEX"], Q2)
    assert (mexico.received, mexico.refunded) == (0, 50)
    assert [(x.day, x.value) for x in mexico.refunds] == [(date(2016, 6, 15), 50)]
    assert [table.key for table in mexico.tables("USD")] == ["receipts", "refunds"]
    (pledges, *_) = spain.tables("USD")
    assert [tuple(row[n] for n in (0, 4, 5, 6, 7, 8)) for row in pledges.rows] == [
        ("PL-2016-001/1", 600, 600, 0, 0, 0),
        ("PL-2016-001/2", 400, 0, 0, 100, 300),  # 100 EUR were reduced
    ]
    panama = account_of(loaded.fund, loaded.fund.registry.donors["PAN"], Q2)
    assert [(x.what, x.value) for x in panama.in_kind] == [("Rooms for a session", 80)]


def test_the_statement_of_account_says_it_in_words(loaded: Book) -> None:
    letter = letter_to(loaded.fund, loaded.fund.registry.donors["ESP"], Q2, "en")
    assert letter.subject == "Statement of account, January 1, 2016 to June 30, 2016"
    assert letter.paragraphs[0] == "In the period we received 640.00 USD from you, before bank charges."
    assert "360.00 USD" in letter.paragraphs[1]  # 300 EUR at 1.20 of June
    assert letter.slip == ()
    assert (letter.day, letter.reference) == ("June 30, 2016", "Our reference: SA-2016-06-30-ESP")
    assert "PL-2016-001/2" in letter_html(letter)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_confirmation_has_a_slip_to_send_back(loaded: Book, language: str) -> None:
    letter = letter_to(loaded.fund, loaded.fund.registry.donors["ESP"], Q2, language, confirm=True)
    assert letter.language == language
    assert len(letter.slip) == 7  # with the two sums, because it comes back alone
    assert [line for line in letter.slip if line in letter.paragraphs] == list(letter.paragraphs[1:3])
    assert sum(line.startswith("☐") for line in letter.slip) == 2
    page = letter_html(letter)
    assert f'<html lang="{language}">' in page
    assert ("640,00" if language in {"fr", "pt"} else "640.00") in page


def test_a_letter_is_issued_and_answered_on_days_that_somebody_names(loaded: Book) -> None:
    spain = loaded.fund.registry.donors["ESP"]
    letter = letter_to(loaded.fund, spain, Q2, "en", confirm=True)
    assert (letter.day, letter.paragraphs[-2]) == (
        "June 30, 2016",
        "We ask for your answer by July 30, 2016, under our reference.",  # 30 days later, house rule
    )
    assert letter.slip[0] == "To be sent back: CA-2016-06-30-ESP"
    dates = Dates(date(2016, 7, 11), date(2016, 9, 1))
    letter = letter_to(loaded.fund, spain, Q2, "en", dates, confirm=True)
    assert (letter.day, letter.reference) == ("July 11, 2016", "Our reference: CA-2016-06-30-ESP")
    assert "by September 1, 2016" in letter.paragraphs[-2]
    assert letter.subject == "Confirmation of your account at June 30, 2016"


def test_a_donor_gets_its_letters_in_its_own_language(book: Load) -> None:
    uruguay = """
    1900-01-01 custom "donor" "EXAMPLE-FUND"
      account: "ExampleFund"
      kind: "private-institution"
      name-en: "An example fund"
      name-es: "Un fondo de ejemplo"
      language: "es"
    2004-06-08 custom "donor-status" "EXAMPLE-FUND" "other"

    2016-05-09 * "An example fund" "Contribution" #receipt
      receipt-number: "R-2016-0002"
      Assets:Bank:Operating                               12.50 USD
      Income:Contributions:Others:ExampleFund            -12.50 USD
    """
    fund = book(SMALL, uruguay).fund
    (letter,) = acknowledgements(fund, "R-2016-0002", None)
    assert (letter.language, letter.to, letter.day) == ("es", "Un fondo de ejemplo", "9 de mayo de 2016")
    assert "12.50 USD" in letter.paragraphs[0]
    assert "R-2016-0002" in letter.paragraphs[0]
    assert acknowledgements(fund, "R-2016-0002", "fr")[0].to == "An example fund"  # the book has no French name


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("MEX", "es"),
        ("BRA", "pt"),
        ("HTI", "fr"),
        ("PRY", "es"),
        ("USA", "en"),
        ("SUR", "en"),
        ("CHE", "fr"),
        ("JPN", "en"),
    ],
)
def test_the_language_of_a_state_is_official_in_it(loaded: Book, code: str, language: str) -> None:
    assert language_of(loaded.fund, loaded.fund.registry.donors[code], date(2026, 1, 1)) == language


def test_what_is_acknowledged_is_before_bank_charges(loaded: Book) -> None:
    (letter,) = acknowledgements(loaded.fund, "R-2016-0001", "en")
    assert "your contribution of 640.00 USD, received on May 5, 2016" in letter.paragraphs[0]


def test_a_donor_is_told_the_day_on_which_the_bank_credited_it(loaded: Book) -> None:
    (letter,) = acknowledgements(loaded.fund, "R-2016-0002", "en")  # credited on 15 April, identified on 10 June
    assert "your contribution of 30.00 USD, received on April 15, 2016" in letter.paragraphs[0]
    assert letter.day == "June 10, 2016"
    (receipts,) = letter.tables
    assert receipts.rows[0][:3] == ("R-2016-0002", date(2016, 4, 15), "FT-7")
    assert str(receipts.notes[1]).startswith("Date: when the bank credited it.")
    with pytest.raises(MissingReceiptError, match="R-2016-0002 is of 2016-06-10"):
        acknowledgements(loaded.fund, "R-2016-0002", "en", Dates(date(2016, 4, 20)))


def test_a_slip_is_not_told_to_the_donor(book: Load) -> None:
    slips = """
    2016-07-05 * "Spain" "Typed twice" #receipt
      receipt-number: "R-2016-0003"
      Assets:Bank:Operating                               70.00 USD
      Income:Contributions:PermanentObservers:Spain      -70.00 USD

    2016-07-06 * "Spain" "Typed twice, says the e-mail of the unit" #receipt #correction
      corrects: "R-2016-0003"
      Assets:Bank:Operating                              -70.00 USD
      Income:Contributions:PermanentObservers:Spain       70.00 USD

    2016-07-07 * "Spain" "Letter misread" #pledge ^PL-2016-009
      Equity:Pledges:Announced:PermanentObservers:Spain   200.00 EUR {1.20 USD, "PL-2016-009"}
      Equity:Pledges:Contra                              -240.00 USD

    2016-07-08 * "Spain" "Letter misread" #pledge #correction ^PL-2016-009
      Equity:Pledges:Announced:PermanentObservers:Spain  -200.00 EUR {1.20 USD, 2016-07-07, "PL-2016-009"}
      Equity:Pledges:Contra                               240.00 USD

    2016-07-10 * "Mexico" "Typed twice" #refund
      reason: "Overpaid, e-mail of the unit"
      bank-reference: "FT-8"
      Income:Contributions:MemberStates:Mexico            20.00 USD
      Assets:Bank:Operating                              -20.00 USD

    2016-07-11 * "Mexico" "Typed twice" #refund #correction
      Income:Contributions:MemberStates:Mexico           -20.00 USD
      Assets:Bank:Operating                               20.00 USD

    2016-07-12 * "Panama" "Typed twice" #in-kind
      valuation: "letter of the donor (example)"
      Expenses:InKind:Services                            90.00 USD
      Income:InKind:MemberStates:Panama                  -90.00 USD

    2016-07-13 * "Panama" "Typed twice" #in-kind #correction
      valuation: "letter of the donor (example)"
      Expenses:InKind:Services                           -90.00 USD
      Income:InKind:MemberStates:Panama                   90.00 USD
    """
    fund = book(SMALL + slips).fund
    q3 = Scope.of(Quarter(2016, 3))
    spain, mexico, panama = (account_of(fund, fund.registry.donors[code], q3) for code in ("ESP", "MEX", "PAN"))
    assert [(x.number, x.value) for x in spain.receipts] == [("R-2016-0001", 640)]
    assert {x.pledge for x in spain.instalments} == {"PL-2016-001"}
    assert [(x.what, x.value) for x in mexico.refunds] == [("Refund", 50)]  # of June; its narration stays in the book
    assert [(x.what, x.value) for x in panama.in_kind] == [("Rooms for a session", 80)]
    between = Scope(Quarter(2016, 3), date(2016, 7, 5))
    assert account_of(fund, fund.registry.donors["ESP"], between).received == 710  # nobody had taken 70 back by then


def test_what_an_earlier_statement_told_is_taken_back_in_neutral_words(book: Load) -> None:
    later = """
    2016-08-02 * "Mexico" "Never asked for, says the e-mail" #refund #correction
      reason: "GAC says no"
      Income:Contributions:MemberStates:Mexico           -50.00 USD
      Assets:Bank:Operating                               50.00 USD

    2016-08-03 * "Panama" "Invented by the unit" #in-kind #correction
      Expenses:InKind:Services                           -80.00 USD
      Income:InKind:MemberStates:Panama                   80.00 USD
    """
    fund = book(SMALL + REVERSAL + later).fund
    q3 = Scope.of(Quarter(2016, 3))
    spain, mexico, panama = (account_of(fund, fund.registry.donors[code], q3) for code in ("ESP", "MEX", "PAN"))
    assert [(str(x.number), x.value) for x in spain.receipts] == [
        ("R-2016-0001", 640),
        ("reverses R-2016-0001", -640),
    ]
    assert [(str(x.what), x.value) for x in mexico.refunds] == [
        ("Refund", 50),
        ("reverses the entry of 2016-06-15", -50),
    ]
    assert [(str(x.what), x.value) for x in panama.in_kind] == [
        ("Rooms for a session", 80),
        ("reverses the entry of 2016-06-25", -80),
    ]
    letter = letter_html(letter_to(fund, mexico.donor, q3, "es"))
    assert "anula el asiento del 15 de junio de 2016" in letter
    assert "GAC" not in letter


def test_what_the_bank_took_back_is_told_whenever_it_was(book: Load) -> None:
    returned = REVERSAL.replace("2016-08-01", "2016-06-28").replace(
        '"R-2016-0001"', '"R-2016-0001"\n      returned: TRUE'
    )
    fund = book(SMALL + returned).fund
    spain = account_of(fund, fund.registry.donors["ESP"], Q2)
    assert [(str(x.number), x.value) for x in spain.receipts] == [
        ("R-2016-0001", 640),
        ("returned by the bank: R-2016-0001", -640),
    ]


def test_each_donor_of_a_joint_receipt_is_told_its_own_part(book: Load) -> None:
    joint = """
    2016-07-03 * "Joint gift" #receipt
      receipt-number: "R-2016-0002"
      Assets:Bank:Operating                              300.00 USD
      Income:Contributions:MemberStates:Mexico          -100.00 USD
      Income:Contributions:MemberStates:Brazil          -200.00 USD
    """
    letters = acknowledgements(book(SMALL, joint).fund, "R-2016-0002", "fr")
    assert [
        (letter.to, "100,00 USD" in letter.paragraphs[0], "200,00 USD" in letter.paragraphs[0]) for letter in letters
    ] == [
        ("Mexique", True, False),
        ("Brésil", False, True),
    ]
    assert [letter.tables[0].totals[-1] for letter in letters] == [100, 200]


@pytest.mark.parametrize(("number", "why"), [("R-2016-0099", "is not in the book"), ("R-2016-0001", "was taken back")])
def test_a_receipt_that_does_not_stand_is_not_acknowledged(book: Load, number: str, why: str) -> None:
    fund = book(SMALL, REVERSAL).fund
    with pytest.raises(MissingReceiptError, match=why):
        acknowledgements(fund, number, None)


def test_who_is_asked(loaded: Book) -> None:
    assert [donor.code for donor in donors_to_confirm(loaded.fund, date(2016, 6, 30))] == ["CHL", "ESP", "MEX"]
    assert [donor.code for donor in donors_to_confirm(loaded.fund, date(2015, 12, 31))] == ["MEX"]


def test_what_the_answers_cover(book: Load) -> None:
    answers = """
    2016-07-20 custom "confirmation" "ESP" "2016-Q2"
      answer: "agreed"
      source: "Slip of 18 July (example)"
    2016-07-25 custom "confirmation" "CHL" "2016-Q2"
      answer: "differs"
      source: "Letter of 22 July (example)"
      note: "has 35.00"
    2016-12-30 custom "confirmation" "CHL" "2016-Q2"
      answer: "agreed"
      source: "Letter of 29 December (example)"
    """
    loaded = book(SMALL, MORE, answers)
    assert loaded.findings == []
    assert report(loaded, Q2).of[CONFIRMATIONS].lines == ()  # no answer had come by then
    third = report(loaded, Scope.of(Quarter(2016, 3))).of[CONFIRMATIONS]
    assert str(third.quarter) == "2016-Q2"
    found = {x.donor: (x.received, x.committed, x.answer, x.confirmed, x.share) for x in third.lines}
    assert found == {
        "Chile": (30, 0, "differs", 0, 0),
        "Mexico": (0, 0, "no answer recorded", 0, 0),
        "Spain": (640, 330, "agreed", 640, 1),
    }
    fourth = report(loaded, Scope.of(Quarter(2016, 4))).of[CONFIRMATIONS]
    chile = next(x for x in fourth.lines if x.donor == "Chile")
    assert (chile.answer, chile.confirmed, chile.day) == ("agreed", 30, date(2016, 12, 30))


def test_letters_and_answers_on_the_command_line(write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    main = write(SMALL, MORE)
    monkeypatch.setenv("VFUND_BOOK", str(main))

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(cli, list(words))
        return done.exit_code, done.output

    folder = tmp_path / "letters"
    code, said = run("letter", "confirmation", "--all", "--quarter", "2016-Q2", "--output", str(folder))
    assert (code, said.count("Letter:")) == (0, 3), said
    assert sorted(path.name for path in folder.iterdir()) == [
        "confirmation-CHL-2016-Q2.html",
        "confirmation-ESP-2016-Q2.html",
        "confirmation-MEX-2016-Q2.html",
    ]
    code, said = run("letter", "receipt", "R-2016-0001", "--dry-run")
    assert (code, "640.00 USD" in said) == (0, True)
    for words, why in (
        (("letter", "receipt", "R-2016-0099"), "is not in the book"),
        (("letter", "statement"), "name the donor"),
        (("letter", "receipt", "--all"), "--all and KIND=receipt exclude each other"),
        (("letter", "statement", "Spian"), "Spain"),
        (
            ("letter", "statement", "Spain", "--reply-by", "2016-12-01"),
            "--reply-by says nothing without KIND=confirmation",
        ),
        (("letter", "statement", "Spain", "--quarter", "2016-Q2", "--date", "2016-06-29"), "before 2016-06-30"),
        (("letter", "confirmation", "Spain", "--quarter", "2016-Q2", "--reply-by", "2016-06-30"), "no day after"),
        (("letter", "confirmation", "Spain", "--date", "soon"), "soon"),
        (("letter", "confirmation", "--all", "--quarter", "2016-Q2", "--date", "9999-12-31"), "more than fifty years"),
        (("letter", "statement", "Spain", "--quarter", "1000-Q1"), "1948 to 2999"),
        (("letter", "receipt", "R-2016-0001", "--date", "2016-01-01"), "is of 2016-05-05, after"),
        (("letter", "statement", "Spain", "--quarter", "2016-Q9"), "2016-Q3"),
        (("letter", "statement", "--all", "--quarter", "2014-Q4", "--dry-run"), "no donor gave in 2014"),
        (("confirm", "Spain", "2016-Q2", "--answer", "maybe", "--source", "x"), "is none of"),
        (("confirm", "Spain"), "--answer"),
    ):
        code, said = run(*words)
        assert code in {1, 2}, words
        assert why in said, (words, said)
    code, said = run("confirm", "Spain", "2016-Q2", "--answer", "no reply", "--source", "Letter of 1 July", "--dry-run")
    assert (code, "no-reply" in said) == (0, True), said
    assert load(main).fund.directives.confirmations == []
    code, said = run("confirm", "Spain", "2016-Q2", "--answer", "agreed", "--source", "Slip", "--date", "2016-07-20")
    assert (code, "Note:" in said) == (0, False), said
    for words, why in (
        (("Spain", "--answer", "differs", "--note", "has 600"), "its answer of 2016-07-20 (agreed) stands too"),
        (("Brazil", "--answer", "agreed"), "BRA neither gave in 2016 nor has a commitment at 2016-06-30"),
    ):
        asked_of = ("confirm", words[0], "2016-Q2", *words[1:], "--source", "Slip", "--date", "2016-07-21", "--dry-run")
        code, said = run(*asked_of)
        assert (code, why in said) == (0, True), said
    (answer,) = load(main).fund.directives.confirmations
    assert (answer.donor, answer.answer, answer.day) == ("ESP", "agreed", date(2016, 7, 20))
    assert Decimal(str(answer.quarter[:4])) == 2016
