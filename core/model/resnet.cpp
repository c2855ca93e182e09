// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/resnet.h"

#include "core/util/error.h"

#include <cmath>
#include <vector>

namespace simclr {

namespace {

namespace nn = torch::nn;

nn::Conv2d convolution(std::int64_t in, std::int64_t out, int kernel, int stride) {
    return nn::Conv2d(nn::Conv2dOptions(in, out, kernel).stride(stride).padding(kernel / 2).bias(false));
}

/// A 1×1 projection of the shortcut where shape or channels change (option B); empty elsewhere.
nn::Sequential shortcut(std::int64_t in, std::int64_t out, int stride) {
    if (stride == 1 && in == out)
        return nullptr;
    return nn::Sequential(convolution(in, out, 1, stride), nn::BatchNorm2d(out));
}

/// The shortcut without parameters where shape and channels change (option A): every other pixel, and zeros
/// in the new channels, half of them on each side.
torch::Tensor paddedShortcut(const torch::Tensor &x, std::int64_t channels) {
    const std::int64_t added = channels - x.size(1);
    const std::int64_t before = added / 2;
    return torch::constant_pad_nd(x.slice(2, 0, c10::nullopt, 2).slice(3, 0, c10::nullopt, 2),
                                  {0, 0, 0, 0, before, added - before});
}

/// Two 3×3 convolutions (He et al. 2016, fig. 5 left).
struct BasicBlockImpl : nn::Module {
    static constexpr std::int64_t expansion = 1;

    BasicBlockImpl(std::int64_t in, std::int64_t planes, int stride, bool padsShortcut)
        : conv1(register_module("conv1", convolution(in, planes, 3, stride))),
          bn1(register_module("bn1", nn::BatchNorm2d(planes))),
          conv2(register_module("conv2", convolution(planes, planes, 3, 1))),
          bn2(register_module("bn2", nn::BatchNorm2d(planes))),
          downsample(padsShortcut ? nn::Sequential(nullptr) : shortcut(in, planes, stride)) {
        if (downsample)
            register_module("downsample", downsample);
    }

    torch::Tensor forward(torch::Tensor x) {
        torch::Tensor y = bn1(conv1(x)).relu_();
        y = bn2(conv2(y));
        return y.add_(passedOn(x, y.size(1))).relu_();
    }

    torch::Tensor passedOn(const torch::Tensor &x, std::int64_t channels) {
        if (downsample)
            return downsample->forward(x);
        return x.size(1) == channels ? x : paddedShortcut(x, channels);
    }

    nn::Conv2d conv1;
    nn::BatchNorm2d bn1;
    nn::Conv2d conv2;
    nn::BatchNorm2d bn2;
    nn::Sequential downsample;
};
TORCH_MODULE(BasicBlock);

/// 1×1, 3×3, 1×1 convolutions (fig. 5 right), with the stride in the 3×3 one as in torchvision.
struct BottleneckImpl : nn::Module {
    static constexpr std::int64_t expansion = 4;

    BottleneckImpl(std::int64_t in, std::int64_t planes, int stride)
        : conv1(register_module("conv1", convolution(in, planes, 1, 1))),
          bn1(register_module("bn1", nn::BatchNorm2d(planes))),
          conv2(register_module("conv2", convolution(planes, planes, 3, stride))),
          bn2(register_module("bn2", nn::BatchNorm2d(planes))),
          conv3(register_module("conv3", convolution(planes, planes * expansion, 1, 1))),
          bn3(register_module("bn3", nn::BatchNorm2d(planes * expansion))),
          downsample(shortcut(in, planes * expansion, stride)) {
        if (downsample)
            register_module("downsample", downsample);
    }

    torch::Tensor forward(torch::Tensor x) {
        torch::Tensor y = bn1(conv1(x)).relu_();
        y = bn2(conv2(y)).relu_();
        y = bn3(conv3(y));
        return y.add_(downsample ? downsample->forward(x) : x).relu_();
    }

