"""Which words of a command go together: what excludes what, what needs what, and what must agree.

A command declares it once, in `relations`; `--help` shows it, and it is judged before anything is asked or written, with every
contradiction in one message:

    @click.command(cls=Command, relations=(only("--list", "--as-of", "--json"), needs("--as-of", "--list")))

A word is an option by its longest name (`--amount`), an argument as its help has it (`PLEDGE`), or either with a choice (`KIND=receipt`).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

import click
from click.core import ParameterSource

from ledger.model.fund import Fund

Given = Mapping[str, Any]
"""The words that stand on the command line, with their values."""

Judge = Callable[[Fund, Given], Iterator[str]]

ALWAYS = frozenset({"--book", "--help"})
"""What goes with every word."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What one word demands of the others. `contradictions` needs the book only where `judge` is there."""

    words: tuple[str, ...]
    rule: str
    judge: Judge | None = None
    allowed: frozenset[str] | None = None
    needed: tuple[str, ...] = ()

    def contradictions(self, fund: Fund | None, given: Given) -> Iterator[str]:
        """Yield what the words that were given break of it."""
        first, *others = self.words
        if self.judge is not None:
            if fund is not None and sum(word in given for word in self.words) >= min(2, len(self.words)):
                yield from self.judge(fund, given)
        elif first not in given:
            return
        elif self.needed:
            if not any(word in given for word in self.needed):
                ways = " or ".join(self.needed)
                yield f"{first} says nothing without {ways}: add {ways}, or leave {first} out"
        else:
            against = [word for word in given if "=" not in word and word not in {first, first.partition("=")[0]}]
            if self.allowed is None:
                against = [word for word in others if word in given]
            for word in against:
                if self.allowed is None or word not in self.allowed:
                    yield f"{first} and {word} exclude each other: leave one out"


def excludes(word: str, *others: str) -> Relation:
    """Declare that a word goes with none of the others."""
    return Relation((word, *others), f"{word} excludes {listed(others)}")


def only(word: str, *others: str) -> Relation:
    """Declare that a word goes with the others and no more."""
    return Relation(
        (word, *others), f"{word} goes with {listed(others) or 'nothing else'} only", allowed=ALWAYS | {*others}
    )


def needs(word: str, *others: str) -> Relation:
    """Declare that a word says something only with one of the others."""
    return Relation((word, *others), f"{word} needs {' or '.join(others)}", needed=others)


def agrees(words: Sequence[str], rule: str, judge: Judge) -> Relation:
    """Declare that words must agree, as `rule` says for `--help`; `judge` yields how they do not, whenever two of them are given (or the only one is)."""
    return Relation(tuple(words), rule, judge)


def listed(words: Sequence[str]) -> str:
    """Return `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


class Command(click.Command):
    """A command whose words are held against each other; a word that is said twice is refused, and texts are composed Unicode (NFC)."""

    def __init__(self, *arguments: Any, relations: Sequence[Relation] = (), **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.relations = tuple(relations)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the line; each option that may be given once is given once."""
        _, _, order = self.make_parser(ctx).parse_args(list(args))
        said = Counter(p for p in order if isinstance(p, click.Option) and not p.multiple and not _only_on(p))
        twice = [_told_twice(option) for option, number in said.items() if number > 1]
        if twice and not ctx.resilient_parsing:
            raise click.UsageError("\n".join(twice), ctx)
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
        wrong = [*self._said_again(given)]
        for relation in self.relations:
            wrong += relation.contradictions(fund, given)
        if wrong:
            lines = [f"  {line}" for line in dict.fromkeys(wrong)]
            raise click.UsageError("\n".join(["these words contradict each other:", *lines]), ctx)

    def given(self, ctx: click.Context) -> dict[str, Any]:
        """Return the words on the command line with their values, a choice (of several, the only one) also as `WORD=choice`."""
        found: dict[str, Any] = {}
        for parameter in self.params:
            name = str(parameter.name)
            value = ctx.params.get(name)
            if ctx.get_parameter_source(name) is not ParameterSource.COMMANDLINE or value in (None, ()):
                continue
            found[word_of(parameter, value=value)] = value
            chosen = value[0] if isinstance(value, tuple) and len(value) == 1 else value
            if isinstance(parameter.type, click.Choice) and isinstance(chosen, str):
                found[f"{word_of(parameter, value=value)}={chosen}"] = value
        return found

    def _said_again(self, given: Given) -> Iterator[str]:
        """Yield what `--meta` says that an option of the command is there for, or says twice."""
        keys = [pair.partition("=")[0] for pair in given.get("--meta", ())]
        own = {word_of(parameter) for parameter in self.params}
        for key in dict.fromkeys(keys):
            if f"--{key}" in own:
                yield f"--meta {key}=… and --{key} say the same: use --{key} alone"
            if keys.count(key) > 1:
                yield f"--meta {key}=… is given twice: leave one out"

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Show the relations before the examples."""
        if self.relations:
            with formatter.section("Words that go together, or do not"):
                for relation in self.relations:
                    formatter.write_text(relation.rule)
        super().format_epilog(ctx, formatter)


def word_of(parameter: click.Parameter, *, value: object = None) -> str:
    """Return what a parameter is called on the command line; of a pair such as `--git/--no-git`, the one that was meant."""
    if isinstance(parameter, click.Argument):
        return re.sub(r"[^A-Z-]", "", parameter.metavar or str(parameter.name).upper())
    names = parameter.secondary_opts if value is False and parameter.secondary_opts else parameter.opts
    return max(names, key=len)


def _only_on(option: click.Option) -> bool:
    """Return whether an option is a flag that has no opposite: saying it again changes nothing."""
    return option.is_flag and not option.secondary_opts


def _told_twice(option: click.Option) -> str:
    """Say that an option stands twice on the line, or beside its opposite."""
    if option.secondary_opts:
        return f"{word_of(option)} and {word_of(option, value=False)} exclude each other: leave one out"
    return f"{word_of(option)} is given twice: leave one out"


def _composed(value: Any) -> Any:
    """Return a text, or each of several, in composed Unicode: `México` is found however it was typed."""
    if isinstance(value, tuple):
        return tuple(_composed(item) for item in value)
    return normalize("NFC", value) if isinstance(value, str) else value


def consistent(fund: Fund) -> None:
    """Hold the words of the running command against each other, and against the book; every command with `agrees` calls it first.

    Raises:
        click.UsageError: when words contradict each other.

    """
    ctx = click.get_current_context()
    if isinstance(ctx.command, Command):
        ctx.command.refuse(ctx, fund)
