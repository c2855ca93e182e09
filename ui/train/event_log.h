// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace simclr::ui {

/// The event log: one line with the time per event, newest last. The text can be selected and copied. Owned
/// by the TrainPage.
class EventLog : public QPlainTextEdit {
    Q_OBJECT
  public:
    explicit EventLog(QWidget *parent = nullptr);

    void add(const QString &line);

  private:
    bool m_follows = true; ///< the last line is in view, also after the log has become smaller
};

} // namespace simclr::ui
