// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QProgressBar;
class QVBoxLayout;

namespace simclr::ui {

class DatasetReportView;
class InlineMessage;
class Workspace;

/// The popover under the dataset button: image sources, progress of opening, dataset report, and recent
/// sources. It is a child widget over the page, not a separate window, and closes on Escape or a click
/// outside. Owned by the MainWindow; UI thread.
class DatasetPanel : public QFrame {
    Q_OBJECT
  public:
    /// `anchor` is the button below which it opens.
    DatasetPanel(Workspace &workspace, QWidget *anchor, QWidget *parent);

    void popUp();
    void toggle();
    /// Moves it below the anchor and fits its height to its content, within the parent.
    void place();

    bool eventFilter(QObject *watched, QEvent *event) override;

  protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

  private:
    QHBoxLayout *makeSources();
    QWidget *makeProgress();
    void connectWorkspace();
    void chooseFolder();
    void chooseFile();
    void showDataset();
    void showRecent();

    Workspace &m_workspace;
    QWidget *m_anchor;
    QWidget *m_content;
    QLabel *m_progressText;
    QProgressBar *m_bar;
    QWidget *m_progress;
    InlineMessage *m_message;
    DatasetReportView *m_report;
    QWidget *m_recent;
    QVBoxLayout *m_recentList;
};

} // namespace simclr::ui
