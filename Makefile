# `make demo` and `make test` do all the set-up themselves; `make help` lists the rest.

# New enough, and able to make a virtual environment.
FIT := import ensurepip, sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))

# The first Python on the path that runs (a version manager may leave names that do not) and is
# fit. Name another: make PYTHON=/path/to/python test
PYTHON ?= $(shell for python in python3.12 python3.11 python3.13 python3 python; do \
	$$python -c '$(FIT)' >/dev/null 2>&1 && { echo $$python; break; }; done)

# How many processes run the tests.
WORKERS ?= auto

# As `python -m`, a program finds the package of this checkout before any other.
VENV := .venv
RUN := $(VENV)/bin/python -m
INSTALLED := $(VENV)/installed

.DEFAULT_GOAL := help
.PHONY: help demo test fuzz bench fmt clean

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile

demo: $(INSTALLED) ## print the advice on an example deal
	@$(VENV)/bin/b2brules evaluate --as-of 2026-11-21 docs/examples/fee_collection.yaml

test: $(INSTALLED) ## check style and types, run the tests
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	$(RUN) pytest -n $(WORKERS) --dist loadgroup

fuzz: $(INSTALLED) ## run the property tests with many more examples
	$(RUN) pytest -n $(WORKERS) --dist loadgroup --hypothesis-profile fuzz -m hypothesis

bench: $(INSTALLED) ## measure speed, beside other engines where they are installed
	$(RUN) tests.benchmarks

fmt: $(INSTALLED) ## format the code and mend what can be mended
	$(RUN) ruff check --fix
	$(RUN) ruff format

clean: ## remove everything that these commands made
	rm -rf $(VENV) build dist docs/_build .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find b2brules rulesets tests docs -name __pycache__ -prune -exec rm -rf {} +

$(INSTALLED): pyproject.toml
	@$(VENV)/bin/python -c '$(FIT)' 2>/dev/null || { \
	  python="$(PYTHON)"; \
	  "$${python:-false}" -c '$(FIT)' 2>/dev/null || { \
	    echo "a Python 3.11, 3.12 or 3.13 with venv and ensurepip is needed$${python:+, not $$python};" \
	      "name one: make PYTHON=/path/to/python" >&2; exit 1; }; \
	  echo "making $(VENV) with $$python"; \
	  "$$python" -m venv --clear $(VENV); }
	@echo "installing what pyproject.toml asks for into $(VENV)"
	@$(RUN) pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
