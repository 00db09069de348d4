"""`vfund show`: a donor's page, with what it gave and what was paid back."""

import json

from click.testing import CliRunner

from app.cli import cli
from tests.books import MORE, SMALL
from tests.conftest import Write


def test_what_a_donor_gave_stands_below_what_it_gave_in_all(write: Write) -> None:
    """Chile: 70 came in on 15 April, 30 of them are its own. Mexico: 500 in 2015, 50 went back."""
    main = str(write(SMALL + MORE))

    def shown(donor: str, *words: str) -> str:
        done = CliRunner().invoke(cli, ["show", donor, "--as-of", "2016-06-30", "--book", main, *words])
        assert done.exit_code == 0, done.output
        return done.output

    chile = shown("Chile")
    assert chile.startswith("Chile (member-state): received 30.00 USD, net of refunds, as of 2016-06-30")
    (line,) = [line for line in chile.splitlines() if "R-2016-0002" in line]
    assert [word for word in ("2016-04-15", "2016-06-10", "FT-7", "30.00") if word not in line] == []
    mexico = shown("Mexico")
    assert mexico.startswith("Mexico (member-state): received 450.00 USD, net of refunds")
    assert "Paid back\n" in mexico
    (line,) = [line for line in mexico.splitlines() if "Unspent balance returned" in line]
    assert [word for word in ("2016-06-15", "50.00") if word not in line] == []
    assert json.loads(shown("Mexico", "--json"))["refunds"] == [
        {"day": "2016-06-15", "bank_reference": "", "value": "50.00"}
    ]
