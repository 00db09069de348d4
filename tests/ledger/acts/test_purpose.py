"""Purposes that money can be earmarked for."""

from ledger.acts.purpose import DeclarePurpose
from ledger.ground.render import render
from tests.acting import filled, made
from tests.conftest import Load

WORDS = {"title": "Legal aid", "basis": "example", "day": "2026-01-02"}


def test_a_purpose_is_declared_with_its_basis(book: Load) -> None:
    text = render(made(DeclarePurpose, book("").fund, slug="legal-aid", **WORDS, name_es="Asistencia"))
    assert text.splitlines()[0] == '2026-01-02 custom "purpose" "legal-aid"'
    assert '  name-es: "Asistencia"' in text


def test_its_short_name_is_in_small_letters(book: Load) -> None:
    assert [p.field for p in filled(DeclarePurpose, book("").fund, slug="Legal Aid", **WORDS).problems] == ["slug"]
