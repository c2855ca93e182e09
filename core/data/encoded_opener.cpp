// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/encoded_opener.h"

#include "core/data/dataset_messages.h"
#include "core/data/encoded_dataset.h"
#include "core/data/image_depth.h"
#include "core/data/shared_images.h"
#include "core/data/stored_dataset.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/hash.h"
#include "core/util/json.h"
#include "core/util/parallel.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <unordered_map>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t maxListedBroken = 1000;
constexpr std::size_t progressInterval = 256;
constexpr std::uint32_t filesToEstimateBy = 64;
constexpr double probablyTooMuch = 2; ///< times the available memory

using Digest = std::array<char, 64>; ///< SHA-256 in hexadecimal digits

std::string_view textOf(const Digest &digest) {
    return {digest.data(), digest.size()};
}

/// What is known of an image after opening it. Pixels and failures are stored apart, because a large dataset
/// has none.
struct Opened {
    ImageFacts facts;
    FileStamp stamp;
    Digest sha256{};
};

/// Reasons why images are broken, by their numbers. Safe to use from any number of threads.
class Failures {
  public:
    void set(std::uint32_t image, std::string reason) {
        const std::lock_guard lock(m_lock);
        m_reasons[image] = std::move(reason);
    }
    /// Empty if the image is not broken.
    std::string of(std::uint32_t image) const {
        const std::lock_guard lock(m_lock);
        const auto found = m_reasons.find(image);
        return found == m_reasons.end() ? std::string() : found->second;
    }

  private:
    mutable std::mutex m_lock;
    std::unordered_map<std::uint32_t, std::string> m_reasons;
};

void addBroken(DatasetReport &report, BrokenFile file) {
    ++report.brokenCount;
    if (report.broken.size() < maxListedBroken)
        report.broken.push_back(std::move(file));
}

/// What is known before the images are opened.
DatasetReport reportOf(const EncodedSource &source) {
    DatasetReport report;
    report.kind = source.kind;
    report.title = source.title;
    report.source = source.source;
    report.classNames = source.listing.classNames;
    report.notes = source.listing.notes;
    for (const BrokenFile &file : source.listing.broken)
        addBroken(report, file);
    report.brokenCount += source.listing.furtherBroken;
    return report;
}

class Opener {
  public:
    Opener(EncodedSource source, const OpenOptions &options)
        : m_source(std::move(source)),
          m_options(options),
          m_images(*m_source.listing.images),
          m_opened(m_images.size()) {}

    DatasetPtr open() {
        if (m_options.openingPreview)
            m_options.openingPreview(unreadImages(m_source, m_options));
        m_streams = bytesExpected() > probablyTooMuch * static_cast<double>(m_options.memoryBudget);
        if (!m_streams)
            m_pixels.resize(m_opened.size());
        forEach(m_opened.size(), [this](std::size_t i) { openFile(static_cast<std::uint32_t>(i)); });
        settleDepth();
        if (m_options.stop.stop_requested())
            throw OpeningCancelled{};
        return assemble();
    }

  private:
    template <typename Task>
    void forEach(std::size_t count, const Task &task) {
        parallelFor(count, m_options.threads, [&](std::size_t i) {
            if (!m_options.stop.stop_requested())
                task(i);
        });
    }

    std::string read(std::uint32_t i) const { return m_source.files->read(i, m_options.limits.maxFileBytes); }
    std::string nameOf(std::uint32_t i) const { return toValidUtf8(m_images.name(i)); }

    /// Memory of all images when decoded, estimated from a sample of many, so that a large dataset is not
    /// decoded in vain until the budget is used up.
    double bytesExpected() const {
        const std::uint64_t count = m_images.size();
        if (count <= filesToEstimateBy)
            return 0; // reading them all is fast enough
        double bytes = 0;
        for (std::uint32_t i = 0; i < filesToEstimateBy && !m_options.stop.stop_requested(); ++i) {
            const auto image = static_cast<std::uint32_t>(i * count / filesToEstimateBy);
            try {
                const ImageSize size = checkImageBytes(read(image), nameOf(image), m_options.limits).size;
                bytes += 3.0 * size.width * size.height;
            } catch (const Error &) {
                continue; // needs no memory; it is reported when it is opened
            }
        }
        return bytes / static_cast<double>(filesToEstimateBy) * static_cast<double>(count);
    }

    void openFile(std::uint32_t i) {
        try {
            m_opened[i].stamp = m_source.files->stamp(i);
            const std::string bytes = read(i);
            const std::string name = nameOf(i);
            std::ranges::copy(sha256(bytes), m_opened[i].sha256.begin());
            m_opened[i].facts = checkImageBytes(bytes, name, m_options.limits);
            if (fits(m_opened[i].facts.size) && !m_opened[i].facts.isDeep)
                decode(i, bytes, name);
        } catch (const Error &error) {
            m_failures.set(i, error.what());
        }
        tellProgress();
    }

