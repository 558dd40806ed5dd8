# Two commands do all the set-up: `make run` and `make test`. Nothing but Python 3.11 and make is needed.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
SHARED ?= ../shared
UD     ?= $(SHARED)/ud
MODEL  ?= it_cifre_sm
ROUNDS ?= 20

.DEFAULT_GOAL := help
.PHONY: help run test check lint types evaluate evaluate-real evaluate-peers bench bench-long stress compare docs model model-official model-speed clean

help:            ## show this list
	@grep -hE '^[a-z-]+: .*##|^[a-z-]+:  +##' $(MAKEFILE_LIST) | sed -E 's/:.*## */\t/' | expand -t 18

# The stamp is newer than pyproject.toml once the environment is complete.
$(VENV)/.ready: pyproject.toml
	@echo "Setting up $(VENV) (once; about a minute) ..." >&2
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "cifre needs Python 3.11 or newer, this is " + sys.version.split()[0])'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

run: $(VENV)/.ready  ## extract the corpus and print a summary
	@mkdir -p out
	@$(BIN)/cifre extract corpus --output out/claims.jsonl --summary

test: $(VENV)/.ready  ## run the tests
	@$(BIN)/python -m pytest

lint: $(VENV)/.ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.ready
	@$(BIN)/mypy

evaluate: $(VENV)/.ready  ## score every installed model on the dev articles of gold/
	@$(BIN)/cifre evaluate --all-models

evaluate-real: $(VENV)/.ready  ## score real annotated passages where they are at hand
	@$(BIN)/cifre evaluate --gold $(SHARED)/real_dev/gold.jsonl

evaluate-peers: $(VENV)/.ready  ## run other projects' test cases where they are at hand
	@$(BIN)/python benchmarks/peers.py $(SHARED)/peers/cases_dev.jsonl

bench: $(VENV)/.ready  ## measure speed and memory of every stage (TEXT=<folder> reads other text, too)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.bench $(if $(TEXT),--text $(TEXT))

compare: $(VENV)/.ready  ## what other projects find in the same texts: make compare CASES=<file> GOLD="<folder or file> ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[compare]'
	@$(BIN)/python -W ignore -m benchmarks.compare $(if $(CASES),--cases $(CASES)) --gold $(or $(GOLD),gold)

docs: $(VENV)/.ready  ## build the documentation site into build/site
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	@NO_MKDOCS_2_WARNING=1 PYTHONPATH=. $(BIN)/mkdocs build --quiet --strict

bench-long: $(VENV)/.ready  ## watch the memory of the batch command over 200,000 articles (half an hour)
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m benchmarks.longrun

stress: $(VENV)/.ready  ## kill workers and streams at random, many times over: make stress ROUNDS=50
	@CIFRE_STRESS=$(ROUNDS) $(BIN)/python -m pytest tests/batch/test_stress.py tests/spark/test_streaming.py

check: lint types test  ## lint, types, tests and the evaluation gate
	@$(BIN)/cifre evaluate --gate

model: $(VENV)/.ready  ## train both bundled pipelines again: make model UD=<folder of treebanks>
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[training]'
	@$(BIN)/python -m training.make it_cifre_sm $(UD) build/it_cifre_sm
	@$(BIN)/python -m training.make it_cifre_sm_by $(UD) build/it_cifre_sm_by

model-official: $(VENV)/.ready  ## install spaCy's it_core_news_sm where its release page can be reached
	@$(BIN)/python -m training.official

model-speed: $(VENV)/.ready  ## words a second of a bundled pipeline on one core: make model-speed MODEL=it_cifre_sm_by
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m training.speed $(MODEL)

clean:           ## remove the environment and what was made
	rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache
