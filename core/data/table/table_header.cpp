// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/table/table_header.h"

#include "core/util/lower_case.h"

#include <algorithm>
#include <initializer_list>
#include <span>

namespace simclr {

namespace {

// The most telling name first.
constexpr const char *pathNames[]{"path",      "file_path", "filepath", "image_path", "file",    "filename",
                                  "file_name", "image",     "img",      "image_name", "image_id"};
constexpr const char *folderNames[]{"folder", "directory", "dir"};
constexpr const char *labelNames[]{"label",    "labels", "class",    "class_name",
                                   "category", "target", "diagnosis"};
constexpr const char *splitNames[]{"split", "set", "subset", "partition"};

/// In lower case, without spaces around, with "_" for spaces and hyphens within.
std::string plainName(std::string_view name) {
    const std::size_t begin = name.find_first_not_of(' ');
    if (begin == std::string_view::npos)
        return {};
    std::string plain = lowerCase(name.substr(begin, name.find_last_not_of(' ') - begin + 1));
    for (char &letter : plain)
        if (letter == ' ' || letter == '-')
            letter = '_';
    return plain;
}

std::optional<std::size_t> columnOf(const std::vector<std::string> &columns,
                                    std::span<const char *const> names) {
    for (const char *name : names)
        if (const auto found = std::ranges::find(columns, name); found != columns.end())
            return static_cast<std::size_t>(found - columns.begin());
    return std::nullopt;
}

} // namespace

TableHeader tableHeader(const std::vector<std::string> &names) {
    std::vector<std::string> columns;
    std::ranges::transform(names, std::back_inserter(columns), plainName);
    TableHeader header;
    header.path = columnOf(columns, pathNames);
    header.folder = columnOf(columns, folderNames);
    header.label = columnOf(columns, labelNames);
    header.split = columnOf(columns, splitNames);
    for (std::size_t column = 0; column < columns.size(); ++column)
        if (column != header.path && column != header.folder && column != header.label &&
            column != header.split)
            header.others.push_back(column);
    return header;
}

std::string pathColumnNames() {
    std::string list;
    for (const char *name : pathNames)
        list += (list.empty() ? "" : ", ") + std::string(name);
    return list;
}

} // namespace simclr
