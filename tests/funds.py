"""The command line on a book."""

from pathlib import Path

from click.testing import CliRunner, Result

from app.cli import cli


def run(*words: str | Path, book: Path, **more: object) -> Result:
    """Run a command of `vfund` on a book."""
    return CliRunner().invoke(cli, [*map(str, words), "--book", str(book)], **more)  # type: ignore[arg-type]
