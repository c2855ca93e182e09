// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/representation.h"

namespace simclr {

RepresentationImpl::RepresentationImpl(const ResNet &encoder)
    : m_encoder(register_module("encoder", encoder)), m_featureSize(encoder->featureSize()) {}

RepresentationImpl::RepresentationImpl(const ResNet &encoder, const ProjectionHead &head,
                                       std::int64_t projectionSize)
    : m_encoder(register_module("encoder", encoder)),
      m_head(register_module("head", head)),
      m_featureSize(projectionSize) {}

torch::Tensor RepresentationImpl::forward(torch::Tensor pictures) {
    const torch::Tensor h = m_encoder(pictures);
    return m_head ? m_head(h) : h;
}

} // namespace simclr
