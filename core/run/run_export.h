// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"
#include "core/util/message.h"

#include <filesystem>
#include <span>

namespace simclr {

/// A file format for an exported encoder.
struct ExportFormat {
    std::string id;        ///< "torchvision"
    std::string help;      ///< one sentence
    std::string extension; ///< ".pt"
};

std::span<const ExportFormat> exportFormats();

/// The result of exportEncoder().
struct ExportedEncoder {
    std::string format;
    std::string encoder; ///< "resnet18, width 1, stem for small images"
    double epochs = 0;   ///< done, including a fraction
    std::int64_t featureSize = 0;
    std::int64_t parameters = 0;
    std::int64_t imageSize = 0;
    std::string python;                ///< a program that loads it and computes features
    std::vector<Message> notes;        ///< remarks, one sentence each
    std::vector<std::string> problems; ///< sentences on newer checkpoints that are damaged or missing
};

/// Writes the encoder of the run's last checkpoint to `file`, atomically, in one of exportFormats(). Throws
/// InvalidInput for another format, a run without checkpoint or a checkpoint that does not fit, IoError.
ExportedEncoder exportEncoder(const RunRecord &run, const std::string &format,
                              const std::filesystem::path &file);

} // namespace simclr
