"""`vfund receipt`."""

from app.acts import command_of
from ledger.acts.receipt import Receipt

command = command_of(Receipt)
