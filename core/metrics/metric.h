// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string_view>

namespace simclr {

/// How the values of a metric are formatted.
enum class MetricKind {
    Share,  ///< in [0, 1]; shown in percent
    Nats,   ///< a cross-entropy
    Rate,   ///< a count per second; shown as a whole number
    Memory, ///< MiB
    Number, ///< anything else
};

enum class Better { Lower, Higher, Neither };

/// When a metric is measured.
enum class Measured { EveryStep, EveryEpoch };

/// The plots of an active run. Metrics of one plot share its left axis unless specified otherwise.
enum class MetricPlot { Loss, Views, Representation, Rank, Speed, Norms, Machine };

enum class CurveLook { Solid, Dashed, Muted };

/// The description of a metric: trainer, recorder, plots, lists and exports read it from allMetrics.
struct Metric {
    std::string_view id;         ///< stable: used in databases, CSV files and on the command line
    std::string_view title;      ///< "Contrastive top-1"
    std::string_view shortTitle; ///< in the legend of its plot: "top-1"
    std::string_view help;       ///< one sentence
    MetricKind kind = MetricKind::Number;
    Better better = Better::Neither;
    Measured measured = Measured::EveryStep;
    MetricPlot plot = MetricPlot::Loss;
    CurveLook look = CurveLook::Solid;
    bool isOnRightAxis = false;
    bool startsAtZero = true; ///< whether an axis with only this metric includes 0
    bool isOfGpu = false;     ///< measured only on a GPU whose driver reports it
};

/// Every metric, in the order in which they are offered. To add one, add it here and set its value where it
/// is measured: StepFinished::values or Diagnosed::values. A new plot also needs its
/// place in TrainingPlots; the metrics of an axis have one kind.
inline constexpr std::array allMetrics{
    Metric{.id = "loss",
           .title = "Loss",
           .shortTitle = "loss",
           .help = "Contrastive loss of a step, mean over the 2N views; NT-Xent in nats.",
           .kind = MetricKind::Nats,
           .better = Better::Lower,
           .plot = MetricPlot::Loss,
           .startsAtZero = false},
    Metric{.id = "contrastive_top1",
           .title = "Contrastive top-1",
           .shortTitle = "top-1",
           .help = "How often the positive is the nearest of the 2N − 1 candidates.",
           .kind = MetricKind::Share,
           .better = Better::Higher,
           .plot = MetricPlot::Views},
    Metric{.id = "contrastive_top5",
           .title = "Contrastive top-5",
           .shortTitle = "top-5",
           .help = "How often the positive is among the nearest five candidates.",
           .kind = MetricKind::Share,
           .better = Better::Higher,
           .plot = MetricPlot::Views,
           .look = CurveLook::Dashed},
    Metric{.id = "online_top1",
           .title = "Online probe",
           .shortTitle = "online probe",
           .help =
               "Training accuracy of the linear classifier that is trained alongside the encoder (App. B.6).",
           .kind = MetricKind::Share,
           .better = Better::Higher,
           .plot = MetricPlot::Views,
           .look = CurveLook::Muted},
    Metric{.id = "alignment",
           .title = "Alignment",
           .shortTitle = "alignment",
           .help = "Mean squared distance of the two views of an image on the sphere (Wang and Isola 2020).",
           .better = Better::Lower,
           .measured = Measured::EveryEpoch,
           .plot = MetricPlot::Representation},
    Metric{.id = "uniformity",
           .title = "Uniformity",
           .shortTitle = "uniformity",
           .help = "Logarithm of the mean Gaussian potential of pairs of images (Wang and Isola 2020).",
           .better = Better::Lower,
           .measured = Measured::EveryEpoch,
           .plot = MetricPlot::Representation,
           .look = CurveLook::Dashed},
    Metric{.id = "spread",
           .title = "Spread",
           .shortTitle = "spread",
           .help = "Standard deviation of the normalised projections times √d: 1 is healthy, 0 collapsed.",
           .better = Better::Higher,
           .measured = Measured::EveryEpoch,
           .plot = MetricPlot::Representation,
           .look = CurveLook::Muted},
    Metric{.id = "effective_rank_h",
           .title = "Effective rank of h",
           .shortTitle = "h",
           .help = "Effective number of dimensions of the encoder's output (Roy and Vetterli 2007).",
           .better = Better::Higher,
           .measured = Measured::EveryEpoch,
           .plot = MetricPlot::Rank},
    Metric{.id = "effective_rank_z",
           .title = "Effective rank of z",
           .shortTitle = "z",
           .help = "Effective number of dimensions of the projections (Roy and Vetterli 2007).",
           .better = Better::Higher,
           .measured = Measured::EveryEpoch,
           .plot = MetricPlot::Rank,
           .look = CurveLook::Dashed},
    Metric{.id = "gradient_norm",
           .title = "Gradient norm",
           .shortTitle = "gradients",
           .help = "ℓ2 norm of the gradients of all parameters, before clipping.",
           .plot = MetricPlot::Norms},
    Metric{.id = "weight_norm",
           .title = "Weight norm",
           .shortTitle = "weights",
           .help = "ℓ2 norm of all parameters of encoder and projection head, before the step.",
           .plot = MetricPlot::Norms,
           .look = CurveLook::Dashed,
           .isOnRightAxis = true},
    Metric{.id = "images_per_second",
           .title = "Images/s",
           .shortTitle = "images/s",
           .help = "Training throughput of a step in images/s (images, not views).",
           .kind = MetricKind::Rate,
           .better = Better::Higher,
           .plot = MetricPlot::Speed},
    Metric{.id = "learning_rate",
           .title = "Learning rate",
           .shortTitle = "learning rate",
           .help = "Learning rate of a step, after warm-up and schedule.",
           .plot = MetricPlot::Speed,
           .look = CurveLook::Dashed,
           .isOnRightAxis = true},
    Metric{.id = "data_wait",
           .title = "Waiting for data",
           .shortTitle = "waiting for data",
           .help = "Fraction of a step's time in which training waited for views.",
           .kind = MetricKind::Share,
           .better = Better::Lower,
           .plot = MetricPlot::Machine},
    Metric{.id = "cpu",
           .title = "CPU use",
           .shortTitle = "CPU",
           .help = "Fraction of this machine's cores that the process uses, measured once per second.",
           .kind = MetricKind::Share,
           .plot = MetricPlot::Machine,
           .look = CurveLook::Muted},
    Metric{.id = "gpu",
           .title = "GPU use",
           .shortTitle = "GPU",
           .help = "Fraction of the time in which the GPU computes, also for other programs (NVML).",
           .kind = MetricKind::Share,
           .plot = MetricPlot::Machine,
           .look = CurveLook::Dashed,
           .isOfGpu = true},
    Metric{.id = "memory",
           .title = "Memory in use",
           .shortTitle = "memory",
           .help = "Memory in use in MiB: of this process on the CPU, of the whole device on a GPU.",
           .kind = MetricKind::Memory,
           .better = Better::Lower,
           .plot = MetricPlot::Machine,
           .look = CurveLook::Dashed,
           .isOnRightAxis = true},
};

/// One of allMetrics, made from the id of a metric at compile time: an unknown id does not compile.
class MetricId {
  public:
    // Implicit on purpose: values["loss"].
    consteval MetricId(const char *id) : m_index(indexOf(id)) {
        if (m_index == allMetrics.size())
            throw "there is no such metric"; // stops the compiler
    }

