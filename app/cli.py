"""The commands of `vfund`. A command's module is imported only when it is run, so that `vfund --help` is instant."""

from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from app.language import Spoken, translate, verify_language
from ledger.acts import ACTS, SECTIONS, find_act

OTHERS = {
    "Begin, and look": {
        "init": "Start the book of a fund in a new folder.",
        "check": "Judge the whole book, and say what is wrong with it.",
        "show": "Show the fund, a donor or a pledge as a table.",
        "overdue": "List what is late, and whom to ask.",
        "pending": "List what waits for another officer's approval.",
        "evidence": "List the documents, or what lacks one.",
        "rules": "List the law in force on a day.",
        "explain": "Explain a rule: text, source, examples.",
        "query": "Ask the book in BQL, with tables of the fund.",
        "serve": "Show the book in a browser, with views for auditors.",
    },
    "Pledges": {
        "template": "Write an empty register to fill in and import.",
    },
    "Contributions": {
        "match": "Settle what an import was not certain of, one by one.",
    },
    "Spending and the bank": {
        "bank": "Learn how a bank lays out its CSV or XLSX, once.",
        "import": "Bring bank statements, registers, rates, expenditure in.",
    },
    "Donors": {
        "letter": "Write a donor's statement, acknowledgement, confirmation.",
    },
    "Reports": {
        "export": "Write the report of a quarter: workbook, page, data.",
        "report": "Show one statement of a quarter as a table.",
        "verify": "Build an exported report again, and compare.",
    },
    "For programs": {
        "schema": "Print what an act takes, as a JSON schema.",
        "completion": "Print the line that turns on tab completion.",
    },
}
"""The commands that are no acts, below their headings, with the line that `vfund --help` shows for each."""

HEADINGS = ("Begin, and look", *SECTIONS, "Reports", "For programs")
COMMANDS = {
    heading: {name: summary for name, (_, summary) in SECTIONS.get(heading, {}).items()} | OTHERS.get(heading, {})
    for heading in HEADINGS
}
"""Every command below its heading, in the order of the work."""
SUMMARIES = {name: summary for commands in COMMANDS.values() for name, summary in commands.items()}
"""What every command does."""


MEANT = {
    "undo": "reverse ENTRY",
    "delete": "reverse ENTRY",
    "cancel": "reverse ENTRY",
    "correct": "reverse ENTRY",
    "ageing": "report 3b",
    "balance": "report 1",
    "list": "show",
    "status": "show",
    "receipts": "report 4",
    "buy": "expenditure",
    "spend": "expenditure",
    "invoice": "expenditure",
    "pay": "payment",
    "fee": "bank-charge",
    "sell": "transfer",
    "exchange": "transfer",
    "reminder": "letter reminder DONOR",
    "late": "overdue",
    "donors": "show --donors",
    "pledges": "show --pledges",
    "help": "--help",
}
"""Words that people try, and the command that does it."""

LISTS_TOO = frozenset({"unclaimed"})
"""Acts whose command also lists what they recorded, in a module of its own."""

BROKEN = "vfund.broken"
"""Under this name the context holds what is said at the end of a command that shows something of a broken book."""


class LazyGroup(Spoken, click.Group):
    """A group that lists its commands from `SUMMARIES` and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the commands in the order of the work."""
        return list(SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the command."""
        if cmd_name not in SUMMARIES:
            return None
        if cmd_name in ACTS and cmd_name not in LISTS_TOO:
            from app.acts import command_of  # noqa: PLC0415 - only for an act

            return command_of(find_act(cmd_name))
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name.replace("-", "_")
        command = import_module(f"app.commands.{module}").command
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; one that showed something of a broken book says so and ends with 1."""
        try:
            result = super().invoke(ctx)
        finally:
            broken = ctx.meta.get(BROKEN)
            if broken is not None:
                click.echo(broken, err=True)
        if broken is not None:
            ctx.exit(1)
        return result

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for an unknown one."""
        if args and args[0] not in SUMMARIES and not args[0].startswith("-"):
            from ledger.ground.phrases import phrase  # noqa: PLC0415 - only on a slip
            from ledger.language.nearest import did_you_mean  # noqa: PLC0415

            other = MEANT.get(args[0].casefold())
            hint = phrase("for that there is `vfund {line}`", line=other) if other else did_you_mean(args[0], SUMMARIES)
            ctx.fail(translate(phrase("there is no command {word!r}; {hint}", word=args[0], hint=hint)))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        width = max(map(len, SUMMARIES))
        for heading, commands in COMMANDS.items():
            with formatter.section(translate(heading)):
                formatter.write_dl([(f"{name:<{width}}", translate(summary)) for name, summary in commands.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: vfund init my-fund",
)
@click.option("--debug", is_flag=True, help="Show a traceback when vfund itself fails.")
@click.version_option(package_name="vfund", prog_name="vfund")
def cli(*, debug: bool) -> None:  # noqa: ARG001 - `app.main` looks for it, before click has read the line
    """Keep the book of a voluntary fund: pledges, agreements, receipts, reports.

    A command that records something asks for what you leave out, shows the entry, and writes it only when the whole
    book is still right.
    """
    verify_language()
