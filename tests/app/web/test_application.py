"""What one reader asks never reaches another, and never stops the others; nothing outside the book leaves; text stays text."""

import csv
import io
import shutil
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser
from werkzeug.test import TestResponse

from app.cli import cli
from app.web.application import made
from tests.conftest import EXAMPLE, served
from tests.generate_book import write_book

WITHIN = 5.0
"""Seconds within which a request that would hang is answered or refused ."""
PAST = "'^Income:Contributions'"
SUM = f"select sum(number) where account ~ {PAST}"


def ask(base: str, path: str, host: str | None = None, **words: str) -> tuple[int, str]:
    request = Request(f"{base}/{path}" + (f"?{urlencode(words)}" if words else ""))  # noqa: S310 - loopback
    if host is not None:
        request.add_header("Host", host)
    try:
        with urlopen(request, timeout=30) as answer:  # noqa: S310 - loopback
            return answer.status, answer.read().decode("utf-8", "replace")
    except HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A generated book of 2,000 transactions, served; gives the address of the book."""
    main = write_book(tmp_path_factory.mktemp("served"), transactions=2000)
    with main.open("a", encoding="utf-8") as file:
        file.write('\n2005-01-01 custom "fava-extension" "reports.views"\n')
    with served(main) as base, urlopen(base) as home:  # noqa: S310 - loopback
        address = urlsplit(home.url)
        yield f"{address.scheme}://{address.netloc}/{address.path.split('/')[1]}"


def test_two_readers_with_different_filters_get_each_their_own_answer(site: str) -> None:
    """Six threads for twelve seconds; each answer is the one that a reader alone gets."""
    alone = {year: ask(site, "api/query", query_string=SUM, time=year) for year in ("2011", "2012", "")}
    assert len({text for _, text in alone.values()}) == 3
    wrong: list[tuple[str, str]] = []
    right: list[str] = []
    until = time.monotonic() + 12

    def reader(year: str) -> None:
        while time.monotonic() < until:
            status, text = ask(site, "api/query", query_string=SUM, time=year)
            if status == 400 and "others are asking" in text:
                continue  # refused with a reason is no answer of another
            same = status == 200 and _rows(text) == _rows(alone[year][1])
            (right if same else wrong).append(year) if same else wrong.append((year, text[:200]))

    threads = [threading.Thread(target=reader, args=(year,)) for year in ("2011", "2012", "") for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(right) > 12
    print(f"answers: {len(right)}, wrong: {len(wrong)}")


def _rows(text: str) -> str:
    return text.partition('"rows"')[2]


HANGING = {
    "account": ("extension/Overview/", {"account": "(([A-Za-z]+)+:?)+!"}),
    "filter": ("extension/Overview/", {"filter": 'payee:"(.*.*.*.*.*.*.*)*!"'}),
    "journal": ("api/journal", {"account": "(([A-Za-z]+)+:?)+!"}),
    "grep": ("api/query", {"query_string": "select grep('(a+)+$','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')"}),
    "decimal": ("api/query", {"query_string": "select int(decimal('1e300000000'))"}),
    "subst": (
        "api/query",
        {"query_string": "select " + "subst('.','xxxxxxxxxx'," * 9 + "'xxxxxxxxxx'" + ")" * 9},
    ),
    "download": (
        "download-query/query_result.csv",
        {"query_string": "select grep('(a+)+$','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab')"},
    ),
}


@pytest.mark.parametrize("name", HANGING)
def test_a_request_that_hung_the_server_is_refused_while_another_reader_is_served(site: str, name: str) -> None:
    path, words = HANGING[name]
    answered: list[tuple[float, int, str]] = []

    def hang() -> None:
        begun = time.monotonic()
        status, text = ask(site, path, **words)
        answered.append((time.monotonic() - begun, status, text))

    thread = threading.Thread(target=hang)
    thread.start()
    slowest = 0.0
    while thread.is_alive():
        begun = time.monotonic()
        assert ask(site, "extension/Donors/", time="2012-Q3")[0] == 200
        slowest = max(slowest, time.monotonic() - begun)
        time.sleep(0.2)
    thread.join()
    ((seconds, status, text),) = answered
    print(f"{name}: {status} after {seconds:.1f} s; another reader waited {slowest:.1f} s at most")
    assert seconds < WITHIN
    assert status == 400 or (status == 200 and "cannot" in text), text[-300:]
    assert "Traceback" not in text


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "0.0.0.0", ""])  # noqa: S104 - what a browser may be made to say, nothing is bound
def test_another_host_is_refused(site: str, host: str) -> None:
    status, text = ask(site, "api/statistics", host=host)
    assert status in {400, 421}
    assert "ledger" not in text.casefold()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:5000", "[::1]:5000"])
def test_this_machine_is_answered(site: str, host: str) -> None:
    assert ask(site, "extension/Donors/", host=host)[0] == 200


def test_a_deployment_answers_for_its_name_too() -> None:
    client = made(EXAMPLE, names=frozenset({"fund.example.org"})).test_client()
    assert client.get("/", headers={"Host": "fund.example.org"}).status_code == 302
    assert client.get("/", headers={"Host": "FUND.example.org:443"}).status_code == 302
    assert client.get("/", headers={"Host": "other.example.org"}).status_code == 421


def test_an_address_without_end_is_refused(site: str) -> None:
    status, text = ask(site, "extension/Overview/", filter="x" * 20_000)
    assert status == 414
    assert "first page of the book" in text


def test_nothing_is_kept_and_no_path_of_the_machine_is_told() -> None:
    client = made(EXAMPLE).test_client()
    home = client.get("/").headers["Location"].split("/")[1]
    folder = str(EXAMPLE.parent)
    for page in (
        "extension/Overview/?time=2016-Q3", "journal/", "options/", "api/options", "errors/", "api/errors", "api/journal", "editor/",
        "api/query?query_string=select+filename", "download-query/query_result.csv?query_string=select+filename",
    ):  # fmt: skip
        answer = client.get(f"/{home}/{page}")
        assert answer.status_code == 200, page
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Server" not in answer.headers
        assert folder not in answer.get_data(as_text=True), page
    source = client.get(f"/{home}/api/source?filename=entries/2016.beancount")
    assert "Contribution already donated" in source.get_data(as_text=True)
    assert client.get(f"/{home}/api/source?filename=../../../pyproject.toml").status_code != 200


@pytest.mark.parametrize(
    "query",
    ["select account where account ~ '('", "select date_add(date,99999999)", 'run "x', "select 1/0", "run nope"],
)
def test_a_query_that_cannot_be_worked_out_is_answered_with_a_reason(query: str) -> None:
    client = made(EXAMPLE).test_client()
    home = client.get("/").headers["Location"].split("/")[1]
    answer = client.get(f"/{home}/api/query", query_string={"query_string": query})
    assert answer.status_code in {200, 400, 500}
    assert "Traceback" not in answer.get_data(as_text=True)
    assert answer.status_code == 200 or answer.get_json()["error"] not in {"", "Internal Server Error"}


def test_pages_that_are_not_there_lead_home() -> None:
    client = made(EXAMPLE).test_client()
    home = client.get("/").headers["Location"].split("/")[1]
    for path, status in (
        (f"/{home}/nope/", 404),
        ("/nope/x/", 404),
        (f"/{home}/import/", 403),
        (f"/{home}/extension/Nope/", 404),
    ):
        answer = client.get(path)
        assert (answer.status_code, 'href="/"' in answer.get_data(as_text=True)) == (status, True), path
    assert client.get("/jump?time=2016").status_code == 302
    away = client.get("/jump?time=2016", headers={"Referer": "http://evil.example/x"})
    assert "evil" not in away.headers["Location"]


def test_a_query_as_csv_is_guarded_against_formulas(copied: Path) -> None:
    with (copied.parent / "entries" / "2016.beancount").open("a", encoding="utf-8") as file:
        file.write(
            '\n2016-12-01 * "=HYPERLINK(1)" " =1+2" #interest\n  Assets:Bank:Operating  1.00 USD\n  Income:Interest  -1.00 USD\n'
        )
    client = made(copied).test_client()
    home = client.get("/").headers["Location"].split("/")[1]
    words = {"query_string": "select payee, narration, number where payee ~ 'HYPER'"}
    text = client.get(f"/{home}/download-query/query_result.csv", query_string=words).get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[1][:2] == ["'=HYPERLINK(1)", "' =1+2"]
    assert {row[2] for row in rows[1:]} == {"1.00", "-1.00"}


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The example book in a folder of its own, beside a file that is not its own."""
    folder = tmp_path / "ledger" / "example"
    shutil.copytree(EXAMPLE.parent, folder)
    for name in ("registry", "policy"):
        shutil.copytree(EXAMPLE.parent.parent / name, tmp_path / "ledger" / name)
    (tmp_path / "secret.txt").write_text("TOP SECRET", encoding="utf-8")
    return folder / "main.beancount"


