"""The views in a real Fava application, without a browser.

Every figure is that of a statement, nothing is changed, nothing breaks.

What needs a browser is in tests/app/web/test_audit_walk.py.
"""

import os
import re
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from markupsafe import escape

from app.web.application import make_application
from app.web.closed import OPEN
from ledger.book.loading import load
from ledger.ground.periods import Quarter
from reports.audit.populations import POPULATIONS, population_table
from reports.audit.sampling import draw, sample_table
from reports.audit.tests import TESTS
from reports.document import document, translate_table
from reports.faces.numbers import format_cell
from reports.report import report
from reports.scope import Scope
from reports.table import Table
from reports.translation import LANGUAGES, Translator
from reports.views import VIEWS
from reports.views.donors import donor_tables, registered_table
from reports.views.exceptions import exception_tables
from reports.views.pledges import pledge_tables
from tests.books import MORE, SMALL, VIEWED
from tests.conftest import EXAMPLE, Write
from tests.generate_book import write_book
from tests.site import Cells, Site, unpacked


@pytest.fixture(scope="module")
def example() -> Site:
    return Site.of(EXAMPLE)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Site:
    path = write_book(tmp_path_factory.mktemp("generated"), transactions=600)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n2005-01-01 {VIEWED}")
    return Site.of(path)


@pytest.fixture
def small(write: Write) -> Site:
    return Site.of(write(f"2016-01-01 {VIEWED}", SMALL, MORE))


def expected(tables: tuple[Table, ...], language: str) -> dict[str, str]:
    """Write every figure of statements, as a page shows it."""
    found: dict[str, str] = {}
    for table in tables:
        for column_number, column in enumerate(table.columns):
            if not column.kind.number:
                continue
            for number, row in enumerate(table.rows, 1):
                found[f"{table.key}.{number}.{column.key}"] = format_cell(row[column_number], column.kind, language)
            if table.totals and table.rows and table.totals[column_number] is not None:
                found[f"{table.key}.total.{column.key}"] = format_cell(
                    table.totals[column_number], column.kind, language
                )
    return found


def compare(page: str, tables: tuple[Table, ...], language: str) -> int:
    """Hold every figure of a page against the statements; give how many there were."""
    shown, wanted = Cells(page).found, expected(tables, language)
    assert shown.keys() <= wanted.keys()
    assert {place: text.strip() for place, text in shown.items()} == {place: wanted[place] for place in shown}
    return len(shown)


def pages_of(site: Site, address: str, language: str, **words: str) -> Iterator[str]:
    """Return the pages of a long view, following the link to the next."""
    page = site.view(address, language, **words)
    yield page
    seen = {1}
    while True:
        following = {int(n) for link in Cells(page).links for n in re.findall(r"[?&]first=(\d+)", link)} - seen
        if not following:
            return
        seen.add(min(following))
        page = site.view(address, language, **words, first=str(min(following)))
        yield page


@pytest.mark.uncovered
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("which", ["example", "generated"])
def test_every_figure_on_every_view_is_that_of_a_statement(
    which: str, language: str, request: pytest.FixtureRequest
) -> None:
    site: Site = request.getfixturevalue(which)
    book = load(site.path)
    quarter = Quarter(2016, 3) if which == "example" else Quarter(2012, 3)
    scope = Scope(quarter, quarter.end, language=language, published=False)
    words = Translator(language)
    made = report(book, scope)
    of = document(made)
    asked = {"quarter": str(quarter)}
    own = (translate_table(registered_table(book.fund, scope), words), *exception_tables(book, scope))
    receipts = POPULATIONS["receipts"][1](made.of)
    sample = sample_table(book, draw(receipts, "1", 25, of.digest), book.fund.unit)
    drawn = (sample, population_table(receipts, scope, book.fund.unit))
    bench = tuple(translate_table(one, words) for one in (*drawn, *(test(book, scope) for test in TESTS.values())))
    total = 0
    for name in VIEWS:
        page = site.view(name, language, **asked)
        total += compare(page, (*of.tables, *own, *bench), language)
    statements = of.tables if language == "en" else of.tables[:12]
    for table in statements:
        shown: dict[str, str] = {}
        for page in pages_of(site, "Quarters", language, **asked, statement=table.key):
            total += compare(page, of.tables, language)
            shown |= Cells(page).found
        assert shown.keys() == expected((table,), language).keys()  # the pages together have every figure
    assert total > 300


