// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/train/cached_gradients.h"

namespace simclr {

namespace {

/// The running statistics of all batch norms below `modules` are frozen while it exists.
class StillStatistics {
  public:
    explicit StillStatistics(const std::vector<torch::nn::Module *> &modules) {
        for (torch::nn::Module *module : modules)
            for (const auto &child : module->modules())
                if (!hold<torch::nn::BatchNorm2dImpl>(*child))
                    hold<torch::nn::BatchNorm1dImpl>(*child);
    }
    ~StillStatistics() {
        for (const auto &release : m_releases)
            release();
    }
    StillStatistics(const StillStatistics &) = delete;
    StillStatistics &operator=(const StillStatistics &) = delete;

  private:
    /// A momentum of 0 keeps running means and variances exactly; the batch count is restored.
    template <typename BatchNorm>
    bool hold(torch::nn::Module &module) {
        auto *norm = dynamic_cast<BatchNorm *>(&module);
        if (norm == nullptr)
            return false;
        const auto momentum = norm->options.momentum();
        const torch::Tensor batches = norm->num_batches_tracked.clone();
        norm->options.momentum(0.0);
        m_releases.push_back([norm, momentum, batches] {
            norm->options.momentum(momentum);
            norm->num_batches_tracked.copy_(batches);
        });
        return true;
    }

    std::vector<std::function<void()>> m_releases;
};

/// Rows `first` to `first + count` of both halves of `all`, one below the other.
torch::Tensor pairsOf(const torch::Tensor &all, std::int64_t first, std::int64_t count) {
    const std::int64_t half = all.size(0) / 2;
    return torch::cat({all.narrow(0, first, count), all.narrow(0, half + first, count)});
}

/// Reorders values per chunk of pairs into the order of the batch.
class PairCollector {
  public:
    void add(const torch::Tensor &chunk) {
        const auto halves = chunk.chunk(2);
        m_first.push_back(halves[0]);
        m_second.push_back(halves[1]);
    }
    torch::Tensor all() const { return torch::cat({torch::cat(m_first), torch::cat(m_second)}); }

  private:
    std::vector<torch::Tensor> m_first;
    std::vector<torch::Tensor> m_second;
};

BatchResult resultOf(const ContrastiveLoss &contrast, const torch::Tensor &h) {
    BatchResult result{contrast, h.detach()};
    result.contrast.loss = contrast.loss.detach();
    return result;
}

Projected projectWithoutGraph(const torch::Tensor &views, std::int64_t chunk, const Project &project) {
    const torch::NoGradGuard noGrad;
    PairCollector h;
    PairCollector z;
    for (std::int64_t first = 0; first < views.size(0) / 2; first += chunk) {
        const Projected part = project(pairsOf(views, first, chunk));
        h.add(part.h);
        z.add(part.z);
    }
    return {h.all(), z.all()};
}

} // namespace

BatchResult backwardWhole(const torch::Tensor &views, const Project &project, const LossOf &lossOf) {
    const Projected projected = project(views);
    const ContrastiveLoss contrast = lossOf(projected.z);
    contrast.loss.backward();
    return resultOf(contrast, projected.h);
}

BatchResult backwardInChunks(const torch::Tensor &views, std::int64_t chunk,
                             const std::vector<torch::nn::Module *> &modules, const Project &project,
                             const LossOf &lossOf) {
    Projected projected = projectWithoutGraph(views, chunk, project);
    projected.z.requires_grad_();
    const ContrastiveLoss contrast = lossOf(projected.z);
    contrast.loss.backward();
    const StillStatistics still(modules);
    for (std::int64_t first = 0; first < views.size(0) / 2; first += chunk)
        project(pairsOf(views, first, chunk)).z.backward(pairsOf(projected.z.grad(), first, chunk));
    return resultOf(contrast, projected.h);
}

} // namespace simclr