def named(book: Path, name: str) -> None:
    """File a document under a name, as the proof of the first receipt."""
    from ledger.book.loading import load  # noqa: PLC0415

    fund = load(book).fund
    entry = next(e for e in fund.entries if e.txn.meta.get("receipt-number") == "EX-2016-001")
    with (book.parent / "entries" / "2016.beancount").open("a", encoding="utf-8") as file:
        file.write(
            f'\n2016-09-30 document Assets:Bank:Operating "{name}"\n  evidence-of: "{fund.digest(entry)}"\n  evidence-sha256: "{"0" * 64}"\n'
        )


def bundle(answer: TestResponse) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("way", ["absolute", "upwards", "link", "outside documents", "backslash"])
def test_no_file_outside_the_documents_is_in_a_bundle(copied: Path, tmp_path: Path, way: str) -> None:
    documents = copied.parent / "documents"
    documents.mkdir(exist_ok=True)
    (copied.parent / "notes.txt").write_text("TOP SECRET", encoding="utf-8")
    (documents / "a\\b.txt").write_text("TOP SECRET", encoding="utf-8")
    (documents / "link.txt").symlink_to(tmp_path / "secret.txt")
    named(
        copied,
        {
            "absolute": str(tmp_path / "secret.txt"),
            "upwards": "../../../../secret.txt",
            "link": "../documents/link.txt",
            "outside documents": "../notes.txt",
            "backslash": "../documents/a\\\\b.txt",
        }[way],
    )
    client = made(copied).test_client()
    home = client.get("/").headers["Location"].split("/")[1]
    for path in (
        "Quarters/bundle?time=2016-Q3",
        "Workbench/bundle?time=2016-Q3&population=receipts&size=99&seed=1",
    ):
        files = bundle(client.get(f"/{home}/extension/{path}"))
        assert all(b"TOP SECRET" not in content for content in files.values())
        assert all(not name.startswith("/") and ".." not in name.split("/") and "\\" not in name for name in files)
        assert b"Not in the bundle" in files["README.txt"]
    assert client.get(f"/{home}/document/?filename={tmp_path}/secret.txt").status_code == 403


