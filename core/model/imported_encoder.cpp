// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/imported_encoder.h"

#include "core/model/encoder_names.h"
#include "core/model/torch_file.h"
#include "core/options/parameter.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <cctype>
#include <optional>

namespace simclr {

namespace {

constexpr std::uintmax_t maxFileBytes = std::uintmax_t{16} << 30;
constexpr std::string_view firstBlock = "layer1.0.conv1.weight"; ///< every ResNet has it, nothing else does

/// The prefixes of "layer1.0.conv1.weight" that also have batch-norm statistics: an optimiser's buffers have
/// the same names, but no statistics.
std::vector<std::string> prefixesIn(const NamedTensors &tensors) {
    std::vector<std::string> all;
    std::vector<std::string> whole;
    for (const auto &[name, tensor] : tensors)
        if (name.ends_with(firstBlock)) {
            all.push_back(name.substr(0, name.size() - firstBlock.size()));
            if (tensors.contains(all.back() + "bn1.running_mean"))
                whole.push_back(all.back());
        }
    return whole.empty() ? all : whole;
}

std::string listed(const std::vector<std::string> &names) {
    constexpr std::size_t shown = 6;
    std::string text;
    for (std::size_t i = 0; i < std::min(shown, names.size()); ++i)
        text += (i > 0 ? ", " : "") + toValidUtf8(names[i]);
    if (names.size() > shown)
        text += " and " + std::to_string(names.size() - shown) + " more";
    return text;
}

std::string choosePrefix(const NamedTensors &tensors, const std::string &wanted) {
    const std::vector<std::string> known = prefixesIn(tensors);
    if (known.empty())
        throw InvalidInput("it contains no ResNet: no tensor name ends in " + std::string(firstBlock));
    if (wanted.empty() && known.size() > 1)
        throw InvalidInput(
            "it contains several encoders; choose one by its prefix (simclr import-weights --prefix): " +
            listed(known));
    if (wanted.empty())
        return known.front();
    for (const std::string &prefix : known)
        if (prefix == wanted || prefix == wanted + ".")
            return prefix;
    throw InvalidInput("it contains no encoder with the prefix \"" + toValidUtf8(wanted) +
                       "\"; available prefixes: \"" + listed(known) + "\"");
}

/// Whether this is a layer name of a ResNet, not of a classifier or a projection head.
bool isEncoderName(const std::string &name) {
    for (const std::string_view layer : {"conv", "bn", "layer"})
        if (name.starts_with(layer) && name.size() > layer.size() &&
            std::isdigit(static_cast<unsigned char>(name[layer.size()])) != 0)
            return true;
    return false;
}

/// Sorts the tensors into those of the encoder, without prefix, and the names of all others. No tensor is
/// copied before its shape is checked: many names in a small file may refer to the same bytes.
void sortOut(const NamedTensors &tensors, ImportedEncoder &found) {
    for (const auto &[name, tensor] : tensors) {
        const bool hasPrefix = name.starts_with(found.prefix);
        const std::string rest = hasPrefix ? name.substr(found.prefix.size()) : name;
        if (!hasPrefix || !isEncoderName(rest))
            found.passedOver.push_back(name);
        else
            found.tensors.emplace(rest, tensor);
    }
}

const torch::Tensor &fourAxes(const NamedTensors &tensors, const std::string &name) {
    const auto found = tensors.find(name);
    if (found == tensors.end())
        throw InvalidInput("its architecture is not supported: there is no " + name);
    if (found->second.dim() != 4)
        throw InvalidInput("its architecture is not supported: " + name + " is not a 2-D convolution");
    return found->second;
}

/// Number of blocks in layer1, layer2, … up to the last stage.
std::vector<int> countBlocks(const NamedTensors &tensors) {
    constexpr int mostStages = 8;
    constexpr int mostBlocks = 100;
    std::vector<int> blocks;
    for (int stage = 1; stage <= mostStages; ++stage) {
        int count = 0;
        const std::string layer = "layer" + std::to_string(stage) + ".";
        while (count < mostBlocks && tensors.contains(layer + std::to_string(count) + ".conv1.weight"))
            ++count;
        if (count == 0)
            break;
        blocks.push_back(count);
    }
    return blocks;
}

std::string numbersText(const std::vector<int> &numbers) {
    std::string text;
    for (const int number : numbers)
        text += (text.empty() ? "" : ", ") + std::to_string(number);
    return text;
}

double widthOf(std::int64_t channels, std::int64_t base) {
    constexpr double widest = 4;
    const double width = static_cast<double>(channels) / static_cast<double>(base);
    if (channels < 1 || width > widest)
        throw InvalidInput("its first layer has " + std::to_string(channels) +
                           " channels; supported encoders have at most " + numberText(widest) + " times " +
                           std::to_string(base));
    return width;
}

bool hasSmallStem(const torch::Tensor &firstWeight) {
    constexpr std::int64_t small = 3;
    constexpr std::int64_t large = 7;
    const std::int64_t kernel = firstWeight.size(2);
    if (firstWeight.size(1) != 3 || (kernel != small && kernel != large))
        throw InvalidInput("its conv1.weight has " + std::to_string(firstWeight.size(1)) +
                           " input channels and a kernel of " + std::to_string(kernel) +
                           " pixels; supported encoders have 3 input channels and a kernel of 3 or 7");
    return kernel == small;
}

EncoderOptions recognise(const NamedTensors &tensors) {
    const torch::Tensor &firstWeight = fourAxes(tensors, "conv1.weight");
    const std::vector<int> blocks = countBlocks(tensors);
    const bool bottleneck = tensors.contains("layer1.0.conv3.weight");
    const auto architecture = architectureWith(blocks, bottleneck);
    if (!architecture)
        throw InvalidInput("it is a ResNet with " + numbersText(blocks) + " blocks of " +
                           (bottleneck ? "three" : "two") +
                           " convolutions in its stages, which matches no supported encoder");
    EncoderOptions options;
    options.architecture = architecture->name;
    options.width = widthOf(firstWeight.size(0), architecture->baseChannels);
    options.smallStem = hasSmallStem(firstWeight);
    return options;
}

/// PyTorch before 0.4 stored no batch counts, and no layer here needs them.
void addMissingCounts(const NamedTensors &expected, NamedTensors &tensors) {
    for (const auto &[name, tensor] : expected)
        if (name.ends_with("num_batches_tracked"))
            tensors.emplace(name, torch::zeros_like(tensor));
}

void requireNothingElse(const NamedTensors &expected, const ImportedEncoder &found) {
    std::vector<std::string> others;
    for (const auto &[name, tensor] : found.tensors)
        if (!expected.contains(name))
            others.push_back(name);
    if (!others.empty())
        throw InvalidInput("it looks like " + describe(found.options) +
                           ", but has additional weights: " + listed(others));
}

void requireFinite(const NamedTensors &tensors) {
    for (const auto &[name, tensor] : tensors)
        if (!torch::isfinite(tensor).all().item<bool>())
            throw InvalidInput("its " + name + " contains values that are not finite");
}

} // namespace

std::string describe(const EncoderOptions &options) {
    return options.architecture + ", width " + numberText(options.width) + ", stem for " +
           (options.smallStem ? "small" : "large") + " images";
}

void buildInImageNetNormalisation(NamedTensors &encoder) {
    const auto forChannels = [](const std::vector<float> &values) {
        return torch::tensor(values).reshape({1, 3, 1, 1});
    };
    const torch::Tensor mean =
        forChannels({0.485f, 0.456f, 0.406f}); // torchvision's documentation of its weights
    const torch::Tensor deviation = forChannels({0.229f, 0.224f, 0.225f});
    torch::Tensor &weight = encoder.at("conv1.weight");
    torch::Tensor &runningMean = encoder.at("bn1.running_mean");
    weight = weight / deviation;
    runningMean = runningMean + (weight * mean).sum({1, 2, 3});
}

NamedTensors readWeights(const std::filesystem::path &path) {
    const std::string bytes = readFile(path, maxFileBytes);
    constexpr std::size_t header = 8; // of a safetensors file: the length of the JSON that follows
    if (!looksLikeTorchFile(bytes) && (bytes.size() <= header || bytes[header] != '{'))
        throw InvalidInput(displayName(path) + " is not a weights file: neither torch.save nor safetensors");
    if (!looksLikeTorchFile(bytes))
        return tensorsOf(SafetensorsFile::read(path));
    try {
        return tensorsOfTorchFile(bytes);
    } catch (const InvalidInput &error) {
        throw InvalidInput(displayName(path) + " cannot be read: " + error.what());
    }
}

ImportedEncoder findEncoder(const NamedTensors &stored, const std::string &prefix) {
    const NamedTensors tensors = withTorchvisionNames(stored);
    ImportedEncoder found;
    found.prefix = choosePrefix(tensors, prefix);
    sortOut(tensors, found);
    found.options = recognise(found.tensors);
    ResNet encoder(found.options);
    const NamedTensors expected = stateOf(*encoder);
    addMissingCounts(expected, found.tensors);
    requireNothingElse(expected, found);
    loadState(*encoder, found.tensors);
    found.tensors = stateOf(*encoder);
    requireFinite(found.tensors);
    return found;
}

ImportedEncoder readEncoder(const std::filesystem::path &path, const std::string &prefix) {
    const NamedTensors tensors = readWeights(path);
    try {
        return findEncoder(tensors, prefix);
    } catch (const InvalidInput &error) {
        throw InvalidInput(displayName(path) + " cannot be imported as an encoder: " + error.what());
    }
}

} // namespace simclr
