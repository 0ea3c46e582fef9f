# `make setup` installs into .venv what running needs, `make setup-dev` also what working on Ostraka needs.
# The other targets call the one they need first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
# Compiling every module takes longer than installing them, so the recipe below compiles those that run.
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header

# Where Python may not keep what it compiled, each process compiles all its modules anew. The tests start hundreds.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev up test test-fast check format bench lock clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: $(INSTALLED)  ## install what running needs into .venv

$(INSTALLED): requirements.txt requirements-build.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Ostraka needs Python 3.11 or later; name one with PYTHON=python3.x" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --require-hashes -r requirements.txt -r requirements-build.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	$(BIN)/ostraka --help >/dev/null
	@touch $@

setup-dev: $(INSTALLED_DEV)  ## install what tests and checks need, too

$(INSTALLED_DEV): $(INSTALLED) requirements-dev.txt
	$(INSTALL) --require-hashes -r requirements-dev.txt
	@touch $@

up: setup  ## run the service on embedded Postgres and Valkey
	$(BIN)/ostraka up

test: setup-dev  ## pass every test
	tests/browser/prepare
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist worksteal

test-fast: setup-dev  ## unit tests, properties at a small size, and one vote through to its score
	$(BIN)/pytest --numprocesses auto --maxprocesses 4 --dist worksteal --hypothesis-profile small \
		tests/unit tests/properties tests/acceptance/test_votes.py::test_a_vote_is_counted

check: setup-dev  ## formatter, linter, type checker, import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports

format: setup-dev  ## put the code into its one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup-dev  ## measure the speed, each figure beside its limit
	$(BIN)/python -m tests.benchmarks

lock: setup-dev  ## pin every dependency anew, with hashes
	$(COMPILE) --output-file requirements.txt pyproject.toml
	$(COMPILE) --constraint requirements.txt --group dev --output-file requirements-dev.txt pyproject.toml
	$(COMPILE) --constraint requirements-dev.txt --group build --output-file requirements-build.txt

clean:  ## remove what setup and the tools made
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .import_linter_cache
