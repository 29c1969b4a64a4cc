# SPDX-License-Identifier: Apache-2.0
# One Makefile: `make help` lists what it can do.

BUILD   ?= build
SHARED  ?= $(wildcard $(abspath ../shared))
CC      ?= gcc
CFLAGS  ?= -O2 -g
WARN    := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 \
           -Wconversion -Wno-sign-conversion -Wno-missing-field-initializers $(if $(CI),-Werror)
HARDEN  := -fstack-protector-strong -fPIE -D_FORTIFY_SOURCE=2 -fcf-protection
SAN     :=
LIBS    := libmicrohttpd sqlite3 libpq expat libzip jansson libsodium libcrypto pangocairo libqrencode xlsxwriter libseccomp libcurl
INC     := -Isrc -I$(BUILD) -Itest
FLAGS    = -std=c11 -D_GNU_SOURCE $(WARN) $(CFLAGS) $(if $(SAN),,$(HARDEN)) $(SAN) $(INC) $(PKG)
PKG     := $(shell pkg-config --cflags $(LIBS) 2>/dev/null)
LDLIBS  := $(shell pkg-config --libs $(LIBS) 2>/dev/null) -lmagic -lpthread -lm
LDFLAGS := -pie -Wl,-z,relro,-z,now

FLOORS  := base format store flow web
ROOMS   := $(sort $(notdir $(wildcard src/room/*)))
DIRS    := $(FLOORS) $(addprefix room/,$(ROOMS)) main

sources  = $(filter-out %_test.c src/main/main.c,$(wildcard src/$(1)/*.c))
objects  = $(patsubst src/%.c,$(BUILD)/obj/%.o,$(call sources,$(1)))
SQL     := $(wildcard src/*/*.sql src/room/*/*.sql)
SCHEMAS := $(filter %_schema.sql,$(SQL))
STMTS   := $(patsubst src/%.sql,$(BUILD)/gen/%_sql.h,$(filter-out %_schema.sql,$(SQL)))
STMT_O  := $(patsubst $(BUILD)/gen/%_sql.h,$(BUILD)/obj/gen/%_sql.o,$(STMTS))
EMBED   := $(sort $(wildcard src/*/*.html src/room/*/*.html src/*/*.bpmn src/room/*/*.bpmn) \
           $(shell find data -type f) $(SCHEMAS))

PROGRAM := $(BUILD)/lingfei
TESTS   := $(patsubst src/%_test.c,$(BUILD)/test/%,$(wildcard src/*/*_test.c src/room/*/*_test.c))

.PHONY: all
all: $(PROGRAM) floors

# ---- what is generated ---------------------------------------------------------------------

$(BUILD)/tool/%: tool/%.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE -O1 -g -Wall -Wextra -o $@ $<

$(BUILD)/gen/%_sql.h $(BUILD)/gen/%_sql.c: src/%.sql $(BUILD)/tool/statements
	@mkdir -p $(@D)
	$(BUILD)/tool/statements $< $(BUILD)/gen/$*_sql

$(BUILD)/gen/embedded.S: $(EMBED) $(BUILD)/assets.stamp $(BUILD)/tool/embed Makefile
	@mkdir -p $(@D)
	$(BUILD)/tool/embed $@ $(EMBED) $$(find $(BUILD)/assets -type f)

PO := po/zh_CN.po $(sort $(wildcard po/zh_CN/*.po))
$(BUILD)/zh_CN.po: $(PO) tool/merge_po.sh
	@mkdir -p $(@D)
	CI=$(CI) tool/merge_po.sh $@ $(PO)
$(BUILD)/gen/catalogue.c: $(BUILD)/zh_CN.po $(BUILD)/tool/catalogue
	@mkdir -p $(@D)
	msgfmt -o $(BUILD)/zh_CN.mo $<
	$(BUILD)/tool/catalogue $(BUILD)/zh_CN.mo $@

# the browser's part: our CSS and scripts with the npm packages, bundled and purged
# (`make NO_ASSETS=1` leaves them as they are: the pages then stand without style; so do they
# where npm is not there)
ASSETS := $(shell find assets -type f) $(wildcard package.json package-lock.json tool/assets.sh)
$(BUILD)/assets.stamp: $(if $(NO_ASSETS),,$(ASSETS) $(wildcard src/*/*.html src/room/*/*.html))
	@mkdir -p $(BUILD)/assets
	@if [ -n "$(NO_ASSETS)" ]; then :; \
	elif [ -f package.json ] && [ -x tool/assets.sh ] && command -v npm > /dev/null; then \
	    tool/assets.sh $(BUILD)/assets; \
	else echo "no npm: the pages stand without style"; fi
	@touch $@

# ---- objects, a library a floor, the program -------------------------------------------------

# an object waits for its own folder's statements only: a broken room cannot stop a floor
.SECONDEXPANSION:
own_stmts = $(filter $(patsubst $(BUILD)/obj/%/,$(BUILD)/gen/%,$(dir $@))/%,$(STMTS))

$(BUILD)/obj/%.o: src/%.c | $$(own_stmts)
	@mkdir -p $(@D)
	$(CC) $(FLAGS) -MMD -MP -c -o $@ $<
$(BUILD)/obj/test/%.o: test/%.c | $$(own_stmts)
	@mkdir -p $(@D)
	$(CC) $(FLAGS) -MMD -MP -c -o $@ $<
$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c
	@mkdir -p $(@D)
	$(CC) $(FLAGS) -c -o $@ $<
$(BUILD)/obj/gen/embedded.o: $(BUILD)/gen/embedded.S
	@mkdir -p $(@D)
	$(CC) -c -o $@ $<

define floor
$(BUILD)/lib/$(1).a: $$(call objects,$(1)) $$(filter $(BUILD)/obj/gen/$(1)/%,$$(STMT_O))
	@mkdir -p $$(@D)
	@rm -f $$@
	ar rcs $$@ $$^
endef
$(foreach d,$(DIRS),$(eval $(call floor,$(d))))

# base needs the catalogue and what is embedded: constants, made at build
GEN_O := $(BUILD)/obj/gen/catalogue.o $(BUILD)/obj/gen/embedded.o
lib    = $(patsubst %,$(BUILD)/lib/%.a,$(1))
ALL_A := $(call lib,$(DIRS))

$(PROGRAM): $(BUILD)/obj/main/main.o $(ALL_A) $(GEN_O)
	$(CC) $(FLAGS) $(LDFLAGS) -o $@ $< -Wl,--start-group $(ALL_A) -Wl,--end-group $(GEN_O) $(LDLIBS)

# a test links its own floor and those below, so a broken room cannot fail a floor's test
below_base   := base
below_format := base format
below_store  := base format store
below_flow   := base format store flow
below_web    := base format store flow web
test_libs = $(call lib,$(if $(below_$(1)),$(below_$(1)),$(DIRS)))
# a test that needs a store has test/place.c, a room's test the whole house and test/world.c
place = $(if $(filter store,$(if $(below_$(1)),$(below_$(1)),store)),$(BUILD)/obj/test/place.o)
world = $(place) $(if $(below_$(1)),,$(BUILD)/obj/test/world.o)
define test_rule
$(BUILD)/test/$(1): $(BUILD)/obj/$(1)_test.o $$(call world,$$(firstword $$(subst /, ,$(1)))) $$(call test_libs,$$(firstword $$(subst /, ,$(1)))) $(GEN_O)
	@mkdir -p $$(@D)
	$(CC) $$(FLAGS) $(LDFLAGS) -o $$@ $$(filter %_test.o %/world.o %/place.o,$$^) -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group $(GEN_O) $(LDLIBS) -lcmocka
endef
$(foreach t,$(TESTS),$(eval $(call test_rule,$(patsubst $(BUILD)/test/%,%,$(t)))))
.PRECIOUS: $(BUILD)/obj/%.o $(BUILD)/gen/%_sql.h $(BUILD)/gen/%_sql.c

# `make unit` runs all; `make one T=base/days` builds and runs one
.PHONY: unit one floors check
unit: $(TESTS)
	@BUILD=$(BUILD) SHARED=$(SHARED) tool/unit.sh $(TESTS)
# the tests that need a store, on a PostgreSQL cluster of their own
.PHONY: test-pg unit-pg commands-pg site-pg
PG_TESTS := $(filter-out $(BUILD)/test/base/% $(BUILD)/test/format/%,$(TESTS))
test-pg:
	@tool/install.sh build test postgres
	@$(MAKE) -s -j2 $(PROGRAM) $(TESTS)
	@tool/test_pg.sh tool/stages.sh unit-pg commands-pg site-pg
unit-pg: # these three under tool/test_pg.sh
	@BUILD=$(BUILD) SHARED=$(SHARED) tool/unit.sh $(PG_TESTS)
commands-pg:
	@test/postgres.sh $(PROGRAM)
site-pg:
	@psql -q "$$(printf "$$TEST_STORE" postgres)" -c 'CREATE DATABASE lingfei_site'
	@tool/site.sh $(PROGRAM) "$$(printf "$$TEST_STORE" lingfei_site)"
one: $(BUILD)/test/$(T)
	SHARED=$(SHARED) $(BUILD)/test/$(T)
floors:
	@tool/floors.sh
check: floors $(patsubst %,$(BUILD)/tool/%,embed statements catalogue messages) $(BUILD)/zh_CN.po
	@tool/check_words.sh
	@BUILD=$(BUILD) tool/check_messages.sh --quiet-unused
	@test/tools.sh $(BUILD)/tool
	@test/docs.sh

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

# ---- what people call ---------------------------------------------------------------------------------
STAGES := check unit commands contract provider site browser # of make test
.PHONY: help run test drill drill-long bench soak fuzz release asan commands contract provider site browser manual picture install
help:
	@echo "make run    installs what is missing, builds, serves the demonstration zone on 127.0.0.1:8080"
	@echo "make test   installs what is missing, builds, runs all tests"
	@echo "make unit, commands, contract, site, browser, check    parts of that; make one T=base/days    one test program"
	@echo "make install  program, manual page, completions under PREFIX (/usr/local), DESTDIR before it"
	@echo "make manual   writes doc/lingfei.1 anew from the table of commands"
	@echo "make test-pg  the tests that need a store once more on PostgreSQL, on a cluster of its own"
	@echo "make drill  kills, failing disks, power cuts, a restore: looks what is left; make drill-long: 100 kills, every operation of the disk"
	@echo "make bench  speed and memory as ratios; make soak: five minutes of saving; make fuzz: every parser for a minute; make release: the program to give out"
	@echo "make asan   all unit tests under the address, undefined-behaviour and leak sanitizers"
run:
	@tool/install.sh build
	@echo "building $(PROGRAM)"
	@$(MAKE) -s -j2 $(PROGRAM)
	$(PROGRAM) serve --demo --data $(BUILD)/demo
test:
	@tool/install.sh build test
	@echo "building $(PROGRAM) and its tests"
	@$(MAKE) -s -j2 $(PROGRAM) $(TESTS)
	@tool/stages.sh $(STAGES)
commands: $(PROGRAM)
	@SHARED=$(SHARED) test/commands.sh $(PROGRAM)
provider: $(PROGRAM)
	@test/provider.sh $(PROGRAM)
contract: $(PROGRAM)
	@test/contract.sh $(PROGRAM)
site: $(PROGRAM)
	@tool/site.sh $(PROGRAM)
browser: $(PROGRAM)
	@tool/browser.sh $(PROGRAM)
$(BUILD)/fault/%.so: test/fault/%.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE -O1 -g -Wall -Wextra -fPIC -shared -o $@ $< -ldl -lpthread
ROUNDS ?= 20
STEP   ?= 31
drill: $(PROGRAM) $(BUILD)/fault/disk.so $(BUILD)/fault/clock.so $(BUILD)/bench/registrations
	@tool/drill.sh $(PROGRAM) $(BUILD) $(ROUNDS) $(STEP)
drill-long:
	@$(MAKE) -s drill ROUNDS=100 STEP=1
BENCH_A := $(call lib,store format base)
$(BUILD)/bench/%: test/bench/%.c $(BENCH_A) $(GEN_O)
	@mkdir -p $(@D)
	$(CC) $(FLAGS) $(LDFLAGS) -o $@ $< -Wl,--start-group $(BENCH_A) -Wl,--end-group $(GEN_O) $(LDLIBS)
$(BUILD)/bench/batch: test/bench/batch.c $(BUILD)/obj/test/world.o $(BUILD)/obj/test/place.o $(ALL_A) $(GEN_O) # the whole house, as a test has it
	@mkdir -p $(@D)
	$(CC) $(FLAGS) $(LDFLAGS) -o $@ $< $(BUILD)/obj/test/world.o $(BUILD)/obj/test/place.o -Wl,--start-group $(ALL_A) -Wl,--end-group $(GEN_O) $(LDLIBS) -lcmocka -ldl
$(BUILD)/bench/postgres_bench: test/bench/postgres_bench.c $(BUILD)/obj/test/place.o $(BENCH_A) $(GEN_O)
	@mkdir -p $(@D)
	$(CC) $(FLAGS) $(LDFLAGS) -o $@ $< $(BUILD)/obj/test/place.o -Wl,--start-group $(BENCH_A) -Wl,--end-group $(GEN_O) $(LDLIBS) -lcmocka
bench: $(PROGRAM) $(BUILD)/bench/postgres_bench $(BUILD)/bench/store_bench $(BUILD)/bench/fill $(BUILD)/bench/batch $(BUILD)/bench/registrations
	@tool/install.sh test bench postgres
	@tool/node.sh test/bench/site.mjs $(PROGRAM) $(BUILD)/bench/fill
	@$(BUILD)/bench/store_bench
	@TEST_FSYNC=on tool/test_pg.sh $(BUILD)/bench/postgres_bench
	@$(BUILD)/bench/batch
	@test/bench/import.sh $(PROGRAM) $(BUILD)/bench/registrations
soak: $(PROGRAM)
	@tool/install.sh test bench
	@tool/node.sh test/bench/soak.mjs $(PROGRAM)
fuzz: $(GEN_O)
	@tool/install.sh bench
	@tool/fuzz.sh $(BUILD) 60
release: # what is given out: optimised as a whole, asserts on
	@$(MAKE) -s -j2 BUILD=$(BUILD)/release CFLAGS="-O2 -g -flto=auto" $(BUILD)/release/lingfei
	@echo "$(BUILD)/release/lingfei"
picture: $(PROGRAM)
	@tool/browser.sh $(PROGRAM) --only no-page --picture doc/desk.png
manual: $(PROGRAM)
	tool/manual.sh $(PROGRAM) > doc/lingfei.1
PREFIX ?= /usr/local
install: $(PROGRAM)
	install -D -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/lingfei
	install -D -m 644 doc/lingfei.1 $(DESTDIR)$(PREFIX)/share/man/man1/lingfei.1
	install -d $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions
	$(PROGRAM) completion bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/lingfei
	$(PROGRAM) completion zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_lingfei
asan:
	@$(MAKE) -s -j2 BUILD=$(BUILD)/asan NO_ASSETS=1 CFLAGS="-O1 -g" \
	  SAN="-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer" asan-unit
.PHONY: asan-unit
ASAN_TESTS := $(TESTS)
asan-unit: $(ASAN_TESTS)
	@LSAN_OPTIONS=suppressions=$(abspath test/asan.supp):print_suppressions=0 BUILD=$(BUILD) SHARED=$(SHARED) tool/unit.sh $(ASAN_TESTS)
