// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/torchscript.h"

#include "core/model/encoder_graph.h"
#include "core/options/parameter.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <sstream>
#include <torch/script.h>

namespace simclr {

namespace {

using Kind = GraphStep::Kind;

std::string value(int number) {
    return std::string("x") + std::to_string(number);
}

std::string pair(std::int64_t number) {
    const std::string text = std::to_string(number);
    return "[" + text + ", " + text + "]";
}

/// "layer1.0.bn1" → getattr(self.layer1, "0").bn1: TorchScript does not accept a number as a name.
std::string expression(const std::string &module) {
    std::string text = "self";
    std::istringstream parts(module);
    for (std::string part; std::getline(parts, part, '.');)
        text = std::isdigit(static_cast<unsigned char>(part.front())) != 0
                   ? "getattr(" + text + ", \"" + part + "\")"
                   : text + "." + part;
    return text;
}

std::string batchNorm(const GraphStep &step) {
    const std::string module = expression(step.module);
    std::string arguments;
    for (const char *name : {"weight", "bias", "running_mean", "running_var"})
        arguments += module + "." + name + ", ";
    return "torch.batch_norm(" + value(step.inputs[0]) + ", " + arguments + "self.training, " +
           numberText(step.momentum) + ", " + numberText(step.epsilon) + ", True)";
}

std::string paddedShortcut(const GraphStep &step) {
    return "torch.constant_pad_nd(" + value(step.inputs[0]) + "[:, :, ::2, ::2], [0, 0, 0, 0, " +
           std::to_string(step.before) + ", " + std::to_string(step.after) + "])";
}

/// The step in TorchScript's language.
std::string sourceOf(const GraphStep &step) {
    const std::string x = value(step.inputs[0]);
    switch (step.kind) {
    case Kind::Convolution:
        return "torch.conv2d(" + x + ", " + expression(step.module) + ".weight, None, " + pair(step.stride) +
               ", " + pair(step.padding) + ", [1, 1], 1)";
    case Kind::BatchNorm:
        return batchNorm(step);
    case Kind::Relu:
        return "torch.relu(" + x + ")";
    case Kind::MaxPool:
        return "torch.max_pool2d(" + x + ", " + pair(step.kernel) + ", " + pair(step.stride) + ", " +
               pair(step.padding) + ", [1, 1], False)";
    case Kind::Add:
        return "torch.add(" + x + ", " + value(step.inputs[1]) + ")";
    case Kind::PaddedShortcut:
        return paddedShortcut(step);
    case Kind::Mean:
        break;
    }
    return "torch.mean(" + x + ", [2, 3])";
}

std::string forwardSource(const ResNetImpl &encoder) {
    const std::vector<GraphStep> steps = graphOf(encoder);
    std::string source = "def forward(self, x0: Tensor) -> Tensor:\n";
    for (std::size_t i = 0; i < steps.size(); ++i)
        source += "    " + value(static_cast<int>(i) + 1) + " = " + sourceOf(steps[i]) + "\n";
    return source + "    return " + value(static_cast<int>(steps.size())) + "\n";
}

/// The modules with their weights and without their functions, which forward() does not need.
torch::jit::Module copyOf(const torch::nn::Module &module, const std::string &name) {
    torch::jit::Module copy("__torch__.simclr." + name);
    copy.register_attribute("training", c10::BoolType::get(), false);
    for (const auto &item : module.named_parameters(false)) {
        const torch::Tensor values = item.value().detach().to(torch::kCPU).contiguous().clone();
        copy.register_parameter(item.key(), values.set_requires_grad(true), false);
    }
    for (const auto &item : module.named_buffers(false))
        copy.register_buffer(item.key(), item.value().detach().to(torch::kCPU).clone());
    for (const auto &child : module.named_children())
        copy.register_module(child.key(), copyOf(*child.value(), name + "_" + child.key()));
    return copy;
}

} // namespace

void writeTorchScript(const std::filesystem::path &path, const ResNetImpl &encoder, const Json &metadata) {
    std::ostringstream program;
    try {
        torch::jit::Module module = copyOf(encoder, "encoder");
        module.define(forwardSource(encoder));
        module.save(program, {{"simclr.json", toText(metadata)}});
    } catch (const c10::Error &error) {
        throw ComputationError(std::string("the encoder cannot be exported to TorchScript: ") +
                               error.what_without_backtrace());
    }
    writeFileAtomically(path, program.str());
}

} // namespace simclr
