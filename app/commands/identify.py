"""`vfund identify`."""

from app.acts import command_of
from ledger.acts.receipt import Identify

command = command_of(Identify)
