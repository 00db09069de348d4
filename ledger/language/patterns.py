"""How the words of directives are written: each pattern, and what it asks for in words."""

from ledger.ground.phrases import N_

SLUG = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
CODE = r"^[A-Z0-9][A-Z0-9-]*$"
COMPONENT = r"^[A-Z0-9][A-Za-z0-9-]*$"
QUARTER = r"^[12]\d{3}-Q[1-4]$"
DIGEST = r"^sha256:[0-9a-f]{64}$"
HEX = r"^[0-9a-f]{64}$"
PLEDGE = r"^PL-\d{4}-\d{3,}$"
CURRENCY = r"^[A-Z]{3}$"
ISO2 = r"^[A-Z]{2}$"
CATEGORY = r"^(\*|[a-z][a-z-]*)$"
KINDS = r"^\s*[^\s,]+( above \d+(\.\d+)?)?\s*(,\s*[^\s,]+( above \d+(\.\d+)?)?\s*)*$"
BANK = r"^Assets:Bank:[A-Z0-9]"
PLAIN = r"^[^*?~<>=\n]{1,80}$"

IN_WORDS = {
    SLUG: N_("small letters with dashes, such as country-visits, are expected"),
    CODE: N_("a code in capitals such as ARG is expected"),
    COMPONENT: N_("an account component such as UnitedStates is expected"),
    QUARTER: N_("a quarter such as 2016-Q3 is expected"),
    DIGEST: N_("sha256: and 64 hexadecimal digits are expected"),
    HEX: N_("64 hexadecimal digits are expected"),
    PLEDGE: N_("a pledge such as PL-2016-003 is expected"),
    CURRENCY: N_("three capital letters, such as USD or ARG, are expected"),
    ISO2: N_("two capital letters, such as AR, are expected"),
    BANK: N_("a bank account such as Assets:Bank:Operating is expected"),
    PLAIN: N_("a name of at most 80 characters without * ? ~ < > = is expected, because spreadsheets search for it"),
    KINDS: N_(
        'kinds of entry with commas are expected, each with a threshold of its own where it has one: "receipt, loan above 1000"'
    ),
    CATEGORY: N_('a donor category such as member-state, or "*" for all, is expected'),
}
"""What each pattern asks for, as a message says it."""
