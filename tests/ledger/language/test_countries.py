"""What countries are called, beside the registry."""

from ledger.language.countries import called, every_name


def test_a_country_is_called_as_people_write_it() -> None:
    assert {"Corea del Sur", "Corée du Sud", "Coreia do Sul"} <= set(called("KR"))
    assert {"EE. UU.", "EUA", "Estados Unidos"} <= set(called("US"))
    assert set(called(None)) == set()


def test_the_names_of_all_countries_are_known() -> None:
    assert {"Brasil", "Brésil", "Brazil"} <= every_name()
