// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/train/train_options.h"

#include <QWidget>
#include <vector>

class QLabel;
class QProgressBar;
class QStackedWidget;

namespace simclr::ui {

class DataStudy;
class DuplicatesPanel;
class FactsPanel;
class InlineMessage;
class SelectionKeeper;
class WallPanel;
class Workspace;

/// The first page: what is open and what is known of it at the left, the wall of thumbnails or the duplicates
/// at the right. Owned by the MainWindow; UI thread.
class DataPage : public QWidget {
    Q_OBJECT
  public:
    /// The workspace must outlive it.
    explicit DataPage(Workspace &workspace, QWidget *parent = nullptr);
    ~DataPage() override;

    /// Writes selections of the open images; also for other pages.
    SelectionKeeper &selections() { return *m_selections; }
    /// The options of the next run: of the splits and the training size.
    void setOptions(const TrainOptions &options);

  Q_SIGNALS:
    /// The user has changed an option of the next run.
    void optionEdited(const QString &id, const simclr::Value &value);
    /// The user wants to see these images in the preview of the Design page.
    void previewRequested(const std::vector<std::uint32_t> &samples);

  private:
    void build();
    QWidget *makeLeft();
    QWidget *makeRight();
    QWidget *makeSources();
    QWidget *makeProgress();
    QWidget *makeTabs();
    void connectParts();
    void connectWorkspace();
    void askForFolder();
    void askForFile();
    void showDataset();
    void showSaved(const QString &selection);
    void showMessage(const QString &text, bool isProblem);

    Workspace &m_workspace;
    DataStudy *m_study;
    SelectionKeeper *m_selections;
    FactsPanel *m_facts;
    WallPanel *m_wall;
    DuplicatesPanel *m_duplicates;
    QStackedWidget *m_right;
    InlineMessage *m_message;
    QString m_saved; ///< file of the selection that was saved last, until other images are open
    QWidget *m_progress = nullptr;
    QLabel *m_progressText = nullptr;
    QProgressBar *m_bar = nullptr;
};

} // namespace simclr::ui
