# `make help` tells what there is to make. Everything but `demo`, `build` and `bench` works on one debug target directory.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

NEXTEST := 0.9.100# the oldest that reads .config/nextest.toml; and what is installed where there is none:
NEXTEST_PIN := 0.9.143
DENY := 0.18.0
DENY_PIN := 0.20.2

TARGET := $(or $(CARGO_TARGET_DIR),target)
LOCKED ?= --locked
PAGES := $(patsubst %/package.json,%,$(wildcard graphiql/package.json portal/package.json))

export PATH := $(CURDIR)/.tools/bin:$(PATH)
ifeq ($(CI),true)
export CARGO_INCREMENTAL := 0
export CARGO_PROFILE_DEV_DEBUG := line-tables-only
export CARGO_TERM_COLOR := never
endif

.PHONY: help demo test build lint fmt schema promise doc deny pages setup-test unit npm-test live-test portal-test screenshots protocol clients fuzz chaos bench bench-smoke setup-bench clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

demo: build ## build the hub and run it with demo data; ARGS="--help" shows what it takes
	@exec $(TARGET)/release/innesto serve --demo $(ARGS)

build: pages ## the release binary, with the web pages in it
	cargo build --release $(LOCKED)

pages: $(PAGES:%=%/dist/index.html) ## the web pages: graphiql/dist, portal/dist

test: setup-test pages ## everything that must hold before a change lands
	$(MAKE) lint
	$(MAKE) deny
	$(MAKE) doc
	$(MAKE) npm-test
	$(MAKE) unit
	$(MAKE) portal-test
	$(MAKE) bench-smoke
	$(MAKE) protocol
	$(MAKE) clients

lint: pages ## formatting and clippy
	cargo fmt --all --check
	cargo clippy --all-targets $(LOCKED) -- -D warnings

fmt: ## format the Rust code
	cargo fmt --all

unit: pages ## the Rust tests, on SQLite and on a PostgreSQL made for them; ARGS= goes to nextest
	cargo test --doc $(LOCKED) --quiet
	scripts/with-postgres.sh cargo nextest run $(if $(filter true,$(CI)),--profile ci) $(LOCKED) $(ARGS)

npm-test: tests/schema/node_modules/.package-lock.json live-test ## schema.graphql, the examples and publiccode.yml, seen by other tools
	npm test --silent --prefix tests/schema

live-test: tests/live/node_modules/.package-lock.json pages ## subscriptions, by the reference clients against the real binary
	cargo build --quiet $(LOCKED)
	npm test --silent --prefix tests/live

portal-test: pages ## the portal: types, questions against the schema, and a browser before the real binary; PAGES_OF= names some
	npm run check --silent --prefix portal
	npm run unit --silent --prefix portal
	cargo build --quiet $(LOCKED)
	scripts/with-postgres.sh npm run e2e --silent --prefix portal -- $(PAGES_OF)

screenshots: pages ## the portal's main pages at both widths, into portal/screenshots
	cargo build --quiet $(LOCKED)
	npm run screenshots --silent --prefix portal

bench: build setup-bench tests/live/node_modules/.package-lock.json ## what the hub costs beside PostGraphile, and its search beside PostgreSQL's; ARGS="--help" shows what it takes
	scripts/with-postgres.sh node bench/main.js $(ARGS)
	scripts/with-postgres.sh cargo run --release $(LOCKED) --example search
	cargo run --release $(LOCKED) --example guard
	scripts/with-postgres.sh cargo run --release $(LOCKED) --example mail
	$(MAKE) chaos
	node bench/subscribers.mjs

bench-smoke: setup-bench ## the same programs with little data: whether they work, not how fast
	cargo build $(LOCKED)
	scripts/with-postgres.sh node bench/main.js --smoke
	scripts/with-postgres.sh cargo run --quiet $(LOCKED) --example search -- 300 2
	scripts/with-postgres.sh cargo run --quiet $(LOCKED) --example mail -- 50

protocol: pages tests/protocol/node_modules/.package-lock.json ## the running hub, judged by the reference suites; SUITES= names some
	cargo build --quiet $(LOCKED)
	npm test --silent --prefix tests/protocol -- $(SUITES)

clients: pages portal/node_modules/.package-lock.json tests/clients/node_modules/.package-lock.json client-examples/typescript/node_modules/.package-lock.json ## the examples for clients against the running hub; EXAMPLES= names some
	cargo build --quiet $(LOCKED)
	cargo fmt --check --manifest-path client-examples/rust/Cargo.toml
	cargo build --quiet $(LOCKED) --manifest-path client-examples/rust/Cargo.toml --target-dir $(TARGET)
	npm run build --silent --prefix client-examples/typescript
	npm test --silent --prefix tests/clients -- $(EXAMPLES)

fuzz: pages ## a million requests of nonsense, for a night, and other random corpora; INNESTO_FUZZ= and INNESTO_FUZZ_SEED= say how many and which
	for seed in 2 3 4 5 6 7 8 9; do INNESTO_SEED=$$seed cargo nextest run $(LOCKED) -E 'test(matching::corpus) or test(search::counts)' || exit 1; done
	INNESTO_FUZZ=$${INNESTO_FUZZ:-1000000} cargo nextest run --profile fuzz --release --no-capture $(LOCKED) -E 'test(/^fuzz::/)'

chaos: pages ## ten thousand mails to a server that fails in every way, by a hub that is killed sixty times; INNESTO_CHAOS="mails kills"
	INNESTO_CHAOS="$${INNESTO_CHAOS:-10000 60}" scripts/with-postgres.sh cargo nextest run --profile fuzz --no-capture $(LOCKED) -E 'test(/^chaos::/)'

