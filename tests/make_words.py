"""`make words`: bring the catalogues up to date with the texts of the program.

What is new in them is then to be translated.

A text is marked where it stands (`N_`, `phrase`, `Message`, `translate`), or it is part of a declaration that the doors
show: what an act does, its fields, the help of a command. The catalogues hold these, and nothing else.
"""

from collections.abc import Iterator
from inspect import cleandoc
from typing import cast

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from app.cli import COMMANDS, SUMMARIES, cli
from app.language import paragraphs
from importers.plans.plan import OutcomeKind
from ledger.acts import ACTS, find_act
from ledger.acts.preview import LABELLED
from ledger.ground.money import decimals_of
from reports.translation import CATALOGUES, LANGUAGES
from tests.conftest import ROOT

KEYWORDS = {"N_": None, "phrase": None, "Message": (1, 2), "translate": None, "say": None}
FOLDERS = ("ledger", "plugins", "reports", "app")


def texts() -> set[str]:
    """Return every text of the program."""
    return {*_marked(), *_declared()}


def _marked() -> Iterator[str]:
    for folder in FOLDERS:
        found = extract_from_dir(str(ROOT / folder), keywords=KEYWORDS, method_map=[("**.py", "python")])
        for _, _, message, _, _ in found:
            yield from message if isinstance(message, tuple) else (message,)


def _declared() -> Iterator[str]:
    yield from (key.replace("-", " ") for key in LABELLED)
    yield from (decimals_of(currency) for currency in ("JPY", "USD", "KWD", "CLF"))
    yield from (kind.value for kind in OutcomeKind)
    yield from help_of(cli)
    yield from COMMANDS
    for name, summary in SUMMARIES.items():
        yield summary
        command = cli.get_command(click.Context(cli), name)
        yield from help_of(cast("click.Command", command))
    for act in map(find_act, ACTS):
        for item in act.fields():
            yield from (item.question, item.help)


def help_of(command: click.Command) -> Iterator[str]:
    """Yield what the help of a command says."""
    yield from paragraphs(cleandoc(command.help or ""))
    if command.epilog:
        yield command.epilog.partition(":")[0] + ":"
    yield from (item.help for item in command.params if isinstance(item, click.Option) and item.help)


def main() -> None:
    """Write the catalogues anew: texts that are new wait for their translation, those that are gone are left out."""
    template = Catalog()
    for text in texts():
        template.add(text)
    for language in LANGUAGES:
        path = CATALOGUES / f"{language}.po"
        if not path.exists():
            continue
        with path.open(encoding="utf-8") as file:
            catalogue = read_po(file, locale=language)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        with path.open("wb") as file:
            write_po(file, catalogue, width=1000, ignore_obsolete=True, sort_output=True, no_location=True)


if __name__ == "__main__":
    main()
