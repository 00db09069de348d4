"""Text of a bank stays text on every page."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from app.cli import cli
from tests.conftest import served

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
