// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/workspace/compute_queue.h"

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QTreeView;

namespace simclr::ui {

class InlineMessage;
class QueueForecast;
class QueueModel;

/// What runs, what waits for it and what failed, beside the event log, with the actions on it; hidden while
/// there is nothing to show. Owned by the TrainPage.
class QueuePanel : public QWidget {
    Q_OBJECT
  public:
    QueuePanel(ComputeQueue &queue, QueueForecast &forecast, QWidget *parent = nullptr);

    /// Puts the keyboard focus on the list.
    void focusList();

  private:
    QAction *makeAction(const QString &name, const QString &icon, const QString &text,
                        const QKeySequence &key, const QString &tip, void (QueuePanel::*act)());
    void makeActions();
    void buildLayout();
    void connectParts();
    void update();
    void showSummary();
    void showPause();
    void removeSelected();
    void moveUp() { moveSelected(-1); }
    void moveDown() { moveSelected(1); }
    void moveSelected(int by);
    void repeatSelected();
    void togglePause();
    JobId selected() const;

    ComputeQueue &m_queue;
    QueueForecast &m_forecast;
    QueueModel *m_model;
    QTreeView *m_view;
    QLabel *m_summary;
    InlineMessage *m_reason; ///< why the queue has paused itself
    QAction *m_pause = nullptr;
    QAction *m_up = nullptr;
    QAction *m_down = nullptr;
    QAction *m_repeat = nullptr;
    QAction *m_remove = nullptr;
    JobId m_current; ///< selected, while the rows are replaced
};

} // namespace simclr::ui
