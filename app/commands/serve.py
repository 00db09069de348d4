"""`vfund serve`: the book in a browser, for auditors."""

import socket
from typing import TYPE_CHECKING, Any

import click

from app.books import book_option, find
from app.command import Command
from app.language import say
from ledger.acts.relations import only
from ledger.ground.errors import UnreadableBookError
from ledger.ground.phrases import N_, text_of

if TYPE_CHECKING:
    from flask import Flask

LOOPBACK = "127.0.0.1"
LIMITS: dict[str, Any] = {
    "threads": 8,
    "connection_limit": 200,
    "channel_timeout": 20,
    "max_request_header_size": 32 * 1024,
    "max_request_body_size": 16 * 1024 * 1024,
    "ident": None,
}
"""A request is handed to a thread when all of it has come, so a slow one holds none up; one that is too large is
refused."""


@click.command(
    cls=Command,
    relations=(only("--check"),),
    epilog="Examples: vfund serve · vfund serve --port 8080 --book my-fund",
)
@click.option("--port", type=click.IntRange(1, 65535), default=5000, show_default=True, help="Port to listen on.")
@click.option(
    "--host",
    default=LOOPBACK,
    show_default=True,
    help="Address to listen on; there is no sign-in, so any other than this machine's needs a server before it.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="A name by which readers reach it, such as fund.example.org, beside localhost (repeat it); other names are refused.",
)
@click.option(
    "--read-only/--writable",
    default=True,
    show_default=True,
    help="Whether nothing can be changed; writable is for an officer at this machine.",
)
@click.option("--check", "check_only", is_flag=True, help="Ask every view once, say how each answers, and end.")
@book_option
def command(
    port: int, host: str, names: tuple[str, ...], book: str | None, *, read_only: bool, check_only: bool
) -> None:
    """Show the book in a browser: Fava, with the views for auditors. It is read-only, and answers on this machine only, unless told otherwise."""  # noqa: W505 - a sentence of the help
    path = find(book)
    if not read_only and host != LOOPBACK:
        raise click.UsageError(say("--writable is for this machine only: there is no sign-in; leave --host out"))
    from rich.console import Console  # noqa: PLC0415 - the web loads only to serve
    from waitress import create_server  # noqa: PLC0415

    from app.web import application  # noqa: PLC0415

    with Console(stderr=True).status(say("Reading {file} …", file=path.name)):
        try:
            app = application(str(path), read_only=read_only, names=(*names, host))
        except UnreadableBookError as error:
            raise click.ClickException(say("{problem}; `vfund check` says more", problem=text_of(error))) from error
    if check_only:
        _check(app)
        return
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        text = N_("{address} cannot be used ({reason}); name another with --port")
        raise click.ClickException(say(text, address=f"{host}:{port}", reason=str(error))) from error
    server = create_server(app, sockets=[listening], **LIMITS)
    if host != LOOPBACK:
        text = N_("Warning: everybody who reaches {host} reads this book; see docs/deployment.md.")
        click.echo(say(text, host=host), err=True)
    mode = say("read-only") if read_only else say("writable")
    end = say("end with Ctrl+C")
    click.echo(f"{path} · {mode} · http://{host}:{port}/ ({end})")
    try:
        server.run()
    except KeyboardInterrupt:
        click.echo(say("Stopped."), err=True)
    finally:
        server.close()


def _check(app: "Flask") -> None:
    """Ask the first page and every view; end with 1 when one does not answer."""
    from reports.views import VIEWS  # noqa: PLC0415

    client = app.test_client()
    home = client.get("/").headers["Location"].split("/")[1]
    bad = 0
    for name in VIEWS:
        answer = client.get(f"/{home}/extension/{name}/")
        click.echo(f"{name}: {answer.status}")
        bad += answer.status_code != 200  # noqa: PLR2004 - HTTP's own number
    if bad:
        raise click.ClickException(say('the book does not show; does it declare `fava-extension` "reports.views"?'))