def test_every_figure_of_a_donor_and_of_a_pledge_is_that_of_its_statement(small: Site) -> None:
    book = load(small.path)
    scope = Scope(Quarter(2016, 2), Quarter(2016, 2).end, published=False)
    for code in ("ESP", "MEX", "PAN", "CHL"):
        tables = donor_tables(book.fund, book.fund.registry.donors[code], scope)
        assert compare(small.view("Donors", quarter="2016-Q2", donor=code), tables, "en")
    for name, pledge in book.fund.pledges.items():
        page = small.view("Pledges", quarter="2016-Q2", pledge=name)
        assert compare(page, pledge_tables(book.fund, pledge, scope), "en")


def test_a_figure_leads_to_its_entries_and_the_entries_to_their_lines(small: Site) -> None:
    page = small.view("Quarters", quarter="2016-Q2", statement="contributions")
    links = [link for link in Cells(page).links if "figure=" in link]
    assert links
    for link in links:
        answer = small.client.get(link)
        text = answer.get_data(as_text=True)
        assert answer.status_code == 200
        assert "main.beancount:" in text, link
        assert "#context-" in text
    spain = small.view("Quarters", quarter="2016-Q2", figure="contributions.1.quarter")
    assert "2,657" not in spain


def test_ageing_at_two_dates_is_that_of_the_statement(small: Site) -> None:
    book = load(small.path)
    seen = set()
    for day in ("2016-05-31", "2016-12-15"):
        quarter = Quarter.of(type(load(small.path).fund.as_of).fromisoformat(day))
        scope = Scope(quarter, type(book.fund.as_of).fromisoformat(day), published=False)
        found = Cells(small.view("Pledges", as_of=day)).found
        wanted = expected((document(report(book, scope)).table("ageing"),), "en")
        assert {place: found[place].strip() for place in wanted} == wanted
        seen.add(tuple(sorted(wanted.items())))
    assert len(seen) == 2


def test_filters_choose_lines_and_change_no_figure(example: Site) -> None:
    whole = Cells(example.view("Quarters", quarter="2016-Q3", statement="contributions")).found
    page = example.view(
        "Quarters", quarter="2016-Q3", statement="contributions", account="Income:Contributions:MemberStates:Mexico"
    )
    chosen = Cells(page).found
    assert 0 < len(chosen) < len(whole)
    assert chosen.items() <= whole.items()
    assert "Lines that the filters leave out" in page
    timed = example.view("Overview", time="2016-Q3")
    assert "2016-Q3" in timed
    assert Cells(timed).found["summary.1.received_quarter"].strip() == "2,657,506.00"


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize(
    "words",
    [
        {"quarter": "2016-Q9"},
        {"as_of": "soon"},
        {"as_of": "0001-01-01"},
        {"as_of": "9999-12-31"},
        {"as_of": "2016-01-01", "quarter": "2016-Q3"},
        {"basis": "hope"},
        {"statement": "nope"},
        {"figure": "nope"},
        {"figure": "contributions.99999999999.quarter"},
        {"figure": "contributions.1.quarter", "of": "donor:NOPE"},
        {"figure": "sample.1.value", "of": "workbench:x"},
        {"pledge": "PL-0000-000"},
        {"donor": "<script>"},
        {"population": "x"},
        {"size": "0"},
        {"size": "99999999999999999999"},
        {"seed": "\x00\n"},
        {"first": "99999999"},
        {"first": "-1"},
        {"time": "never"},
        {"time": "2016-02-30"},
        {"time": "2016 to 2015"},
        {"time": "9999-12-31"},
        {"time": "0001"},
        {"filter": "((("},
        {"account": "["},
        {"account": "("},
        {"quarter": "9999-Q4"},
        {"size": "000109999", "seed": "x"},
        {"figure": "sample.1.value", "of": "workbench:"},
        {"first": "2", "quarter": "2016-Q3", "extension_name": "x", "_external": "1", "_anchor": "y"},
    ],
    ids=str,
)
def test_whatever_is_asked_for_is_answered(example: Site, name: str, words: dict[str, str]) -> None:
    answer = example.get(f"extension/{name}/", **words)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200, text[-500:]
    assert "Traceback" not in text
    assert "<script>alert" not in text


