// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/dataset_index.h"

#include "core/data/index_bytes.h"
#include "core/data/loose_files.h"
#include "core/data/report_json.h"
#include "core/util/atomic_file.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "core/util/hash.h"
#include "core/util/json.h"

#include <algorithm>
#include <atomic>

namespace simclr {

namespace fs = std::filesystem;

namespace {

/// Its number is incremented whenever the format or the rules by which folders and images are read change.
constexpr std::string_view firstLine = "simclr image index 1\n";
constexpr std::size_t digestBytes = 64;
constexpr std::uintmax_t mostIndexBytes = std::uintmax_t{4} << 30;
constexpr std::uint32_t fewestImages = 256;
constexpr std::uint32_t imagesToCheck = 4096;
constexpr std::size_t mostIndexes = 32; ///< in a folder

/// All that is stored.
struct Contents {
    Json document;
    std::shared_ptr<ImageList> images = std::make_shared<ImageList>();
    EncodedSamples samples;
    std::shared_ptr<WatchedPaths> watched = std::make_shared<WatchedPaths>();
};

std::string bodyOf(const Json &document, const EncodedSamples &samples, const WatchedPaths &watched) {
    IndexWriter writer;
    writer.add(toLine(document));
    samples.images->write(writer);
    writer.addArray(samples.rows);
    writer.addArray(samples.contents);
    writer.addArray(samples.stamps);
    watched.names.write(writer);
    writer.addArray(watched.stamps);
    return writer.take();
}

/// Throws InvalidInput if a length or number is not valid.
Contents contentsOf(std::string_view body, const std::string &name) {
    IndexReader reader(body);
    Contents contents;
    contents.document = parseJson(reader.text(), name);
    *contents.images = ImageList::read(reader);
    contents.samples.images = contents.images;
    contents.samples.rows = reader.array<std::uint32_t>();
    contents.samples.contents = reader.array<std::uint64_t>();
    contents.samples.stamps = reader.array<FileStamp>();
    contents.watched->names = NameTable::read(reader);
    contents.watched->stamps = reader.array<FileStamp>();
    const std::size_t count = contents.samples.rows.size();
    const auto isRow = [&](std::uint32_t row) { return row < contents.images->size(); };
    if (!reader.isAtEnd() || contents.samples.contents.size() != count ||
        contents.samples.stamps.size() != count ||
        contents.watched->stamps.size() != contents.watched->names.size() ||
        !std::ranges::all_of(contents.samples.rows, isRow))
        throw InvalidInput(name + " is damaged");
    return contents;
}

void requireLabels(const ImageList &images, std::size_t classes) {
    for (std::uint32_t i = 0; i < images.size(); ++i)
        if (images.label(i) < Dataset::unlabelled || images.label(i) >= static_cast<int>(classes))
            throw InvalidInput("a label is not valid");
}

/// The part after the first line and the digest; nothing if they are not right.
std::string_view verifiedBody(std::string_view bytes) {
    const std::size_t begin = firstLine.size() + digestBytes;
    if (!bytes.starts_with(firstLine) || bytes.size() < begin)
        return {};
    const std::string_view body = bytes.substr(begin);
    return sha256(body) == bytes.substr(firstLine.size(), digestBytes) ? body : std::string_view();
}

/// The time of an index file is that of its last use.
void noteUse(const fs::path &file) {
    std::error_code ignored;
    fs::last_write_time(file, fs::file_time_type::clock::now(), ignored);
}

/// Of folders, options and versions that are no longer used. Another program may remove them at the same
/// time.
void removeOldIndexes(const fs::path &folder) {
    std::vector<std::pair<fs::file_time_type, fs::path>> files;
    std::error_code failure;
    for (fs::directory_iterator at(folder, failure), end; !failure && at != end; at.increment(failure)) {
        std::error_code unknown;
        const auto time = fs::last_write_time(at->path(), unknown);
        if (!unknown && at->path().extension() == ".index")
            files.emplace_back(time, at->path());
    }
    std::ranges::sort(files, std::greater());
    for (std::size_t i = mostIndexes; i < files.size(); ++i)
        fs::remove(files[i].second, failure);
}

} // namespace

fs::path indexFolderBeside(fs::path database) {
    return database += ".images";
}

DatasetIndex::DatasetIndex(fs::path root, const std::string &source, const OpenOptions &options)
    : m_root(std::move(root)), m_source(source), m_options(options) {
    constexpr std::size_t nameDigits = 32;
    if (!options.indexFolder.empty())
        m_file = options.indexFolder / (sha256(key()).substr(0, nameDigits) + ".index");
}

/// What the content depends on besides the folder.
std::string DatasetIndex::key() const {
    const std::string source = sha256(m_source); // may not be UTF-8
    return toLine(Json::array(
        {source, m_options.memoryBudget, m_options.limits.maxFileBytes, m_options.limits.maxPixels}));
}

bool DatasetIndex::agrees(const WatchedPaths &watched, const EncodedSamples &samples) const {
    for (std::uint32_t i = 0; i < watched.names.size(); ++i)
        if (stampOf(m_root / watched.names.at(i)) != watched.stamps[i])
            return false;
    const std::uint64_t count = samples.rows.size();
    const std::uint64_t checked = std::min<std::uint64_t>(count, imagesToCheck);
    for (std::uint64_t i = 0; i < checked; ++i) {
        const std::uint64_t sample = i * count / checked;
        if (samples.files->stamp(samples.rows[sample]) != samples.stamps[sample])
            return false;
    }
    return true;
}

DatasetPtr DatasetIndex::open() const {
    std::error_code failure;
    if (m_file.empty() || !fs::exists(m_file, failure))
        return nullptr;
    try {
        const std::string bytes = readFile(m_file, mostIndexBytes);
        const std::string_view body = verifiedBody(bytes);
        if (body.empty())
            return nullptr;
        Contents contents = contentsOf(body, displayName(m_file));
        return takingApart(displayName(m_file), [&]() -> DatasetPtr {
            if (contents.document.at("key") != key())
                return nullptr;
            contents.samples.files = std::make_shared<LooseFiles>(m_root, contents.images);
            contents.samples.index = m_file;
            if (!agrees(*contents.watched, contents.samples))
                return nullptr;
            DatasetReport report = reportFromJson(contents.document.at("report"));
            report.source = m_source;
            requireLabels(*contents.images, report.classNames.size());
            noteUse(m_file);
            const EncodedDataset::Reading reading{m_options.limits,
                                                  {contents.document.at("bits").get<int>()}};
            return std::make_shared<EncodedDataset>(std::move(report), std::move(contents.samples),
                                                    contents.document.at("fingerprint").get<std::string>(),
                                                    reading);
        });
    } catch (const Error &) {
        return nullptr; // it is only a cache
    }
}

void DatasetIndex::save(const Dataset &dataset, const ImageListing &listing) const {
    const auto *streamed = dynamic_cast<const EncodedDataset *>(&dataset);
    const DatasetReport &report = dataset.report();
    if (m_file.empty() || !streamed || dataset.size() < fewestImages || !listing.watched ||
        !listing.watched->isReliable || report.brokenCount > report.broken.size())
        return;
    WatchedPaths watched;
    for (std::uint32_t i = 0; i < listing.watched->names.size(); ++i)
        watched.add(listing.watched->names.at(i), listing.watched->stamps[i]);
    for (const BrokenImage &broken : streamed->samples().broken)
        watched.add(listing.images->name(broken.row), broken.stamp);
    if (!agrees(watched, streamed->samples()))
        return;
    const Json document{{"key", key()},
                        {"fingerprint", dataset.fingerprint()},
                        {"bits", streamed->reading().depth.bits},
                        {"report", toJson(report)}};
    try {
        const std::string body = bodyOf(document, streamed->samples(), watched);
        fs::create_directories(m_options.indexFolder);
        AtomicFile file(m_file);
        file.append(firstLine);
        file.append(sha256(body));
        file.append(body);
        file.commit();
        removeOldIndexes(m_options.indexFolder);
    } catch (const Error &) { // then the folder is read again the next time
    } catch (const fs::filesystem_error &) {
    }
}

} // namespace simclr
