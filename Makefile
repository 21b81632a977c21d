# The commands of a day. `make help` lists them.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
TRANSLATIONS := platform/passerelle/web/translations
CATALOGUES := $(wildcard $(TRANSLATIONS)/*/LC_MESSAGES/messages.po)

.PHONY: help run test check format lint types translations messages lock bench bench-peers search-eval clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(VENV)/run.done $(CATALOGUES:.po=.mo) ## install, prepare and start the platform (HOST, PORT)
	@PASSERELLE_ENV=$${PASSERELLE_ENV:-development} exec $(BIN)/passerelle serve --demo --host $(HOST) --port $(PORT)

test: $(VENV)/test.done $(CATALOGUES:.po=.mo) ## run every test
	@$(BIN)/python -m pytest

check: $(VENV)/check.done format-check lint types translations ## everything that must hold before a commit lands
	@$(MAKE) --no-print-directory test
	@$(MAKE) --no-print-directory test-whoosh3

.PHONY: test-whoosh3
test-whoosh3: $(VENV)-whoosh3/test.done $(CATALOGUES:.po=.mo) ## run the tests of the search on whoosh3
	@$(VENV)-whoosh3/bin/python -m pytest -q tests/search

format: $(VENV)/check.done ## lay the code out
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix --quiet .

.PHONY: format-check
format-check: $(VENV)/check.done
	@$(BIN)/ruff format --check .

lint: $(VENV)/check.done ## ruff and djlint
	@$(BIN)/ruff check .
	@$(BIN)/djlint --lint --quiet templates

types: $(VENV)/check.done ## mypy, strict
	@$(BIN)/mypy

SIZE ?= 10000
QUERIES ?= 8
ROUNDS ?= 5
bench: $(VENV)/run.done $(CATALOGUES:.po=.mo) ## measure search, publishing, import and memory (SIZE, QUERIES, ROUNDS)
	@$(BIN)/python -m bench.run --size $(SIZE) --queries $(QUERIES) --rounds $(ROUNDS)

bench-peers: $(VENV)/bench.done $(CATALOGUES:.po=.mo) ## hold the search against tantivy and SQLite (SIZE, ROUNDS)
	@$(BIN)/python -m bench.compare --size $(SIZE) --rounds $(ROUNDS)

search-eval: $(VENV)/run.done ## measure how well the search finds (SHEETS, QUERIES: another collection)
	@$(BIN)/python -m bench.evaluation $(if $(SHEETS),--sheets $(SHEETS)) $(if $(filter command environment,$(origin QUERIES)),--queries $(QUERIES))

messages: $(VENV)/run.done ## gather new messages of code and templates into the catalogues
	@$(BIN)/pybabel --quiet extract -F $(TRANSLATIONS)/babel.cfg --no-location --sort-output --omit-header -k _l -o $(TRANSLATIONS)/messages.pot .
	@for po in $(CATALOGUES); do $(BIN)/pybabel --quiet update --ignore-obsolete --no-fuzzy-matching --omit-header -l $$(basename $$(dirname $$(dirname $$po))) -i $(TRANSLATIONS)/messages.pot -o $$po; done
	@rm -f $(TRANSLATIONS)/messages.pot

translations: $(CATALOGUES:.po=.mo) ## compile the catalogues
%.mo: %.po | $(VENV)/run.done
	@$(BIN)/pybabel --quiet compile --use-fuzzy -i $< -o $@ -l $(notdir $(patsubst %/LC_MESSAGES/messages.po,%,$<))

lock: ## write requirements/*.txt anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --extra fonts --extra meaning --group build --generate-hashes --no-header --no-annotate --universal --python-version 3.11 -o requirements/run.txt
	uv pip compile pyproject.toml --extra fonts --extra meaning --group build --group test --generate-hashes --no-header --no-annotate --universal --python-version 3.11 -c requirements/run.txt -o requirements/test.txt
	uv pip compile pyproject.toml --extra fonts --extra meaning --group build --group test --group quality --group bench --generate-hashes --no-header --no-annotate --universal --python-version 3.11 -c requirements/test.txt -o requirements/check.txt
	uv pip compile pyproject.toml --extra fonts --extra meaning --group build --group bench --generate-hashes --no-header --no-annotate --universal --python-version 3.11 -c requirements/run.txt -o requirements/bench.txt

	uv pip compile pyproject.toml --extra meaning --group whoosh3 --overrides requirements/without-whoosh.txt --generate-hashes --no-header --no-annotate --universal --python-version 3.11 -c requirements/test.txt -o requirements/whoosh3.txt

$(VENV)/bin/python:
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.done: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what Passerelle needs (once) ..."
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/test.done: requirements/test.txt $(VENV)/run.done
	@echo "Installing what the tests need (once) ..."
	@$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/bench.done: requirements/bench.txt $(VENV)/run.done
	@echo "Installing the engines to compare with (once) ..."
	@$(PIP) install --require-hashes -r requirements/bench.txt
	@touch $@

$(VENV)/check.done: requirements/check.txt $(VENV)/test.done
	@echo "Installing the linters (once) ..."
	@$(PIP) install --require-hashes -r requirements/check.txt
	@touch $@

$(VENV)-whoosh3/test.done: requirements/whoosh3.txt
	@echo "Installing what the search is tested with on whoosh3 (once) ..."
	@$(PYTHON) -m venv $(VENV)-whoosh3
	@$(VENV)-whoosh3/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r $<
	@touch $@

clean: ## remove what can be made again (never the instance folder)
	@rm -rf $(VENV) $(VENV)-whoosh3 .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
