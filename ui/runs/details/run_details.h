// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QWidget>
#include <optional>

class QLabel;
class QPushButton;
class QTreeView;

namespace simclr::ui {

class EncoderExporter;
class InlineMessage;
class RunDetailsModel;

/// The details of one run, and the actions on it. Owned by the RunsPage.
class RunDetails : public QWidget {
    Q_OBJECT
  public:
    explicit RunDetails(QWidget *parent = nullptr);

    /// Empty: no run, or more than one, is selected.
    void setRun(const std::optional<RunRecord> &run);
    /// While a run is in progress, no other one can be resumed.
    void setBusy(bool busy);

  Q_SIGNALS:
    void resumeRequested(qint64 run);
    /// The user wants a new run to continue this one, with its own options.
    void continueRequested(qint64 run);
    void pipelineRequested(const simclr::Json &pipeline);

  private:
    void updateButtons();
    void copyJson() const;
    void connectExport();

    std::optional<RunRecord> m_run;
    bool m_busy = false;
    RunDetailsModel *m_model;
    QLabel *m_title;
    QTreeView *m_view;
    QPushButton *m_resume;
    QPushButton *m_continue;
    QPushButton *m_usePipeline;
    QPushButton *m_export;
    QPushButton *m_copy;
    InlineMessage *m_message;
    EncoderExporter *m_exporter;
    QString m_python; ///< loads the file that was exported last
};

} // namespace simclr::ui
