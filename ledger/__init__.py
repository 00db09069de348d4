"""The book and its meaning, in six rooms: `acts` over `book` over `law` over `model` over `language` over `ground`.

Each room imports only those below it, and nothing in this package knows of rules, importers, reports or a door (a test
holds both). Beside the rooms stands the Beancount text that is shipped: `registry`, `policy`, `template`, `example`.
"""
