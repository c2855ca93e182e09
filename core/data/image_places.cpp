// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/image_places.h"

#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>
#include <set>

namespace simclr {

namespace fs = std::filesystem;

namespace {

bool isWithin(const fs::path &path, const fs::path &place) {
    const fs::path below = path.lexically_relative(place);
    return !below.empty() && *below.begin() != "..";
}

/// The folders of the images that a table names.
std::set<fs::path> foldersOfImages(const fs::path &table, const Dataset &dataset) {
    std::set<fs::path> folders;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample)
        folders.insert((table.parent_path() / dataset.sampleName(sample)).parent_path());
    return folders;
}

bool isFileOfNames(const fs::path &path) {
    return path.filename() == "classes.txt" || path.filename() == "class_names.txt";
}

/// Whether `path`, which is canonical, belongs to the dataset that is the file `place`.
bool belongsTo(const fs::path &path, const fs::path &place, const Dataset &dataset) {
    const std::string &kind = dataset.report().kind;
    if (path == place)
        return true;
    if (kind == "csv")
        return std::ranges::any_of(foldersOfImages(place, dataset), [&](const fs::path &folder) {
            return isWithin(path, fs::weakly_canonical(folder));
        });
    const bool hasFurtherFiles = kind == "idx" || kind.starts_with("cifar100"); // of labels and names
    return path.parent_path() == place.parent_path() && (hasFurtherFiles || isFileOfNames(path));
}

} // namespace

fs::path placeOfImages(const Dataset &dataset) {
    const std::string &source = dataset.report().source; // "folder:/photos"
    const fs::path place = source.substr(source.find(':') + 1);
    return dataset.parts().empty() && place.is_absolute() ? place : fs::path();
}

/// Beside the files of a folder: a table and the folders in which it finds images, and what is read together
/// with an array or archive.
void requireOutsideImages(const fs::path &out, const Dataset &dataset) {
    for (const DatasetPtr &part : dataset.parts())
        requireOutsideImages(out, *part);
    std::error_code failure;
    if (placeOfImages(dataset).empty() || !fs::exists(out, failure))
        return;
    const fs::path path = fs::weakly_canonical(out);
    const fs::path place = fs::weakly_canonical(placeOfImages(dataset));
    if (fs::is_directory(place, failure) ? isWithin(path, place) : belongsTo(path, place, dataset))
        throw InvalidInput(
            displayName(out) +
            " is in the image folder, which is read-only for this program; choose another output file");
}

} // namespace simclr
