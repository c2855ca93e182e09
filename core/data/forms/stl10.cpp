// SPDX-License-Identifier: GPL-3.0-or-later
// STL-10 (Coates, Lee and Ng 2011), binary version: files of images of 3 × 96 × 96 bytes, planes of red,
// green and blue whose columns follow each other, and files of labels from 1 to 10, a byte each.
#include "core/data/arrays/array_dataset.h"
#include "core/data/arrays/class_names.h"
#include "core/data/arrays/label_bytes.h"
#include "core/data/forms/form.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <optional>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr int side = 96;
constexpr std::uint64_t imageBytes = 3 * side * side;
constexpr std::size_t classes = 10;

struct Part {
    const char *images;
    const char *labels; ///< nullptr: without labels
    bool isTest;
};

constexpr Part parts[]{
    {"train_X.bin", "train_y.bin", false},
    {"unlabeled_X.bin", nullptr, false},
    {"test_X.bin", "test_y.bin", true},
};

PixelLayout layout() {
    PixelLayout columns = planarLayout(side, side, 3);
    std::swap(columns.columnStep, columns.rowStep);
    return columns;
}

bool hasParts(const fs::path &folder) {
    for (const Part &part : parts)
        if (fs::is_regular_file(folder / part.images))
            return true;
    return false;
}

/// The folder itself, or the subfolder that the authors' archive unpacks to; an empty path if it is neither.
fs::path folderOfParts(const fs::path &path) {
    for (const fs::path &place : {path, path / "stl10_binary"})
        if (hasParts(place))
            return place;
    return {};
}

bool recognises(const fs::path &path) {
    return fs::is_directory(path) && !folderOfParts(path).empty();
}

std::vector<std::int32_t> labelsIn(const fs::path &file, std::uint32_t images) {
    if (!fs::is_regular_file(file))
        throw InvalidInput(displayName(file) + " is missing: it has the labels of the images beside it");
    const ByteSourcePtr bytes = bytesOfFile(file);
    if (bytes->size() != images)
        throw InvalidInput(displayName(file) + " has " + std::to_string(bytes->size()) +
                           " labels, but there are " + std::to_string(images) + " images");
    std::vector<std::int32_t> labels = labelBytes(*bytes, 0, 1, images);
    for (std::int32_t &label : labels) {
        if (label < 1 || label > static_cast<std::int32_t>(classes))
            throw InvalidInput(displayName(file) + " is not a file of STL-10: a label is " +
                               std::to_string(label) + ", but labels are from 1 to 10");
        --label;
    }
    return labels;
}

/// Nothing if the part is missing.
std::optional<ImageArray> arrayOf(const Part &part, const fs::path &folder) {
    const fs::path file = folder / part.images;
    if (!fs::is_regular_file(file))
        return std::nullopt;
    ImageArray array;
    array.name = part.images;
    array.bytes = bytesOfFile(file);
    if (array.bytes->size() == 0 || array.bytes->size() % imageBytes != 0)
        throw InvalidInput(displayName(file) + " is not a file of STL-10: its length is not a multiple of " +
                           std::to_string(imageBytes) + " bytes");
    array.step = imageBytes;
    array.count = static_cast<std::uint32_t>(array.bytes->size() / imageBytes);
    array.layout = layout();
    if (part.labels)
        array.labels = labelsIn(folder / part.labels, array.count);
    array.isTest = part.isTest;
    return array;
}

std::vector<std::string> classNamesIn(const fs::path &folder) {
    auto names = classNamesBeside(folder, {"class_names.txt"});
    if (names && names->size() != classes)
        throw InvalidInput(displayName(folder / "class_names.txt") + " names " +
                           std::to_string(names->size()) + " classes, but STL-10 has 10");
    if (names)
        return std::move(*names);
    return {"airplane", "bird", "car", "cat", "deer", "dog", "horse", "monkey", "ship", "truck"};
}

DatasetPtr open(const fs::path &path, const OpenOptions &options) {
    const fs::path folder = folderOfParts(path);
    if (folder.empty())
        throw InvalidInput(displayName(path) +
                           " contains no files of STL-10 (train_X.bin, unlabeled_X.bin, test_X.bin)");
    ArraySet set;
    set.kind = "stl10";
    set.title = "STL-10";
    set.source = "stl10:" + fs::absolute(path).lexically_normal().native();
    bool isLabelled = false;
    for (const Part &part : parts)
        if (auto array = arrayOf(part, folder)) {
            isLabelled = isLabelled || !array->labels.empty();
            set.arrays.push_back(std::move(*array));
        }
    if (isLabelled)
        set.classNames = classNamesIn(folder);
    return openArraySet(std::move(set), options);
}

} // namespace

const DataForm stl10Form{
    "stl10",
    "STL-10",
    "`train_X.bin`, `train_y.bin`, `test_X.bin`, `test_y.bin` and `unlabeled_X.bin` of the binary version, "
    "in "
    "the folder or in `stl10_binary` below it. Each of the three parts may be missing. The images of "
    "`unlabeled_X.bin` have no label. The class names are those in `class_names.txt` or the published names.",
    recognises,
    open,
};

} // namespace simclr
