"""The WSGI factory: `application()` for any server, `vfund serve` for one of ours.

Read-only is the default, and holds by a list of what is open: an endpoint that Fava gains later is closed until somebody has looked at it.
"""

import os
from pathlib import Path

from fava.application import create_app
from flask import Flask, Response, abort, g, request
from flask_babel import get_locale

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

    @app.after_request
    def completed(answer: Response) -> Response:
        return _completed(answer, read_only=read_only)

    app.wsgi_app = Gate(app.wsgi_app, read_only=read_only)  # type: ignore[method-assign]
    return app


def _completed(answer: Response, *, read_only: bool) -> Response:
    """Give Fava's page the language that it is in, for who listens to it, and hide what would only be refused."""
    if answer.mimetype != "text/html" or answer.direct_passthrough:
        return answer
    text = answer.get_data(as_text=True)
    if text.startswith(_PAGE):
        tongue = get_locale().language if getattr(g, "ledger", None) is not None else "en"
        text = text.replace("<html>", f'<html lang="{tongue}">', 1).replace("<article>", '<article role="main">', 1)
        answer.set_data(text.replace("</head>", f"<style>{READABLE}{HIDDEN if read_only else ''}</style></head>", 1))
    return answer


_PAGE = "<!doctype html>\n<html>"
READABLE = (
    "header input { background: #004b7a !important; color: #fff !important; } "
    "header input::placeholder { color: #fff !important; }"
)
"""The filters in Fava's head have a contrast of 2.5 to 1; WCAG 2.2 asks for 4.5 (1.4.3)."""
HIDDEN = (
    'a[href="#add-transaction"], a[href*="/import/"], .fixed-fullsize-container button[type="submit"], '
    'dialog form.flex-column button[type="submit"], dialog form.flex-column button.muted { display: none !important; }'
)
"""Fava does not know on its pages that it is read-only: the editor, the import page and the form of a new entry would still be shown."""
