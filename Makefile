# Everything here works on a machine with Python 3.11+ and make alone; only pip touches the network.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
OURS := peernet elections outofhours moderation meetings boards crisisplans communities notices people helpnow audit clock prepared

.PHONY: run test lint bench lock

run: .venv/.base
	@$(BIN)/peernet run --port $(PORT)

test: .venv/.dev
	@$(BIN)/python -m tests.run_all

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(OURS)
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/python scripts/requirements_in_step.py
	$(BIN)/python scripts/migrations_are_safe.py
	PEERNET_DATA=$$(mktemp -d) $(BIN)/python -m django makemigrations --check --dry-run --settings peernet.settings

bench: .venv/.dev
	@missed=; for file in bench/*.py; do echo "== $$file"; $(BIN)/python -m "bench.$$(basename "$$file" .py)" || missed="$$missed $$file"; done; test -z "$$missed" || { echo "A figure was missed or a bench failed:$$missed" >&2; exit 1; }

lock: .venv/.dev
	$(BIN)/pip install --quiet 'uv==0.13.*'
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header requirements/base.in -o requirements/base.txt
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header requirements/dev.in -o requirements/dev.txt
	$(BIN)/python scripts/requirements_in_step.py

# The stamps make the next call start at once; a changed lock file makes them anew.
.venv/.base: requirements/base.txt pyproject.toml scripts/set_up.py
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here. Install Python 3.11 or newer (Debian: apt-get install python3), or say which one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) scripts/set_up.py base

.venv/.dev: requirements/dev.txt requirements/base.txt pyproject.toml scripts/set_up.py
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here. Install Python 3.11 or newer (Debian: apt-get install python3), or say which one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) scripts/set_up.py dev
