"""A clearance lets a donor of the others give."""

import pytest

from tests.funds import DAY, YEAR, ok, vfund


@pytest.mark.usefixtures("main")
def test_a_donor_of_the_others_gives_under_a_clearance() -> None:
    line = f"receipt --donor UNHCR --amount '900 USD' --bank-reference FT-2 --date {DAY} --purpose reports --agreement Letter"
    refused = vfund(line)
    assert refused.exit_code == 1
    assert "has no due-diligence clearance" in refused.output
    ok(f"clear UNHCR --until {YEAR + 1}-01-01 --ceiling 1000 --document notice.txt")
    ok(line)
    again = vfund(line.replace("FT-2", "FT-3"))
    assert "whose ceiling is 1,000.00 USD" in again.output
