"""Workbench: a sample that anybody can draw again, and the tests of `reports.audit`, each as a table that can be taken away."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ledger.book.loading import Book
from ledger.ground.phrases import phrase
from reports.audit.populations import POPULATIONS, population_table
from reports.audit.sampling import LARGEST, draw, sample_table
from reports.audit.tests import TESTS
from reports.document import Document, translate_table
from reports.report import Report
from reports.scope import Scope
from reports.table import Table
from reports.translation import Translator
from reports.views.blocks import Block, Blocks
from reports.views.refusal import BadRequestError
from reports.views.request import one_of, word

SEED, SIZE = "1", 25
"""The seed and the size of the sample that is drawn where nobody says otherwise."""
_SPEC = re.compile(r"(?P<population>\w+)/(?P<size>\d{1,4})/(?P<seed>.{1,60})")


@dataclass(frozen=True, slots=True)
class SampleRequest:
    """Which sample is wanted."""

    population: str = "receipts"
    seed: str = SEED
    size: int = SIZE

    def __str__(self) -> str:
        return f"{self.population}/{self.size}/{self.seed}"


@dataclass(frozen=True, slots=True)
class WorkbenchPage:
    """The sample and the tests."""

    sample_request: SampleRequest
    sample: Block
    population: Block
    tests: tuple[Block, ...]
    populations: tuple[tuple[str, str], ...]


def parse_sample_request() -> SampleRequest:
    """Read which sample a request wants.

    Raises:
        BadRequestError: when it is none; the message says what was expected.

    """
    size = word("size") or str(SIZE)
    return _validate(word("population") or "receipts", size, word("seed") or SEED)


def parse(text: str) -> SampleRequest:
    """Read `receipts/25/seed`.

    Raises:
        BadRequestError: when it is none.

    """
    if not text:
        return SampleRequest()
    match = _SPEC.fullmatch(text)
    if match is None:
        raise BadRequestError(phrase("there is no sample {name!r}; one is named such as receipts/25/1", name=text))
    return _validate(match["population"], match["size"], match["seed"])


def _validate(population: str, size: str, seed: str) -> SampleRequest:
    if population not in POPULATIONS:
        raise BadRequestError(one_of("population", POPULATIONS))
    if not size.isdecimal() or len(size) > len(str(LARGEST)) or not 1 <= int(size) <= LARGEST:
        raise BadRequestError(phrase("{name}: a number from 1 to {most} is expected", name="size", most=LARGEST))
    return SampleRequest(population, seed[:60].strip() or SEED, int(size))


def workbench_tables(
    book: Book, report_and_document: tuple[Report, Document], scope: Scope, name: str = ""
) -> Sequence[Table]:
    """Return the sample, as it is named (`receipts/25/1`), what it is drawn from, and every test, said in the language."""
    words, which, (report, document) = Translator(scope.language), parse(name), report_and_document
    drawn_from = POPULATIONS[which.population][1](report.of)
    sample = sample_table(book, draw(drawn_from, which.seed, which.size, document.digest), book.fund.unit)
    tests = (test(book, scope) for test in TESTS.values())
    return tuple(
        translate_table(one, words) for one in (sample, population_table(drawn_from, scope, book.fund.unit), *tests)
    )


def workbench_page(which: SampleRequest, report_and_document: Sequence[Table], blocks: Blocks) -> WorkbenchPage:
    """Build the page of `workbench_tables`."""
    sample, population, *tests = report_and_document
    words = Translator(blocks.request.scope.language)
    return WorkbenchPage(
        which,
        blocks.block(sample),
        blocks.block(population),
        tuple(blocks.block(one) for one in tests),
        tuple((name, words.say(title)) for name, (title, _) in POPULATIONS.items()),
    )
