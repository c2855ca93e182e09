// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/import_source.h"
#include "ui/background/background_worker.h"

#include <QDialog>
#include <filesystem>

class QCheckBox;
class QLabel;
class QListWidget;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QTableView;

namespace simclr::ui {

class FoundRunsModel;

/// Shows what files, a folder or a database contain, which of it is known already, and imports it: looks and
/// imports in a thread, from which it can be cancelled. Runs that were imported before a cancellation remain.
/// Deletes itself when it is closed; UI thread.
class ImportDialog : public QDialog {
    Q_OBJECT
  public:
    /// Begins to look into the source.
    ImportDialog(ImportSource source, std::filesystem::path database, QWidget *parent);
    ~ImportDialog() override;

  Q_SIGNALS:
    /// Runs were added or changed.
    void imported();

  protected:
    void reject() override;

  private:
    enum class State { Looking, Choosing, Importing, Done };

    void buildLayout();
    void buildTable();
    void look();
    void showPreview(const ImportPreview &preview);
    void startImport();
    void showReport(const ImportReport &report);
    void fail(const QString &problem);
    void setState(State state);
    void setProblems(const QStringList &problems);
    ImportChoice choice() const;
    QString sourceText() const;

    ImportSource m_source;
    std::filesystem::path m_database;
    State m_state = State::Looking;
    std::size_t m_found = 0;
    FoundRunsModel *m_model;
    QTableView *m_table;
    QLabel *m_status;
    QProgressBar *m_progress;
    QLabel *m_metricsTitle;
    QListWidget *m_metrics;
    QCheckBox *m_withFiles;
    QPlainTextEdit *m_problems;
    QPushButton *m_import;
    QPushButton *m_close;
    BackgroundWorker m_worker{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui
