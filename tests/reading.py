"""Files before a reader: what is read of them, and what is wrong with them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from importers.ground.configuration import Configuration
from importers.ground.files import Source
from importers.ground.format import Format, R
from importers.ground.refusal import RefusedFileError
from importers.plans.plan import ImportOptions, PlanContext
from ledger.model.fund import Fund
from tests.sample_files import NOTHING_DECLARED

TODAY = date(2026, 1, 15)


def opened(
    known: Format[R], text: str | bytes, declared: Configuration = NOTHING_DECLARED, encoding: str | None = None
) -> R:
    """Open a text as a format that must recognise it."""
    content = text.encode() if isinstance(text, str) else text
    records = known.open(Source("file", content, encoding), declared)
    assert records is not None
    return records


def context(fund: Fund, declared: Configuration = NOTHING_DECLARED, **options: Any) -> PlanContext:
    return PlanContext(fund, declared, ImportOptions(**{"today": TODAY, **options}), "ab" * 32)


def mistakes(work: Callable[[], object]) -> list[str]:
    with pytest.raises(RefusedFileError) as caught:
        work()
    return [str(mistake) for mistake in caught.value.mistakes]


def refused(work: object, source: bytes, *more: object) -> str:
    """Return why a reader refuses a file."""
    with pytest.raises(RefusedFileError) as caught:
        work(Source("x", source), *more)  # type: ignore[operator]
    return str(caught.value)
