// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>
#include <string>

namespace simclr::ui {

/// A path as Qt shows it, and back; both keep names that are not UTF-8 as far as Qt can.
QString toQString(const std::filesystem::path &path);
std::filesystem::path toPath(const QString &name);

/// A path of any bytes as ASCII, for JSON and settings; and back.
std::string encodedPath(const std::filesystem::path &path);
std::filesystem::path decodedPath(const std::string &text);

} // namespace simclr::ui
