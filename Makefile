# THOTH's two commands are `make run` and `make test`. Each installs what it lacks and says so.

SHELL := /bin/sh
CACHE ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/thoth
export CARGO_TARGET_DIR ?= $(CACHE)/target
export CARGO_TERM_COLOR ?= auto

# Real payloads to try, when they lie beside the checkout.
FIXTURES := $(abspath ../shared/fixtures)
ifneq ($(wildcard $(FIXTURES)/meta),)
export THOTH_FIXTURES ?= $(FIXTURES)
endif

.PHONY: help run dev test soak site slim packages check unit bridge browser bench release clean-demo

help:
	@echo "make run      THOTH with the sandbox, on http://127.0.0.1:3000"
	@echo "make test     everything the CI checks"
	@echo "make soak     the fault tests in full, half an hour"
	@echo "make dev      like run, rebuilds when a file changes"
	@echo "make bench    how fast it is (BENCH=\"short sqlite acks\" for a part)"
	@echo "make release  the program and the site, in ./dist"
	@echo "make clean-demo   forgets what make run has stored in ./data/demo"

# The front end, then THOTH and the sandbox side by side.
run: site
	@cargo build --quiet -p thoth -p thoth-sandbox
	@scripts/run

dev:
	@scripts/dev

site:
	@scripts/need wasm
	@cargo run --quiet -p xtask -- site

test: fresh-tally check unit bridge browser
	@scripts/summary

.NOTPARALLEL:
.PHONY: fresh-tally
fresh-tally:
	@rm -f $(CARGO_TARGET_DIR)/tally

# Form and lints.
check:
	@scripts/need wasm
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo clippy -p frontend --target wasm32-unknown-unknown -- -D warnings

# All tests build the same selection of crates: another one has other features, and builds
# the dependencies once more.

# Unit tests of every crate, the store's on SQLite and on PostgreSQL.
unit:
	@scripts/need postgres
	@scripts/with-postgres scripts/tally cargo test --workspace --lib --bins

# The real server against the sandbox over HTTP, on SQLite and on PostgreSQL, and against Kamailio over TLS, with our files in it.
bridge:
	@scripts/need postgres kamailio
	@cargo build --quiet --workspace --all-targets
	@scripts/with-postgres scripts/tally cargo test --workspace --test bridge --test faults --test trunk --test setup

# The fault tests and the model of the engine's states in full; THOTH_SEED=N repeats what a failed test printed.
soak:
	@scripts/need postgres
	@cargo build --quiet --workspace --all-targets
	@scripts/with-postgres scripts/soak

# What npm has for us: Playwright, and wasm-opt for the site.
packages:
	@scripts/need node
	@cd end2end && npm ci --no-audit --no-fund --silent

# The site as it is released, no heavier than its budget.
slim: packages site
	@cargo run --quiet -p xtask -- sizes

# Playwright with Debian's Chromium.
browser: slim
	@scripts/need chromium
	@cargo build --quiet --workspace --all-targets
	@cd end2end && ../scripts/tally npx playwright test

# How fast it is, beside the least a durable endpoint can do: docs/performance.md. Half an hour, on a machine at rest.
bench:
	@scripts/need postgres
	@POSTGRES_FSYNC=on scripts/with-postgres cargo bench -p thoth --bench load -- $(BENCH)

# The program and the site, ready to be copied to a server.
release: slim
	cargo build --release -p thoth
	@rm -rf dist && mkdir -p dist
	@cp $(CARGO_TARGET_DIR)/release/thoth dist/ && cp -r $(CARGO_TARGET_DIR)/site dist/site
	@echo "dist/thoth serve"

clean-demo:
	rm -rf data/demo
