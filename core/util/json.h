// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/error.h"
#include "core/util/files.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

namespace simclr {

/// JSON whose objects keep the order in which their members were written.
using Json = nlohmann::ordered_json;

/// Parses untrusted `text`: the only place where JSON is read (JsonBuilder has the limits). Throws
/// InvalidInput if it is not JSON; the message names `origin` (such as a file name).
Json parseJson(std::string_view text, const std::string &origin);

/// Reads and parses a file of at most 16 MiB. Throws IoError or InvalidInput, naming the file.
Json readJsonFile(const std::filesystem::path &path, FileKinds kinds = FileKinds::Regular);

/// The error of the library, without its prefix and with bounded length.
std::string jsonReason(const Json::exception &error);

/// Runs `read`, which accesses members of JSON. If a member is missing or of an unexpected kind, throws
/// InvalidInput saying that `origin` is damaged, and why.
template <typename Read>
decltype(auto) takingApart(const std::string &origin, Read &&read) {
    try {
        return std::forward<Read>(read)();
    } catch (const Json::exception &error) {
        throw InvalidInput(origin + " is damaged: " + jsonReason(error));
    }
}

/// JSON text with two-space indentation; bytes that are not UTF-8 are replaced rather than refused.
std::string toText(const Json &json);

/// The same on one line.
std::string toLine(const Json &json);

/// A whole number as one: 2 instead of 2.0.
Json wholeOrNot(double number);

} // namespace simclr
