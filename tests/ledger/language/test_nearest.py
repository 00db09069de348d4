"""What was probably meant."""

from ledger.language.nearest import did_you_mean, nearest, or_nothing


def test_the_closest_word_whatever_its_case() -> None:
    assert nearest("mexco", ["Mexico", "Chile"]) == "Mexico"
    assert nearest("xyz", ["Mexico", "Chile"]) is None


def test_a_hint_or_what_is_known() -> None:
    assert str(did_you_mean("chille", ["Mexico", "Chile"])) == "did you mean 'Chile'?"
    assert str(did_you_mean("xyz", ["Mexico", "Chile"])) == "known: Chile, Mexico"
    assert str(did_you_mean("xyz", [])) == "none is known yet"
    assert str(or_nothing("; {hint}", "chille", ["Chile"])) == "; did you mean 'Chile'?"
    assert or_nothing("; {hint}", "xyz", ["Chile"]) == ""
