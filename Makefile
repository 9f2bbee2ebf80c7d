# Hạt Nhân: `make demo` để dùng thử, `make test` để kiểm tra. Mọi việc chuẩn bị do scripts/setup làm.
.DEFAULT_GOAL := help
PORT ?= 8000

.PHONY: help
help: ## In danh sách này
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

.PHONY: setup
setup: ## Chuẩn bị môi trường, chưa chạy gì
	@scripts/setup

.PHONY: demo
demo: ## Dùng thử với dữ liệu mẫu tại http://127.0.0.1:8000 (đổi cổng: PORT=8001)
	@scripts/setup
	@.venv/bin/hatnhan demo --port $(PORT)

.PHONY: demo-reset
demo-reset: ## Như demo, nhưng bỏ hết những gì đã nhập và nạp lại từ đầu
	@scripts/setup
	@.venv/bin/hatnhan demo --reset --port $(PORT)

.PHONY: lint
lint: ## Kiểm tra mã nguồn: lỗi, kiểu, tầng, giao diện, cơ sở dữ liệu
	@scripts/setup
	@scripts/lint

.PHONY: format
format: ## Sắp lại mã Python theo mẫu chung
	@scripts/setup
	@.venv/bin/ruff check --fix
	@.venv/bin/ruff format

.PHONY: test
test: ## Kiểm tra mã nguồn rồi chạy toàn bộ bài thử trên SQLite và PostgreSQL
	@scripts/setup test
	@scripts/test

.PHONY: screenshots
screenshots: ## Chụp lại hình của tài liệu hướng dẫn, vào docs/pictures
	@scripts/setup test
	@.venv/bin/python scripts/screenshots.py

.PHONY: bench
bench: ## Đo tốc độ và bộ nhớ
	@scripts/setup bench
	@set -e; for program in benchmarks/*.py; do .venv/bin/python "$$program"; done

.PHONY: clean
clean: ## Xóa những gì scripts/setup đã dựng (không xóa dữ liệu trong var/)
	@rm -rf .tools .venv node_modules build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
