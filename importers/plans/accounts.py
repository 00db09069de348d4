"""Which account of the book a statement goes to."""

from importers.ground.configuration import BankAccount, Banks
from importers.ground.records import Statement
from importers.ground.refusal import Mistake, RefusedFileError, refuse
from importers.plans.plan import PlanContext
from ledger.language.accounts import OPENING, PAYABLE
from ledger.language.nearest import did_you_mean


def find_account(context: PlanContext, banks: Banks, statement: Statement) -> BankAccount:
    """Return the account that the book, import.toml, or else the person, names for a statement.

    Raises:
        RefusedFileError: when none does, or when the book has not the account, or another that the lines need.

    """
    result = banks.find(statement.numbers)
    if result is None and context.options.bank:
        result = BankAccount(number=(statement.numbers or ("???",))[0], account=context.options.bank)
    if result is None:
        number = statement.numbers[0] if statement.numbers else "without a number"
        option = f" --number {number}" if statement.numbers else ""
        raise refuse(
            statement.place,
            f"the book does not know the account {number}.",
            f"say which of its accounts it is: `vfund account NAME{option}`, or --bank for this file.",
        )
    opens = context.fund.contents.opens
    accounts_to_have = (result.account, PAYABLE, *((OPENING,) if context.options.opening else ()))
    bank_accounts = [name for name in opens if name.startswith("Assets:Bank:")]
    mistakes = []
    for name in accounts_to_have:
        if name not in opens:
            hint = f" {did_you_mean(name, bank_accounts)}" if name == result.account else ""
            mend = f"add `2004-06-08 open {name}` to accounts.beancount."
            if name == result.account:
                mend = f"correct its name where its number is recorded, or open it: `vfund account {name}`."
            mistakes.append(Mistake(statement.place, f"the book has no account {name}.{hint}", mend))
    if mistakes:
        raise RefusedFileError(mistakes)
    return result
