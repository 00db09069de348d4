"""A date that cannot be, or hardly is: in the future, long ago, due before it begins.

It is refused, or asked about where somebody answers.
"""

from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli import cli
from ledger.acts.dates import distance, doubt_of_due, later, parse_past_date
from ledger.book.loading import load
from tests.terminal import on_a_terminal

TODAY = date.today()
TOMORROW = TODAY + timedelta(days=1)
CENTURY = f"{TODAY.year + 36}-11-21"
BACK = f"{TODAY.year - 12}-05-01"
DECADES = f"{TODAY.year - 21}-05-01"


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words))


RECEIPT = ("receipt", "--donor", "Brazil", "--amount", "100 USD", "--purpose", "reports", "--agreement", "A")
REFUND = ("refund", "--donor", "Brazil", "--amount", "1 USD", "--reason", "letter")
UNCLAIMED = ("unclaimed", "--amount", "50 USD")
IN_KIND = ("in-kind", "--donor", "Brazil", "--value", "50 USD", "--valuation", "letter")
PLEDGE = ("pledge", "--donor", "Brazil", "--amount", "100 USD")
AGREEMENT = (
    "agreement",
    "--donor",
    "Brazil",
    "--amount",
    "100 USD",
    "--due",
    f"{TODAY.year + 1}-12-31",
    "--agreement",
    "A",
)


@pytest.mark.parametrize("line", [RECEIPT, REFUND, UNCLAIMED, IN_KIND], ids=lambda line: line[0])
def test_money_that_has_not_come_is_never_recorded(main: Path, line: tuple[str, ...]) -> None:
    for more in ((), ("-y",), ("--json",), ("--date-is-right",)):
        done = run(*line, "--date", str(TOMORROW), *more)
        assert (done.exit_code, f"--date: {TOMORROW} is in the future, 1 day ahead of today" in done.output) == (
            2,
            True,
        )
    assert load(main).fund.entries == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((*PLEDGE, "--date", CENTURY), f"--date: {CENTURY} is 3"),
        ((*PLEDGE, "--date", BACK), f"--date: {BACK} is 1"),
        ((*AGREEMENT, "--date", DECADES), f"--date: {DECADES} is 2"),
        ((*AGREEMENT, "--instrument-date", BACK), f"--instrument-date: {BACK} is 1"),
        ((*AGREEMENT, "--accepted", str(TOMORROW)), f"--accepted: {TOMORROW} is 1 day ahead of today"),
        (
            (*PLEDGE, "--date", "2026-10-01", "--due", "2025-05-01"),
            "--due: 2025-05-01 is before 2026-10-01, the date of the pledge",
        ),
        ((*PLEDGE, "--due", "2262-05-01"), "--due: 2262-05-01 is 2"),
        (
            ("pledge", "--donor", "Brazil", "--instalment", "5 USD@2025-05-01", "--date", "2026-10-01"),
            "--instalment: 2025-05-01 is before 2026-10-01",
        ),
        ((*RECEIPT, "--date", BACK), f"--date: {BACK} is 1"),
        ((*RECEIPT, "--value-date", BACK), f"--value-date: {BACK} is 1"),
        (
            ("clear", "UNHCR", "--until", "2027-01-01", "--ceiling", "5", "--document", "x", "--date", BACK),
            f"{BACK} is 1",
        ),
    ],
)
def test_an_unlikely_date_is_refused_where_nobody_answers_with_the_way_out(
    main: Path, words: tuple[str, ...], why: str
) -> None:
    for more in ((), ("-y",), ("--json",)) if words[0] != "clear" else ((),):
        done = run(*words, *more)
        assert (done.exit_code, why in done.output, "or say --date-is-right" in done.output) == (2, True, True), (
            done.output
        )
    assert load(main).fund.entries == []
    if words[0] in {"pledge", "receipt"}:
        assert run(*words, "-y", "--date-is-right").exit_code in {0, 1}


def test_what_is_said_to_be_right_is_taken(main: Path) -> None:
    assert run(*PLEDGE, "--date", CENTURY, "-y", "--date-is-right").exit_code == 0
    assert [str(entry.txn.date) for entry in load(main).fund.entries] == [CENTURY]
    early = [f.what for f in load(main).findings if f.code == "recording-delay/early"]
    assert list(map(str, early)) == [f"recorded on {TODAY}, before it happened: the entry is dated {CENTURY}."]


@pytest.mark.usefixtures("main")
def test_a_book_that_has_entries_of_that_time_takes_more_of_it() -> None:
    assert run(*PLEDGE, "--date", BACK, "-y").exit_code == 2
    assert run(*PLEDGE, "--date", BACK, "-y", "--date-is-right").exit_code == 0
    assert run(*PLEDGE, "--date", f"{TODAY.year - 12}-06-01", "-y").exit_code == 0
    assert run(*PLEDGE, "--date", DECADES, "-y").exit_code == 2


def test_on_a_terminal_it_is_asked(main: Path) -> None:
    lines = ["Brazil", CENTURY, "n", "2026-10-01", "100 USD", "", "2025-05-01", "y", "", "", "", "", "", "y"]
    said = on_a_terminal(main, ["pledge"], lines)
    assert f"{CENTURY} is 3" in said
    assert "ahead of today. Record it with this date? [y/N]" in said
    assert "2025-05-01 is before 2026-10-01, the date of the pledge. Record it with this date?" in said
    (entry,) = load(main).fund.entries
    assert str(entry.txn.date) == "2026-10-01"


def test_how_far_two_days_are_apart_in_words() -> None:
    assert str(distance(date(2016, 9, 30), date(2016, 9, 29))) == "1 day"
    assert str(distance(date(2018, 9, 30), date(2016, 9, 30))) == "2 years"
    assert later(date(2016, 2, 29), 1) == date(2017, 2, 28)


def test_what_has_happened_is_not_ahead_and_nothing_is_due_before_it_begins() -> None:
    assert parse_past_date(str(TODAY)) == TODAY
    with pytest.raises(ValueError, match="is in the future, 1 day ahead of today"):
        parse_past_date(str(TOMORROW))
    assert doubt_of_due(TODAY, TODAY, "pledge") is None
    assert str(doubt_of_due(TODAY, TOMORROW, "pledge")) == f"{TODAY} is before {TOMORROW}, the date of the pledge"
