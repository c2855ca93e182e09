// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute/torch.h"
#include "core/model/safetensors.h"

#include <map>
#include <string>

namespace simclr {

/// Tensors by name, detached; on the CPU except for sharedStateOf().
using NamedTensors = std::map<std::string, torch::Tensor>;

/// Initialises every parameter from `seed` (Purpose::Initialisation), identically on every machine and
/// LibTorch: convolution weights normal with variance 2 / fan-out (He et al. 2015), dense weights normal with
/// variance 1 / fan-in, batch norm scale 1 and shift 0. Running statistics start at mean 0 and variance 1.
void initialise(torch::nn::Module &module, std::uint64_t seed);

/// Parameters and buffers, with `prefix` before each name; copies.
NamedTensors stateOf(const torch::nn::Module &module, const std::string &prefix = {});

/// The same, but the module's own tensors, on its device: they change when it is trained.
NamedTensors sharedStateOf(const torch::nn::Module &module, const std::string &prefix = {});

/// Copies the tensors whose names start with `prefix` into the module. Throws InvalidInput naming the first
/// tensors that are missing or have another shape; the module is then unchanged.
void loadState(torch::nn::Module &module, const NamedTensors &state, const std::string &prefix = {});

/// SHA-256 over names, types, shapes and bytes of all parameters and buffers.
std::string stateHash(const torch::nn::Module &module);

/// The number of trainable parameters.
std::int64_t parameterCount(const torch::nn::Module &module);

/// Converts the weights of convolutions to channels-last layout.
void useChannelsLast(torch::nn::Module &module);

/// Atomically, as a safetensors file. The tensors may be on any device; memory is allocated for one of them
/// at a time. Throws IoError.
void writeTensors(const std::filesystem::path &path, const NamedTensors &tensors, const Json &metadata);
/// Copies of the tensors of a file.
NamedTensors tensorsOf(const SafetensorsFile &file);

} // namespace simclr
