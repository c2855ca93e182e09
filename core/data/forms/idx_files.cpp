// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/forms/idx_files.h"

#include "core/util/error.h"
#include "core/util/files.h"

#include <array>
#include <optional>
#include <set>
#include <string>

namespace simclr {

namespace fs = std::filesystem;

namespace {

/// "emnist-letters-train-images-idx3-ubyte.gz": its prefix is "emnist-letters-".
struct IdxName {
    std::string prefix;
    std::string part; ///< "train", "t10k" or "test"
    bool isTest() const { return part != "train"; }
};

std::optional<IdxName> nameOfImages(const fs::path &file) {
    std::string name = file.filename().native();
    if (name.ends_with(".gz"))
        name.resize(name.size() - 3);
    for (const std::string part : {"train", "t10k", "test"})
        for (const std::string separator : {"-", "."})
            if (const std::string ending = part + "-images" + separator + "idx3-ubyte";
                name.ends_with(ending))
                return IdxName{name.substr(0, name.size() - ending.size()), part};
    return std::nullopt;
}

/// A file of images or labels in any of the spellings; an empty path if there is none.
fs::path fileIn(const fs::path &folder, const std::string &start, const std::string &ending) {
    for (const char *separator : {"-", "."})
        for (const char *packing : {"", ".gz"})
            if (const fs::path file = folder / (start + separator + ending + packing);
                fs::is_regular_file(file))
                return file;
    return {};
}

IdxPart partOf(const fs::path &folder, const std::string &start, bool isTest) {
    return {fileIn(folder, start + "-images", "idx3-ubyte"), fileIn(folder, start + "-labels", "idx1-ubyte"),
            isTest};
}

std::vector<IdxPart> partsWithPrefix(const fs::path &folder, const std::string &prefix) {
    std::vector<IdxPart> parts;
    if (IdxPart train = partOf(folder, prefix + "train", false); !train.images.empty())
        parts.push_back(std::move(train));
    for (const char *name : {"t10k", "test"})
        if (IdxPart test = partOf(folder, prefix + name, true); !test.images.empty()) {
            parts.push_back(std::move(test));
            break;
        }
    return parts;
}

std::set<std::string> prefixesIn(const fs::path &folder) {
    std::set<std::string> prefixes;
    if (fs::is_directory(folder))
        for (const fs::directory_entry &entry : fs::directory_iterator(folder))
            if (const auto name = nameOfImages(entry.path()); name && entry.is_regular_file())
                prefixes.insert(name->prefix);
    return prefixes;
}

/// The folder with IDX files, and their prefixes.
struct Place {
    fs::path folder;
    std::set<std::string> prefixes;
};

/// Looks for exact names, so that a folder of a million other files is not listed.
bool hasUsualNames(const fs::path &folder) {
    for (const char *part : {"train", "t10k", "test"})
        if (!fileIn(folder, std::string(part) + "-images", "idx3-ubyte").empty())
            return true;
    return false;
}

std::optional<Place> placeOf(const fs::path &path) {
    const std::array places{path, path / "raw", path / "MNIST/raw", path / "FashionMNIST/raw"};
    for (const fs::path &place : places)
        if (hasUsualNames(place))
            return Place{place, {""}};
    return std::nullopt;
}

} // namespace

bool looksLikeIdx(const fs::path &path) {
    if (!fs::is_directory(path))
        return nameOfImages(path).has_value();
    return placeOf(path).has_value();
}

std::vector<IdxPart> idxParts(const fs::path &path) {
    if (!fs::is_directory(path)) {
        if (const auto name = nameOfImages(path))
            return partsWithPrefix(path.parent_path(), name->prefix);
        throw InvalidInput(displayName(path) + " is no file of IDX images by its name, such as "
                                               "train-images-idx3-ubyte");
    }
    const auto usual = placeOf(path);
    const Place place = usual ? *usual : Place{path, prefixesIn(path)};
    if (place.prefixes.empty())
        throw InvalidInput(displayName(path) + " contains no IDX files (train-images-idx3-ubyte and so on)");
    if (place.prefixes.size() > 1)
        throw InvalidInput(displayName(path) + " contains the IDX files of " +
                           std::to_string(place.prefixes.size()) +
                           " datasets; open one of the files of images instead");
    return partsWithPrefix(place.folder, *place.prefixes.begin());
}

} // namespace simclr
