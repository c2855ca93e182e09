#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs missing packages, builds, and opens the workbench; on a machine without a display it runs
# `simclr demo`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
    cat <<'TEXT'
usage: packaging/run.sh [--gpu | --cpu] [arguments for the program]
  --gpu   build against PyTorch's CUDA LibTorch (the default if nvidia-smi lists a GPU)
  --cpu   build against Debian's LibTorch even if there is a GPU
TEXT
}

torch_version=2.11.0 # its wheel on PyPI is built for CUDA 13
if [[ ${XDG_DATA_HOME:-} != /* ]]; then XDG_DATA_HOME=~/.local/share; fi # ~ works without HOME too
environment="$XDG_DATA_HOME/simclr-workbench/torch-$torch_version"

has_gpu() { command -v nvidia-smi >/dev/null && [[ $(nvidia-smi --list-gpus 2>/dev/null) == *GPU* ]]; }

# The marker is written last: an interrupted installation is started again instead of being used.
prepare_environment() {
    local marker="$environment/.complete"
    if [[ -e $marker ]]; then return; fi
    echo "Downloading PyTorch $torch_version (several gigabytes, once) to $environment"
    mkdir -p "$(dirname "$environment")"
    /usr/bin/python3 -m venv --clear "$environment"
    "$environment/bin/pip" install --quiet --disable-pip-version-check "torch==$torch_version"
    touch "$marker"
}

build_for_cpu() {
    cmake --preset release >/dev/null
    cmake --build --preset release --target simclr simclr-workbench
}

build_for_gpu() {
    local prefix
    prepare_environment
    prefix=$("$environment/bin/python" -c 'import torch.utils; print(torch.utils.cmake_prefix_path)')
    cmake -S . -B build/gpu -G Ninja -DCMAKE_BUILD_TYPE=Release -DSIMCLR_WITH_TESTS=OFF \
        -DCMAKE_PREFIX_PATH="$prefix" >/dev/null
    cmake --build build/gpu
}

device=auto
arguments=()
for argument in "$@"; do
    case "$argument" in
    --gpu) device=gpu ;;
    --cpu) device=cpu ;;
    --help | -h) usage; exit 0 ;;
    *) arguments+=("$argument") ;;
    esac
done
if [[ $device == auto ]]; then
    if has_gpu; then device=gpu; else device=cpu; fi
fi

if [[ $device == gpu ]]; then
    packaging/install-deps.sh --gpu
    build_for_gpu
    build=build/gpu
else
    packaging/install-deps.sh --tests
    build_for_cpu
    build=build/release
fi

if [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]; then
    exec "$build/app/workbench/simclr-workbench" "${arguments[@]}"
fi
echo "No display available: running the demonstration on the command line."
exec "$build/app/cli/simclr" demo "${arguments[@]}"
