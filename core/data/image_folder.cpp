// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset_messages.h"
#include "core/data/folder_depth.h"
#include "core/data/folder_listing.h"
#include "core/data/shared_images.h"
#include "core/data/streamed_folder.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/hash.h"
#include "core/util/json.h"
#include "core/util/parallel.h"

#include <algorithm>
#include <mutex>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t maxListedBroken = 1000;
constexpr std::size_t progressInterval = 256;
constexpr std::size_t filesToJudgeBy = 64;
constexpr double probablyTooMuch = 2; ///< times the available memory

/// The result of opening one file: its size and, within the memory budget, its pixels; or why it is broken.
struct Opened {
    ImageFacts facts;
    FileStamp stamp;
    std::string sha256;
    Image image;
    std::string failure;
    std::string decodingFailure; ///< only used if the folder is kept in memory
};

class FolderOpener {
  public:
    FolderOpener(const fs::path &folder, const OpenOptions &options)
        : m_folder(folder),
          m_options(options),
          m_listing(listImageFolder(folder, options.stop)),
          m_opened(m_listing.files.size()) {}

    DatasetPtr open() {
        if (m_options.openingPreview)
            m_options.openingPreview(unread());
        m_streams = bytesExpected() > probablyTooMuch * static_cast<double>(m_options.memoryBudget);
        parallelFor(m_opened.size(), m_options.threads, [this](std::size_t i) { openFile(i); });
        settleDepth();
        if (m_options.stop.stop_requested())
            throw OpeningCancelled{};
        return assemble();
    }

  private:
    DatasetPtr unread() const {
        DatasetReport report = emptyReport();
        report.inMemory = false;
        std::vector<SampleInfo> samples;
        std::vector<StreamedFile> files;
        for (const ListedFile &file : m_listing.files) {
            samples.push_back({toValidUtf8(file.relative), file.label, file.isTest});
            files.push_back({file.path, {}});
        }
        return std::make_shared<StreamedFolder>(std::move(report), std::move(samples), std::move(files),
                                                std::string(), StreamedFolder::Reading{m_options.limits, {}});
    }

    /// Memory of all images when decoded, estimated from a sample of many, so that a large folder is not
    /// decoded in vain until the budget is used up.
    double bytesExpected() const {
        const std::size_t count = m_listing.files.size();
        if (count <= filesToJudgeBy)
            return 0; // reading them all is fast enough
        double bytes = 0;
        for (std::size_t i = 0; i < filesToJudgeBy && !m_options.stop.stop_requested(); ++i) {
            const ListedFile &file = m_listing.files[i * count / filesToJudgeBy];
            try {
                const ImageSize size = checkImageBytes(readFile(file.path, m_options.limits.maxFileBytes),
                                                       toValidUtf8(file.relative), m_options.limits)
                                           .size;
                bytes += 3.0 * size.width * size.height;
            } catch (const Error &) {
                continue; // needs no memory; it is reported when it is opened
            }
        }
        return bytes / static_cast<double>(filesToJudgeBy) * static_cast<double>(count);
    }

    void openFile(std::size_t i) {
        if (m_options.stop.stop_requested())
            return;
        const ListedFile &file = m_listing.files[i];
        try {
            m_opened[i].stamp = stampOf(file.path);
            const std::string bytes = readFile(file.path, m_options.limits.maxFileBytes);
            const std::string name = toValidUtf8(file.relative);
            m_opened[i].sha256 = sha256(bytes);
            m_opened[i].facts = checkImageBytes(bytes, name, m_options.limits);
            if (fits(m_opened[i].facts.size) && !m_opened[i].facts.isDeep)
                decode(i, bytes, name);
        } catch (const Error &error) {
            m_opened[i].failure = error.what();
        }
        tellProgress();
    }

    /// Images are decoded until the budget is used up; from then on the folder is streamed, and decoded
    /// images are released when it is assembled.
    bool fits(const ImageSize &size) {
        const auto need =
            static_cast<std::uintmax_t>(size.width) * static_cast<std::uintmax_t>(size.height) * 3;
        if (m_streams || (m_decodedBytes += need) > m_options.memoryBudget)
            m_streams = true;
        return !m_streams;
    }

    void decode(std::size_t i, const std::string &bytes, const std::string &name) {
        try {
            m_opened[i].image = decodeImage(bytes, name, m_options.limits, m_depth.rule);
        } catch (const Error &error) {
            m_opened[i].decodingFailure = error.what();
        }
    }

    /// Images of more than 8 bits are converted by one rule for the whole folder.
    void settleDepth() {
        std::vector<std::size_t> deep;
        std::vector<const ListedFile *> files;
        for (std::size_t i = 0; i < m_opened.size(); ++i)
            if (m_opened[i].facts.isDeep && m_opened[i].failure.empty()) {
                deep.push_back(i);
                files.push_back(&m_listing.files[i]);
            }
        m_depth = measureDepth(files, m_options.limits, m_options.threads, m_options.stop);
        if (!m_streams)
            parallelFor(deep.size(), m_options.threads, [&](std::size_t i) { decodeDeep(deep[i]); });
    }

