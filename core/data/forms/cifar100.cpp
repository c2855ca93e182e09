// SPDX-License-Identifier: GPL-3.0-or-later
// CIFAR-100 (Krizhevsky 2009). A record of its binary version consists of the coarse label, the fine label
// and 3 × 32 × 32 bytes, planes of red, green and blue; its Python version is converted to the same records.
#include "core/data/arrays/array_dataset.h"
#include "core/data/arrays/class_names.h"
#include "core/data/arrays/label_bytes.h"
#include "core/data/cifar10_pickle.h"
#include "core/data/forms/cifar100_names.h"
#include "core/data/forms/form.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/locked_files.h"

#include <array>
#include <fstream>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr int side = 32;
constexpr std::uint64_t labelsPerRecord = 2;
constexpr std::uint64_t recordBytes = labelsPerRecord + 3 * side * side;
constexpr std::uintmax_t maxPickleBytes = 1u << 30;

enum class Labels { Coarse, Fine };

bool beginsLikePickle(const fs::path &file) {
    requireNotLocked(file);
    std::array<char, 4> start{};
    std::ifstream(file, std::ios::binary).read(start.data(), start.size());
    return isCifarPickle({start.data(), start.size()});
}

/// Whether `file` has the name and the start of a file of the Python version.
bool isPythonFile(const fs::path &file) {
    const std::string name = file.filename().native();
    return (name == "train" || name == "test") && fs::is_regular_file(file) && beginsLikePickle(file);
}

/// Whether `file` has the name of a file of the binary version, and its length or one of its companions.
bool isBinaryFile(const fs::path &file) {
    const std::string name = file.filename().native();
    if ((name != "train.bin" && name != "test.bin") || !fs::is_regular_file(file))
        return false;
    return fs::is_regular_file(file.parent_path() / "fine_label_names.txt") ||
           fs::absolute(file).parent_path().filename() == "cifar-100-binary" ||
           fs::file_size(file) % recordBytes == 0;
}

bool isPart(const fs::path &file) {
    return isBinaryFile(file) || isPythonFile(file);
}

/// The file of a part in `folder`; an empty path if there is none.
fs::path partIn(const fs::path &folder, const std::string &part) {
    for (const char *extension : {".bin", ""})
        if (const fs::path file = folder / (part + extension); isPart(file))
            return file;
    return {};
}

/// The folder itself, or the subfolder that the authors' archives unpack to; an empty path if it is neither.
fs::path folderOfParts(const fs::path &folder) {
    for (const fs::path &place : {folder, folder / "cifar-100-binary", folder / "cifar-100-python"})
        if (!partIn(place, "train").empty() || !partIn(place, "test").empty())
            return place;
    return {};
}

bool recognises(const fs::path &path) {
    return fs::is_directory(path) ? !folderOfParts(path).empty() : isPart(path);
}

ByteSourcePtr recordsOf(const fs::path &file) {
    if (!beginsLikePickle(file))
        return bytesOfFile(file);
    try {
        return bytesInMemory(cifarRecordsFromPickle(readFile(file, maxPickleBytes), CifarVersion::Cifar100));
    } catch (const InvalidInput &error) {
        throw InvalidInput(displayName(file) + " " + error.what());
    }
}

/// Checked here, so that the message names the file.
void requireLabels(const std::vector<std::int32_t> &labels, std::size_t classes, const fs::path &file) {
    for (const std::int32_t label : labels)
        if (label >= static_cast<std::int32_t>(classes))
            throw InvalidInput(displayName(file) + " is not a CIFAR-100 file: a label is " +
                               std::to_string(label) + ", but the largest label is " +
                               std::to_string(classes - 1));
}

ImageArray arrayIn(const fs::path &file, Labels kind, std::size_t classes) {
    ImageArray array;
    array.name = file.stem().native() + ".bin"; // the same for both versions
    array.bytes = recordsOf(file);
    if (array.bytes->size() == 0 || array.bytes->size() % recordBytes != 0)
        throw InvalidInput(displayName(file) + " is not a CIFAR-100 file: its length is not a multiple of " +
                           std::to_string(recordBytes) + " bytes");
    array.begin = labelsPerRecord;
    array.step = recordBytes;
    array.count = static_cast<std::uint32_t>(array.bytes->size() / recordBytes);
    array.layout = planarLayout(side, side, 3);
    array.labels = labelBytes(*array.bytes, kind == Labels::Coarse ? 0 : 1, recordBytes, array.count);
    requireLabels(array.labels, classes, file);
    array.isTest = file.stem() == "test";
    return array;
}

std::vector<std::string> classNamesIn(const fs::path &folder, Labels kind) {
    const bool isCoarse = kind == Labels::Coarse;
    const auto names =
        classNamesBeside(folder, {isCoarse ? "coarse_label_names.txt" : "fine_label_names.txt"});
    std::vector<std::string> published = isCoarse ? cifar100CoarseNames() : cifar100FineNames();
    if (names && names->size() != published.size())
        throw InvalidInput("the class names in " + displayName(folder) + " are " +
                           std::to_string(names->size()) + ", but CIFAR-100 has " +
                           std::to_string(published.size()) + " classes of this kind");
    return names.value_or(std::move(published));
}

std::vector<fs::path> filesAt(const fs::path &path) {
    if (!fs::is_directory(path))
        return {path};
    const fs::path folder = folderOfParts(path);
    std::vector<fs::path> files;
    for (const char *part : {"train", "test"})
        if (const fs::path file = folder.empty() ? fs::path() : partIn(folder, part); !file.empty())
            files.push_back(file);
    if (files.empty())
        throw InvalidInput(displayName(path) +
                           " contains no CIFAR-100 files (train.bin and test.bin, or train and test)");
    return files;
}

DatasetPtr openWith(Labels kind, const fs::path &path, const OpenOptions &options) {
    const std::vector<fs::path> files = filesAt(path);
    ArraySet set;
    set.kind = kind == Labels::Coarse ? "cifar100-coarse" : "cifar100";
    set.title = kind == Labels::Coarse ? "CIFAR-100, coarse labels" : "CIFAR-100";
    set.source = set.kind + ":" + fs::absolute(path).lexically_normal().native();
    set.classNames = classNamesIn(files.front().parent_path(), kind);
    for (const fs::path &file : files)
        set.arrays.push_back(arrayIn(file, kind, set.classNames.size()));
    if (files.size() == 1) // a file alone is not a test part
        set.arrays.front().isTest = false;
    return openArraySet(std::move(set), options);
}

DatasetPtr openFine(const fs::path &path, const OpenOptions &options) {
    return openWith(Labels::Fine, path, options);
}

DatasetPtr openCoarse(const fs::path &path, const OpenOptions &options) {
    return openWith(Labels::Coarse, path, options);
}

} // namespace

const DataForm cifar100Form{
    "cifar100",
    "CIFAR-100",
    "`train.bin` and `test.bin` of the binary version, or `train` and `test` of the Python version: in the "
    "folder, in `cifar-100-binary` or in `cifar-100-python` below it, or one such file. The classes are the "
    "100 fine labels, with the names in `fine_label_names.txt` beside them or the published names.",
    recognises,
    openFine,
};

const DataForm cifar100CoarseForm{
    "cifar100-coarse",
    "CIFAR-100 with coarse labels",
    "The same files with the 20 coarse labels as classes, only on request: `cifar100-coarse:PATH`. The names "
    "are those in `coarse_label_names.txt` or the published names.",
    [](const fs::path &) { return false; },
    openCoarse,
};

} // namespace simclr
