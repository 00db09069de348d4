"""What a reader asks in words of their own: queries, and the patterns of the filters.

Both are worked on apart, so that nobody waits for them but who asked.
"""

import csv
import io
from collections import OrderedDict
from collections.abc import Sequence
from decimal import Decimal
from threading import Lock
from typing import Any

from fava.context import g
from fava.core import query_shell
from fava.helpers import FavaAPIError
from flask import Flask, Response, request

from app.web.closed import ASKING
from reports.faces.csv_files import guard
from reports.views.limits import QueryLimitError, ask

PATTERNS = ("account", "filter")
KEPT = 64
"""Filters that were tried and are quick, for one reading of the book."""
LONGEST = 2_000

_quick: OrderedDict[tuple[int, str, str, str], None] = OrderedDict()
_lock = Lock()


def checked() -> None:
    """Try the filters of a request apart, before Fava works with them; those that are quick are not tried again.

    One that cannot be read is quick: whoever works with it says so.

    Raises:
        QueryLimitError: when one takes too long.

    """
    ledger = getattr(g, "ledger", None)
    account, text, time = (request.args.get(name, "") for name in ("account", "filter", "time"))
    if ledger is None or not (account or text):
        return
    if len(account) + len(text) > LONGEST:
        raise QueryLimitError("the filter is too long: write a shorter one")
    key = (ledger.mtime, account, text, time)
    with _lock:
        if key in _quick:
            _quick.move_to_end(key)
            return
    try:
        ask(lambda: len(ledger.get_filtered(account=account, filter=text, time=time).entries))
    except QueryLimitError:
        raise
    except FavaAPIError:
        return
    with _lock:
        _quick[key] = None
        while len(_quick) > KEPT:
            _quick.popitem(last=False)


def answered_apart(app: Flask) -> Response | None:
    """Answer a query apart.

    The shell of Fava keeps the filter of whoever asked last, and its copy is thrown away with its answer.
    """
    if request.endpoint not in ASKING:
        return None
    view, words = app.view_functions[str(request.endpoint)], dict(request.view_args or {})

    def work() -> tuple[int, list[tuple[str, str]], bytes]:
        setattr(query_shell, "to_csv", _write_csv)  # noqa: B010 - in this copy alone: Fava's own makes a float of money
        answer = app.make_response(app.ensure_sync(view)(**words))
        answer.direct_passthrough = False
        return answer.status_code, list(answer.headers), answer.get_data()

    status, headers, content = ask(work)
    kept = [(name, value) for name, value in headers if name != "Content-Length"]
    return Response(content, status, kept)


def _write_csv(columns: Sequence[Any], rows: Sequence[Sequence[object]]) -> io.BytesIO:
    """Write a result as CSV: amounts as the book has them, texts that no spreadsheet takes for a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([guard(column.name) for column in columns])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return io.BytesIO(text.getvalue().encode())


def _cell(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, (set, frozenset)):
        return guard(", ".join(sorted(map(str, value))))
    return "" if value is None else guard(str(value))
