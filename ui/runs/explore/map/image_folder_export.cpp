// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/map/image_folder_export.h"

#include "core/image/codec.h"
#include "core/util/error.h"
#include "core/util/files.h"
#include "ui/runs/explore/gallery/image_file.h"

#include <algorithm>

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

/// Where an image belongs below the folder; empty: it has no label among labelled ones.
fs::path placeOf(const Dataset &images, std::uint32_t sample) {
    const DatasetReport &report = images.report();
    const fs::path part = !report.hasTestSplit ? "." : images.isTestSample(sample) ? "test" : "train";
    if (!images.isLabelled())
        return part;
    const int label = images.label(sample);
    return label == Dataset::unlabelled ? fs::path()
                                        : part / safeName(report.classNames.at(std::size_t(label)));
}

/// Its number keeps names apart.
void writeImage(const Dataset &images, std::uint32_t sample, const fs::path &folder) {
    fs::create_directories(folder);
    const std::string number = std::to_string(sample);
    const std::string start = std::string(number.size() < 7 ? 7 - number.size() : 0, '0') + number;
    if (const auto file = fileOf(images, sample)) {
        const std::string extension = file->extension().string();
        fs::copy_file(*file, folder / (start + "-" + safeName(file->stem().string()) + extension));
    } else {
        writePng(images.image(sample), folder / (start + ".png"));
    }
}

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
        ExportedFolder result;
        for (std::size_t i = 0; i < samples.size(); ++i) {
            if (stop.stop_requested())
                return {};
            const fs::path place = placeOf(images, samples[i]);
            if (place.empty()) {
                ++result.leftOut;
            } else {
                writeImage(images, samples[i], unfinished.path() / place);
                ++result.written;
            }
            progress(i + 1);
        }
        unfinished.finish();
        return result;
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
