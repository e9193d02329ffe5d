# make run | test | lint | bench | fuzz | setup | clean
PYTHON ?= python3
BIN := .venv/bin
export OMP_NUM_THREADS ?= 1

.PHONY: setup run test lint bench docs fuzz lock clean

setup: .venv/ready

.venv/ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Communiqué needs Python 3.11 or later; name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: setup
	@rm -f example.ledger example.ledger-wal example.ledger-shm
	$(BIN)/communique build examples/pages --data examples/data --ledger example.ledger
	$(BIN)/communique brief Japan "United States" --data examples/data --ledger example.ledger
	$(BIN)/communique report --data examples/data --ledger example.ledger --output example-report

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

test: lint
	$(BIN)/communique check
	@$(BIN)/python tests/web/browsers.py
	$(BIN)/python -m pytest -n 2 --dist loadfile

bench: setup
	$(BIN)/python -m benchmarks

# Thousands of broken inputs for each reader, where `make test` tries a few.
fuzz: setup
	COMMUNIQUE_FUZZ=$${COMMUNIQUE_FUZZ:-3000} $(BIN)/python -m pytest -n 2 tests/read/test_fuzz.py

# Writes the produced parts of README and docs anew.
docs: setup
	$(BIN)/python docs/refresh.py

# Writes requirements.txt anew from pyproject.toml (needs uv).
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-header --no-annotate -o requirements.txt --upgrade

clean:
	rm -rf .venv example.ledger* example-report .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
