"""Names are compared by their words, without accents and marks."""

from ledger.ground.spelling import holds, spell


def test_a_name_is_its_words() -> None:
    assert spell("Fundación  Niños-de_México, S.A.") == ("fundacion", "ninos", "de", "mexico", "s", "a")


def test_the_words_of_a_phrase_stand_together() -> None:
    assert holds("Comisión de estudio", "de Estudio")
    assert not holds("Comisión de un estudio", "de estudio")
    assert not holds("Intereses", "interes")
    assert not holds("anything", "…")