    /// Images are decoded until the budget is used up; from then on the dataset is streamed, and decoded
    /// images are released when it is assembled.
    bool fits(const ImageSize &size) {
        const auto need =
            static_cast<std::uintmax_t>(size.width) * static_cast<std::uintmax_t>(size.height) * 3;
        if (m_streams || (m_decodedBytes += need) > m_options.memoryBudget)
            m_streams = true;
        return !m_streams;
    }

    void decode(std::uint32_t i, const std::string &bytes, const std::string &name) {
        try {
            m_pixels[i] = decodeImage(bytes, name, m_options.limits, m_depth.rule);
        } catch (const Error &error) {
            m_decodingFailures.set(i, error.what());
        }
    }

    /// Images of more than 8 bits are converted by one rule for the whole dataset.
    void settleDepth() {
        std::vector<std::uint32_t> deep;
        for (std::uint32_t i = 0; i < m_opened.size(); ++i)
            if (m_opened[i].facts.isDeep && m_failures.of(i).empty())
                deep.push_back(i);
        m_depth = measureDepth(deep, m_images, *m_source.files, m_options);
        if (!m_streams)
            forEach(deep.size(), [&](std::size_t i) { decodeDeep(deep[i]); });
    }

    void decodeDeep(std::uint32_t i) {
        const std::string name = nameOf(i);
        try {
            const std::string bytes = read(i);
            if (sha256(bytes) == textOf(m_opened[i].sha256))
                decode(i, bytes, name);
            else
                m_decodingFailures.set(i, name + " was changed while the images were being opened");
        } catch (const Error &error) {
            m_decodingFailures.set(i, error.what());
        }
    }

    /// A streamed dataset contains every image with a valid header: which of them were decoded at opening is
    /// random.
    std::string failureOf(std::uint32_t i) const {
        std::string failure = m_failures.of(i);
        return failure.empty() && !m_streams ? m_decodingFailures.of(i) : failure;
    }

    void tellProgress() {
        const std::size_t done = ++m_done;
        if (!m_options.progress || (done % progressInterval != 0 && done != m_opened.size()))
            return;
        const std::lock_guard lock(m_progressLock);
        m_options.progress(done, m_opened.size());
    }

    DatasetPtr assemble() {
        DatasetReport report = emptyReport();
        EncodedSamples samples{m_source.listing.images, m_source.files, {}, {}, {},
                               m_source.columns,        m_source.index, {}};
        std::vector<int> shorterSides;
        Sha256 hash;
        for (std::uint32_t i = 0; i < m_opened.size(); ++i) {
            if (std::string failure = failureOf(i); !failure.empty()) {
                addBroken(report, {nameOf(i), std::move(failure)});
                samples.broken.push_back({i, m_opened[i].stamp});
                continue;
            }
            widen(report, m_opened[i].facts.size);
            shorterSides.push_back(shorterSide(m_opened[i].facts.size));
            hash.add(identityOf(i));
            samples.rows.push_back(i);
        }
        requireSome(report, samples.rows);
        addContents(samples);
        tellEmptiedClasses(samples.rows, report);
        if (const auto note = sharedWithTraining(samples))
            report.notes.push_back(*note);
        report.usualSide = median(shorterSides);
        return m_streams ? streamed(std::move(report), std::move(samples), hash.hex())
                         : inMemory(std::move(report), samples, hash.hex());
    }

    void addContents(EncodedSamples &samples) const {
        samples.rows.shrink_to_fit();
        samples.contents.reserve(samples.rows.size());
        samples.stamps.reserve(samples.rows.size());
        for (const std::uint32_t row : samples.rows) {
            samples.contents.push_back(contentId(textOf(m_opened[row].sha256)));
            samples.stamps.push_back(m_opened[row].stamp);
        }
    }

    DatasetPtr streamed(DatasetReport report, EncodedSamples samples, std::string fingerprint) const {
        return std::make_shared<EncodedDataset>(std::move(report), std::move(samples), std::move(fingerprint),
                                                EncodedDataset::Reading{m_options.limits, m_depth.rule});
    }

    DatasetPtr inMemory(DatasetReport report, const EncodedSamples &samples, std::string fingerprint) {
        std::vector<SampleInfo> infos;
        std::vector<Image> images;
        for (std::size_t sample = 0; sample < samples.rows.size(); ++sample) {
            const std::uint32_t row = samples.rows[sample];
            infos.push_back(
                {nameOf(row), m_images.label(row), m_images.isTest(row), samples.contents[sample]});
            images.push_back(std::move(m_pixels[row]));
        }
        const auto dataset = std::make_shared<MemoryDataset>(std::move(report), std::move(infos),
                                                             std::move(images), std::move(fingerprint));
        if (m_source.columns)
            dataset->setColumns(m_source.columns->selected(samples.rows));
        return dataset;
    }

