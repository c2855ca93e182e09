// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/two_view_loader.h"

#include "core/util/error.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <mutex>
#include <opencv2/core/utility.hpp>
#include <set>
#include <thread>

namespace simclr {

namespace {

/// Samples that may be tried in place of a batch's broken ones before the epoch is given up, at the least.
constexpr std::uint32_t fewestSubstitutes = 16;

} // namespace

struct TwoViewLoader::Impl {
    DatasetPtr dataset;
    std::vector<std::uint32_t> samples;
    ViewRenderer renderer;
    LoaderOptions options;

    std::mutex lock;
    std::condition_variable changed;
    // All below are guarded by `lock`.
    std::vector<ViewBatch> slots; ///< a ring: batch b stands in slot b modulo its size
    std::vector<bool> ready;
    std::vector<std::uint32_t> order;
    std::uint32_t epoch = 0;
    std::uint64_t generation = 0; ///< counts startEpoch(), so that work on an old epoch is thrown away
    std::int64_t nextToDraw = 0;
    std::int64_t nextToGive = 0;
    bool stopping = false;
    std::exception_ptr failure;
    std::vector<BrokenFile> broken;
    std::set<std::uint32_t> knownBroken; ///< told once, though met in every epoch
    // Only touched by the caller's thread.
    ViewBatch given;
    // Last, so that the threads end before what they use does.
    std::vector<std::jthread> threads;

    Impl(DatasetPtr data, std::vector<std::uint32_t> indices, ViewRenderer views, LoaderOptions wanted)
        : dataset(std::move(data)),
          samples(std::move(indices)),
          renderer(std::move(views)),
          options(wanted),
          slots(static_cast<std::size_t>(std::max({wanted.prefetch, wanted.threads, 1}))),
          ready(slots.size()) {}

    ~Impl() {
        {
            const std::lock_guard guard(lock);
            stopping = true;
        }
        changed.notify_all();
    }

    std::int64_t batchesPerEpoch() const { return static_cast<std::int64_t>(samples.size() / options.batch); }

    bool mayDraw() const {
        return !failure && nextToDraw < static_cast<std::int64_t>(order.size() / options.batch) &&
               nextToDraw < nextToGive + static_cast<std::int64_t>(slots.size());
    }

    void work() {
        // OpenCV's own threads would fight the training threads for the cores.
        cv::setNumThreads(0);
        ViewBatch batch;
        std::unique_lock guard(lock);
        while (true) {
            changed.wait(guard, [this] { return stopping || mayDraw(); });
            if (stopping)
                return;
            batch.index = nextToDraw++;
            const std::uint64_t drawnGeneration = generation;
            const std::uint32_t drawnEpoch = epoch;
            const std::vector<std::uint32_t> drawnSamples = samplesOf(batch.index);
            guard.unlock();
            std::exception_ptr trouble;
            try {
                draw(batch, drawnSamples, drawnEpoch);
            } catch (...) {
                trouble = std::current_exception();
            }
            guard.lock();
            if (drawnGeneration == generation)
                store(batch, trouble);
        }
    }

    /// The batch's own samples, then those that may stand in for broken ones: first of all others, and its
    /// own again only where there are no others left.
    std::vector<std::uint32_t> samplesOf(std::int64_t index) const {
        std::vector<std::uint32_t> chosen;
        const std::size_t first = static_cast<std::size_t>(index) * options.batch;
        for (std::size_t i = 0; i < options.batch + std::max(options.batch, fewestSubstitutes); ++i)
            chosen.push_back(order[(first + i) % order.size()]);
        return chosen;
    }

    void store(ViewBatch &batch, const std::exception_ptr &trouble) {
        const std::size_t slot = static_cast<std::size_t>(batch.index) % slots.size();
        if (trouble)
            failure = trouble;
        std::swap(slots[slot], batch);
        ready[slot] = true;
        changed.notify_all();
    }

