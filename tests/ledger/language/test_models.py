"""What each custom directive may hold."""

from datetime import date

import pytest
from pydantic import ValidationError

from ledger.language.models import DIRECTIVES, Purpose, dashed

PURPOSE = {"day": date(2016, 1, 1), "meta": {}, "slug": "reports", "name-en": "Reports", "basis": "example"}


def test_a_field_is_written_with_dashes() -> None:
    assert dashed("name_en") == "name-en"


def test_a_name_in_another_language_is_the_english_one_until_it_is_given() -> None:
    assert Purpose.model_validate(PURPOSE).name("es") == "Reports"
    assert Purpose.model_validate({**PURPOSE, "name-es": "Informes"}).name("es") == "Informes"


@pytest.mark.parametrize("wrong", [{"slug": "With Spaces"}, {"basis": ""}, {"colour": "red"}])
def test_a_wrong_value_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Purpose.model_validate({**PURPOSE, **wrong})


def test_every_directive_has_an_example_that_names_it() -> None:
    assert [name for name, model in DIRECTIVES.items() if f'custom "{name}"' not in model.example] == []
