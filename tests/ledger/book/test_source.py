"""A book is read in Beancount's stages, once.

Text that is added is booked on top, and the outcome is that of Beancount's own loader.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from beancount import loader
from beancount.parser import parser
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cli import cli
from ledger.book import source
from ledger.book.loading import load
from ledger.law.judgement import judge
from tests.conftest import ROOT

BOOKS = [ROOT / "ledger/example/main.beancount", *sorted((ROOT / "tests/broken").glob("*/source.beancount"))]


def outcome(entries: list[Any], errors: list[Any], options: dict[str, Any]) -> tuple[Any, ...]:
    """Return what a load gives, without what is made anew in every load."""
    told = sorted(
        (str(e.source.get("filename")), e.source.get("lineno", 0), type(e).__name__, str(e.message)) for e in errors
    )
    plain = {key: value for key, value in options.items() if key not in {"dcontext", "commodities"}}
    return entries, told, plain, str(options["dcontext"])


def staged(read: source.Source) -> tuple[Any, ...]:
    """Return the outcome of Beancount's stages, run one by one."""
    entries, errors, options = source.transform(read)
    return outcome(entries, errors + source.validate(entries, options), options)


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.parent.name)
def test_the_stages_give_what_the_loader_gives(path: Path) -> None:
    assert staged(source.read_source(path)) == outcome(*loader.load_file(str(path)))


HEAD = """
option "title" "A book"
option "booking_method" "STRICT"
include "entries/*.beancount"
2020-01-01 open Assets:Bank
2020-01-01 open Assets:Lots
2020-01-01 open Income:Gifts
"""
DAYS = [date(2020, 1, 2) + timedelta(days=n) for n in range(5)]
LABELS = ["A", "B"]

moves = st.tuples(
    st.sampled_from(DAYS), st.sampled_from(LABELS), st.integers(-9, 9).filter(bool), st.booleans(), st.booleans()
)


def written(day: date, label: str, number: int, costs: bool, leaves: bool) -> str:  # noqa: FBT001 - from a strategy
    """Return an entry: of a lot or of plain money, with its other side left to Beancount or not."""
    lot = f' {{1 USD, "{label}"}}' if costs else ""
    account = "Assets:Lots" if costs else "Assets:Bank"
    other = "" if leaves else f"  {Decimal(-number):.2f} USD"
    return f'\n{day} * "{label}"\n  {account}  {Decimal(number):.2f} {"EUR" if costs else "USD"}{lot}\n  Income:Gifts{other}\n'


@given(before=st.lists(moves, max_size=8), added=st.lists(moves, min_size=1, max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_text_on_top_gives_what_the_whole_text_gives(tmp_path: Path, before: list[Any], added: list[Any]) -> None:
    (tmp_path / "entries").mkdir(exist_ok=True)
    main, file = tmp_path / "main.beancount", tmp_path / "entries" / "2020.beancount"
    main.write_text(HEAD, encoding="utf-8")
    there, new = "".join(written(*move) for move in before) or "\n", "".join(written(*move) for move in added)
    file.write_text(there, encoding="utf-8")
    on_top = source.add_text(source.read_source(main), file, new, there.count("\n") + 1)
    assert source.is_included(on_top, file)
    file.write_text(there + new, encoding="utf-8")
    assert staged(on_top) == outcome(*loader.load_file(str(main)))


@pytest.mark.parametrize(
    ("pattern", "name", "belongs"),
    [
        ("entries/*.beancount", "entries/2021.beancount", True),
        ("entries/*.beancount", "entries/2021/q1.beancount", False),
        ("**/*.beancount", "entries/2021/q1.beancount", True),
        ("entries/2020.beancount", "entries/2021.beancount", False),
    ],
)
def test_a_file_that_is_not_there_yet_belongs_to_a_book_that_would_include_it(
    tmp_path: Path, pattern: str, name: str, *, belongs: bool
) -> None:
    main = tmp_path / "main.beancount"
    main.write_text(f'include "{pattern}"\n', encoding="utf-8")
    assert source.is_included(source.read_source(main), tmp_path / name) is belongs
    assert not (tmp_path / name).exists()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Count how often a book is read, a text parsed, and the rules applied."""
    counts = {"read": 0, "added": 0, "judged": 0}

    def counting(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*words: Any, **named: Any) -> Any:
            counts[name] += 1
            return function(*words, **named)

        return run

    monkeypatch.setattr(source, "read_source", counting("read", source.read_source))
    monkeypatch.setattr(source, "add_text", counting("added", source.add_text))
    monkeypatch.setattr("plugins.fund.judge", counting("judged", judge))
    return counts


def test_a_receipt_with_a_document_reads_the_book_once_and_judges_it_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counted: dict[str, int]
) -> None:
    run = CliRunner().invoke
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VFUND_BOOK", str(tmp_path / "fund"))
    Path("notice.txt").write_text("Bank notice (example)", encoding="utf-8")
    assert run(cli, ["init", "fund"]).exit_code == 0
    counted.update(dict.fromkeys(counted, 0))
    line = ["receipt", "--donor", "Mexico", "--amount", "20 USD", "--bank-reference", "FT-1", "--purpose", "reports"]
    done = run(cli, [*line, "--agreement", "Note", "--evidence", "notice.txt"])
    assert done.exit_code == 0, done.output
    assert counted == {"read": 1, "added": 1, "judged": 1}
    book = load(Path("fund/main.beancount"))
    assert [document.meta["evidence-of"] for document in book.fund.contents.documents] == [
        book.fund.digest(entry) for entry in book.fund.entries if entry.txn.meta.get("receipt-number")
    ]


def test_parsing_a_piece_keeps_its_lines() -> None:
    entries, _, _ = parser.parse_string("\n2020-01-01 open Assets:Bank\n", "x.beancount", report_firstline=7)
    assert entries[0].meta["lineno"] == 8  # Beancount's own counting, on which the place of every new entry rests
