// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"
#include "ui/workspace/compute_queue.h"

#include <QWidget>
#include <optional>

class QLabel;
class QPushButton;
class QTreeView;

namespace simclr::ui {

class InlineMessage;
class RunDetailsModel;

/// The details of one run, and the actions on it. Owned by the RunsPage.
class RunDetails : public QWidget {
    Q_OBJECT
  public:
    explicit RunDetails(ComputeQueue &queue, QWidget *parent = nullptr);

    /// Empty: no run, or more than one, is selected.
    void setRun(const std::optional<RunRecord> &run);

    /// Submits a job about the run, and says that it is in the queue if it has to wait.
    void submit(const Job &job);

  Q_SIGNALS:
    /// The user wants a new run to continue this one, with its own options.
    void continueRequested(qint64 run);
    void pipelineRequested(const simclr::Json &pipeline);
    /// The user wants to train again with this run's images, pipeline and options.
    void trainAgainRequested(const simclr::RunRecord &run);

  private:
    void updateButtons();
    void copyJson() const;
    void connectActions();
    void showOutcome(const QueuedJob &job, const JobOutcome &outcome);

    ComputeQueue &m_queue;
    std::optional<RunRecord> m_run;
    RunDetailsModel *m_model;
    QLabel *m_title;
    QTreeView *m_view;
    QPushButton *m_resume;
    QPushButton *m_continue;
    QPushButton *m_again;
    QPushButton *m_usePipeline;
    QPushButton *m_export;
    QPushButton *m_features;
    QPushButton *m_copy;
    InlineMessage *m_message;
    QString m_python; ///< loads the file that was exported last
};

} // namespace simclr::ui
