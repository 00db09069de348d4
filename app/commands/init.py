"""`vfund init`: start a book."""

import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

import click

from app.command import Command
from app.language import say, translate
from importers.ground.configuration import INCOMING
from ledger.acts.donor import LANGUAGES
from ledger.book.history import commit
from ledger.book.loading import load
from ledger.ground.phrases import N_
from ledger.ground.writing import replace_file


@click.command(cls=Command, epilog="Example: vfund init my-fund --title 'Voluntary Fund'")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@click.option("--title", metavar="TEXT", help="Official name of the fund.")
@click.option("--name-es", metavar="TEXT", help="Official name in Spanish, where it is known.")
@click.option("--name-fr", metavar="TEXT", help="Official name in French, where it is known.")
@click.option("--name-pt", metavar="TEXT", help="Official name in Portuguese, where it is known.")
@click.option(
    "--code",
    default="VF-SRMW",
    show_default=True,
    metavar="CODE",
    help="Short code of the fund, in capitals.",
)
@click.option("--unit", default="USD", show_default=True, metavar="CURRENCY", help="Unit of account.")
@click.option("--git/--no-git", default=True, help="Keep the book's history in git.")
@click.option("--dry-run", is_flag=True, help="List the files, write nothing.")
def command(
    folder: Path | None,
    title: str | None,
    name_es: str | None,
    name_fr: str | None,
    name_pt: str | None,
    code: str,
    unit: str,
    *,
    git: bool,
    dry_run: bool,
) -> None:
    """Start the book of a fund in a new FOLDER: chart of accounts, donor registry, settings, and a history."""
    folder = folder or Path(click.prompt(say("Folder for the new book"), default="my-fund"))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        refusal = N_("{folder} is there already and not empty; name a new folder")
        raise click.ClickException(say(refusal, folder=str(folder)))
    name = title or "Voluntary Fund of the Office of the Special Rapporteur for Migrant Workers and Their Families"
    others = _other_names({"es": name_es, "fr": name_fr, "pt": name_pt})
    for option, text in {"--title": name, **{f"--name-{code}": text for code, text in others.items()}}.items():
        if '"' in text or "\\" in text or "\n" in text:
            refusal = N_("{option}: leave quotation marks, backslashes and line breaks out")
            raise click.UsageError(say(refusal, option=option))
    contents = _contents(
        {
            "TITLE": name,
            "NAMES": "".join(f'\n  name-{language}: "{text}"' for language, text in others.items()),
            "CODE": code,
            "UNIT": unit,
            "YEAR": str(date.today().year),
        }
    )
    for place in sorted(contents):
        if dry_run:
            click.echo(say("would write {place}", place=str(folder / place)))
    if dry_run:
        return
    for place, text in sorted(contents.items()):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        replace_file(folder / place, text.encode())
    for empty in ("documents", INCOMING):
        (folder / empty).mkdir(exist_ok=True)
    _refuse_if_wrong(folder, contents)
    if git and _git(folder):
        commit(folder.absolute(), [folder.absolute()], "Start the book", "finance-officer")
    conclusion = say("The book is in {folder}. Next:", folder=str(folder))
    click.echo(f"{conclusion}\n  cd {folder}\n  vfund pledge\n  vfund check")


def _other_names(stated: dict[str, str | None]) -> dict[str, str]:
    """Return the official names in other languages; a person is asked for those that are left out."""
    result = {}
    for language, text in stated.items():
        question = say(
            "Official name in {language} (empty: not known; reports then say it in the original language)",
            language=LANGUAGES[language],
        )
        asks = text is None and sys.stdin.isatty()
        name = click.prompt(question, default="", show_default=False) if asks else text
        if name:
            result[language] = str(name)
    return result


def _refuse_if_wrong(folder: Path, contents: Iterable[str]) -> None:
    """Take a new book away again when it is not right (a code or a unit that the language refuses)."""
    errors = load(folder / "main.beancount").errors
    if not errors:
        return
    for place in contents:
        (folder / place).unlink(missing_ok=True)
    for left in ("entries", "registry", "policy", "documents", INCOMING, "."):
        shutil.rmtree(folder / left, ignore_errors=True)
    messages = "\n".join(f"  {translate(error.what)}" for error in errors)
    refusal = say("the book would not be right; nothing was written:")
    raise click.ClickException(f"{refusal}\n{messages}")


def _contents(words: dict[str, str]) -> dict[str, str]:
    """Return the text of every file of a new book, by its place in the folder."""
    contents: dict[str, str] = {}
    with as_file(files("ledger")) as package:
        for root in (package / "template", package / "registry", package / "policy"):
            base = package / "template" if root.name == "template" else package
            for path in sorted(p for p in root.rglob("*") if p.suffix in {".beancount", ".toml", ".py"}):
                place, text = str(path.relative_to(base)), path.read_text(encoding="utf-8")
                for word, value in words.items():
                    place, text = place.replace(f"@{word}@", value), text.replace(f"@{word}@", value)
                contents[place] = text
    contents[".gitignore"] = "*.picklecache\n.vfund.lock\n.*.tmp\n"
    contents["documents/README.txt"] = 'Letters, agreements and bank notices, filed by `option "documents"`.\n'
    return contents


def _git(folder: Path) -> bool:
    try:
        process = subprocess.run(["git", "init", "--quiet", str(folder)], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        click.echo(
            say("git is not installed: the book keeps no history. Install git, then run `git init` in its folder."),
            err=True,
        )
        return False
    return process.returncode == 0
