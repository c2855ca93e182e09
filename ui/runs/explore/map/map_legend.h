// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/map/point_groups.h"

#include <QListWidget>

namespace simclr::ui {

/// The groups of a map with their colours and numbers of images. A tick shows or hides a group; Enter or a
/// double click selects its images. Owned by the MapView; UI thread.
class MapLegend : public QListWidget {
    Q_OBJECT
  public:
    explicit MapLegend(QWidget *parent = nullptr);

    /// Groups of the same titles keep whether they are shown.
    void setGroups(const PointGroups &groups);
    bool isShown(const QString &title) const { return !m_hidden.contains(title); }

  Q_SIGNALS:
    /// The user has shown or hidden groups.
    void shownChanged();
    void groupChosen(const QString &title);

  protected:
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

  private:
    void fill();
    void showOnly(const QString &title);

    std::vector<PointGroup> m_groups;
    QStringList m_hidden; ///< titles
};

} // namespace simclr::ui
