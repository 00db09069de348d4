"""recording-delay: what happened is recorded soon after the paper, or the bank, says so, and not before it happened."""

from datetime import date

from plugins.rules.recording_delay import RULE
from tests.rules import Case, DatedRule


class TestRecordingDelay(DatedRule):
    rule = RULE
    case = Case("recorded-late", "late", ("2016-09-26", "2016-09-25"), date(2016, 9, 26), "PL-2016-002", "2016-09-26 *")
