"""Fava's import page reads this; what there is to say stands in import.toml."""

from pathlib import Path

from importers.importer import importers

CONFIG = importers(Path(__file__).with_name("main.beancount"))
