"""The door of the command line to acts: a command of each, which asks for what is left out. It knows no act by name."""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click
from click.shell_completion import CompletionItem

from app.books import book_option, find, json_option, read
from app.command import Command, consistent
from app.language import confirm, translate
from app.officers import by_option, officer_for
from app.recording import Options, record, text_option
from ledger.acts.act import Act, Choice, Field, Problem
from ledger.acts.relations import Word, excludes
from ledger.acts.values import DOCUMENT, YES
from ledger.book.append import Entries
from ledger.book.loading import load
from ledger.ground.errors import InvalidEntryError, UnreadableBookError
from ledger.ground.phrases import Text, layout, phrase
from ledger.model.fund import Fund

FEW = 9
"""No more choices than this are listed before a question; tab completion has all of them."""


def command_of(act: type[Act]) -> Command:
    """Make the command of an act."""

    def run(
        by: str | None,
        book: str | None,
        *,
        sure: bool,
        dry_run: bool,
        yes: bool,
        as_json: bool,
        text: bool,
        **stated: Any,
    ) -> None:
        loaded = read(book)
        consistent(loaded.fund)
        asker = Terminal(confirms=not (yes or as_json)) if sys.stdin.isatty() else None
        texts = _stated(act, stated)
        acting = officer_for(act.role, loaded.fund, by)
        draft = act(loaded.fund, word_in(act), officer=acting, sure=sure)
        complete_act = draft.fill(texts, asker)
        refuse(complete_act)
        options = Options(acting, dry_run=dry_run, yes=yes, as_json=as_json, text=text)
        record(loaded, composer(complete_act), options)

    parameters = [_parameter(act, item) for item in act.fields()]
    command = Command(
        act.name,
        params=parameters,
        callback=run,
        help=act.__doc__,
        epilog=f"Example: {act.example}",
        relations=(*act.relations(word_in(act)), excludes("--text", "--json")),
    )
    for option in (by_option, sure_option, _dry_run, text_option, _yes, json_option, book_option):
        option(command)
    return command


def composer(act: Act) -> Callable[[Fund], Entries]:
    """Return what composes the entries of an act.

    As it is filled in for its own book, or filled in again for a later state of that.

    It raises `InvalidEntryError` when somebody else has recorded meanwhile what does not leave the act standing; the
    message says for each field why.
    """

    def compose(fund: Fund) -> Entries:
        now = act if fund is act.fund else act.again(fund)
        if now.problems:
            lines = [translate("somebody else recorded meanwhile, and now:"), *(_line(now, p) for p in now.problems)]
            raise InvalidEntryError("\n".join(lines))
        return now.draft()

    return compose


sure_option = click.option(
    "--date-is-right",
    "sure",
    is_flag=True,
    help="Take a date that is long ago, far ahead, or due before it begins.",
)
_dry_run = click.option("--dry-run", is_flag=True, help="Show the entry, judge the book with it, write nothing.")
_yes = click.option("--yes", "-y", is_flag=True, help="Do not ask before writing.")


def word_in(act: type[Act]) -> Word:
    """Return what the command line calls the fields of an act: `--bank-reference`, `PLEDGE`."""
    words = {
        item.name: item.word.upper() if item.argument else f"--{item.word.replace('_', '-')}" for item in act.fields()
    }
    return lambda name: words.get(name, f"--{name}")


