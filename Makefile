# `make test` and `make demo` need nothing but make and Python >= 3.11; each makes its environment in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO_STAMP := $(VENV)/.installed-demo

.PHONY: test demo lint clean

test: $(STAMP)
	$(BIN)/python -m pytest -q -n auto --dist loadfile

demo: $(DEMO_STAMP)
	$(BIN)/pmdraft demo --force

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

clean:
	rm -rf $(VENV) pmdraft-demo

define environment
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "pmdraft needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
$(PYTHON) -m venv $(VENV)
$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.$(1)'
endef

$(STAMP): pyproject.toml
	$(call environment,[dev])
	touch $@ $(DEMO_STAMP)

$(DEMO_STAMP): pyproject.toml
	$(call environment,)
	touch $@
