// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/projection_head.h"
#include "core/model/resnet.h"
#include "core/train/train_options.h"

namespace simclr {

/// Computes features of images: h by the encoder alone, z with the projection head after it. Shares the
/// modules passed to it.
class RepresentationImpl : public torch::nn::Module {
  public:
    explicit RepresentationImpl(const ResNet &encoder);
    RepresentationImpl(const ResNet &encoder, const ProjectionHead &head, std::int64_t projectionSize);

    /// Images (n, 3, height, width) with values in [0, 1] → (n, featureSize()).
    torch::Tensor forward(torch::Tensor pictures);

    std::int64_t featureSize() const { return m_featureSize; }

  private:
    ResNet m_encoder;
    ProjectionHead m_head{nullptr};
    std::int64_t m_featureSize;
};
TORCH_MODULE(Representation);

} // namespace simclr
