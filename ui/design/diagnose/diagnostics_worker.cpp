// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/design/diagnose/diagnostics_worker.h"

#include "core/util/error.h"
#include "core/util/parallel.h"

#include <algorithm>

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

DiagnosticsOptions optionsFor(const DiagnosticsRequest &request) {
    return {.images = request.dataset->report().inMemory ? imagesInMemory : imagesToDecode,
            .seed = request.seed,
            .viewSize = request.viewSize,
            .threads = std::max(1, coreCount() / 2)};
}

/// Of the one image that is shown; empty if it cannot be read, because other images may still be readable.
CropHistograms histogramsOf(const DiagnosticsRequest &request) {
    Image image;
    try {
        image = request.dataset->image(request.sample);
    } catch (const Error &) {
        return {};
    }
    return cropHistograms(image, request.pipeline,
                          {.viewSize = request.viewSize, .seed = request.seed, .sample = request.sample});
}

/// Incomplete if `stop` was requested.
DiagnosticsAnswerPtr answerTo(const DiagnosticsRequest &request, const std::stop_token &stop) {
    auto answer = std::make_shared<DiagnosticsAnswer>();
    answer->request = request;
    try {
        answer->histograms = histogramsOf(request);
        if (auto diagnostics =
                measureDiagnostics(*request.dataset, request.pipeline, optionsFor(request), stop))
            answer->diagnostics = *std::move(diagnostics);
    } catch (const std::exception &error) {
        answer->problem = QString::fromStdString(error.what());
    }
    return answer;
}

} // namespace

DiagnosticsWorker::DiagnosticsWorker(QObject *parent)
    : QObject(parent), m_worker(BackgroundWorker::Policy::StopCurrent, lowerPriority) {}

void DiagnosticsWorker::request(const DiagnosticsRequest &request) {
    m_worker.ask([request](const BackgroundWorker::Task &task) { return answerTo(request, task.stop()); },
                 [this](const DiagnosticsAnswerPtr &answer) { Q_EMIT measured(answer); });
}

} // namespace simclr::ui
