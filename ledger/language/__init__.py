"""The language of the book: its custom directives, its kinds of transaction and its metadata, defined in one place.

`models` says what a directive may hold, `parse` turns Beancount's custom directives into models and findings,
`kinds` names the tags and metadata of transactions, `nearest` suggests what was probably meant.
"""
