"""What one reader asks never reaches another, and never stops the others; another host is refused."""

import threading
import time
from collections.abc import Iterator
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest

from app.web.application import make_application
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
    """Six threads for four seconds; each answer is the one that a reader alone gets."""
    alone = {year: ask(site, "api/query", query_string=SUM, time=year) for year in ("2011", "2012", "")}
    assert len({text for _, text in alone.values()}) == 3
    wrong: list[tuple[str, str]] = []
    right: list[str] = []
    until = time.monotonic() + 4

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
    client = make_application(EXAMPLE, names=frozenset({"fund.example.org"})).test_client()
    assert client.get("/", headers={"Host": "fund.example.org"}).status_code == 302
    assert client.get("/", headers={"Host": "FUND.example.org:443"}).status_code == 302
    assert client.get("/", headers={"Host": "other.example.org"}).status_code == 421


def test_an_address_without_end_is_refused(site: str) -> None:
    status, text = ask(site, "extension/Overview/", filter="x" * 20_000)
    assert status == 414
    assert "first page of the book" in text
