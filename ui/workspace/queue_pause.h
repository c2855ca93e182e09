// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QString>
#include <filesystem>

namespace simclr::ui {

/// Whether the queue of a database is paused, and why; stored in the settings. UI thread.
class QueuePause {
  public:
    explicit QueuePause(const std::filesystem::path &database);

    bool isOn() const { return m_isOn; }
    /// A sentence; empty if the user has paused the queue.
    QString reason() const { return m_reason; }
    void set(bool isOn, const QString &reason);

  private:
    QString m_database;
    bool m_isOn = false;
    QString m_reason;
};

/// Recognises that one cause makes jobs fail at once. Plain value.
class FailureWatch {
  public:
    /// A job has ended. Returns true after several failures in a row for the same reason, numbers in it
    /// apart, that followed one another within seconds.
    bool ended(bool hasFailed, const QString &reason);

  private:
    QString m_reason;
    int m_count = 0;
    QElapsedTimer m_sinceLast;
};

} // namespace simclr::ui
