"""An act: what an officer does, declared once for every door.

The fields of an act are read in their order, and each may look at what is filled in so far: what is suggested, what may
be chosen, whether it applies at all. A door (the command line, a form in the browser, a program) brings texts and puts
questions; it knows no act by name:

    class Refund(Act):
        '''Record money paid back to a donor.'''

        name = "refund"
        donor = Field(DONOR, "Donor (code or name)")
        amount = Field(AMOUNT, "Amount paid back, such as 500 USD")

        def entries(self) -> Entries: ...

An act that is filled in is its own draft: `self.amount` is the value that was read. Whether the book takes what it
makes is for the rules to say.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar, overload

from ledger.acts.relations import Relation, Word
from ledger.book.append import Entries
from ledger.ground.errors import InvalidEntryError
from ledger.ground.phrases import Term, Text, text_of
from ledger.model.fund import Fund

Value = TypeVar("Value")
Texts = Mapping[str, Sequence[str]]
"""What was stated, as text, by the name of the field."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that a field can have: how it is written, and what it means."""

    text: str
    meaning: Text = ""


def _nothing(_act: Any) -> Sequence[Choice]:
    return ()


def _certain(_act: Any, _value: Any) -> Text | None:
    return None


def always(_act: Any) -> bool:
    """Return that it is so, whatever is filled in."""
    return True


def never(_act: Any) -> bool:
    """Return that it is not so, whatever is filled in."""
    return False


@dataclass(frozen=True, slots=True)
class FieldType(Generic[Value]):
    """A kind of value.

    `read` reads its text, and raises `ValueError` with what was expected. `metavar` stands for it in help. `choices`
    are the values that it can have in a book. `doubt` says what is unlikely about a value that can be read.
    """

    metavar: str
    read: "Callable[[Act, str], Value]"
    choices: "Callable[[Act], Sequence[Choice]]" = _nothing
    doubt: "Callable[[Act, Value], Text | None]" = _certain


class Field(Generic[Value]):
    """A field of an act; of an act that is filled in, its value.

    `question` is what a person is asked, `help` what the field is where it stands with others: texts of the program,
    which doors translate. `suggest` gives the texts that stand unless others are given. It must have a value unless it
    is `optional`, as one of `many` values is by itself (None then, or an empty list), or another field says it already
    (`unless`). A person is asked for it where `asks` holds; a `silent` field is optional and never asked for. `verify`
    raises `ValueError` where its value, or that there is none, does not go with what is filled in so far. An `argument`
    stands on a command line without its name; what is `last` is read after all other fields. `word` is what doors call
    it.
    """

    def __init__(
        self,
        kind: FieldType[Any],
        question: str,
        help: str = "",  # noqa: A002 - the word of every door
        *,
        suggest: "str | Callable[[Any], Any] | None" = None,
        choices: "Callable[[Any], Sequence[Choice]] | None" = None,
        asks: "Callable[[Any], bool]" = always,
        unless: "Callable[[Any], bool]" = never,
        verify: "Callable[[Any], None]" = lambda _act: None,
        optional: bool | None = None,
        silent: bool = False,
        many: bool = False,
        argument: bool = False,
        last: bool = False,
        word: str = "",
    ) -> None:
        self.kind, self.question, self.help = kind, Term(question), Term(help or question)
        self.choices, self.verify = choices or kind.choices, verify
        self.optional = silent or many if optional is None else optional
        self.many, self.argument, self.last = many, argument, last
        self._suggest, self._asks, self._unless, self._word = suggest, never if silent else asks, unless, word
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the name under which the field stands in its act."""
        self.name = name

    @overload
    def __get__(self, act: None, owner: type) -> Self: ...
    @overload
    def __get__(self, act: "Act", owner: type) -> Value: ...
    def __get__(self, act: "Act | None", owner: type) -> Any:
        """Return the value that was read; of the class of the act, the field itself."""
        return self if act is None else act.values.get(self.name, [] if self.many else None)

    @property
    def word(self) -> str:
        """What doors call the field: its name, unless another word is given."""
        return self._word or self.name

    @property
    def suggests(self) -> bool:
        """Whether something is suggested, where what it depends on is filled in."""
        return self._suggest is not None

    @property
    def always_needed(self) -> bool:
        """Whether it must be stated, whatever else is."""
        return not self.optional and not self.suggests and self._unless is never

    def suggest(self, act: "Act") -> list[str]:
        """Return the texts that stand unless others are given."""
        texts = self._suggest(act) if callable(self._suggest) else self._suggest
        return [texts] if isinstance(texts, str) else list(texts or ())

    def asks(self, act: "Act") -> bool:
        """Return whether a person is asked for it."""
        return self._asks(act) and not self._unless(act)

    def needed(self, act: "Act") -> bool:
        """Return whether it must have a value."""
        return not self.optional and not self._unless(act)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a field.

    `kind` is "missing", "wrong" (it cannot be read, or does not go with the others), "unlikely" or "refused" (the book
    does not have what is meant).
    """

    field: str
    kind: str
    what: Text

    @property
    def text(self) -> str:
        """What is wrong, in English."""
        return str(self.what)


