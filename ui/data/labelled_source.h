// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace simclr::ui {

class ElidedLabel;
class Workspace;

/// Shows which labelled images runs are evaluated on beside the open images, and lets the user choose or
/// remove them. Works alone, anywhere in the window; UI thread.
class LabelledSource : public QWidget {
    Q_OBJECT
  public:
    explicit LabelledSource(Workspace &workspace, QWidget *parent = nullptr);

  private:
    void buildLayout();
    void chooseFolder();
    void chooseFile();
    void showOpen();

    Workspace &m_workspace;
    ElidedLabel *m_source;
    QPushButton *m_folder;
    QPushButton *m_file;
    QPushButton *m_none;
};

} // namespace simclr::ui
