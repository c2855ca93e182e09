// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/convert/file_names.h"

#include "core/data/split_names.h"
#include "core/image/codec.h"
#include "core/util/files.h"

#include <algorithm>
#include <vector>

namespace simclr {

namespace {

bool isUnsafe(unsigned char letter) {
    return letter < 0x20 || letter == 0x7F ||
           std::string_view("/\\:#").find(static_cast<char>(letter)) != std::string_view::npos;
}

std::vector<std::string> partsOf(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('/'), path.size());
        if (const std::string_view part = path.substr(0, end); !part.empty() && part != "." && part != "..")
            parts.emplace_back(part);
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return parts;
}

bool saysPartOrClass(const std::string &folder, std::string_view className) {
    return folder == className || splitName(folder) || isUnlabelledName(folder);
}

} // namespace

std::string safeFileName(std::string_view name, std::size_t longest) {
    std::string safe = toValidUtf8(name);
    for (char &letter : safe)
        if (isUnsafe(static_cast<unsigned char>(letter)))
            letter = '-';
    if (safe.size() > longest)
        safe = toValidUtf8(safe.substr(safe.size() - longest));
    const bool isSystem = safe.starts_with("__MACOSX") ||
                          (!safe.empty() && std::string_view(".@$ ").find(safe[0]) != std::string_view::npos);
    return safe.empty() || isSystem ? "_" + safe : safe;
}

std::string nameWithinClass(std::string_view name, std::string_view className) {
    const std::vector<std::string> parts = partsOf(name);
    std::size_t first = 0;
    while (first + 1 < parts.size() && saysPartOrClass(parts[first], className))
        ++first;
    std::string joined;
    for (std::size_t i = first; i < parts.size(); ++i)
        joined += (joined.empty() ? "" : "_") + parts[i];
    return joined;
}

std::string stemOf(const std::string &name) {
    return hasImageExtension(name) ? name.substr(0, name.rfind('.')) : name;
}

std::string UniqueNames::add(const std::string &stem, const std::string &extension) {
    std::string name = stem + extension;
    for (int number = 2; !m_taken.insert(name).second; ++number)
        name = stem + "-" + std::to_string(number) + extension;
    return name;
}

} // namespace simclr
