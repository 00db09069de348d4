"""The WSGI factory: `application()` for any server, `vfund serve` for one of ours.

Read-only is the default, and holds by a list of what is open (`app.web.closed`): an endpoint that Fava gains later is
closed until somebody has looked at it. What a reader writes is worked on apart (`reports.views.limits`), text of the
book is text on every page (`Escaping`), and no answer names a path of this machine.
"""

import json
import logging
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from fava.application import create_app
from fava.helpers import FavaAPIError
from flask import Flask, Response, g, redirect, request, url_for
from flask_babel import get_locale
from jinja2 import BaseLoader, Environment
from werkzeug.exceptions import HTTPException

from app.books import find
from app.web.asking import answered_apart, checked
from app.web.closed import judge
from app.web.gate import Gate
from app.web.one_book import OneBook
from app.web.pages import refusal, stale

NAMES = "VFUND_NAMES"
"""The hosts for which a deployment answers, with commas, beside those of this machine."""


def application(book: str | None = None, *, read_only: bool = True, names: Iterable[str] = ()) -> Flask:
    """Make the application of a book: that of `VFUND_BOOK` where none is named.

    It answers for `names` and those of `VFUND_NAMES` too.

    Raises:
        click.UsageError: when there is no book.
        UnreadableBookError: when it cannot be read.

    """
    os.environ["BEANCOUNT_DISABLE_LOAD_CACHE"] = "1"
    listed = (name.strip() for name in os.environ.get(NAMES, "").split(","))
    return make_application(find(book), read_only=read_only, names=frozenset({*names, *listed} - {""}))


def make_application(path: Path, *, read_only: bool = True, names: frozenset[str] = frozenset()) -> Flask:
    """Make the application of the book whose main file is `path`."""
    app = create_app([str(path)], read_only=read_only)
    book = OneBook(path)
    app.config["LEDGERS"] = book
    if app.jinja_loader is not None:
        app.jinja_loader = Escaping(app.jinja_loader)
    logging.getLogger("fava.json_api").addFilter(_without_a_trace)

    @app.before_request
    def judged() -> Any:
        judge(path, read_only=read_only)
        if request.endpoint == "jump" and urlsplit(request.referrer or "").netloc != request.host:
            return redirect(url_for("index"))
        checked()
        return answered_apart(app)

    @app.after_request
    def completed(answer: Response) -> Response:
        return _completed(answer, book, path.parent, read_only=read_only)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        return _refused(error.code or 500, error.description or "")

    @app.errorhandler(FavaAPIError)
    def not_answered(error: FavaAPIError) -> Response:
        return _refused(400, error.message)

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        app.logger.error("%s %s: %s", request.method, request.path, type(error).__name__)
        return _refused(500, f"It cannot be worked out ({type(error).__name__}). The book is as it was.")

    app.wsgi_app = Gate(  # type: ignore[method-assign]
        app.wsgi_app, book.refresh, read_only=read_only, names=names, folder=str(path.parent)
    )
    return app


class Escaping(BaseLoader):
    """Loads Fava's templates with the text of the book as text.

    One of them turns escaping off, and what a bank wrote would be markup there.
    """

    def __init__(self, own: BaseLoader) -> None:
        self._own = own

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return a template, escaping everywhere."""
        source, name, current = self._own.get_source(environment, template)
        return source.replace("{% autoescape false %}", "{% autoescape true %}"), name, current


def _without_a_trace(record: logging.LogRecord) -> bool:
    """Let a refusal be one line of the log: anybody could fill it with traces."""
    record.exc_info = None
    return True


def _refused(status: int, why: str) -> Response:
    if request.blueprint == "json_api":
        return Response(json.dumps({"error": why}), status, mimetype="application/json")
    return Response(refusal(status, why), status, mimetype="text/html")


def _completed(answer: Response, book: OneBook, folder: Path, *, read_only: bool) -> Response:
    """Give Fava's page the language that it is in, for who listens to it.

    What would only be refused is hidden, and files are named from the folder of the book.
    """
    if answer.direct_passthrough or answer.mimetype not in _TEXTS:
        return answer
    text = _within(answer.get_data(as_text=True), folder)
    if text.startswith(_PAGE):
        tongue = get_locale().language if getattr(g, "ledger", None) is not None else "en"
        banner = stale(book.trouble) if book.trouble else ""
        text = text.replace("<html>", f'<html lang="{tongue}">', 1)
        text = text.replace("<article>", f'{banner}<article role="main">', 1)
        text = text.replace("</head>", f"<style>{READABLE}{HIDDEN if read_only else ''}</style></head>", 1)
    answer.set_data(text)
    return answer


def _within(text: str, folder: Path) -> str:
    """Take the path of the folder of the book out of an answer, however it is written there."""
    root = str(folder)
    for written in dict.fromkeys((root, json.dumps(root)[1:-1], quote(root), quote(root, safe=""))):
        if written in text:
            text = text.replace(f"{written}/", "").replace(f"{written}%2F", "").replace(written, ".")
    return text


_PAGE = "<!doctype html>\n<html>"
_TEXTS = frozenset({"text/html", "application/json", "text/csv"})
READABLE = (
    "header input { background: #004b7a !important; color: #fff !important; } "
    "header input::placeholder { color: #fff !important; }"
)
"""The filters in Fava's head have a contrast of 2.5 to 1; WCAG 2.2 asks for 4.5 (1.4.3)."""
HIDDEN = (
    'a[href="#add-transaction"], a[href*="/import/"], .fixed-fullsize-container button[type="submit"], '
    'dialog form.flex-column button[type="submit"], dialog form.flex-column button.muted { display: none !important; }'
)
"""Fava does not know on its pages that it is read-only: the editor, the import page and the form of a new entry would
still be shown."""
