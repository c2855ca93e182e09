// SPDX-License-Identifier: GPL-3.0-or-later
// NumPy's .npz files with images and labels, as MedMNIST (Yang et al. 2023) publishes its datasets.
#include "core/data/arrays/class_names.h"
#include "core/data/arrays/npz_arrays.h"
#include "core/data/dataset_messages.h"
#include "core/data/forms/form.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/lower_case.h"

#include <algorithm>
#include <optional>

namespace simclr {

namespace fs = std::filesystem;

namespace {

enum class Part { Training, Validation, Test };

struct ArrayNames {
    const char *images;
    const char *labels;
    Part part;
};

constexpr ArrayNames knownNames[]{
    {"train_images", "train_labels", Part::Training},
    {"x_train", "y_train", Part::Training},
    {"images", "labels", Part::Training},
    {"val_images", "val_labels", Part::Validation},
    {"x_val", "y_val", Part::Validation},
    {"test_images", "test_labels", Part::Test},
    {"x_test", "y_test", Part::Test},
};

class NpzOpener {
  public:
    NpzOpener(const fs::path &file, const OpenOptions &options)
        : m_file(file), m_archive(bytesOfFile(file)), m_place{options.memoryBudget, options.indexFolder} {}

    ArraySet read() {
        m_set.kind = "npz";
        m_set.title = displayName(m_file.stem());
        m_set.source = "npz:" + fs::absolute(m_file).lexically_normal().native();
        for (const ArrayNames &names : knownNames)
            if (m_archive.has(names.images))
                addPart(names);
        const auto isTraining = [](const ImageArray &array) { return !array.isTest; };
        if (std::ranges::none_of(m_set.arrays, isTraining))
            throw InvalidInput("contains no array train_images, x_train or images, but " + m_archive.names());
        return std::move(m_set);
    }

    /// The number of classes after read().
    std::size_t classes() const { return static_cast<std::size_t>(m_largestLabel + 1); }

  private:
    void addPart(const ArrayNames &names) {
        ImageArray images = imagesIn(m_archive.array(names.images, m_place), names.images, m_place);
        useMemoryOf(*images.bytes);
        images.isTest = names.part == Part::Test;
        if (m_archive.has(names.labels))
            addLabels(images, names);
        if (names.part == Part::Validation && images.count > 0)
            m_set.notes.push_back(datasetMessage("validation_part", images.count));
        m_set.arrays.push_back(std::move(images));
    }

    void useMemoryOf(const ByteSource &bytes) {
        if (bytes.isInMemory())
            m_place.memoryLimit -= std::min(m_place.memoryLimit, std::uintmax_t{bytes.size()});
    }

    void addLabels(ImageArray &images, const ArrayNames &names) {
        const NpyArray labels = m_archive.array(names.labels, m_place); // released when they are read
        const std::vector<std::uint64_t> &shape = labels.header.shape;
        if (shape.size() == 2 && shape[0] == images.count && shape[1] > 1) {
            m_set.notes.push_back(datasetMessage("several_labels", names.labels, shape[1]));
            return;
        }
        images.labels = labelsIn(labels, names.labels, images.count);
        if (images.isTest && std::ranges::count(images.labels, Dataset::unlabelled) > 0)
            throw InvalidInput(std::string("contains ") + names.labels +
                               ", which has the label −1, but test images need a class");
        for (const std::int32_t label : images.labels)
            m_largestLabel = std::max(m_largestLabel, label);
    }

    const fs::path &m_file;
    NpzArchive m_archive;
    SpoolPlace m_place; ///< for what is still to be read
    ArraySet m_set;
    std::int32_t m_largestLabel = -1;
};

ArraySet readArrays(const fs::path &path, const OpenOptions &options, std::size_t &classes) {
    try {
        NpzOpener opener(path, options);
        ArraySet set = opener.read();
        classes = opener.classes();
        return set;
    } catch (const InvalidInput &error) {
        throw InvalidInput(displayName(path) + " " + error.what());
    }
}

bool recognises(const fs::path &path) {
    return lowerCase(path.extension().native()) == ".npz" && fs::is_regular_file(path);
}

DatasetPtr open(const fs::path &path, const OpenOptions &options) {
    std::size_t classes = 0;
    ArraySet set = readArrays(path, options, classes);
    set.classNames = namesOrNumbers(path.parent_path(), classes);
    return openArraySet(std::move(set), options);
}

} // namespace

const DataForm npzForm{
    "npz",
    "NumPy arrays (MedMNIST)",
    "A file `*.npz` with the arrays `train_images`, `train_labels` and, if there are any, `val_images`, "
    "`val_labels`, `test_images`, `test_labels`; or `x_train`, `y_train`, `x_val`, `y_val`, `x_test`, "
    "`y_test`; "
    "or `images`, `labels`. Images are 8-bit, images × height × width or with 1, 3 or 4 channels as the last "
    "dimension; labels are whole numbers of any type and byte order, images or images × 1, and −1 is an "
    "image "
    "without label. Validation images are used like training images: the validation split is chosen from "
    "both. "
    "Labels with several columns are not used, and a note says so. Pickled objects are refused and never "
    "run. "
    "The classes are the numbers of the labels, or the lines of `classes.txt` or `class_names.txt` beside "
    "the "
    "file.",
    recognises,
    open,
};

} // namespace simclr
