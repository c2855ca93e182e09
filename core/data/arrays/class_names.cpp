// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/arrays/class_names.h"

#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <set>
#include <sstream>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t maxFileBytes = 16u << 20;

std::string trimmed(std::string_view text) {
    constexpr std::string_view spaces = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(spaces);
    if (begin == std::string_view::npos)
        return {};
    return std::string(text.substr(begin, text.find_last_not_of(spaces) - begin + 1));
}

void requireDistinct(const std::vector<std::string> &names, const fs::path &file) {
    std::set<std::string> known;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string line = displayName(file) + ", line " + std::to_string(i + 1) + ": ";
        if (names[i].empty())
            throw InvalidInput(line + "the name of a class is empty");
        if (!known.insert(names[i]).second)
            throw InvalidInput(line + "the class \"" + names[i] + "\" is named twice");
    }
}

std::vector<std::string> namesIn(const fs::path &file) {
    std::string text = readFile(file, maxFileBytes);
    if (text.starts_with("\xEF\xBB\xBF"))
        text.erase(0, 3);
    std::istringstream lines(text);
    std::vector<std::string> names;
    for (std::string line; std::getline(lines, line);)
        names.push_back(toValidUtf8(trimmed(line)));
    while (!names.empty() && names.back().empty())
        names.pop_back();
    requireDistinct(names, file);
    return names;
}

} // namespace

std::optional<std::vector<std::string>> classNamesBeside(const fs::path &folder,
                                                         std::initializer_list<const char *> files) {
    for (const char *file : files)
        if (fs::is_regular_file(folder / file))
            return namesIn(folder / file);
    return std::nullopt;
}

std::vector<std::string> numberedClasses(std::size_t count) {
    std::vector<std::string> names;
    for (std::size_t label = 0; label < count; ++label)
        names.push_back(std::to_string(label));
    return names;
}

std::vector<std::string> namesOrNumbers(const fs::path &folder, std::size_t count) {
    auto names = classNamesBeside(folder, {"classes.txt", "class_names.txt"});
    if (!names || count == 0)
        return numberedClasses(count);
    if (names->size() < count)
        throw InvalidInput("the class names in " + displayName(folder) + " are " +
                           std::to_string(names->size()) + ", but the largest label is " +
                           std::to_string(count - 1));
    return std::move(*names);
}

} // namespace simclr
