// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/codec.h"
#include "core/image/image.h"
#include "core/util/message.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <numeric>
#include <stop_token>
#include <string>
#include <vector>

namespace simclr {

/// A file that cannot be used, and the reason.
struct BrokenFile {
    std::string name;
    std::string reason;
};

/// The properties of a dataset, found at opening.
struct DatasetReport {
    std::string kind;   ///< "shapes" or the id of a DataForm: "folder", "cifar10"
    std::string title;  ///< display name: "Shapes", the folder's name, "CIFAR-10"
    std::string source; ///< argument that lets openDataset() open it again: "shapes", "folder:/photos"
    std::vector<std::string> classNames; ///< empty without labels
    std::vector<std::size_t> classCounts;
    std::size_t images = 0;
    bool hasTestSplit = false; ///< the source itself defines the test images
    bool inMemory = false;     ///< decoded images are kept in memory
    ImageSize smallest;
    ImageSize largest;
    int usualSide = 0;              ///< median of the shorter sides, pixels; 0: unknown
    std::vector<Message> notes;     ///< remarks, one sentence each: what was excluded and why
    std::vector<BrokenFile> broken; ///< skipped files, at most the first 1000
    std::size_t brokenCount = 0;

    std::size_t labelledImages() const {
        return std::accumulate(classCounts.begin(), classCounts.end(), std::size_t{0});
    }
    std::size_t unlabelledImages() const { return images - labelledImages(); }
};

/// The images of a dataset that evaluations are about.
struct LabelledPart {
    std::string fingerprint;       ///< that of the dataset which they are alone
    std::uint32_t firstSample = 0; ///< they are the samples from here on, in that dataset's order
};

class Dataset;
using DatasetPtr = std::shared_ptr<const Dataset>;

/// A set of images, some of which may be labelled. Immutable after opening and safe to use from any number of
/// threads.
class Dataset {
  public:
    static constexpr int unlabelled = -1;

    virtual ~Dataset() = default;

    virtual const DatasetReport &report() const = 0;
    /// SHA-256 over the content: the bytes, names and classes of the images, and which are for testing.
    virtual const std::string &fingerprint() const = 0;

    virtual std::uint32_t size() const = 0;
    /// Class index, or `unlabelled`.
    virtual int label(std::uint32_t sample) const = 0;
    /// Whether the source reserves this sample for testing.
    virtual bool isTestSample(std::uint32_t sample) const = 0;
    virtual std::string sampleName(std::uint32_t sample) const = 0;
    /// A content hash: equal for samples of equal content, practically unique otherwise; 0 if unknown.
    virtual std::uint64_t contentOf(std::uint32_t) const { return 0; }
    /// The decoded image. Throws IoError or InvalidInput if a file is missing or broken, ImagesChanged if it
    /// changed since opening.
    virtual Image image(std::uint32_t sample) const = 0;
    /// The bytes of the image's file, as the source has them. Nothing if the source has no file for each
    /// image or keeps the images decoded in memory (see OpenOptions::memoryBudget). Throws as image() does.
    virtual std::optional<std::string> encodedImage(std::uint32_t) const { return std::nullopt; }
    /// The names of further columns of a table of images, such as a patient or a device.
    virtual std::vector<std::string> columnNames() const { return {}; }
    /// The text of a further column for a sample; empty if there is none.
    virtual std::string columnValue(std::uint32_t, const std::string &) const { return {}; }
    /// The datasets that it is made of, if it is made of others.
    virtual std::vector<DatasetPtr> parts() const { return {}; }
    /// Results are about these images: equal for datasets that have the same images to evaluate on and others
    /// to learn from. All images, unless the labelled ones are a part of their own.
    virtual LabelledPart labelledPart() const { return {fingerprint(), 0}; }

    bool isLabelled() const { return !report().classNames.empty(); }
    int classCount() const { return static_cast<int>(report().classNames.size()); }
};

struct OpenOptions {
    /// Datasets that need at most this much memory when decoded are decoded once, at opening.
    std::uintmax_t memoryBudget = std::uintmax_t{1} << 30;
    DecodeLimits limits;
    int threads = 0; ///< 0: one per core
    /// Called repeatedly, from one thread at a time, with the number of files done and the total.
    std::function<void(std::size_t, std::size_t)> progress;
    /// Called when the images of a folder are listed and before they are read, which takes long for many: a
    /// dataset for a first preview. Broken files are still among its samples, its report has no sizes, and
    /// its fingerprint is empty.
    std::function<void(const DatasetPtr &)> openingPreview;
    /// Where indexes of large folders are kept, so that they open quickly again; empty: nowhere. It is
    /// created when it is needed.
    std::filesystem::path indexFolder;
    /// If the images of a folder are not listed after this time, openingPreview is also called with the first
    /// of them, without labels.
    std::chrono::milliseconds firstPreviewAfter{150};
    /// Open datasets: a part of a source with parts that is one of them is not opened again.
    std::vector<DatasetPtr> openParts;
    std::stop_token stop; ///< if stopped, opening throws OpeningCancelled
};

/// Thrown by openDataset() when it was stopped.
struct OpeningCancelled {};

/// Opens "shapes", "shapes:SEED", a path whose form is detected, or "FORM:PATH" with the id of a DataForm:
/// "folder:/photos"; or images and labelled images beside them (see DataSource). Throws InvalidInput or
/// IoError, naming the path and the cause.
DatasetPtr openDataset(const std::string &source, const OpenOptions &options = {});

/// Throws InvalidInput if `out` is an existing file in a folder of these images, which is never written to.
void requireOutsideImages(const std::filesystem::path &out, const Dataset &dataset);

} // namespace simclr
