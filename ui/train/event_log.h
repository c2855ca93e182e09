// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPlainTextEdit>

namespace simclr::ui {

/// What happened, a line an event with its time, newest last; can be selected and copied. Owned by the
/// TrainPage.
class EventLog : public QPlainTextEdit {
    Q_OBJECT
  public:
    explicit EventLog(QWidget *parent = nullptr);

    void add(const QString &line);
};

} // namespace simclr::ui
