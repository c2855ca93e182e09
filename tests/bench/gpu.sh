#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Measures training on an NVIDIA GPU in turns with PyTorch's AMP in bf16 on the same GPU, and prints one table of
# medians. Needs a build against a LibTorch with CUDA, and a Python with torch (CUDA) and torchvision. Nothing else
# should run meanwhile.
#
# usage: tests/bench/gpu.sh [ROUNDS [BUILD-FOLDER [PYTHON [PICTURES]]]]
#
# PICTURES is a folder of photographs for the rows at 224 px; without it, generated ones are used.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

rounds=${1:-3}
build=${2:-build/release}
python=${3:-python3}
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
pictures=${4:-$results/pictures}
bench="$build/tests/bench"
[[ -d $pictures ]] || "$bench/bench_augment" pictures "$pictures"

# keep NAME COMMAND…: keeps the numbers that COMMAND prints, one file for each key.
keep() {
    local name=$1
    shift
    echo "  $name" >&2
    { "$@" || echo "$name failed" >&2; } | while read -r key value; do echo "$value" >>"$results/$name.$key"; done
}

median() {
    if [[ -s $results/$1 ]]; then
        sort -n "$results/$1" | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
    else
        echo -
    fi
}

ratio() {
    if [[ $1 != - && $2 != - ]]; then awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; else echo -; fi
}

row() {
    local ours theirs loader waited
    ours=$(median "ours_$2.images_per_second")
    loader=$(median "ours_$2.loader_images_per_second")
    waited=$(median "ours_$2.waited_percent")
    theirs=$(median "torch_$2.images_per_second")
    printf '%-28s %10s %10s %8s %12s %12s\n' "$1" "$ours" "$theirs" "$(ratio "$ours" "$theirs")" "$loader" "$waited"
}

common=(device=cuda precision=bf16)
for ((round = 1; round <= rounds; ++round)); do
    echo "round $round of $rounds" >&2
    keep ours_small "$bench/bench_train_step" "${common[@]}" batch=512 steps=192 repeat=100
    keep torch_small "$python" tests/bench/pytorch_baseline.py gpu resnet18 32 512 100
    keep ours_large "$bench/bench_train_step" "${common[@]}" encoder=resnet50 image_size=224 batch=256 steps=64 \
        repeat=100 pipeline=simclr-imagenet data="folder:$pictures"
    keep torch_large "$python" tests/bench/pytorch_baseline.py gpu resnet50 224 256 40
done

echo
echo "$(nproc) cores, medians of $rounds rounds, images/s"
printf '%-28s %10s %10s %8s %12s %12s\n' "" ours PyTorch ratio "loader alone" "waits, %"
row "ResNet-18, 32 px, N 512" small
row "ResNet-50, 224 px, N 256" large
