// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/run_export.h"

#include "core/model/imported_encoder.h"
#include "core/model/onnx.h"
#include "core/model/python_usage.h"
#include "core/model/torch_file.h"
#include "core/model/torchscript.h"
#include "core/run/run_encoder.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/version.h"

#include <algorithm>
#include <array>

namespace simclr {

namespace {

void requireKnown(const std::string &format) {
    if (std::ranges::find(exportFormats(), format, &ExportFormat::id) != exportFormats().end())
        return;
    std::string known;
    for (const ExportFormat &each : exportFormats())
        known += (known.empty() ? "" : ", ") + each.id;
    throw InvalidInput("unknown export format \"" + format + "\"; use one of " + known);
}

/// Stored inside the file if its format supports metadata.
Json metadataOf(const RunRecord &run, const ExportedEncoder &exported, const EncoderOptions &options) {
    return {{"format", "simclr-encoder"},
            {"program_version", programVersion},
            {"run", run.name},
            {"dataset", run.dataset.title},
            {"epoch", wholeOrNot(exported.epochs)},
            {"encoder", options.architecture},
            {"width", options.width},
            {"stem", options.smallStem ? "small" : "imagenet"},
            {"feature_size", exported.featureSize},
            {"image_size", exported.imageSize},
            {"pictures", "RGB in [0, 1], not normalised"}};
}

void write(const std::string &format, const ResNet &encoder, const Json &metadata,
           const std::filesystem::path &file) {
    if (format == "torchvision")
        writeTorchFile(file, stateOf(*encoder));
    else if (format == "safetensors")
        writeTensors(file, stateOf(*encoder), metadata);
    else if (format == "torchscript")
        writeTorchScript(file, *encoder, metadata);
    else
        writeOnnx(file, *encoder, metadata);
}

} // namespace

std::span<const ExportFormat> exportFormats() {
    static const std::array<ExportFormat, 4> formats{{
        {"torchvision", "a state dict of torch.save() with torchvision's names", ".pt"},
        {"safetensors", "the same names in a safetensors file", ".safetensors"},
        {"torchscript", "a program with its weights for torch.jit.load()", ".torchscript"},
        {"onnx", "an ONNX model, opset 13", ".onnx"},
    }};
    return formats;
}

ExportedEncoder exportEncoder(const RunRecord &run, const std::string &format,
                              const std::filesystem::path &file) {
    requireKnown(format);
    const RunEncoder loaded = loadRunEncoder(run, "cpu");
    ExportedEncoder exported;
    exported.format = format;
    exported.encoder = describe(loaded.architecture);
    exported.epochs = loaded.epochs;
    exported.featureSize = loaded.encoder->featureSize();
    exported.parameters = parameterCount(*loaded.encoder);
    exported.imageSize = loaded.options.imageSize;
    write(format, loaded.encoder, metadataOf(run, exported, loaded.architecture), file);
    PythonUsage usage =
        pythonUsage(format, loaded.architecture, exported.imageSize, displayName(file.filename()));
    exported.python = std::move(usage.lines);
    exported.notes = std::move(usage.notes);
    exported.problems = loaded.problems;
    return exported;
}

} // namespace simclr
