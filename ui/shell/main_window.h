// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QWidget>
#include <filesystem>

class QStackedWidget;

namespace simclr::ui {

class ComputeQueue;
class DataPage;
class DatasetPanel;
class DesignPage;
class LastPipeline;
class NavigationRail;
class PipelineAutosave;
class PipelineDocument;
class PipelineFiles;
class RunsPage;
class TrainPage;
class TrainingSession;
class WindowHeader;
class Workspace;

/// The main window: owns the pages and the objects that they share. On closing it asks first if a job is
/// in progress or the pipeline has unsaved changes, and waits until the job has stopped. UI thread.
class MainWindow : public QWidget {
    Q_OBJECT
  public:
    enum Page { DataPageIndex, DesignPageIndex, TrainPageIndex, RunsPageIndex };

    /// `database` stores the runs; unsaved pipelines are stored beside it. Opens the last pipeline, and the
    /// images of `source`, or the last images if it is empty.
    explicit MainWindow(const std::filesystem::path &database, const QString &source = {});
    ~MainWindow() override;

    void showPage(int page);
    /// "data", "design", "train" or "runs"; other names are ignored.
    void showPage(const QString &name);

  protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

  private:
    void assemble();
    void makePages();
    void connectData();
    void connectParts();
    void restore();
    void openFirst(const QString &source);
    void toggleTheme();
    /// Asks about unsaved changes and running jobs; closes the window if there are none.
    void tryToClose();
    bool losesChanges() const;
    void closeWithoutJobs();
    void askToStop();
    QString stopConsequence() const;
    void restoreJobs();
    void trainAgain(const RunRecord &run);

    Workspace *m_workspace;
    PipelineDocument *m_document;
    PipelineFiles *m_files;
    PipelineAutosave *m_autosave;
    LastPipeline *m_last;
    ComputeQueue *m_queue;
    TrainingSession *m_session;
    NavigationRail *m_rail;
    WindowHeader *m_header;
    QStackedWidget *m_pages;
    DataPage *m_data = nullptr;
    DesignPage *m_design = nullptr;
    RunsPage *m_runs = nullptr;
    TrainPage *m_train = nullptr;
    DatasetPanel *m_panel = nullptr;
    bool m_closing = false;
    bool m_mayClose = false;
};

} // namespace simclr::ui
