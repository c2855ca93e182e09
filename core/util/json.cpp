// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/util/json.h"

#include "core/util/error.h"
#include "core/util/json_builder.h"

#include <cmath>

namespace simclr {

namespace {
constexpr std::uintmax_t maxJsonFileBytes = 16u << 20;
}

Json parseJson(std::string_view text, const std::string &origin) {
    JsonBuilder builder(origin);
    Json::sax_parse(text, &builder);
    return builder.take();
}

Json readJsonFile(const std::filesystem::path &path, FileKinds kinds) {
    return parseJson(readFile(path, maxJsonFileBytes, kinds), displayName(path));
}

std::string jsonReason(const Json::exception &error) {
    constexpr std::size_t longest = 200;     // the library quotes the last token, however long it is
    const std::string reason = error.what(); // "[json.exception.parse_error.101] parse error at …"
    const std::size_t mark = reason.find("] ");
    const std::string text = reason.substr(mark == std::string::npos ? 0 : mark + 2);
    return toValidUtf8(text.substr(0, longest)) + (text.size() > longest ? " …" : "");
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
