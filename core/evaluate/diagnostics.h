// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/augment/view_renderer.h"
#include "core/data/dataset.h"
#include "core/events/observer.h"
#include "core/model/projection_head.h"
#include "core/model/resnet.h"
#include "core/train/device_choice.h"

#include <optional>
#include <span>

namespace simclr {

/// Quality of the representations of pairs of views, independent of labels.
struct RepresentationQuality {
    double alignment = 0; ///< E‖z − z⁺‖² of normalised pairs, in [0, 4]; small is good (Wang & Isola 2020)
    double uniformity = 0; ///< ln E exp(−2‖z − z′‖²) over all others, in [−8, 0]; small is good (ibid.)
    /// mean standard deviation of a dimension of normalised z, times √d: about 1 for a uniform sphere, 0 if
    /// all views are mapped to one point
    double spread = 0;
    double rankH = 0; ///< effective rank of h: exp of the entropy of its normalised singular values (RankMe,
    double rankZ = 0; ///< Garrido et al. 2023), and of z; at most the smaller of views and dimensions
    double top1 = 0;  ///< how often the positive is the most similar of all other views, in [0, 1]
};

/// Of `h` (2n, d) and `z` (2n, dz): row i and row i ± n are views of one image. If a value is not finite, all
/// but top-1 are NaN.
RepresentationQuality representationQuality(const torch::Tensor &h, const torch::Tensor &z);

/// exp(−Σ p ln p) with p the singular values of `features` (n, d) divided by their sum.
double effectiveRank(const torch::Tensor &features);

/// The same of a Gram matrix XᵀX or XXᵀ (fp64), whose eigenvalues are the squares of the singular values of
/// X.
double effectiveRankOfGram(const torch::Tensor &gram);

/// A sentence on how representations collapse and what helps; empty if they do not. `views` and the
/// dimensions of h and z bound the ranks.
std::string collapseWarning(const RepresentationQuality &quality, std::int64_t dimensionsZ);

/// Filters per-epoch warnings to those worth reporting. In the first steps of many runs projections are close
/// together for a while; a warning counts as a collapse if it occurs in two epochs, or in the last one.
class CollapseDetector {
  public:
    /// Takes the warning of the next epoch, empty if there is none; `isFinal` if no epoch follows. Returns
    /// the sentence to report, or an empty one.
    std::string next(const std::string &warning, bool isFinal = false);

  private:
    int m_epochs = 0; ///< consecutive, with a warning
    bool m_isTold = false;
};

/// Measures the same views after every epoch, so that values are comparable between epochs and runs. Renders
/// them once; the networks are in eval mode while it measures. Lives in the thread that trains.
class Diagnostics {
  public:
    /// Two views of each of `samples`, or of a part if there are many. Broken images are left out.
    Diagnostics(const Dataset &dataset, std::span<const std::uint32_t> samples, const ViewRenderer &renderer,
                std::uint64_t seed, ComputeDevice device);

    /// Leaves both networks in eval mode. Nothing if fewer than two images could be read.
    std::optional<RepresentationQuality> measure(ResNet &encoder, ProjectionHead &head) const;

  private:
    torch::Tensor m_views; ///< (2n, 3, side, side) bytes, all first views first
    ComputeDevice m_device;
};

} // namespace simclr
