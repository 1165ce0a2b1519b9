# The commands of the house. `make run` and `make test` install what is missing and say so.

SHELL := /bin/bash
export PATH := $(HOME)/.cargo/bin:$(PATH)
export RUSTDOCFLAGS := -D warnings

.DEFAULT_GOAL := run
.PHONY: run test check bench image

# Builds the release program and starts it with its courses and demo people; Ctrl-C stops all of it.
run:
	@scripts/setup.sh run
	@cargo build --release --locked
	@exec "$${CARGO_TARGET_DIR:-target}/release/bilik" demo

# All tests: the rules alone, which proves that they need nothing else; the program; the browser.
test:
	@scripts/setup.sh test
	@scripts/stage.sh rules cargo test --locked --quiet -p bilik-domain
	@scripts/stage.sh program cargo test --locked --quiet -p bilik
	@scripts/stage.sh browser scripts/browser-tests.sh

# Format, lints, documents and the agreements of the house.
check:
	@scripts/setup.sh run
	@scripts/stage.sh format cargo fmt --all --check
	@scripts/stage.sh lints cargo clippy --locked --quiet --workspace --all-targets -- -D warnings
	@scripts/stage.sh documents cargo doc --locked --quiet --workspace --no-deps --document-private-items
	@scripts/stage.sh tidy cargo test --locked --quiet -p bilik --test it tidy

# Figures, each against the honest minimum measured in the same run.
bench:
	@scripts/setup.sh run
	@cargo bench --locked

# The image that compose.yaml runs.
image:
	@command -v docker >/dev/null || { echo "Building the image needs Docker: see https://docs.docker.com/engine/install" >&2; exit 3; }
	@docker build -t bilik .
