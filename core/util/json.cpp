// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/json.h"

#include "core/util/error.h"
#include "core/util/files.h"

#include <cmath>

namespace simclr {

namespace {
constexpr std::uintmax_t maxJsonFileBytes = 16u << 20;
}

Json parseJson(std::string_view text, const std::string &origin) {
    try {
        return Json::parse(text);
    } catch (const Json::exception &error) {
        const std::string reason = error.what(); // "[json.exception.parse_error.101] parse error at …"
        throw InvalidInput(origin + " is not valid JSON: " +
                           reason.substr(reason.find("] ") == std::string::npos ? 0 : reason.find("] ") + 2));
    }
}

Json readJsonFile(const std::filesystem::path &path, FileKinds kinds) {
    return parseJson(readFile(path, maxJsonFileBytes, kinds), displayName(path));
}

std::string toText(const Json &json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::string toLine(const Json &json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json wholeOrNot(double number) {
    constexpr double largestExact = 9007199254740992;
    const bool isWhole = number == std::floor(number) && std::abs(number) < largestExact;
    return isWhole ? Json(static_cast<std::int64_t>(number)) : Json(number);
}

} // namespace simclr
