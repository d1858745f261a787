# Everything here works on a fresh machine with Python 3.11, git and make.
#   make site   set up, check the files, build both sites
#   make test   set up, lint, types, all tests, check the files
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: all site test lint types check pytest chromium serve messages docs lock clean
all: lint types pytest check

site: $(READY)
	$(BIN)/coopbook build

test: $(READY) chromium
	$(MAKE) all

$(READY): requirements.lock pyproject.toml
	$(shell command -v $(PYTHON) || command -v python3) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

pytest: $(READY)
	$(BIN)/pytest -n auto

check: $(READY)
	$(BIN)/coopbook check

# The pages are read in a real browser: Debian's chromium, installed when this user may.
chromium:
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; } \
	|| echo "No chromium here: the tests in a browser will be skipped (apt install chromium)." >&2

serve: $(READY)
	$(BIN)/coopbook serve

# The catalogues' new sentences, then the documents made from rules and schemas.
messages: $(READY)
	$(BIN)/python scripts/catalogues.py

docs: $(READY)
	$(BIN)/python scripts/documents.py

# New versions of what we use: run, look at the difference, test.
lock: $(READY)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) site build/cache
