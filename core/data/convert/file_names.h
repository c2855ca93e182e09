// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_set>

namespace simclr {

/// `name` as the name of a file or folder that every reader sees: slashes, colons, '#' and control characters
/// become '-', the first character is no dot and no sign that marks folders of a system, and it has at most
/// `longest` bytes (its end is kept). Equal to `name` if that already is such a name.
std::string safeFileName(std::string_view name, std::size_t longest = 200);

/// The name of an image in a folder that already says its part and class: without the leading folders of
/// `name` that say these, further folders joined by '_'. "train/cat/1.jpg" of the class "cat" is "1.jpg".
std::string nameWithinClass(std::string_view name, std::string_view className);

/// `name` without its extension, if that is one of an image.
std::string stemOf(const std::string &name);

/// Makes names unique by a number before the extension.
class UniqueNames {
  public:
    /// `stem` + `extension`, or with "-2", "-3" … between them if it is taken.
    std::string add(const std::string &stem, const std::string &extension);

  private:
    std::unordered_set<std::string> m_taken;
};

} // namespace simclr
