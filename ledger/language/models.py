"""What each custom directive of the book may hold.

A directive is written `DATE custom "name" value…` with metadata below it. `words` names the values in order; every
other field is metadata, written with dashes (`since_unknown` is `since-unknown`). Values are strict: a date is a
Beancount date, not text in quotes. Unknown metadata keys are refused.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from ledger.language.patterns import BANK, CODE, COMPONENT, CURRENCY, DIGEST, HEX, ISO2, PLAIN, PLEDGE, QUARTER, SLUG

Text = Annotated[str, Field(min_length=1)]
Plain = Annotated[str, Field(pattern=PLAIN)]
Slug = Annotated[str, Field(pattern=SLUG)]
Code = Annotated[str, Field(pattern=CODE)]
Component = Annotated[str, Field(pattern=COMPONENT)]
QuarterName = Annotated[str, Field(pattern=QUARTER)]
Digest = Annotated[str, Field(pattern=DIGEST)]
Currency = Annotated[str, Field(pattern=CURRENCY)]

DonorKind = Literal[
    "state",
    "intergovernmental-organization",
    "inter-american-organ",
    "inter-american-entity",
    "public-institution",
    "private-institution",
    "individual",
]


def dashed(name: str) -> str:
    """Spell a field as metadata does."""
    return name.replace("_", "-")


class Directive(BaseModel):
    """What all directives share: the date they take effect and where they stand."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="forbid",
        alias_generator=dashed,
        defer_build=True,
    )
    words: ClassVar[tuple[str, ...]] = ()
    example: ClassVar[str] = ""

    day: date
    meta: dict[str, Any] = Field(repr=False)


class Named(Directive):
    """A directive with names in the four official languages of the OAS; English is required."""

    name_en: Text
    name_es: Text | None = None
    name_fr: Text | None = None
    name_pt: Text | None = None

    def name(self, language: str = "en") -> str:
        """Return the name in a language (`en`, `es`, `fr`, `pt`), in English when there is no other."""
        return getattr(self, f"name_{language}", None) or self.name_en


class Fund(Named):
    """The identity of the fund: its code, names, legal basis, unit of account and the day it began.

    `iati_org` is the identifier of the reporting organization in what is published for IATI. `address` is that of the
    letters, its lines separated by semicolons.
    """

    words: ClassVar = ("code",)
    example: ClassVar = '2004-06-08 custom "fund" "VF-SRMW"'
    code: Code
    basis: Text
    basis_es: Text | None = None
    basis_fr: Text | None = None
    basis_pt: Text | None = None
    unit: Currency
    since: date
    address: Text | None = None
    aliases: Text | None = None
    iati_org: Text | None = None
    note: Text | None = None

    def mandate(self, language: str = "en") -> str:
        """Return the legal basis in a language, in English when there is no other."""
        return getattr(self, f"basis_{language}", None) or self.basis


class DonorCategory(Named):
    """A category of donors; `accounts` is its component in account names. No other one has its names."""

    words: ClassVar = ("slug",)
    example: ClassVar = '2004-06-08 custom "donor-category" "member-state"'
    slug: Slug
    accounts: Component
    basis: Text
    name_en: Plain
    name_es: Plain | None = None
    name_fr: Plain | None = None
    name_pt: Plain | None = None


class Donor(Named):
    """A donor; `account` is its component in account names.

    `aliases`, and the lines of its `address`, are separated by semicolons.
    """

    words: ClassVar = ("code",)
    example: ClassVar = '2004-06-08 custom "donor" "ARG"'
    code: Code
    account: Component
    kind: DonorKind
    iso2: Annotated[str, Field(pattern=ISO2)] | None = None
    iso3: Annotated[str, Field(pattern=CURRENCY)] | None = None
    aliases: Text | None = None
    dac_code: Text | None = None
    iati_org_type: Text | None = None
    language: Literal["en", "es", "fr", "pt"] | None = None
    address: Text | None = None
    note: Text | None = None
    source: Text | None = None


