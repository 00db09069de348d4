"""Declare a purpose that money can be earmarked for."""

from ledger.acts import values
from ledger.acts.act import Act, Field
from ledger.acts.directives import custom
from ledger.acts.entry import day_from
from ledger.acts.officer import NEW_SLUG
from ledger.book.append import Entries


class DeclarePurpose(Act):
    """Declare a purpose that money can be earmarked for."""

    name = "purpose"
    example = "vfund purpose legal-aid --name 'Legal aid to migrants' --basis 'AG/RES. 2027, paragraph 12'"

    slug = Field[str](NEW_SLUG, "Short name in small letters, such as legal-aid", argument=True, word="purpose")
    title = Field[str](values.TEXT, "Name in English", word="name")
    name_es = Field[str | None](values.TEXT, "Name in Spanish", optional=True)
    name_fr = Field[str | None](values.TEXT, "Name in French", optional=True)
    name_pt = Field[str | None](values.TEXT, "Name in Portuguese", optional=True)
    basis = Field[str](values.TEXT, "Resolution or decision that it rests on")
    day = day_from("Since when")

    def entries(self) -> Entries:
        """Return the purpose."""
        meta = {
            "name-en": self.title,
            "name-es": self.name_es,
            "name-fr": self.name_fr,
            "name-pt": self.name_pt,
            "basis": self.basis,
        }
        result = [custom("purpose", self.day, (self.slug,), meta)]
        return Entries(result, f"Purpose {self.slug}: {self.title}", {}, "purposes.beancount")