    std::optional<Message> sharedWithTraining(const EncodedSamples &samples) const {
        const auto isTest = [this](std::uint32_t row) { return m_images.isTest(row); };
        if (std::ranges::none_of(samples.rows, isTest))
            return std::nullopt;
        std::vector<ImageContent> training;
        std::vector<ImageContent> test;
        for (std::size_t sample = 0; sample < samples.rows.size(); ++sample)
            (isTest(samples.rows[sample]) ? test : training)
                .push_back({samples.contents[sample], nameOf(samples.rows[sample])});
        return sharedImagesNote(training, test, HeldOut::Test);
    }

    /// Classes whose files are all broken.
    void tellEmptiedClasses(const std::vector<std::uint32_t> &rows, DatasetReport &report) const {
        const std::vector<std::string> &names = m_source.listing.classNames;
        std::vector<bool> isFilled(names.size());
        for (const std::uint32_t row : rows)
            if (const int label = m_images.label(row); label != Dataset::unlabelled)
                isFilled[static_cast<std::size_t>(label)] = true;
        for (std::size_t label = 0; label < isFilled.size(); ++label)
            if (!isFilled[label])
                report.notes.push_back(datasetMessage("emptied_class", names[label]));
    }

    /// What of an image is in the fingerprint.
    std::string identityOf(std::uint32_t i) const {
        const int label = m_images.label(i);
        const std::string className = label == Dataset::unlabelled
                                          ? std::string()
                                          : m_source.listing.classNames[static_cast<std::size_t>(label)];
        Json identity = Json::array(
            {m_images.isTest(i) ? "test" : "train", className, m_images.name(i), textOf(m_opened[i].sha256)});
        if (m_opened[i].facts.isDeep && m_depth.rule != DepthRule{})
            identity.push_back(m_depth.rule.bits);
        return toLine(identity);
    }

    DatasetReport emptyReport() const {
        DatasetReport report = reportOf(m_source);
        if (const auto note = m_depth.note())
            report.notes.push_back(*note);
        report.inMemory = !m_streams;
        return report;
    }

    static void widen(DatasetReport &report, ImageSize size) {
        if (report.largest.width == 0)
            report.smallest = size;
        report.smallest = {std::min(report.smallest.width, size.width),
                           std::min(report.smallest.height, size.height)};
        report.largest = {std::max(report.largest.width, size.width),
                          std::max(report.largest.height, size.height)};
    }

    static int shorterSide(ImageSize size) { return std::min(size.width, size.height); }

    static int median(std::vector<int> &numbers) {
        const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
        std::ranges::nth_element(numbers, middle);
        return *middle;
    }

    void requireSome(const DatasetReport &report, const std::vector<std::uint32_t> &rows) const {
        if (rows.empty())
            throw InvalidInput("none of the " + std::to_string(m_opened.size()) + " images in " +
                               displayName(m_source.place) +
                               " can be read; the first: " + report.broken.front().reason);
    }

    EncodedSource m_source;
    const OpenOptions &m_options;
    const ImageList &m_images;
    std::vector<Opened> m_opened;
    std::vector<Image> m_pixels; ///< empty if the dataset is streamed from the beginning
    Failures m_failures;
    Failures m_decodingFailures; ///< only used if the dataset is kept in memory
    std::atomic<bool> m_streams = false;
    std::atomic<std::uintmax_t> m_decodedBytes = 0;
    std::atomic<std::size_t> m_done = 0;
    std::mutex m_progressLock;
    ImageDepth m_depth;
};

} // namespace

EncodedSource encodedSource(const std::string &kind, const fs::path &place) {
    const fs::path absolute = fs::absolute(place).lexically_normal();
    EncodedSource source;
    source.kind = kind;
    source.title =
        displayName(absolute.has_filename() ? absolute.filename() : absolute.parent_path().filename());
    source.source = kind + ":" + absolute.native();
    source.place = place;
    return source;
}

DatasetPtr unreadImages(const EncodedSource &source, const OpenOptions &options) {
    EncodedSamples samples{source.listing.images, source.files, {}, {}, {}, source.columns, {}, {}};
    for (std::uint32_t i = 0; i < source.listing.images->size(); ++i)
        samples.rows.push_back(i);
    return std::make_shared<EncodedDataset>(reportOf(source), std::move(samples), std::string(),
                                            EncodedDataset::Reading{options.limits, {}});
}

DatasetPtr openEncodedImages(EncodedSource source, const OpenOptions &options) {
    return Opener(std::move(source), options).open();
}

} // namespace simclr
