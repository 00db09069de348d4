"""CSV: no text is a formula."""

import pytest

from reports.faces.csv_files import guard


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("  =1+1", "'  =1+1"),
        ("\u00a0=1+1", "'\u00a0=1+1"),
        ("\tx", "'\tx"),
        ("@x", "'@x"),
        ("－1", "'－1"),
        (" x", " x"),
        ("(example)", "(example)"),
        ("2016-Q3", "2016-Q3"),
    ],
)
def test_no_text_is_a_formula_in_csv(text: str, field: str) -> None:
    assert guard(text) == field
