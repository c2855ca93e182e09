// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace simclr::ui {

class ElidedLabel;
class EvaluationSession;
class TrainingSession;

/// The strip at the bottom of every page: the run under way, how far it is, how fast, and how long it still
/// takes; or the evaluation under way. Quiet while nothing runs. Owned by the MainWindow; UI thread.
class RunStrip : public QWidget {
    Q_OBJECT
  public:
    RunStrip(TrainingSession &session, EvaluationSession &evaluation, QWidget *parent = nullptr);

    /// What it says of these runs is no longer true: they are gone.
    void forget(const QList<qint64> &runs);

  Q_SIGNALS:
    /// The strip was clicked: the person wants to see the run, …
    void trainRequested();
    /// … or the run that is evaluated.
    void evaluatedRunRequested(qint64 run);

  protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

  private:
    void showStarting();
    void showProgress();
    void showFinished(qint64 run, bool isProblem, const QString &message);
    void showEvaluation();
    void stop();
    void setRunning(bool running);

    TrainingSession &m_session;
    EvaluationSession &m_evaluation;
    qint64 m_toldOf = 0; ///< the run that what stands there is about, where none is under way
    QWidget *m_dot;
    ElidedLabel *m_name; ///< muted while nothing is under way and nothing went wrong
    QLabel *m_epoch;
    QProgressBar *m_bar;
    QLabel *m_speed;
    QLabel *m_left;
    QPushButton *m_stop;
};

} // namespace simclr::ui
