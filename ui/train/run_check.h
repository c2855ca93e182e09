// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"

#include <QObject>
#include <QString>
#include <QThreadPool>
#include <optional>

namespace simclr::ui {

/// Checks without blocking what a run would do, or why it cannot start. Only the newest request is answered.
/// Lives on the UI thread; the work is done in its own thread.
class RunCheck : public QObject {
    Q_OBJECT
  public:
    explicit RunCheck(QObject *parent = nullptr);
    ~RunCheck() override;

    void check(const RunConfiguration &configuration, const DatasetPtr &dataset);

  Q_SIGNALS:
    /// `text` is the plan ("1,600 training images · 6 steps per epoch · 120 steps"), or the problem;
    /// `findings` are sentences on unusual settings.
    void checked(bool possible, const QString &text, const QStringList &findings);

  private:
    struct Question {
        RunConfiguration configuration;
        DatasetPtr dataset;
    };
    struct Answer {
        bool possible = false;
        QString text;
        QStringList findings;
    };
    static Answer answer(const Question &question);
    void work(const Question &question);
    void done(const Answer &answer);

    QThreadPool m_pool;
    bool m_working = false;
    std::optional<Question> m_next;
};

} // namespace simclr::ui
