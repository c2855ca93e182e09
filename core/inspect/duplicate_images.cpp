// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/inspect/duplicate_images.h"

#include "core/inspect/close_pairs.h"
#include "core/inspect/picture_similarity.h"
#include "core/inspect/picture_sketch.h"
#include "core/util/error.h"
#include "core/util/parallel.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>

namespace simclr {

namespace {

constexpr std::size_t imagesAtOnce = 1024;
constexpr std::size_t mostPicturesAtOnce = 8192; ///< kept at 32 × 32 pixels while pairs are confirmed
constexpr std::size_t mostBroken = 1000;
constexpr double leastOfSketches = 0.6; ///< similarity; that of shifted pictures is lower than at 32 × 32

/// The sketches of all images that can be read.
class Sketches {
  public:
    bool read(const Dataset &dataset, const DuplicateImageOptions &options, const std::stop_token &stop,
              DuplicateImages &result) {
        for (std::size_t first = 0; first < dataset.size(); first += imagesAtOnce) {
            std::vector<Outcome> outcomes(std::min(imagesAtOnce, dataset.size() - first));
            parallelFor(outcomes.size(), options.threads, [&](std::size_t i) {
                if (!stop.stop_requested())
                    outcomes[i] = readOne(dataset, static_cast<std::uint32_t>(first + i));
            });
            if (stop.stop_requested())
                return false;
            for (std::size_t i = 0; i < outcomes.size(); ++i)
                take(dataset, static_cast<std::uint32_t>(first + i), outcomes[i], result);
            options.progress(DuplicateStage::Reading, first + outcomes.size(), dataset.size());
        }
        return true;
    }

    std::size_t count() const { return m_samples.size(); }
    std::uint32_t sample(std::size_t i) const { return m_samples[i]; }
    const PictureSketch &sketch(std::size_t i) const { return m_sketches[i]; }

  private:
    struct Outcome {
        PictureSketch sketch;
        std::string reason; ///< why it cannot be read
    };

    static Outcome readOne(const Dataset &dataset, std::uint32_t sample) {
        try {
            return {sketchOf(dataset.image(sample)), {}};
        } catch (const Error &error) {
            return {{}, error.what()};
        }
    }

    void take(const Dataset &dataset, std::uint32_t sample, const Outcome &outcome, DuplicateImages &result) {
        if (outcome.reason.empty()) {
            m_samples.push_back(sample);
            m_sketches.push_back(outcome.sketch);
        } else if (++result.brokenCount <= mostBroken) {
            result.broken.push_back({dataset.sampleName(sample), outcome.reason});
        }
    }

    std::vector<std::uint32_t> m_samples;
    std::vector<PictureSketch> m_sketches;
};

/// The images that are compared with others: of equal ones only the first.
struct Distinct {
    std::vector<std::uint32_t> indices; ///< in Sketches
    std::vector<std::uint64_t> hashes;
};

Distinct withoutEqual(const Sketches &sketches, std::vector<DuplicatePair> &pairs) {
    Distinct distinct;
    std::unordered_map<std::uint64_t, std::uint32_t> firstOf;
    for (std::uint32_t i = 0; i < sketches.count(); ++i) {
        const auto [known, isNew] = firstOf.emplace(sketches.sketch(i).pixels, i);
        if (isNew) {
            distinct.indices.push_back(i);
            distinct.hashes.push_back(sketches.sketch(i).hash);
        } else {
            pairs.push_back({sketches.sample(known->second), sketches.sample(i), 1, true});
        }
    }
    return distinct;
}

/// Confirms candidates in batches of a bounded number of images.
class Confirmation {
  public:
    Confirmation(const Dataset &dataset, const DuplicateImageOptions &options)
        : m_dataset(dataset), m_options(options) {}

    /// Appends the confirmed pairs; whether it was not stopped.
    bool confirm(std::span<const IndexPair> candidates, std::vector<DuplicatePair> &pairs,
                 const std::stop_token &stop) {
        for (std::size_t first = 0; first < candidates.size();) {
            const std::size_t count = loadBatch(candidates.subspan(first), stop);
            if (stop.stop_requested())
                return false;
            compare(candidates.subspan(first, count), pairs);
            first += count;
            m_options.progress(DuplicateStage::Confirming, first, candidates.size());
        }
        return true;
    }

  private:
    /// Loads the images of the first candidates; their number.
    std::size_t loadBatch(std::span<const IndexPair> candidates, const std::stop_token &stop) {
        std::map<std::uint32_t, ComparedPicture> wanted;
        std::size_t count = 0;
        for (; count < candidates.size() && wanted.size() < mostPicturesAtOnce; ++count)
            for (const std::uint32_t sample : {candidates[count].first, candidates[count].second}) {
                const auto known = m_pictures.find(sample);
                wanted.emplace(sample, known == m_pictures.end() ? ComparedPicture() : known->second);
            }
        m_pictures = std::move(wanted);
        loadMissing(stop);
        return count;
    }

