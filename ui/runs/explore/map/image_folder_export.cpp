// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/image_folder_export.h"

#include "core/image/codec.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "ui/data/image_file.h"

#include <algorithm>
#include <optional>

namespace simclr::ui {

namespace fs = std::filesystem;

namespace {

/// A name of any bytes as the name of one folder or file.
std::string safeName(std::string name) {
    std::ranges::replace_if(
        name, [](char each) { return each == '/' || static_cast<unsigned char>(each) < ' '; }, '_');
    const bool isSpecial = name.empty() || name.front() == '.';
    constexpr std::size_t longest = 120; // bytes; file systems allow 255
    return (isSpecial ? "_" + name : name).substr(0, longest);
}

/// A folder name for each class; equal ones are told apart by the number of the class.
std::vector<std::string> classFolders(const DatasetReport &report) {
    std::vector<std::string> folders;
    for (const std::string &name : report.classNames) {
        std::string folder = safeName(name);
        if (std::ranges::find(folders, folder) != folders.end())
            folder += "-" + std::to_string(folders.size());
        folders.push_back(std::move(folder));
    }
    return folders;
}

/// Writes images below a folder, one by one.
class ImageWriter {
  public:
    ImageWriter(const Dataset &images, fs::path folder)
        : m_images(images), m_folder(std::move(folder)), m_classes(classFolders(images.report())) {}

    void write(std::uint32_t sample) {
        const auto place = placeOf(sample);
        if (!place) {
            ++m_result.unlabelled;
        } else if (writeTo(*place, sample)) {
            ++m_result.written;
        } else {
            ++m_result.unreadable;
        }
    }
    const ExportedFolder &result() const { return m_result; }

  private:
    /// Nothing: it has no label among labelled ones.
    std::optional<fs::path> placeOf(std::uint32_t sample) const {
        fs::path place = m_folder;
        if (m_images.report().hasTestSplit)
            place /= m_images.isTestSample(sample) ? "test" : "train";
        if (!m_images.isLabelled())
            return place;
        const int label = m_images.label(sample);
        return label == Dataset::unlabelled ? std::nullopt
                                            : std::optional(place / m_classes.at(std::size_t(label)));
    }

    /// Its number keeps names apart. False if the image cannot be read.
    bool writeTo(const fs::path &place, std::uint32_t sample) const {
        const std::string number = std::to_string(sample);
        const std::string start = std::string(number.size() < 7 ? 7 - number.size() : 0, '0') + number;
        fs::create_directories(place);
        if (const auto file = fileOf(m_images, sample)) {
            if (!fs::is_regular_file(*file))
                return false;
            const std::string extension = file->extension().string();
            fs::copy_file(*file, place / (start + "-" + safeName(file->stem().string()) + extension));
            return true;
        }
        writePng(m_images.image(sample), place / (start + ".png"));
        return true;
    }

    const Dataset &m_images;
    fs::path m_folder;
    std::vector<std::string> m_classes;
    ExportedFolder m_result;
};

/// A folder under a temporary name, deleted unless it is finished.
class UnfinishedFolder {
  public:
    explicit UnfinishedFolder(const fs::path &folder) : m_folder(folder), m_path(folder) {
        m_path += ".unfinished";
        if (!fs::create_directories(m_path))
            throw InvalidInput(displayName(m_path) + " exists; delete it, or choose another name");
    }
    ~UnfinishedFolder() {
        std::error_code ignored;
        if (!m_isFinished)
            fs::remove_all(m_path, ignored);
    }
    UnfinishedFolder(const UnfinishedFolder &) = delete;
    UnfinishedFolder &operator=(const UnfinishedFolder &) = delete;

    const fs::path &path() const { return m_path; }
    void finish() {
        fs::rename(m_path, m_folder);
        m_isFinished = true;
    }

  private:
    fs::path m_folder;
    fs::path m_path;
    bool m_isFinished = false;
};

void requireNew(const fs::path &folder, const Dataset &images) {
    if (fs::exists(folder))
        throw InvalidInput(displayName(folder) + " exists; choose the name of a new folder");
    const std::string &source = images.report().source;
    constexpr std::string_view kind = "folder:";
    if (!source.starts_with(kind))
        return;
    const fs::path below =
        fs::weakly_canonical(folder).lexically_relative(fs::weakly_canonical(source.substr(kind.size())));
    if (!below.empty() && *below.begin() != "..")
        throw InvalidInput(displayName(folder) +
                           " is in the image folder, which is read-only for this program");
}

} // namespace

ExportedFolder exportImageFolder(const Dataset &images, std::span<const std::uint32_t> samples,
                                 const fs::path &folder, const std::stop_token &stop,
                                 const std::function<void(std::size_t)> &progress) {
    try {
        requireNew(folder, images);
        UnfinishedFolder unfinished(folder);
        ImageWriter writer(images, unfinished.path());
        for (std::size_t i = 0; i < samples.size(); ++i) {
            if (stop.stop_requested())
                return {};
            writer.write(samples[i]);
            progress(i + 1);
        }
        if (writer.result().written > 0)
            unfinished.finish();
        return writer.result();
    } catch (const fs::filesystem_error &error) {
        throw IoError("cannot write " + displayName(folder) + ": " + error.code().message());
    }
}

std::vector<std::uint32_t> otherSamples(const Dataset &images, std::span<const std::uint32_t> samples) {
    std::vector<std::uint32_t> others;
    for (std::uint32_t sample = 0; sample < images.size(); ++sample)
        if (!std::ranges::binary_search(samples, sample))
            others.push_back(sample);
    return others;
}

} // namespace simclr::ui
