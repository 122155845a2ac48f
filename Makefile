# The commands of this project. `make help` lists them; `.ci/run` runs the same ones.

PORT ?= 8501
VENV := .venv
PY := $(VENV)/bin/python
CODE := dashboard.py pages server db tracking tests

# The first Python that starts and is 3.11 or newer.
PYTHON ?= $(firstword $(foreach name,python3.11 python3 python3.12 python3.13 python,$(shell \
	$(name) -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $(name))))

.DEFAULT_GOAL := help
.PHONY: help run test test-fast test-e2e test-on machine fonts browser office check check-types check-rest fix bench pictures lock clean
.DELETE_ON_ERROR:

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/runtime ## install, fill an empty store with sample data and start on PORT (8501)
	$(PY) -m server init
	$(PY) -m server load-sample --if-empty
	@$(PY) -m server demo-accounts
	@echo "http://localhost:$(PORT)"
	$(PY) -m streamlit run dashboard.py --server.port $(PORT)

test: machine browser test-fast test-e2e ## rules, both databases, pages, and a real browser

test-fast: office ## unit and page tests with 100 % branch coverage of tracking/ and db/
	$(PY) -m pytest tests/unit tests/app --ignore $(STRUCTURE) -n auto $(SLOWEST) --cov --cov-report=term

test-e2e: browser ## end-to-end tests in a real browser
	$(PY) -m pytest tests/e2e $(SIDE_BY_SIDE) $(SLOWEST)

# A module's tests share a server, so they stay in one process; each process has a browser of its own.
SIDE_BY_SIDE := -n auto --maxprocesses 4 --dist loadscope

# What reads the tree alone belongs to `make check`; `.ci/run` runs both.
STRUCTURE := tests/unit/structure

# Told after each run, so that a test that became slow is noticed.
SLOWEST := --durations=20 --durations-min=2

test-on: office browser ## every test with the clock on another day: make test-on DAY=2028-02-29
	$(PY) -m tests.support.on_day $(DAY) tests/unit tests/app -n auto
	$(PY) -m tests.support.on_day $(DAY) tests/e2e $(SIDE_BY_SIDE)

check: $(VENV)/develop ## formatting, lint, types, structure, wording and diagrams; changes nothing
	@$(MAKE) --no-print-directory --jobs 2 check-types check-rest

# Types take as long as everything else, so they are checked beside it.
check-types:
	$(VENV)/bin/mypy

check-rest:
	$(VENV)/bin/ruff format --check $(CODE)
	$(VENV)/bin/ruff check $(CODE)
	$(VENV)/bin/lint-imports --no-cache --no-logo
	$(PY) -m tracking.workflow | diff docs/states.md -
	$(PY) -m pytest $(STRUCTURE) -q -p no:cacheprovider

fix: $(VENV)/develop ## mend what `make check` can have mended
	$(VENV)/bin/ruff check --fix $(CODE)
	$(VENV)/bin/ruff format $(CODE)
	$(PY) -m tracking.workflow > docs/states.md

bench: browser ## every gate of docs/performance.md; the overview page beside a constant one; a large ledger; forty at once
	$(PY) -m tests.bench
	$(PY) -m tests.bench.page
	$(PY) -m tests.bench.ledger
	$(PY) -m tests.bench.drop

pictures: browser ## draw the pictures under docs/images anew
	$(PY) -m tests.e2e.pictures

lock: $(VENV)/develop ## renew the lock files; UPGRADE=1 takes newer versions
	$(VENV)/bin/uv pip compile $(LOCK) requirements.txt -o requirements.lock
	$(VENV)/bin/uv pip compile $(LOCK) -c requirements.lock requirements.txt --group dev -o requirements-dev.lock

LOCK := $(if $(UPGRADE),--upgrade) --quiet --no-header --generate-hashes --no-strip-extras --universal --python-version 3.11

clean: ## remove the environment and every cache; the store under data/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage*

# A lock is whole: nothing is resolved, so that a release published tomorrow changes nothing today.
AS_LOCKED := --quiet --disable-pip-version-check --require-hashes --no-deps

# Each stamp is redone only when its lock is newer, so that later starts need no network.
$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name it with PYTHON=/path/to/python3" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

$(VENV)/runtime: requirements.lock | $(VENV)/bin/python
	$(PY) -m pip install $(AS_LOCKED) -r requirements.lock
	$(PY) -m pip check
	@touch $@

# Here what is imported is compiled then; to compile all of it would take as long as the rest of the step.
$(VENV)/develop: requirements-dev.lock | $(VENV)/bin/python
	$(PY) -m pip install $(AS_LOCKED) --no-compile -r requirements-dev.lock
	$(PY) -m pip check
	@touch $@

# Not stamps: fonts, browser and office suite are the machine's, and may come or go; finding them costs nothing.
# What all of them lack is fetched at once; each still looks for itself, and tells.
machine: $(VENV)/develop
	$(PY) -m tests.support.machine

fonts: $(VENV)/develop
	$(PY) -m tests.support.fonts

browser: fonts
	$(PY) -m tests.e2e.install_browser

office: fonts
	$(PY) -m tests.support.office
