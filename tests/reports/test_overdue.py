"""What is overdue, by every way to ask on the same day; reminders, and the contacts that letters go to."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner

from app.cli import cli
from ledger.book.loading import load
from ledger.ground.periods import Quarter
from reports.ageing import NO_DUE_DATE, NOT_YET
from reports.document import document
from reports.faces.every import faces
from reports.faces.page import letter_html
from reports.letters.letters import NothingOverdueError, reminder, to_remind
from reports.report import report
from reports.scope import Scope
from reports.translation import LANGUAGES
from tests.books import OVERDUE, VIEWED
from tests.conftest import EXAMPLE, Write
from tests.generate_book import write_book
from tests.site import Cells, Site

DAYS = (date(2010, 3, 31), date(2011, 6, 30), date(2012, 5, 15), date(2012, 12, 10))
TODAY = "2026-11-27"


def run(*words: str) -> str:
    done = CliRunner().invoke(cli, [*words])
    assert done.exit_code in {0, 1}, done.output
    return done.stdout


def rows(*words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(run(*words, "--csv").lstrip("\ufeff"))))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    path = write_book(tmp_path_factory.mktemp("overdue") / "book", transactions=600)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n2005-01-01 {VIEWED}")
    return Site.of(path)


@pytest.mark.uncovered
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_every_way_to_ask_what_is_overdue_gives_the_same(day: date, site: Site) -> None:
    with time_machine.travel(day, tick=False):
        book = ("--book", str(site.path))
        listed = rows("overdue", *book)
        own = {
            (x["Instalment"], x["Days late"], x["Currency"], x["Outstanding"], x["Outstanding, USD"]) for x in listed
        }
        assert len(own) == len(listed)
        # show
        shown = rows("show", "--pledges", *book)
        assert own == {
            (x["Instalment"], x["Days late"], x["Currency"], x["Outstanding"], x["Outstanding, USD"])
            for x in shown
            if x["Stage"] == "committed" and x["Days late"] != "0"
        }
        # a query
        asked = "SELECT instalment, days_late, currency, outstanding, outstanding_value, ageing FROM instalments WHERE stage = 'committed' AND days_late > 0"
        answered = rows("query", asked, *book)
        assert {(x["instalment"], x["days_late"], x["currency"]) for x in answered} == {x[:3] for x in own}
        worth = {x["Instalment"]: Decimal(x["Outstanding, USD"]) for x in listed}
        assert {x["instalment"]: Decimal(x["outstanding_value"]) for x in answered} == worth
        # statement 3b
        quarter = str(Quarter.of(day))
        ages = rows("report", "3b", quarter, *book)
        late = [x for x in ages if x["Overdue"] not in {NOT_YET, NO_DUE_DATE, "Total"}]
        assert sum(Decimal(x["Committed, outstanding"]) for x in late) == sum(worth.values())
        for age in late:
            of_age = [Decimal(x["outstanding_value"]) for x in answered if x["ageing"] == age["Overdue"]]
            assert Decimal(age["Committed, outstanding"]) == sum(of_age), age
        # the page of the pledges
        cells = Cells(site.view("Pledges")).found
        on_page = [
            _money(cells[f"ageing.{n}.committed"]) for n in range(1, len(ages)) if f"ageing.{n}.committed" in cells
        ]
        assert (
            on_page == [Decimal(x["Committed, outstanding"]) for x in ages if x["Overdue"] != "Total"][: len(on_page)]
        )
        assert len(on_page) >= 5
        # one donor, and JSON
        found = json.loads(run("overdue", *book, "--json"))
        assert [(x["instalment"], str(x["days"])) for x in found["overdue"]] == [(x[0], x[1]) for x in _pairs(listed)]
        for code in {x["donor"] for x in found["overdue"]}:
            mine = {x["instalment"] for x in found["overdue"] if x["donor"] == code}
            assert {x["Instalment"] for x in rows("overdue", code, *book)} == mine
    assert day == DAYS[0] or listed


def _money(text: str) -> Decimal:
    return Decimal(text.strip().replace(",", "").replace("–", "0"))


def _pairs(listed: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(x["Instalment"], x["Days late"]) for x in listed]


@pytest.fixture
def fund(write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a book with one commitment, of which one instalment is 272 days late today and one is due today."""
    main = write(OVERDUE)
    monkeypatch.setenv("VFUND_BOOK", str(main))
    return main


@pytest.mark.usefixtures("fund")
@time_machine.travel(TODAY, tick=False)
def test_what_is_due_today_is_not_late() -> None:
    (line,) = rows("overdue")
    assert (line["Donor"], line["Instalment"], line["Due"]) == ("Canada", "PL-2026-001/1", "2026-02-28")
    assert (line["Days late"], line["Outstanding"], line["Last reminder"]) == ("272", "5000.00", "")
    said = run("overdue")
    assert "Total    │                   1 │" in said
    assert "nothing is overdue" in run("overdue", "--as-of", "2026-02-28")
    assert "nothing is overdue" in run("overdue", "Mexico")


