// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/folder_listing.h"
#include "core/data/stored_dataset.h"
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
constexpr double probablyTooMuch = 2; ///< times the memory that there is

/// Large photographs: only checked at opening, decoded each time they are asked for.
class StreamedFolder final : public ListedDataset {
  public:
    StreamedFolder(DatasetReport report, std::vector<SampleInfo> samples, std::vector<fs::path> paths,
                   std::string fingerprint, DecodeLimits limits)
        : ListedDataset(std::move(report), std::move(samples), std::move(fingerprint)),
          m_paths(std::move(paths)),
          m_limits(limits) {}

    Image image(std::uint32_t sample) const override { return readImage(m_paths.at(sample), m_limits); }

  private:
    std::vector<fs::path> m_paths;
    DecodeLimits m_limits;
};

/// What opening one file gave: its size and, while the memory lasts, its pixels; or why it is broken.
struct Opened {
    ImageSize size;
    std::string sha256;
    Image image;
    std::string failure;
    std::string decodingFailure; ///< counts only where the folder is kept in memory
};

class FolderOpener {
  public:
    FolderOpener(const fs::path &folder, const OpenOptions &options)
        : m_folder(folder),
          m_options(options),
          m_listing(listImageFolder(folder, options.stop)),
          m_opened(m_listing.files.size()) {}

    DatasetPtr open() {
        if (m_options.firstLook)
            m_options.firstLook(unread());
        m_streams = bytesExpected() > probablyTooMuch * static_cast<double>(m_options.memoryBudget);
        parallelFor(m_opened.size(), m_options.threads, [this](std::size_t i) { openFile(i); });
        if (m_options.stop.stop_requested())
            throw OpeningCancelled{};
        return assemble();
    }

  private:
    DatasetPtr unread() const {
        DatasetReport report = emptyReport();
        report.inMemory = false;
        std::vector<SampleInfo> samples;
        std::vector<fs::path> paths;
        for (const ListedFile &file : m_listing.files) {
            samples.push_back({toValidUtf8(file.relative), file.label, file.isTest});
            paths.push_back(file.path);
        }
        return std::make_shared<StreamedFolder>(std::move(report), std::move(samples), std::move(paths),
                                                std::string(), m_options.limits);
    }

    /// What all pictures would take decoded, judged by some of many: so that those of a large folder are not
    /// decoded until the memory is spent, for nothing.
    double bytesExpected() const {
        const std::size_t count = m_listing.files.size();
        if (count <= filesToJudgeBy)
            return 0; // they are read soon enough
        double bytes = 0;
        for (std::size_t i = 0; i < filesToJudgeBy && !m_options.stop.stop_requested(); ++i) {
            const ListedFile &file = m_listing.files[i * count / filesToJudgeBy];
            try {
                const ImageSize size = checkImageBytes(readFile(file.path, m_options.limits.maxFileBytes),
                                                       toValidUtf8(file.relative), m_options.limits);
                bytes += 3.0 * size.width * size.height;
            } catch (const Error &) {
                continue; // takes nothing; it is told when it is opened
            }
        }
        return bytes / static_cast<double>(filesToJudgeBy) * static_cast<double>(count);
    }

    void openFile(std::size_t i) {
        if (m_options.stop.stop_requested())
            return;
        const ListedFile &file = m_listing.files[i];
        try {
            const std::string bytes = readFile(file.path, m_options.limits.maxFileBytes);
            const std::string name = toValidUtf8(file.relative);
            m_opened[i].sha256 = sha256(bytes);
            m_opened[i].size = checkImageBytes(bytes, name, m_options.limits);
            decodeIfItFits(i, bytes, name);
        } catch (const Error &error) {
            m_opened[i].failure = error.what();
        }
        tellProgress();
    }

    /// Decodes until the budget is spent; from then on the folder is streamed, and what was decoded is let go
    /// when it is assembled.
    void decodeIfItFits(std::size_t i, const std::string &bytes, const std::string &name) {
        const ImageSize size = m_opened[i].size;
        const auto need =
            static_cast<std::uintmax_t>(size.width) * static_cast<std::uintmax_t>(size.height) * 3;
        if (m_streams || (m_decodedBytes += need) > m_options.memoryBudget) {
            m_streams = true;
            return;
        }
        try {
            m_opened[i].image = decodeImage(bytes, name, m_options.limits);
        } catch (const Error &error) {
            m_opened[i].decodingFailure = error.what();
        }
    }

    /// A streamed folder holds every picture whose header is sound: which of them were decoded at opening is
    /// chance.
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
        std::vector<fs::path> paths;
        std::vector<Image> images;
        Sha256 hash;
        for (std::size_t i = 0; i < m_opened.size(); ++i) {
            ListedFile &file = m_listing.files[i];
            if (std::string failure = failureOf(m_opened[i]); !failure.empty()) {
                addBroken(report, file, std::move(failure));
                continue;
            }
            widen(report, m_opened[i].size);
            hash.add(identityOf(file, m_opened[i]));
            samples.push_back({toValidUtf8(file.relative), file.label, file.isTest});
            if (m_streams)
                paths.push_back(std::move(file.path));
            else
                images.push_back(std::move(m_opened[i].image));
        }
        requireSome(report, samples);
        if (m_streams)
            return std::make_shared<StreamedFolder>(std::move(report), std::move(samples), std::move(paths),
                                                    hash.hex(), m_options.limits);
        return std::make_shared<MemoryDataset>(std::move(report), std::move(samples), std::move(images),
                                               hash.hex());
    }

    std::string identityOf(const ListedFile &file, const Opened &opened) const {
        const bool hasClass = file.label != Dataset::unlabelled;
        const std::string label = hasClass ? m_listing.classNames[static_cast<std::size_t>(file.label)] : "";
        return toLine(Json::array({file.isTest ? "test" : "train", label, file.relative, opened.sha256}));
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
        report.inMemory = !m_streams;
        return report;
    }

    static void addBroken(DatasetReport &report, const ListedFile &file, std::string reason) {
        ++report.brokenCount;
        if (report.broken.size() < maxListedBroken)
            report.broken.push_back({toValidUtf8(file.relative), std::move(reason)});
    }

    static void widen(DatasetReport &report, ImageSize size) {
        if (report.largest.width == 0)
            report.smallest = size;
        report.smallest = {std::min(report.smallest.width, size.width),
                           std::min(report.smallest.height, size.height)};
        report.largest = {std::max(report.largest.width, size.width),
                          std::max(report.largest.height, size.height)};
    }

    void requireSome(const DatasetReport &report, const std::vector<SampleInfo> &samples) const {
        if (samples.empty())
            throw InvalidInput("none of the " + std::to_string(m_opened.size()) + " pictures in " +
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
};

} // namespace

DatasetPtr openImageFolder(const fs::path &folder, const OpenOptions &options) {
    if (!fs::is_directory(folder))
        throw InvalidInput(displayName(folder) + " is not a folder");
    return FolderOpener(folder, options).open();
}

} // namespace simclr
