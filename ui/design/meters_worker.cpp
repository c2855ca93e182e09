// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/meters_worker.h"

#include "core/util/error.h"
#include "core/util/parallel.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#ifdef __linux__
#include <sys/resource.h>
#endif

namespace simclr::ui {

namespace {

constexpr std::uint32_t imagesInMemory = 256;
constexpr std::uint32_t imagesToDecode = 64; ///< decoding photographs takes its time

/// Lets all others of the program go first; the threads that this one starts are as polite.
void giveWay() {
#ifdef __linux__
    constexpr int niceness = 10;
    setpriority(PRIO_PROCESS, 0, niceness);
#endif
}

MeterOptions optionsFor(const MetersRequest &request) {
    return {.images = request.dataset->report().inMemory ? imagesInMemory : imagesToDecode,
            .seed = request.seed,
            .viewSize = request.viewSize,
            .threads = std::max(1, coreCount() / 2)};
}

/// Of the one image that is shown; none where it cannot be read, because the others may do.
CropHistograms histogramsOf(const MetersRequest &request) {
    Image image;
    try {
        image = request.dataset->image(request.sample);
    } catch (const Error &) {
        return {};
    }
    return cropHistograms(image, request.pipeline,
                          {.viewSize = request.viewSize, .seed = request.seed, .sample = request.sample});
}

/// Whether it was not stopped.
bool measure(MetersAnswer &answer, const std::stop_token &stop) {
    const MetersRequest &request = answer.request;
    answer.histograms = histogramsOf(request);
    std::optional<Meters> meters =
        measureMeters(*request.dataset, request.pipeline, optionsFor(request), stop);
    if (!meters)
        return false;
    answer.meters = *std::move(meters);
    return true;
}

} // namespace

/// The thread, the one request that waits for it, and what stops the one under way.
class MetersWorker::Thread {
  public:
    explicit Thread(MetersWorker &owner)
        : m_owner(owner), m_thread([this](const std::stop_token &stop) { work(stop); }) {}

    ~Thread() {
        m_thread.request_stop();
        replace(std::nullopt);
    }

    using Waiting = std::pair<std::uint64_t, MetersRequest>;

    /// Ends the measurement under way; `next` is what to do instead.
    void replace(std::optional<Waiting> next) {
        const std::lock_guard lock(m_mutex);
        m_current.request_stop();
        m_waiting = std::move(next);
        m_wake.notify_one();
    }

  private:
    void work(const std::stop_token &stop) {
        giveWay();
        for (;;) {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, [this] { return m_waiting.has_value(); }))
                return;
            const Waiting next = *std::exchange(m_waiting, std::nullopt);
            m_current = std::stop_source();
            const std::stop_token current = m_current.get_token();
            lock.unlock();
            const MetersAnswerPtr answer = answerTo(next, current);
            if (answer && !stop.stop_requested())
                QMetaObject::invokeMethod(
                    &m_owner, [&owner = m_owner, answer] { owner.deliver(answer); }, Qt::QueuedConnection);
        }
    }

    static MetersAnswerPtr answerTo(const Waiting &waiting, const std::stop_token &stop) {
        auto answer = std::make_shared<MetersAnswer>();
        answer->generation = waiting.first;
        answer->request = waiting.second;
        try {
            if (!measure(*answer, stop))
                return nullptr;
        } catch (const std::exception &error) {
            answer->problem = QString::fromStdString(error.what());
        }
        return answer;
    }

    MetersWorker &m_owner;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::optional<Waiting> m_waiting;
    std::stop_source m_current;
    std::jthread m_thread; // last, so that it ends before what it uses
};

MetersWorker::MetersWorker(QObject *parent) : QObject(parent), m_thread(std::make_unique<Thread>(*this)) {}

MetersWorker::~MetersWorker() = default;

void MetersWorker::request(const MetersRequest &request) {
    m_thread->replace(Thread::Waiting{++m_newest, request});
}

void MetersWorker::cancel() {
    ++m_newest;
    m_thread->replace(std::nullopt);
}

void MetersWorker::deliver(const MetersAnswerPtr &answer) {
    if (answer->generation == m_newest)
        Q_EMIT measured(answer);
}

} // namespace simclr::ui
