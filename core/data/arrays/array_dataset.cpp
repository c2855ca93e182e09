// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/arrays/array_dataset.h"

#include "core/data/encoded_dataset.h"
#include "core/data/shared_images.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/hash.h"
#include "core/util/json.h"
#include "core/util/parallel.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>
#include <optional>
#include <span>

namespace simclr {

namespace {

constexpr std::uint32_t blockImages = 256; ///< read together when content is hashed

/// The image whose bytes begin at `bytes`.
Image imageOf(const char *bytes, const PixelLayout &layout) {
    Image image(layout.width, layout.height);
    const std::size_t next = layout.channels == 1 ? 0 : layout.channelStep;
    for (int y = 0; y < layout.height; ++y) {
        const char *from = bytes + static_cast<std::size_t>(y) * layout.rowStep;
        std::uint8_t *to = image.row(y);
        for (int x = 0; x < layout.width; ++x, from += layout.columnStep, to += Image::channels)
            for (std::size_t channel = 0; channel < Image::channels; ++channel)
                to[channel] = static_cast<std::uint8_t>(from[channel * next]);
    }
    return image;
}

/// "train.bin#00012": numbers of equal length, so that names sort like the images.
std::string nameInArray(const ImageArray &array, std::uint32_t index) {
    constexpr std::size_t leastDigits = 5;
    const std::size_t digits = std::max(leastDigits, std::to_string(array.count - 1).size());
    const std::string number = std::to_string(index);
    return array.name + "#" + std::string(digits - number.size(), '0') + number;
}

bool isLabel(std::int32_t label) {
    return label >= 0;
}

class ArrayDataset final : public Dataset {
  public:
    ArrayDataset(ArraySet set, std::uintmax_t memoryBudget) : m_arrays(std::move(set.arrays)) {
        m_report.kind = std::move(set.kind);
        m_report.title = std::move(set.title);
        m_report.source = std::move(set.source);
        m_report.classNames = std::move(set.classNames);
        m_report.notes = std::move(set.notes);
        for (const ImageArray &array : m_arrays)
            addToReport(array);
        if (decodedBytes() <= memoryBudget)
            load();
        m_report.inMemory =
            std::ranges::all_of(m_arrays, [](const ImageArray &array) { return array.bytes->isInMemory(); });
    }

    const DatasetReport &report() const override { return m_report; }
    const std::string &fingerprint() const override { return m_fingerprint; }
    std::uint32_t size() const override { return static_cast<std::uint32_t>(m_report.images); }
    int label(std::uint32_t sample) const override {
        const Place place = placeOf(sample);
        return place.array.labels.empty() ? unlabelled : place.array.labels[place.index];
    }
    bool isTestSample(std::uint32_t sample) const override { return placeOf(sample).array.isTest; }
    std::string sampleName(std::uint32_t sample) const override {
        const Place place = placeOf(sample);
        return nameInArray(place.array, place.index);
    }
    std::uint64_t contentOf(std::uint32_t sample) const override {
        return m_contents.empty() ? 0 : m_contents.at(sample);
    }

    Image image(std::uint32_t sample) const override {
        const auto [array, index] = placeOf(sample);
        const std::string bytes = bytesOf(array, index, 1);
        if (array.bytes->isTouched() && contentId(sha256(bytes)) != contentOf(sample))
            throw ImagesChanged(sampleName(sample) + " was changed since the dataset was opened");
        return imageOf(bytes.data(), array.layout);
    }

    /// Computes content hashes and the fingerprint. Only before the dataset is shared.
    void identify(const OpenOptions &options) {
        m_contents.resize(size());
        std::vector<std::string> hashes(size());
        std::uint32_t first = 0;
        for (const ImageArray &array : m_arrays) {
            hashArray(array, std::span(hashes).subspan(first, array.count), options);
            first += array.count;
        }
        for (std::uint32_t sample = 0; sample < size(); ++sample)
            m_contents[sample] = contentId(hashes[sample]);
        m_fingerprint = fingerprintOf(hashes);
        if (const auto note = sharedWithTraining())
            m_report.notes.push_back(*note);
    }

  private:
    struct Place {
        const ImageArray &array;
        std::uint32_t index;
    };

    Place placeOf(std::uint32_t sample) const {
        for (const ImageArray &array : m_arrays) {
            if (sample < array.count)
                return {array, sample};
            sample -= array.count;
        }
        throw std::out_of_range("no such sample");
    }

    static std::string bytesOf(const ImageArray &array, std::uint32_t first, std::uint32_t count) {
        const std::uint64_t length = (count - 1) * array.step + array.layout.byteCount();
        return bytesAt(*array.bytes, array.begin + first * array.step, length);
    }

    void addToReport(const ImageArray &array) {
        m_report.images += array.count;
        const bool canTest = m_report.classNames.empty() || std::ranges::any_of(array.labels, isLabel);
        m_report.hasTestSplit = m_report.hasTestSplit || (array.isTest && array.count > 0 && canTest);
        m_report.classCounts.resize(m_report.classNames.size());
        for (const std::int32_t label : array.labels)
            if (isLabel(label))
                ++m_report.classCounts.at(static_cast<std::size_t>(label));
        const ImageSize size{array.layout.width, array.layout.height};
        const bool isFirst = m_report.largest.width == 0;
        m_report.smallest = {isFirst ? size.width : std::min(m_report.smallest.width, size.width),
                             isFirst ? size.height : std::min(m_report.smallest.height, size.height)};
        m_report.largest = {std::max(m_report.largest.width, size.width),
                            std::max(m_report.largest.height, size.height)};
        if (isFirst)
            m_report.usualSide = std::min(size.width, size.height); // the first array has the training images
    }

