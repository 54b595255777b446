# The verbs of the project; each does its whole set-up on a machine that has Go, Node and make.
#   make run     builds everything and serves the page     make test    lint, Go, js/wasm, the page
#   make build   bin/hsmplay and the page in dist/          make bench   one line per figure
#   make mutants breaks the HSMs' rules, looks who notices  make release what is published, in build/release/
.PHONY: help build run test test-go test-wasm test-web lint bench soak voice site need-go need-node clean
.PHONY: test-browsers mutants notices release release-check rename
.DEFAULT_GOAL := help

need-go:
	@scripts/need.sh go
need-node:
	@scripts/need.sh node

help:
	@sed -n 's/^# \{0,1\}//p' Makefile | head -4

build: site bin/hsmplay

run: build
	bin/hsmplay serve

test: lint test-go test-wasm test-web

lint: need-go
	scripts/lint.sh

test-go: need-go
	go test -timeout 30m ./...

test-wasm: need-go need-node
	scripts/test-wasm.sh

# Types and the pure parts first, then the built site in a browser.
test-web: site bin/hsmplay
	npm run --silent check
	npm test --silent
	node scripts/size.mjs
	CHROMIUM="$$(scripts/chromium.sh)" && export CHROMIUM && npx --no-install playwright test

# The page in Firefox and in WebKit, of the system's packages; it installs them where it may. ONLY=firefox, ONLY=webkit.
test-browsers: site bin/hsmplay
	scripts/browsers.sh $(ONLY)

# The seeded fault schedules and random lines for longer; the seed is printed first. HSMPLAY_SEED=N begins elsewhere.
soak: need-go
	HSMPLAY_SOAK=$${HSMPLAY_SOAK:-50} go test ./core/cluster ./core/sim -count 1 -timeout 60m -v -run 'Schedules|RandomLines'

# How often what the playground offers works and is what was meant; VOICE=show prints the wrong answers that may be looked at.
voice: need-go
	HSMPLAY_VOICE=$${VOICE:-all} go test ./core/sim -count 1 -timeout 60m -v -run 'OffersAreWhatWasMeant'

# Small faults in the rules of the HSMs, one at a time: the tests of core/hsm or core/cluster must notice each.
mutants: need-go
	go run ./scripts/mutants $(if $(ONLY),-only '$(ONLY)')

bench: build
	scripts/bench/run.sh

# bin/hsmplay and the page's engine depend on all Go source; go's own cache knows what is new.
.PHONY: bin/hsmplay
bin/hsmplay: need-go
	go build -trimpath -o $@ ./cmd/hsmplay

site: need-go node_modules/.package-lock.json
	npm run --silent build

node_modules/.package-lock.json: package-lock.json | need-node
	npm ci --no-progress --loglevel=error
	@touch $@

# The licences of what is shipped; due when a module or an npm package comes, goes or changes.
notices: need-go node_modules/.package-lock.json
	go run ./scripts/notices

# Programs for each system, the site as an archive, and their checksums; the version is the changelog's newest.
release: need-go node_modules/.package-lock.json
	go run ./scripts/release

# The same again from a copy of the tree elsewhere and with empty caches: every byte must be the same.
release-check: release
	scripts/release/again.sh

# For whoever publishes a copy: make rename MODULE=example.org/you/hsmplay
rename: need-go
	go run ./scripts/rename '$(MODULE)'

clean:
	rm -rf bin build dist test-results
