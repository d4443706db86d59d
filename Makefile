# The same commands everywhere, CI included. Only Python 3.11+, make and git have to be there.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMPS := .venv/.stamps
# Each has databases of its own: some 700 MB.
TEST_PROCESSES ?= $(shell cores=$$(nproc 2>/dev/null || echo 2); echo $$((cores > 4 ? 4 : cores)))
UV_VERSION := 0.13.9
UV := $(BIN)/uv pip

.PHONY: up install test test-interface check bench chaos chaos-events chaos-chat demo lock interface format types clean

up: install
	@exec $(BIN)/pista up

install: $(STAMPS)/run $(STAMPS)/interface

demo: install
	@exec $(BIN)/pista demo

test: $(STAMPS)/dev $(STAMPS)/interface $(STAMPS)/chromium $(STAMPS)/clients
	@scripts/test $(TEST_PROCESSES)

test-interface: $(STAMPS)/interface
	cd ui && $(CURDIR)/scripts/node npm test

check: $(STAMPS)/dev $(STAMPS)/interface
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports
	$(BIN)/pyright
	cd ui && $(CURDIR)/scripts/node npm run check
	$(BIN)/pista openapi > ui/openapi.json
	cd ui && $(CURDIR)/scripts/node npm run --silent types:check

bench: $(STAMPS)/dev $(STAMPS)/interface
	$(BIN)/python -m bench

# CHAOS="--seed 7 --kills 400" changes what `python -m tests.chaos --help` names, and CHAOS_CHAT what
# `python -m tests.chaos.chat --help` does.
chaos:
	@$(MAKE) --no-print-directory chaos-events
	@$(MAKE) --no-print-directory chaos-chat

chaos-events: $(STAMPS)/dev $(STAMPS)/interface
	nice $(BIN)/python -m tests.chaos $(CHAOS)

chaos-chat: $(STAMPS)/dev $(STAMPS)/interface
	nice $(BIN)/python -m tests.chaos.chat $(CHAOS_CHAT)

format: $(STAMPS)/dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: $(STAMPS)/dev
	$(BIN)/pista openapi > ui/openapi.json
	cd ui && $(CURDIR)/scripts/node npm run types

# requirements/*.txt pin every package with its hashes and name no address, so they work with any mirror.
lock: $(STAMPS)/uv
	$(UV) compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements/run.txt
	$(UV) compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -c requirements/run.txt -o requirements/dev.txt
	$(UV) compile --group build --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements/build.txt
	$(UV) compile --group node --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements/node.txt
	$(UV) compile --group clients --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements/clients.txt
	$(UV) compile --group rival --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q -o requirements/rival.txt

interface: $(STAMPS)/interface

$(STAMPS)/uv:
	@scripts/venv $(PYTHON)
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: requirements/run.txt pyproject.toml build_hook.py | $(STAMPS)/uv
	$(UV) install -q --python $(BIN)/python --require-hashes -r requirements/run.txt -r requirements/build.txt
	$(UV) install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/dev: requirements/dev.txt $(STAMPS)/run
	$(UV) install -q --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

$(STAMPS)/interface: $(shell find ui -type f -not -path '*/node_modules/*' -not -name openapi.json 2>/dev/null) | $(STAMPS)/run
	@scripts/interface
	@touch $@

$(STAMPS)/clients: requirements/clients.txt tests/clients/package-lock.json | $(STAMPS)/dev
	$(UV) install -q --python $(BIN)/python --target .venv/clients --require-hashes -r requirements/clients.txt
	cd tests/clients && $(CURDIR)/scripts/node npm ci --loglevel=error
	@touch $@

$(STAMPS)/chromium: | $(STAMPS)/dev
	@scripts/chromium
	@touch $@

clean:
	rm -rf .venv ui/node_modules pista/web/dist
