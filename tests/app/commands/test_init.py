"""`vfund init`: the fund's official names, where they are known; where one is not, reports say so."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import cli
from ledger.book.loading import load


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new book with a name in Spanish and in no other language."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, ["init", "fund", "--no-git", "--title", "A fund", "--name-es", "Un fondo"])
    assert done.exit_code == 0, done.output
    return tmp_path / "fund"


def test_the_names_of_a_fund_are_in_its_book(folder: Path) -> None:
    (fund,) = load(folder / "main.beancount").fund.directives.funds
    assert [fund.name(language) for language in ("en", "es", "fr")] == ["A fund", "Un fondo", "A fund"]


@pytest.mark.parametrize(("language", "title", "says_why"), [("es", "Un fondo", False), ("fr", "A fund", True)])
def test_a_report_without_a_name_in_its_language_says_why(
    folder: Path, language: str, title: str, *, says_why: bool
) -> None:
    line = ["export", "2026-Q1", "--lang", language, "--format", "json", "--book", str(folder), "--output", "r.json"]
    done = CliRunner().invoke(cli, line)
    assert done.exit_code == 0, done.output
    report = json.loads(Path("r.json").read_text(encoding="utf-8"))
    assert report["title"] == title
    assert ("Nom du fonds" in dict(report["facts"])) is says_why


@pytest.mark.parametrize("option", ["--title", "--name-es", "--name-fr", "--name-pt"])
def test_a_name_that_cannot_stand_between_quotation_marks_is_refused(tmp_path: Path, option: str) -> None:
    done = CliRunner().invoke(cli, ["init", str(tmp_path / "fund"), option, 'The "fund"'])
    assert (done.exit_code, f"{option}: leave quotation marks" in done.output) == (2, True)
    assert not (tmp_path / "fund").exists()
