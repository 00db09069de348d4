"""What is open of Fava where a book is shown to others, and what of it is closed."""

from pathlib import Path

from fava.helpers import FavaAPIError
from flask import abort, request

OPEN = frozenset(
    {
        "static",
        "index",
        "account",
        "report",
        "holdings_by",
        "document",
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
"""Fava's endpoints that only read the book. Closed are all that write, and `get_extract` and `get_imports`, which run
importers on any file of the machine."""
CLOSED_PAGES = frozenset({"import"})
"""Pages of Fava that would only show what is closed."""
ASKING = frozenset({"json_api.get_query", "download_query"})
QUESTIONS = frozenset({"select", "balances", "journal", "print", "run", "help"})
"""How a query may begin. Beanquery's shell has commands that write a file (`.output`) or open one (`CREATE TABLE …
USING`), and Fava hands it everything."""


def judge(book: Path, *, read_only: bool) -> None:
    """Refuse a request for what is closed.

    Raises:
        FavaAPIError: for a query that is no question; Fava shows the message.

    """
    if request.endpoint in ASKING:
        words = request.args.get("query_string", "").split(maxsplit=1)
        if words and words[0].lower() not in QUESTIONS:
            raise FavaAPIError(f"a query begins with one of {', '.join(sorted(QUESTIONS)).upper()}")
    if request.endpoint == "document" and not _is_below(request.args.get("filename", ""), book.parent):
        abort(403)
    if not read_only or request.endpoint is None:
        return
    if request.endpoint not in OPEN:
        abort(403)
    if request.endpoint == "report" and (request.view_args or {}).get("report_name") in CLOSED_PAGES:
        abort(403)


def _is_below(name: str, folder: Path) -> bool:
    """Return whether a file lies in the folder of the book, wherever links lead.

    A book may name any file of the machine as its document.
    """
    try:
        return Path(name).resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        return False
