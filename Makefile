# Everything that a person or CI runs. Needs GNU make, a POSIX shell and Python 3.11 or newer, nothing else.

VENV := .venv
STAMP := $(VENV)/made-for
PYTHON := $(VENV)/bin/python
PACKAGES := ingest assistant api evals corpus tests
# Tests run side by side, a file at a time: as many as there are cores, at most four (each takes up to 2 GB).
SIDE_BY_SIDE := -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# An environment works only in the folder it was made for, so the stamp holds that folder's path.
ifneq "$(shell test -x $(PYTHON) && test -x $(VENV)/bin/assistant && cat $(STAMP) 2>/dev/null)" "$(shell pwd -P)"
$(STAMP): make-again
endif

.PHONY: help setup run test check corpus settings licences audit evals clean make-again

help:
	@echo 'make run     set up what is missing, then serve the chat page'
	@echo 'make test    set up what is missing, then run all tests      (ARGS="-k words" runs some, "-n0" one after another)'
	@echo 'make check   formatting, lint and types'
	@echo 'make setup   the set-up alone'
	@echo 'make corpus  build the PDFs of the starter documents from their Markdown'
	@echo 'make settings  write docs/settings.md from the code of the settings'
	@echo 'make licences  write docs/licences.md from the packages that are installed'
	@echo 'make audit   ask public lists for known faults of the pinned packages'
	@echo 'make evals   ask the golden questions and print the table    (ARGS="..." for its options)'
	@echo 'make clean   remove the environment and caches; your library stays'

setup: $(STAMP)

run: setup
	@exec $(VENV)/bin/assistant serve

test: setup
	@$(PYTHON) -m pytest $(SIDE_BY_SIDE) $(ARGS)

check: setup
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy $(PACKAGES)

corpus: setup
	@$(PYTHON) -m corpus.build

settings: setup
	@$(PYTHON) -m api.settings_page docs/settings.md

licences: setup
	@$(PYTHON) scripts/licences.py docs/licences.md

audit: setup
	@$(PYTHON) scripts/audit.py

evals: setup
	@$(VENV)/bin/assistant evals $(ARGS)

clean:
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist ./*.egg-info
	@find $(PACKAGES) -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): pyproject.toml constraints.txt scripts/setup
	@sh scripts/setup $(VENV)