    void decodeDeep(std::size_t i) {
        if (m_options.stop.stop_requested())
            return;
        const std::string name = toValidUtf8(m_listing.files[i].relative);
        try {
            const std::string bytes = readFile(m_listing.files[i].path, m_options.limits.maxFileBytes);
            if (sha256(bytes) == m_opened[i].sha256)
                decode(i, bytes, name);
            else
                m_opened[i].decodingFailure = name + " was changed while the folder was being opened";
        } catch (const Error &error) {
            m_opened[i].decodingFailure = error.what();
        }
    }

    /// A streamed folder contains every image with a valid header: which of them were decoded at opening is
    /// random.
    std::string failureOf(const Opened &opened) const {
        return opened.failure.empty() && !m_streams ? opened.decodingFailure : opened.failure;
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
        std::vector<SampleInfo> samples;
        std::vector<StreamedFile> files;
        std::vector<Image> images;
        std::vector<int> shorterSides;
        Sha256 hash;
        for (std::size_t i = 0; i < m_opened.size(); ++i) {
            ListedFile &file = m_listing.files[i];
            if (std::string failure = failureOf(m_opened[i]); !failure.empty()) {
                addBroken(report, {toValidUtf8(file.relative), std::move(failure)});
                continue;
            }
            widen(report, m_opened[i].facts.size);
            shorterSides.push_back(shorterSide(m_opened[i].facts.size));
            hash.add(identityOf(file, m_opened[i]));
            const std::uint64_t content = contentId(m_opened[i].sha256);
            samples.push_back({toValidUtf8(file.relative), file.label, file.isTest, content});
            if (m_streams)
                files.push_back({std::move(file.path), m_opened[i].stamp});
            else
                images.push_back(std::move(m_opened[i].image));
        }
        requireSome(report, samples);
        tellEmptiedClasses(samples, report);
        if (const auto note = sharedWithTraining(samples))
            report.notes.push_back(*note);
        report.usualSide = median(shorterSides);
        if (m_streams)
            return std::make_shared<StreamedFolder>(std::move(report), std::move(samples), std::move(files),
                                                    hash.hex(),
                                                    StreamedFolder::Reading{m_options.limits, m_depth.rule});
        return std::make_shared<MemoryDataset>(std::move(report), std::move(samples), std::move(images),
                                               hash.hex());
    }

    static std::optional<Message> sharedWithTraining(const std::vector<SampleInfo> &samples) {
        std::vector<ImageContent> training;
        std::vector<ImageContent> test;
        for (const SampleInfo &sample : samples)
            (sample.isTest ? test : training).push_back({sample.contentId, sample.name});
        return sharedImagesNote(training, test, HeldOut::Test);
    }

    /// Classes whose files are all broken.
    void tellEmptiedClasses(const std::vector<SampleInfo> &samples, DatasetReport &report) const {
        std::vector<bool> isFilled(m_listing.classNames.size());
        for (const SampleInfo &sample : samples)
            if (sample.label != Dataset::unlabelled)
                isFilled[static_cast<std::size_t>(sample.label)] = true;
        for (std::size_t label = 0; label < isFilled.size(); ++label)
            if (!isFilled[label])
                report.notes.push_back(datasetMessage("emptied_class", m_listing.classNames[label]));
    }

    std::string identityOf(const ListedFile &file, const Opened &opened) const {
        const bool hasClass = file.label != Dataset::unlabelled;
        const std::string label = hasClass ? m_listing.classNames[static_cast<std::size_t>(file.label)] : "";
        Json identity = Json::array({file.isTest ? "test" : "train", label, file.relative, opened.sha256});
        if (opened.facts.isDeep && m_depth.rule != DepthRule{})
            identity.push_back(m_depth.rule.bits);
        return toLine(identity);
    }

    DatasetReport emptyReport() const {
        DatasetReport report;
        report.kind = "folder";
        const fs::path absolute = fs::absolute(m_folder).lexically_normal();
        report.title =
            displayName(absolute.has_filename() ? absolute.filename() : absolute.parent_path().filename());
        report.source = "folder:" + absolute.native();
        report.classNames = m_listing.classNames;
        report.notes = m_listing.notes;
        for (const BrokenFile &file : m_listing.broken)
            addBroken(report, file);
        if (const auto note = m_depth.note())
            report.notes.push_back(*note);
        report.inMemory = !m_streams;
        return report;
    }

    static void addBroken(DatasetReport &report, BrokenFile file) {
        ++report.brokenCount;
        if (report.broken.size() < maxListedBroken)
            report.broken.push_back(std::move(file));
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

    void requireSome(const DatasetReport &report, const std::vector<SampleInfo> &samples) const {
        if (samples.empty())
            throw InvalidInput("none of the " + std::to_string(m_opened.size()) + " images in " +
                               displayName(m_folder) +
                               " can be read; the first: " + report.broken.front().reason);
    }

    const fs::path &m_folder;
    const OpenOptions &m_options;
    FolderListing m_listing;
    std::vector<Opened> m_opened;
    std::atomic<bool> m_streams = false;
    std::atomic<std::uintmax_t> m_decodedBytes = 0;
    std::atomic<std::size_t> m_done = 0;
    std::mutex m_progressLock;
    FolderDepth m_depth;
};

} // namespace

DatasetPtr openImageFolder(const fs::path &folder, const OpenOptions &options) {
    if (!fs::is_directory(folder))
        throw InvalidInput(displayName(folder) + " is not a folder");
    return FolderOpener(folder, options).open();
}

} // namespace simclr