class DonorStatus(Directive):
    """A donor's category from the directive's date on, until a later `donor-status` of the same donor.

    `since_unknown: TRUE` says that the true beginning is not known: the date is then that of the earliest evidence,
    which `evidence` names. `since_precision` says that only the month or the year of the beginning is known.
    """

    words: ClassVar = ("donor", "category")
    example: ClassVar = '2000-10-01 custom "donor-status" "DNK" "permanent-observer"'
    donor: Code
    category: Slug
    since_unknown: bool = False
    since_precision: Literal["day", "month", "year"] = "day"
    evidence: Text | None = None
    note: Text | None = None
    source: Text | None = None


class DonorName(Named):
    """The official names of a donor from the directive's date on, until its next ones.

    A language that it leaves out has the English name. What speaks of an earlier day has the names of that day.
    `evidence` is the document that says so.
    """

    words: ClassVar = ("donor",)
    example: ClassVar = '2022-06-01 custom "donor-name" "TUR"'
    donor: Code
    evidence: Text


class DonorMerge(Directive):
    """Two registrations of one donor.

    From now on the book finds under `into` all that stands under the donor, before the directive's date and after it.

    No entry changes. Both have the same category on every day of which the book has an entry of the donor.
    """

    words: ClassVar = ("donor", "into")
    example: ClassVar = '2016-10-03 custom "donor-merge" "FOUNDATION-2" "FOUNDATION-1"'
    donor: Code
    into: Code
    reason: Text


class DonorContact(Directive):
    """To whom the letters to a donor go, from the directive's date until its next one.

    What this one leaves out is as the donor itself has it.

    The lines of `address` are separated by semicolons.
    """

    words: ClassVar = ("donor",)
    example: ClassVar = '2016-03-01 custom "donor-contact" "ARG"'
    donor: Code
    addressee: Text | None = None
    address: Text | None = None
    email: Text | None = None
    language: Literal["en", "es", "fr", "pt"] | None = None


class Reminder(Directive):
    """A reminder of what was overdue on its date, sent to a donor."""

    words: ClassVar = ("donor",)
    example: ClassVar = '2017-02-01 custom "reminder" "ARG"'
    donor: Code
    by: Slug | None = None
    note: Text | None = None


class Purpose(Named):
    """A purpose that money can be earmarked for; `general: TRUE` marks the one that stands for the fund as a whole."""

    words: ClassVar = ("slug",)
    example: ClassVar = '2004-06-08 custom "purpose" "country-visits"'
    slug: Slug
    basis: Text
    general: bool = False


class Waiver(Directive):
    """A waiver of a rule for one subject.

    A pledge, a donor, a receipt number, an unclaimed receipt, or the digest of an entry.

    It covers entries from its own date until `expires`, both included.
    """

    words: ClassVar = ("rule", "subject")
    example: ClassVar = '2016-09-10 custom "waiver" "agreement-required" "PL-2016-003"'
    rule: Slug
    subject: Text
    reason: Text
    approved_by: Slug
    expires: date


class Clearance(Directive):
    """The result of the due diligence on a donor, from the directive's date until `valid_until`.

    `ceiling` is how much the donor may give under it, in the unit of account; `document` lies under the book's
    `documents` folder.
    """

    words: ClassVar = ("donor",)
    example: ClassVar = '2016-01-10 custom "clearance" "UNHCR"'
    donor: Code
    result: Literal["cleared", "refused"]
    valid_until: date
    ceiling: Decimal
    document: Text
    document_sha256: Annotated[str, Field(pattern=HEX)]
    by: Slug
    note: Text | None = None


class Payer(Directive):
    """A name under which a donor pays, as a bank writes it; `account` and `bic` are those it pays from.

    An officer confirmed it.
    """

    words: ClassVar = ("donor", "name")
    example: ClassVar = '2016-09-08 custom "payer" "ARG" "TESORERIA GENERAL DE LA NACION"'
    donor: Code
    name: Text
    account: Text | None = None
    bic: Text | None = None
    by: Slug


class PayerEnd(Directive):
    """A name under which a donor no longer pays, or never did: what earlier lines say of it counts no more."""

    words: ClassVar = ("donor", "name")
    example: ClassVar = '2016-10-03 custom "payer-end" "ARG" "TESORERIA GENERAL DE LA NACION"'
    donor: Code
    name: Text
    by: Slug | None = None
    reason: Text | None = None