def test_a_refusal_is_in_the_language_of_the_reader(example: Site) -> None:
    assert "2016-Q9&#39; no es un trimestre: escríbalo como 2016-Q3" in example.view("Donors", "es", quarter="2016-Q9")
    answer = example.get("extension/Quarters/download", "fr", quarter="2016-Q3", format="exe")
    assert answer.get_data(as_text=True).startswith("format\u00a0: l'un de xlsx, json")


def test_downloads_in_every_format_and_language(example: Site) -> None:
    for kind in ("xlsx", "json", "csv", "iati", "html"):
        for language in LANGUAGES:
            answer = example.get("extension/Quarters/download", quarter="2016-Q3", format=kind, lang=language)
            assert answer.status_code == 200
            name = answer.headers["Content-Disposition"]
            assert f"EXAMPLE-IACHR-2016-Q3{'' if language == 'en' else '-' + language}" in name
    answer = example.get("extension/Quarters/download", quarter="2016-Q3", format="exe")
    assert (answer.status_code, "xlsx" in answer.get_data(as_text=True)) == (400, True)
    answer = example.get("extension/Quarters/download", quarter="2016-Q3", format="xlsx", lang="xx")
    assert answer.status_code == 400


def test_a_download_is_what_the_command_writes(example: Site) -> None:
    scope = Scope.of(Quarter(2016, 3))
    from reports.faces.workbook.build import build  # noqa: PLC0415 - only here

    answer = example.get("extension/Quarters/download", quarter="2016-Q3", format="xlsx")
    assert answer.get_data() == build(document(report(load(EXAMPLE), scope)))


def test_each_table_comes_as_csv(example: Site) -> None:
    for name in VIEWS:
        links = [link for link in Cells(example.view(name, quarter="2016-Q3")).links if "/csv?" in link]
        for link in links:
            answer = example.client.get(link)
            assert (answer.status_code, answer.mimetype) == (200, "text/csv"), link
    assert example.get("extension/Quarters/csv", table="nope").status_code == 400


def test_a_bundle_verifies_itself(example: Site) -> None:
    first = example.get("extension/Quarters/bundle", quarter="2016-Q3").get_data()
    assert first == Site.of(EXAMPLE).get("extension/Quarters/bundle", quarter="2016-Q3").get_data()
    files = unpacked(first)
    lines = [line.partition("  ") for line in files.pop("MANIFEST.sha256").decode().splitlines()]
    manifest = {name: digest for digest, _, name in lines}
    assert manifest == {name: sha256(content).hexdigest() for name, content in files.items()}
    assert {
        "README.txt",
        "entries.beancount",
        "EXAMPLE-IACHR-2016-Q3.xlsx",
        "EXAMPLE-IACHR-2016-Q3.json",
    } <= files.keys()
    assert b"sha256sum --check MANIFEST.sha256" in files["README.txt"]
    assert files["entries.beancount"].count(b"sha256:") == 11  # the example's entries of the year up to the day
    for language in LANGUAGES:
        other = unpacked(example.get("extension/Quarters/bundle", quarter="2016-Q3", lang=language).get_data())
        assert (other["README.txt"] == files["README.txt"]) == (language == "en")


def test_the_bundle_of_a_sample_has_its_entries(generated: Site) -> None:
    asked = {"quarter": "2012-Q3", "population": "receipts", "size": "5", "seed": "audit"}
    answer = generated.get("extension/Workbench/bundle", **asked)
    files = unpacked(answer.get_data())
    rows = files["sample.csv"].decode("utf-8-sig").strip().splitlines()
    assert len(rows) - 1 == files["entries.beancount"].count(b"sha256:") > 0
    assert generated.get("extension/Workbench/bundle", **asked).get_data() == answer.get_data()


HOSTILE = """
1900-01-01 custom "donor" "EVIL"
  account: "Evil"
  kind: "private-institution"
  name-en: "<script>alert(2)</script>"
2004-06-08 custom "donor-status" "EVIL" "other"

2016-04-01 * "<script>alert(1)</script>" "=HYPERLINK(\\"http://x\\") {donor} {0}" #receipt
  receipt-number: "R-2016-0001"
  bank-reference: "<img src=x onerror=alert(1)>"
  Assets:Bank:Operating                               1000.00 USD
  Income:Contributions:Others:Evil                   -1000.00 USD
"""
NAMED = "<img src=x onerror=alert(3)>.html"


