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

/// Whether a run can go on: it ended before its time. Without a checkpoint it starts anew.
bool isResumable(const RunRecord &run);

/// Whether a new run can continue this one's training: it has ended and kept a checkpoint.
bool isContinuable(const RunRecord &run);

/// Lets a stored run go on, opening its own dataset first where another one is open, and asking where its
/// images are no longer what they were. Owned by the page that offers it; UI thread.
class RunResumer : public QObject {
    Q_OBJECT
  public:
    RunResumer(Workspace &workspace, TrainingSession &session, EvaluationSession &evaluation,
               QObject *parent = nullptr);

    void resume(RunId run, const ResumeOptions &options = {});
    /// Goes on with the run that imagesChanged() told of, on the images as they are now.
    void resumeOnChangedImages();
    /// The person decided otherwise.
    void leaveChangedRun();

  Q_SIGNALS:
    /// Nothing was started; `reason` is a sentence for the person.
    void failed(const QString &reason);
    /// The person must decide whether the run may go on; `source` is where its images are.
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
    std::optional<Request> m_changed; ///< waits for the person, …
    DatasetPtr m_changedImages;       ///< … as do its images
};

/// Lets the person decide, over `owner`, what becomes of a run whose images are no longer what they were.
void askWhereImagesChanged(RunResumer &resumer, QWidget &owner);

} // namespace simclr::ui
