#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Measures training, augmentation, the database, the Design page and window start in turns with the PyTorch loop
# that a user would write, and prints one table of medians. Nothing else should run meanwhile.
#
# usage: tests/bench/run.sh [ROUNDS [BUILD-FOLDER]]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

rounds=${1:-3}
build=${2:-build/release}
steps=10
bench="$build/tests/bench"
baseline=(/usr/bin/python3 tests/bench/pytorch_baseline.py)
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
pictures="$results/pictures" # the same JPEG files for both sides

# record NAME KEY COMMAND…: keeps the number that COMMAND prints behind KEY.
record() {
    local name=$1 key=$2
    shift 2
    echo "  $name" >&2
    { "$@" || echo "$name failed" >&2; } | awk -v key="$key" '$1 == key { print $2 }' >>"$results/$name"
}

# Milliseconds from the start of the process until its window is mapped.
window_start() {
    local home started id
    home=$(mktemp -d)
    started=$(date +%s%N)
    XDG_DATA_HOME="$home" XDG_CONFIG_HOME="$home" "$build/app/workbench/simclr-workbench" --db "$home/runs.sqlite" \
        >/dev/null 2>&1 &
    id=$!
    until xdotool search --onlyvisible --pid "$id" >/dev/null 2>&1; do
        kill -0 "$id" 2>/dev/null || break
        sleep 0.005
    done
    if kill -0 "$id" 2>/dev/null; then
        echo "milliseconds $((($(date +%s%N) - started) / 1000000))"
        kill "$id"
    fi
    wait "$id" 2>/dev/null || true
    rm -rf "$home"
}

screen_process=
start_screen() {
    coproc SCREEN { exec Xvfb -displayfd 1 -screen 0 1280x800x24 2>/dev/null; }
    screen_process=$SCREEN_PID
    local number
    read -r -t 20 number <&"${SCREEN[0]}"
    export DISPLAY=":$number"
}

with_window=no
if [[ -x $build/app/workbench/simclr-workbench ]] && command -v Xvfb >/dev/null && command -v xdotool >/dev/null; then
    with_window=yes
    start_screen
    trap 'kill "$screen_process" 2>/dev/null || true; rm -rf "$results"' EXIT
    window_start >/dev/null # warm: libraries and fonts are in memory then
fi

"$bench/bench_augment" pictures "$pictures"
for ((round = 1; round <= rounds; ++round)); do
    echo "round $round of $rounds" >&2
    record ours_bf16 images_per_second "$bench/bench_train_step" precision=bf16 steps="$steps"
    record torch_train images_per_second "${baseline[@]}" train "$steps"
    record conv_limit images_per_second "$bench/bench_conv_limit" 3
    record ours_fp32 images_per_second "$bench/bench_train_step" precision=fp32 steps="$steps"
    for recipe in cifar imagenet; do
        record "ours_$recipe" views_per_second "$bench/bench_augment" 2 "$recipe"
        record "torch_$recipe" views_per_second "${baseline[@]}" "$recipe" "$pictures" 3
    done
    record ours_jpeg images_per_second "$bench/bench_augment" 4 jpeg "$pictures"
    record torch_jpeg images_per_second "${baseline[@]}" jpeg "$pictures" 6
    if [[ $with_window == yes ]]; then record window milliseconds window_start; fi
    echo "  store" >&2
    "$bench/bench_store" 10000 200 50 20 >"$results/store_output" || echo "store failed" >&2
    for key in write_1000_mean day_file read_1000000 outline_1000000 summaries_5 migration; do
        record "$key" "$key" cat "$results/store_output"
    done
    if [[ -x $bench/bench_designer ]]; then
        echo "  designer" >&2
        "$bench/bench_designer" 200 50000 >"$results/designer_output" || echo "designer failed" >&2
        for key in slider_idle slider_training first_pictures; do
            record "$key" "$key" cat "$results/designer_output"
        done
    fi
done

median() {
    if [[ -s $results/$1 ]]; then
        sort -n "$results/$1" | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
    else
        echo -
    fi
}

# row TITLE OURS THEIRS TARGET [GOAL]
row() {
    local ours theirs ratio=-
    ours=$(median "$2")
    theirs=$(median "$3")
    if [[ $ours != - && $theirs != - ]]; then ratio=$(awk -v a="$ours" -v b="$theirs" 'BEGIN { printf "%.2f", a / b }'); fi
    printf '%-48s %10s %10s %8s %10s %6s\n' "$1" "$ours" "$theirs" "$ratio" "$4" "${5:-}"
}

echo
grep -m 1 'model name' /proc/cpuinfo | sed 's/.*: //'
echo "$(nproc) cores, AVX512-BF16 $(grep -qm 1 avx512_bf16 /proc/cpuinfo && echo yes || echo no), medians of $rounds rounds"
echo
printf '%-48s %10s %10s %8s %10s %6s\n' "" ours PyTorch ratio target goal
row "training, bf16, images/s" ours_bf16 torch_train 2.8 3.5
row "training, bf16, share of its convolutions" ours_bf16 conv_limit 0.65 0.80
row "training, fp32, images/s" ours_fp32 torch_train 1.2
row "views, CIFAR recipe, 32 px, 1 thread, /s" ours_cifar torch_cifar 25 35
row "views, full recipe, 224 px, 1 thread, /s" ours_imagenet torch_imagenet 12 18
row "JPEG to two views, 224 px, all cores, images/s" ours_jpeg torch_jpeg 4 6
row "first window on screen, warm, ms" window none "1000 ms"
row "slider to 48 views, 224 px, p95, ms" slider_idle none -
row "the same while training, p95, ms" slider_training none -
row "first pictures of 50,000 photographs, ms" first_pictures none -
row "1,000 metrics stored, ms" write_1000_mean none -
row "a day of ten metrics at 10 steps/s, MB of file" day_file none "60 MB"
row "a curve of a million points read, ms" read_1000000 none -
row "its outline, ms" outline_1000000 none -
row "summaries, five metrics of 10,000 runs, ms" summaries_5 none -
row "a million rows of version 7 migrated, s" migration none -
