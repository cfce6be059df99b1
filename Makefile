# 常用命令 / Everyday commands:
#   make demo        安装，求示例市场的方案并打开网页 / set up, plan the demo market, serve its pages
#   make test        全部快速测试 / all quick tests          make test-slow   慢速循环测试 / the long loops
#   make check       格式、检查、类型、分层 / format, lint, types, layers
#   make bench       全部基准 / all benchmarks               make lock        重新生成锁文件 / compile the lock file again
#   make clean       删除生成物 / remove what was built
# `make demo SERVE=0` stops after the plan; PORT sets the port of the page. PYTHON names the Python to use.

SHELL := /bin/sh
BIN := .venv/bin
SERVE ?= 1
PORT ?= 8000
UV_VERSION := 0.13.9
LOCK_OPTIONS ?=
PACKAGES := matching api datasets experiments tests

# The first of these that is new enough and can build a virtual environment; PYTHON=... asks for one only.
PYTHON ?= python3
ifeq ($(origin PYTHON),file)
PYTHONS := $(PYTHON) python3.14 python3.13 python3.12 python3.11 python
else
PYTHONS := $(PYTHON)
endif

define FIND_PYTHON
found=none; \
for name in $(PYTHONS); do \
	if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
		found=bare; \
		if "$$name" -c 'import ensurepip, venv' >/dev/null 2>&1; then found=$$name; break; fi; \
	fi; \
done; \
case $$found in \
none) echo "需要 Python 3.11 或更高版本：请安装后重试，或用 make PYTHON=路径 指定。 | Python 3.11 or newer is needed: install it, or name it with make PYTHON=PATH." >&2; exit 1;; \
bare) echo "Python 缺少 venv（ensurepip）模块：请安装后重试，Debian、Ubuntu 上为 python3-venv 包。 | This Python lacks its venv (ensurepip) module: install it, on Debian and Ubuntu the package python3-venv." >&2; exit 1;; \
esac
endef

.PHONY: help demo test test-slow check bench lock clean setup

help:
	@sed -n '1,/^$$/s/^# \{0,1\}//p' Makefile

setup: .venv/project.stamp

# A new lock file means a new environment, so that nothing of the old one stays behind. Everything is a wheel on
# Windows, macOS and Linux on x86; on Linux on ARM sparse_dot_topn is built from source, which takes a C++ compiler.
.venv/lock.stamp: requirements.lock
	@$(FIND_PYTHON); echo "正在建立 .venv … | building .venv with $$found ..." >&2; \
	"$$found" -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

# The project itself is linked, not copied: an edited file needs no new set-up.
.venv/project.stamp: .venv/lock.stamp pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

demo: setup
	@$(BIN)/chainmatch demo $(if $(filter 0,$(SERVE)),--no-serve,--serve) --port $(PORT)

test: setup
	$(BIN)/python -m pytest -q -m "not slow"

# 5 is pytest's answer when nothing was collected: no slow test is no failure.
test-slow: setup
	$(BIN)/python -m pytest -q -m slow --durations=10 || [ $$? -eq 5 ]

check: setup
	$(BIN)/ruff format --check --quiet $(PACKAGES)
	$(BIN)/ruff check --quiet $(PACKAGES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/test_house_rules.py

bench: setup
	@set -e; for script in experiments/bench*.py; do \
		if [ -e "$$script" ]; then echo "== $$script"; $(BIN)/python "$$script"; \
		else echo "还没有基准脚本。 | There is no benchmark yet."; fi; \
	done

# Versions stay as they are unless pyproject.toml asks otherwise; LOCK_OPTIONS=--upgrade takes the newest.
# Every version has to serve all supported Pythons, and no address of any kind goes into the file.
lock:
	@$(FIND_PYTHON); "$$found" -m venv .venv-lock
	@.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@.venv-lock/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--fork-strategy fewest --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --quiet $(LOCK_OPTIONS) --output-file requirements.lock

clean:
	rm -rf .venv .venv-lock .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find $(PACKAGES) -name __pycache__ -type d -prune -exec rm -rf {} +
