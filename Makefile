# Every target sets up what it needs. PYTHON=python3.12 make ... picks another interpreter.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
REFORMS := two_step inspection clearance_24h rail package_10

.PHONY: help demo test test-all lint types floors check reference gallery bench clean setup setup-dev setup-bench

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(BIN)/nansha: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@ $(BIN)/nansha

$(VENV)/.bench: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev,bench]"
	@touch $@ $(VENV)/.dev $(BIN)/nansha

setup: $(BIN)/nansha  ## a virtual environment with nansha-sim in it

setup-dev: $(VENV)/.dev  ## the same, with what the tests need

setup-bench: $(VENV)/.bench  ## the same, with the simulators that the benchmark compares with

demo: setup  ## compare the baseline with five reforms: tables and charts
	$(BIN)/nansha compare scenarios/baseline.yaml $(REFORMS:%=scenarios/%.yaml) --out results

test: setup-dev  ## the test suite
	$(BIN)/python -m pytest -n 2 --dist loadfile

test-all: setup-dev  ## the test suite with the long tests
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "long or not long"

lint: setup-dev  ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup-dev  ## mypy --strict
	$(BIN)/mypy

floors: setup-dev  ## imports only point down
	$(BIN)/lint-imports

check: lint types floors  ## all that is checked without running anything

reference: setup-dev  ## write docs/reference/ from the code
	$(BIN)/python tools/make_reference.py

gallery: setup-dev  ## write docs/gallery/: every chart of the shipped scenarios (half an hour and more, the first time)
	$(BIN)/python tools/make_gallery.py

bench: setup-bench  ## speed and memory against peers, oracle, floor and targets, in one table (a quarter of an hour)
	$(BIN)/python tests/benchmark/bench.py

clean:  ## remove the virtual environment and caches, not the results
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
