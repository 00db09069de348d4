"""Find who stands on the other side of a payment in the labelled fields of a text (`ORIG:… ID:… SND BK:…`).

The banks of the United States put the details of a wire or an ACH transfer into one text, each with its own labels;
those below are of their published descriptions of the text field of BAI2 and MT940. What has no label is left alone.
"""

import re

from importers.ground.records import NO_PARTY, Party

_PAYERS = (
    "ORIG CO NAME",
    "ORIG",
    "ORG",
    "ORIGINATOR NAME",
    "ORIGINATOR",
    "ORDERING CUSTOMER",
    "B/O CUSTOMER",
    "B/O",
    "BO1",
    "BY ORDER OF",
    "SNDR NAME",
    "PAYER",
)
_PAYEES = ("IND NAME", "BNF NAME", "BNF", "BENE NAME", "BENE", "BENEFICIARY", "BN1", "PAYEE")
"""The label of the name, the most exact first."""
_ACCOUNTS = {"ORIG": "ID", "ORG": "ID", "BNF": "ID", "BO1": "BO", "BN1": "BN"}
"""The label of the account that belongs to a name, where the bank gives one: behind the name, or before it."""
_TWO_WORDS = "SND BK|SNDR BK|RCV BK|ORIG BK|BNF BK|PMT DET|PMT INF|SVC REF|ORIG ID|ORIG CO NAME|DESC DATE|CO ENTRY DESCR|IND ID|IND NAME|SENDER REF|BANK NAME|CUST REF"
_LABEL = re.compile(
    rf"(?:^|(?<=[\s;,/|]))({_TWO_WORDS}|B/O(?: CUSTOMER)?|BY ORDER OF|ORDERING CUSTOMER|[A-Z][A-Z0-9]{{1,14}}(?: NAME)?)\s?[:=#]",
    re.ASCII,
)
_NAME = re.compile(r"[^\W\d_]{2}")


def find_party(text: str, *, credit: bool) -> Party:
    """Return who paid a credit, or was paid by a debit, as the labels of its text say; nobody where they do not."""
    labels = list(_LABEL.finditer(text))
    if not labels:
        return NO_PARTY
    stops = [found.start() for found in labels[1:]] + [len(text)]
    fields: dict[str, str] = {}
    for found, stop in zip(labels, stops, strict=True):
        fields.setdefault(found[1], text[found.end() : stop].strip(" ;,/|"))
    for label in _PAYERS if credit else _PAYEES:
        if _NAME.search(fields.get(label, "")):
            return Party(fields[label], fields.get(_ACCOUNTS.get(label, ""), ""))
    return NO_PARTY
