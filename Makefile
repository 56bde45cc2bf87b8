# Each target does its own set-up; a machine needs only Python 3.11 or later, make and git.
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= python3
INSTALLED := $(VENV)/.installed
DEVELOP := $(VENV)/.installed-dev
WITH_SPARK := $(VENV)/.installed-spark
LINTED := $(VENV)/.linted

# No tool reports home.
export DO_NOT_TRACK := 1
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export GX_ANALYTICS_ENABLED := false
# Python keeps what it has compiled, whatever the shell says: 9 s at each start.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run spark ui test test-all test-spark chaos fuzz assets check sample bench bench-precision bench-national bench-spark preview fetch outbox send receipts templates trips bulletin answers duties export site trace doctor new-province verify backup restore new-secret prune services forms clean lock

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

LOCK = $(BIN)/uv pip compile --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-strip-extras --python-version 3.11 --quiet
PIP_INSTALL = $(BIN)/python -m pip install -qq --no-compile --disable-pip-version-check --no-deps --require-hashes
# uv installs in a fifth of pip's time; pip itself where only pip knows the way to the packages, by its own settings.
define INSTALL
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; set PYTHON=…")'
	@$(PYTHON) -m venv $(VENV)
	@$(PIP_INSTALL) -r requirements-uv.lock
	@$(BIN)/uv pip install --quiet --no-deps --require-hashes --python $(BIN)/python -r $< || $(PIP_INSTALL) -r $<
endef

# What the pipeline needs, and nothing that only its developers do.
$(INSTALLED): requirements.lock requirements-uv.lock
	@echo "Installing into $(VENV) (once) …"
	$(INSTALL)
	@touch $@

# The same packages and the tools of tests, checks and benchmarks.
$(DEVELOP): requirements-dev.lock requirements.lock requirements-uv.lock
	@echo "Installing into $(VENV), with the tools for development (once) …"
	$(INSTALL)
	@touch $(INSTALLED) $@

# And Spark, for who needs it: 450 MB, and a Java 17 of the system's.
$(WITH_SPARK): requirements-spark.lock $(INSTALLED)
	@echo "Installing Spark into $(VENV) (once) …"
	$(INSTALL)
	@touch $@

run: $(INSTALLED) ## read raw/, build, check, publish; print what came in, what is missing and where the file is
	@$(BIN)/python -m pipelines run $(if $(filter all,$(AGAIN)),--again,$(if $(AGAIN),--again "$(AGAIN)"))

spark: $(WITH_SPARK) ## the same run on a Spark cluster of this machine: a master and two workers on loopback (docs/scale.md)
	@bin/spark-cluster $(BIN)/python -m pipelines run

ui: $(INSTALLED) ## [PORT=3000]: the same graph, runs and checks in Dagster (http://localhost:3000); starts no run by itself
	@$(BIN)/python -m pipelines ui $(if $(PORT),--port $(PORT))

PYTEST = $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test: $(DEVELOP) ## the tests to run with each change
	@$(PYTEST) -m "not long and not fuzz and not each_asset and not services and not spark"

test-all: $(DEVELOP) ## these and those that take long: runs killed, refused or under attack, all damaged files
	@$(PYTEST) -m "not each_asset and not services and not spark"

chaos: $(DEVELOP) ## put faults into an installation (kill, full disk, damage, clock, runs at once) and print what became of each
	@$(BIN)/python -m tests.chaos $(FAULTS)

fuzz: $(DEVELOP) ## all damaged, edited and hostile files through the readers
	@$(BIN)/python -m pytest -n 2 tests/unit/intake/test_fuzz.py

assets: $(DEVELOP) ## materialise every asset of Dagster by itself, over a small province
	@$(BIN)/python -m pytest -m each_asset tests/integration/test_materialise.py

test-spark: $(WITH_SPARK) $(DEVELOP) ## whole runs on Spark beside DuckDB's, and faults (needs Java 17: Debian's default-jre-headless)
	@[ -n "$$JAVA_HOME" ] || command -v java > /dev/null || { echo "no Java 17 or later here: apt-get install default-jre-headless"; exit 2; }
	@$(BIN)/python -m pytest -m spark tests/integration/test_spark.py

check: $(DEVELOP) ## format, lint, types, SQL style
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/ty check pipelines tests
	@$(MAKE) --no-print-directory $(LINTED)

