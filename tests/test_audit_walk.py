"""A real browser walks an audit of the example, as docs/auditors.md tells it: figure, statement, entry; ageing; sample; bundle; keyboard; axe-core."""

import io
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from reports.views import VIEWS
from tests.conftest import EXAMPLE, Write, needs, served
from tests.test_fava import SLUG
from tests.test_money_statements import MORE
from tests.test_statements import BOOK
from tests.test_views import VIEWED

pytestmark = pytest.mark.browser
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = needs("chromium", "chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=QUIET.split())
        yield started
        started.close()


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with served(EXAMPLE) as address:
        yield f"{address}/{SLUG}/extension"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give a page in which every mistake of a script is a failure."""
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


def test_from_the_overview_to_the_entry(page: Page, base: str) -> None:
    """Contributions of the third quarter: 2,657,506.00, of which Argentina gave 83,000.00 on 8 September (IACHR press releases)."""
    go(page, f"{base}/Overview/?quarter=2016-Q3")
    page.click('[data-figure="summary.1.received_quarter"] a')
    page.wait_for_selector("h2:has-text('Entries behind the figure (8)')")
    go(page, f"{base}/Quarters/?quarter=2016-Q3")
    page.click("text=2. Contributions received, by category and donor")
    page.wait_for_selector('[data-statement="contributions"]')
    row = page.locator("tr", has_text="Argentina")
    assert row.locator("td.number").first.inner_text() == "83,000.00"
    row.locator("td.number a").first.click()
    page.wait_for_selector("h2:has-text('Entries behind the figure (1)')")
    assert "entries/2016.beancount:" in page.inner_text(".fund")
    page.click("text=Show in the journal")
    page.wait_for_selector("dialog:has-text('Contribution already donated')")
    assert not any(item.is_visible() for item in page.locator("dialog form button").all())


def test_an_entry_leads_to_its_document(browser: Browser, write: Write, tmp_path: Path) -> None:
    folder = tmp_path / "documents" / "2016"
    folder.mkdir(parents=True)
    notice = folder / "notice.txt"
    notice.write_text("Bank notice (example)", encoding="utf-8")
    from ledger.loading import load  # noqa: PLC0415 - only here

    main = write(f"2016-01-01 {VIEWED}" + BOOK + MORE)
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


def test_ageing_at_two_dates(page: Page, base: str) -> None:
    """The committed 117,000.00 of Argentina: due on 31 December 2016, one day overdue the day after."""
    seen = []
    for day in ("2016-12-31", "2017-01-01"):
        go(page, f"{base}/Pledges/?as_of={day}")
        rows = page.locator('[data-statement="ageing"] tbody tr')
        seen.append(
            {
                rows.nth(n).locator("td").nth(0).inner_text(): rows.nth(n).locator("td").nth(3).inner_text()
                for n in range(6)
            }
        )
    assert seen[0]["not yet due"] == seen[1]["1 to 90 days"] == "117,000.00"
    assert seen[0]["1 to 90 days"] == seen[1]["not yet due"] == "–"
    page.fill('input[name="as_of"]', "2016-12-31")
    page.click("text=Show >> nth=0")
    page.wait_for_url("**as_of=2016-12-31**")
    assert "As of December 31, 2016" in page.inner_text(".fund")


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


def test_the_bundle_is_downloaded_and_verified(page: Page, base: str) -> None:
    go(page, f"{base}/Quarters/?quarter=2016-Q3")
    with page.expect_download() as waiting:
        page.click("text=Evidence bundle (en)")
    content = Path(waiting.value.path()).read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        lines = [line.partition("  ") for line in archive.read("MANIFEST.sha256").decode().splitlines()]
        assert len(lines) >= 6
        assert all(sha256(archive.read(name)).hexdigest() == digest for digest, _, name in lines)


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
