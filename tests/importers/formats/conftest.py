"""What the tests of formats share."""

import pytest

from ledger.model.fund import Fund
from tests.books import PURPOSES
from tests.conftest import Load


@pytest.fixture
def small_fund(book: Load) -> Fund:
    """Load a fund with a payable, a rate and two purposes."""
    return book(PURPOSES).fund
