"""The shipped registry says what the facts say, row by row; and the category of a donor is that of the date."""

import csv
from datetime import date

import pytest

from ledger.acts.lookup import find_donor
from ledger.book.loading import Book, load
from ledger.ground.errors import InvalidEntryError
from ledger.ground.spelling import spell
from ledger.language.countries import called
from ledger.language.models import Donor
from ledger.model.donors import Registry
from tests.conftest import EXAMPLE, shared


@pytest.fixture(scope="module")
def example() -> Book:
    return load(EXAMPLE)


@pytest.fixture(scope="module")
def registry(example: Book) -> Registry:
    return example.fund.registry


def rows() -> list[dict[str, str]]:
    with shared("data/donors_registry.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def of_registry(registry: Registry) -> dict[str, Donor]:
    return {code: donor for code, donor in registry.donors.items() if "registry" in donor.meta["filename"]}


def test_the_registry_has_35_member_states_75_observers_and_27_entities(registry: Registry) -> None:
    kinds = [
        max(registry.statuses[code], key=lambda s: s.category != "other").category for code in of_registry(registry)
    ]
    assert [kinds.count(k) for k in ("member-state", "permanent-observer", "inter-american-entity")] == [35, 75, 27]
    assert len(kinds) == 137


def test_every_row_of_the_facts_stands_in_the_registry(registry: Registry) -> None:
    donors = of_registry(registry)
    assert {row["code"] for row in rows()} == donors.keys()
    for row in rows():
        donor = donors[row["code"]]
        category = row["category"].replace("_", "-")
        names = tuple(row[f"name_{language}"] for language in ("en", "es", "fr", "pt"))
        assert (donor.name_en, donor.name_es, donor.name_fr, donor.name_pt) == names
        assert (donor.iso2 or "", donor.iso3 or "") == (row["iso2"], row["iso3"])
        assert donor.source == row["source"]
        status = next(s for s in registry.statuses[donor.code] if s.category == category)
        assert status.since_unknown == (row["since"] == "")
        if row["since"]:
            assert str(status.day).startswith(row["since"])
            assert status.since_precision == {4: "year", 7: "month", 10: "day"}[len(row["since"])]
        else:
            assert status.evidence
        ended = [s.day for s in registry.statuses[donor.code] if s.day > status.day]
        if row["until"]:
            assert str(ended[0]) == row["until"]


@pytest.mark.parametrize(
    ("code", "day", "category", "sure"),
    [
        ("NIC", date(2023, 11, 18), "member-state", True),
        ("NIC", date(2023, 11, 19), "other", True),
        ("RUS", date(2022, 4, 20), "permanent-observer", True),
        ("RUS", date(2022, 4, 21), "other", True),
        ("DNK", date(1997, 6, 30), "other", True),
        ("DNK", date(2000, 9, 30), "other", True),
        ("DNK", date(2000, 10, 1), "permanent-observer", False),  # only the month is known
        ("DNK", date(2000, 10, 31), "permanent-observer", False),
        ("DNK", date(2000, 11, 1), "permanent-observer", True),
        ("CHN", date(2003, 12, 31), "other", True),
        ("CHN", date(2004, 12, 31), "permanent-observer", False),  # only the year is known
        ("CHN", date(2005, 1, 1), "permanent-observer", True),
        ("LTU", date(2017, 6, 18), "other", False),  # the earliest evidence is a day later
        ("LTU", date(2017, 6, 19), "permanent-observer", True),
        ("CUB", date(1990, 1, 1), "member-state", True),
        ("PAHO", date(2016, 1, 1), "inter-american-entity", True),
        ("UNHCR", date(2016, 1, 1), "other", True),
    ],
)
def test_the_category_is_that_of_the_date(
    registry: Registry, code: str, day: date, category: str, *, sure: bool
) -> None:
    standing = registry.standing(code, day)
    assert standing.category == category
    assert (standing.doubt == "") == sure


@pytest.mark.parametrize("text", ["ARG", "argentina", "Argentine", "Estados Unidos", "Turkey", "OPS"])
def test_a_donor_is_found_by_any_of_its_names(registry: Registry, text: str) -> None:
    assert registry.find(text) is not None


def test_every_account_component_and_every_spelling_belongs_to_one_donor(registry: Registry) -> None:
    assert len(registry.by_account) == len(registry.donors)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("EEUU", "USA"),
        ("EE. UU.", "USA"),
        ("u.s.a.", "USA"),
        ("EUA", "USA"),
        ("UK", "GBR"),
        ("Gran Bretaña", "GBR"),
        ("Corea del Sur", "KOR"),
        ("Coreia do Sul", "KOR"),
        ("Union Europea", "EU"),
        ("UE", "EU"),
        ("Holanda", "NLD"),
        ("Vaticano", "VAT"),
    ],
)
def test_a_donor_is_found_as_people_call_its_country(example: Book, text: str, code: str) -> None:
    assert find_donor(example.fund, text).code == code


@pytest.mark.parametrize("text", ["....", "Guinea", "Costa de Marfil"])
def test_what_calls_no_donor_finds_none(example: Book, text: str) -> None:
    with pytest.raises(InvalidEntryError, match="is registered"):
        find_donor(example.fund, text)


def test_no_two_donors_are_called_alike(registry: Registry) -> None:
    countries = [donor for donor in registry.donors.values() if donor.iso2]
    names = [(spell(name), donor.code) for donor in countries for name in {*called(donor.iso2)}]
    whose: dict[tuple[str, ...], set[str]] = {}
    for name, code in names:
        whose.setdefault(name, set()).add(code)
    assert [codes for codes in whose.values() if len(codes) > 1] == []
    assert len(whose) > len(countries)
