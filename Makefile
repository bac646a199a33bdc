# Everything runs in .venv, which the first target that needs it sets up from requirements.lock.
#   PYTHON=python3.12   another interpreter to build .venv with
#   INSTALLER=pip       install with plain pip (slower, but it obeys your pip configuration, e.g. a mirror)
#   ARGS=--port=8900    further options of what `make app` and `make lab` start

PYTHON    ?= python3
INSTALLER ?= uv
SECONDS   ?= 60
ATTACKS   ?= 1000
TEXTS     ?= 1000000
NOTEBOOK  ?= notebooks/07_explore.ipynb
BIN       := .venv/bin
STAMP     := .venv/.stamp
# A file of tests stays on one core: what it sets up, it sets up once.
PARALLEL  := --numprocesses=auto --maxprocesses=4 --dist=loadfile

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup report report-pdf test lab app docs notebooks bench fuzz golden lock clean

help:
	@echo "make report     compare the two shipped policies and write build/report/ (index.html, figures, tables, workbook)"
	@echo "make report-pdf print that page to build/report/report.pdf, where a Chromium, Chrome or Edge is installed"
	@echo "make test       lint, types, tests, and every notebook against its stored outputs"
	@echo "make lab        open the notebooks in JupyterLab"
	@echo "make app        open the explorer as a page of its own, without a notebook"
	@echo "make docs       build the documentation into build/docs/, a warning being an error"
	@echo "make setup      only make .venv (the others do it when needed)"
	@echo "make notebooks  run the notebooks and store their outputs anew"
	@echo "make golden     rewrite the golden tables in tests/golden/ (review the diff)"
	@echo "make fuzz       change documents at random and read them, SECONDS=60 for each of the readers; then TEXTS=1000000 generated ones and ATTACKS=1000 kills"
	@echo "make bench      time and memory of the commands beside the cost of their imports"
	@echo "make lock       renew requirements.lock from pyproject.toml"
	@echo "make clean      remove build/, caches and .venv"

setup: $(STAMP)
	@echo "setup: .venv is ready"

# .venv is kept where it works, so a changed lock costs only what changed. uv is itself taken from the lock, by hash.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "setup: policycmp needs Python 3.11 or newer, but $(PYTHON) is $$($(PYTHON) -V 2>&1 || true); name another: make setup PYTHON=python3.12" >&2; exit 1; }
	@echo "setup: installing the pinned packages into .venv with $(INSTALLER) (about a minute, once)"
	@$(BIN)/python -c 'import pip' 2>/dev/null || $(PYTHON) -m venv --clear .venv
ifeq ($(INSTALLER),uv)
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > .venv/uv.lock.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/uv.lock.txt
	@$(BIN)/uv pip install --quiet --exact --python $(BIN)/python --require-hashes --compile-bytecode -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
else
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endif
	@$(BIN)/python -m compileall -q policycmp
	@touch $@

report: $(STAMP)
	@echo "report: comparing the two shipped policies into build/report/"
	@$(BIN)/python -m compileall -q policycmp
	@$(BIN)/policycmp report

report-pdf: $(STAMP)
	@$(BIN)/policycmp pdf

# The tests' figures need no window. A notebook's must go inline: MPLBACKEND would keep them out of its outputs.
# The files of tests go in the order of their names: by the number of their tests the few that run notebooks and browsers
# would come last, on one core alone. They start without nbval, whose import takes seconds in each process. The notebooks
# run one after the other: what their kernels are copied from (tests/warm.py) is started once.
# What is tested is sparse: threads of dense algebra, a sixth of a short process, would only be started.
test: export OPENBLAS_NUM_THREADS = 1
test: $(STAMP)
	@echo "test: lint, types, tests, notebooks"
	@$(BIN)/python -m compileall -q policycmp
	$(BIN)/ruff check policycmp tests
	$(BIN)/ruff format --check --quiet policycmp tests
	$(BIN)/mypy
	MPLBACKEND=Agg $(BIN)/python -m pytest -q $(PARALLEL) --no-loadscope-reorder -p no:nbval tests
	env -u MPLBACKEND PYTHONPATH=$(CURDIR)/tests $(BIN)/python -m pytest -q -p warm --nbval --nbval-current-env --nbval-cell-timeout 120 notebooks/

lab: $(STAMP)
	@$(BIN)/policycmp lab $(ARGS)

app: $(STAMP)
	@$(BIN)/policycmp app $(NOTEBOOK) $(ARGS)

docs: $(STAMP)
	@echo "docs: building the documentation into build/docs/"
	@env -u MPLBACKEND $(BIN)/python -m sphinx -W --keep-going -q -b html docs build/docs

notebooks: $(STAMP)
	@echo "notebooks: running every notebook and storing its outputs"
	@$(BIN)/python -m policycmp.report.making --refresh

bench: $(STAMP)
	@echo "bench: CPU time and peak memory, median of 3, into docs/benchmarks.md and tests/bench.json (a few minutes; ARGS=--large for more)"
	@$(BIN)/python -m compileall -q policycmp
	@$(BIN)/python tests/bench.py $(ARGS)

fuzz: $(STAMP)
	@echo "fuzz: $(SECONDS) seconds for each reader; what breaks one is kept in build/fuzz/"
	@MPLBACKEND=Agg SECONDS=$(SECONDS) $(BIN)/python tests/fuzz.py
	@$(BIN)/python tests/fuzz_laws.py $(TEXTS)
	@MPLBACKEND=Agg $(BIN)/python tests/kills.py
	@ATTACKS=$(ATTACKS) $(BIN)/python -m pytest -q -p no:nbval tests/test_attacks.py

golden: $(STAMP)
	@echo "golden: rewriting tests/golden/ (review the diff before you commit it)"
	@$(BIN)/python tests/golden.py

lock: $(STAMP)
	@echo "lock: renewing requirements.lock from pyproject.toml"
	@$(BIN)/uv pip compile pyproject.toml --extra test --extra bench --universal --python-version 3.11 --upgrade --quiet \
	  --generate-hashes --no-header --no-annotate -o requirements.lock > /dev/null

clean:
	@echo "clean: removing build/, caches and .venv"
	@rm -rf build .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find policycmp tests notebooks -name __pycache__ -o -name .ipynb_checkpoints 2>/dev/null | xargs rm -rf
