# Everything here works on a fresh machine with Python 3.11, git and make.
#   make site   set up, check the files, build both sites
#   make test   set up, lint, types, all tests, check the files
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
SENTENCES := $(wildcard scripts/coopbook/data/locales/*/LC_MESSAGES/coopbook.po)

.PHONY: all site test lint types check pytest programs serve messages docs bench lock release clean
all: lint types pytest check

# The pages say when they last changed and of which version they are, where git knows.
site: $(READY)
	@if $(BIN)/coopbook history > build/history.json; then $(BIN)/coopbook build --history build/history.json; \
	else echo "The pages will not say when they last changed." >&2; $(BIN)/coopbook build; fi

test: $(READY) programs
	$(MAKE) all

$(READY): requirements.lock pyproject.toml
	$(shell command -v $(PYTHON) || command -v python3) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# What the program reads of the catalogues; installing makes them once, an edited sentence makes them again.
%.mo: %.po | $(READY)
	cd scripts && ../$(BIN)/python -c 'from hatch_build import compile_catalogues; compile_catalogues()'

all site: $(SENTENCES:.po=.mo)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

# Some machines keep Python from storing what it compiles: each process would compile all of it anew.
pytest: $(READY)
	PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n auto --dist worksteal

check: $(READY)
	$(BIN)/coopbook check

# The pages are read in a real browser and asked of a real web server, and the vote record's commands
# are run: Debian's chromium, caddy and jq, installed when this user may.
# Debian starts a server that it installs; here it only serves the tests.
programs:
	@missing=$$(for name in chromium caddy jq; do command -v $$name >/dev/null || printf '%s ' $$name; done); [ -n "$$missing" ] || exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq \
	&& apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	then case $$missing in *caddy*) systemctl disable --now caddy >/dev/null 2>&1 || true;; esac; \
	else echo "Not here, and what needs them will be skipped: $$missing(apt install $$missing)" >&2; fi

serve: $(READY)
	$(BIN)/coopbook serve

# The catalogues' new sentences, then the documents made from checks and schemas.
messages: $(READY)
	$(BIN)/python scripts/catalogues.py

docs: $(READY)
	$(BIN)/python scripts/documents.py
	$(BIN)/python scripts/workflows.py

# Beside Hugo, stock MkDocs and check-jsonschema, on made-up co-ops: make bench SIZES="1000 10000"
bench: $(READY)
	$(BIN)/python scripts/bench/compare.py $(SIZES)

# New versions of what we use, and of what a co-op installs: run, look at the difference, test.
lock: $(READY)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --group dev pyproject.toml -o requirements.lock
	$(BIN)/python scripts/packages.py

# A version, its part of CHANGELOG.md, a commit and a tag: make release VERSION=0.3.0
release: $(READY)
	$(BIN)/python scripts/release.py "$(VERSION)"

clean:
	rm -rf $(VENV) site build/cache
