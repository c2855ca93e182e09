// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

class QWidget;

namespace simclr::ui {

class ComputeQueue;
class TrainingSession;

/// Tells what the user should know while the window is not active, unless the settings turn it off: the end
/// of a run, a rule that is met, a queue that has paused itself. It uses the notifications of the desktop
/// (org.freedesktop.Notifications) and, if there are none, marks the window in the task bar. Owned by the
/// MainWindow; UI thread.
class Notifier : public QObject {
    Q_OBJECT
  public:
    Notifier(ComputeQueue &queue, TrainingSession &session, QWidget &window);

  Q_SIGNALS:
    /// A text that does not show anywhere else in the window.
    void notShown(const QString &text);
    /// A notification was sent to the desktop.
    void sent(const QString &title, const QString &text);

  private:
    void tell(const QString &title, const QString &text);
    void send(const QString &title, const QString &text);

    QWidget &m_window;
};

} // namespace simclr::ui