schema: pages ## write schema.graphql anew
	cargo run --quiet $(LOCKED) -- schema >schema.graphql.new && mv schema.graphql.new schema.graphql

promise: ## take schema.graphql as what clients may rely on from now on
	{ sed -n 's/^version = "\(.*\)"$$/# \1/p' Cargo.toml | head -n 1; cat schema.graphql; } >tests/protocol/promised.graphql

doc: pages ## the documentation of the code, into target/doc
	RUSTDOCFLAGS=-Dwarnings cargo doc --no-deps --document-private-items $(LOCKED)

deny: ## licences, sources and bans of the dependencies; known holes where their database can be reached
	cargo deny $(LOCKED) --log-level error check --hide-inclusion-graph bans licenses sources
	@if timeout 120 cargo deny fetch db >/dev/null 2>&1; then cargo deny $(LOCKED) check advisories; \
	else echo "advisories not checked: their database cannot be reached from here"; fi

clean: ## remove all that was built, and the tools
	cargo clean
	rm -rf .tools graphiql/dist portal/dist graphiql/node_modules portal/node_modules tests/*/node_modules \
	  bench/node_modules bench/results client-examples/typescript/node_modules client-examples/typescript/dist client-examples/rust/target

# $(call package,NAME): a Debian package, with the list of packages fetched only if it is not known without.
root := $(if $(filter 0,$(shell id -u)),,sudo )
package = { echo "installing $(1)"; $(if $(root),command -v sudo >/dev/null || { echo "$(1) is missing; as root: apt-get install $(1)" >&2; exit 1; };) \
	apt="$(root)env DEBIAN_FRONTEND=noninteractive apt-get -qq"; \
	$$apt install -y --no-install-recommends $(1) >/dev/null 2>&1 || { $$apt update && $$apt install -y --no-install-recommends $(1) >/dev/null; }; }

# $(call tool,NAME,OLDEST,VERSION): a cargo subcommand, into .tools; unoptimised, which builds in a third of the time.
tool = have=$$(cargo $(1) --version 2>/dev/null | sed -n '1s/^[^0-9]*\([0-9.]*\).*/\1/p') || true; \
	[[ -n $$have && $$(printf '%s\n' $(2) $$have | sort -V | head -n 1) == $(2) ]] || \
	CARGO_PROFILE_DEV_DEBUG=0 CARGO_PROFILE_DEV_OPT_LEVEL=0 CARGO_INCREMENTAL=0 cargo install --quiet --locked --debug --root .tools cargo-$(1)@$(3)

setup-test: ## install what the tests need and is not here
	@compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || $(call package,postgresql)
	@[[ -x /usr/sbin/dovecot && -x /usr/lib/dovecot/imap ]] || $(call package,dovecot-imapd)
	@[[ -x /usr/sbin/postfix ]] || $(call package,postfix)
	@/usr/bin/python3 -c 'import dkim' 2>/dev/null || $(call package,python3-dkim)
	@/usr/bin/python3 -c 'import rdflib' 2>/dev/null || $(call package,python3-rdflib)
	@command -v openssl >/dev/null || $(call package,openssl)
	@command -v chromium >/dev/null || $(call package,chromium)
	@command -v jq >/dev/null || $(call package,jq)
	@command -v curl >/dev/null || $(call package,curl)
	@python3 -c 'import ensurepip' 2>/dev/null || $(call package,python3-venv)
	@cmp -s tests/protocol/requirements.txt .tools/schemathesis/requirements.txt || { rm -rf .tools/schemathesis && \
	python3 -m venv .tools/schemathesis && .tools/schemathesis/bin/pip install --quiet --disable-pip-version-check \
	--no-deps -r tests/protocol/requirements.txt && cp tests/protocol/requirements.txt .tools/schemathesis/; }
	@cat client-examples/python/requirements.txt tests/it/network/requirements.txt | cmp -s - .tools/python/requirements.txt || { \
	rm -rf .tools/python && python3 -m venv .tools/python && .tools/python/bin/pip install --quiet --disable-pip-version-check \
	--no-deps -r client-examples/python/requirements.txt -r tests/it/network/requirements.txt && \
	cat client-examples/python/requirements.txt tests/it/network/requirements.txt >.tools/python/requirements.txt; }
	@$(call tool,nextest,$(NEXTEST),$(NEXTEST_PIN))
	@$(call tool,deny,$(DENY),$(DENY_PIN))

setup-bench: bench/node_modules/.package-lock.json # what only the measurements need
	@command -v wrk >/dev/null || $(call package,wrk)
	@command -v sqlite3 >/dev/null || $(call package,sqlite3)
	@command -v psql >/dev/null || $(call package,postgresql-client)
	@[[ -x /usr/sbin/smtp-sink ]] || $(call package,postfix)

portal/dist/index.html: schema.graphql data/territories/puglia_ambiti.geojson

# A page is built anew when one of its files is newer; its packages are those of its lock file.
.SECONDEXPANSION:
%/dist/index.html: $$(shell find $$* -name node_modules -prune -o -name dist -prune -o -name tests -prune -o -type f ! -name graphql-env.d.ts -print) %/node_modules/.package-lock.json
	npm run build --silent --prefix $*

%/node_modules/.package-lock.json: %/package-lock.json
	npm ci --silent --prefix $*
	@touch $@
.PRECIOUS: %/node_modules/.package-lock.json
