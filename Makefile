# The project's verbs. Everything runs in .venv, which the lock describes to the byte.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.stamp
CODE := $(wildcard rules streams sinks dashboards tests benchmarks tools)
LOGS ?=
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help venv check format test unit demo answers bench soak dashboards lock generate clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

venv: $(STAMP) ## build .venv from the lock, with nothing but python3

$(STAMP): requirements.lock
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else "Python 3.11 or later is needed; $(PYTHON) is %d.%d. Say which with: make PYTHON=python3.11" % v[:2])'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

check: $(STAMP) ## format, lint, types, import contracts, lock and generated files
	$(BIN)/ruff format --check --quiet $(CODE)
	$(BIN)/ruff check --quiet $(CODE)
	$(BIN)/mypy $(CODE)
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tools.lock
	$(BIN)/python -m tools.generated --check
	$(BIN)/python -m tools.compose

format: $(STAMP) ## format the code and mend what ruff can mend
	$(BIN)/ruff check --fix-only --quiet $(CODE)
	$(BIN)/ruff format $(CODE)

test: $(STAMP) ## run every test (ARGS="-k name" to choose)
	$(BIN)/pytest -n 2 $(ARGS)

unit: $(STAMP) ## run the quick tests
	$(BIN)/pytest -n 2 -m "not slow" $(ARGS)

demo: $(STAMP) ## let a simulated city's days pass before the live pipeline, and prove what it found (KAFKA=1: on a broker)
ifdef KAFKA
	$(BIN)/python -m tools.broker -- $(BIN)/jiancha demo --kafka {servers} $(ARGS)
else
	$(BIN)/jiancha demo $(ARGS)
endif

answers: $(STAMP) ## compare with the known answers of public logs (LOGS=dir)
	@test -n "$(LOGS)" || { echo 'Say where the logs are: make answers LOGS=dir' >&2; exit 2; }
	$(BIN)/jiancha answers $(LOGS)

bench: $(STAMP) ## measure what it costs, beside peers, as ratios
	$(BIN)/python -m benchmarks $(ARGS)

soak: $(STAMP) ## end workers, broker and store at random for long, count what is lost (ARGS="--kills 5 --restarts 1 --away 20")
	$(BIN)/python -m tools.soak $(ARGS)

lock: $(STAMP) ## lock what pyproject.toml declares, keeping pins (ARGS=--upgrade renews them)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --extra dev $(ARGS) \
		--output-file requirements.lock pyproject.toml

dashboards: $(STAMP) ## write Grafana's files again: dashboards, data source, alert rules
	$(BIN)/jiancha dashboards write docker/grafana

generate: $(STAMP) ## write the generated files again
	$(BIN)/python -m tools.generated

clean: ## remove .venv, caches and builds
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache build dist
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +
