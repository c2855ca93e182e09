// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace simclr {

/// What openDataset() opens, in parts. As one text, which runs and jobs store, it is `images` alone if
/// nothing else is set, and otherwise a JSON object on one line, without the members that are empty:
/// {"images":"folder:/a","labelled":"folder:/b","selection":"/path/name.json"}.
struct DataSource {
    std::string images;    ///< a plain source: "shapes", "folder:/photos" or a path
    std::string labelled;  ///< a plain source of labelled images to evaluate on; empty: none beside `images`
    std::string selection; ///< path of a selection: which of the images are used; empty: all

    bool operator==(const DataSource &) const = default;
    /// Whether nothing but `images` is set.
    bool isPlain() const { return labelled.empty() && selection.empty(); }
};

/// A text that does not begin with "{" is a plain source; any other must be the JSON described above. Throws
/// InvalidInput, also for unknown members and for a part that has parts itself.
DataSource dataSourceFromText(const std::string &text);

/// Throws InvalidInput if a part is not UTF-8 and not alone, since JSON cannot contain it.
std::string toText(const DataSource &source);

/// `source` with other images, another labelled part, or both, where they are not empty. Each may have parts
/// itself: `images` with a labelled part replaces both. Throws as dataSourceFromText().
std::string replacedSource(const std::string &source, const std::string &images, const std::string &labelled);

} // namespace simclr
