// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/option_importance.h"
#include "ui/background/background_worker.h"

#include <QList>
#include <QObject>
#include <QString>
#include <filesystem>

namespace simclr::ui {

/// How options of runs go together with a field of theirs.
struct ImportanceAnswer {
    QString field;
    OptionImportances importances;
    qsizetype runs = 0; ///< that were asked for
    qsizetype read = 0; ///< of these; fewer if they are too many
    QString problem;    ///< empty, or why nothing could be read
};

/// Computes importances in a thread of its own; the newest request is answered. Owned by the ImportancePanel;
/// UI thread.
class ImportanceReader : public QObject {
    Q_OBJECT
  public:
    explicit ImportanceReader(std::filesystem::path database, QObject *parent = nullptr);

    /// answered() follows.
    void ask(const QList<qint64> &runs, const QString &field);
    /// No answer follows.
    void cancel() { m_worker.cancel(); }
    bool isReading() const { return m_worker.isWorking(); }

  Q_SIGNALS:
    void answered(const simclr::ui::ImportanceAnswer &answer);

  private:
    std::filesystem::path m_database;
    BackgroundWorker m_worker{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui
