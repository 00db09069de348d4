"""What a view says when it cannot show what was asked for."""

from fava.helpers import FavaAPIError

from ledger.ground.errors import VfundError
from ledger.ground.phrases import Text


class BadRequestError(VfundError, FavaAPIError):
    """What was asked for is not there.

    `reason` is why, and how to ask, for the reader's language; `message` is that in English.
    """

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason
