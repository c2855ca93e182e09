// SPDX-License-Identifier: GPL-3.0-or-later
// IDX, the format of MNIST (LeCun, Cortes and Burges): a big-endian header of the type and the sizes, then
// grey images as bytes, row by row; labels are another file.
#include "core/data/arrays/array_dataset.h"
#include "core/data/arrays/class_names.h"
#include "core/data/arrays/label_bytes.h"
#include "core/data/arrays/unpack.h"
#include "core/data/forms/form.h"
#include "core/data/forms/idx_files.h"
#include "core/util/error.h"
#include "core/util/files.h"

#include <algorithm>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t magicOfImages = 0x00000803; ///< unsigned bytes, three dimensions
constexpr std::uint64_t magicOfLabels = 0x00000801; ///< unsigned bytes, one dimension
constexpr std::size_t longestHeader = 16;
constexpr std::uint64_t largestSide = 65'535;

std::uint64_t bigEndian(std::string_view bytes, std::size_t number) {
    std::uint64_t value = 0;
    for (const char byte : bytes.substr(4 * number, 4))
        value = value << 8 | static_cast<unsigned char>(byte);
    return value;
}

/// A file of images or labels; its bytes unpacked.
struct IdxFile {
    std::vector<std::uint64_t> sizes; ///< of its dimensions
    ByteSourcePtr bytes;
    std::size_t headerBytes = 0;
};

class IdxReader {
  public:
    IdxReader(const fs::path &file, std::uint64_t magic, const SpoolPlace &place)
        : m_file(file), m_place(place), m_dimensions(magic & 0xFF) {
        const ByteSourcePtr stored = bytesOfFile(file);
        const PackedBytes packed{*stored, 0, stored->size(), Packing::Gzip};
        try {
            m_idx.headerBytes = 4 + 4 * m_dimensions;
            const std::string header =
                isPacked() ? unpackedStart(packed, m_idx.headerBytes)
                           : bytesAt(*stored, 0, std::min<std::uint64_t>(longestHeader, stored->size()));
            readHeader(header, magic);
            m_idx.bytes = isPacked() ? unpackedBytes(packed, expectedBytes(), m_place) : stored;
        } catch (const InvalidInput &error) {
            throw InvalidInput(displayName(m_file) + " " + error.what());
        }
        if (m_idx.bytes->size() != expectedBytes())
            throw InvalidInput(displayName(m_file) + " has " + std::to_string(m_idx.bytes->size()) +
                               " bytes instead of the " + std::to_string(expectedBytes()) +
                               " that its header announces");
    }

    IdxFile take() { return std::move(m_idx); }

  private:
    bool isPacked() const { return m_file.extension() == ".gz"; }

    void readHeader(std::string_view header, std::uint64_t magic) {
        if (header.size() < m_idx.headerBytes)
            throw InvalidInput("is truncated: its header is incomplete");
        if (bigEndian(header, 0) != magic)
            throw InvalidInput(magic == magicOfImages
                                   ? "is no IDX file of images: it does not begin with 00 00 08 03"
                                   : "is no IDX file of labels: it does not begin with 00 00 08 01");
        for (std::size_t i = 0; i < m_dimensions; ++i)
            m_idx.sizes.push_back(bigEndian(header, i + 1));
        for (std::size_t i = 1; i < m_dimensions; ++i)
            if (m_idx.sizes[i] == 0 || m_idx.sizes[i] > largestSide)
                throw InvalidInput("has images of " + std::to_string(m_idx.sizes.back()) + " × " +
                                   std::to_string(m_idx.sizes[1]) + " pixels");
    }

    std::uint64_t expectedBytes() const {
        std::uint64_t bytes = 1;
        for (const std::uint64_t size : m_idx.sizes)
            bytes *= size; // three numbers of at most 32, 16 and 16 bits
        return m_idx.headerBytes + bytes;
    }

    const fs::path &m_file;
    SpoolPlace m_place;
    std::size_t m_dimensions;
    IdxFile m_idx;
};

std::vector<std::int32_t> labelsIn(const fs::path &file, std::uint32_t images, const SpoolPlace &place) {
    const IdxFile labels = IdxReader(file, magicOfLabels, place).take();
    if (labels.sizes[0] != images)
        throw InvalidInput(displayName(file) + " has " + std::to_string(labels.sizes[0]) +
                           " labels, but there are " + std::to_string(images) + " images");
    return labelBytes(*labels.bytes, labels.headerBytes, 1, images);
}

ImageArray arrayOf(const IdxPart &part, const SpoolPlace &place) {
    const IdxFile images = IdxReader(part.images, magicOfImages, place).take();
    ImageArray array;
    array.name = part.isTest ? "test-images" : "train-images";
    array.bytes = images.bytes;
    array.begin = images.headerBytes;
    array.count = static_cast<std::uint32_t>(images.sizes[0]);
    array.layout = interleavedLayout(static_cast<int>(images.sizes[2]), static_cast<int>(images.sizes[1]), 1);
    array.step = array.layout.byteCount();
    if (!part.labels.empty())
        array.labels = labelsIn(part.labels, array.count, place);
    array.isTest = part.isTest;
    return array;
}

std::size_t classesIn(const ArraySet &set) {
    std::int32_t largest = -1;
    for (const ImageArray &array : set.arrays)
        for (const std::int32_t label : array.labels)
            largest = std::max(largest, label);
    return static_cast<std::size_t>(largest + 1);
}

DatasetPtr open(const fs::path &path, const OpenOptions &options) {
    const std::vector<IdxPart> parts = idxParts(path);
    ArraySet set;
    set.kind = "idx";
    const fs::path absolute = fs::absolute(path).lexically_normal();
    set.title =
        displayName(absolute.has_filename() ? absolute.filename() : absolute.parent_path().filename());
    set.source = "idx:" + absolute.native();
    SpoolPlace place{options.memoryBudget, options.indexFolder};
    for (const IdxPart &part : parts) {
        set.arrays.push_back(arrayOf(part, place));
        place.memoryLimit -= std::min(place.memoryLimit, std::uintmax_t{set.arrays.back().bytes->size()});
    }
    set.classNames = namesOrNumbers(parts.front().images.parent_path(), classesIn(set));
    return openArraySet(std::move(set), options);
}

} // namespace

const DataForm idxForm{
    "idx",
    "IDX (MNIST, Fashion-MNIST)",
    "`train-images-idx3-ubyte` with `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte` with "
    "`t10k-labels-idx1-ubyte`: in the folder or in `raw`, `MNIST/raw` or `FashionMNIST/raw` below it, or one "
    "file of images. The names may have `.idx3` instead of `-idx3`, `test` instead of `t10k`, a common "
    "prefix "
    "(EMNIST) and `.gz` at the end. Without a file of labels the images have no label. The classes are the "
    "numbers of the labels, or the lines of `classes.txt` or `class_names.txt` beside the files. Grey "
    "becomes "
    "RGB.",
    looksLikeIdx,
    open,
};

} // namespace simclr
