// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/data/wall/wall_filter.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QLabel;
class QLayout;
class QLineEdit;
class QSlider;

namespace simclr::ui {

class ColumnFilter;

/// Above the wall: what it shows, by class, split, size, name and column, and how large. Owned by the
/// WallPanel; UI thread.
class FilterBar : public QWidget {
    Q_OBJECT
  public:
    explicit FilterBar(QWidget *parent = nullptr);

    /// The classes to choose from; the filter shows all images again.
    void setDataset(const DatasetPtr &dataset);
    /// Sizes can be chosen when they are measured.
    void setSizesKnown(bool areKnown, int trainingSide);
    WallFilter filter() const;
    /// Numbers of images.
    struct Counts {
        std::size_t shown = 0; ///< those that match
        std::size_t all = 0;
        std::size_t selected = 0;
        std::size_t selectedShown = 0; ///< and match
    };
    void setCount(const Counts &counts);
    void setSide(int side);

  Q_SIGNALS:
    void edited();
    void sideChosen(int side);

  private:
    static QString selectedText(const Counts &counts);
    void build();
    QLayout *firstRow();
    QComboBox *addBox(const char *name, const QString &title, const QString &toolTip);

    QComboBox *m_class;
    QComboBox *m_split;
    QComboBox *m_size;
    QLineEdit *m_text;
    QLabel *m_count;
    QSlider *m_side;
    ColumnFilter *m_column;
    QTimer m_soon; ///< after the last typed letter
};

} // namespace simclr::ui
