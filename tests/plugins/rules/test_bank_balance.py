"""bank-balance: a balance that a bank states is exact."""

from datetime import date

from plugins.rules.bank_balance import RULE
from tests.rules import Case, StructuralRule


class TestBankBalance(StructuralRule):
    rule = RULE
    case = Case("balance-a-cent-off", "", ("", ""), date(2016, 9, 8), "Assets:Bank:Operating")
