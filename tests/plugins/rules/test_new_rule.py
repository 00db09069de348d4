"""The rule that docs/extending.md adds, added as it stands there to a copy of the rules: every reader knows it."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.books import PRELUDE
from tests.conftest import ROOT

SECTION = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8").partition("## A rule\n")[2].partition("\n## ")[0]


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", SECTION, re.DOTALL)


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a copy of the rules that has one more, and the golden book of that one."""
    folder = tmp_path_factory.mktemp("extended")
    shutil.copytree(ROOT / "plugins", folder / "plugins")
    (module,) = blocks("python")
    (folder / "plugins" / "rules" / "bank_charges.py").write_text(module, encoding="utf-8")
    listed = folder / "plugins" / "rules" / "__init__.py"
    (diff,) = blocks("diff")
    text, lines = listed.read_text(encoding="utf-8"), diff.splitlines()
    for known, added in zip(lines[::2], lines[1::2], strict=True):
        assert text.count(f"\n{known[1:]}\n") == 1
        text = text.replace(f"\n{known[1:]}\n", f"\n{known[1:]}\n{added[1:]}\n")
    listed.write_text(text, encoding="utf-8")
    (folder / "prelude.beancount").write_text(PRELUDE, encoding="utf-8")
    (folder / "book").mkdir()
    (folder / "book" / "source.beancount").write_text(blocks("beancount")[1], encoding="utf-8")
    return folder


def run(extended: Path, *words: str) -> str:
    environment = os.environ | {"PYTHONPATH": f"{extended}{os.pathsep}{ROOT}", "BEANCOUNT_DISABLE_LOAD_CACHE": "1"}
    done = subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, check=False, cwd=extended / "book", env=environment
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def vfund(extended: Path, *words: str) -> str:
    return run(extended, "-m", "app.main", *words)


def test_it_finds_what_its_golden_book_expects(extended: Path) -> None:
    (expected,) = blocks("text")
    place, _, words = expected.strip().partition(": ")
    (found,) = json.loads(vfund(extended, "check", "--book", "source.beancount", "--json"))["errors"]
    assert f"{Path(found['file']).name}:{found['line']}:{found['code']}" == place
    assert words in found["message"]


def test_the_law_of_the_book_sets_it(extended: Path) -> None:
    """Its parameters are checked, a directive turns it off, a waiver lets a case pass, a silent book is told."""
    source = extended / "book" / "source.beancount"
    text = source.read_text(encoding="utf-8")

    def codes(changed: str) -> list[str]:
        (extended / "book" / "changed.beancount").write_text(changed, encoding="utf-8")
        facts = json.loads(vfund(extended, "check", "--book", "changed.beancount", "--json"))
        return [finding["code"] for finding in facts["errors"]]

    assert codes(text.replace("percent: 2", "percent: 5")) == []
    assert "language/bad-value" in codes(text.replace("percent: 2", "percent: 101"))
    assert "language/unknown-key" in codes(text.replace("percent: 2", "percent: 2\n  days: 3"))
    off = '2016-01-01 custom "rule" "bank-charges" "*"\n  citation: "example"\n  severity: "off"\n  reason: "Example"\n'
    assert codes(text + off) == []
    waiver = '2016-01-01 custom "waiver" "bank-charges" "R-2016-0001"\n  reason: "Example"\n'
    assert codes(f'{text}{waiver}  approved-by: "treasurer-1"\n  expires: 2016-12-31\n') == []
    silent = re.sub(r'2010-01-01 custom "rule".*?\n\n', "", text, flags=re.DOTALL)
    assert codes(silent) == ["law/silent"]


def test_it_is_explained_and_listed(extended: Path) -> None:
    explained = vfund(extended, "explain", "bank-charges", "--book", "source.beancount")
    assert "Source: house rule; the fund bears what the banks keep" in explained
    assert "too-high (error): the banks kept <charges> <unit> of <value> <unit>" in explained
    assert "from 2010-01-01 for *: percent 2" in explained
    listed = json.loads(vfund(extended, "rules", "--book", "source.beancount", "--json"))["rules"]
    assert [line["parameters"] for line in listed if line["rule"] == "bank-charges"] == ["percent 2"]


def test_the_generated_pages_have_it(extended: Path) -> None:
    pages = run(
        extended, "-c", "from tests.make_docs import language_page, rules_page; print(rules_page(), language_page())"
    )
    assert "## bank-charges\n\nwhat the banks keep of a contribution is small beside it." in pages
    assert "| `bank-charges` | `percent` | `percent`: how much of a contribution the banks may keep" in pages


def test_without_it_the_same_book_names_a_rule_that_there_is_not(extended: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.main", "check", "--book", "source.beancount", "--json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=extended / "book",
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    codes = {finding["code"] for finding in json.loads(done.stdout)["errors"]}
    assert codes == {"language/unknown-key"}