class Reconfirmation(Directive):
    """A donor's written word, of the directive's date, that it still means to pay a pledge."""

    words: ClassVar = ("pledge",)
    example: ClassVar = '2021-05-03 custom "reconfirmation" "PL-2016-003"'
    pledge: Annotated[str, Field(pattern=PLEDGE)]
    source: Text


class Confirmation(Directive):
    """What a donor answered to the letter that asked it to confirm its account at the end of a quarter.

    It is dated the day of the answer; `no-reply`, the day on which the fund gave up waiting. `source` is the answer, or
    the letter that was not answered.
    """

    words: ClassVar = ("donor", "quarter")
    example: ClassVar = '2017-02-03 custom "confirmation" "ARG" "2016-Q4"'
    donor: Code
    quarter: QuarterName
    answer: Literal["agreed", "differs", "no-reply"]
    source: Text
    note: Text | None = None


class Officer(Directive):
    """Somebody who records, approves or closes: known by a role, never by a name."""

    words: ClassVar = ("officer", "role")
    example: ClassVar = '2004-06-08 custom "officer" "treasurer-1" "treasurer"'
    officer: Slug
    role: Literal["finance-officer", "treasurer", "auditor"]
    until: date | None = None


class OfficerEnd(Directive):
    """The last day of an officer in every office to which it was appointed by then.

    What it recorded and approved until then stands.
    """

    words: ClassVar = ("officer",)
    example: ClassVar = '2016-12-31 custom "officer-end" "treasurer-1"'
    officer: Slug
    reason: Text | None = None


class BankAccount(Directive):
    """The number under which a bank keeps an account of the book, its IBAN or as the bank writes it.

    Statements of that number belong to the account.

    A later line of the same number stands instead of an earlier one. With `numbered: FALSE` the numbers of its
    statements are not looked at (some banks leave numbers out).
    """

    words: ClassVar = ("account", "number")
    example: ClassVar = '2016-01-04 custom "bank-account" "Assets:Bank:Operating" "US64SVBKUS6S3300958879"'
    account: Annotated[str, Field(pattern=BANK)]
    number: Annotated[str, Field(min_length=3)]
    numbered: bool = True


class Approval(Directive):
    """An officer's approval of the present content of one entry."""

    words: ClassVar = ("digest",)
    example: ClassVar = '2016-09-02 custom "approval" "sha256:…"'
    digest: Digest
    by: Slug
    note: Text | None = None


class Close(Directive):
    """A sealed quarter."""

    words: ClassVar = ("quarter",)
    example: ClassVar = '2016-10-12 custom "close" "2016-Q3"'
    quarter: QuarterName
    digest: Digest
    previous: Digest | None = None
    entries: Decimal
    by: Slug


class Reopen(Directive):
    """A sealed quarter opened again."""

    words: ClassVar = ("quarter",)
    example: ClassVar = '2016-11-03 custom "reopen" "2016-Q3"'
    quarter: QuarterName
    reason: Text
    approved_by: Slug


DIRECTIVES: dict[str, type[Directive]] = {
    "fund": Fund,
    "donor-category": DonorCategory,
    "donor": Donor,
    "donor-status": DonorStatus,
    "donor-name": DonorName,
    "donor-merge": DonorMerge,
    "donor-contact": DonorContact,
    "reminder": Reminder,
    "purpose": Purpose,
    "waiver": Waiver,
    "clearance": Clearance,
    "reconfirmation": Reconfirmation,
    "payer": Payer,
    "payer-end": PayerEnd,
    "confirmation": Confirmation,
    "officer": Officer,
    "officer-end": OfficerEnd,
    "bank-account": BankAccount,
    "approval": Approval,
    "close": Close,
    "reopen": Reopen,
}
"""Every directive of ours by the name it is written with, but `rule`, whose model depends on the rule
(`ledger.language.law`)."""

FOREIGN = ("fava-", "budget", "autobean.", "beangulp.")
"""Beginnings of the names of directives that belong to other programs and are left alone."""
