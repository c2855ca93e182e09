// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/python_usage.h"

#include "core/model/export_messages.h"
#include "core/util/json.h"
#include "core/util/number_text.h"

namespace simclr {

namespace {

/// A JSON string is also a Python string literal.
std::string quoted(const std::string &text) {
    return toLine(Json(text));
}

std::string picturesComment(std::int64_t imageSize) {
    const std::string side = std::to_string(imageSize);
    return "  # pictures: float32 (n, 3, " + side + ", " + side + "), RGB in [0, 1], not normalised\n";
}

std::string loadStateDict(const std::string &format, const std::string &fileName) {
    return format == "safetensors" ? "safetensors.torch.load_file(" + quoted(fileName) + ")"
                                   : "torch.load(" + quoted(fileName) + ")";
}

std::string imports(const std::string &format, bool withTorchvision) {
    return std::string(format == "safetensors" ? "import safetensors.torch\n" : "") + "import torch\n" +
           (withTorchvision ? "import torchvision\n" : "") + "\n";
}

std::string buildTorchvision(const EncoderOptions &options) {
    std::string lines = "encoder = torchvision.models." + options.architecture + "()\n";
    if (options.smallStem)
        lines += "encoder.conv1 = torch.nn.Conv2d(3, 64, 3, padding=1, bias=False)  # stem for small images\n"
                 "encoder.maxpool = torch.nn.Identity()\n";
    return lines + "encoder.fc = torch.nn.Identity()  # features instead of classes\n";
}

std::string stateDictLines(const std::string &format, const EncoderOptions &options, std::int64_t imageSize,
                           const std::string &fileName) {
    const std::string loaded = loadStateDict(format, fileName);
    if (!fitsTorchvision(options))
        return imports(format, false) + "weights = " + loaded +
               "  # name → tensor, for your own class: " + options.architecture + ", width " +
               numberText(options.width) + "\n";
    return imports(format, true) + buildTorchvision(options) + "encoder.load_state_dict(" + loaded + ")\n" +
           "encoder.eval()\nwith torch.no_grad():\n    features = encoder(pictures)" +
           picturesComment(imageSize);
}

std::string onnxLines(std::int64_t imageSize, const std::string &fileName) {
    return "import onnxruntime\n\nsession = onnxruntime.InferenceSession(" + quoted(fileName) + ")\n" +
           "features = session.run(None, {\"pictures\": pictures})[0]" + picturesComment(imageSize);
}

std::string torchScriptLines(std::int64_t imageSize, const std::string &fileName) {
    return "import torch\n\nencoder = torch.jit.load(" + quoted(fileName) + ")\n" +
           "with torch.no_grad():\n    features = encoder(pictures)" + picturesComment(imageSize);
}

bool carriesTheNetwork(const std::string &format) {
    return format == "torchscript" || format == "onnx";
}

} // namespace

bool fitsTorchvision(const EncoderOptions &options) {
    constexpr std::int64_t torchvisionBase = 64;
    return options.width == 1 && baseChannelsOf(options.architecture) == torchvisionBase;
}

PythonUsage pythonUsage(const std::string &format, const EncoderOptions &options, std::int64_t imageSize,
                        const std::string &fileName) {
    PythonUsage usage;
    if (format == "onnx")
        usage.lines = onnxLines(imageSize, fileName);
    else if (format == "torchscript")
        usage.lines = torchScriptLines(imageSize, fileName);
    else
        usage.lines = stateDictLines(format, options, imageSize, fileName);
    usage.notes.push_back(exportMessage("input", imageSize));
    if (!carriesTheNetwork(format) && !fitsTorchvision(options))
        usage.notes.push_back(exportMessage("not_in_torchvision", options.architecture, options.width));
    return usage;
}

} // namespace simclr
