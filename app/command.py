"""A command whose words are held against each other (`ledger.acts.relations`) before anything is asked or written."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from unicodedata import normalize

import click
from click.core import ParameterSource

from app.language import Spoken, translate
from ledger.acts.relations import Relation, Values
from ledger.ground.phrases import Text, phrase
from ledger.model.fund import Fund


class Command(Spoken):
    """A command whose words are held against each other.

    A word that is said twice is refused, and texts are composed Unicode (NFC).
    """

    def __init__(self, *arguments: Any, relations: Sequence[Relation] = (), **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.relations = tuple(relations)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the line; each option that may be given once is given once."""
        _, _, order = self.make_parser(ctx).parse_args(list(args))
        counts = Counter(p for p in order if isinstance(p, click.Option) and not p.multiple and not _only_on(p))
        twice = [_repeats(option) for option, number in counts.items() if number > 1]
        if twice and not ctx.resilient_parsing:
            raise click.UsageError("\n".join(map(translate, twice)), ctx)
        rest = super().parse_args(ctx, args)
        for parameter in self.params:
            if isinstance(parameter.type, click.types.StringParamType) and parameter.name not in {None, "book"}:
                ctx.params[str(parameter.name)] = _composed(ctx.params.get(str(parameter.name)))
        return rest

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what needs no book is judged here, the rest by `consistent` when the book is read."""
        if all(relation.judge is None for relation in self.relations):
            self.refuse(ctx, None)
        return super().invoke(ctx)

    def refuse(self, ctx: click.Context, fund: Fund | None) -> None:
        """Stop when words contradict each other, with all that do.

        Raises:
            click.UsageError: when there are any.

        """
        given = self.given(ctx)
        wrong: list[Text] = [*self._said_again(given)]
        for relation in self.relations:
            wrong += relation.contradictions(fund, given)
        if wrong:
            lines = [f"  {translate(line)}" for line in dict.fromkeys(wrong)]
            raise click.UsageError("\n".join([translate("these words contradict each other:"), *lines]), ctx)

    def given(self, ctx: click.Context) -> dict[str, Any]:
        """Return the words on the command line with their values, a choice (of several, the only one) also as `WORD=choice`."""
        result: dict[str, Any] = {}
        for parameter in self.params:
            name = str(parameter.name)
            value = ctx.params.get(name)
            if ctx.get_parameter_source(name) is not ParameterSource.COMMANDLINE or value in (None, ()):
                continue
            result[word_of(parameter, value=value)] = value
            chosen = value[0] if isinstance(value, tuple) and len(value) == 1 else value
            if isinstance(parameter.type, click.Choice) and isinstance(chosen, str):
                result[f"{word_of(parameter, value=value)}={chosen}"] = value
        return result

    def _said_again(self, given: Values) -> Iterator[Text]:
        """Yield what `--meta` says that an option of the command is there for, or says twice."""
        keys = [pair.partition("=")[0] for pair in given.get("--meta", ())]
        own = {word_of(parameter) for parameter in self.params}
        for key in dict.fromkeys(keys):
            if f"--{key}" in own:
                yield phrase("--meta {key}=… and --{key} say the same: use --{key} alone", key=key)
            if keys.count(key) > 1:
                yield _twice(f"--meta {key}=…")

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the relations before the examples."""
        if self.relations:
            with formatter.section(translate("Words that go together, or do not")):
                for relation in self.relations:
                    formatter.write_text(translate(relation.rule))
        super().format_epilog(ctx, formatter)


def word_of(parameter: click.Parameter, *, value: object = None) -> str:
    """Return what a parameter is called on the command line.

    Of a pair such as `--git/--no-git`, the one that was meant.
    """
    if isinstance(parameter, click.Argument):
        return re.sub(r"[^A-Z-]", "", parameter.metavar or str(parameter.name).upper())
    names = parameter.secondary_opts if value is False and parameter.secondary_opts else parameter.opts
    return max(names, key=len)


def _only_on(option: click.Option) -> bool:
    """Return whether an option is a flag that has no opposite: saying it again changes nothing."""
    return option.is_flag and not option.secondary_opts


def _repeats(option: click.Option) -> Text:
    """Return that an option stands twice on the line, or beside its opposite."""
    if option.secondary_opts:
        return phrase(
            "{one} and {other} exclude each other: leave one out",
            one=word_of(option),
            other=word_of(option, value=False),
        )
    return _twice(word_of(option))


def _twice(word: str) -> Text:
    return phrase("{word} is given twice: leave one out", word=word)


def _composed(value: Any) -> Any:
    """Return a text, or each of several, in composed Unicode: `México` is found however it was typed."""
    if isinstance(value, tuple):
        return tuple(_composed(item) for item in value)
    return normalize("NFC", value) if isinstance(value, str) else value


def consistent(fund: Fund) -> None:
    """Hold the words of the running command against each other, and against the book.

    Every command with `agrees` calls it first.

    Raises:
        click.UsageError: when words contradict each other.

    """
    ctx = click.get_current_context()
    if isinstance(ctx.command, Command):
        ctx.command.refuse(ctx, fund)