def test_a_document_of_the_book_is_in_its_bundle(copied: Path) -> None:
    (copied.parent / "documents").mkdir(exist_ok=True)
    (copied.parent / "documents" / "note.txt").write_text("A note", encoding="utf-8")
    named(copied, "../documents/note.txt")
    client = made(copied).test_client()
    home = client.get("/").headers["Location"].split("/")[1]
    files = bundle(client.get(f"/{home}/extension/Quarters/bundle?time=2016-Q3"))
    assert files["documents/note.txt"] == b"A note"
    assert b"Not in the bundle" not in files["README.txt"]


def away(book: Path) -> None:
    book.rename(book.with_name("away.txt"))


def emptied(book: Path) -> None:
    book.write_text("", encoding="utf-8")


@pytest.mark.parametrize("harm", [away, emptied])
def test_a_book_that_cannot_be_read_is_the_last_good_one_behind_a_banner(
    copied: Path, harm: Callable[[Path], None]
) -> None:
    client = made(copied).test_client()
    home = client.get("/").headers["Location"].split("/")[1]
    pages = [
        f"/{home}/{page}" for page in ("extension/Overview/?time=2016-Q3", "journal/", "extension/Donors/", "options/")
    ]
    whole = copied.read_text(encoding="utf-8")
    assert "cannot be read" not in client.get(pages[0]).get_data(as_text=True)
    harm(copied)
    for page in pages:
        answer = client.get(page)
        assert (answer.status_code, "cannot be read" in answer.get_data(as_text=True)) == (200, True), page
    assert "2,657,506.00" in client.get(pages[0]).get_data(as_text=True)
    (copied.with_name("away.txt")).unlink(missing_ok=True)
    copied.write_text(whole, encoding="utf-8")
    assert "cannot be read" not in client.get(pages[0]).get_data(as_text=True)


