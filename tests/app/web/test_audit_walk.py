"""A real browser walks an audit of the example, as docs/auditors.md tells it: figure, statement, entry.

Ageing; sample; bundle; keyboard; axe-core.
"""

import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser, Page

from app.cli import cli
from reports.views import VIEWS
from tests.books import MORE, SMALL, VIEWED
from tests.conftest import EXAMPLE, Write, served
from tests.site import SLUG

pytestmark = pytest.mark.browser
PAGES = (
    "Overview/",
    "Pledges/",
    "Pledges/?pledge=PL-2016-001",
    "Donors/",
    "Donors/?donor=ARG",
    "Exceptions/",
    "Quarters/?quarter=2016-Q3",
    "Quarters/?quarter=2016-Q3&statement=contributions",
    "Quarters/?quarter=2016-Q3&figure=contributions.total.quarter",
    "Workbench/?quarter=2016-Q3",
)


@pytest.fixture
def base(served_example: str) -> str:
    return f"{served_example}/{SLUG}/extension"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page in which every mistake of a script is a failure."""
    context = browser.new_context(locale="en-US", accept_downloads=True)
    opened, wrong = context.new_page(), []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert wrong == []


def go(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector(".fund")


def by_the_filter(page: Page) -> None:
    """Choose the third quarter in Fava's filter."""
    page.fill('header input[placeholder="Time"]', "2016-Q3")
    page.keyboard.press("Enter")
    page.wait_for_selector(".fund:has-text('September 30, 2016')")


def by_the_day(page: Page) -> None:
    """Choose the last day of the third quarter in the form of the page."""
    on(page, "2016-09-30")
    page.wait_for_selector(".fund:has-text('September 30, 2016')")


def on(page: Page, day: str) -> None:
    page.fill('.fund input[name="as_of"]', day)
    page.click(".fund button:has-text('Show') >> nth=0")


def to(page: Page, name: str) -> None:
    """Go to a view by the sidebar."""
    page.click(f"aside a:text-is('{name}')")
    page.wait_for_selector(f".fund h1:text-is('{name}')")


def aged(page: Page, day: str) -> dict[str, str]:
    """Return what is committed by its age, in the statement of a day."""
    page.wait_for_selector(f".fund .about:has-text('As of {day}')")
    rows = page.locator('[data-statement="ageing"] tbody tr')
    return {
        rows.nth(n).locator("td").nth(0).inner_text(): rows.nth(n).locator("td").nth(3).inner_text() for n in range(6)
    }


def from_the_figure_to_the_entry(page: Page) -> None:
    """Walk steps 1 and 2."""
    cards = page.locator(".cards li")
    assert [cards.nth(n).locator(".count").inner_text() for n in range(8)] == ["0"] * 7 + ["6"]
    assert "four-eyes: A worked example: nobody recorded or approved anything" in page.inner_text(".fund")
    assert page.inner_text('[data-figure="summary.1.committed"]') == "117,000.00"
    page.click('[data-figure="summary.1.received_quarter"] a')
    page.wait_for_selector("h2:has-text('Entries behind the figure (8)')")
    assert "2,657,506.00" in page.inner_text(".fund dl")
    to(page, "Quarters")
    page.click("text=2. Contributions received, by category and donor")
    page.wait_for_selector('[data-statement="contributions"]')
    given = page.locator('[data-statement="contributions"] tr', has_text="Argentina").locator("td.number").first
    assert given.inner_text() == "83,000.00"
    given.locator("a").click()
    page.wait_for_selector("h2:has-text('Entries behind the figure (1)')")
    assert "entries/2016.beancount:" in page.inner_text(".fund")
    page.click("text=Show in the journal")
    page.wait_for_selector("dialog:has-text('Contribution already donated')")
    assert not any(item.is_visible() for item in page.locator("dialog form button").all())
    page.keyboard.press("Escape")


