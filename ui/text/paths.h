// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>
#include <string>

namespace simclr::ui {

/// Conversion between a path and its QString; names that are not UTF-8 are kept as far as Qt can.
QString toQString(const std::filesystem::path &path);
std::filesystem::path toPath(const QString &name);

/// Conversion between a path of any bytes and ASCII, for JSON and settings.
std::string encodedPath(const std::filesystem::path &path);
std::filesystem::path decodedPath(const std::string &text);

} // namespace simclr::ui
