# Kontor: `make help` lists the targets. Needs make, /bin/sh and Python 3.12 or newer, nothing else.
PORT ?= 8000
DEMO_DIR ?= .demo
PYTHON ?=
T ?=
DO ?=
SEED ?=
SIZE ?=
ONLY ?=
CHROMIUM ?=
VENV = .venv
RUN = $(VENV)/bin/python
export PORT DEMO_DIR DO T SEED SIZE ONLY CHROMIUM
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL = help
.PHONY: help demo demo-reset manage test check fix lock bench-import bench-catalogue bench-checkout bench-dashboard chaos venv-demo venv-dev

help: ## say what the targets do
	@printf 'Kontor, an online shop.\n\n'
	@while IFS= read -r line; do case $$line in \
	  [a-z]*': '*'## '*) printf '  make %-16s %s\n' "$${line%%:*}" "$${line##*## }";; \
	  esac; done < Makefile
	@printf '\nSettings: PORT=8000  DEMO_DIR=.demo  SEED=0 (an empty shop)  PYTHON=/path/to/python3\n          T="tests/infra -k mail"  CHROMIUM=/path/to/chromium\n          SIZE=small ONLY="R1 R4" (of make chaos)\n'

# A .venv that stands is used as it is; otherwise the newest Python that really runs makes it
# (a command that exists may be a shim of a version that is not installed).
define install
	@wanted='$(PYTHON)'; found=; \
	runs() { "$$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; }; \
	if [ -n "$$wanted" ]; then set -- "$$wanted"; \
	else set -- $(RUN) python3.14 python3.13 python3.12 python3; fi; \
	for candidate; do \
	  if runs "$$candidate"; then found=$$candidate; break; fi; \
	done; \
	if [ -n "$$found" ]; then exec "$$found" requirements/install.py $(1); fi; \
	if [ -n "$$wanted" ]; then \
	  echo "PYTHON=$$wanted does not run or is older than 3.12." >&2; \
	else \
	  echo 'Kontor needs Python 3.12 or newer: install it, or name one with PYTHON=/path/to/it.' >&2; \
	fi; exit 1
endef

venv-demo:
	$(call install,demo)

venv-dev:
	$(call install,dev)

demo: venv-demo ## run the demo shop until Ctrl-C
	@exec $(RUN) -m demo up

demo-reset: venv-demo ## forget the demo's data
	@exec $(RUN) -m demo reset

manage: venv-demo ## run a management command on the demo's data: make manage DO="check_books"
	@exec $(RUN) -m demo manage

test: venv-dev ## run all tests (a part of them: make test T=tests/infra)
	@exec $(RUN) -m tests.run

check: venv-dev ## run what CI runs: format, lint, types, contracts, migrations, audit, tests
	@exec $(RUN) -m tests.run --all-checks

fix: venv-dev ## format the code and repair what the linter can
	@exec $(RUN) -m tests.checks --fix

bench-import: venv-dev ## time an import of 5,000 Shopify rows, and its memory
	@exec $(RUN) -m tests.benchmarks.imports

bench-catalogue: venv-dev ## time pages at 10,000 and 100,000 products
	@exec $(RUN) -m tests.benchmarks.catalogue

bench-checkout: venv-dev ## orders per second of placing, beside raw SQL
	@exec $(RUN) -m tests.benchmarks.checkout

bench-dashboard: venv-dev ## time the admin's home over 100,000 orders
	@exec $(RUN) -m tests.benchmarks.dashboard

chaos: venv-dev ## load, faults and kills against a whole shop; are its books right?
	@exec $(RUN) -m tests.chaos

lock: venv-demo ## make requirements/*.txt anew from requirements/*.in
	@exec $(RUN) requirements/lock.py
