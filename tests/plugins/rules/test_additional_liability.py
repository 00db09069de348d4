"""additional-liability: a contribution that puts obligations on the Organization names the body that consented."""

from datetime import date

from plugins.rules.additional_liability import RULE
from tests.rules import Case, DatedRule


class TestAdditionalLiability(DatedRule):
    rule = RULE
    case = Case(
        "no-consent",
        "no-consent",
        ("  liability:", '  consent: "CP/RES. (example)"\n  liability:'),
        date(2016, 9, 1),
        "PL-2016-001",
        "2016-09-01 *",
    )
