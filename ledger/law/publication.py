"""How a donor is named in what is published; `ledger.model.unnamed` says which entries leave the name out."""

from ledger.model.entries import Entry
from ledger.model.fund import Fund

WITHHELD = {
    "en": "Not named, at the donor's wish",
    "es": "Sin nombre, por voluntad del donante",
    "fr": "Non nommé, à la demande du donateur",
    "pt": "Sem nome, a pedido do doador",
}


def donor_name(fund: Fund, account: str, entry: Entry, language: str = "en", *, published: bool = True) -> str:
    """Return the name of a donor (by its account component) for one entry; what is not published names everybody."""
    if published and entry in fund.unnamed:
        return WITHHELD[language]
    donor = fund.registry.by_account.get(account)
    return donor.name(language) if donor else account
