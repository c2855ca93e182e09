#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs the missing packages for building and running SimCLR Workbench on Debian 12. Safe to repeat: if
# nothing is missing, it calls neither apt nor sudo.
set -euo pipefail

usage() {
    cat <<'TEXT'
usage: packaging/install-deps.sh [--no-ui] [--gpu] [--tests] [--bench]
  --no-ui   only core and the command line, no Qt
  --gpu     LibTorch comes from a Python virtual environment; Debian's package is not installed
  --tests   also the dependencies of the tests
  --bench   also the baseline of the benchmarks: PyTorch and torchvision
TEXT
}

build=(g++ cmake ninja-build ccache pkg-config)
core=(libopencv-dev libjpeg-dev libpng-dev libtiff-dev libwebp-dev libgif-dev
      libsqlite3-dev libsqlitecpp-dev nlohmann-json3-dev libcli11-dev libssl-dev
      zlib1g-dev libarchive-dev)
torch=(libtorch-dev)
gpu=(python3 python3-venv)
ui=(qt6-base-dev qt6-svg-dev libqt6svg6 libqcustomplot-dev libgl1-mesa-dev breeze-icon-theme fonts-inter)
tests=(codespell qt6-base-dev python3-torchvision python3-pil python3-numpy) # tests run exported programs
bench=(python3-torch python3-torchvision python3-pil xvfb xdotool)

with_ui=yes with_gpu=no with_tests=no with_bench=no
for argument in "$@"; do
    case "$argument" in
    --no-ui) with_ui=no ;;
    --gpu) with_gpu=yes ;;
    --tests) with_tests=yes ;;
    --bench) with_bench=yes ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
    esac
done

wanted=("${build[@]}" "${core[@]}")
if [[ $with_gpu == yes ]]; then wanted+=("${gpu[@]}"); else wanted+=("${torch[@]}"); fi
if [[ $with_ui == yes ]]; then wanted+=("${ui[@]}"); fi
if [[ $with_tests == yes ]]; then wanted+=("${tests[@]}"); fi
if [[ $with_bench == yes ]]; then wanted+=("${bench[@]}"); fi

if ! command -v dpkg-query >/dev/null; then
    echo "This script supports only Debian 12. Install the equivalents of: ${wanted[*]}" >&2
    exit 1
fi

missing=()
for package in "${wanted[@]}"; do
    state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    # For a package installed for several architectures, the state is printed once per architecture.
    if [[ $state != installed* ]]; then missing+=("$package"); fi
done
if ((${#missing[@]} == 0)); then exit 0; fi

as_root=()
if ((EUID != 0)); then as_root=(sudo); fi
echo "Installing ${missing[*]}"
"${as_root[@]}" apt-get update -q
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" </dev/null