def _parameter(act: type[Act], item: Field[Any]) -> click.Parameter:
    """Make the option or the argument of a field."""
    if item.argument:
        metavar = f"[{word_in(act)(item.name)}]" + "..." * item.many
        number = -1 if item.many else 1
        complete = _completion(act, item)
        return click.Argument([item.name], required=False, nargs=number, metavar=metavar, shell_complete=complete)
    if item.kind is YES:
        return click.Option([word_in(act)(item.name), item.name], is_flag=True, help=item.help)
    return click.Option(
        [word_in(act)(item.name), item.name],
        multiple=item.many,
        metavar=item.kind.metavar,
        help=item.help,
        shell_complete=_completion(act, item),
    )


Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _completion(act: type[Act], item: Field[Any]) -> Complete:
    """Return what completes the value of a field, from the book."""

    def complete(ctx: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
        if item.kind is DOCUMENT:
            return [CompletionItem(begun, type="file")]
        try:
            fund = load(find(ctx.params.get("book"))).fund
        except (click.ClickException, UnreadableBookError, OSError):
            return []
        draft = act(fund, word_in(act)).fill(_stated(act, ctx.params))
        prefix = begun.casefold()
        result = [(choice.text, _meaning(choice)) for choice in item.choices(draft)]
        return [
            CompletionItem(text, help=meaning)
            for text, meaning in result
            if text.casefold().startswith(prefix) or meaning.casefold().startswith(prefix)
        ]

    return complete


def _stated(act: type[Act], parameters: Mapping[str, Any]) -> dict[str, Sequence[str]]:
    names = {item.name for item in act.fields()}
    result = {name: value for name, value in parameters.items() if name in names and value}
    return {k: v if isinstance(v, tuple) else ("yes",) if v is True else (v,) for k, v in result.items()}


def _meaning(choice: Choice) -> str:
    """Return what a choice means, in the language; a name of the book as it stands there."""
    return translate(layout("{meaning}", meaning=choice.meaning))


class Terminal:
    """A person at a terminal."""

    def __init__(self, *, confirms: bool) -> None:
        self._confirms = confirms

    def ask(self, act: Act, item: Field[Any], suggestion: Sequence[str], problem: Text) -> Sequence[str]:
        """Ask for a field; one with many values until an empty answer."""
        if problem:
            click.echo(f"  {translate(problem)}")
        choices = item.choices(act)
        for choice in choices if len(choices) <= FEW and not problem else ():
            click.echo(f"  {choice.text}  {_meaning(choice)}".rstrip())
        if not item.many:
            first = suggestion[0] if suggestion else "" if not item.needed(act) else None
            return [str(click.prompt(translate(item.question), default=first, show_default=bool(first), type=str))]
        answers: list[str] = []
        while answer := self._one_of_many(item, suggestion, answers):
            answers.append(answer)
            if answers == list(suggestion):
                break
        return answers

    def _one_of_many(self, item: Field[Any], suggestion: Sequence[str], answers: Sequence[str]) -> str:
        """Ask for one more value of a field with many."""
        default = ", ".join(suggestion) if suggestion and not answers else ""
        again = phrase("{question}, another (empty: no more)", question=item.question)
        question = translate(again if answers else item.question)
        answer = str(click.prompt(question, default=default, show_default=bool(default), type=str))
        return "" if answer == default else answer

    def insists(self, act: Act, item: Field[Any], doubt: Text) -> bool:
        """Ask whether an unlikely value stands, where something is to be confirmed at all."""
        question = phrase("{word}: {doubt}. Record it with this date?", word=act.word(item.name), doubt=doubt)
        return self._confirms and confirm(question, default=False)


def refuse(act: Act) -> None:
    """Stop when anything is missing or wrong, with all that is.

    Usage errors exit with 2, what the book refuses with 1.
    """
    missing = [p for p in act.problems if p.kind == "missing"]
    refused = [p for p in act.problems if p.kind == "refused"]
    lines = [_line(act, problem) for problem in [*missing, *(p for p in act.problems if p not in missing)]]
    if len(act.problems) > len(refused):
        state = translate("this is not complete:") if missing else translate("this is not right:")
        raise click.UsageError("\n".join([state, *lines]))
    if refused:
        raise click.ClickException("\n".join([translate("nothing was written:"), *lines]))


def _line(act: Act, problem: Problem) -> str:
    word = act.word(problem.field)
    if problem.kind == "missing":
        return "  " + translate(phrase("missing {word}  {question}", word=word, question=problem.what))
    if problem.kind == "unlikely":
        doubtful = phrase("{word}: {doubt}; correct it, or say --date-is-right", word=word, doubt=problem.what)
        return f"  {translate(doubtful)}"
    return "  " + translate(phrase("{word}: {problem}", word=word, problem=problem.what))
