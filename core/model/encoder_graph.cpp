// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/encoder_graph.h"

#include "core/util/error.h"

#include <variant>

namespace simclr {

namespace {

namespace nn = torch::nn;
using Kind = GraphStep::Kind;

/// LibTorch 1.13 uses its own variant type here, 2.x the standard library's.
template <typename Variant>
const torch::ExpandingArray<2> *paddingNumbers(const Variant &padding) {
    using std::get_if;
    return get_if<torch::ExpandingArray<2>>(&padding);
}

/// Follows the modules of a ResNet by their names, as its forward functions do.
class GraphBuilder {
  public:
    std::vector<GraphStep> build(const ResNetImpl &encoder) {
        int x = relu(normalised(encoder, "bn1", convolved(encoder, "conv1", 0, "")));
        if (!encoder.hasSmallStem())
            x = add({.kind = Kind::MaxPool, .inputs = {x}, .kernel = 3, .stride = 2, .padding = 1});
        for (const auto &stage : encoder.named_children())
            if (const auto *blocks = stage.value()->as<nn::SequentialImpl>())
                for (const auto &block : blocks->named_children())
                    x = throughBlock(*block.value(), x, stage.key() + "." + block.key() + ".");
        add({.kind = Kind::Mean, .inputs = {x}});
        return std::move(m_steps);
    }

  private:
    /// The step's value.
    int add(GraphStep step) {
        m_steps.push_back(std::move(step));
        return static_cast<int>(m_steps.size());
    }

    int relu(int x) { return add({.kind = Kind::Relu, .inputs = {x}}); }

    int convolved(const nn::Module &parent, const std::string &name, int x, const std::string &path) {
        const auto children = parent.named_children();
        const auto &options = children[name]->as<nn::Conv2dImpl>()->options;
        m_inputChannels = options.in_channels();
        m_outputChannels = options.out_channels();
        const auto *padding = paddingNumbers(options.padding());
        if (padding == nullptr)
            throw Error("a convolution has a padding that cannot be exported");
        return add({.kind = Kind::Convolution,
                    .inputs = {x},
                    .module = path + name,
                    .kernel = options.kernel_size()->front(),
                    .stride = options.stride()->front(),
                    .padding = (*padding)->front()});
    }

    int normalised(const nn::Module &parent, const std::string &name, int x, const std::string &path = {}) {
        const auto children = parent.named_children();
        const auto &options = children[name]->as<nn::BatchNorm2dImpl>()->options;
        return add({.kind = Kind::BatchNorm,
                    .inputs = {x},
                    .module = path + name,
                    .epsilon = options.eps(),
                    .momentum = options.momentum().value()});
    }

    /// conv1, bn1, conv2, bn2 and in bottlenecks conv3, bn3, with the shortcut added before the last ReLU.
    int throughBlock(const nn::Module &block, int x, const std::string &path) {
        const auto children = block.named_children();
        const int last = children.contains("conv3") ? 3 : 2;
        int y = x;
        std::int64_t channels = 0;
        for (int i = 1; i <= last; ++i) {
            const std::string number = std::to_string(i);
            y = convolved(block, "conv" + number, i == 1 ? x : relu(y), path);
            channels = i == 1 ? m_inputChannels : channels;
            y = normalised(block, "bn" + number, y, path);
        }
        const std::int64_t added = m_outputChannels - channels;
        const int passedOn = children.contains("downsample")
                                 ? downsampled(*children["downsample"], x, path + "downsample.")
                                 : padded(x, added);
        return relu(add({.kind = Kind::Add, .inputs = {y, passedOn}}));
    }

    int downsampled(const nn::Module &shortcut, int x, const std::string &path) {
        return normalised(shortcut, "1", convolved(shortcut, "0", x, path), path);
    }

    int padded(int x, std::int64_t addedChannels) {
        const std::int64_t before = addedChannels / 2;
        return addedChannels == 0 ? x
                                  : add({.kind = Kind::PaddedShortcut,
                                         .inputs = {x},
                                         .before = before,
                                         .after = addedChannels - before});
    }

    std::vector<GraphStep> m_steps;
    std::int64_t m_inputChannels = 0;  ///< of the last convolution
    std::int64_t m_outputChannels = 0; ///< of the last convolution
};

} // namespace

std::vector<GraphStep> graphOf(const ResNetImpl &encoder) {
    return GraphBuilder().build(encoder);
}

} // namespace simclr
