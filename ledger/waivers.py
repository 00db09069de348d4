"""Waivers as they were used: what a treasurer let pass."""

from dataclasses import dataclass, field

from ledger.findings import Finding
from ledger.language.models import Waiver


@dataclass(slots=True)
class Waived:
    """A waiver and the findings that it lets pass.

    `missed` is what it would have covered on another day; `own` says that its approver recorded one of the entries.
    """

    waiver: Waiver
    findings: list[Finding] = field(default_factory=list)
    missed: Finding | None = None
    own: bool = False
