// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/two_view_loader.h"

#include "core/util/clock.h"
#include "core/util/error.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <mutex>
#include <opencv2/core/utility.hpp>
#include <optional>
#include <set>
#include <thread>

namespace simclr {

namespace {

/// Minimum number of samples tried as substitutes for a batch's broken ones before the epoch fails.
constexpr std::uint32_t fewestSubstitutes = 16;

/// Images that a thread renders before it takes the next piece: enough to make the lock cost negligible, few
/// enough that all threads share a large batch.
constexpr std::size_t imagesInPiece = 32;

/// A batch that is being rendered, or is ready.
struct Slot {
    ViewBatch batch;
    std::vector<std::uint32_t> substitutes; ///< substitutes for the batch's broken samples, in this order
    std::vector<std::size_t> brokenPlaces;  ///< in the batch
    std::uint32_t epoch = 0;
    std::size_t piecesLeft = 0;
    std::exception_ptr failure;
    bool ready = false;
};

/// A part of the batch in `slot`: positions [first, last) among its samples.
struct Piece {
    Slot &slot;
    std::size_t first;
    std::size_t last;
};

} // namespace

struct TwoViewLoader::Impl {
    DatasetPtr dataset;
    std::vector<std::uint32_t> samples;
    ViewRenderer renderer;
    LoaderOptions options;

    std::mutex lock;
    std::condition_variable changed;
    // All below are guarded by `lock`; the thread that renders a piece of a slot writes it without the lock.
    std::vector<Slot> slots; ///< a ring: batch b is in slot b modulo its size
    std::vector<std::uint32_t> order;
    std::uint32_t epoch = 0;
    std::int64_t batchToDraw = 0;
    std::size_t placeToDraw = 0; ///< in that batch
    std::int64_t nextToGive = 0;
    int piecesUnderWay = 0;
    bool stopping = false;
    std::atomic<bool> givenUp = false; ///< the current batches are discarded; read without the lock
    std::vector<BrokenFile> broken;
    std::set<std::uint32_t> knownBroken; ///< reported once, though found in every epoch
    // Only used by the caller's thread.
    ViewBatch given;
    double secondsWaited = 0;
    // Last, so that the threads end before the members they use are destroyed.
    std::vector<std::jthread> threads;

    Impl(DatasetPtr data, std::vector<std::uint32_t> indices, ViewRenderer views, LoaderOptions wanted)
        : dataset(std::move(data)),
          samples(std::move(indices)),
          renderer(std::move(views)),
          options(wanted),
          slots(slotCount()) {
        // All memory is allocated here, so that the caller gets the exception if it does not suffice.
        makeRoom(given);
        for (Slot &slot : slots) {
            makeRoom(slot.batch);
            slot.substitutes.resize(std::max(options.batch, fewestSubstitutes));
            slot.brokenPlaces.reserve(options.batch);
        }
    }

    ~Impl() {
        {
            const std::lock_guard guard(lock);
            stopping = true;
            givenUp = true;
        }
        changed.notify_all();
    }

    std::size_t viewBytes() const {
        const auto side = static_cast<std::size_t>(renderer.viewSize());
        return side * side * Image::channels;
    }

    void makeRoom(ViewBatch &batch) const {
        batch.samples.resize(options.batch);
        batch.pixels.resize(batchBytes());
    }

    std::size_t batchBytes() const { return options.views * options.batch * viewBytes(); }

    /// One batch is rendered while another is used; more if the budget allows.
    std::size_t slotCount() const {
        const auto wanted = static_cast<std::size_t>(std::max({options.prefetch, options.threads, 1}));
        const std::uint64_t affordable = options.memoryBudget / std::max<std::size_t>(1, batchBytes());
        return static_cast<std::size_t>(std::min<std::uint64_t>(wanted, 1 + affordable));
    }

    std::int64_t batchesPerEpoch() const { return static_cast<std::int64_t>(samples.size() / options.batch); }
    std::int64_t batchesInOrder() const { return static_cast<std::int64_t>(order.size() / options.batch); }
    Slot &slotOf(std::int64_t batch) { return slots[static_cast<std::size_t>(batch) % slots.size()]; }

    bool mayDraw() const {
        return batchToDraw < batchesInOrder() &&
               batchToDraw < nextToGive + static_cast<std::int64_t>(slots.size());
    }

    void work() {
        // OpenCV's own threads would compete with the training threads for the cores.
        cv::setNumThreads(0);
        std::unique_lock guard(lock);
        while (true) {
            changed.wait(guard, [this] { return stopping || mayDraw(); });
            if (stopping)
                return;
            const Piece piece = nextPiece();
            ++piecesUnderWay;
            guard.unlock();
            drawOrNote(piece);
            guard.lock();
            const bool isLast = --piece.slot.piecesLeft == 0;
            if (isLast)
                complete(piece.slot, guard);
            if (--piecesUnderWay == 0 || isLast)
                changed.notify_all();
        }
    }

    Piece nextPiece() {
        Slot &slot = slotOf(batchToDraw);
        if (placeToDraw == 0)
            prepare(slot);
        const std::size_t first = placeToDraw;
        const std::size_t last = std::min<std::size_t>(options.batch, first + imagesInPiece);
        placeToDraw = last < options.batch ? last : 0;
        if (placeToDraw == 0)
            ++batchToDraw;
        return {slot, first, last};
    }