    void draw(ViewBatch &batch, const std::vector<std::uint32_t> &candidates, std::uint32_t drawnEpoch) {
        const std::size_t side = static_cast<std::size_t>(renderer.viewSize());
        const std::size_t viewBytes = side * side * Image::channels;
        batch.samples.assign(candidates.begin(), candidates.begin() + options.batch);
        batch.pixels.resize(options.views * options.batch * viewBytes);
        Image view;
        std::size_t substitute = options.batch;
        for (std::size_t i = 0; i < options.batch; ++i) {
            const Image picture = readableImage(batch.samples[i], candidates, substitute);
            for (std::uint16_t which = 0; which < options.views; ++which) {
                renderer.render(picture, {options.seed, drawnEpoch, batch.samples[i], which}, view);
                std::memcpy(batch.pixels.data() + (which * options.batch + i) * viewBytes, view.data(),
                            viewBytes);
            }
        }
    }

    /// The picture of `sample`, or of the next substitute that can be read; `sample` then names that one.
    Image readableImage(std::uint32_t &sample, const std::vector<std::uint32_t> &candidates,
                        std::size_t &substitute) {
        while (true) {
            try {
                return dataset->image(sample);
            } catch (const Error &error) {
                noteBroken(sample, error.what());
                if (substitute == candidates.size())
                    throw IoError("too many pictures of \"" + dataset->report().title +
                                  "\" can no longer be read; the last: " + error.what());
                sample = candidates[substitute++];
            }
        }
    }

    void noteBroken(std::uint32_t sample, const std::string &reason) {
        const std::lock_guard guard(lock);
        if (knownBroken.insert(sample).second)
            broken.push_back({dataset->sampleName(sample), reason});
    }
};

TwoViewLoader::TwoViewLoader(DatasetPtr dataset, std::vector<std::uint32_t> samples, ViewRenderer renderer,
                             LoaderOptions options)
    : m_impl(std::make_unique<Impl>(std::move(dataset), std::move(samples), std::move(renderer), options)) {
    if (options.batch == 0 || m_impl->samples.size() < options.batch)
        throw InvalidInput("a batch of " + std::to_string(options.batch) + " images is larger than the " +
                           std::to_string(m_impl->samples.size()) + " training images there are");
    for (int i = 0; i < std::max(1, options.threads); ++i)
        m_impl->threads.emplace_back([impl = m_impl.get()] { impl->work(); });
}

TwoViewLoader::~TwoViewLoader() = default;

std::int64_t TwoViewLoader::batchesPerEpoch() const {
    return m_impl->batchesPerEpoch();
}

std::vector<std::uint32_t> TwoViewLoader::epochOrder(std::vector<std::uint32_t> samples, std::uint64_t seed,
                                                     std::uint32_t epoch) {
    RandomStream draws({seed, Purpose::Order, epoch, 0, 0});
    draws.shuffle(samples);
    return samples;
}

void TwoViewLoader::startEpoch(std::uint32_t epoch, std::int64_t firstBatch) {
    std::vector<std::uint32_t> order = epochOrder(m_impl->samples, m_impl->options.seed, epoch);
    {
        const std::lock_guard guard(m_impl->lock);
        m_impl->order = std::move(order);
        m_impl->epoch = epoch;
        ++m_impl->generation;
        m_impl->nextToDraw = m_impl->nextToGive = firstBatch;
        m_impl->ready.assign(m_impl->ready.size(), false);
        m_impl->failure = nullptr;
    }
    m_impl->changed.notify_all();
}

const ViewBatch *TwoViewLoader::next() {
    std::unique_lock guard(m_impl->lock);
    if (m_impl->nextToGive >= static_cast<std::int64_t>(m_impl->order.size() / m_impl->options.batch))
        return nullptr;
    const std::size_t slot = static_cast<std::size_t>(m_impl->nextToGive) % m_impl->slots.size();
    m_impl->changed.wait(guard, [&] { return m_impl->ready[slot] || m_impl->failure; });
    if (m_impl->failure)
        std::rethrow_exception(m_impl->failure);
    std::swap(m_impl->given, m_impl->slots[slot]);
    m_impl->ready[slot] = false;
    ++m_impl->nextToGive;
    guard.unlock();
    m_impl->changed.notify_all();
    return &m_impl->given;
}

std::vector<BrokenFile> TwoViewLoader::takeBroken() {
    const std::lock_guard guard(m_impl->lock);
    return std::exchange(m_impl->broken, {});
}

} // namespace simclr
