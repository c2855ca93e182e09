// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"
#include "ui/workspace/compute_queue.h"

#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace simclr::ui {

class ElidedLabel;
class TrainingSession;

/// The strip at the bottom of every page: what computes, with its progress, speed and remaining time, and how
/// many jobs wait. Owned by the MainWindow; UI thread.
class RunStrip : public QWidget {
    Q_OBJECT
  public:
    RunStrip(ComputeQueue &queue, TrainingSession &session, QWidget *parent = nullptr);

    /// Clears a message about one of these runs, which have been deleted.
    void forget(const QList<qint64> &runs);
    /// Shows what the user should know of the run in progress or of the queue, until the next run starts.
    void showNotice(const QString &text);
    /// What is shown while this window trains nothing and has nothing else to tell; empty: that.
    void setIdleText(const QString &text);

  Q_SIGNALS:
    /// The strip was clicked while a run or nothing is in progress …
    void trainRequested();
    /// The number of waiting jobs was clicked.
    void queueRequested();
    /// … or while this run is evaluated.
    void evaluatedRunRequested(qint64 run);

  protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

  private:
    void showIdle();
    void showStarting();
    void showProgress();
    void showFinished(qint64 run, bool isProblem, const QString &message);
    void showQueue();
    void showOther(const QueuedJob &job);
    void showState(const QueuedJob &job);
    void stop();
    void setRunning(bool running);

    ComputeQueue &m_queue;
    TrainingSession &m_session;
    QString m_notice;
    QString m_idle;
    bool m_isIdle = true;     ///< m_idle is shown
    qint64 m_finishedRun = 0; ///< the run of the message shown after its end
    QWidget *m_dot;
    ElidedLabel *m_name; ///< muted if no run is in progress and the last one did not fail
    QLabel *m_epoch;
    QProgressBar *m_bar;
    QLabel *m_speed;
    QLabel *m_left;
    QLabel *m_waiting;
    QPushButton *m_stop;
    QElapsedTimer m_sinceStop; ///< the last stop()
};

} // namespace simclr::ui
