// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/background/background_worker.h"
#include "ui/runs/table/table_values.h"

#include <QList>
#include <QObject>
#include <QString>
#include <filesystem>
#include <functional>
#include <stop_token>

class QFileDialog;
class QMenu;
class QWidget;

namespace simclr::ui {

class InlineMessage;
class Workspace;

/// Which rows of the table are exported.
enum class ExportedRows { Selected, Shown };

/// Exports runs and their table into files: a page, event files, curves, a table. Asks for the file, writes
/// it in a thread, and tells what happened in a message of the page, from which a long export can be
/// cancelled. Owned by the RunsPage; UI thread.
class RunExports : public QObject {
    Q_OBJECT
  public:
    using RowsOf = std::function<TableRows(ExportedRows)>;

    RunExports(Workspace &workspace, InlineMessage &message, RowsOf rows, QWidget &window);
    /// Waits for the current export, which is stopped.
    ~RunExports() override;

    /// Adds the actions for these runs, which are the selected ones; with none they are disabled.
    void fill(QMenu &menu, const QList<qint64> &runs);
    /// Asks for a file for rows of the table.
    void askForTable(ExportedRows rows);

  private:
    /// Writes, and returns a sentence on what was written. Throws. What it returns after a stop is not shown.
    using Write = std::function<QString(const std::filesystem::path &, const std::stop_token &)>;

    void askForPage(const QList<qint64> &runs);
    void askForCurves(const QList<qint64> &runs);
    void askForEvents(const QList<qint64> &runs);
    QFileDialog *saveDialog(const QString &objectName, const QString &title, const QStringList &filters,
                            const QString &suggested);
    void start(const QString &file, Write write);
    void finished(const QString &file, const QString &done, const QString &problem);

    Workspace &m_workspace;
    InlineMessage &m_message;
    RowsOf m_rows;
    QWidget &m_window;
    QString m_written; ///< what "Open" opens
    BackgroundWorker m_worker{BackgroundWorker::Policy::InOrder};
};

} // namespace simclr::ui
