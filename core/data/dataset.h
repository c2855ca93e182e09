// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/image/codec.h"
#include "core/image/image.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace simclr {

/// A file that cannot be used, and why.
struct BrokenFile {
    std::string name;
    std::string reason;
};

/// What was found when a dataset was opened.
struct DatasetReport {
    std::string kind;                    ///< "shapes", "folder" or "cifar10"
    std::string title;                   ///< what the window shows: "Shapes", the folder's name, "CIFAR-10"
    std::string source;                  ///< what openDataset() opens again: "shapes", "folder:/photos"
    std::vector<std::string> classNames; ///< empty without labels
    std::vector<std::size_t> classCounts;
    std::size_t images = 0;
    bool hasTestSplit = false; ///< the source itself says which images are for testing
    bool inMemory = false;     ///< kept decoded
    ImageSize smallest;
    ImageSize largest;
    int usualSide = 0;              ///< median of the shorter sides, pixels; 0: not known
    std::vector<std::string> notes; ///< worth knowing, a sentence each: what was left out and why
    std::vector<BrokenFile> broken; ///< skipped files, the first thousand of them
    std::size_t brokenCount = 0;
};

/// A set of images, some of them perhaps labelled. Immutable after opening and safe to use from any number of
/// threads.
class Dataset {
  public:
    static constexpr int unlabelled = -1;

    virtual ~Dataset() = default;

    virtual const DatasetReport &report() const = 0;
    /// SHA-256 over what identifies the content: the bytes, their names, their classes, and which are for
    /// testing.
    virtual const std::string &fingerprint() const = 0;

    virtual std::uint32_t size() const = 0;
    /// Class index, or `unlabelled`.
    virtual int label(std::uint32_t sample) const = 0;
    /// Whether the source keeps this sample for testing.
    virtual bool isTestSample(std::uint32_t sample) const = 0;
    virtual std::string sampleName(std::uint32_t sample) const = 0;
    /// A number that samples of equal content share and others practically never do; 0 where it is not known.
    virtual std::uint64_t contentOf(std::uint32_t) const { return 0; }
    /// The decoded image. Throws IoError or InvalidInput where a file turns out to be missing or broken,
    /// ImagesChanged where it is another than at opening.
    virtual Image image(std::uint32_t sample) const = 0;

    bool isLabelled() const { return !report().classNames.empty(); }
    int classCount() const { return static_cast<int>(report().classNames.size()); }
};

using DatasetPtr = std::shared_ptr<const Dataset>;

struct OpenOptions {
    /// Datasets that need at most this much when decoded are decoded once, at opening.
    std::uintmax_t memoryBudget = std::uintmax_t{1} << 30;
    DecodeLimits limits;
    int threads = 0; ///< 0: one a core
    /// Called now and then, from one thread at a time, with the number of files done and in all.
    std::function<void(std::size_t, std::size_t)> progress;
    /// Called once the pictures of a folder are found and before they are read, which takes long for many:
    /// something to look at meanwhile. Broken files are still among its samples, its report knows no sizes,
    /// and its fingerprint is empty.
    std::function<void(const DatasetPtr &)> firstLook;
    std::stop_token stop; ///< a stopped opening throws OpeningCancelled
};

/// Thrown by openDataset() when it was stopped.
struct OpeningCancelled {};

/// Opens "shapes", "shapes:SEED", a path that is recognised by what lies there, or "folder:PATH" /
/// "cifar10:PATH". Throws InvalidInput or IoError, naming the path and the cause.
DatasetPtr openDataset(const std::string &source, const OpenOptions &options = {});

} // namespace simclr
