// SPDX-License-Identifier: GPL-3.0-or-later
// CIFAR-10 (Krizhevsky 2009). Its binary version consists of records of one label byte and 3 × 32 × 32 bytes,
// planes of red, green and blue; its Python version is converted to the same records.
#include "core/data/cifar10_pickle.h"
#include "core/data/encoded_dataset.h"
#include "core/data/forms/form.h"
#include "core/data/shared_images.h"
#include "core/data/stored_dataset.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/hash.h"

#include <array>
#include <optional>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr int side = 32;
constexpr std::size_t plane = side * side;
constexpr std::size_t recordBytes = 1 + 3 * plane;
constexpr std::uintmax_t maxFileBytes = 1u << 30;

const std::vector<std::string> classNames{"airplane", "automobile", "bird",  "cat",  "deer",
                                          "dog",      "frog",       "horse", "ship", "truck"};

Image pictureOf(std::string_view record) {
    Image image(side, side);
    const char *planes = record.data() + 1;
    for (std::size_t pixel = 0; pixel < plane; ++pixel)
        for (std::size_t channel = 0; channel < 3; ++channel)
            image.data()[3 * pixel + channel] = static_cast<std::uint8_t>(planes[channel * plane + pixel]);
    return image;
}

struct Contents {
    std::vector<SampleInfo> samples;
    std::vector<Image> images;
    Sha256 hash;
};

void addRecord(Contents &contents, std::string_view record, const std::string &name, bool isTest) {
    const int label = static_cast<unsigned char>(record.front());
    if (label >= static_cast<int>(classNames.size()))
        throw InvalidInput(name + " is not a CIFAR-10 file: a label is " + std::to_string(label) +
                           ", but the largest label is 9");
    contents.samples.push_back({name + "#" + std::to_string(contents.samples.size()), label, isTest,
                                contentId(sha256(record.substr(1)))});
    contents.images.push_back(pictureOf(record));
}

std::string recordsOf(const fs::path &file) {
    std::string bytes = readFile(file, maxFileBytes);
    if (!isCifarPickle(bytes)) // no record of the binary version begins like one: its label is at most 9
        return bytes;
    try {
        return cifarRecordsFromPickle(bytes);
    } catch (const InvalidInput &error) {
        throw InvalidInput(displayName(file) + " " + error.what());
    }
}

void addFile(Contents &contents, const fs::path &file, bool isTest) {
    const std::string bytes = recordsOf(file);
    const std::string name = displayName(file.filename());
    if (bytes.empty() || bytes.size() % recordBytes != 0)
        throw InvalidInput(displayName(file) + " is not a CIFAR-10 file: its length is not a multiple of " +
                           std::to_string(recordBytes) + " bytes");
    contents.hash.add(bytes);
    for (std::size_t at = 0; at < bytes.size(); at += recordBytes)
        addRecord(contents, std::string_view(bytes).substr(at, recordBytes), name, isTest);
}

/// One of the files of CIFAR-10 in a folder, of either version; an empty path if it does not exist.
fs::path batchFile(const fs::path &folder, const std::string &name) {
    for (const char *extension : {".bin", ""})
        if (fs::is_regular_file(folder / (name + extension)))
            return folder / (name + extension);
    return {};
}

std::string trainingBatch(int number) {
    return "data_batch_" + std::to_string(number);
}

void addFolder(Contents &contents, const fs::path &folder) {
    for (int number = 1; number <= 5; ++number)
        if (const fs::path file = batchFile(folder, trainingBatch(number)); !file.empty())
            addFile(contents, file, false);
    if (const fs::path file = batchFile(folder, "test_batch"); !file.empty())
        addFile(contents, file, true);
    if (contents.samples.empty())
        throw InvalidInput(displayName(folder) +
                           " contains no CIFAR-10 files (data_batch_1.bin or data_batch_1 and so on)");
}

/// The folder itself, or the subfolder that the authors' archives unpack to.
fs::path folderOfBatches(const fs::path &folder) {
    for (const char *name : {"", "cifar-10-batches-bin", "cifar-10-batches-py"})
        if (const fs::path place = *name ? folder / name : folder;
            !batchFile(place, trainingBatch(1)).empty() || !batchFile(place, "test_batch").empty())
            return place;
    return {};
}

bool isNameOfBatch(const fs::path &file) {
    const std::string name = file.filename().native();
    return name == "test_batch" ||
           (name.starts_with("data_batch_") && name.size() == trainingBatch(1).size());
}

/// Its files may have any name that ends in ".bin"; those of other forms have names of their own.
bool looksLikeCifar10(const fs::path &path) {
    if (fs::is_directory(path))
        return !folderOfBatches(path).empty();
    const bool isOther = cifar100Form.recognises(path) || stl10Form.recognises(path);
    return isNameOfBatch(path) || (path.extension() == ".bin" && !isOther);
}

std::optional<Message> sharedWithTraining(const std::vector<SampleInfo> &samples) {
    std::vector<ImageContent> training;
    std::vector<ImageContent> test;
    for (const SampleInfo &sample : samples)
        (sample.isTest ? test : training).push_back({sample.contentId, sample.name});
    return sharedImagesNote(training, test, HeldOut::Test);
}

DatasetPtr openCifar10(const fs::path &path, const OpenOptions &) {
    Contents contents;
    if (const fs::path folder = folderOfBatches(path); fs::is_directory(path))
        addFolder(contents, folder.empty() ? path : folder);
    else
        addFile(contents, path, false);
    DatasetReport report;
    report.kind = "cifar10";
    report.title = "CIFAR-10";
    report.source = "cifar10:" + fs::absolute(path).native();
    report.classNames = classNames;
    report.inMemory = true;
    report.smallest = report.largest = {side, side};
    report.usualSide = side;
    if (const auto note = sharedWithTraining(contents.samples))
        report.notes.push_back(*note);
    return std::make_shared<MemoryDataset>(std::move(report), std::move(contents.samples),
                                           std::move(contents.images), contents.hash.hex());
}

} // namespace

const DataForm cifar10Form{
    "cifar10",
    "CIFAR-10",
    "The files of the binary version (`data_batch_1.bin` … `data_batch_5.bin`, `test_batch.bin`) or of the "
    "Python version (the same names without `.bin`) in a folder or in the subfolder that the authors' "
    "archive "
    "unpacks to, or one such file. Images of `test_batch` are for testing.",
    looksLikeCifar10,
    openCifar10,
};

} // namespace simclr
