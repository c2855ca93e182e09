// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/run_remover.h"

#include "core/store/run_store.h"

#include <utility>

namespace simclr::ui {

namespace {

/// Goes on after a run that cannot be removed; returns the last problem.
QString removeAll(const std::filesystem::path &database, const QList<qint64> &runs) {
    QString problem;
    try {
        RunStore store(database);
        for (const qint64 run : runs) {
            try {
                store.remove(run);
            } catch (const std::exception &error) {
                problem = QString::fromStdString(error.what());
            }
        }
    } catch (const std::exception &error) {
        problem = QString::fromStdString(error.what());
    }
    return problem;
}

} // namespace

RunRemover::RunRemover(std::filesystem::path database, QObject *parent)
    : QObject(parent), m_database(std::move(database)) {
    m_pool.setMaxThreadCount(1);
}

RunRemover::~RunRemover() {
    m_pool.waitForDone(); // what was confirmed is done
}

void RunRemover::remove(const QList<qint64> &runs) {
    m_pool.start([this, runs] {
        const QString problem = removeAll(m_database, runs);
        QMetaObject::invokeMethod(
            this, [this, runs, problem] { Q_EMIT finished(runs, problem); }, Qt::QueuedConnection);
    });
}

} // namespace simclr::ui
