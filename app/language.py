"""In which language the command line speaks to whoever is at the keyboard.

`VFUND_LANG`, else `LC_ALL`, `LC_MESSAGES` or `LANG`, else English.

English stands in the program and needs no catalogue: nothing of `ledger`, `reports` or Babel is imported for it, so
that `vfund --help` is instant. Words of the command line itself (`--amount`, `AMOUNT`, `receipt`) are the same in every
language, and so is JSON, which is for programs.
"""

import os
import re
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ledger.ground.phrases import PlaceValue, Text

ENGLISH = "en"
SPOKEN = (ENGLISH, "es", "fr", "pt")
"""The official languages of the OAS."""
YES = {
    ENGLISH: frozenset({"y", "yes"}),
    "es": frozenset({"s", "si", "sí"}),
    "fr": frozenset({"o", "oui"}),
    "pt": frozenset({"s", "sim"}),
}
"""How a question is agreed to, in the language in which it is put; the English answers are taken in all."""
NO = frozenset({"n", "no", "non", "não", "nao"})


def verify_language() -> None:
    """Refuse a language that the program does not speak.

    Raises:
        click.UsageError: when `VFUND_LANG` is none of `SPOKEN`.

    """
    stated = os.environ.get("VFUND_LANG") or ENGLISH
    if stated not in SPOKEN:
        raise click.UsageError(f"VFUND_LANG={stated} is none of the languages: {', '.join(SPOKEN)}")


def language() -> str:
    """Return the language of whoever is at the keyboard.

    Of the usual variables the first that is set counts (POSIX).
    """
    usual = (os.environ.get(name) for name in ("VFUND_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    code = re.split(r"[_.@]", next(filter(None, usual), ENGLISH))[0]
    return code if code in SPOKEN else ENGLISH


def translate(text: "Text") -> str:
    """Return a text of the program in the language of whoever is at the keyboard.

    What no catalogue has (what the system says) stays as it is.
    """
    code = language()
    if code == ENGLISH:
        return str(text)
    from ledger.ground.phrases import Phrase, Term  # noqa: PLC0415 - English needs neither this nor the catalogues
    from reports.translation import MissingTranslationError, Translator  # noqa: PLC0415

    try:
        return Translator(code).say(text if isinstance(text, Phrase) else Term(text))
    except MissingTranslationError:
        return str(text)


def say(text: str, /, **given: "PlaceValue") -> str:
    """Return a text with what stands in its `{places}`, in the language of whoever is at the keyboard."""
    from ledger.ground.phrases import phrase  # noqa: PLC0415 - what says nothing needs no phrases

    return translate(phrase(text, **given))


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a docstring, each in one line: so the catalogues have them."""
    return [" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text.strip())]


def confirm(question: "Text", *, default: bool, abort: bool = False) -> bool:
    """Ask what is answered with yes or no.

    Raises:
        click.Abort: when the answer is no, and `abort` is set.

    """
    yes = YES[language()] | YES[ENGLISH]
    letter = min(YES[language()], key=len)
    hint = f"{letter.upper()}/n" if default else f"{letter}/N"
    while True:
        answer = str(click.prompt(f"{translate(question)} [{hint}]", default="", show_default=False)).strip().casefold()
        if answer in {"", *yes, *NO}:
            break
        click.echo(translate("Error: invalid input"))
    accepted = answer in yes or (default and not answer)
    if abort and not accepted:
        raise click.Abort
    return accepted


class Spoken(click.Command):
    """A command whose help is in the language of whoever asks for it."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option that shows the help, with its own help in the language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = translate("Show this message and exit.")
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of the usage."""
        words, usage = " ".join(self.collect_usage_pieces(ctx)), translate("Usage:")
        formatter.write_usage(ctx.command_path, words, prefix=f"{usage} ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does; English as it stands."""
        if self.help and language() != ENGLISH:
            text = "\n\n".join(translate(paragraph) for paragraph in paragraphs(self.help))
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(text)
        else:
            super().format_help_text(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        result = [_help_of(item, ctx) for item in self.get_params(ctx) if not isinstance(item, click.Argument)]
        records = [record for record in result if record is not None]
        if records:
            with formatter.section(translate("Options")):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example: what it is, in the language, before the line itself."""
        if self.epilog and language() != ENGLISH:
            what, colon, line = self.epilog.partition(":")
            heading = translate(f"{what}{colon}")
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(f"{heading}{line}")
        else:
            super().format_epilog(ctx, formatter)


def _help_of(parameter: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    """Return an option with its help, as the help of a command lists it; None where it is hidden."""
    record = parameter.get_help_record(ctx)
    help_text: Any = getattr(parameter, "help", None)
    if record is None or not help_text or language() == ENGLISH:
        return record
    names, text = record
    return names, text.replace(help_text, translate(help_text))
