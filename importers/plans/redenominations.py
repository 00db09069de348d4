"""Currencies that were replaced: the old code ends on the day from which the new one is in force.

Source: amendments to ISO 4217, as the Interinstitutional Style Guide of the European Union lists them
(https://style-guide.europa.eu/o/opportal-service/isg?resource=mt%2Fcurrency-list-modifications.html, seen 2026-11).
Where that list gives the number of old units in a new one it stands here; where it does not, none is assumed.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Redenomination:
    """`units` of `old` are one of `new`, from `day` on; None where the source does not say how many."""

    old: str
    new: str
    day: date
    units: Decimal | None
    amendment: str


REDENOMINATIONS = (
    Redenomination("LTL", "EUR", date(2015, 1, 1), None, "159"),
    Redenomination("BYR", "BYN", date(2016, 7, 1), Decimal(10_000), "161"),
    Redenomination("MRO", "MRU", date(2018, 1, 1), Decimal(10), "165"),
    Redenomination("STD", "STN", date(2018, 1, 1), Decimal(1_000), "164"),
    Redenomination("VEF", "VES", date(2018, 8, 20), Decimal(100_000), "168"),
    Redenomination("SLL", "SLE", date(2022, 7, 1), None, "171 to 173, 175"),
    Redenomination("HRK", "EUR", date(2023, 1, 1), None, "174"),
    Redenomination("ZWL", "ZWG", date(2024, 6, 25), None, "177"),
    Redenomination("ANG", "XCG", date(2025, 3, 31), None, "176"),
)
ENDED = {item.old: item for item in REDENOMINATIONS}
BEGUN = {item.new: item for item in REDENOMINATIONS if item.new != "EUR"}
