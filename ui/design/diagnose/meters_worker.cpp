// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/diagnose/meters_worker.h"

#include "core/util/error.h"
#include "core/util/parallel.h"
#include "ui/design/preview/newest_request.h"

#include <algorithm>
#include <optional>
#include <stop_token>

#ifdef __linux__
#include <sys/resource.h>
#endif

namespace simclr::ui {

namespace {

constexpr std::uint32_t imagesInMemory = 256;
constexpr std::uint32_t imagesToDecode = 64; ///< fewer, because photographs are slow to decode

/// Gives all other threads of the program precedence; threads started from this one inherit it.
void lowerPriority() {
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

/// Of the one image that is shown; empty if it cannot be read, because other images may still be readable.
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

/// Returns whether it ran to the end.
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

/// The thread that measures.
class MetersWorker::Thread {
  public:
    using Asked = std::pair<std::uint64_t, MetersRequest>;

    explicit Thread(MetersWorker &owner)
        : m_owner(owner),
          m_requests(
              NewestRequest<Asked>::Underway::Stop,
              [this](const Asked &asked, const std::stop_token &stop) { answer(asked, stop); },
              lowerPriority) {}

    void ask(std::uint64_t generation, const MetersRequest &request) {
        m_requests.ask({generation, request});
    }
    void cancel() { m_requests.cancel(); }

  private:
    void answer(const Asked &asked, const std::stop_token &stop) {
        if (const MetersAnswerPtr answer = answerTo(asked, stop))
            QMetaObject::invokeMethod(
                &m_owner, [&owner = m_owner, answer] { owner.deliver(answer); }, Qt::QueuedConnection);
    }

    static MetersAnswerPtr answerTo(const Asked &asked, const std::stop_token &stop) {
        auto answer = std::make_shared<MetersAnswer>();
        answer->generation = asked.first;
        answer->request = asked.second;
        try {
            if (!measure(*answer, stop))
                return nullptr;
        } catch (const std::exception &error) {
            answer->problem = QString::fromStdString(error.what());
        }
        return answer;
    }

    MetersWorker &m_owner;
    NewestRequest<Asked> m_requests; // declared last: destroyed before the members that it uses
};

MetersWorker::MetersWorker(QObject *parent) : QObject(parent), m_thread(std::make_unique<Thread>(*this)) {}

MetersWorker::~MetersWorker() = default;

void MetersWorker::request(const MetersRequest &request) {
    m_thread->ask(++m_newest, request);
}

void MetersWorker::cancel() {
    ++m_newest;
    m_thread->cancel();
}

void MetersWorker::deliver(const MetersAnswerPtr &answer) {
    if (answer->generation == m_newest)
        Q_EMIT measured(answer);
}

} // namespace simclr::ui
