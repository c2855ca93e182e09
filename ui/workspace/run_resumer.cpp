// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/workspace/run_resumer.h"

#include "ui/widgets/question.h"
#include "ui/workspace/evaluation_session.h"
#include "ui/workspace/run_catalogue.h"
#include "ui/workspace/training_session.h"
#include "ui/workspace/workspace.h"

#include <utility>

namespace simclr::ui {

bool isResumable(const RunRecord &run) {
    const bool isUnfinished = run.status == RunStatus::Interrupted || run.status == RunStatus::Cancelled ||
                              run.status == RunStatus::Failed;
    return isUnfinished && run.totalEpochs > 0; // imported weights have no training to resume
}

bool isContinuable(const RunRecord &run) {
    return run.status != RunStatus::Running && run.totalEpochs > 0 && !run.artifacts.empty();
}

RunResumer::RunResumer(Workspace &workspace, TrainingSession &session, EvaluationSession &evaluation,
                       QObject *parent)
    : QObject(parent), m_workspace(workspace), m_session(session), m_evaluation(evaluation) {
    connect(&workspace, &Workspace::datasetChanged, this, [this] {
        if (m_request)
            start();
    });
    connect(&workspace, &Workspace::openingStarted, this, [this](const QString &source) {
        if (m_request && source != QString::fromStdString(m_request->run.dataset.source))
            m_request.reset(); // the user has opened other images
    });
    connect(&workspace, &Workspace::openingFailed, this, &RunResumer::openingFailed);
}

void RunResumer::resume(RunId id, const ResumeOptions &options) {
    const RunRecord *run = m_workspace.runs().run(id);
    if (run == nullptr) {
        Q_EMIT failed(tr("Run %1 no longer exists.").arg(id));
        return;
    }
    m_request = {*run, options};
    const DatasetPtr open = m_workspace.dataset();
    if (open && open->fingerprint() == run->dataset.fingerprint)
        start();
    else
        m_workspace.openSource(QString::fromStdString(m_request->run.dataset.source));
}

void RunResumer::start() {
    m_changed = std::exchange(m_request, std::nullopt);
    const RunRecord &run = m_changed->run;
    const DatasetPtr dataset = m_workspace.dataset();
    if (dataset && dataset->fingerprint() == run.dataset.fingerprint)
        return launch(*std::exchange(m_changed, std::nullopt), dataset);
    m_changedImages = dataset;
    Q_EMIT imagesChanged(run.id, QString::fromStdString(run.dataset.source));
}

void RunResumer::resumeOnChangedImages() {
    if (auto request = std::exchange(m_changed, std::nullopt)) {
        request->options.allowChangedImages = true;
        launch(*request, std::exchange(m_changedImages, nullptr));
    }
}

void RunResumer::leaveChangedRun() {
    m_changed.reset();
    m_changedImages.reset();
}

void RunResumer::launch(const Request &request, const DatasetPtr &dataset) {
    const RunRecord &run = request.run;
    if (m_session.isRunning())
        Q_EMIT failed(tr("Cannot resume run %1: another run has started.").arg(run.id));
    else if (m_evaluation.isRunning())
        Q_EMIT failed(tr("Cannot resume run %1: an evaluation has started.").arg(run.id));
    else
        m_session.resume(run, dataset, request.options);
}

void askWhereImagesChanged(RunResumer &resumer, QWidget &owner) {
    QObject::connect(
        &resumer, &RunResumer::imagesChanged, &owner, [&resumer, &owner](qint64 run, const QString &source) {
            ask(
                owner,
                {QStringLiteral("changedImagesQuestion"),
                 RunResumer::tr("The images in %2 have changed since run %1 was trained.")
                     .arg(QString::number(run), source),
                 RunResumer::tr("The run can be resumed on the changed images. Its earlier results "
                                "remain results on the original images."),
                 RunResumer::tr("Resume on these images")},
                [&resumer] { resumer.resumeOnChangedImages(); }, [&resumer] { resumer.leaveChangedRun(); });
        });
}

/// `source` is empty if the opening was cancelled.
void RunResumer::openingFailed(const QString &source, const QString &reason) {
    if (!std::exchange(m_request, std::nullopt))
        return;
    Q_EMIT failed(source.isEmpty() ? tr("Cannot resume the run: opening its images was cancelled.")
                                   : tr("The images of this run cannot be opened: %1").arg(reason));
}

} // namespace simclr::ui