    std::uintmax_t decodedBytes() const {
        std::uintmax_t bytes = 0;
        for (const ImageArray &array : m_arrays)
            bytes += std::uintmax_t{array.count} * 3 * static_cast<std::uintmax_t>(array.layout.width) *
                     static_cast<std::uintmax_t>(array.layout.height);
        return bytes;
    }

    void load() {
        for (ImageArray &array : m_arrays) {
            if (array.count == 0 || array.bytes->isInMemory())
                continue;
            array.bytes = bytesInMemory(bytesOf(array, 0, array.count));
            array.begin = 0;
        }
    }

    void hashArray(const ImageArray &array, std::span<std::string> hashes, const OpenOptions &options) {
        const std::uint32_t blocks = (array.count + blockImages - 1) / blockImages;
        parallelFor(blocks, options.threads, [&](std::size_t block) {
            if (options.stop.stop_requested())
                throw OpeningCancelled{};
            const auto first = static_cast<std::uint32_t>(block) * blockImages;
            const std::uint32_t count = std::min(blockImages, array.count - first);
            const std::string bytes = bytesOf(array, first, count);
            for (std::uint32_t i = 0; i < count; ++i)
                hashes[first + i] =
                    sha256(std::string_view(bytes).substr(i * array.step, array.layout.byteCount()));
            tellProgress(count, options);
        });
    }

    void tellProgress(std::uint32_t images, const OpenOptions &options) {
        const std::lock_guard lock(m_progressLock);
        m_done += images;
        if (options.progress)
            options.progress(m_done, size());
    }

    /// Over what every image is: its part, class, name, size and bytes.
    std::string fingerprintOf(const std::vector<std::string> &hashes) const {
        Sha256 hash;
        std::uint32_t sample = 0;
        for (const ImageArray &array : m_arrays) {
            const PixelLayout &layout = array.layout;
            hash.add(
                toLine(Json::array({m_report.kind, toValidUtf8(array.name), array.isTest ? "test" : "train",
                                    layout.width, layout.height, layout.channels})));
            for (std::uint32_t index = 0; index < array.count; ++index, ++sample)
                hash.add(toLine(Json::array({classOf(array, index), hashes[sample]})));
        }
        return hash.hex();
    }

    std::string classOf(const ImageArray &array, std::uint32_t index) const {
        const bool hasClass = !array.labels.empty() && array.labels[index] >= 0;
        return hasClass ? m_report.classNames[static_cast<std::size_t>(array.labels[index])] : "";
    }

    std::optional<Message> sharedWithTraining() const {
        std::vector<ImageContent> training;
        std::vector<ImageContent> test;
        std::uint32_t sample = 0;
        for (const ImageArray &array : m_arrays)
            for (std::uint32_t index = 0; index < array.count; ++index, ++sample)
                (array.isTest ? test : training).push_back({m_contents[sample], nameInArray(array, index)});
        return sharedImagesNote(training, test, HeldOut::Test);
    }

    DatasetReport m_report;
    std::vector<ImageArray> m_arrays;
    std::vector<std::uint64_t> m_contents; ///< of each sample; empty before identify()
    std::string m_fingerprint;
    std::mutex m_progressLock;
    std::size_t m_done = 0;
};

void requireImages(const ArraySet &set) {
    std::uint64_t images = 0;
    for (const ImageArray &array : set.arrays) {
        images += array.count;
        const std::uint64_t needed =
            array.count == 0 ? 0 : array.begin + (array.count - 1) * array.step + array.layout.byteCount();
        if (needed > array.bytes->size())
            throw InvalidInput(array.name + " is truncated: it has " + std::to_string(array.bytes->size()) +
                               " bytes instead of " + std::to_string(needed));
    }
    if (images == 0)
        throw InvalidInput(set.title + " contains no images");
    if (images > std::numeric_limits<std::uint32_t>::max())
        throw InvalidInput(set.title + " has more than 4 billion images");
}

void requireLabels(const ArraySet &set) {
    const auto classes = static_cast<std::int32_t>(set.classNames.size());
    for (const ImageArray &array : set.arrays)
        for (const std::int32_t label : array.labels)
            if (label != Dataset::unlabelled && (label < 0 || label >= classes))
                throw InvalidInput("a label of " + array.name + " is " + std::to_string(label) +
                                   ", but there are " + std::to_string(classes) + " classes");
}

/// A single class distinguishes nothing.
void dropSingleClass(ArraySet &set) {
    if (set.classNames.size() > 1)
        return;
    set.classNames.clear();
    for (ImageArray &array : set.arrays)
        array.labels.clear();
}

} // namespace

PixelLayout interleavedLayout(int width, int height, int channels) {
    const auto step = static_cast<std::size_t>(channels);
    return {width, height, channels, 1, step, static_cast<std::size_t>(width) * step};
}

PixelLayout planarLayout(int width, int height, int channels) {
    const auto row = static_cast<std::size_t>(width);
    return {width, height, channels, row * static_cast<std::size_t>(height), 1, row};
}

DatasetPtr openArraySet(ArraySet set, const OpenOptions &options) {
    requireImages(set);
    requireLabels(set);
    dropSingleClass(set);
    if (options.openingPreview)
        options.openingPreview(std::make_shared<ArrayDataset>(set, 0));
    const auto dataset = std::make_shared<ArrayDataset>(std::move(set), options.memoryBudget);
    dataset->identify(options);
    return dataset;
}

} // namespace simclr
