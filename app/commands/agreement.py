"""`vfund agreement`."""

from app.acts import command_of
from ledger.acts.pledge import Agreement

command = command_of(Agreement)
