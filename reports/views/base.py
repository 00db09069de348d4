"""What the views share: the book, the request, and the words of the templates.

In a module of its own, so that Fava makes no object of it.
"""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from fava.application import url_for
from fava.core.misc import sidebar_links
from fava.ext import FavaExtensionBase
from fava.helpers import FavaAPIError
from flask import abort, redirect, request

from ledger.book.loading import Book
from ledger.ground.periods import today
from ledger.ground.phrases import N_, Term, Text, phrase
from reports.document import Document
from reports.report import Report
from reports.table import Table
from reports.translation import Translator
from reports.views import sidebar
from reports.views.blocks import Block, Blocks, endpoint, view
from reports.views.quarters import tables_of
from reports.views.refusal import BadRequestError
from reports.views.request import PERIOD, ViewRequest, language, parse_request
from reports.views.state import State
from reports.views.texts import TEXTS

FIRST = "Overview"
"""The view that keeps the state; Fava knows its objects by the names of their classes."""


KEPT = frozenset(
    [
        "basis",
        "statement",
        "pledge",
        "donor",
        "population",
        "size",
        "seed",
        "figure",
        "of",
        "account",
        "filter",
        "time",
    ]
)
"""The words of a request that lead to its next page too."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a page shows nothing: what was wrong with the request, or with the book."""

    message: str


REFUSES = (FavaAPIError, ArithmeticError)
"""What a view answers with a reason; a figure beyond what a Decimal works with is an ArithmeticError."""


def reason(error: Exception) -> str:
    """Say in the reader's language why nothing is shown."""
    text: Text = error.reason if isinstance(error, BadRequestError) else str(getattr(error, "message", ""))
    if isinstance(error, ArithmeticError):
        text = N_("A figure is larger than the statements can work with; Fava's page Errors says where.")
    return Translator(language()).say(text)


class View(FavaExtensionBase):
    """A page of ours in Fava. `title` stands in the sidebar."""

    title: Term

    @property
    def report_title(self) -> str | None:  # type: ignore[override]  # Fava declares an attribute; ours depends on the reader
        """The title in the reader's language."""
        return Translator(language()).say(self.title)

    @cached_property
    def _own(self) -> State:
        return State(self.ledger)

    @property
    def state(self) -> State:
        """What all views of a ledger share: that of the first of them."""
        first = self.ledger.extensions.get_extension(FIRST)
        return first._own if isinstance(first, View) else self._own  # noqa: SLF001 - of our own class

    def after_load_file(self) -> None:
        """Take the model that the pipeline built while Fava loaded the book."""
        self.state.renew()

    def before_request(self) -> None:
        """Let the links of the sidebar lead from every page to where they mean."""
        if self.name == FIRST:
            self.ledger.misc.sidebar_links = sidebar.lasting(
                sidebar_links(self.ledger.all_entries_by_type.Custom), FIRST
            )

    @property
    def book(self) -> Book:
        """The book."""
        return self.state.book

    def request(self) -> ViewRequest:
        """Read the request."""
        return parse_request()

    def build_report(self, of: ViewRequest) -> tuple[Report, Document]:
        """Return the report that is asked for, and what it says."""
        return self.state.build_report(of.scope)

    def tables(self, of: ViewRequest, about: str) -> Sequence[Table]:
        """Return the tables of the quarter, of a donor, of a pledge or of another view, by what they are about."""
        return tables_of(self.state, self.build_report(of), of.scope, about)

    def page(self) -> object:
        """Return what the template shows, or why there is nothing to show."""
        try:
            of = self.request()
            if PERIOD & request.args.keys():
                abort(redirect(_lasting(of)))
            return self.build_page(of, Blocks.for_book(self.book, of))
        except REFUSES as error:
            return Refusal(reason(error))

    @abstractmethod
    def build_page(self, of: ViewRequest, blocks: Blocks) -> object:
        """Build the page."""

    def texts(self) -> Mapping[str, str]:
        """Return the words of the templates."""
        words = Translator(language())
        return {name: words.say(text) for name, text in TEXTS.items()}

    def day(self, value: object) -> str:
        """Return a day, or a text, in the reader's language."""
        return Translator(language()).say(value)

    def today(self) -> date:
        """Return the last day that can be asked for."""
        return today()

    def to(self, name: str, of: ViewRequest, **words: str) -> str:
        """Return the address of a view for the same quarter."""
        return view(name, of, **words)

    def page_at(self, first: int) -> str:
        """Return the address of this page from another line on."""
        words = {name: value for name, value in request.args.items() if name in KEPT}
        return url_for("extension_report", extension_name=self.name, **words, first=str(first))

    def csv_address(self, of: ViewRequest, block: Block) -> str:
        """Return the address of a table as CSV."""
        return endpoint("Quarters", "csv", of, table=block.table.key, of=block.of)

    def is_refusal(self, page: object) -> bool:
        """Tell a page from a refusal."""
        return isinstance(page, Refusal)


def _lasting(of: ViewRequest) -> str:
    """Return the address of this page with the period as Fava's filter says it, which leads on to every other page."""
    words = [pair for pair in request.args.items(multi=True) if pair[0] not in {*PERIOD, "time"}]
    return f"{request.script_root}{request.path}?{urlencode([*words, ('time', of.time)])}"


def find_table(tables: Sequence[Table], key: str) -> Table:
    """Find a table by its key.

    Raises:
        BadRequestError: when there is none.

    """
    result = next((table for table in tables if table.key == key), None)
    if result is None:
        keys = ", ".join(table.key for table in tables)
        raise BadRequestError(phrase("there is no table {name!r}; there are {names}", name=key, names=keys))
    return result
