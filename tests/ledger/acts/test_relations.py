"""Which words go together."""

from ledger.acts.relations import agrees, excludes, listed, needs, only


def test_words_that_exclude_each_other() -> None:
    relation = excludes("--text", "--json", "--csv")
    assert relation.rule == "--text excludes --json and --csv"
    assert list(relation.contradictions(None, {"--text": True, "--json": True})) == [
        "--text and --json exclude each other: leave one out"
    ]
    assert list(relation.contradictions(None, {"--csv": True})) == []


def test_a_word_that_goes_with_some_only() -> None:
    relation = only("--list", "--as-of")
    assert list(relation.contradictions(None, {"--list": 1, "--as-of": 1, "--book": 1})) == []
    assert list(relation.contradictions(None, {"--list": 1, "--yes": 1})) == [
        "--list and --yes exclude each other: leave one out"
    ]


def test_a_word_that_says_nothing_alone() -> None:
    assert list(needs("--as-of", "--list").contradictions(None, {"--as-of": 1})) == [
        "--as-of says nothing without --list: add --list, or leave --as-of out"
    ]


def test_words_that_must_agree_are_judged_with_a_book_only() -> None:
    relation = agrees(("--a", "--b"), "--a and --b must agree", lambda _fund, _given: iter(["they do not"]))
    assert list(relation.contradictions(None, {"--a": 1, "--b": 2})) == []


def test_a_list_of_words() -> None:
    assert [listed(words) for words in ([], ["a"], ["a", "b", "c"])] == ["", "a", "a, b and c"]
