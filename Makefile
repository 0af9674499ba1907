# On a fresh Debian 12 with git and make: `make demo` and `make test`. They install what is
# missing with apt (by sudo when not root), build, and run.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test bench bench-webhook e2e fuzz format lint docs install clean

PREFIX ?= /usr/local
FUZZ_SECONDS ?= 60
JOBS := $(shell nproc)
RELEASE := build/release
RESTORABLE := $(RELEASE)/bin/restorable

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

# A configured tree follows changes of CMakeLists.txt by itself, but not of the presets.
build/%/build.ninja: CMakePresets.json
	@.ci/install-packages build test $(if $(filter bench,$*),bench)
	cmake --preset $* && touch $@

demo: $(RELEASE)/build.ninja ## Build the program and scan the example in testdata/demo
	cmake --build $(RELEASE) --target restorable
	$(RESTORABLE) scan testdata/demo || [ $$? -eq 1 ]  # 1: there are findings, as there should be

test: $(RELEASE)/build.ninja ## Build everything and run all tests
	cmake --build $(RELEASE)
	ctest --preset release --parallel $(JOBS)

bench: build/bench/build.ninja ## Measure against libyaml and python3, in one run
	cmake --build build/bench
	tests/bench/run.py --build build/bench

bench-webhook: build/bench/build.ninja ## Measure the webhook against Open Policy Agent, in one run
	cmake --build build/bench --target restorable-webhook tls_load webhook_stages
	tests/bench/webhook.py --build build/bench

e2e: $(RELEASE)/build.ninja ## Run the end-to-end suites (some fetch tools from PyPI, npm or Go)
	cmake --build $(RELEASE)
	tests/e2e/run $(RELEASE)

fuzz: ## Run each fuzzer for FUZZ_SECONDS
	.ci/fuzz $(FUZZ_SECONDS)

format: ## Format all C++ sources in place
	.ci/format

lint: ## Check the format and run clang-tidy on all sources
	.ci/format --check
	.ci/tidy

docs: $(RELEASE)/build.ninja ## Generate docs/rules from the rules
	cmake --build $(RELEASE) --target docs

install: $(RELEASE)/build.ninja ## Install the program under PREFIX (/usr/local)
	cmake --build $(RELEASE) --target restorable
	cmake --install $(RELEASE) --prefix $(PREFIX)

clean: ## Remove all that was built
	rm -rf build dist
