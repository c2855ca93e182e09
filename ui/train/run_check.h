// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"
#include "ui/background/background_worker.h"

#include <QObject>
#include <QString>

namespace simclr::ui {

/// Checks without blocking what a run would do, or why it cannot start. Only the newest request is answered.
/// Lives on the UI thread; the work is done in its own thread.
class RunCheck : public QObject {
    Q_OBJECT
  public:
    explicit RunCheck(QObject *parent = nullptr) : QObject(parent) {}

    void check(const RunConfiguration &configuration, const DatasetPtr &dataset,
               const RuleOptions &rules = {});

  Q_SIGNALS:
    /// `text` is the plan ("1,600 training images · 6 steps per epoch · 120 steps"), or the problem;
    /// `findings` are sentences on unusual settings and
    /// on rules that can never be met.
    void checked(bool possible, const QString &text, const QStringList &findings);

  private:
    BackgroundWorker m_worker{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui
