// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/resnet.h"

#include "core/util/error.h"

#include <array>
#include <cmath>

namespace simclr {

namespace {

namespace nn = torch::nn;

nn::Conv2d convolution(std::int64_t in, std::int64_t out, int kernel, int stride) {
    return nn::Conv2d(nn::Conv2dOptions(in, out, kernel).stride(stride).padding(kernel / 2).bias(false));
}

/// A 1×1 projection of the shortcut where shape or channels change; empty elsewhere.
nn::Sequential shortcut(std::int64_t in, std::int64_t out, int stride) {
    if (stride == 1 && in == out)
        return nullptr;
    return nn::Sequential(convolution(in, out, 1, stride), nn::BatchNorm2d(out));
}

/// Two 3×3 convolutions (He et al. 2016, fig. 5 left).
struct BasicBlockImpl : nn::Module {
    static constexpr std::int64_t expansion = 1;

    BasicBlockImpl(std::int64_t in, std::int64_t planes, int stride)
        : conv1(register_module("conv1", convolution(in, planes, 3, stride))),
          bn1(register_module("bn1", nn::BatchNorm2d(planes))),
          conv2(register_module("conv2", convolution(planes, planes, 3, 1))),
          bn2(register_module("bn2", nn::BatchNorm2d(planes))),
          downsample(shortcut(in, planes, stride)) {
        if (downsample)
            register_module("downsample", downsample);
    }

    torch::Tensor forward(torch::Tensor x) {
        torch::Tensor y = bn1(conv1(x)).relu_();
        y = bn2(conv2(y));
        return y.add_(downsample ? downsample->forward(x) : x).relu_();
    }

    nn::Conv2d conv1;
    nn::BatchNorm2d bn1;
    nn::Conv2d conv2;
    nn::BatchNorm2d bn2;
    nn::Sequential downsample;
};
TORCH_MODULE(BasicBlock);

/// 1×1, 3×3, 1×1 convolutions (fig. 5 right), the stride in the middle one as in torchvision.
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
    std::array<int, 4> blocks;
    bool bottleneck;
};

const Architecture &architectureNamed(const std::string &name) {
    static const std::array<Architecture, 3> all{{{"resnet18", {2, 2, 2, 2}, false},
                                                  {"resnet34", {3, 4, 6, 3}, false},
                                                  {"resnet50", {3, 4, 6, 3}, true}}};
    for (const Architecture &architecture : all)
        if (architecture.name == name)
            return architecture;
    throw InvalidInput("there is no encoder \"" + name + "\"");
}

} // namespace

ResNetImpl::ResNetImpl(const EncoderOptions &options) : m_smallStem(options.smallStem) {
    const Architecture &architecture = architectureNamed(options.architecture);
    const std::int64_t base = std::max<std::int64_t>(1, std::llround(64 * options.width));
    m_channels = base;
    conv1 = register_module("conv1", m_smallStem ? convolution(3, base, 3, 1) : convolution(3, base, 7, 2));
    bn1 = register_module("bn1", nn::BatchNorm2d(base));
    layer1 = register_module("layer1", makeStage(options, base, architecture.blocks[0], 1));
    layer2 = register_module("layer2", makeStage(options, 2 * base, architecture.blocks[1], 2));
    layer3 = register_module("layer3", makeStage(options, 4 * base, architecture.blocks[2], 2));
    layer4 = register_module("layer4", makeStage(options, 8 * base, architecture.blocks[3], 2));
    m_featureSize = m_channels;
}

nn::Sequential ResNetImpl::makeStage(const EncoderOptions &options, std::int64_t planes, int blocks,
                                     int stride) {
    nn::Sequential stage;
    for (int block = 0; block < blocks; ++block) {
        const int step = block == 0 ? stride : 1;
        if (architectureNamed(options.architecture).bottleneck) {
            stage->push_back(Bottleneck(m_channels, planes, step));
            m_channels = planes * BottleneckImpl::expansion;
        } else {
            stage->push_back(BasicBlock(m_channels, planes, step));
            m_channels = planes * BasicBlockImpl::expansion;
        }
    }
    return stage;
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
    x = layer4->forward(layer3->forward(layer2->forward(layer1->forward(x))));
    return x.mean({2, 3});
}

} // namespace simclr
