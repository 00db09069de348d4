"""The kinds of transaction, by tag, and the metadata keys that mean something on a transaction."""

import re
from datetime import date
from decimal import Decimal
from enum import Enum

LINK = re.compile(r"PL-\d{4}-\d{3,}")
"""A pledge's link, `^PL-2016-003` (house rule: year of the pledge and a number of at least three digits)."""

LABEL = re.compile(r"(?P<pledge>PL-\d{4}-\d{3,})(?:/(?P<instalment>\d+[a-z]?))?")
"""A lot's label: the pledge, or an instalment of it, `PL-2016-003/2` (`/2a` is instalment 2 rescheduled)."""


class Kind(Enum):
    """What happened, as the tag of a transaction says."""

    PLEDGE = "pledge"
    AGREEMENT = "agreement"
    RECEIPT = "receipt"
    REDUCTION = "reduction"
    WRITE_OFF = "write-off"
    IN_KIND = "in-kind"
    REFUND = "refund"
    EXPENDITURE = "expenditure"
    INDIRECT_COSTS = "icr"
    PAYMENT = "payment"
    INTEREST = "interest"
    TRANSFER = "transfer"
    LOAN = "loan"
    UNCLAIMED = "unclaimed"
    IDENTIFY = "identify"
    OPENING = "opening"

    __hash__ = object.__hash__  # by identity, as for `Role`


CASH_KINDS = frozenset({Kind.RECEIPT, Kind.IDENTIFY})
"""Kinds by which a donor's money becomes income, and may settle instalments."""

CORRECTION = "correction"
"""The tag that, beside a kind, turns an entry into the reversal of an earlier one."""

BY_TAG = {kind.value: kind for kind in Kind}

METADATA: dict[str, type] = {
    "due": date,
    "agreement": str,
    "instrument-date": date,
    "received-date": date,
    "recorded": date,
    "recorded-by": str,
    "accepted": date,
    "purpose": str,
    "conditions": str,
    "agency": str,
    "channel": str,
    "bank-reference": str,
    "receipt-number": str,
    "value-date": date,
    "import-id": str,
    "statement-sha256": str,
    "batch-reference": str,
    "payer-account": str,
    "payer-bic": str,
    "instructed": str,
    "document": str,
    "donor": str,
    "evidence-of": str,
    "evidence-sha256": str,
    "source": str,
    "note": str,
    "assumption": str,
    "corrects": str,
    "reason": str,
    "returned": bool,
    "unpledged": bool,
    "valuation": str,
    "conflicting-figure": str,
    "liability": str,
    "consent": str,
    "anonymous": bool,
    "on-receipt": str,
    "icr-rate": Decimal,
    "icr-reason": str,
    "exchange-rate": Decimal,
}
"""Metadata keys of transactions and postings, each with the type of its value. Others are allowed, but not one that is
a slip of the pen away from these."""
