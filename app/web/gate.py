"""What stands before the application: the methods that are answered, and the headers that every answer has.

Fava answers HEAD and OPTIONS with 401 when it is read-only, which load balancers take for a failure; here HEAD is a GET without its body, OPTIONS says
what is allowed, and every other method is refused with 405 before it reaches Fava. Source of the headers: OWASP Secure Headers Project.
"""

from collections.abc import Callable, Iterable
from typing import Any

HEADERS = (
    (
        "Content-Security-Policy",
        (
            "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        ),
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
"""`unsafe-inline` is for styles only: Fava sets widths in them. Scripts come from the server alone, so a name that looks like a script stays a name."""
DOCUMENT = (
    ("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:"),
)
"""A document of the book is shown in a sandbox: what somebody filed as a page runs no script in the place of ours."""
ALLOWED = "GET, HEAD, OPTIONS"

App = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Gate:
    """WSGI middleware."""

    def __init__(self, app: App, refresh: Callable[[], None], *, read_only: bool) -> None:
        self._app, self._refresh, self._read_only = app, refresh, read_only

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request, or hand it on."""
        self._refresh()
        method = environ["REQUEST_METHOD"]
        added = _headers(environ.get("PATH_INFO", ""))

        def start(status: str, headers: list[tuple[str, str]], *rest: object) -> object:
            names = {name for name, _ in added}
            return start_response(status, [*(pair for pair in headers if pair[0] not in names), *added], *rest)

        if self._read_only and method == "OPTIONS":
            start("204 No Content", [("Allow", ALLOWED)])
            return []
        if self._read_only and method not in {"GET", "HEAD"}:
            start("405 Method Not Allowed", [("Allow", ALLOWED), ("Content-Type", "text/plain; charset=utf-8")])
            return [b"This book is read-only here.\n"]
        if self._read_only and method == "HEAD":
            found = self._app(environ | {"REQUEST_METHOD": "GET"}, start)
            if hasattr(found, "close"):
                found.close()
            return []
        return self._app(environ, start)


def _headers(path: str) -> tuple[tuple[str, str], ...]:
    if path.rstrip("/").endswith(("/document", "/statement")):
        return (*DOCUMENT, *(pair for pair in HEADERS if pair[0] != DOCUMENT[0][0]))
    return HEADERS
