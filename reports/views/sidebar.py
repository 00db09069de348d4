"""The links that a book puts into Fava's sidebar (`fava-sidebar-link`).

They lead from every page to the same place, with the period that is chosen.

Fava takes their addresses as they stand: one that is relative, as `../journal/`, leads from a page one level deeper to
a page that is not there. It draws them once, too, and the period may be chosen afterwards. So each goes over a page of
ours that knows both: where the book lies, and which filters the page has on which the link stands.
"""

from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from fava.application import url_for
from flask import request

SYNCED = ("account", "conversion", "filter", "interval", "time")
"""The words of an address that Fava keeps from page to page."""


def lasting(links: Iterable[tuple[str, str]], view: str) -> list[tuple[str, str]]:
    """Return links of the sidebar over the page `go` of a view.

    One to another site, or from the root of this one, stays as it is.
    """
    return [(label, _over(address, view)) for label, address in links]


def _over(address: str, view: str) -> str:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or address.startswith(("/", "#")):
        return address
    inside = "/".join(part for part in parts.path.split("/") if part not in {".", ".."})
    place = f"{inside}?{parts.query}" if parts.query else inside
    return f"{url_for('index')}extension/{view}/go?{urlencode({'to': place})}"


def destination(place: str) -> str:
    """Return the address of a page of the book, with the filters of the page that leads to it; its own go before."""
    parts = urlsplit(place)
    inside = "/".join(part for part in parts.path.split("/") if part not in {"", ".", ".."})
    own = parse_qsl(parts.query)
    before = urlsplit(request.referrer or "")
    own_names = {name for name, _ in own}
    filters = [pair for pair in parse_qsl(before.query) if pair[0] in SYNCED and pair[0] not in own_names]
    words = [*own, *(filters if before.netloc == request.host else ())]
    path = f"{quote(inside, safe='/:')}/" if inside else ""
    return f"{url_for('index')}{path}{'?' if words else ''}{urlencode(words)}"
