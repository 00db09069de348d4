"""The WSGI factory: `application()` for any server, `vfund serve` for one of ours.

Read-only is the default, and holds by a list of what is open: an endpoint that Fava gains later is closed until somebody has looked at it.
"""

import os
from pathlib import Path

from fava.application import create_app
from flask import Flask, abort, request

from app.books import find
from app.web.gate import Gate

OPEN = frozenset(
    {
        "static",
        "index",
        "account",
        "report",
        "holdings_by",
        "document",
        "statement",
        "help_page",
        "jump",
        "extension_report",
        "extension_endpoint",
        "extension_js_module",
        "download_query",
        "download_journal",
        "json_api.get_account_report",
        "json_api.get_balance_sheet",
        "json_api.get_changed",
        "json_api.get_commodities",
        "json_api.get_context",
        "json_api.get_documents",
        "json_api.get_errors",
        "json_api.get_events",
        "json_api.get_help",
        "json_api.get_income_statement",
        "json_api.get_journal",
        "json_api.get_journal_page",
        "json_api.get_ledger_data",
        "json_api.get_narration_transaction",
        "json_api.get_narrations",
        "json_api.get_options",
        "json_api.get_payee_accounts",
        "json_api.get_payee_transaction",
        "json_api.get_query",
        "json_api.get_source",
        "json_api.get_source_slice",
        "json_api.get_statistics",
        "json_api.get_trial_balance",
    }
)
"""Fava's endpoints that only read the book. Closed are all that write, and `get_extract` and `get_imports`, which run importers on any file of the machine."""
CLOSED_PAGES = frozenset({"import"})
"""Pages of Fava that would only show what is closed."""


def application(book: str | None = None, *, read_only: bool = True) -> Flask:
    """Make the application of a book: that of `VFUND_BOOK` where none is named.

    Raises:
        click.UsageError: when there is no book.

    """
    os.environ["BEANCOUNT_DISABLE_LOAD_CACHE"] = "1"
    return made(find(book), read_only=read_only)


def made(path: Path, *, read_only: bool = True) -> Flask:
    """Make the application of the book whose main file is `path`."""
    app = create_app([str(path)], load=True, read_only=read_only)
    if read_only:

        @app.before_request
        def closed() -> None:
            if request.endpoint is not None and request.endpoint not in OPEN:
                abort(403)
            if request.endpoint == "report" and (request.view_args or {}).get("report_name") in CLOSED_PAGES:
                abort(403)

    app.wsgi_app = Gate(app.wsgi_app, read_only=read_only)  # type: ignore[method-assign]
    return app
