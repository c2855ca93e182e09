// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QTimer>
#include <QWidget>
#include <optional>
#include <vector>

class QLabel;
class QSlider;
class QToolButton;

namespace simclr::ui {

/// A slider over the checkpoints of a run, and a button that goes through them one after another. Hidden if
/// there are fewer than two. Owned by the MapPane; UI thread.
class CheckpointBar : public QWidget {
    Q_OBJECT
  public:
    explicit CheckpointBar(QWidget *parent = nullptr);

    /// Chooses the newest checkpoint, without a signal. The same run keeps the chosen one.
    void setRun(const RunRecord &run);
    /// Nothing if the run has no checkpoint.
    std::optional<std::int64_t> step() const;
    /// The map of the chosen checkpoint is finished: the next one follows, if the bar plays.
    void showFinished();
    void stopPlaying();

  Q_SIGNALS:
    void stepChosen();

  private:
    void play(bool on);
    void next();
    void showStep();

    RunRecord m_run;
    std::vector<std::int64_t> m_steps;
    QToolButton *m_play;
    QSlider *m_slider;
    QLabel *m_text;
    QTimer m_pause; ///< before the next checkpoint
};

} // namespace simclr::ui
