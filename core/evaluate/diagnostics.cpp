// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/evaluate/diagnostics.h"

#include "core/model/linear_classifier.h"
#include "core/util/error.h"
#include "core/util/parallel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace simclr {

namespace {

constexpr std::size_t mostImages = 256;
constexpr std::int64_t viewsAtOnce = 256;
/// Views that no epoch of training uses.
constexpr std::uint32_t epochOfDiagnostics = 0xffffffff;

/// Every n-th, so that all classes are represented if samples are ordered by class.
std::vector<std::uint32_t> someOf(std::span<const std::uint32_t> samples) {
    const std::size_t count = std::min(samples.size(), mostImages);
    std::vector<std::uint32_t> some;
    for (std::size_t i = 0; i < count; ++i)
        some.push_back(samples[i * samples.size() / count]);
    return some;
}

/// Both views of an image; empty if it is broken.
using Pair = std::array<Image, 2>;

Pair drawPair(const Dataset &dataset, std::uint32_t sample, const ViewRenderer &renderer,
              std::uint64_t seed) {
    try {
        const Image source = dataset.image(sample);
        Pair pair;
        for (const std::uint16_t which : {std::uint16_t{0}, std::uint16_t{1}})
            renderer.render(source, {seed, epochOfDiagnostics, sample, which}, pair[which]);
        return pair;
    } catch (const Error &) {
        return {}; // was reported when it was used in training
    }
}

torch::Tensor tensorOf(const std::vector<Pair> &pairs, int side) {
    const std::size_t bytes = static_cast<std::size_t>(side) * static_cast<std::size_t>(side) * 3;
    const auto images = static_cast<std::int64_t>(pairs.size());
    torch::Tensor all = torch::empty({2 * images, side, side, 3}, torch::kUInt8);
    auto *to = all.data_ptr<std::uint8_t>();
    for (const std::size_t which : {0u, 1u})
        for (const Pair &pair : pairs) {
            std::memcpy(to, pair[which].data(), bytes);
            to += bytes;
        }
    return all.permute({0, 3, 1, 2});
}

} // namespace

double effectiveRank(const torch::Tensor &features) {
    const torch::NoGradGuard noGrad;
    const torch::Tensor x = features.to(torch::kFloat64).cpu();
    // Eigenvalues of the smaller Gram matrix are the squares of the singular values.
    return effectiveRankOfGram(x.size(0) < x.size(1) ? torch::mm(x, x.t()) : torch::mm(x.t(), x));
}

double effectiveRankOfGram(const torch::Tensor &gram) {
    const torch::NoGradGuard noGrad;
    const torch::Tensor values = at::linalg_eigvalsh(gram).clamp_min(0).sqrt();
    const torch::Tensor share = values / values.sum().clamp_min(1e-300);
    return torch::special::xlogy(share, share).sum().neg().exp().item<double>();
}

RepresentationQuality representationQuality(const torch::Tensor &h, const torch::Tensor &z) {
    const torch::NoGradGuard noGrad;
    if (!torch::isfinite(z).all().item<bool>() || !torch::isfinite(h).all().item<bool>()) {
        constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
        return {unknown, unknown, unknown, unknown, unknown, 0};
    }
    const std::int64_t views = z.size(0);
    const torch::Tensor unit = unitRows(z.to(torch::kFloat64).cpu());
    const torch::Tensor similarity = torch::mm(unit, unit.t());
    const torch::Tensor partner = (torch::arange(views) + views / 2).remainder(views);
    const torch::Tensor positive = similarity.gather(1, partner.unsqueeze(1));
    const torch::Tensor others = similarity.masked_fill(torch::eye(views, torch::kBool), -1e300);
    RepresentationQuality quality;
    quality.alignment = (2 - 2 * positive).mean().item<double>(); // ‖a − b‖² of unit vectors
    const torch::Tensor closeness = (-2 * (2 - 2 * similarity)).exp();
    const auto count = static_cast<double>(views * (views - 1));
    quality.uniformity = std::log((closeness.sum() - closeness.diagonal().sum()).item<double>() / count);
    quality.spread =
        unit.std(0, /*unbiased=*/false).mean().item<double>() * std::sqrt(static_cast<double>(z.size(1)));
    quality.rankH = effectiveRank(h);
    quality.rankZ = effectiveRank(z);
    quality.top1 = others.ge(positive).sum(1).le(1).to(torch::kFloat64).mean().item<double>();
    return quality;
}

std::string collapseWarning(const RepresentationQuality &quality, std::int64_t dimensionsZ) {
    constexpr double leastSpread = 0.1;
    constexpr double leastRank = 2;
    const std::string advice =
        " A lower learning rate, a longer warm-up, larger batches or batch norm in the head may help.";
    if (!std::isfinite(quality.spread))
        return "The projections are not finite." + advice;
    if (quality.spread < leastSpread)
        return "The projections collapse: all views are mapped to nearly one point (the spread is " +
               std::to_string(std::lround(100 * quality.spread)) + " % of that of a uniform sphere)." +
               advice;
    if (dimensionsZ > leastRank && quality.rankZ < leastRank)
        return "The projections collapse onto a line: of " + std::to_string(dimensionsZ) +
               " dimensions little more than one is used (effective rank below 2)." + advice;
    return {};
}

std::string CollapseDetector::next(const std::string &warning, bool isFinal) {
    constexpr int epochsToTell = 2;
    if (warning.empty()) {
        m_epochs = 0;
        return std::exchange(m_isTold, false)
                   ? "The projections have recovered: they spread over the sphere again."
                   : "";
    }
    ++m_epochs;
    if (m_isTold || (m_epochs < epochsToTell && !isFinal))
        return {};
    m_isTold = true;
    return warning;
}

Diagnostics::Diagnostics(const Dataset &dataset, std::span<const std::uint32_t> samples,
                         const ViewRenderer &renderer, std::uint64_t seed, ComputeDevice device)
    : m_device(device) {
    const std::vector<std::uint32_t> chosen = someOf(samples);
    std::vector<Pair> pairs(chosen.size());
    parallelFor(chosen.size(), device.threads,
                [&](std::size_t i) { pairs[i] = drawPair(dataset, chosen[i], renderer, seed); });
    std::erase_if(pairs, [](const Pair &pair) { return pair[0].isEmpty(); });
    m_views = tensorOf(pairs, renderer.viewSize());
}

std::optional<RepresentationQuality> Diagnostics::measure(ResNet &encoder, ProjectionHead &head) const {
    if (m_views.size(0) < 4)
        return std::nullopt;
    const torch::NoGradGuard noGrad;
    encoder->eval();
    head->eval();
    std::vector<torch::Tensor> h;
    std::vector<torch::Tensor> z;
    for (const torch::Tensor &part : m_views.split(viewsAtOnce)) {
        const AutocastScope autocast(m_device.device.type(), m_device.bf16);
        h.push_back(encoder(part.to(m_device.device).to(torch::kFloat32).div_(255)));
        z.push_back(head(h.back()).to(torch::kFloat32));
    }
    return representationQuality(torch::cat(h), torch::cat(z));
}

} // namespace simclr
