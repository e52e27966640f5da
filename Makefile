PYTHON ?= python3
BIN := .venv/bin
# As the processes of a run have it: matrices are small, and threads would wait for each other.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1

.PHONY: setup example test suite notebooks lab bench lint format browser wheel docs sbom

setup: ; @$(PYTHON) tools/set_up.py
example: setup ; @$(BIN)/workbook example example
lab: setup ; @$(BIN)/workbook lab example
lint: setup ; @$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports
format: setup ; @$(BIN)/ruff check --fix . && $(BIN)/ruff format .
browser: setup ; @$(BIN)/python tools/browser.py
# Lint and notebooks run beside the suite: each is one process, and the suite leaves gaps.
test: browser ; @$(MAKE) --no-print-directory -j 3 suite notebooks lint
# What takes long comes first, and small examples last, so that both processes end together.
suite: setup ; @$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder
notebooks: setup ; @said=$$($(BIN)/python tools/check_notebooks.py 2>&1); code=$$?; echo "$$said"; exit $$code
bench: setup ; @$(BIN)/python benchmarks/run_all.py
wheel: setup ; @$(BIN)/python -m uv build --wheel --quiet --no-build-isolation
docs: setup ; @$(BIN)/python -m uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r requirements-docs.lock && $(BIN)/python -m sphinx -W --keep-going -q -b html docs docs/_build/html && echo docs/_build/html/index.html
sbom: ; @$(PYTHON) tools/sbom.py
