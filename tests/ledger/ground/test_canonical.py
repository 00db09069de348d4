"""What a directive says, whatever hand wrote it."""

from ledger.ground.canonical import canonical, digest
from tests.conftest import Load

ENTRY = """
2016-09-08 * "Mexico" "Contribution" #receipt
  receipt-number: "R-2016-0001"
  agreement: "Note"
  Assets:Bank:Operating                               {number} USD
  Income:Contributions:MemberStates:Mexico           -{number} USD
"""


def test_the_digest_is_of_what_is_said_and_not_of_how(book: Load) -> None:
    (txn,) = book(ENTRY.format(number="100.00")).fund.contents.transactions
    (padded,) = book(
        "\n\n" + ENTRY.format(number="100").replace("Operating  ", "Operating ")
    ).fund.contents.transactions
    assert canonical(txn) == canonical(padded)
    assert digest(txn).startswith("sha256:")
    assert "  Assets:Bank:Operating 100 USD" in canonical(txn).splitlines()


def test_another_cent_is_another_digest(book: Load) -> None:
    one, other = (book(ENTRY.format(number=number)).fund.contents.transactions[0] for number in ("100.00", "100.01"))
    assert digest(one) != digest(other)
