// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QButtonGroup;
class QVBoxLayout;

namespace simclr::ui {

/// The narrow rail at the left: one button per page, with icon, title and Ctrl+number. Owned by MainWindow;
/// UI thread.
class NavigationRail : public QWidget {
    Q_OBJECT
  public:
    explicit NavigationRail(QWidget *parent = nullptr);

    /// Pages are numbered in the order in which they are added.
    void addPage(const QString &name, const QString &title, const QString &icon, const QString &toolTip);
    void setCurrent(int page);

  Q_SIGNALS:
    void pageChosen(int page);

  protected:
    void paintEvent(QPaintEvent *event) override;

  private:
    QVBoxLayout *m_column;
    QButtonGroup *m_group;
};

} // namespace simclr::ui
