// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/preflight_runner.h"

#include "core/run/preflight.h"
#include "ui/text/training_text.h"

#include <QLocale>
#include <QStringList>

namespace simclr::ui {

namespace {

QString rateText(double viewsPerSecond) {
    return PreflightRunner::tr("%1 views/s").arg(countText(static_cast<qint64>(viewsPerSecond)));
}

QStringList describe(const Preflight &result) {
    QStringList lines;
    lines.append(PreflightRunner::tr("Measured on %1, %2: rendering views alone %3, training %4.")
                     .arg(QString::fromStdString(result.device), QString::fromStdString(result.precision),
                          rateText(result.drawnViewsPerSecond), rateText(result.trainedViewsPerSecond)));
    lines.append(result.isLoaderBound
                     ? PreflightRunner::tr("Rendering views limits the speed: more loader threads or smaller "
                                           "images help.")
                     : PreflightRunner::tr("The encoder limits the speed."));
    if (result.peakBytes > 0)
        lines.append(PreflightRunner::tr("Peak memory: %1.")
                         .arg(QLocale().formattedDataSize(static_cast<qint64>(result.peakBytes))));
    lines.append(PreflightRunner::tr("%1 steps would take about %2, without evaluations.")
                     .arg(countText(result.totalSteps), readableDuration(result.seconds)));
    return lines;
}

} // namespace

struct PreflightRunner::Answer {
    QStringList lines; ///< empty if it was stopped
    QString problem;
};

PreflightRunner::PreflightRunner(QObject *parent) : QObject(parent) {
    m_pool.setMaxThreadCount(1);
}

PreflightRunner::~PreflightRunner() {
    stop();
    m_pool.waitForDone(); // its answer is posted to this object and discarded with it
}

PreflightRunner::Answer PreflightRunner::measure(const RunConfiguration &configuration,
                                                 const DatasetPtr &dataset, const std::stop_token &stop) {
    try {
        const auto result = measurePreflight(configuration, dataset, stop);
        return {result ? describe(*result) : QStringList(), {}};
    } catch (const std::exception &error) {
        return {{}, tr("The measurement failed: %1").arg(QString::fromStdString(error.what()))};
    }
}

void PreflightRunner::start(const RunConfiguration &configuration, const DatasetPtr &dataset) {
    if (m_running || !dataset)
        return;
    m_running = true;
    m_stop = {};
    Q_EMIT runningChanged(true);
    m_pool.start([this, configuration, dataset, token = m_stop.get_token()] {
        const Answer answer = measure(configuration, dataset, token);
        QMetaObject::invokeMethod(
            this, [this, answer] { done(answer); }, Qt::QueuedConnection);
    });
}

void PreflightRunner::stop() {
    m_stop.request_stop();
}

void PreflightRunner::done(const Answer &answer) {
    m_running = false;
    Q_EMIT runningChanged(false);
    if (!answer.problem.isEmpty())
        Q_EMIT failed(answer.problem);
    else if (answer.lines.isEmpty())
        Q_EMIT stopped();
    else
        Q_EMIT measured(answer.lines);
}

} // namespace simclr::ui
