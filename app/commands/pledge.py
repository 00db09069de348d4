"""`vfund pledge`."""

from app.acts import command_of
from ledger.acts.pledge import AnnouncePledge

command = command_of(AnnouncePledge)