class Asker(Protocol):
    """Whoever answers questions: a person at a terminal."""

    def ask(self, act: "Act", item: Field[Any], suggestion: Sequence[str], problem: Text) -> Sequence[str]:
        """Return the answer; `problem` is what was wrong with the one before."""

    def insists(self, act: "Act", item: Field[Any], doubt: Text) -> bool:
        """Return whether a value stands although it is unlikely."""


class Act(ABC):
    """The base of all acts.

    The docstring of a class is its help, the first line what it does; its `example` is run by a test.
    """

    name: ClassVar[str]
    example: ClassVar[str]
    role: ClassVar[str] = "finance-officer"
    """Which office it takes; what a treasurer does is never taken for granted."""

    def __init__(self, fund: Fund, word: Word, *, officer: str | None = None, sure: bool = False) -> None:
        """Begin an empty act.

        `word` is what the door calls a field, `officer` who acts, `sure` takes values that are unlikely.
        """
        self.fund, self.word, self.officer, self.sure = fund, word, officer, sure
        self.values: dict[str, Any] = {}
        self.problems: list[Problem] = []
        self.texts: dict[str, list[str]] = {}
        self.has_asker = False

    @classmethod
    def fields(cls) -> list[Field[Any]]:
        """Return the fields in the order in which they are read.

        As they stand in the class and those below it, then those that are read last.
        """
        result = {k: v for owner in reversed(cls.__mro__) for k, v in vars(owner).items() if isinstance(v, Field)}
        return sorted(result.values(), key=lambda item: item.last)

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """Return the JSON schema of what can be stated: texts, as a person would write them."""
        properties: dict[str, Any] = {}
        for item in cls.fields():
            text = {"type": "string", "title": item.question, "description": f"{item.help} ({item.kind.metavar})"}
            properties[item.name] = {"type": "array", "items": text} if item.many else text
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": cls.name,
            "description": " ".join((cls.__doc__ or "").split()),
            "type": "object",
            "properties": properties,
            "required": [item.name for item in cls.fields() if item.always_needed],
            "additionalProperties": False,
        }

    @staticmethod
    def relations(word: Word) -> Sequence[Relation]:  # noqa: ARG004 - for acts that have some
        """Return which fields exclude, need or must agree with each other, in the words of a door."""
        return ()

    @abstractmethod
    def entries(self) -> Entries:
        """Return what the act adds to the book.

        Raises:
            InvalidEntryError: when the book does not have what it needs.

        """

    def draft(self) -> Entries:
        """Return all that is recorded: what the act adds, with its documents.

        Raises:
            InvalidEntryError: when the book does not have what it needs.
            InvalidDocumentError: when a document cannot be filed.

        """
        return self.entries()

    def fill(self, texts_by_field: Texts, asker: Asker | None = None) -> Self:
        """Read every field in its order: as stated, else asked for, else as suggested.

        Where nobody can be asked again, what is wrong is kept in `problems`, beside its field.
        """
        self.has_asker = asker is not None
        self.texts = {
            name: lines for name, texts in texts_by_field.items() if (lines := [text for text in texts if text.strip()])
        }
        for item in self.fields():
            self._read(item, asker)
        return self

    def again(self, fund: Fund) -> Self:
        """Return the same act on another state of the book.

        What was stated stays, what was suggested is suggested anew.
        """
        other = type(self)(fund, self.word, officer=self.officer, sure=True)
        return other.fill(self.texts)

    def _read(self, item: Field[Any], asker: Asker | None) -> None:
        """Read one field; an answer that is wrong is asked for again."""
        suggestion, texts = item.suggest(self), self.texts.get(item.name, [])
        problem: Text = ""
        while True:
            if not texts and asker is not None and (problem or item.asks(self)):
                texts = self._state(item, asker.ask(self, item, suggestion, problem), suggestion)
            result = self._take(item, texts or suggestion, asker, doubts=bool(texts))
            if result is None:
                return
            if asker is None:
                self.problems.append(result)
                return
            texts, problem = [], result.what

    def _state(self, item: Field[Any], answer: Sequence[str], suggestion: Sequence[str]) -> list[str]:
        """Keep an answer; who takes what is suggested states nothing."""
        texts = [text.strip() for text in answer if text.strip()]
        self.texts.pop(item.name, None)
        if not texts or texts == suggestion:
            return []
        return self.texts.setdefault(item.name, texts)

    def _take(self, item: Field[Any], texts: Sequence[str], asker: Asker | None, *, doubts: bool) -> Problem | None:
        """Take the value of a field from its texts, or say what is wrong with it."""
        if not texts and item.needed(self) and not (item.suggests and self.problems):
            return Problem(item.name, "missing", item.question)
        try:
            results = [item.kind.read(self, text) for text in texts]
            if texts:
                self.values[item.name] = results if item.many else results[0]
            item.verify(self)
        except ValueError as error:
            self.values.pop(item.name, None)
            return Problem(item.name, "refused" if isinstance(error, InvalidEntryError) else "wrong", text_of(error))
        for doubt in self._doubts(item, results) if doubts else ():
            if asker is None or not asker.insists(self, item, doubt):
                self.values.pop(item.name)
                return Problem(item.name, "unlikely", doubt)
        return None

    def _doubts(self, item: Field[Any], values: Sequence[Any]) -> Iterator[Text]:
        for value in () if self.sure else values:
            if doubt := item.kind.doubt(self, value):
                yield doubt
