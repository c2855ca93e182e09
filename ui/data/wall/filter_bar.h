// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/data/wall/wall_filter.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QSlider;

namespace simclr::ui {

/// Above the wall: what it shows, by class, split, size and name, and how large. Owned by the WallPanel; UI
/// thread.
class FilterBar : public QWidget {
    Q_OBJECT
  public:
    explicit FilterBar(QWidget *parent = nullptr);

    /// The classes to choose from; the filter shows all images again.
    void setDataset(const DatasetPtr &dataset);
    /// Sizes can be chosen when they are measured.
    void setSizesKnown(bool areKnown, int trainingSide);
    WallFilter filter() const;
    /// Shows how many of the images match.
    void setCount(std::size_t shown, std::size_t all, std::size_t selected);
    void setSide(int side);

  Q_SIGNALS:
    void edited();
    void sideChosen(int side);

  private:
    void build();
    QComboBox *addBox(const char *name, const QString &title, const QString &toolTip);

    QComboBox *m_class;
    QComboBox *m_split;
    QComboBox *m_size;
    QLineEdit *m_text;
    QLabel *m_count;
    QSlider *m_side;
    QTimer m_soon; ///< after the last typed letter
};

} // namespace simclr::ui
