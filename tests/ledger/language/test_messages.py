"""What can be wrong with a directive, in words."""

from string import Formatter

from ledger.language.messages import MESSAGES


def test_every_message_says_what_is_wrong_and_how_to_mend_it() -> None:
    for code, message in MESSAGES.messages.items():
        assert message.what.endswith((".", "}")), code
        assert message.mend, code


def test_the_way_out_names_nothing_that_the_message_does_not_know() -> None:
    formatter = Formatter()
    for code, message in MESSAGES.messages.items():
        what, mend = (
            {name for _, name, _, _ in formatter.parse(text) if name} for text in (message.what, message.mend)
        )
        assert mend <= {*what, "example"}, code