def test_text_of_the_book_is_text(write: Write) -> None:
    path = write(f"2016-01-01 {VIEWED}" + HOSTILE)
    (entry,) = [receipt.entry for receipt in load(path).fund.receipts]
    folder = path.parent / "documents" / "2016"
    folder.mkdir(parents=True)
    (folder / NAMED).write_text("<script>alert(4)</script>", encoding="utf-8")
    proof = sha256((folder / NAMED).read_bytes()).hexdigest()
    digest = load(path).fund.digest(entry)
    document_line = f'2016-04-02 document Assets:Bank:Operating "documents/2016/{NAMED}"\n'
    with path.open("a", encoding="utf-8") as file:
        file.write(f'\n{document_line}  evidence-of: "{digest}"\n  evidence-sha256: "{proof}"\n')
    site = Site.of(path)
    for name in VIEWS:
        for words in ({}, {"figure": "receipts.1.value"}, {"statement": "receipts"}, {"donor": "EVIL"}):
            page = site.view(name, quarter="2016-Q2", **words).partition('id="ledger-data"')[0]
            assert "<script>alert" not in page
            assert "<img src=x" not in page
    shown = site.view("Quarters", quarter="2016-Q2", figure="receipts.1.value")
    assert "&lt;script&gt;alert(1)" in shown
    assert "&lt;img src=x onerror=alert(3)&gt;.html" in shown
    assert "&lt;script&gt;alert(2)" in site.view("Donors", quarter="2016-Q2", donor="EVIL")
    (link,) = [link for link in Cells(shown).links if "/document/" in link]
    answer = site.client.get(link)
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    answer.close()
    table = site.get("extension/Quarters/csv", quarter="2016-Q2", table="entries").get_data(as_text=True)
    assert "'=HYPERLINK" in table


def test_read_only_holds_for_every_route_and_method(example: Site) -> None:
    before = {path: path.read_bytes() for path in EXAMPLE.parent.rglob("*.beancount")}
    app = example.client.application
    for rule in app.url_map.iter_rules():
        address = re.sub(r"<[^>]*bfile>", example.home[1:], rule.rule)
        address = re.sub(r"<[^>]*>", "x", address)
        for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
            assert example.client.open(address, method=method).status_code == 405, (method, address)
        assert example.client.open(address, method="OPTIONS").status_code == 204
        answer = example.client.get(address)
        got = answer.status_code
        answer.close()
        assert example.client.head(address).status_code == got, address
        assert example.client.head(address).get_data() == b""
        if rule.endpoint not in OPEN and "GET" in (rule.methods or ()):
            assert got == 403, address
    assert {path: path.read_bytes() for path in before} == before


def test_what_is_closed() -> None:
    every = {rule.endpoint for rule in make_application(EXAMPLE).url_map.iter_rules()}
    closed = {name for name in every - OPEN if ".get_" in name or "." not in name}
    assert closed == {"json_api.get_extract", "json_api.get_imports", "statement"}
    assert every >= OPEN  # nothing is open that Fava does not have


@pytest.mark.parametrize(
    "address",
    [
        "document/?filename=/etc/passwd",
        "document/?filename=../../../../etc/passwd",
        "statement/?entry_hash=x&key=y",
        "api/source?filename=/etc/passwd",
        "api/extract?filename=/etc/passwd&importer=x",
        "extension/Quarters/../../../static/app.js",
        "extension/Nope/",
        "extension/State/",
        "extension_js_module/Overview.js",
        "extension/Overview/shown",
        "import/",
    ],
)
def test_nothing_else_is_handed_out(example: Site, address: str) -> None:
    answer = example.client.get(f"{example.home}/{address}")
    assert answer.status_code in {400, 403, 404, 500}
    assert b"root:" not in answer.get_data()


def test_another_slug_is_not_found(example: Site) -> None:
    assert example.client.get("/another-book/extension/Overview/").status_code == 404


def test_every_answer_has_the_headers(example: Site) -> None:
    for address in (
        "/",
        f"{example.home}/extension/Overview/",
        "/static/app.js",
        "/nowhere",
        f"{example.home}/api/errors",
    ):
        answer = example.client.get(address)
        headers = answer.headers
        answer.close()
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
    assert (
        example.client.get(f"{example.home}/document/?filename=x")
        .headers["Content-Security-Policy"]
        .startswith("sandbox")
    )


