# Two commands: `make report` runs the main job on the sample articles, `make test` runs every test.
# Each sets up what it needs in a virtual environment of its own; of the machine Python 3.11+ is asked, with its headers,
# and a C compiler.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
OUT ?= out
MOST ?= 200
NAMES := sources tracker reports
LOOPS := $(wildcard tracker/quotations/*.pyx)
# The product is installed compiled, unless it is being worked on: then its source is what runs.
INSTALLED := $(if $(wildcard $(VENV)/.developing),$(VENV)/.developing,$(VENV)/.installed)

.DEFAULT_GOAL := help
.PHONY: help report test quick lint types imports coverage mutation docs site pictures wheel format clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

report: $(INSTALLED) ## set up, read the sample articles, write the weekly report
	$(BIN)/tracker demo --out $(OUT) --force

test: $(VENV)/.developing ## set up and run every test, slow ones and the browser's included
	sh .ci/needs
	$(BIN)/python -m pytest -m "not timed" --numprocesses auto --dist loadfile
	$(BIN)/python -m pytest -m timed

quick: $(VENV)/.developing ## the tests to run while working
	$(BIN)/python -m pytest -m "not slow and not timed" --numprocesses auto --dist loadfile

lint: $(VENV)/.developing ## ruff and cython-lint: rules and format
	$(BIN)/ruff check $(NAMES) tests hatch_build.py
	$(BIN)/ruff format --check $(NAMES) tests hatch_build.py
	PATH="$(BIN):$$PATH" cython-lint --max-line-length 110 $(LOOPS)

types: $(VENV)/.developing ## mypy, strict
	$(BIN)/mypy

imports: $(VENV)/.developing ## the layers, as contracts
	$(BIN)/lint-imports

coverage: $(VENV)/.developing ## run the tests and say which branches none takes: fewer than 95 in 100 taken is a failure
	rm -rf build/coverage && mkdir -p build/coverage
	$(BIN)/coverage run -m pytest -m "not timed" --numprocesses auto --dist loadfile
	$(BIN)/python .ci/finished build/coverage
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report
	$(BIN)/coverage json --quiet -o build/coverage/branches.json
	$(BIN)/python .ci/branches build/coverage/branches.json 95

mutation: $(VENV)/.developing ## change statistics, resolution and tone in small ways: the tests must notice 80 in 100
	$(BIN)/python -m pip install --quiet --editable '.[mutation]'
	nice $(BIN)/python .ci/mutants $(MOST) 80 $(SEED)

docs: $(VENV)/.developing ## the docs' examples, links and generated parts
	$(BIN)/python -m pytest tests/docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

site: $(VENV)/.developing ## the documentation as a site, in build/site
	$(BIN)/python docs/commands.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

pictures: $(VENV)/.developing ## photograph the sample report and comparison, into OUT/images
	$(BIN)/python docs/pictures.py $(OUT)/images

wheel: $(VENV)/.developing ## build, then try the wheel in an empty environment
	sh .ci/smoke $(BIN)/python

format: $(VENV)/.developing ## put the code in order
	$(BIN)/ruff check --fix $(NAMES) tests
	$(BIN)/ruff format $(NAMES) tests

clean: ## remove what was built
	rm -rf $(VENV) $(OUT) dist build tracker/quotations/*.so .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say which with: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.installed: pyproject.toml hatch_build.py $(shell find $(NAMES) -type f -not -name '*.pyc' -not -name '*.so') | $(BIN)/python
	$(BIN)/python -m pip install --quiet .
	@touch $@

$(VENV)/.developing: pyproject.toml hatch_build.py $(LOOPS) | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@
