"""What Click itself says of a line that is not right, in the language of whoever is at the keyboard.

Click's messages are English; each is recognised by its frame, and what stands in it (a word, a value, a reason) is
kept, or translated in turn.
"""

import re
from functools import cache

import click

from app.language import ENGLISH, language, say, translate
from ledger.ground.phrases import N_

FRAMES = (
    N_("No such option {option}."),
    N_("No such option {option}. Did you mean {other}?"),
    N_("No such option {option}. (Did you mean one of: {others}?)"),
    N_("Missing argument {word}."),
    N_("Missing argument {word}. Choose from: {choices}"),
    N_("Missing option {word}."),
    N_("Missing option {word}. Choose from: {choices}"),
    N_("Invalid value for {word}: {problem}"),
    N_("Invalid value: {problem}"),
    N_("Option {option} requires an argument."),
    N_("Option {option} does not take a value."),
    N_("Got unexpected extra argument ({words})"),
    N_("Got unexpected extra arguments ({words})"),
    N_("{value} is not one of {choices}."),
    N_("{value} is not a valid integer."),
    N_("{value} is not in the range {bounds}."),
    N_("File {path} does not exist."),
    N_("File {path} is a directory."),
    N_("Path {path} does not exist."),
)
"""The messages of Click that our commands can cause."""


def translate_message(message: str) -> str:
    """Return a message of Click in the language; any other text as it is."""
    if language() == ENGLISH:
        return message
    text = re.sub(r"\s+", " ", message).strip()
    for frame in FRAMES:
        parts = _pattern(frame).fullmatch(text)
        if parts is not None:
            return say(frame, **{name: translate_message(value) for name, value in parts.groupdict().items()})
    return message


@cache
def _pattern(frame: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(frame)))


def show(error: click.ClickException) -> None:
    """Show what stops a command, after the usage of the command where that was not right."""
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    if ctx is not None:
        option = max(ctx.help_option_names, key=len)
        hint = translate("Try '{line}' for help.").format(line=f"{ctx.command_path} {option}")
        click.echo(f"{ctx.get_usage()}\n{hint}\n", err=True)
    error_word = translate("Error:")
    click.echo(f"{error_word} {translate_message(error.format_message())}", err=True)
