// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/data_source.h"

#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/json.h"

#include <array>
#include <utility>

namespace simclr {

namespace {

constexpr const char *origin = "the source of the images";

/// The members in the order in which they are written.
constexpr std::array members{std::pair{"images", &DataSource::images},
                             std::pair{"labelled", &DataSource::labelled},
                             std::pair{"selection", &DataSource::selection}};

bool hasParts(const std::string &text) {
    return text.starts_with('{');
}

std::string DataSource::*memberCalled(const std::string &name) {
    for (const auto &[known, member] : members)
        if (name == known)
            return member;
    throw InvalidInput(std::string(origin) + " has the unknown member \"" + name +
                       "\"; known members: images, labelled, selection");
}

DataSource partsOf(const Json &json) {
    DataSource source;
    if (!json.is_object())
        throw InvalidInput(std::string(origin) + " must be a JSON object");
    for (const auto &[name, value] : json.items())
        source.*memberCalled(name) = value.get<std::string>();
    return source;
}

void requireOneLevel(const DataSource &source) {
    if (source.images.empty())
        throw InvalidInput(std::string(origin) + " names no \"images\"");
    for (const std::string &part : {source.images, source.labelled})
        if (hasParts(part))
            throw InvalidInput("a part of the source of the images cannot have parts itself: " +
                               toValidUtf8(part));
}

} // namespace

DataSource dataSourceFromText(const std::string &text) {
    if (!hasParts(text))
        return {.images = text, .labelled = {}, .selection = {}};
    DataSource source = takingApart(origin, [&] { return partsOf(parseJson(text, origin)); });
    requireOneLevel(source);
    return source;
}

std::string toText(const DataSource &source) {
    if (source.isPlain())
        return source.images;
    requireOneLevel(source);
    Json json = Json::object();
    for (const auto &[name, member] : members) {
        const std::string &part = source.*member;
        if (part != toValidUtf8(part))
            throw InvalidInput(toValidUtf8(part) + " is not a name in UTF-8, so that it cannot be used "
                                                   "together with other images; rename it");
        if (!part.empty())
            json[name] = part;
    }
    return toLine(json);
}

std::string replacedSource(const std::string &source, const std::string &images,
                           const std::string &labelled) {
    DataSource replaced = dataSourceFromText(source);
    if (const DataSource other = dataSourceFromText(images); !other.isPlain())
        replaced = other;
    else if (!images.empty())
        replaced.images = images;
    if (!labelled.empty())
        replaced.labelled = labelled;
    return toText(replaced);
}

} // namespace simclr