def pledges_and_donors(page: Page, choose: Callable[[Page], None]) -> None:
    """Walk steps 3 and 4."""
    to(page, "Pledges")
    on(page, "2016-12-31")
    assert aged(page, "December 31, 2016")["not yet due"] == "117,000.00"
    on(page, "2017-01-01")
    assert aged(page, "January 1, 2017")["1 to 90 days"] == "117,000.00"
    page.locator('[data-statement="pledges"] a:has-text("PL-2016-001")').first.click()
    page.wait_for_selector(".life:has-text('Commitment of the 117,000'), .life:has-text('moved')")
    assert "August 26, 2016" in page.inner_text(".life")
    choose(page)
    to(page, "Donors")
    page.wait_for_selector(".fund:has-text('by the category that they have on September 30, 2016')")
    page.locator('[data-statement="registered"] a:text-is("Argentina")').click()
    page.wait_for_selector(".fund h2:text-is('Argentina')")
    assert "83,000.00" in page.inner_text(".fund")


def exceptions_and_sample(page: Page) -> None:
    """Walk steps 5 and 6."""
    to(page, "Exceptions")
    assert "Rules turned off on September 30, 2016, which find nothing" in page.inner_text("#pending")
    to(page, "Workbench")
    page.fill('input[name="seed"]', "audit of 2016")
    page.fill('input[name="size"]', "4")
    page.click("button:has-text('Draw')")
    page.wait_for_selector('[data-statement="sample"] caption:has-text("seed audit of 2016")')
    caption = page.inner_text('[data-statement="sample"] caption')
    assert "Receipts: 8 entries, 2,657,506.00 USD" in caption
    assert "interval 664,376.50 USD" in caption
    assert "United States" in page.inner_text('[data-statement="sample"] tbody')
    assert page.inner_text('[data-figure="population.1.value"]') == "2,657,506.00"  # statement 4
    assert page.inner_text('[data-figure="population.2.value"]') == "2,657,506.00"  # and nothing between


def take_away(page: Page, folder: Path) -> None:
    """Walk steps 7 and 8."""
    to(page, "Quarters")
    with page.expect_download() as waiting:
        page.click("text=Evidence bundle (en)")
    assert waiting.value.suggested_filename == "EXAMPLE-IACHR-2016-Q3-evidence.zip"
    with zipfile.ZipFile(waiting.value.path()) as archive:
        archive.extractall(folder)
    lines = [line.partition("  ") for line in (folder / "MANIFEST.sha256").read_text().splitlines()]
    assert all(sha256((folder / name).read_bytes()).hexdigest() == digest for digest, _, name in lines)
    workbook = folder / "EXAMPLE-IACHR-2016-Q3.xlsx"
    done = CliRunner().invoke(cli, ["verify", str(workbook), "--book", str(EXAMPLE)])
    assert (done.exit_code, "equal, byte for byte" in done.stdout) == (0, True), done.output


@pytest.mark.parametrize("choose", [by_the_filter, by_the_day])
def test_the_audit_by_clicks_alone(page: Page, base: str, choose: Callable[[Page], None], tmp_path: Path) -> None:
    """docs/auditors.md from its first step to its last.

    No address is typed but that of the book (figures: IACHR press releases).
    """
    go(page, base.partition(f"/{SLUG}")[0])
    choose(page)
    from_the_figure_to_the_entry(page)
    pledges_and_donors(page, choose)
    exceptions_and_sample(page)
    take_away(page, tmp_path)


def test_an_entry_leads_to_its_document(browser: Browser, write: Write, tmp_path: Path) -> None:
    folder = tmp_path / "documents" / "2016"
    folder.mkdir(parents=True)
    notice = folder / "notice.txt"
    notice.write_text("Bank notice (example)", encoding="utf-8")
    from ledger.book.loading import load  # noqa: PLC0415 - only here

    main = write(f"2016-01-01 {VIEWED}", SMALL, MORE)
    book = load(main)
    entry = next(r.entry for r in book.fund.receipts if r.number == "R-2016-0001")
    proof = f'\n2016-05-06 document Assets:Bank:Operating "documents/2016/notice.txt"\n  evidence-of: "{book.fund.digest(entry)}"\n  evidence-sha256: "{sha256(notice.read_bytes()).hexdigest()}"\n'
    main.write_text(main.read_text(encoding="utf-8") + proof, encoding="utf-8")
    with served(main) as address:
        page = browser.new_context().new_page()
        page.goto(address)
        home = page.url.split("/")[3]
        go(page, f"{address}/{home}/extension/Quarters/?quarter=2016-Q2&figure=receipts.1.value")
        link = page.locator("a", has_text="notice.txt").get_attribute("href")
        answer = page.request.get(f"{address}{link}")
        assert answer.text() == "Bank notice (example)"
        assert answer.headers["content-security-policy"].startswith("sandbox")
        page.context.close()