    /// The batch's own samples, then substitutes for broken ones: first all others, then its own again only
    /// if no others are left.
    void prepare(Slot &slot) const {
        slot.batch.index = batchToDraw;
        std::size_t at = static_cast<std::size_t>(batchToDraw) * options.batch;
        for (auto *list : {&slot.batch.samples, &slot.substitutes})
            for (std::uint32_t &sample : *list)
                sample = order[at++ % order.size()];
        slot.brokenPlaces.clear();
        slot.epoch = epoch;
        slot.piecesLeft = (options.batch + imagesInPiece - 1) / imagesInPiece;
        slot.failure = nullptr;
    }

    void drawOrNote(const Piece &piece) {
        try {
            for (std::size_t place = piece.first; place < piece.last && !givenUp; ++place)
                if (problemOfDrawing(piece.slot, place))
                    noteBrokenPlace(piece.slot, place);
        } catch (...) {
            noteFailure(piece.slot);
        }
    }

    /// Called by the thread that rendered the last piece. Broken samples are replaced only now and in their
    /// order, so that the substitutes do not depend on threads.
    void complete(Slot &slot, std::unique_lock<std::mutex> &guard) {
        if (!slot.brokenPlaces.empty() && !slot.failure) {
            guard.unlock();
            try {
                replaceBroken(slot);
            } catch (...) {
                noteFailure(slot);
            }
            guard.lock();
        }
        slot.ready = true;
    }

    void replaceBroken(Slot &slot) {
        std::ranges::sort(slot.brokenPlaces);
        auto substitute = slot.substitutes.begin();
        std::string reason; // set when the substitutes are used up: a batch always has some
        for (const std::size_t place : slot.brokenPlaces)
            for (bool drawn = false; !drawn && !givenUp;) {
                if (substitute == slot.substitutes.end())
                    throw IoError("too many images of \"" + dataset->report().title +
                                  "\" can no longer be read; the last: " + reason);
                slot.batch.samples[place] = *substitute++;
                const auto problem = problemOfDrawing(slot, place);
                reason = problem.value_or(reason);
                drawn = !problem;
            }
    }

    /// Renders the views of the sample at `place`. If its image cannot be read, records it and returns the
    /// reason.
    std::optional<std::string> problemOfDrawing(Slot &slot, std::size_t place) {
        const std::uint32_t sample = slot.batch.samples[place];
        Image picture;
        try {
            picture = dataset->image(sample);
        } catch (const Error &error) {
            noteBroken(sample, error.what());
            return error.what();
        }
        thread_local Image view;
        for (std::uint16_t which = 0; which < options.views; ++which) {
            renderer.render(picture, {options.seed, slot.epoch, sample, which}, view);
            std::memcpy(slot.batch.pixels.data() + (which * options.batch + place) * viewBytes(), view.data(),
                        viewBytes());
        }
        return std::nullopt;
    }

    void noteBroken(std::uint32_t sample, const std::string &reason) {
        const std::lock_guard guard(lock);
        if (knownBroken.insert(sample).second)
            broken.push_back({dataset->sampleName(sample), reason});
    }

    void noteBrokenPlace(Slot &slot, std::size_t place) {
        const std::lock_guard guard(lock);
        slot.brokenPlaces.push_back(place);
    }

    void noteFailure(Slot &slot) {
        const std::lock_guard guard(lock);
        slot.failure = std::current_exception();
    }

    /// Stops rendering, after the images that threads are working on.
    void abandonEpoch(std::unique_lock<std::mutex> &guard) {
        order.clear();
        givenUp = true;
        changed.wait(guard, [this] { return piecesUnderWay == 0; });
        givenUp = false;
        for (Slot &slot : slots)
            slot.ready = false;
    }
};

TwoViewLoader::TwoViewLoader(DatasetPtr dataset, std::vector<std::uint32_t> samples, ViewRenderer renderer,
                             LoaderOptions options)
    : m_impl(std::make_unique<Impl>(std::move(dataset), std::move(samples), std::move(renderer), options)) {
    if (options.batch == 0 || m_impl->samples.size() < options.batch)
        throw InvalidInput("a batch of " + std::to_string(options.batch) + " images is larger than the " +
                           std::to_string(m_impl->samples.size()) + " available training images");
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
        std::unique_lock guard(m_impl->lock);
        m_impl->abandonEpoch(guard);
        m_impl->order = std::move(order);
        m_impl->epoch = epoch;
        m_impl->batchToDraw = m_impl->nextToGive = firstBatch;
        m_impl->placeToDraw = 0;
    }
    m_impl->changed.notify_all();
}

const ViewBatch *TwoViewLoader::next() {
    std::unique_lock guard(m_impl->lock);
    if (m_impl->nextToGive >= m_impl->batchesInOrder())
        return nullptr;
    Slot &slot = m_impl->slotOf(m_impl->nextToGive);
    if (!slot.ready) {
        const double begin = secondsNow();
        m_impl->changed.wait(guard, [&] { return slot.ready; });
        m_impl->secondsWaited += secondsNow() - begin;
    }
    if (slot.failure)
        std::rethrow_exception(slot.failure);
    std::swap(m_impl->given, slot.batch);
    slot.ready = false;
    ++m_impl->nextToGive;
    guard.unlock();
    m_impl->changed.notify_all();
    return &m_impl->given;
}

double TwoViewLoader::secondsWaited() const {
    return m_impl->secondsWaited;
}

std::vector<BrokenFile> TwoViewLoader::takeBroken() {
    const std::lock_guard guard(m_impl->lock);
    return std::exchange(m_impl->broken, {});
}

} // namespace simclr
