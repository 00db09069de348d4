# Every habit of the project, one word each. `make run` and `make test` set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BOOK := ledger/example/main.beancount
QUARTER := 2016-Q3
PORT ?= 5000

export BEANCOUNT_DISABLE_LOAD_CACHE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test check serve bench docs words lock clean

run: $(VENV)/.ready
	$(BIN)/vfund check --book $(BOOK)
	$(BIN)/vfund export $(QUARTER) --book $(BOOK) --output out/EXAMPLE-IACHR-$(QUARTER).xlsx
	@echo "To see the book in Fava: make serve, then http://127.0.0.1:$(PORT)"

test: $(VENV)/.ready-dev .venv-compare/.ready
	$(BIN)/python -m pytest -n auto --dist worksteal --cov --cov-report=term-missing:skip-covered

check: $(VENV)/.ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

serve: $(VENV)/.ready
	$(BIN)/vfund serve --port $(PORT) --book $(BOOK)

bench: $(VENV)/.ready-dev .venv-compare/.ready
	$(BIN)/python -m tests.benchmarks.check
	$(BIN)/python -m tests.benchmarks.record
	$(BIN)/python -m tests.benchmarks.importers
	$(BIN)/python -m tests.benchmarks.report
	$(BIN)/python -m tests.benchmarks.views

docs: $(VENV)/.ready-dev
	$(BIN)/python -m tests.make_docs

# Bring the catalogues up to date with the texts that are marked in the program; what is new in them is then to be translated.
words: $(VENV)/.ready-dev
	$(BIN)/python -m tests.make_words

lock: $(VENV)/.ready-dev
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --no-strip-extras --allow-unsafe --build-deps-for editable --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --no-strip-extras --allow-unsafe --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements-compare.txt requirements-compare.in
	$(BIN)/pip-compile --quiet --no-strip-extras --allow-unsafe --extra dev --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --output-file requirements-dev.txt pyproject.toml

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: $(VENV)/bin/python requirements.txt pyproject.toml
	$(BIN)/pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.txt
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

# Other libraries for bank files, in an environment of their own: a test holds ours beside them, and nothing imports them.
.venv-compare/.ready: requirements-compare.txt
	$(PYTHON) -m venv .venv-compare
	.venv-compare/bin/pip install --quiet --require-hashes -r requirements-compare.txt
	@touch $@

clean:
	rm -rf $(VENV) .venv-compare out .coverage .mypy_cache .ruff_cache .pytest_cache build *.egg-info
