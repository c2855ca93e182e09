// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QObject>
#include <QString>
#include <optional>

namespace simclr::ui {

class TrainingSession;
class Workspace;

/// Whether a run can go on: it ended before its time and left a checkpoint.
bool isResumable(const RunRecord &run);

/// Lets a stored run go on, opening its own dataset first where another one is open. Owned by the page that
/// offers it; UI thread.
class RunResumer : public QObject {
    Q_OBJECT
  public:
    RunResumer(Workspace &workspace, TrainingSession &session, QObject *parent = nullptr);

    void resume(RunId run);

  Q_SIGNALS:
    /// Nothing was started; `reason` is a sentence for the person.
    void failed(const QString &reason);

  private:
    void start();
    void openingFailed(const QString &source, const QString &reason);

    Workspace &m_workspace;
    TrainingSession &m_session;
    std::optional<RunRecord> m_run; ///< waits for its dataset
};

} // namespace simclr::ui
