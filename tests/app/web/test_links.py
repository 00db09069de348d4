"""Every link of every page leads to a page.

The whole site by its addresses, and the sidebar in a real browser, from pages of every depth.
"""

import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.books import MORE, SMALL, VIEWED
from tests.conftest import EXAMPLE, Write, served
from tests.site import Links, Site

FAVA = [
    "income_statement",
    "balance_sheet",
    "trial_balance",
    "journal",
    "query",
    "holdings",
    "commodities",
    "documents",
    "events",
    "statistics",
    "editor",
    "errors",
    "options",
    "help",
]
OURS = ("Overview", "Pledges", "Donors", "Exceptions", "Quarters", "Workbench")
OLD_LINKS = """
2016-01-01 custom "fava-sidebar-link" "Outstanding instalments" "../query/?query_string=run%20instalments"
2016-01-01 custom "fava-sidebar-link" "Contributions by category" "../account/Income:Contributions/"
2016-01-01 custom "fava-sidebar-link" "Receipts of 2016-Q2" "../journal/?time=2016-Q2&filter=%23receipt"
2016-01-01 custom "fava-sidebar-link" "Pledges today" "../extension/Pledges/"
2016-01-01 custom "fava-sidebar-link" "Elsewhere" "https://www.oas.org/"
2016-01-01 custom "fava-sidebar-link" "This year" "/jump?time=2016"
2016-01-01 query "instalments" "SELECT instalment, outstanding FROM instalments"
"""


def leads_on(page: str, address: str) -> list[str]:
    """Return where a page leads: its links, and those of the sidebar, which Fava draws from the data of the page."""
    data = re.search(r'id="ledger-data">(.*?)</script>', page, re.DOTALL)
    sidebar = [link for _, link in json.loads(data[1])["sidebar_links"]] if data else []
    return [urljoin(address, link) for link in (*Links(page).found, *sidebar)]


@dataclass(frozen=True)
class Crawled:
    """What was found at an address: its status, and where it leads."""

    status: int
    links: tuple[str, ...]


def file_of(address: str) -> str:
    """Return the address of a file without its language.

    What is written in each is for other tests, and a PDF takes seconds.
    """
    parts = urlsplit(address)
    words = [word for word in parts.query.split("&") if not word.startswith("lang=")]
    return parts._replace(query="&".join(words)).geturl() if parts.path.endswith(("/download", "/bundle")) else address


def crawl(site: Site, period: str) -> dict[str, Crawled]:
    """Follow every link of every page, from every view and every page of Fava; of a file in several languages, one."""
    waiting = [f"{site.home}/{name}/{period}" for name in (*FAVA, *(f"extension/{name}" for name in OURS))]
    found: dict[str, Crawled] = {}
    opened = set[str]()
    while waiting:
        address = waiting.pop()
        if file_of(address) in opened:
            continue
        opened.add(file_of(address))
        answer = site.client.get(address)
        following: list[str] = []
        if "Location" in answer.headers:
            following = [urljoin(address, answer.headers["Location"])]
        elif answer.mimetype == "text/html" and "attachment" not in answer.headers.get("Content-Disposition", ""):
            following = leads_on(answer.get_data(as_text=True), address)
        answer.close()
        inside = [urlsplit(link) for link in following]
        links = [x._replace(fragment="").geturl() for x in inside if not x.netloc and x.path != "/jump"]
        found[address] = Crawled(answer.status_code, tuple(links))
        waiting += links
    return found


def broken(found: dict[str, Crawled]) -> list[tuple[str, int]]:
    return [(address, page.status) for address, page in found.items() if page.status >= 400]


@pytest.mark.uncovered
def test_every_link_of_every_page_of_the_example() -> None:
    found = crawl(Site.of(EXAMPLE), "")
    print(f"{len(found)} addresses, {sum(len(page.links) for page in found.values())} links")
    assert broken(found) == []
    assert len(found) > 300


@pytest.mark.uncovered
def test_every_link_of_a_quarter_and_the_quarter_stays_chosen() -> None:
    """From any page of the third quarter every link to a page has the filter of the quarter, every file has its name."""
    site = Site.of(EXAMPLE)
    found = crawl(site, "?time=2016-Q3")
    print(f"{len(found)} addresses, {sum(len(page.links) for page in found.values())} links")
    assert broken(found) == []
    ours = [(a, p) for a, p in found.items() if urlsplit(a).path.startswith(f"{site.home}/extension/") and "time=" in a]
    assert len(ours) > 300
    for address, page in ours:
        for link in page.links:
            words = parse_qs(urlsplit(link).query)
            if link.startswith(site.home) and "/extension/Overview/go" not in link:
                assert "2016-Q3" in {*words.get("time", ()), *words.get("quarter", ())}, (address, link)


@pytest.mark.uncovered
def test_every_link_of_a_book_of_all_kinds_with_the_old_lines(write: Write) -> None:
    found = crawl(Site.of(write(f"2016-01-01 {VIEWED}", SMALL, MORE, OLD_LINKS)), "?time=2016-Q2")
    print(f"{len(found)} addresses, {sum(len(page.links) for page in found.values())} links")
    assert broken(found) == []
    assert len(found) > 300


