// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QWidget>
#include <memory>

namespace simclr::ui {

class EvaluationSession;
class TrainingSession;
class Workspace;

/// The table of runs, and below it their curves, their comparison and the details of one run. Owned by the
/// MainWindow, which also owns the arguments of the constructor.
class RunsPage : public QWidget {
    Q_OBJECT
  public:
    RunsPage(Workspace &workspace, TrainingSession &session, EvaluationSession &evaluation,
             QWidget *parent = nullptr);
    ~RunsPage() override;

    void selectRun(RunId run);

  Q_SIGNALS:
    /// The empty page's button was pressed.
    void trainRequested();
    /// The user wants to open this run's pipeline on the Design page.
    void pipelineRequested(const simclr::Json &pipeline);

  protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace simclr::ui
