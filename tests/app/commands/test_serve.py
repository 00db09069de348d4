"""`vfund serve`: what it says, refuses, and answers on a real port; the factory for another server."""

import socket
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from app.cli import cli
from app.web import application
from reports.views import VIEWS
from tests.books import SMALL
from tests.conftest import EXAMPLE, Write, served


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["serve", *words])
    return done.exit_code, done.output


def test_every_view_answers_once() -> None:
    code, said = run("--check", "--book", str(EXAMPLE))
    assert (code, said.splitlines()) == (0, [f"{name}: 200 OK" for name in VIEWS])


def test_a_book_without_the_views_says_what_it_lacks(write: Write) -> None:
    code, said = run("--check", "--book", str(write(SMALL)))
    assert (code, 'fava-extension` "reports.views"' in said) == (1, True)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--book", "nowhere"), "there is no book at nowhere"),
        (("--writable", "--host", "0.0.0.0"), "this machine only"),  # noqa: S104 - it is refused
        (("--port", "0"), "not in the range"),
    ],
)
def test_what_is_refused(words: tuple[str, ...], why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VFUND_BOOK", str(EXAMPLE))
    code, said = run(*words)
    assert (code, why in said) == (2, True), said


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        code, said = run("--port", port, "--book", str(EXAMPLE))
    assert (code, f"127.0.0.1:{port} cannot be used" in said) == (1, True), said


def test_it_opens_on_the_overview() -> None:
    with served(EXAMPLE) as base, urlopen(base) as answer:  # noqa: S310 - our own server on loopback
        assert answer.url.endswith("/extension/Overview/")
        assert '<html lang="en">' in answer.read().decode()


def test_the_factory_takes_the_book_of_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VFUND_BOOK", str(EXAMPLE))
    monkeypatch.chdir(tmp_path)
    assert application().test_client().get("/").status_code == 302
    writable = application(read_only=False).test_client()
    home = writable.get("/").headers["Location"].split("/")[1]
    assert writable.get(f"/{home}/api/imports").status_code == 200  # an officer at this machine may import
    assert writable.get(f"/{home}/api/query?query_string=.output%20x").status_code == 500  # and still only ask
