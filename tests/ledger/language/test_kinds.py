"""The kinds of entry, by tag, and what metadata mean."""

from datetime import date

import pytest

from ledger.language.kinds import BY_TAG, LABEL, METADATA, Kind


def test_every_kind_has_its_tag() -> None:
    assert BY_TAG["receipt"] is Kind.RECEIPT
    assert set(BY_TAG.values()) == set(Kind)


@pytest.mark.parametrize(
    ("label", "pledge"), [("PL-2016-001/2", "PL-2016-001"), ("PL-2016-001", "PL-2016-001"), ("PL-16-1", None)]
)
def test_a_label_names_its_pledge(label: str, pledge: str | None) -> None:
    match = LABEL.fullmatch(label)
    assert (match["pledge"] if match else None) == pledge


def test_metadata_have_types() -> None:
    assert (METADATA["recorded"], METADATA["receipt-number"], METADATA["anonymous"]) == (date, str, bool)
