// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/train/run_resumer.h"

#include "core/store/run_store.h"
#include "ui/shell/workspace.h"
#include "ui/train/training_session.h"

#include <algorithm>
#include <utility>

namespace simclr::ui {

bool isResumable(const RunRecord &run) {
    const bool ended = run.status == RunStatus::Interrupted || run.status == RunStatus::Cancelled ||
                       run.status == RunStatus::Failed;
    return ended && std::any_of(run.artifacts.begin(), run.artifacts.end(),
                                [](const ArtifactRecord &artifact) { return artifact.kind == "checkpoint"; });
}

RunResumer::RunResumer(Workspace &workspace, TrainingSession &session, QObject *parent)
    : QObject(parent), m_workspace(workspace), m_session(session) {
    connect(&workspace, &Workspace::datasetChanged, this, [this] {
        if (m_run != 0)
            start();
    });
    connect(&workspace, &Workspace::openingStarted, this, [this](const QString &source) {
        if (source != QString::fromStdString(m_wanted.source))
            m_run = 0; // the person chose other images meanwhile
    });
    connect(&workspace, &Workspace::openingFailed, this, &RunResumer::openingFailed);
}

void RunResumer::resume(RunId run) {
    try {
        const RunRecord record = RunStore(m_workspace.database(), RunStore::Access::ReadOnly).run(run);
        m_wanted = record.dataset;
    } catch (const std::exception &error) {
        Q_EMIT failed(QString::fromStdString(error.what()));
        return;
    }
    m_run = run;
    const DatasetPtr open = m_workspace.dataset();
    if (open && open->fingerprint() == m_wanted.fingerprint)
        start();
    else
        m_workspace.openSource(QString::fromStdString(m_wanted.source));
}

void RunResumer::start() {
    const RunId run = std::exchange(m_run, 0);
    const DatasetPtr dataset = m_workspace.dataset();
    if (!dataset || dataset->fingerprint() != m_wanted.fingerprint) {
        Q_EMIT failed(tr("Run %1 was trained on other images than %2 holds now, so it cannot go on.")
                          .arg(run)
                          .arg(QString::fromStdString(m_wanted.source)));
        return;
    }
    m_session.resume(run, dataset);
}

/// `source` is empty where the opening was cancelled.
void RunResumer::openingFailed(const QString &source, const QString &reason) {
    if (std::exchange(m_run, 0) == 0)
        return;
    Q_EMIT failed(source.isEmpty() ? tr("The run does not go on, because opening its images was cancelled.")
                                   : tr("The images of this run cannot be opened: %1").arg(reason));
}

} // namespace simclr::ui