def test_a_book_with_errors_is_shown_with_them(write: Write) -> None:
    wrong = """
    2016-04-02 * "Mexico" "No number" #receipt
      Assets:Bank:Operating                                100.00 USD
      Income:Contributions:MemberStates:Mexico            -100.00 USD
    """
    site = Site.of(write(f"2016-01-01 {VIEWED}", SMALL, MORE, wrong))
    assert "the receipt has no receipt number" in site.view("Exceptions", quarter="2016-Q2")
    assert "DRAFT" in site.view("Overview", quarter="2016-Q2")
    name = site.get("extension/Quarters/download", quarter="2016-Q2", format="xlsx").headers["Content-Disposition"]
    assert "draft" in name


def test_each_exception_leads_to_its_line(write: Write) -> None:
    waiver = """
    2016-05-01 custom "waiver" "receipt-number" "R-2016-0099"
      reason: "The pad of numbers was lost (example)"
      approved-by: "treasurer-1"
      expires: 2016-12-31
    """
    site = Site.of(write(f"2016-01-01 {VIEWED}", SMALL, MORE, waiver))
    links = Cells(site.view("Exceptions", quarter="2016-Q2")).links
    text = site.path.read_text(encoding="utf-8").splitlines()
    lines = {text[int(n) - 1].strip() for link in links for n in re.findall(r"[?&]line=(\d+)", link)}
    assert any('custom "waiver"' in line for line in lines), lines
    (journal,) = [link for link in links if "/journal/" in link and "UR-2016-001" in link]
    assert site.client.get(journal).status_code == 200


@pytest.mark.parametrize(
    "amount", ["99999999999999999999999999.00", "1234567890123456789012345.678901", "9" * 37 + ".00"]
)
def test_an_amount_beyond_reckoning_is_said_and_breaks_nothing(write: Write, amount: str) -> None:
    gift = f"""
    2016-04-02 * "Mexico" "Gift" #receipt
      receipt-number: "R-2016-0001"
      Assets:Bank:Operating                                {amount} USD
      Income:Contributions:MemberStates:Mexico            -{amount} USD
    """
    site = Site.of(write(f"2016-01-01 {VIEWED}" + gift))
    for name in VIEWS:
        site.view(name, quarter="2016-Q2")
    assert "too-large" in "".join(finding.code for finding in load(site.path).errors)


def test_an_entry_at_the_end_of_the_calendar_breaks_nothing(write: Write) -> None:
    late = """
    9999-12-31 * "Mexico" "Gift" #receipt
      receipt-number: "R-9999-0001"
      Assets:Bank:Operating                                1.00 USD
      Income:Contributions:MemberStates:Mexico            -1.00 USD
    """
    site = Site.of(write(f"2016-01-01 {VIEWED}", SMALL, MORE, late))
    for name in VIEWS:
        assert "640.00" in site.view(name, quarter="2016-Q2") or name in {
            "Pledges",
            "Exceptions",
            "Quarters",
            "Workbench",
        }
        site.view(name)


def test_an_empty_book_is_shown(write: Write) -> None:
    site = Site.of(write(f"2016-01-01 {VIEWED}"))
    for name in VIEWS:
        page = site.view(name)
        assert "Traceback" not in page


def changed(path: Path, text: str) -> None:
    """Write a file so that its time is later, whatever the clock of the disk."""
    before = path.stat().st_mtime_ns
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(before + 2_000_000_000, before + 2_000_000_000))


def await_change(site: Site, words: str, name: str = "Overview", **asked: str) -> str:
    """Ask again until Fava's watcher has seen the change."""
    for _ in range(100):
        answer = site.get(f"extension/{name}/", **{"quarter": "2016-Q2", **asked})
        page = answer.get_data(as_text=True)
        if words in page:
            return page
        time.sleep(0.1)
    raise AssertionError(f"{words} is not seen: {page[-2000:]}")


LATE = """
2016-06-29 * "Peru" "Late gift" #receipt
  receipt-number: "R-2016-0099"
  Assets:Bank:Operating                                 11.11 USD
  Income:Contributions:MemberStates:Peru               -11.11 USD
"""


def test_a_change_is_seen_and_a_broken_book_recovers(write: Write) -> None:
    path = write(f"2016-01-01 {VIEWED}", SMALL, MORE)
    text, site = path.read_text(encoding="utf-8"), Site.of(path)
    receipts = {"name": "Quarters", "statement": "receipts"}
    page = await_change(site, "640.00", **receipts)
    assert "11.11" not in page
    changed(path, text + LATE)
    await_change(site, "11.11", **receipts)
    changed(path, text.replace('plugin "plugins.fund"', 'plugin "plugins.nothing"'))
    await_change(site, "no rule was applied", "Exceptions")
    changed(path, "this is no book\n")
    await_change(site, "2016-Q2")
    for name in VIEWS:
        assert site.get(f"extension/{name}/").status_code == 200
    changed(path, text)
    page = await_change(site, "640.00", **receipts)
    assert "11.11" not in page
    assert "Nothing to show" not in page


