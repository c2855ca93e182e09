// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace simclr::ui {

class SelectionKeeper;
class Workspace;

/// Which selection of the open images is used, and the menu that changes it. Owned by the DataPage; UI
/// thread.
class SelectionBar : public QWidget {
    Q_OBJECT
  public:
    /// Both must outlive it.
    SelectionBar(Workspace &workspace, SelectionKeeper &keeper, QWidget *parent = nullptr);

  private:
    void show();
    void askForFile();
    void askWhereToSave();

    Workspace &m_workspace;
    SelectionKeeper &m_keeper;
    QLabel *m_text;
    QToolButton *m_all;
    QToolButton *m_save;
};

} // namespace simclr::ui
