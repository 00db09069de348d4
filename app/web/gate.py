"""What stands before the application: who may be asked for, how, and what every answer says beside its content.

Fava answers HEAD and OPTIONS with 401 when it is read-only, which load balancers take for a failure; here HEAD is a GET
without its body, OPTIONS says what is allowed, and every other method is refused with 405 before it reaches Fava. A
request for another host than this server's is refused: else any page of the web could read the book through a name that
it points at this machine (DNS rebinding). Source of the headers: OWASP Secure Headers Project.
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from app.web.pages import refusal

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
"""`unsafe-inline` is for styles only: Fava sets widths in them. Scripts come from the server alone, so a name that
looks like a script stays a name."""
DOCUMENT = (
    ("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:"),
)
"""A document of the book is shown in a sandbox: what somebody filed as a page runs no script in the place of ours."""
NOT_KEPT = ("Cache-Control", "no-store")
"""Figures are not kept by browsers nor by what stands between."""
ALLOWED = "GET, HEAD, OPTIONS"
LONGEST = 8_000
"""How long an address may be, with its words."""
HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})

App = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Gate:
    """WSGI middleware. `names` are the hosts for which it answers, beside those of this machine.

    `folder` is that of the book.
    """

    def __init__(
        self, app: App, refresh: Callable[[], None], *, read_only: bool, names: frozenset[str], folder: str
    ) -> None:
        self._app, self._refresh, self._read_only = app, refresh, read_only
        self._names, self._folder = HERE | {name.casefold() for name in names}, folder

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request, or hand it on."""
        method = environ["REQUEST_METHOD"]
        added = _headers(environ.get("PATH_INFO", ""))

        def start(status: str, headers: list[tuple[str, str]], *rest: object) -> object:
            names = {name for name, _ in added} | {"Server"}
            return start_response(status, [*(pair for pair in headers if pair[0] not in names), *added], *rest)

        refused = self._refused(environ)
        if refused is not None:
            status, content = refused
            start(status, [("Content-Type", "text/html; charset=utf-8")])
            return [content] if method != "HEAD" else []
        if self._read_only and method == "OPTIONS":
            start("204 No Content", [("Allow", ALLOWED)])
            return []
        if self._read_only and method not in {"GET", "HEAD"}:
            start("405 Method Not Allowed", [("Allow", ALLOWED), ("Content-Type", "text/plain; charset=utf-8")])
            return [b"This book is read-only here.\n"]
        self._refresh()
        environ = environ | {"QUERY_STRING": self._whole(environ.get("QUERY_STRING", ""))}
        if self._read_only and method == "HEAD":
            result = self._app(environ | {"REQUEST_METHOD": "GET"}, start)
            if hasattr(result, "close"):
                result.close()
            return []
        return self._app(environ, start)

    def _refused(self, environ: dict[str, Any]) -> tuple[str, bytes] | None:
        """Return the answer to a request that is for another host, or whose address is too long."""
        host = str(environ.get("HTTP_HOST", "")).casefold()
        name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
        if name not in self._names:
            return "421 Misdirected Request", refusal(421, "This server does not answer for that address.")
        if len(environ.get("PATH_INFO", "")) + len(environ.get("QUERY_STRING", "")) > LONGEST:
            return "414 URI Too Long", refusal(414, "The address is too long: ask for less.")
        return None

    def _whole(self, query: str) -> str:
        """Name a file of the book from the root, as Fava wants it: pages name it from the folder of the book."""
        if "filename=" not in query:
            return query
        pairs = [
            (key, f"{self._folder}/{value}" if key == "filename" and value and not value.startswith("/") else value)
            for key, value in parse_qsl(query, keep_blank_values=True)
        ]
        return urlencode(pairs)


def _headers(path: str) -> tuple[tuple[str, str], ...]:
    if path.startswith("/static/"):
        return HEADERS
    if path.rstrip("/").endswith(("/document", "/statement")):
        return (*DOCUMENT, *(pair for pair in HEADERS if pair[0] != DOCUMENT[0][0]), NOT_KEPT)
    return (*HEADERS, NOT_KEPT)