# SQL that has changed since all was found clean; where a macro or a setting has, all of it: a minute.
SQL = $(shell find dbt_project/models dbt_project/tests -name '*.sql')
$(LINTED): $(DEVELOP) pyproject.toml $(wildcard dbt_project/macros/*.sql) $(SQL)
	@$(BIN)/python -m tests.lint_sql lint $(if $(filter-out $(SQL),$?),dbt_project/models dbt_project/tests,$?) --disable-progress-bar
	@touch $@

sample: $(DEVELOP) ## [ERA=2025]: write the simulated province into raw/; of 2025, whose communes report for themselves, into raw-2025/
	@$(BIN)/python -m tests.world $(if $(ERA),--era $(ERA))

bench: $(DEVELOP) ## measure: ratios within one run
	@$(BIN)/python -m tests.benchmarks

bench-precision: $(DEVELOP) ## recall and false alarms by rule, over five provinces with planted defects
	@$(BIN)/python -m tests.benchmarks precision

bench-national: $(DEVELOP) ## ten years of the whole country through dbt: seconds, memory, slowest models
	@$(BIN)/python -m tests.benchmarks national

bench-spark: $(WITH_SPARK) $(DEVELOP) ## shares of that country on DuckDB and on Spark with one and two workers (docs/scale.md)
	@$(BIN)/python -m tests.benchmarks spark

forms: $(INSTALLED) ## write what follows from pipelines/intake/forms/ and the list of indicators: staging models, suites, metrics
	@$(BIN)/python -m pipelines forms

lock: $(DEVELOP) ## resolve pyproject.toml again into the lock files
	@$(LOCK) --group install -o requirements-uv.lock --upgrade
	@$(LOCK) pyproject.toml -o requirements.lock --upgrade
	@$(LOCK) pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock --upgrade
	@$(LOCK) pyproject.toml --group spark -c requirements-dev.lock -o requirements-spark.lock --upgrade

preview: $(INSTALLED) ## FILE=…: read a file, a folder or a .zip and say what would happen, without loading it
	@$(BIN)/python -m pipelines preview "$(FILE)"

fetch: $(INSTALLED) ## [LET_IN=message=reporter]: take in what came by mail (docs/mail.md); LET_IN: a held message, and whose it is
	@$(BIN)/python -m pipelines fetch $(if $(LET_IN),--let-in $(LET_IN))

outbox: $(INSTALLED) ## write the letters to reporters that would be sent into var/outbox/, and send none (docs/mail.md)
	@$(BIN)/python -m pipelines outbox

send: $(INSTALLED) ## send reporters what there is to say: the answer to what they mailed, what is missing (after make run)
	@$(BIN)/python -m pipelines send

receipts: $(INSTALLED) ## each delivery back to its sender, doubtful cells marked (after make run)
	@$(BIN)/python -m pipelines receipts

templates: $(INSTALLED) ## [PERIODS='2015-07 2015-Q3']: blank workbooks, pre-filled with what is known
	@$(BIN)/python -m pipelines templates $(PERIODS)

trips: $(INSTALLED) ## MONTH=2015-07: the month's inspection plan, a workbook a trip, check forms filled in as far as known
	@$(BIN)/python -m pipelines trips $(MONTH)

bulletin: $(INSTALLED) ## [MONTH=2015-06]: the month's report to print and sign, its annex, a page for the chairman, a message
	@$(BIN)/python -m pipelines bulletin $(MONTH)

answers: $(INSTALLED) ## what waits for the Office: a workbook to tick and put into the raw folder
	@$(BIN)/python -m pipelines answers

duties: $(INSTALLED) ## the notice of 7 September 2014, duty by duty, and the quarterly report on it, to print
	@$(BIN)/python -m pipelines duties

export: $(INSTALLED) ## every published table as Parquet and CSV, with a data dictionary, in $NTM_HOME/export
	@$(BIN)/python -m pipelines export

site: $(INSTALLED) ## [PORT=8000]: serve the pages of the last build on this machine (http://localhost:8000)
	@$(BIN)/python -m pipelines site $(if $(PORT),--port $(PORT))

trace: $(INSTALLED) ## TABLE=marts.province_months KEY='month=2015-06 communes_at_19': the files and cells behind a figure
	@$(BIN)/python -m pipelines trace $(TABLE) $(KEY)

doctor: $(INSTALLED) ## what contradicts in the reference lists and forms, ours with the office's own
	@$(BIN)/python -m pipelines doctor

new-province: $(INSTALLED) ## CODE=04 [TO=raw-04] [FROM=2026-01-01]: the raw folder of another province, and what it still lacks
	@$(BIN)/python -m pipelines new-province "$(CODE)" $(if $(TO),--to "$(TO)") $(if $(FROM),--from $(FROM))

verify: $(INSTALLED) ## whether every content, the index, the working file and the published file are whole
	@$(BIN)/python -m pipelines verify

backup: $(INSTALLED) ## TO=…: what can't be made again: the archive, the history of checks, files of this installation
	@$(BIN)/python -m pipelines backup "$(TO)"

restore: $(INSTALLED) ## FROM=…: put back from a backup what is missing or damaged
	@$(BIN)/python -m pipelines restore "$(FROM)"

new-secret: $(INSTALLED) ## after the secret of ids was lost for good: begin a new one, with which every id changes
	@$(BIN)/python -m pipelines new-secret

prune: $(INSTALLED) ## [DAYS=90]: forget older runs of Dagster and log files
	@$(BIN)/python -m pipelines prune $(if $(DAYS),--days $(DAYS))

services: $(DEVELOP) ## start what deploy/ starts, as it stands there, and check the units
	@$(BIN)/python -m pytest tests/integration/test_services.py

clean: ## remove everything the pipeline wrote (var/) and the virtual environment
	@rm -rf var $(VENV) dbt_project/target dbt_project/logs
