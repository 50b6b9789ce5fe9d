# Everything a developer or a build does, by name. `make` alone lists it.
#
# Needed beforehand: make, Python 3.11 or newer with pip. Everything else is put
# into two folders of this checkout, .tools and .venv; nothing is installed elsewhere.

PYTHON ?= python3
PORT   ?= 8000
export PORT

# uv makes the environment. `pip --target` needs neither the venv module (Debian splits
# it off) nor leave to write into the system's Python. The version is part of the path,
# so a new pin fetches a new uv by itself.
UV_VERSION := 0.13.9
UV         := .tools/uv-$(UV_VERSION)/bin/uv
# Use the Python that is here; never fetch another one.
export UV_PYTHON_DOWNLOADS := never
# The cache is often on another disk, where uv cannot hard-link: copy without a warning.
export UV_LINK_MODE ?= copy
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore

BIN  := .venv/bin
# sync = exactly the lock, each file checked against its hash, nothing left over. That
# removes laar itself too, so it is installed again, as a link to this checkout: flit_core
# is in the lock, hence no build isolation and no further download.
SYNC  = $(UV) pip sync -q --python .venv --require-hashes
LINK  = $(UV) pip install -q --python .venv --no-deps --no-build-isolation -e .
# No host name, path or date in a lock: it must read the same wherever it was made.
LOCK  = $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header --no-annotate pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help setup run test lint long check demo bench docs lock clean

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-7s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: .venv/.dev ## install everything for working on LAAR into .venv

run: .venv/.run ## start LAAR with the demonstration data; PORT=8000 unless set
	$(BIN)/laar serve --demo

test: .venv/.dev ## the tests, on SQLite and what stands on the database on PostgreSQL
	@$(BIN)/python -m tests.run

lint: .venv/.dev ## style, format, types and the import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

long: .venv/.dev ## only the slow tests, and all chapters on PostgreSQL
	@$(BIN)/python -m tests.run --long-only

check: lint ## everything: lint, the tests and the slow tests
	@$(BIN)/python -m tests.run --long

demo: .venv/.run ## make the demonstration programme without starting the server
	$(BIN)/laar demo

bench: .venv/.dev ## measure speed and size
	$(BIN)/python -m bench

docs: .venv/.run ## write the generated pages of the documentation again
	$(BIN)/laar docs

lock: $(UV) ## resolve the versions anew into the two lock files
	$(LOCK) --upgrade -o requirements.lock
	$(LOCK) --upgrade --extra dev -c requirements.lock -o requirements-dev.lock

clean: ## remove what was built and installed; var/, the data, stays
	rm -rf .venv .tools build dist staticfiles laar/desk/static/desk/built .pytest_cache .mypy_cache .ruff_cache \
	  .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +

$(UV):
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || { \
	  echo "$(PYTHON) has no pip. On Debian: apt install python3-pip" >&2; exit 1; }
	$(PYTHON) -m pip install -q --target .tools/uv-$(UV_VERSION) uv==$(UV_VERSION)

# Order-only: the interpreter's own date says nothing about whether .venv is up to date.
$(BIN)/python: | $(UV)
	$(UV) venv -q --clear --python $(PYTHON) .venv

# The stamps. The runtime's sync takes the developer's packages away, so that stamp goes too.
.venv/.run: requirements.lock pyproject.toml | $(UV) $(BIN)/python
	@rm -f .venv/.dev
	$(SYNC) requirements.lock
	$(LINK)
	$(BIN)/python -m laar.desk.assets
	@touch $@

.venv/.dev: .venv/.run requirements-dev.lock
	$(SYNC) requirements-dev.lock
	$(LINK)
	@touch $@
