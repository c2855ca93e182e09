// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <filesystem>

class QStackedWidget;

namespace simclr::ui {

class DatasetPanel;
class LastPipeline;
class NavigationRail;
class PipelineAutosave;
class PipelineDocument;
class PipelineFiles;
class RunsPage;
class EvaluationSession;
class TrainingSession;
class WindowHeader;
class Workspace;

/// The window: it owns what the pages share and puts the pages together. Closing it asks first where a run is
/// on or the pipeline has unsaved changes, and waits for a run to stop by itself. UI thread.
class MainWindow : public QWidget {
    Q_OBJECT
  public:
    enum Page { DesignPageIndex, TrainPageIndex, RunsPageIndex };

    /// `database` is where runs are kept, and beside it what is not saved yet. The pipeline and the
    /// images of last time are opened, or the images of `source` where it says something.
    explicit MainWindow(const std::filesystem::path &database, const QString &source = {});
    ~MainWindow() override;

    void showPage(int page);
    /// "design", "train" or "runs"; anything else changes nothing.
    void showPage(const QString &name);

  protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

  private:
    void assemble();
    void makePages();
    void connectParts();
    void restore();
    void openFirst(const QString &source);
    void toggleTheme();
    /// What still stands against closing is asked about; closed when nothing does.
    void tryToClose();
    bool isComputing() const;
    bool losesChanges() const;
    void askToStop();

    Workspace *m_workspace;
    PipelineDocument *m_document;
    PipelineFiles *m_files;
    PipelineAutosave *m_autosave;
    LastPipeline *m_last;
    TrainingSession *m_session;
    EvaluationSession *m_evaluation;
    NavigationRail *m_rail;
    WindowHeader *m_header;
    QStackedWidget *m_pages;
    RunsPage *m_runs = nullptr;
    DatasetPanel *m_panel = nullptr;
    bool m_closing = false;
    bool m_mayClose = false;
};

} // namespace simclr::ui
