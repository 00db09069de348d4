"""The WSGI factory: `application()` for any server, `vfund serve` for one of ours.

Read-only is the default, and holds by a list of what is open (`app.web.closed`): an endpoint that Fava gains later is closed until somebody has looked at it.
"""

import os
from pathlib import Path

from fava.application import create_app
from flask import Flask, Response, g
from flask_babel import get_locale

from app.books import find
from app.web.closed import judge
from app.web.gate import Gate
from app.web.one_book import OneBook


def application(book: str | None = None, *, read_only: bool = True) -> Flask:
    """Make the application of a book: that of `VFUND_BOOK` where none is named.

    Raises:
        click.UsageError: when there is no book.

    """
    os.environ["BEANCOUNT_DISABLE_LOAD_CACHE"] = "1"
    return made(find(book), read_only=read_only)


def made(path: Path, *, read_only: bool = True) -> Flask:
    """Make the application of the book whose main file is `path`."""
    app = create_app([str(path)], read_only=read_only)
    book = OneBook(path)
    app.config["LEDGERS"] = book

    @app.before_request
    def judged() -> None:
        judge(path, read_only=read_only)

    @app.after_request
    def completed(answer: Response) -> Response:
        return _completed(answer, read_only=read_only)

    app.wsgi_app = Gate(app.wsgi_app, book.refresh, read_only=read_only)  # type: ignore[method-assign]
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
