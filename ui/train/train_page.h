// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <memory>

namespace simclr::ui {

class EvaluationSession;
class PipelineDocument;
class TrainingSession;
class Workspace;

/// Options, Start and Stop, live plots and the event log. Owned by the MainWindow, which also owns the
/// arguments of the constructor.
class TrainPage : public QWidget {
    Q_OBJECT
  public:
    TrainPage(Workspace &workspace, PipelineDocument &document, TrainingSession &session,
              EvaluationSession &evaluation, QWidget *parent = nullptr);
    ~TrainPage() override;

  protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace simclr::ui
