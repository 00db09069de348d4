"""Which words go together."""

from ledger.acts.relations import agrees, excludes, needs, only


def test_words_that_exclude_each_other() -> None:
    relation = excludes("--text", "--json", "--csv")
    assert str(relation.rule) == "--text excludes --json and --csv"
    assert [str(text) for text in relation.contradictions(None, {"--text": True, "--json": True})] == [
        "--text and --json exclude each other: leave one out"
    ]
    assert [str(text) for text in relation.contradictions(None, {"--csv": True})] == []


def test_a_word_that_goes_with_some_only() -> None:
    relation = only("--list", "--as-of")
    assert [str(text) for text in relation.contradictions(None, {"--list": 1, "--as-of": 1, "--book": 1})] == []
    assert [str(text) for text in relation.contradictions(None, {"--list": 1, "--yes": 1})] == [
        "--list and --yes exclude each other: leave one out"
    ]


def test_a_word_that_says_nothing_alone() -> None:
    assert [str(text) for text in needs("--as-of", "--list").contradictions(None, {"--as-of": 1})] == [
        "--as-of says nothing without --list: add --list, or leave --as-of out"
    ]


def test_words_that_must_agree_are_judged_with_a_book_only() -> None:
    relation = agrees(("--a", "--b"), "--a and --b must agree", lambda _fund, _given: iter(["they do not"]))
    assert [str(text) for text in relation.contradictions(None, {"--a": 1, "--b": 2})] == []
