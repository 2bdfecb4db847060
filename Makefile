# The only list of commands. `make help` shows it.
#
# Everything runs in .venv, which is made on first use from the hash-locked files in requirements/.
# A stamp in .venv/stamps stands for each installed set, so that the second time is quick.

PYTHON ?= python3
PLAN   ?=
PORT   ?=
DATA   ?= var/demo
MINUTES ?= 5
PART   ?=

BIN    := .venv/bin
STAMPS := .venv/stamps
STEP   := tools/step
PIP    := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation
PYTEST := $(BIN)/python -m pytest

export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help demo test check bench docs pictures fuzz soak lock format clean

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

demo: $(STAMPS)/static ## open a made-up district at work in the browser, or any plan: PLAN=file, PORT=8000
	@$(BIN)/luoshi $(if $(PLAN),open "$(PLAN)",demo) $(if $(PORT),--port $(PORT)) --data "$(DATA)$(if $(PLAN),/plans)"

test: $(STAMPS)/test $(STAMPS)/static ## run every test: SQLite, PostgreSQL, real browser
	@$(STEP) "Looking for browser, database, fonts and converter" $(PYTHON) tools/system.py || true
	@$(STEP) "Database tests on PostgreSQL" $(BIN)/python -m tools.postgres $(PYTEST) -n 2 tests/apps
	@echo "→ All tests"
	@LUOSHI_TESTS=all $(PYTEST) -n 2

check: $(STAMPS)/check ## formatting, lint, types, import contracts, migrations, layout, docs
	@status=0; \
	$(STEP) "ruff format" $(BIN)/ruff format --check --quiet . || status=1; \
	$(STEP) "ruff check" $(BIN)/ruff check --quiet . || status=1; \
	$(STEP) "mypy" $(BIN)/mypy || status=1; \
	$(STEP) -q "import contracts" $(BIN)/lint-imports || status=1; \
	$(STEP) -q "migrations" $(BIN)/django-admin makemigrations --check --dry-run --settings luoshi.settings.test || status=1; \
	$(STEP) "English catalogue" $(BIN)/python tools/messages.py --check || status=1; \
	$(STEP) "layout and docs" $(PYTEST) tests/house || status=1; \
	exit $$status

bench: $(STAMPS)/bench ## measure speed and accuracy against the last run
	@$(BIN)/python -m benchmarks

docs: $(STAMPS)/test ## write what is generated: reference pages, English catalogue, sample files
	@$(STEP) "reference" $(BIN)/python -m tools.docs
	@$(STEP) "English catalogue" $(BIN)/python tools/messages.py
	@$(STEP) "sample plan" $(BIN)/python -m tools.sample.build

pictures: $(STAMPS)/test $(STAMPS)/static ## take the pictures of docs/images from the running product
	@$(STEP) "pictures" $(BIN)/python -m tools.screenshots

fuzz: $(STAMPS)/test ## look for files that break a reader, and calls that break the API: MINUTES=5
	@$(BIN)/python -m tools.fuzz --minutes $(MINUTES)
	@$(STEP) "calls of the API" env LUOSHI_API_TRIES=$(MINUTES)0 $(PYTEST) -n 0 tests/apps/api/test_service.py

soak: $(STAMPS)/test $(STAMPS)/static ## try to break it: PART=importing kills editors copies faults all, MINUTES=5
	@$(BIN)/python -m tools.soak $(PART) --minutes $(MINUTES) $(if $(PART),--save)

lock: $(STAMPS)/check ## resolve the dependencies again and write requirements/
	@$(STEP) "resolving" tools/lock

format: $(STAMPS)/check ## put code into the house style
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

clean: ## remove everything that was built, also .venv and the demo's data
	@rm -rf .venv node_modules var dist build src/luoshi/static/vendor .mypy_cache .pytest_cache .ruff_cache
	@rm -rf .hypothesis .import_linter_cache
	@find src tests tools benchmarks -name __pycache__ -prune -exec rm -rf {} +

# --- the environment ---------------------------------------------------------------------------------

$(BIN)/python:
	@$(STEP) "Making .venv" $(PYTHON) -m venv .venv

$(STAMPS)/build: requirements/build.txt | $(BIN)/python
	@$(STEP) -q "Installing the build tools" $(PIP) --require-hashes -r $<
	@mkdir -p $(STAMPS) && touch $@

define install
	@$(STEP) -q "Installing packages for $(1), as locked in $<" $(PIP) --require-hashes -r $<
	@mkdir -p $(STAMPS) && touch $@
endef

$(STAMPS)/web: requirements/web.txt $(STAMPS)/build
	$(call install,the product)

$(STAMPS)/luoshi: pyproject.toml $(STAMPS)/web
	@$(STEP) -q "Installing luoshi itself" $(PIP) --no-deps --editable .
	@touch $@

$(STAMPS)/test: requirements/test.txt $(STAMPS)/luoshi
	$(call install,the tests)

$(STAMPS)/check: requirements/check.txt $(STAMPS)/test
	$(call install,the checks)

$(STAMPS)/bench: requirements/bench.txt $(STAMPS)/test
	$(call install,the benchmarks)

# npm comes from the machine, or else from a locked Python package.
$(STAMPS)/static: package-lock.json tools/build_static.py requirements/node.txt $(STAMPS)/luoshi
	@command -v npm >/dev/null || $(STEP) -q "Installing npm" $(PIP) --require-hashes -r requirements/node.txt
	@$(STEP) "Fetching the front-end kits" $(BIN)/python tools/build_static.py
	@touch $@
