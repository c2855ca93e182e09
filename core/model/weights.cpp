// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/weights.h"

#include "core/random/random.h"
#include "core/util/error.h"
#include "core/util/hash.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace simclr {

namespace {

torch::Tensor onCpu(const torch::Tensor &tensor) {
    return tensor.detach().to(torch::kCPU).contiguous();
}

std::string_view bytesOf(const torch::Tensor &tensor) {
    return {static_cast<const char *>(tensor.data_ptr()), tensor.nbytes()};
}

void fillNormal(torch::Tensor &tensor, double deviation, std::uint64_t seed, std::uint32_t which) {
    RandomStream draws({seed, Purpose::Initialisation, 0, which, 0});
    torch::Tensor values = torch::empty(tensor.sizes(), torch::kFloat32);
    float *value = values.data_ptr<float>();
    for (std::int64_t i = 0; i < values.numel(); ++i)
        value[i] = static_cast<float>(deviation * draws.normal());
    tensor.copy_(values);
}

double initialDeviation(const torch::Tensor &weight) {
    const bool convolution = weight.dim() == 4;
    const std::int64_t fan = convolution ? weight.size(0) * weight.size(2) * weight.size(3) : weight.size(1);
    return std::sqrt((convolution ? 2.0 : 1.0) / static_cast<double>(fan));
}

const std::map<std::string, torch::ScalarType> &storedTypes() {
    static const std::map<std::string, torch::ScalarType> types{
        {"F32", torch::kFloat32},   {"F64", torch::kFloat64}, {"F16", torch::kFloat16},
        {"BF16", torch::kBFloat16}, {"I64", torch::kInt64},   {"I32", torch::kInt32},
        {"I16", torch::kInt16},     {"I8", torch::kInt8},     {"U8", torch::kUInt8},
        {"BOOL", torch::kBool}};
    return types;
}

std::string typeName(torch::ScalarType type) {
    for (const auto &[name, known] : storedTypes())
        if (known == type)
            return name;
    throw Error("a tensor has a type that cannot be stored");
}

template <typename Visit>
void visitState(const torch::nn::Module &module, Visit visit) {
    for (const auto &item : module.named_parameters())
        visit(item.key(), item.value());
    for (const auto &item : module.named_buffers())
        visit(item.key(), item.value());
}

std::string shapeText(const torch::Tensor &tensor) {
    std::string text;
    for (const std::int64_t size : tensor.sizes())
        text += (text.empty() ? "" : "×") + std::to_string(size);
    return "(" + text + ")";
}

/// Only the first few: another architecture gives hundreds.
std::string firstOf(const std::vector<std::string> &problems) {
    constexpr std::size_t shown = 6;
    std::string text;
    for (std::size_t i = 0; i < std::min(shown, problems.size()); ++i)
        text += (i > 0 ? "; " : "") + problems[i];
    if (problems.size() > shown)
        text += "; and " + std::to_string(problems.size() - shown) + " more";
    return text;
}

} // namespace

void initialise(torch::nn::Module &module, std::uint64_t seed) {
    const torch::NoGradGuard noGrad;
    std::uint32_t which = 0;
    for (const auto &item : module.named_parameters()) {
        torch::Tensor parameter = item.value();
        if (parameter.dim() >= 2)
            fillNormal(parameter, initialDeviation(parameter), seed, which);
        else
            parameter.fill_(item.key().ends_with("weight") ? 1 : 0);
        ++which;
    }
}

NamedTensors stateOf(const torch::nn::Module &module, const std::string &prefix) {
    NamedTensors state;
    visitState(module, [&](const std::string &name, const torch::Tensor &tensor) {
        state.emplace(prefix + name,
                      torch::empty(tensor.sizes(), tensor.scalar_type()).copy_(tensor.detach()));
    });
    return state;
}

NamedTensors sharedStateOf(const torch::nn::Module &module, const std::string &prefix) {
    NamedTensors state;
    visitState(module, [&](const std::string &name, const torch::Tensor &tensor) {
        state.emplace(prefix + name, tensor.detach());
    });
    return state;
}

void loadState(torch::nn::Module &module, const NamedTensors &state, const std::string &prefix) {
    std::vector<std::string> problems;
    visitState(module, [&](const std::string &name, const torch::Tensor &tensor) {
        const auto found = state.find(prefix + name);
        if (found == state.end())
            problems.push_back(prefix + name + " is missing");
        else if (found->second.sizes() != tensor.sizes())
            problems.push_back(prefix + name + " has shape " + shapeText(found->second) + ", not " +
                               shapeText(tensor));
    });
    if (!problems.empty())
        throw InvalidInput("the weights do not fit this model: " + firstOf(problems));
    const torch::NoGradGuard noGrad;
    visitState(module,
               [&](const std::string &name, torch::Tensor tensor) { tensor.copy_(state.at(prefix + name)); });
}

std::string stateHash(const torch::nn::Module &module) {
    Sha256 hash;
    visitState(module, [&](const std::string &name, const torch::Tensor &tensor) {
        const torch::Tensor plain = onCpu(tensor);
        hash.add(name + " " + typeName(plain.scalar_type()) + shapeText(plain) + "\n");
        hash.add(bytesOf(plain));
    });
    return hash.hex();
}

std::int64_t parameterCount(const torch::nn::Module &module) {
    std::int64_t count = 0;
    for (const torch::Tensor &parameter : module.parameters())
        if (parameter.requires_grad())
            count += parameter.numel();
    return count;
}

void useChannelsLast(torch::nn::Module &module) {
    for (torch::Tensor parameter : module.parameters())
        if (parameter.dim() == 4)
            parameter.set_data(parameter.contiguous(at::MemoryFormat::ChannelsLast));
}

void writeTensors(const std::filesystem::path &path, const NamedTensors &tensors, const Json &metadata) {
    std::map<std::string, TensorLayout> layouts;
    for (const auto &[name, tensor] : tensors)
        layouts.emplace(name, TensorLayout{typeName(tensor.scalar_type()), tensor.sizes().vec()});
    torch::Tensor current; // so that only one tensor is in memory twice
    SafetensorsFile::write(path, layouts, metadata, [&](const std::string &name) {
        current = onCpu(tensors.at(name));
        return bytesOf(current);
    });
}

NamedTensors tensorsOf(const SafetensorsFile &file) {
    NamedTensors tensors;
    for (const auto &[name, stored] : file.tensors()) {
        const auto type = storedTypes().find(stored.type);
        if (type == storedTypes().end())
            throw InvalidInput("tensor " + name + " has type " + stored.type + ", which is not supported");
        torch::Tensor tensor = torch::empty(stored.shape, type->second);
        if (!stored.bytes.empty())
            std::memcpy(tensor.data_ptr(), stored.bytes.data(), stored.bytes.size());
        tensors.emplace(name, tensor);
    }
    return tensors;
}

} // namespace simclr
