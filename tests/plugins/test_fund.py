"""The pipeline under Beancount's own tools: it runs, it is clean on the example, and its absence is said."""

import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from beancount import loader
from click.testing import CliRunner

from app.cli import cli
from ledger.book.loading import load
from ledger.ground.findings import Finding
from ledger.language.law import Terms
from ledger.law.rule import Rule
from plugins import rules
from plugins.rules import RULES, SCHEMA
from tests.conftest import EXAMPLE, ROOT, Write

ENVIRONMENT = os.environ | {"BEANCOUNT_DISABLE_LOAD_CACHE": "1", "PYTHONPATH": str(ROOT)}


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True, env=ENVIRONMENT, check=False)


def test_bean_check_on_the_example_is_clean() -> None:
    done = run("beancount.scripts.check", "-C", str(EXAMPLE))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_bean_check_says_what_vfund_check_says() -> None:
    broken = ROOT / "tests" / "broken" / "cash-error-explicit" / "source.beancount"
    done = run("beancount.scripts.check", "-C", str(broken))
    assert done.returncode == 1
    assert "the money half of the entry is out of balance by 0.01 USD" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("outstanding", "Argentina     Equity:Pledges:Committed   117000.00 USD"),
        ("instalments", "PL-2016-002"),
        ("by-category", "2657506.00 USD"),
        ("receipts", "EX-2016-008"),
        ("assumptions", "2,483,146 USD"),
    ],
)
def test_bean_query_answers_from_the_example(query: str, answer: str) -> None:
    done = run("beanquery", str(EXAMPLE), f".run {query}")
    assert done.returncode == 0, done.stderr
    assert answer in done.stdout


@pytest.mark.parametrize(
    "main", [EXAMPLE, ROOT / "ledger" / "template" / "main.beancount"], ids=["example", "template"]
)
def test_every_plugin_line_names_a_module_with_plugins(main: Path) -> None:
    names = [line.split('"')[1] for line in main.read_text(encoding="utf-8").splitlines() if line.startswith("plugin ")]
    assert names == ["plugins.fund"]
    assert all(import_module(name).__plugins__ for name in names)


def test_the_rules_ran_on_the_example() -> None:
    book = load(EXAMPLE)
    assert book.fund.pledges.keys() == {"PL-2016-001", "PL-2016-002", "PL-2016-003"}
    assert not [finding for finding in book.findings if finding.code == "book/no-plugin"]


def test_a_plugin_line_in_an_included_file_is_not_enough(tmp_path: Path) -> None:
    (tmp_path / "rules.beancount").write_text('plugin "plugins.fund"\n', encoding="utf-8")
    main = tmp_path / "main.beancount"
    main.write_text('include "rules.beancount"\n', encoding="utf-8")
    assert [finding.code for finding in load(main).findings] == ["book/no-plugin"]


def test_every_rule_module_is_in_the_pipeline_and_documented() -> None:
    modules = {module.name for module in iter_modules(rules.__path__)}
    assert {rule.rule.replace("-", "_") for rule in RULES} == modules
    for rule in RULES:
        assert rule.specification.startswith(f"{rule.rule}: ")
        assert "Source:" in rule.specification
        assert "Breaks it" in rule.specification
        assert "Keeps it" in rule.specification


def test_every_rule_but_the_one_about_the_law_may_be_set_in_their_order() -> None:
    assert ["law", *SCHEMA.terms] == [rule.rule for rule in RULES]


def test_terms_with_parameters_belong_to_one_rule() -> None:
    """The law finds the terms in force by their class alone."""
    own = [terms for terms in SCHEMA.terms.values() if terms is not Terms]
    assert len(own) == len(set(own))


def test_a_rule_without_a_check_says_so_instead_of_finding_nothing() -> None:
    with pytest.raises(TypeError, match="the rule empty has no check"):
        Rule("empty", messages={}).findings(load(EXAMPLE).fund)


@pytest.mark.parametrize("rule", SCHEMA.terms)
def test_explain_shows_every_message_of_a_rule(rule: str) -> None:
    """What `vfund explain` lists is what docs/errors.md shows, whichever module says it."""
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    explained = CliRunner().invoke(cli, ["explain", rule, "--book", "nowhere.beancount"]).output
    shown = re.findall(r"^  ([a-z-]+) \((?:error|warning|open point)\): ", explained, re.MULTILINE)
    assert sorted(shown) == sorted(re.findall(rf"^### {rule}/(.+)$", text, re.MULTILINE))


def test_warnings_are_not_errors_for_beancount(write: Write) -> None:
    main = write(
        """
        2016-09-08 * "Lithuania" "Before the earliest list that has it" #receipt
          receipt-number: "R-2016-0001"
          Assets:Bank:Operating                         100.00 USD
          Income:Contributions:Others:Lithuania        -100.00 USD
        """
    )
    _, errors, _ = loader.load_file(str(main))
    assert errors == []
    assert [finding.severity for finding in load(main).findings] == ["warning"]


def test_a_finding_is_a_beancount_error() -> None:
    finding = Finding({"filename": "x", "lineno": 1}, "text", None, "rule/code")
    assert (finding.source, finding.message, finding.entry) == ({"filename": "x", "lineno": 1}, "text", None)
    assert (finding.rule, finding.where) == ("rule", "x:1")


def test_an_empty_book_is_no_failure(tmp_path: Path) -> None:
    main = tmp_path / "main.beancount"
    main.write_text('plugin "plugins.fund"\n', encoding="utf-8")
    assert load(main).findings == []
