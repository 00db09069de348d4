"""`make docs`: write the pages that are made from the program.

Docs/errors.md (from the broken books), docs/rules.md, docs/language.md.

A test compares the pages with what this module gives, so they never fall behind.
"""

import inspect
import json
import os
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args

from ledger.book.loading import load
from ledger.ground import canonical
from ledger.language import models
from ledger.language.kinds import BY_TAG, METADATA
from ledger.language.law import Terms
from ledger.language.shapes import SHAPES
from plugins.rules import RULES, SCHEMA
from reports.faces.json_shape import ReportFile
from tests.sample_files import page

ROOT = Path(__file__).parent.parent
BROKEN = ROOT / "tests" / "broken"


def errors_page() -> str:
    """Return every message with the book that shows it."""
    shown: dict[str, list[str]] = defaultdict(list)
    for folder in sorted(path for path in BROKEN.iterdir() if path.is_dir()):
        source = folder / "source.beancount"
        by_code = {finding.code: finding for finding in load(source).findings}
        text = source.read_text(encoding="utf-8").split('include "../prelude.beancount"\n')[-1].strip()
        for code, finding in sorted(by_code.items()):
            message = finding.message.replace(f"{source.parent}/", "").replace(f"{ROOT}/", "")
            shown[code].append(
                f"**{folder.name}**, line {finding.source['lineno']}, {finding.severity}:\n\n> {message}\n\n```beancount\n{text}\n```\n"
            )
    head = (
        "# What the program says, and why\n\n"
        "Every message of the program, by rule, with a book that shows it. The books are the folders of `tests/broken`, and a test loads each\n"
        "of them; this page is made from them by `make docs`. `vfund check` prints the place, the line, what is wrong and how to mend it.\n"
    )
    parts = [head]
    rule = ""
    for code in sorted(shown):
        if code.partition("/")[0] != rule:
            rule = code.partition("/")[0]
            parts.append(f"## {rule}\n")
        parts.append(f"### {code}\n")
        parts += shown[code][:1]
    return "\n".join(parts)


def rules_page() -> str:
    """Return the docstring of every rule."""
    parts = [
        "# The rules\n",
        "Each rule is one module of `plugins/rules/`; `plugins.fund` applies them in this order. This page is made from their docstrings by\n"
        "`make docs`. [sources.md](sources.md) has the pages behind what is cited as *facts* or *design*.\n",
    ]
    for rule in RULES:
        title, _, rest = rule.specification.partition("\n")
        parts.append(f"## {title.partition(':')[0]}\n\n{title.partition(': ')[2]}\n{rest}\n")
    return "\n".join(parts)


def language_page() -> str:
    """Return the directives with their metadata, and the kinds of transaction with the accounts that they may touch."""
    parts = [
        "# The language of the book\n",
        "Made by `make docs` from `ledger/language`. An unknown directive, value or metadata key is an error that suggests the nearest known\n"
        "one.\n\n## Directives\n",
    ]
    for name, model in models.DIRECTIVES.items():
        text = inspect.cleandoc(model.__doc__ or "")
        parts.append(
            f"### {name}\n\n{text}\n\n```beancount\n{model.example}\n```\n\n| metadata | | kind |\n|---|---|---|"
        )
        for field, info in model.model_fields.items():
            if field not in {"day", "meta", *model.words}:
                need = "required" if info.is_required() else ""
                parts.append(f"| `{models.dashed(field)}` | {need} | {_kind(info.annotation)} |")
        parts.append("")
    parts.append(
        '## The rules\n\n`custom "rule"` names a rule and a donor category, or `"*"` for all. Every rule takes `citation`, and may take `severity` '
        "(`error`, `warning`, or\n`off` with a `reason`), `to-be-confirmed` and `note`; these take more:\n"
    )
    parts.append("| rule | parameters | meaning |\n|---|---|---|")
    for name, terms in SCHEMA.terms.items():
        own = [models.dashed(field) for field in terms.model_fields if field not in Terms.model_fields]
        if own:
            parts.append(
                f"| `{name}` | {', '.join(f'`{field}`' for field in own)} | {' '.join(inspect.cleandoc(terms.__doc__ or '').split())} |"
            )
    parts.append("")
    parts.append(
        "## Kinds of transaction\n\nOne tag says what happened; `#correction` beside it makes the entry a reversal.\n"
    )
    parts.append(
        "| tag | adds instalments to | takes instalments from | other accounts | must touch |\n|---|---|---|---|---|"
    )
    for tag, kind in BY_TAG.items():
        shape = SHAPES[kind]
        cells = [
            ", ".join(sorted(role.value for role in roles))
            for roles in (shape.opens, shape.takes, shape.money, shape.needs)
        ]
        parts.append(f"| `#{tag}` | " + " | ".join(cells) + " |")
    parts.append(f"\n## The digest of an entry\n\n{inspect.cleandoc(canonical.__doc__ or '')}")
    keys = [f"`{key}`{_TYPES[kind]}" for key, kind in sorted(METADATA.items())]
    parts.append(
        f"\n## Metadata of transactions and postings\n\nText in quotes where nothing else is said: {', '.join(keys)}.\n"
    )
    return "\n".join(parts)


_TYPES = {str: "", date: " (date)", Decimal: " (number)", bool: " (TRUE or FALSE)"}


def _kind(annotation: object) -> str:
    options = [item for item in get_args(annotation) if item is not type(None)]
    if options and all(isinstance(item, str) for item in options):
        return ", ".join(f"`{item}`" for item in options)
    text = str(options[0] if options else annotation)
    for word, name in (("date", "date"), ("bool", "TRUE or FALSE"), ("Decimal", "number")):
        if word in text:
            return name
    return "text"


def schema() -> str:
    """Return the JSON schema of a report, made of the models that read and write it."""
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", **ReportFile.model_json_schema()}
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"


PAGES = {
    "errors.md": errors_page,
    "rules.md": rules_page,
    "language.md": language_page,
    "report.schema.json": schema,
}

if __name__ == "__main__":
    for name, make in PAGES.items():
        (ROOT / "docs" / name).write_text(make(), encoding="utf-8")
    samples = Path(os.environ.get("VFUND_SAMPLES", ROOT.parent / "shared" / "samples"))
    if samples.is_dir():
        (ROOT / "docs" / "formats.md").write_text(page(samples), encoding="utf-8")
