"""Which fields go together: what excludes what, what needs what, and what must agree.

An act, or a command, declares it once; help shows it, and it is judged before anything is asked or written, with every
contradiction in one message:

    relations=(only("--list", "--as-of", "--json"), needs("--as-of", "--list"))

A word is what a door calls a field: on the command line an option by its longest name (`--amount`), an argument as its
help has it (`PLEDGE`), or either with a choice (`KIND=receipt`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger.ground.phrases import N_, Text, join_with_and, join_with_or, phrase
from ledger.model.fund import Fund

Word = Callable[[str], str]
"""Gives what a door calls a field."""

Values = Mapping[str, Any]
"""The words that were stated, with their values."""

Judge = Callable[[Fund, Values], Iterator[Text]]

ALWAYS = frozenset({"--book", "--help"})
"""What goes with every word."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What one word demands of the others. `contradictions` needs the book only where `judge` is there."""

    words: tuple[str, ...]
    rule: Text
    judge: Judge | None = None
    allowed: frozenset[str] | None = None
    needed: tuple[str, ...] = ()

    def contradictions(self, fund: Fund | None, values: Values) -> Iterator[Text]:
        """Yield what the words that were given break of it."""
        first, *others = self.words
        if self.judge is not None:
            if fund is not None and sum(word in values for word in self.words) >= min(2, len(self.words)):
                yield from self.judge(fund, values)
        elif first not in values:
            return
        elif self.needed:
            if not any(word in values for word in self.needed):
                ways = join_with_or(self.needed)
                yield phrase(
                    "{word} says nothing without {ways}: add {ways}, or leave {word} out", word=first, ways=ways
                )
        else:
            against = [word for word in values if "=" not in word and word not in {first, first.partition("=")[0]}]
            if self.allowed is None:
                against = [word for word in others if word in values]
            for word in against:
                if self.allowed is None or word not in self.allowed:
                    yield phrase("{one} and {other} exclude each other: leave one out", one=first, other=word)


def excludes(word: str, *others: str) -> Relation:
    """Declare that a word goes with none of the others."""
    return Relation((word, *others), phrase("{word} excludes {others}", word=word, others=join_with_and(others)))


def only(word: str, *others: str) -> Relation:
    """Declare that a word goes with the others and no more."""
    rule = phrase("{word} goes with {others} only", word=word, others=join_with_and(others) or N_("nothing else"))
    return Relation((word, *others), rule, allowed=ALWAYS | {*others})


def needs(word: str, *others: str) -> Relation:
    """Declare that a word says something only with one of the others."""
    return Relation(
        (word, *others), phrase("{word} needs {others}", word=word, others=join_with_or(others)), needed=others
    )


def agrees(words: Sequence[str], rule: Text, judge: Judge) -> Relation:
    """Declare that words must agree, as `rule` says for `--help`.

    `judge` yields how they do not, whenever two of them are given (or the only one is).
    """
    return Relation(tuple(words), rule, judge)
