"""What can be wrong with a directive of the book, in words."""

from ledger.ground.findings import Catalogue, Message
from ledger.ground.resolution import INVITATION

MESSAGES = Catalogue(
    "language",
    {
        "unknown-directive": Message(
            "{name!r} is not a directive of this book; {suggestion}.",
            "correct the name, or take the line out.",
        ),
        "values": Message(
            "custom {name!r} takes {expected}, but {given} stand here.",
            "write it as: {example}",
        ),
        "unknown-key": Message(
            "custom {name!r} has no metadata {key!r}; {suggestion}",
            "correct the key, or take the line out.",
        ),
        "missing-key": Message(
            "custom {name!r} lacks {key!r}.",
            "add a line `  {key}: …` below the directive.",
        ),
        "bad-value": Message(
            "custom {name!r}: {key!r} is {value}, but {expected}.",
            "correct the value of {key!r}.",
        ),
        "twice": Message(
            "{name} {subject!r} is declared twice; first at {first}.",
            "keep one of the two.",
        ),
        "kind-and-category": Message(
            "donor-status {subject!r} makes a donor of the kind {kind!r} a {category!r}; such a donor is of the kind {allowed}.",
            "correct the category or the kind: what is neither a state nor of the inter-American system is one of the others.",
            INVITATION,
        ),
        "merged-into-itself": Message(
            "donor-merge {donor!r} into {into!r}: {into!r} was merged into {donor!r}, or is the same.",
            "keep the line that names the registration which survives, and take the other out.",
        ),
        "answered-early": Message(
            "the confirmation of {donor} is dated {day}, and is about {quarter}, which ends on {end}.",
            "correct the date of the answer, or the quarter.",
        ),
        "differs-without-a-note": Message(
            "the confirmation of {donor} about {quarter} differs, and does not say in what.",
            'add `note: "…"` with the difference, and what was done about it.',
        ),
        "unknown-reference": Message(
            "{name} {subject!r} names the {kind} {word!r}, which is not declared; {suggestion}",
            "correct it, or declare the {kind} first.",
        ),
    },
)