    /// For ids known only at run time; nothing for an unknown one.
    static constexpr std::optional<MetricId> find(std::string_view id) {
        const std::size_t index = indexOf(id);
        return index < allMetrics.size() ? std::optional(MetricId(index)) : std::nullopt;
    }
    /// `index` is a place in allMetrics.
    static constexpr MetricId at(std::size_t index) { return MetricId(index); }

    constexpr std::size_t index() const { return m_index; }
    constexpr const Metric &operator*() const { return allMetrics[m_index]; }
    constexpr const Metric *operator->() const { return &allMetrics[m_index]; }
    bool operator==(const MetricId &) const = default;

  private:
    constexpr explicit MetricId(std::size_t index) : m_index(index) {}
    static constexpr std::size_t indexOf(std::string_view id) {
        std::size_t index = 0;
        while (index < allMetrics.size() && allMetrics[index].id != id)
            ++index;
        return index;
    }

    std::size_t m_index;
};

/// The values of some of the metrics at one moment.
class MetricValues {
  public:
    MetricValues() { m_values.fill(std::numeric_limits<double>::quiet_NaN()); }

    bool has(MetricId metric) const { return m_known.test(metric.index()); }
    /// NaN if it was not measured.
    double operator[](MetricId metric) const { return m_values[metric.index()]; }
    void set(MetricId metric, double value) {
        m_values[metric.index()] = value;
        m_known.set(metric.index());
    }

    /// Calls `visit(metric, value)` for those that were measured, in the order of allMetrics.
    template <typename Visit>
    void forEach(Visit visit) const {
        for (std::size_t i = 0; i < allMetrics.size(); ++i)
            if (m_known.test(i))
                visit(MetricId::at(i), m_values[i]);
    }

  private:
    std::array<double, allMetrics.size()> m_values{};
    std::bitset<allMetrics.size()> m_known;
};

} // namespace simclr
