// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/convert/conversion.h"

#include "core/data/convert/conversion_output.h"
#include "core/data/image_places.h"
#include "core/image/png_bytes.h"
#include "core/util/errno_error.h"
#include "core/util/lower_case.h"
#include "core/util/parallel.h"

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace simclr {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t batchImages = 64; ///< read and encoded at the same time

/// A folder beside the result, with the result's content until it is complete; deleted if it is not.
class UnfinishedFolder {
  public:
    explicit UnfinishedFolder(const fs::path &result) : m_result(result) {
        std::string name = (result.parent_path() / ("." + result.filename().native() + "-XXXXXX")).native();
        if (!::mkdtemp(name.data()))
            throwErrno("cannot create a folder beside", result);
        m_folder = name;
    }
    ~UnfinishedFolder() {
        std::error_code ignored;
        if (!m_isFinished)
            fs::remove_all(m_folder, ignored);
    }
    UnfinishedFolder(const UnfinishedFolder &) = delete;
    UnfinishedFolder &operator=(const UnfinishedFolder &) = delete;

    const fs::path &path() const { return m_folder; }

    /// Succeeds only if there is nothing or an empty folder in its place.
    void finish() {
        syncToDisk();
        fs::permissions(m_folder, fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec |
                                      fs::perms::others_read | fs::perms::others_exec);
        if (::rename(m_folder.c_str(), m_result.c_str()) != 0)
            throwErrno("cannot write", m_result);
        m_isFinished = true;
    }

  private:
    void syncToDisk() const {
        const int descriptor = ::open(m_folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor < 0)
            throwErrno("cannot read", m_folder);
        const int result = ::syncfs(descriptor);
        ::close(descriptor);
        if (result != 0)
            throwErrno("cannot write", m_folder);
    }

    fs::path m_result;
    fs::path m_folder;
    bool m_isFinished = false;
};

fs::path checkedResult(const fs::path &out, const Dataset &dataset) {
    const fs::path absolute = fs::absolute(out).lexically_normal();
    const fs::path result = absolute.has_filename() ? absolute : absolute.parent_path();
    if (fs::exists(result) && !(fs::is_directory(result) && fs::is_empty(result)))
        throw InvalidInput(displayName(result) + " already exists; choose a new folder");
    if (!fs::is_directory(result.parent_path()))
        throw InvalidInput("there is no folder " + displayName(result.parent_path()));
    requireOutsideImages(result.parent_path(), dataset);
    return result;
}

/// A table also finds its images in the folders beside it, in the order of their names. Throws InvalidInput
/// if it would find some in `content` when this becomes `result`.
void requireNotFoundByTable(const fs::path &content, const fs::path &result, const Dataset &dataset) {
    for (const DatasetPtr &part : dataset.parts())
        requireNotFoundByTable(content, result, *part);
    const fs::path table = placeOfImages(dataset);
    if (dataset.report().kind != "csv" ||
        fs::weakly_canonical(table.parent_path()) != fs::weakly_canonical(result.parent_path()))
        return;
    for (std::uint32_t sample = 0; sample < dataset.size(); ++sample) {
        const fs::path name = dataset.sampleName(sample);
        if (name.is_relative() && result.filename() < *name.begin() &&
            fs::exists(content / name.lexically_relative(*name.begin())))
            throw InvalidInput("the table " + displayName(table) + " would find its images in " +
                               displayName(result) + "; choose a folder that is not beside the table");
    }
}

/// The extension of the format, whatever the source calls it; the source's own if it is one of an image.
std::string extensionOf(const std::string &name, const std::string &bytes) {
    if (hasImageExtension(name))
        return name.substr(name.rfind('.'));
    const std::string kind = lowerCase(imageKind(std::string_view(bytes).substr(0, 32)));
    return kind.empty() ? ".img" : "." + (kind == "jpeg" ? "jpg" : kind);
}

class Converter {
  public:
    Converter(const Dataset &dataset, const ConversionOptions &options, ConversionOutput &output)
        : m_dataset(dataset), m_options(options), m_output(output) {}

    /// False if it was stopped.
    bool run() {
        for (std::size_t first = 0; first < m_dataset.size(); first += batchImages) {
            if (m_options.stop.stop_requested())
                return false;
            const std::size_t count = std::min<std::size_t>(batchImages, m_dataset.size() - first);
            writeBatch(static_cast<std::uint32_t>(first), count);
            if (m_options.progress)
                m_options.progress(first + count, m_dataset.size());
        }
        m_output.finish(m_report);
        return true;
    }

    ConversionReport report() { return std::move(m_report); }

  private:
    struct Read {
        ConvertedImage image;
        std::string failure;
    };

    void writeBatch(std::uint32_t first, std::size_t count) {
        std::vector<Read> batch(count);
        parallelFor(count, 0, [&](std::size_t i) { batch[i] = read(first + static_cast<std::uint32_t>(i)); });
        for (const Read &each : batch) {
            if (!each.failure.empty()) {
                m_report.broken.push_back({m_dataset.sampleName(each.image.sample), each.failure});
                continue;
            }
            m_output.add(each.image);
            ++(each.image.isCopied ? m_report.copied : m_report.encoded);
        }
    }

    Read read(std::uint32_t sample) const {
        Read each;
        each.image.sample = sample;
        try {
            if (auto bytes = m_dataset.encodedImage(sample)) {
                each.image.extension = extensionOf(m_dataset.sampleName(sample), *bytes);
                each.image.bytes = std::move(*bytes);
                each.image.isCopied = true;
            } else {
                each.image.bytes = pngBytes(m_dataset.image(sample));
                each.image.extension = ".png";
            }
        } catch (const Error &error) {
            each.failure = error.what();
        }
        return each;
    }

    const Dataset &m_dataset;
    const ConversionOptions &m_options;
    ConversionOutput &m_output;
    ConversionReport m_report;
};

} // namespace

std::optional<ConversionReport> convertDataset(const Dataset &dataset, const ConversionOptions &options) {
    const fs::path result = checkedResult(options.out, dataset);
    UnfinishedFolder folder(result);
    const auto output = options.form == ConvertedForm::Folder
                            ? folderOutput(dataset, folder.path())
                            : shardOutput(dataset, folder.path(), options.shardBytes);
    Converter converter(dataset, options, *output);
    if (!converter.run())
        return std::nullopt;
    requireNotFoundByTable(folder.path(), result, dataset);
    folder.finish();
    return converter.report();
}

} // namespace simclr