    void loadMissing(const std::stop_token &stop) {
        std::vector<std::pair<const std::uint32_t, ComparedPicture> *> missing;
        for (auto &each : m_pictures)
            if (each.second.image.isEmpty())
                missing.push_back(&each);
        parallelFor(missing.size(), m_options.threads, [&](std::size_t i) {
            if (!stop.stop_requested())
                missing[i]->second = readPicture(missing[i]->first);
        });
    }

    /// Empty if the file was readable before, and is no longer.
    ComparedPicture readPicture(std::uint32_t sample) const {
        try {
            return ComparedPicture(m_dataset.image(sample));
        } catch (const Error &) {
            return {};
        }
    }

    void compare(std::span<const IndexPair> candidates, std::vector<DuplicatePair> &pairs) const {
        std::vector<double> similarities(candidates.size());
        parallelFor(candidates.size(), m_options.threads, [&](std::size_t i) {
            const ComparedPicture &one = m_pictures.at(candidates[i].first);
            const ComparedPicture &other = m_pictures.at(candidates[i].second);
            if (!one.image.isEmpty() && !other.image.isEmpty())
                similarities[i] = similarityOf(one, other);
        });
        for (std::size_t i = 0; i < candidates.size(); ++i)
            if (similarities[i] >= m_options.similarity)
                pairs.push_back({candidates[i].first, candidates[i].second, similarities[i], false});
    }

    const Dataset &m_dataset;
    const DuplicateImageOptions &m_options;
    std::map<std::uint32_t, ComparedPicture> m_pictures;
};

/// Candidates as pairs of samples.
std::optional<ClosePairs> candidatesOf(const Sketches &sketches, const Distinct &distinct,
                                       const DuplicateImageOptions &options, const std::stop_token &stop) {
    ClosePairOptions search;
    search.distance = options.distance;
    search.most = options.most;
    search.threads = options.threads;
    search.progress = [&](std::size_t done) {
        options.progress(DuplicateStage::Comparing, done, distinct.hashes.size());
    };
    const auto isSimilar = [&](std::uint32_t first, std::uint32_t second) {
        return sketchSimilarity(sketches.sketch(distinct.indices[first]),
                                sketches.sketch(distinct.indices[second])) >= leastOfSketches;
    };
    auto candidates = closePairs(distinct.hashes, search, isSimilar, stop);
    if (candidates)
        for (IndexPair &pair : candidates->pairs)
            pair = {sketches.sample(distinct.indices[pair.first]),
                    sketches.sample(distinct.indices[pair.second])};
    return candidates;
}

/// Disjoint sets of samples (union by the smaller root, path halving).
class Sets {
  public:
    std::uint32_t rootOf(std::uint32_t sample) {
        auto at = m_parents.emplace(sample, sample).first;
        while (at->second != at->first) {
            at->second = m_parents.at(at->second);
            at = m_parents.find(at->second);
        }
        return at->first;
    }
    void join(std::uint32_t one, std::uint32_t other) {
        const auto [low, high] = std::minmax({rootOf(one), rootOf(other)});
        m_parents[high] = low;
    }

  private:
    std::unordered_map<std::uint32_t, std::uint32_t> m_parents;
};

std::vector<std::vector<std::uint32_t>> groupsOf(const std::vector<DuplicatePair> &pairs) {
    Sets sets;
    std::vector<std::uint32_t> samples;
    for (const DuplicatePair &pair : pairs) {
        sets.join(pair.first, pair.second);
        samples.insert(samples.end(), {pair.first, pair.second});
    }
    std::ranges::sort(samples);
    samples.erase(std::unique(samples.begin(), samples.end()), samples.end());
    std::map<std::uint32_t, std::vector<std::uint32_t>> groups;
    for (const std::uint32_t sample : samples)
        groups[sets.rootOf(sample)].push_back(sample);
    std::vector<std::vector<std::uint32_t>> list;
    for (auto &[root, members] : groups)
        list.push_back(std::move(members));
    return list;
}

} // namespace

std::optional<DuplicateImages> findDuplicateImages(const Dataset &dataset,
                                                   const DuplicateImageOptions &options,
                                                   const std::stop_token &stop) {
    DuplicateImages result;
    Sketches sketches;
    if (!sketches.read(dataset, options, stop, result))
        return std::nullopt;
    result.compared = sketches.count();
    if (result.compared == 0)
        throw IoError("none of the images can be read");
    const Distinct distinct = withoutEqual(sketches, result.pairs);
    if (options.similarity < 1) {
        const auto candidates = candidatesOf(sketches, distinct, options, stop);
        if (!candidates || !Confirmation(dataset, options).confirm(candidates->pairs, result.pairs, stop))
            return std::nullopt;
        result.isCut = candidates->isCut;
    }
    std::ranges::sort(result.pairs, {},
                      [](const DuplicatePair &pair) { return std::tuple(pair.first, pair.second); });
    result.groups = groupsOf(result.pairs);
    return result;
}

} // namespace simclr