def test_a_book_that_is_away_for_a_moment_is_read_again(write: Write) -> None:
    """Deleted, asked for, and written back; and a new file beside it that a pattern includes."""
    path = write(f"2016-01-01 {VIEWED}", SMALL, MORE)
    text = path.read_text(encoding="utf-8") + '\ninclude "more/*.beancount"\n'
    (path.parent / "more").mkdir()
    (path.parent / "more" / "a.beancount").write_text("", encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    site = Site.of(path)
    receipts = {"name": "Quarters", "statement": "receipts"}
    path.unlink()
    assert site.get("extension/Overview/").status_code == 200
    assert site.get("extension/Pledges/").status_code == 200
    path.write_text(text, encoding="utf-8")
    assert "640.00" in await_change(site, "640.00", **receipts)
    (path.parent / "more" / "b.beancount").write_text(LATE, encoding="utf-8")
    assert "11.11" in await_change(site, "11.11", **receipts)


@pytest.mark.parametrize(
    "query",
    [
        ".output {path}",
        ".OUTPUT {path}",
        " .output {path}",
        "output {path}",
        "CREATE TABLE t USING 'csv:{path}'",
        "create table t using 'csv:{path}'",
        "/* SELECT */ CREATE TABLE t USING 'csv:{path}'",
        "INSERT INTO postings VALUES (1)",
        ".history clear",
        "set boxed true",
        ".explain SELECT 1",
    ],
)
def test_a_query_asks_and_does_nothing(write: Write, query: str) -> None:
    path = write(f"2016-01-01 {VIEWED}", SMALL)
    before, site = path.read_bytes(), Site.of(path)
    for address in ("api/query", "download-query/query_result.csv"):
        answer = site.get(address, query_string=query.format(path=path))
        text = answer.get_data(as_text=True)
        assert "begins with one of" in text or "syntax error" in text or "error" in text.lower(), text
        answer.close()
    for second in (f".output {path}", f"CREATE TABLE t USING 'csv:{path}'"):  # only the first of two is answered
        assert '"name":"1"' in site.get("api/query", query_string=f"SELECT 1; {second}").get_data(as_text=True)
    assert path.read_bytes() == before
    good = site.get("api/query", query_string="SELECT donor FROM instalments").get_data(as_text=True)
    assert "Spain" in good


def test_a_document_outside_the_book_is_not_handed_out(write: Write, tmp_path: Path) -> None:
    secret = tmp_path.parent / f"{tmp_path.name}-secret.txt"
    secret.write_text("secret", encoding="utf-8")
    named = f'2016-05-04 document Assets:Bank:Operating "{secret}"\n'
    named += '2016-05-04 document Assets:Bank:Operating "documents/link.txt"\n'
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "link.txt").symlink_to(secret)
    site = Site.of(write(f"2016-01-01 {VIEWED}", SMALL, named))
    for name in (secret, tmp_path / "documents" / "link.txt", tmp_path / "documents" / ".." / ".." / secret.name):
        answer = site.get("document/", filename=str(name))
        assert answer.status_code == 403
        assert b"secret" not in answer.get_data()


def test_the_titles_and_words_are_in_the_language_of_the_reader(example: Site) -> None:
    titles = {language: [Translator(language).say(n) for n in map(_term, VIEWS)] for language in LANGUAGES}
    for language in LANGUAGES:
        for name, title in zip(VIEWS, titles[language], strict=True):
            assert f"<h1>{escape(title)}</h1>" in example.view(name, language)
    french = example.view("Quarters", "fr", quarter="2016-Q3", statement="contributions")
    assert "2\u202f657\u202f506,00" in french


def _term(name: str) -> object:
    from reports import views  # noqa: PLC0415 - its classes are found by name

    return getattr(views, name).title


def test_links_stay_on_the_site(example: Site) -> None:
    for name in VIEWS:
        for link in Cells(example.view(name, quarter="2016-Q3")).links:
            assert not urlsplit(link).netloc, link  # where it leads on the site is for tests/app/web/test_links.py
