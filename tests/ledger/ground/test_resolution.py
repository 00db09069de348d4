"""The resolution of the fund is cited in one way wherever it is cited."""

from ledger.ground.resolution import INVITATION, RESOLUTION
from tests.conftest import EXAMPLE


def test_the_example_rests_on_the_resolution() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in EXAMPLE.parent.rglob("*.beancount"))
    assert f'basis: "{RESOLUTION}' in text
    assert f"{RESOLUTION}, para. 11" == INVITATION
