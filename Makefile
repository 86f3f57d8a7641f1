# The two commands of the README are `make site` and `make test`. Each sets up what it needs, once.
# By hand: VENV (where the environment goes), PYTHON (which interpreter), CHROMIUM (which browser), BASE_URL (where the
# site will stand), ARGS (more options); for the long tests SEED, MINUTES, and ROUND (one that failed, by itself); for
# `make bench` SIZES, PEERS and ROUNDS, for `make bench-preview` SIZES and SAVES.

VENV ?= .venv
PYTHON ?=
CHROMIUM ?=
BASE_URL ?=
ARGS ?=
SEED ?=
MINUTES ?= 10
ROUND ?=
SIZES ?= 1000
PEERS ?= hugo
ROUNDS ?= 3
SAVES ?= 40
BIN = $(VENV)/bin

export VENV PYTHON CHROMIUM MINUTES ROUND
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help site serve specimen test check audit torture bench bench-preview words lock advisories workflows sbom wheel clean \
  run-environment dev-environment

help: ## print this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' Makefile

site: run-environment ## build content/ into public/
	@$(BIN)/site-builder build $(if $(BASE_URL),--base-url "$(BASE_URL)") $(ARGS)

serve: run-environment ## preview content/ in a browser, and follow every save
	@$(BIN)/site-builder serve $(ARGS)

specimen: run-environment ## draw every component of the theme into public-specimen/
	@$(BIN)/site-builder specimen $(ARGS)

test: check ## check the code, then run every test
	@SITE_BUILDER_CHROMIUM=$$(sh scripts/find-or-install-chromium.sh) && export SITE_BUILDER_CHROMIUM \
	  && $(BIN)/python -m pytest --numprocesses=auto --maxprocesses=8 --dist=loadscope --no-loadscope-reorder \
	  --durations=10 $(ARGS)

check: dev-environment ## lint, formatting and types, without running a test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

audit: dev-environment ## let axe, Lighthouse, html-validate and the Nu checker judge every page (a quarter of an hour)
	@SITE_BUILDER_CHROMIUM=$$(sh scripts/find-or-install-chromium.sh) && export SITE_BUILDER_CHROMIUM \
	  && SITE_BUILDER_JUDGES=$$(sh scripts/set-up-judges.sh) && export SITE_BUILDER_JUDGES \
	  && $(BIN)/python -m pytest tests/audit --durations=5 $(ARGS)

torture: ## run the long tests: SEED draws their cases, each takes its share of the MINUTES
	@SEED=$${SEED:-$$(od -An -N2 -tu2 /dev/urandom | tr -d ' ')} && export SEED \
	  && echo "SEED=$$SEED MINUTES=$$MINUTES$${ROUND:+ ROUND=$$ROUND}" \
	  && sh scripts/set-up.sh dev \
	  && SITE_BUILDER_CHROMIUM=$$(sh scripts/find-or-install-chromium.sh) && export SITE_BUILDER_CHROMIUM \
	  && $(BIN)/python -m pytest tests/torture --durations=10 $(ARGS)

bench: dev-environment ## measure builds beside other generators, whose pages are the same (SIZES, PEERS, ROUNDS)
	@$(BIN)/python -m benchmarks --sizes "$(SIZES)" --peers "$(PEERS)" --rounds $(ROUNDS) $(ARGS)

bench-preview: dev-environment ## measure how long a save takes to show in the preview (SIZES, SAVES)
	@$(BIN)/python -m benchmarks.preview --sizes "$(SIZES)" --saves $(SAVES) $(ARGS)

words: dev-environment ## bring the catalogues of other languages up to date with code and theme
	@$(BIN)/python scripts/words.py $(ARGS)

lock: dev-environment ## make the locks in requirements/ again (newest versions: ARGS=--upgrade)
	@sh scripts/lock.sh $(BIN)/python $(ARGS)

advisories: ## ask the package index whether a locked package has a known hole
	@sh scripts/advisories.sh

workflows: ## judge the workflows in .github/: what they may do, and whom they trust
	@sh scripts/workflows.sh

sbom: ## list the packages that a site is built with, as CycloneDX, in dist/sbom.json
	@sh scripts/sbom.sh

wheel: dev-environment ## build the wheel and the source archive into dist/
	@$(BIN)/python -m build --no-isolation --outdir dist $(ARGS)

clean: ## remove what these commands made
	@sh scripts/clean.sh

run-environment:
	@sh scripts/set-up.sh run

dev-environment:
	@sh scripts/set-up.sh dev
