"""The entry point of `vfund`: what happens to an error that no command handled.

Exit codes: 0 fine, 1 refused, or the book has errors, 2 wrong usage, 3 our own failure.
"""

import os
import sys
from collections.abc import Sequence

import click

from app.cli import cli
from app.language import say, translate

REFUSED, USAGE, FAILURE = 1, 2, 3


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; a traceback is shown with `--debug` only."""
    os.environ["BEANCOUNT_DISABLE_LOAD_CACHE"] = "1"  # the cache knows nothing of changed plugins
    os.environ.setdefault(
        "PYDANTIC_DISABLE_PLUGINS", "__all__"
    )  # looking for plugins of pydantic costs a tenth of the start
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        result = cli.main(words, prog_name="vfund", standalone_mode=False)
        sys.exit(result if isinstance(result, int) else 0)
    except click.exceptions.Abort:
        stopped = translate("stopped; nothing was written")
        click.echo(f"\n{stopped}", err=True)
        sys.exit(REFUSED)
    except click.ClickException as error:
        from app.click_messages import show  # noqa: PLC0415 - only a line that is not right needs them

        show(error)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        what = f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")
        click.echo(translate("Error:") + f" {what}", err=True)
        sys.exit(REFUSED)
    except Exception as error:
        if "--debug" in words:
            raise
        click.echo(
            say(
                "Error: vfund itself failed ({problem}). Nothing more was written. Please report it, with what "
                "`vfund --debug …` prints for the same command.",
                problem=f"{type(error).__name__}: {error}",
            ),
            err=True,
        )
        sys.exit(FAILURE)


if __name__ == "__main__":
    main()
