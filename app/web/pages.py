"""What the server says in its own name: why a request was refused, with a way home.

And that the book shown is not the newest.
"""

from html import escape

_TITLES = {
    400: "This cannot be answered",
    403: "This is closed here",
    404: "There is nothing here",
    405: "This book is read-only here",
    413: "This is too much",
    414: "The address is too long",
    421: "This server does not answer for that address",
    500: "The server failed",
    503: "Too many ask at once",
}


def refusal(status: int, why: str) -> bytes:
    """Return a page that says why, and leads home."""
    title = _TITLES.get(status, "This cannot be answered")
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        "<style>body { font: 1rem/1.5 sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }</style></head>"
        f'<body><main><h1>{title}</h1><p>{escape(why)}</p><p><a href="/">To the first page of the book</a></p></main></body></html>\n'
    ).encode()


def stale(why: str) -> str:
    """Return the banner that stands on every page while the book cannot be read again."""
    return (
        '<div role="alert" class="stale" style="position: sticky; top: 0; z-index: 100; padding: 0.6rem 1rem; background: #7a1f00; color: #fff">'
        f"The book has changed and cannot be read: {escape(why)}. What is shown is the book as it was read last.</div>"
    )
