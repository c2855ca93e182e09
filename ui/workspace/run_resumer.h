// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"

#include <QObject>
#include <QString>
#include <optional>

class QWidget;

namespace simclr::ui {

class EvaluationSession;
class TrainingSession;
class Workspace;

/// Whether a run can be resumed: it ended before its last epoch. Without a checkpoint it restarts.
bool isResumable(const RunRecord &run);

/// Whether a new run can continue this one's training: it has ended and kept a checkpoint.
bool isContinuable(const RunRecord &run);

/// Resumes a stored run. Opens the run's own dataset first if another one is open, and asks if its images
/// have changed. Owned by the page that offers it; UI thread.
class RunResumer : public QObject {
    Q_OBJECT
  public:
    RunResumer(Workspace &workspace, TrainingSession &session, EvaluationSession &evaluation,
               QObject *parent = nullptr);

    void resume(RunId run, const ResumeOptions &options = {});
    /// Resumes the run of imagesChanged() on the changed images.
    void resumeOnChangedImages();
    /// The user decided not to resume it.
    void leaveChangedRun();

  Q_SIGNALS:
    /// Nothing was started; `reason` is a sentence for the user.
    void failed(const QString &reason);
    /// The user must decide whether to resume the run; `source` is where its images are.
    void imagesChanged(qint64 run, const QString &source);

  private:
    struct Request {
        RunRecord run;
        ResumeOptions options;
    };

    void start();
    void launch(const Request &request, const DatasetPtr &dataset);
    void openingFailed(const QString &source, const QString &reason);

    Workspace &m_workspace;
    TrainingSession &m_session;
    EvaluationSession &m_evaluation;
    std::optional<Request> m_request; ///< waits for its dataset
    std::optional<Request> m_changed; ///< waits for the user, …
    DatasetPtr m_changedImages;       ///< … as do its images
};

/// Asks the user, in a dialog over `owner`, whether to resume a run whose images have changed.
void askWhereImagesChanged(RunResumer &resumer, QWidget &owner);

} // namespace simclr::ui
