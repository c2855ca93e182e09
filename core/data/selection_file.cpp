// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/selection.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/json_builder.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t longestFile = std::uintmax_t{1} << 30; ///< bytes
/// Three values of JSON each, beside those of the rest of the file.
constexpr std::size_t mostEntries = (JsonBuilder::mostValues - 1000) / 3;
constexpr std::string_view format = "simclr-selection";
constexpr int newestVersion = 1;

constexpr std::string_view keepText = "keep";
constexpr std::string_view leaveOutText = "leave_out";

/// 16 hexadecimal digits, since JSON's numbers are exact only up to 2⁵³; empty for 0, which is unknown.
std::string hexText(std::uint64_t content) {
    if (content == 0)
        return {};
    std::string text(16, '0');
    for (std::size_t i = 0; i < text.size(); ++i)
        text[text.size() - 1 - i] = "0123456789abcdef"[(content >> (4 * i)) & 15];
    return text;
}

std::uint64_t contentFrom(const std::string &text, const std::string &origin) {
    std::uint64_t content = 0;
    if (text.empty())
        return content;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), content, 16);
    if (failure != std::errc{} || end != text.data() + text.size() || text.size() != 16)
        throw InvalidInput(origin + " is damaged: \"" + toValidUtf8(text) +
                           "\" is not the content of an image");
    return content;
}

/// The list as three arrays of one length: shorter than an object per image.
Json listJson(const std::vector<Selection::Entry> &entries) {
    Json samples = Json::array();
    Json names = Json::array();
    Json contents = Json::array();
    for (const Selection::Entry &entry : entries) {
        samples.push_back(entry.sample);
        names.push_back(entry.name);
        contents.push_back(hexText(entry.content));
    }
    return {{"samples", std::move(samples)}, {"names", std::move(names)}, {"contents", std::move(contents)}};
}

std::uint32_t sampleFrom(const Json &json, const std::string &origin) {
    const auto sample = json.get<std::int64_t>();
    if (!json.is_number_integer() || sample < 0 || sample > std::int64_t{0xffffffff})
        throw InvalidInput(origin + " is damaged: " + json.dump() + " is not the number of an image");
    return static_cast<std::uint32_t>(sample);
}

std::vector<Selection::Entry> listFrom(const Json &list, const std::string &origin) {
    const Json &samples = list.at("samples");
    const Json &names = list.at("names");
    const Json &contents = list.at("contents");
    if (!samples.is_array() || names.size() != samples.size() || contents.size() != samples.size())
        throw InvalidInput(origin + " is damaged: its lists differ in length");
    std::vector<Selection::Entry> entries(samples.size());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        entries[i] = {sampleFrom(samples[i], origin), names[i].get<std::string>(),
                      contentFrom(contents[i].get<std::string>(), origin)};
    }
    return entries;
}

Json partsJson(const std::vector<Selection::Part> &parts) {
    Json json = Json::array();
    for (const Selection::Part &part : parts)
        json.push_back({{"fingerprint", part.fingerprint}, {"first", part.firstSample}});
    return json;
}

/// Files of earlier versions have none.
std::vector<Selection::Part> partsFrom(const Json &images, const std::string &origin) {
    std::vector<Selection::Part> parts;
    if (!images.contains("parts"))
        return parts;
    for (const Json &part : images.at("parts"))
        parts.push_back({part.at("fingerprint").get<std::string>(), sampleFrom(part.at("first"), origin)});
    if ((!parts.empty() && parts.front().firstSample != 0) ||
        !std::ranges::is_sorted(parts, {}, &Selection::Part::firstSample))
        throw InvalidInput(origin + " is damaged: its parts are not in order");
    return parts;
}

Selection::Mode modeFrom(const std::string &text, const std::string &origin) {
    if (text == keepText)
        return Selection::Mode::Keep;
    if (text == leaveOutText)
        return Selection::Mode::LeaveOut;
    throw InvalidInput(origin + " is damaged: unknown mode \"" + toValidUtf8(text) + "\"");
}

void requireSelection(const Json &json, const std::string &origin) {
    if (!json.is_object() || json.value("format", std::string()) != format)
        throw InvalidInput(origin + " is not a selection of images");
    if (json.at("version").get<int>() > newestVersion)
        throw InvalidInput(origin + " was written by a newer version of this program");
}

} // namespace

Selection loadSelection(const fs::path &file) {
    const std::string origin = displayName(file);
    const Json json = parseJson(readFile(file, longestFile), origin);
    return takingApart(origin, [&] {
        requireSelection(json, origin);
        const Json &images = json.at("images");
        return Selection{
            json.at("name").get<std::string>(),          images.at("title").get<std::string>(),
            images.at("fingerprint").get<std::string>(), modeFrom(json.at("mode").get<std::string>(), origin),
            listFrom(json.at("list"), origin),           partsFrom(images, origin)};
    });
}

void saveSelection(const Selection &selection, const fs::path &file) {
    if (selection.entries.size() > mostEntries)
        throw InvalidInput("the selection \"" + toValidUtf8(selection.name) + "\" lists " +
                           std::to_string(selection.entries.size()) + " images; at most " +
                           std::to_string(mostEntries) + " are possible");
    Json images = {{"title", selection.imagesTitle}, {"fingerprint", selection.fingerprint}};
    if (!selection.parts.empty())
        images["parts"] = partsJson(selection.parts);
    const Json json = {{"format", format},
                       {"version", newestVersion},
                       {"name", selection.name},
                       {"images", std::move(images)},
                       {"mode", selection.mode == Selection::Mode::Keep ? keepText : leaveOutText},
                       {"list", listJson(selection.entries)}};
    std::error_code failure;
    if (file.has_parent_path())
        fs::create_directories(file.parent_path(), failure); // the next line reports it
    writeFileAtomically(file, toLine(json) + "\n");
}

} // namespace simclr