@pytest.mark.parametrize(
    ("words", "leads"),
    [
        ({"to": "query/?query_string=run%20x"}, "/query/?query_string=run+x&time=2016-Q3"),
        ({"to": "journal/?time=2015&filter=%23receipt"}, "/journal/?time=2015&filter=%23receipt"),
        ({"to": "//evil.example/"}, "/?time=2016-Q3"),
        ({"to": "https://evil.example/x"}, "/x/?time=2016-Q3"),
        ({"to": "../../x"}, "/x/?time=2016-Q3"),
        ({}, "/?time=2016-Q3"),
    ],
    ids=str,
)
def test_a_link_of_the_sidebar_leads_into_the_book_only(words: dict[str, str], leads: str) -> None:
    site = Site.of(EXAMPLE)
    query = urlencode(words)
    before = {"Referer": f"http://localhost{site.home}/extension/Overview/?time=2016-Q3"}
    answer = site.client.get(f"{site.home}/extension/Overview/go?{query}", headers=before)
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{site.home}{leads}"
    foreign = {"Referer": "http://evil.example/?time=1999"}
    assert (
        "1999" not in site.client.get(f"{site.home}/extension/Overview/go?{query}", headers=foreign).headers["Location"]
    )


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-US")
    yield context.new_page()
    context.close()


LINKS = (
    "[...document.querySelectorAll('a[href]')].map(a => new URL(a.getAttribute('href'), location).href.split('#')[0])"
)
DEPTHS = (
    "journal/",
    "account/Income:Contributions/",
    "extension/Overview/",
    "extension/Quarters/?statement=contributions",
    "query/",
)


@pytest.mark.browser
@pytest.mark.parametrize("which", ["example", "old"])
def test_the_sidebar_leads_from_pages_of_every_depth(which: str, page: Page, write: Write) -> None:
    """Every link that a reader sees, on Fava's own pages too; and each link of the book is clicked, from pages in turn."""
    path: Path = EXAMPLE if which == "example" else write(f"2016-01-01 {VIEWED}", SMALL, MORE, OLD_LINKS)
    with served(path) as base:
        page.goto(base)
        home = f"{base}/{page.url.split('/')[3]}"
        seen: dict[str, int] = {}
        for place in (*DEPTHS, *(f"{name}/" for name in FAVA)):
            page.goto(f"{home}/{place}")
            page.wait_for_selector("aside a")
            page.wait_for_load_state(
                "networkidle"
            )  # Fava draws its own pages; that of the errors is empty where there is none
            for link in page.evaluate(LINKS):
                if (
                    link.startswith(base)
                    and file_of(link) not in seen
                    and "/jump" not in link
                    and "/import/" not in link
                ):
                    seen[file_of(link)] = page.request.get(link).status
        assert [item for item in seen.items() if item[1] >= 400] == []
        print(f"{len(seen)} links in the browser")
        page.goto(f"{home}/{DEPTHS[0]}")
        links = page.locator("aside ul").first.locator("a")
        links.first.wait_for()
        for number, depth in zip(range(links.count()), itertools.cycle(DEPTHS)):
            page.goto(f"{home}/{depth}")
            link = page.locator("aside ul").first.locator("a").nth(number)
            if "oas.org" in (link.get_attribute("href") or ""):
                continue
            with page.expect_navigation() as arrived:
                link.click()
            assert arrived.value.status == 200, (depth, number)
            page.wait_for_selector("article *", state="attached")


@pytest.mark.browser
def test_the_period_stays_chosen_over_pages_of_fava(page: Page) -> None:
    """Chosen in the filter of a page of ours, kept on Fava's, over a link of the book, and back.

    Cleared, it is today again.
    """
    with served(EXAMPLE) as base:
        page.goto(base)
        page.wait_for_selector(".fund")
        page.fill('header input[placeholder="Time"]', "2016-Q3")
        page.keyboard.press("Enter")
        page.wait_for_selector(".fund:has-text('September 30, 2016')")
        for name, place in (
            ("Journal", "journal"),
            ("Receipts", r"journal/\?filter=%23receipt.*"),
            ("Donors", "extension/Donors"),
            ("Announced pledges", "account/Equity:Pledges:Announced"),
            ("Pledges", "extension/Pledges"),
            ("Balance Sheet", "balance_sheet"),
            ("Overview", "extension/Overview"),
        ):
            page.click(f"aside a:text-is('{name}')")
            page.wait_for_url(re.compile(rf"/{place}.*time=2016-Q3"))
            page.wait_for_load_state("networkidle")
            assert page.input_value('header input[placeholder="Time"]') == "2016-Q3"
        page.wait_for_selector(".fund:has-text('September 30, 2016')")
        page.fill('.fund input[name="as_of"]', "2016-09-10")
        page.click(".fund button:has-text('Show')")
        page.wait_for_selector(".fund:has-text('September 10, 2016')")
        assert page.input_value('header input[placeholder="Time"]') == "2016-07-01 to 2016-09-10"
        page.click("aside a:text-is('Pledges')")
        page.wait_for_selector(".fund:has-text('As of September 10, 2016')")
