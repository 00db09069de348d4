"""A book that is served without a port, and readers of its pages."""

import io
import zipfile
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.web.application import make_application

SLUG = "example-contributions-to-the-iachr-2016"
"""The name that Fava makes of the title of the example."""


@dataclass
class Site:
    """A book that is served."""

    path: Path
    client: FlaskClient
    home: str

    @classmethod
    def of(cls, path: Path) -> "Site":
        client = make_application(path).test_client()
        return cls(path, client, "/" + client.get("/").headers["Location"].split("/")[1])

    def get(self, address: str, language: str = "en", **words: str) -> TestResponse:
        query = "&".join(f"{key}={quote(value)}" for key, value in words.items())
        headers = {"Accept-Language": language}
        whole = f"{self.home}/{address}{'?' if query else ''}{query}"
        return self.client.get(whole, headers=headers, follow_redirects=True)

    def view(self, name: str, language: str = "en", **words: str) -> str:
        answer = self.get(f"extension/{name}/", language, **words)
        assert answer.status_code == 200
        return answer.get_data(as_text=True)


class Cells(HTMLParser):
    """Reads the cells that have the id of a figure, and the links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.links: list[str] = []
        self._place = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "td":
            self._place = values.get("data-figure") or ""
            if self._place:
                assert self._place not in self.found, f"{self._place} stands twice"
                self.found[self._place] = ""
        if tag == "a" and values.get("href"):
            self.links.append(str(values["href"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "td":
            self._place = ""

    def handle_data(self, data: str) -> None:
        if self._place:
            self.found[self._place] += data


class Links(HTMLParser):
    """Reads where a page leads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name == "href" and value]


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}
