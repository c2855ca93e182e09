// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/train/earlier_curves.h"
#include "ui/workspace/training_session.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QAction;
class QPushButton;
class QSplitter;
class QToolButton;

namespace simclr::ui {

class EventLog;
class RunHeadline;
class TrainingPlots;

/// The right part of the Train page: the run in progress or the last one, with its figures, curves and
/// events. Follows the TrainingSession. Owned by the TrainPage.
class RunMonitor : public QWidget {
    Q_OBJECT
  public:
    /// `database` has the curves from before a run was resumed.
    RunMonitor(TrainingSession &session, const std::filesystem::path &database, QWidget *parent = nullptr);

    EventLog &log() { return *m_log; }
    /// The splitter of events and what else is below the plots.
    QSplitter &lower() { return *m_lower; }
    /// Before the first run: whether the images that it would use have labels.
    void setLabelled(bool labelled);
    void showMessage(const QString &message, bool isProblem = false);
    /// What the page says while nothing has been trained.
    void showInvitation();
    QString message() const;
    /// The problem that is shown; empty if none is.
    QString problem() const;

  protected:
    void changeEvent(QEvent *event) override;

  private:
    void buildLayout();
    void buildCommands();
    void connectSession();
    void showCommands(bool shown);
    void showPaused();
    void togglePause();
    void showLeft();
    void begin(const RunStarted &started);
    void addEarlier(const TrainingUpdate &earlier);
    void update(const TrainingUpdate &update);
    void finish(RunEnd end, const QString &message);
    void styleProblem();

    TrainingSession &m_session;
    EarlierCurves m_earlier;
    TrainingUpdate m_held; ///< updates received while earlier curves are read
    QTimer m_clock;        ///< updates the time left between steps
    RunHeadline *m_headline;
    QLabel *m_message;
    QLabel *m_problem; ///< replaces the message for an error
    QPushButton *m_stop;
    QPushButton *m_pause;
    QToolButton *m_commands; ///< what else can be asked of a run in progress
    QAction *m_stopAfterEpoch = nullptr;
    QString m_running; ///< the message while it is not paused
    TrainingPlots *m_plots;
    EventLog *m_log;
    QSplitter *m_lower;
    QElapsedTimer m_sinceStop; ///< the last click on m_stop
};

} // namespace simclr::ui
