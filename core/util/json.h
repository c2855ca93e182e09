// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/files.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace simclr {

/// JSON whose objects keep the order in which their members were written.
using Json = nlohmann::ordered_json;

/// Parses `text`; `origin` (a file name, say) stands in the message of the InvalidInput thrown when it is not
/// JSON.
Json parseJson(std::string_view text, const std::string &origin);

/// Reads and parses a file of at most 16 MiB. Throws IoError or InvalidInput, naming the file.
Json readJsonFile(const std::filesystem::path &path, FileKinds kinds = FileKinds::Regular);

/// JSON text with two-space indentation; bytes that are not UTF-8 are replaced rather than refused.
std::string toText(const Json &json);

/// The same on one line.
std::string toLine(const Json &json);

/// A whole number as one: 2 instead of 2.0.
Json wholeOrNot(double number);

} // namespace simclr