@time_machine.travel(TODAY, tick=False)
def test_a_contact_counts_from_its_day_and_a_reminder_from_the_due_date(fund: Path) -> None:
    run("contact", "Canada", "--address", "1 Old Street; Ottawa", "--language", "fr", "--date", "2026-01-01", "-y")
    words = ("--addressee", "The Ambassador", "--email", "mission@example.org", "--date", "2026-06-01", "-y")
    run("contact", "Canada", *words)
    assert rows("overdue", "--as-of", "2026-05-31")[0]["Contact"] == "1 Old Street; Ottawa"
    assert rows("overdue")[0]["Contact"] == "The Ambassador; mission@example.org"
    done = CliRunner().invoke(cli, ["contact", "Canada", "--date", "2026-07-01", "-y"])
    assert (done.exit_code, "a contact says something" in done.output) == (1, True), done.output
    done = CliRunner().invoke(cli, ["contact", "Canada", *words])
    assert (done.exit_code, "already" in done.output) == (1, True), done.output
    done = CliRunner().invoke(cli, ["remind", "Canada", "--date", "2026-02-28", "-y"])
    assert (done.exit_code, "nothing of CAN was overdue on 2026-02-28" in done.output) == (1, True), done.output
    run("remind", "Canada", "--date", "2026-04-01", "-y")
    run("remind", "Canada", "--date", "2026-10-01", "--note", "by note verbale", "-y")
    assert rows("overdue")[0]["Last reminder"] == "2026-10-01"
    assert rows("overdue", "--as-of", "2026-09-30")[0]["Last reminder"] == "2026-04-01"
    with time_machine.travel("2026-11-28", tick=False):  # the second instalment fell due after the last reminder
        assert [x["Last reminder"] for x in rows("overdue")] == ["2026-10-01", ""]
    loaded = load(fund)
    canada = loaded.fund.registry.donors["CAN"]
    early = reminder(loaded.fund, canada, Scope.of(Quarter(2026, 2), date(2026, 5, 31)), None)
    assert (early.language, early.address) == ("fr", ("1 Old Street", "Ottawa"))
    now = reminder(loaded.fund, canada, Scope.of(Quarter(2026, 4), date(2026, 11, 27)), None)
    assert (now.language, now.address) == ("en", ("The Ambassador",))


@pytest.mark.usefixtures("fund")
@pytest.mark.parametrize("language", LANGUAGES)
@time_machine.travel(TODAY, tick=False)
def test_a_reminder_says_what_is_overdue_and_nothing_internal(fund: Path, language: str) -> None:
    loaded = load(fund)
    scope = Scope.of(Quarter(2026, 4), date(2026, 11, 27))
    letter = reminder(loaded.fund, loaded.fund.registry.donors["CAN"], scope, language)
    (made,) = letter.tables
    assert [row[:4] for row in made.rows] == [("PL-2026-001/1", date(2026, 2, 28), Decimal(272), "USD")]
    assert made.rows[0][4] == 5000
    page = letter_html(letter)
    assert f'lang="{language}"' in page
    assert "cuota" not in page.casefold()  # in the OAS that is the assessed contribution
    assert "RM-2026-11-27-CAN" in letter.reference
    assert [donor.code for donor in to_remind(loaded.fund, date(2026, 11, 27))] == ["CAN"]
    with pytest.raises(NothingOverdueError, match="nothing of MEX is overdue"):
        reminder(loaded.fund, loaded.fund.registry.donors["MEX"], scope, language)


@pytest.mark.usefixtures("fund")
@time_machine.travel(TODAY, tick=False)
def test_reminders_are_written_by_command(tmp_path: Path) -> None:
    assert "Letter: " in run("letter", "reminder", "--all", "--output", str(tmp_path / "letters"))
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["reminder-CAN-2026-Q4.html"]
    (line,) = rows("letter", "reminder", "--all")
    assert (line["Code"], line["File"]) == ("CAN", "reminder-CAN-2026-Q4.html")
    done = CliRunner().invoke(cli, ["letter", "reminder", "Mexico"])
    assert (done.exit_code, "nothing of MEX is overdue" in done.output) == (1, True)
    done = CliRunner().invoke(cli, ["letter", "reminder", "--all", "--as-of", "2026-02-28", "--quarter", "2026-Q1"])
    assert (done.exit_code, "nobody to remind" in done.output) == (1, True)


def test_a_contact_is_in_nothing_that_is_published(tmp_path: Path) -> None:
    """Nobody's address leaves the book with a report, least of all that of a donor who is not to be named."""
    copy = tmp_path / "main.beancount"
    contact = '2016-01-01 custom "donor-contact" "ARG"\n  addressee: "Dr Hidden"\n  address: "7 Quiet Lane"\n  email: "h@quiet.example"\n'
    copy.write_text(f'include "{EXAMPLE}"\n{contact}', encoding="utf-8")
    loaded, scope = load(copy), Scope.of(Quarter(2016, 4))
    assert not [finding for finding in loaded.findings if "contact" in finding.message]
    assert loaded.fund.directives.contacts
    for name, content in faces(loaded.fund, scope, document(report(loaded, scope)), ["json", "html", "csv"]):
        assert b"Quiet Lane" not in content, name
        assert b"Hidden" not in content, name
        assert b"quiet.example" not in content, name