    nn::Conv2d conv1;
    nn::BatchNorm2d bn1;
    nn::Conv2d conv2;
    nn::BatchNorm2d bn2;
    nn::Conv2d conv3;
    nn::BatchNorm2d bn3;
    nn::Sequential downsample;
};
TORCH_MODULE(Bottleneck);

struct Architecture {
    std::string name;
    std::vector<int> blocks; ///< of each stage
    bool bottleneck = false;
    bool forCifar = false;

    std::int64_t baseChannels() const { return forCifar ? 16 : 64; }
};

const std::vector<Architecture> &allArchitectures() {
    static const std::vector<Architecture> all{
        {"resnet18", {2, 2, 2, 2}},
        {"resnet34", {3, 4, 6, 3}},
        {.name = "resnet50", .blocks = {3, 4, 6, 3}, .bottleneck = true},
        {.name = "resnet101", .blocks = {3, 4, 23, 3}, .bottleneck = true},
        {.name = "resnet152", .blocks = {3, 8, 36, 3}, .bottleneck = true},
        {.name = "resnet20", .blocks = {3, 3, 3}, .forCifar = true},
        {.name = "resnet32", .blocks = {5, 5, 5}, .forCifar = true},
        {.name = "resnet56", .blocks = {9, 9, 9}, .forCifar = true},
    };
    return all;
}

const Architecture &architectureNamed(const std::string &name) {
    for (const Architecture &architecture : allArchitectures())
        if (architecture.name == name)
            return architecture;
    throw InvalidInput("unknown encoder \"" + name + "\"");
}

} // namespace

std::optional<NamedArchitecture> architectureWith(const std::vector<int> &blocks, bool bottleneck) {
    for (const Architecture &architecture : allArchitectures())
        if (architecture.blocks == blocks && architecture.bottleneck == bottleneck)
            return NamedArchitecture{architecture.name, architecture.baseChannels()};
    return std::nullopt;
}

std::int64_t baseChannelsOf(const std::string &architecture) {
    return architectureNamed(architecture).baseChannels();
}

ResNetImpl::ResNetImpl(const EncoderOptions &options) {
    const Architecture &architecture = architectureNamed(options.architecture);
    m_smallStem = options.smallStem || architecture.forCifar;
    const auto base = std::max<std::int64_t>(
        1, std::llround(static_cast<double>(architecture.baseChannels()) * options.width));
    m_channels = base;
    conv1 = register_module("conv1", m_smallStem ? convolution(3, base, 3, 1) : convolution(3, base, 7, 2));
    bn1 = register_module("bn1", nn::BatchNorm2d(base));
    for (std::size_t i = 0; i < architecture.blocks.size(); ++i) {
        const Stage stage{base << i, architecture.blocks[i], i == 0 ? 1 : 2};
        m_stages.push_back(register_module("layer" + std::to_string(i + 1), makeStage(options, stage)));
    }
    m_featureSize = m_channels;
}

nn::Sequential ResNetImpl::makeStage(const EncoderOptions &options, const Stage &stage) {
    const Architecture &architecture = architectureNamed(options.architecture);
    nn::Sequential blocks;
    for (int block = 0; block < stage.blocks; ++block) {
        const int stride = block == 0 ? stage.stride : 1;
        if (architecture.bottleneck) {
            blocks->push_back(Bottleneck(m_channels, stage.planes, stride));
            m_channels = stage.planes * BottleneckImpl::expansion;
        } else {
            blocks->push_back(BasicBlock(m_channels, stage.planes, stride, architecture.forCifar));
            m_channels = stage.planes * BasicBlockImpl::expansion;
        }
    }
    return blocks;
}

void ResNetImpl::zeroLastScales() {
    const torch::NoGradGuard noGrad;
    for (const auto &module : modules()) {
        if (auto *block = module->as<BasicBlockImpl>())
            block->bn2->weight.zero_();
        else if (auto *bottleneck = module->as<BottleneckImpl>())
            bottleneck->bn3->weight.zero_();
    }
}

torch::Tensor ResNetImpl::forward(torch::Tensor pictures) {
    torch::Tensor x = bn1(conv1(pictures)).relu_();
    if (!m_smallStem)
        x = torch::max_pool2d(x, 3, 2, 1);
    for (nn::Sequential &stage : m_stages)
        x = stage->forward(x);
    return x.mean({2, 3});
}

} // namespace simclr