def test_a_sample_is_the_same_for_everybody(browser: Browser, base: str) -> None:
    drawn = []
    for _ in range(2):
        context = browser.new_context()
        page = context.new_page()
        go(page, f"{base}/Workbench/?quarter=2016-Q3")
        page.fill('input[name="seed"]', "audit of 2016")
        page.fill('input[name="size"]', "4")
        page.click("button:has-text('Draw')")
        page.wait_for_url("**seed=audit+of+2016**")
        page.wait_for_selector('[data-statement="sample"]')
        drawn.append(page.locator('[data-statement="sample"]').inner_text())
        context.close()
    assert drawn[0] == drawn[1]
    assert "United States" in drawn[0]  # 2,115,506.00 of 2,657,506.00 is more than the interval


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, base: str, scheme: str) -> None:
    """The whole page, Fava's part too; no rule is left out."""
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True)
    page = context.new_page()
    for address in PAGES:
        go(page, f"{base}/{address}")
        found = Axe().run(page).response["violations"]
        serious = [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in {"serious", "critical"}]
        assert serious == [], address
        inside = Axe().run(page, context=".fund").response["violations"]
        assert [v["id"] for v in inside] == [], address
    context.close()


def test_a_phone_needs_no_sideways_scrolling_but_in_tables(browser: Browser, base: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    for address in PAGES:
        go(page, f"{base}/{address}")
        wide = page.evaluate(
            "[...document.querySelectorAll('.fund h1, .fund h2, .fund p, .fund form, .fund .scroll, .fund dl, .fund ul, .fund svg')]"
            ".filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"
        )
        assert wide == [], address
    context.close()


@pytest.mark.parametrize("name", VIEWS)
def test_the_keyboard_alone_reaches_everything(page: Page, base: str, name: str) -> None:
    """Tabbing through a view touches every link, field, button and scrolling table, and what has the focus can be seen."""
    go(page, f"{base}/{name}/?quarter=2016-Q3")
    wanted = page.evaluate(
        "(() => { const all = [...document.querySelectorAll('.fund a[href], .fund button, .fund input:not([type=hidden]), .fund select, .fund summary, .fund [tabindex=\"0\"]')];"
        " all.forEach((e, n) => e.dataset.n = n); return all.length; })()"
    )
    reached: set[str] = set()
    page.evaluate("document.querySelector('.fund').tabIndex = -1; document.querySelector('.fund').focus()")
    for _ in range(wanted + 40):  # a day has three fields of its own
        page.keyboard.press("Tab")
        place = page.evaluate("document.activeElement.dataset ? document.activeElement.dataset.n ?? '' : ''")
        if place:
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none"
            reached.add(place)
        if len(reached) == wanted:
            break
    assert len(reached) == wanted


def test_what_only_would_be_refused_is_hidden(page: Page, base: str) -> None:
    go(page, f"{base}/Overview/")
    for selector in ('a[href="#add-transaction"]', 'a[href*="/import/"]'):
        assert not any(item.is_visible() for item in page.locator(selector).all())
    page.goto(f"{base.removesuffix('/extension')}/editor/")
    page.wait_for_selector("form.fixed-fullsize-container")
    assert not any(item.is_visible() for item in page.locator('form button[type="submit"]').all())


def test_plain_fava_pages_still_work(page: Page, base: str) -> None:
    """The policy of what a page may load lets Fava's own scripts, styles and the query editor run."""
    home = base.removesuffix("/extension")
    for name in (
        "income_statement",
        "balance_sheet",
        "journal",
        "documents",
        "statistics",
        "holdings",
        "editor",
        "query",
    ):
        page.goto(f"{home}/{name}/")
        page.wait_for_selector("article *")
    page.goto(
        f"{home}/query/?query_string=SELECT%20donor%2C%20sum(outstanding)%20FROM%20instalments%20GROUP%20BY%20donor"
    )
    page.wait_for_selector("td:has-text('United States')")
