// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/design/preview/preview_renderer.h"

#include <QWidget>

class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace simclr::ui {

/// Selects which images are shown: the position among all images and paging, a single class, another order;
/// for the user's own images, their names and the way back to the dataset. The random sample of the views is
/// selected in the PreviewSeedBar. Owned by the PreviewPanel; UI thread.
class PreviewSampleBar : public QWidget {
    Q_OBJECT
  public:
    explicit PreviewSampleBar(QWidget *parent = nullptr);

    const SampleOrder &order() const { return m_order; }
    /// Index of the first image of the page, from 0.
    std::size_t first() const { return m_first; }

    /// Offers the classes of the dataset; keeps the selection if the classes have not changed.
    void setDataset(const DatasetPtr &dataset);
    /// The user's own images, or null for the dataset's. The position in the dataset is kept in the meantime.
    void setOwn(const OwnImagesPtr &own);
    /// Back to the first images of all classes in the default order.
    void startOver();
    /// The current preview with `visible` images. If `isNewest`, a position that does not exist is dropped.
    void setShown(const Preview &preview, int visible, bool isNewest);
    void setVisibleImages(int visible);
    /// Turns to the next images (1) or the previous ones (−1). Returns whether there are any.
    bool turnPage(int direction);

    /// Where further buttons are added.
    QHBoxLayout &row() { return *m_row; }

  Q_SIGNALS:
    /// Other images are requested: first() or order() has changed.
    void changed();
    void backToDatasetRequested();

  private:
    void assemble();
    void connectParts();
    void offerClasses(const Dataset &dataset);
    void chooseOrder(const SampleOrder &order);
    void showOrder();
    void showPlace();
    void showOwner();
    QString ownerText() const;

    QHBoxLayout *m_row;
    QToolButton *m_before;
    QToolButton *m_behind;
    QSpinBox *m_place;
    QLabel *m_range;
    QToolButton *m_shuffle;
    QToolButton *m_usual;
    QComboBox *m_class;
    QLabel *m_owner;
    QPushButton *m_back;
    SampleOrder m_order;
    std::vector<std::string> m_classNames;
    OwnImagesPtr m_own;
    std::size_t m_first = 0;
    std::size_t m_firstOfDataset = 0; ///< while own images are shown
    std::size_t m_total = 0;
    int m_visible = 0;
    int m_page = 0; ///< number of visible images on the last full page
};

} // namespace simclr::ui
