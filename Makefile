.DEFAULT_GOAL := help

# A build that takes warnings as errors has a folder of its own, for the flags would rebuild everything each time.
# In CI the tests run from that build, so that it is made once.
STRICT := --scratch-path .build/strict -Xswiftc -warnings-as-errors
# The test library would record a backtrace of every error that is thrown, behind one lock, and simulations throw a great many;
# and it would start all tests at once, which wait for each other then for as long as their time limits.
TESTING := SWT_SWIFT_ERROR_BACKTRACING_ENABLED=0 SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=4
FORMATTED := Sources Tests Fuzzing $(wildcard Examples) Package.swift

.PHONY: demo
demo: setup ## Run the demonstration
	swift run -c release demo-reactor

.PHONY: test
test: setup ## Build and run the tests
	$(TESTING) scripts/test.sh $(if $(CI),$(STRICT))

.PHONY: bench
bench: setup ## Run the benchmark's workloads in release mode
	swift build -c release --product bench-reactor
	@set -e; for workload in W1 W2 W3 W4 NDJSON XES durable groups restart journal deployment; do .build/release/bench-reactor $$workload; done

.PHONY: lint
lint: setup ## Check formatting, warnings, and the rules of the core modules
	swift format lint --strict --recursive --parallel $(FORMATTED)
	scripts/check-core.sh
	swift build --build-tests $(STRICT)

.PHONY: format
format: ## Format the sources in place
	swift format --in-place --recursive --parallel $(FORMATTED)

.PHONY: tsan
tsan: setup ## Run the tests under the thread sanitizer, one by one and with fewer seeds
	TSAN_OPTIONS="suppressions=$(CURDIR)/scripts/tsan-suppressions.txt $$TSAN_OPTIONS" MILLRACE_SEEDS=$${MILLRACE_SEEDS:-5} \
		$(TESTING) scripts/test.sh --no-parallel --sanitize=thread --scratch-path .build/tsan -Xswiftc -DMILLRACE_TSAN

.PHONY: mutations
mutations: setup ## Check that tests notice when a safeguard is missing
	$(TESTING) scripts/mutations.sh

.PHONY: fuzz
fuzz: setup ## Run each fuzzer for FUZZ_SECONDS (600)
	scripts/fuzz.sh

.PHONY: docs
docs: setup ## Build the documentation into .build/docs
	scripts/docs.sh

.PHONY: examples
examples: setup ## Build and run the packages in Examples/
	scripts/examples.sh

.PHONY: setup
setup: ## Check the toolchain, install missing Debian packages
	@scripts/setup.sh

.PHONY: clean
clean: ## Remove everything that was built
	rm -rf .build Examples/*/.build

.PHONY: help
help: ## Show the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
