"""law: a book speaks of every rule, for all and from its beginning."""

import pytest

from ledger.book.loading import load
from plugins.rules.law import RULE
from tests.conftest import Write
from tests.lawful import GIFT


@pytest.mark.parametrize(
    "only", ['2999-01-01 custom "rule" "four-eyes" "*"', '2004-06-08 custom "rule" "four-eyes" "other"']
)
def test_a_law_for_a_far_date_or_one_category_is_silent(write: Write, only: str) -> None:
    main = write(GIFT.partition("\n\n")[0])
    prelude = main.read_text(encoding="utf-8")
    assert '2004-06-08 custom "rule" "four-eyes" "*"' in prelude
    main.write_text(prelude.replace('2004-06-08 custom "rule" "four-eyes" "*"', only), encoding="utf-8")
    silent = [str(finding.what) for finding in load(main).errors if finding.code == "law/silent"]
    assert len(silent) == 1
    assert "'four-eyes'" in silent[0]


def test_no_directive_sets_the_rule_about_directives() -> None:
    assert (RULE.rule, RULE.terms) == ("law", None)
