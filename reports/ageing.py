"""How long an amount is overdue, or an item old (house rule: the buckets)."""

from datetime import date

from ledger.ground.phrases import N_

NOT_YET, OLDEST, NO_DUE_DATE = N_("not yet due"), N_("more than 365 days"), N_("no due date")
BUCKETS = ((0, NOT_YET), (90, N_("1 to 90 days")), (180, N_("91 to 180 days")), (365, N_("181 to 365 days")))
"""The last day of each bucket, and its name."""

ORDER = (*(name for _, name in BUCKETS), OLDEST, NO_DUE_DATE)
IN_TIME = frozenset({"", NOT_YET, NO_DUE_DATE})
"""What is not overdue; nothing outstanding has no bucket."""
TODAY, CLEARED = N_("of this day"), N_("cleared")


def bucket(due: date | None, as_of: date) -> str:
    """Return in words how long an amount is overdue on a day."""
    return NO_DUE_DATE if due is None else _bucket_name((as_of - due).days)


def days_late(due: date | None, as_of: date) -> int:
    """Return by how many days an amount is overdue on a day; 0 where it is not, or has no due date."""
    return 0 if due is None else max((as_of - due).days, 0)


def age(days: int) -> str:
    """Return in words how old an item is."""
    return TODAY if days <= 0 else _bucket_name(days)


def _bucket_name(days: int) -> str:
    return next((name for limit, name in BUCKETS if days <= limit), OLDEST)
