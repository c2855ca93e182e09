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

/// The popover under the dataset button: where images come from, how far opening is, what was found, and what
/// was open lately. It lies over the page, not in a window of its own, and closes by Escape or a click
/// elsewhere. Owned by the MainWindow; UI thread.
class DatasetPanel : public QFrame {
    Q_OBJECT
  public:
    /// `anchor` is the button that it hangs from.
    DatasetPanel(Workspace &workspace, QWidget *anchor, QWidget *parent);

    void popUp();
    void toggle();
    /// The height it wants, within its parent.
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
