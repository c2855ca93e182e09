// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/compute/torch.h"

#include <optional>
#include <string>
#include <vector>

namespace simclr {

struct EncoderOptions {
    std::string architecture = "resnet18"; ///< resnet18, 34, 50, 101, 152, or for CIFAR resnet20, 32, 56
    double width = 1;                      ///< factor on all channel counts
    /// 3×3 stride 1 without pooling (SimCLR B.9) in place of 7×7 stride 2 with pooling
    bool smallStem = true;
};

/// One of the architectures that EncoderOptions can name.
struct NamedArchitecture {
    std::string name;
    std::int64_t baseChannels = 64; ///< of the first layer at width 1
};

/// The architecture with these numbers of blocks per stage, with two or (bottleneck) three convolutions each.
std::optional<NamedArchitecture> architectureWith(const std::vector<int> &blocks, bool bottleneck);

/// Channels of the first layer at width 1. Throws InvalidInput for an unknown architecture.
std::int64_t baseChannelsOf(const std::string &architecture);

/// The encoder f: a residual network (He et al. 2016) without its classifier. Names of parameters and buffers
/// are torchvision's. The networks for CIFAR (section 4.2) have three stages of 16, 32 and 64 channels,
/// shortcuts without parameters, and always the small stem. One object, one thread at a time.
class ResNetImpl : public torch::nn::Module {
  public:
    explicit ResNetImpl(const EncoderOptions &options);

    /// Images (n, 3, height, width) with values in [0, 1] → representations h (n, featureSize()).
    torch::Tensor forward(torch::Tensor pictures);

    std::int64_t featureSize() const { return m_featureSize; }
    /// Whether the first layer is 3×3 with stride 1 and not followed by pooling.
    bool hasSmallStem() const { return m_smallStem; }

    /// Sets the scale of each block's last batch norm to 0, so that every block starts as the identity (Goyal
    /// et al. 2017, 5.1; the authors' resnet.py).
    void zeroLastScales();

  private:
    struct Stage {
        std::int64_t planes;
        int blocks;
        int stride;
    };
    torch::nn::Sequential makeStage(const EncoderOptions &options, const Stage &stage);

    bool m_smallStem = true;
    std::int64_t m_channels = 0; ///< output channels of the last stage while stages are built
    std::int64_t m_featureSize = 0;
    torch::nn::Conv2d conv1{nullptr};
    torch::nn::BatchNorm2d bn1{nullptr};
    std::vector<torch::nn::Sequential> m_stages;
};
TORCH_MODULE(ResNet);

} // namespace simclr