def test_a_server_on_a_book_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "main.beancount").write_text("", encoding="utf-8")
    done = CliRunner().invoke(cli, ["serve", "--check", "--book", str(tmp_path / "main.beancount")])
    assert done.exit_code == 1
    assert "main.beancount holds no entry" in done.output
    assert "Traceback" not in done.output


HOSTILE_PAYEE = "ACME <style>article{display:none}</style>"
HOSTILE_TEXT = "<meta http-equiv=refresh content='0;url=http://127.0.0.1:1/'><form action=//evil><base href=//evil>"


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A book into which a statement was imported whose texts are markup."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "fund"
    assert CliRunner().invoke(cli, ["init", str(folder)]).exit_code == 0
    with (folder / "import.toml").open("a", encoding="utf-8") as file:
        file.write(
            '[[account]]\nnumber = "ACC1"\naccount = "Assets:Bank:Operating"\n\n[[table]]\nname = "csv"\nnumber = "ACC1"\ncurrency = "USD"\n'
            'delimiter = ","\ndate = "Date"\ndate-format = "%Y-%m-%d"\ncredit = "Credit"\ndebit = "Debit"\nbalance = "Balance"\n'
            'text = ["Description"]\npayer = "Payer"\nreference = "Reference"\n'
        )
    (tmp_path / "st.csv").write_text(
        f'Date,Description,Payer,Reference,Credit,Debit,Balance\n2026-06-01,"{HOSTILE_TEXT}","{HOSTILE_PAYEE}",FT-1,1.00,,1.00\n',
        encoding="utf-8",
    )
    words = ["import", str(tmp_path / "st.csv"), "-y", "--opening", "--by", "finance-officer-1"]
    done = CliRunner().invoke(cli, [*words, "--book", str(folder / "main.beancount")])
    assert done.exit_code == 0, done.output
    with (folder / "entries" / "2026.beancount").open("a", encoding="utf-8") as file:
        file.write(
            '\n2026-06-02 note Assets:Bank:Operating "<style>article{display:none}</style>"\n'
            '2026-06-02 query "<style>article{display:none}</style>" "select account"\n'
            '2026-06-02 custom "note" "<meta http-equiv=refresh content=0>"\n'
        )
    return folder / "main.beancount"


@pytest.mark.browser
def test_text_of_a_bank_is_text_on_every_page(hostile: Path, browser: Browser) -> None:
    """Every page in Chromium: nothing is moved, hidden or forged, and the words can be read."""
    with served(hostile) as base, browser.new_page() as page:
        page.goto(base)
        home = page.url.partition("/extension/")[0]
        opened = 0
        for path in (
            "journal/", "account/Assets:Bank:Operating/", "account/Liabilities:UnclaimedReceipts/", "query/", "documents/", "events/",
            "statistics/", "options/", "errors/", "editor/", "holdings/", "income_statement/", "balance_sheet/", "trial_balance/",
            "commodities/", "help/", "extension/Overview/", "extension/Pledges/", "extension/Donors/", "extension/Exceptions/",
            "extension/Quarters/?time=2026-Q2", "extension/Workbench/?time=2026-Q2",
        ):  # fmt: skip
            page.goto(f"{home}/{path}", wait_until="networkidle")
            page.wait_for_timeout(300)
            assert page.url.startswith(home), path
            assert page.locator("article").is_visible(), path
            styles = page.locator("article style").all_text_contents()
            assert not any("article{display" in style.replace(" ", "") for style in styles), path
            assert page.locator("article meta, article base, article form[action*=evil]").count() == 0, path
            opened += 1
        page.goto(f"{home}/journal/", wait_until="networkidle")
        assert HOSTILE_PAYEE in page.locator("article").inner_text()
        print(f"pages opened: {opened}, moved, hidden or forged: 0")
