"""An act: what an officer does, declared once for every door.

The fields of an act are read in their order, and each may look at what is filled in so far: what is suggested, what may be chosen, whether the field
applies at all. A door (the command line, a form in the browser, a program) brings texts and questions; it knows no act by name:

    class Rate(Act):
        \"""Record a rate of exchange.\"""

        day = Field(DAY, N_("Date"))
        currency = Field(CURRENCY, N_("Currency"))
        ...

        def entries(self) -> Entries: ...

An act that is filled in *is* its draft: `self.currency` is the value that was read. What it makes is judged with the whole book by whoever records it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar, overload

from beancount.core.data import Directive

from ledger.acts.takes import ComposeError
from ledger.ground.phrases import Text
from ledger.model.fund import Fund

Value = TypeVar("Value")
Texts = Mapping[str, Sequence[str]]
"""What was filled in, as text, by the name of the field."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that a field can have, as it is written, with what it means."""

    text: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Kind(Generic[Value]):
    """A kind of value: how its text is read, and what may be chosen. `read` raises `ValueError` with what was expected."""

    name: str
    read: "Callable[[Act, str], Value]"
    choices: "Callable[[Act], Sequence[Choice]]" = lambda _act: ()
    doubt: "Callable[[Act, Value], str | None]" = lambda _act, _value: None


class Field(Generic[Value]):
    """A field of an act.

    `label` is the question, `help` says more. `suggest` gives the text that stands unless another is given; `applies` whether the field says anything,
    by what is filled in so far; `asks` whether a person is asked for it at all, or only may say it. A field that is not `needed` may stay empty, and is
    None (a field with `many` values: an empty list). `argument` is a field that stands without its name on a command line.
    """

    def __init__(  # noqa: PLR0913 - each is a property of a field, given by its name
        self,
        kind: Kind[Any],
        label: Text,
        *,
        help: Text = "",  # noqa: A002 - the word of every door
        suggest: "Callable[[Any], str | None]" = lambda _act: None,
        choices: "Callable[[Any], Sequence[Choice]] | None" = None,
        applies: "Callable[[Any], bool]" = lambda _act: True,
        asks: "Callable[[Any], bool]" = lambda _act: True,
        needed: bool = True,
        many: bool = False,
        argument: bool = False,
    ) -> None:
        self.kind, self.label, self.help = kind, label, help
        self.suggest, self.applies, self.asks = suggest, applies, asks
        self.choices = choices or kind.choices
        self.needed, self.many, self.argument = needed, many, argument
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, act: None, owner: type) -> Self: ...
    @overload
    def __get__(self, act: "Act", owner: type) -> Value: ...
    def __get__(self, act: "Act | None", owner: type) -> Any:
        """Return the value that was read for an act; of the class, the field itself."""
        return self if act is None else act.values.get(self.name, [] if self.many else None)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field, or with several: `field` is empty where it is the act as a whole.

    `kind` is "missing", "wrong" (it cannot be read, or contradicts another), "unlikely", or "refused" (the book does not have what is meant).
    """

    field: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Entries:
    """What an act adds to the book, the subject of its commit, and the facts that a program is told beside them."""

    directives: tuple[Directive, ...]
    subject: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class Asker(Protocol):
    """Whoever fills in an act: a person at a terminal."""

    def ask(self, act: "Act", item: Field[Any], suggestion: str | None, problem: str | None) -> str:
        """Return the answer to a question; `problem` is what was wrong with the answer before."""

    def insists(self, act: "Act", item: Field[Any], doubt: str) -> bool:
        """Return whether a value stands although it is unlikely."""


class Act:
    """The base of all acts. The docstring of a class is its help, its first line what it does; `example` is run by a test."""

    name: ClassVar[str]
    example: ClassVar[str]
    relations: "ClassVar[Sequence[Relation]]" = ()

    def __init__(self, fund: Fund) -> None:
        self.fund = fund
        self.sure = False
        self.values: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self.stated: dict[str, list[str]] = {}
        """The texts that somebody stated; what was suggested is suggested anew by another state of the book."""

    @classmethod
    def fields(cls) -> list[Field[Any]]:
        """Return the fields in the order in which they are read."""
        return [item for owner in reversed(cls.__mro__) for item in vars(owner).values() if isinstance(item, Field)]

    def entries(self) -> Entries:
        """Return what the act adds to the book.

        Raises:
            ComposeError: when the book does not have what it needs.

        """
        raise NotImplementedError

    @classmethod
    def fill(cls, fund: Fund, stated: Texts, asker: Asker | None = None, *, sure: bool = False) -> Self:
        """Read every field in its order: as stated, else asked for, else as suggested.

        What is wrong is kept in `problems`, beside its field, where nobody can be asked again. `sure` takes values that are unlikely.
        """
        act = cls(fund)
        act.sure = sure
        act.stated = {name: [text for text in texts if text.strip()] for name, texts in stated.items()}
        for item in cls.fields():
            texts = act.stated.get(item.name, [])
            if item.applies(act):
                act._read(item, texts, asker)
            elif texts:
                act.problems.append(Problem(item.name, "wrong", "this does not apply here"))
        return act

    def _read(self, item: Field[Any], texts: Sequence[str], asker: Asker | None) -> None:
        """Read one field; an answer that is wrong is asked for again."""
        suggestion, problem = item.suggest(self), None
        while True:
            if not texts and asker is not None and item.asks(self):
                texts = self._answer(item, asker.ask(self, item, suggestion, problem and problem.text), suggestion)
            problem = self._take(item, texts or ([suggestion] if suggestion else []), asker, doubts=bool(texts))
            if problem is None:
                return
            if asker is None:
                self.problems.append(problem)
                return
            texts = []

    def _answer(self, item: Field[Any], text: str, suggestion: str | None) -> list[str]:
        """Keep what a person answered; who takes what is suggested states nothing."""
        self.stated.pop(item.name, None)
        if not text.strip() or text.strip() == suggestion:
            return []
        return self.stated.setdefault(item.name, [text.strip()])

    def _take(self, item: Field[Any], texts: Sequence[str], asker: Asker | None, *, doubts: bool) -> Problem | None:
        """Take the value of a field from its text, or say what is wrong with that."""
        if not texts:
            return Problem(item.name, "missing", str(item.label)) if item.needed else None
        try:
            values = [item.kind.read(self, text) for text in texts]
        except ValueError as error:
            return Problem(item.name, "refused" if isinstance(error, ComposeError) else "wrong", str(error))
        for value in values if doubts and not self.sure else ():
            doubt = item.kind.doubt(self, value)
            if doubt and not (asker is not None and asker.insists(self, item, doubt)):
                return Problem(item.name, "unlikely", doubt)
        self.values[item.name] = values if item.many else values[0]
        return None
