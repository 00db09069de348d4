"""Under which name a donor pays."""

from ledger.acts.payer import ConfirmPayer
from ledger.ground.render import render
from tests.acting import made
from tests.conftest import Load


def test_a_payer_is_remembered_with_its_account(book: Load) -> None:
    (payer,) = made(
        ConfirmPayer, book("").fund, donor="ARG", title="TESORERIA GENERAL", account="AR12", day="2026-01-02"
    )
    text = render([payer])
    assert text.splitlines()[0] == '2026-01-02 custom "payer" "ARG" "TESORERIA GENERAL"'
    assert '  account: "AR12"' in text
