"""What is published of a donor's name: all of it, unless the entry asks not to be named (`anonymous: TRUE`, rule `anonymity`)."""

from beancount.core.data import Transaction

from ledger.fund import Fund

WITHHELD = {
    "en": "Not named, at the donor's wish",
    "es": "Sin nombre, por voluntad del donante",
    "fr": "Non nommé, à la demande du donateur",
    "pt": "Sem nome, a pedido do doador",
}


def withheld(txn: Transaction) -> bool:
    """Tell whether the donor of an entry asks not to be named."""
    return txn.meta.get("anonymous") is True


def donor_name(fund: Fund, account: str, txn: Transaction, language: str = "en", *, published: bool = True) -> str:
    """Give the name of a donor (by its account component) for one entry; what is not published names everybody."""
    if published and withheld(txn):
        return WITHHELD[language]
    donor = fund.registry.by_account.get(account)
    return donor.name(language) if donor else account
