#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs missing packages, builds, and runs every test without a display. Arguments are passed to ctest (-R
# name, -LE slow, …). The last line has the numbers of passed and failed tests; the exit status is that of ctest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

packaging/install-deps.sh --tests
cmake --preset release
cmake --build --preset release

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
ctest --preset release --parallel 2 "$@" </dev/null 2>&1 | tee "$log" || status=$?

# ctest's own summary: "98% tests passed, 1 tests failed out of 57".
summary=$(grep -E 'tests passed, [0-9]+ tests failed out of [0-9]+' "$log" | tail -n 1 || true)
failed=0 total=0
if [[ $summary =~ ([0-9]+)\ tests\ failed\ out\ of\ ([0-9]+) ]]; then
    failed=${BASH_REMATCH[1]}
    total=${BASH_REMATCH[2]}
fi
echo "$((total - failed)) passed, $failed failed"
exit "$status"
