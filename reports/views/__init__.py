"""The views in Fava: one class per page, as Fava's extension system wants them.

Each builds a page of a module here and hands it to its template.

All are read with GET; none writes, and none computes a figure: each is that of a statement. Fava makes an object of
every class of an extension that it sees here, so no other may be imported. Declared in the book by `custom
"fava-extension" "reports.views"`.
"""

from collections.abc import Callable
from types import MappingProxyType

from fava.ext import extension_endpoint
from flask import Response, redirect
from werkzeug import Response as BaseResponse

from ledger.ground.phrases import N_
from reports.views import base
from reports.views.blocks import Blocks, endpoint
from reports.views.donors import donor_page, donors_page
from reports.views.downloads import bundle_of, csv_of, file_of, scope_to_publish, table_bundle_of
from reports.views.exceptions import exceptions_page
from reports.views.overview import overview
from reports.views.pledges import pledge_page, pledges_page
from reports.views.quarters import DOWNLOADS, figure_page, quarter_page
from reports.views.request import ViewRequest, word
from reports.views.sidebar import destination
from reports.views.workbench import parse_sample_request, workbench_page

LANGUAGE_NAMES = MappingProxyType({"en": "English", "es": "Español", "fr": "Français", "pt": "Português"})
"""The languages of the files, each in its own name."""


class Overview(base.View):
    """The fund on one page."""

    title = N_("Overview")

    def build_page(self, of: ViewRequest, blocks: Blocks) -> object:
        """Build the page."""
        return overview(self.build_report(of), blocks)

    @extension_endpoint
    def go(self) -> BaseResponse:
        """Lead to the page that a link of the sidebar means."""
        return redirect(destination(word("to")))


class Pledges(base.View):
    """All pledges, or one."""

    title = N_("Pledges")

    def build_page(self, of: ViewRequest, blocks: Blocks) -> object:
        """Build the page."""
        if name := word("pledge"):
            return pledge_page(self.book.fund, name, blocks.about(f"pledge:{name}"))
        return pledges_page(self.build_report(of)[1], blocks)


class Donors(base.View):
    """All donors, or one."""

    title = N_("Donors")

    def build_page(self, of: ViewRequest, blocks: Blocks) -> object:
        """Build the page."""
        if code := word("donor"):
            return donor_page(self.book.fund, code, blocks.about(f"donor:{code}"))
        return donors_page(self.book.fund, self.build_report(of)[1], blocks)


class Exceptions(base.View):
    """What is wrong, or waits."""

    title = N_("Exceptions")

    def build_page(self, of: ViewRequest, blocks: Blocks) -> object:
        """Build the page."""
        return exceptions_page(self.tables(of, "exceptions"), self.build_report(of)[1], blocks)


class Quarters(base.View):
    """The statements of a quarter, the entries behind a figure, and the files."""

    title = N_("Quarters")

    def build_page(self, of: ViewRequest, blocks: Blocks) -> object:
        """Build the page."""
        document = self.build_report(of)[1]
        if place := word("figure"):
            return figure_page(self.book, self.tables(of, word("of")), place, blocks)
        return quarter_page(self.book, document, blocks, word("statement"))

    languages = LANGUAGE_NAMES

    def formats(self) -> list[tuple[str, str]]:
        """Return the formats of the files with what they are called."""
        return [(name, self.day(title)) for name, title in DOWNLOADS]

    def file(self, of: ViewRequest, name: str, tongue: str) -> str:
        """Return the address of a file."""
        return endpoint(self.name, "download", of, format=name, lang=tongue)

    def bundle_file(self, of: ViewRequest, tongue: str) -> str:
        """Return the address of the evidence bundle."""
        return endpoint(self.name, "bundle", of, lang=tongue)

    @extension_endpoint
    def download(self) -> Response:
        """Hand out the report of the quarter as a file."""
        return _or_plain_error(self._download)

    def _download(self) -> Response:
        scope = scope_to_publish(self.request())
        return file_of(self.state, scope)

    @extension_endpoint
    def bundle(self) -> Response:
        """Hand out the evidence of the quarter."""
        return _or_plain_error(self._bundle)

    def _bundle(self) -> Response:
        scope = scope_to_publish(self.request())
        return bundle_of(self.book, scope, self.state.build_report(scope))

    @extension_endpoint
    def csv(self) -> Response:
        """Hand out a table of any view as CSV."""
        return _or_plain_error(self._csv)

    def _csv(self) -> Response:
        of = self.request()
        return csv_of(base.find_table(self.tables(of, word("of")), word("table")), self.build_report(of)[1])


class Workbench(base.View):
    """The sample and the tests."""

    title = N_("Workbench")

    def build_page(self, of: ViewRequest, blocks: Blocks) -> object:
        """Build the page."""
        which = parse_sample_request()
        about = f"workbench:{which}"
        return workbench_page(which, self.tables(of, about), blocks.about(about))

    def bundle_file(self, of: ViewRequest, key: str) -> str:
        """Return the address of the evidence bundle of a table."""
        which = parse_sample_request()
        words = {"population": which.population, "size": str(which.size), "seed": which.seed}
        return endpoint(self.name, "bundle", of, table=key, **words)

    @extension_endpoint
    def bundle(self) -> Response:
        """Hand out the evidence of the sample, or of a test."""
        return _or_plain_error(self._bundle)

    def _bundle(self) -> Response:
        of = self.request()
        every, key = self.tables(of, f"workbench:{parse_sample_request()}"), word("table") or "sample"
        result = [base.find_table(every, key), *([base.find_table(every, "population")] if key == "sample" else [])]
        return table_bundle_of(self.book, of.scope, self.build_report(of)[1], result)


def _or_plain_error(hand_out: Callable[[], Response]) -> Response:
    """Hand a file out, or say as plain text why not."""
    try:
        return hand_out()
    except base.REFUSES as error:
        return Response(f"{base.reason(error)}\n", 400, mimetype="text/plain")


VIEWS = (
    Overview.__name__,
    Pledges.__name__,
    Donors.__name__,
    Exceptions.__name__,
    Quarters.__name__,
    Workbench.__name__,
)
"""Every view by the name that it has in an address."""
