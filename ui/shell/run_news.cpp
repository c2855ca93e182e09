// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/run_news.h"

#include "ui/workspace/run_catalogue.h"
#include "ui/workspace/training_session.h"

#include <QLocale>
#include <QStringList>
#include <chrono>

namespace simclr::ui {

RunNews::RunNews(RunCatalogue &catalogue, const TrainingSession &session, QObject *parent)
    : QObject(parent), m_catalogue(catalogue), m_session(session) {
    connect(&m_catalogue, &RunCatalogue::interrupted, this, &RunNews::tellInterrupted);
    connect(&m_catalogue, &RunCatalogue::changed, this, &RunNews::tellElsewhere);
    connect(&m_poll, &QTimer::timeout, &m_catalogue, &RunCatalogue::refresh);
    m_poll.start(std::chrono::seconds(10)); // more often while the Runs page is shown
    m_catalogue.refresh();
}

void RunNews::tellInterrupted(const QList<qint64> &runs) {
    const RunPtr run = m_catalogue.run(runs.front());
    if (runs.size() > 1)
        Q_EMIT interrupted(tr("%1 runs were interrupted; Runs resumes them.").arg(runs.size()));
    else if (run != nullptr)
        Q_EMIT interrupted(
            tr("“%1” was interrupted at step %2; Runs resumes it.")
                .arg(QString::fromStdString(run->name), QLocale().toString(qlonglong(run->lastStep))));
}

void RunNews::tellElsewhere() {
    QStringList names;
    for (const RunPtr &run : m_catalogue.runs())
        if (run->status == RunStatus::Running && run->id != m_session.runId())
            names.append(QString::fromStdString(run->name));
    if (names.size() > 1)
        Q_EMIT trainedElsewhere(tr("Other processes train %1 runs").arg(names.size()));
    else
        Q_EMIT trainedElsewhere(names.isEmpty() ? QString()
                                                : tr("Another process trains “%1”").arg(names.front()));
}

} // namespace simclr::ui
