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

/// Which images a preview shows: the place among all of them and the ways to others, one class alone, another
/// order; and where they are not the dataset's, whose they are and the way back. What is drawn of them is the
/// PreviewDrawBar's matter. Owned by the PreviewPanel; UI thread.
class PreviewSampleBar : public QWidget {
    Q_OBJECT
  public:
    explicit PreviewSampleBar(QWidget *parent = nullptr);

    const SampleOrder &order() const { return m_order; }
    /// Place of the first image of the page, from 0.
    std::size_t first() const { return m_first; }

    /// Offers the classes of the dataset; the choice stays where they are the same as before.
    void setDataset(const DatasetPtr &dataset);
    /// Pictures of one's own, or null for the dataset's. The place in the dataset is kept meanwhile.
    void setOwn(const OwnImagesPtr &own);
    /// The first images of all classes in the usual order again.
    void startOver();
    /// What is shown, `visible` images of it. A place that is not there is given up where `isNewest`.
    void setShown(const Preview &preview, int visible, bool isNewest);
    void setVisibleImages(int visible);
    /// Goes to the images behind those that are shown (1) or before them (−1). Whether there are some.
    bool turnPage(int direction);

    /// Where further buttons have their place.
    QHBoxLayout &row() { return *m_row; }

  Q_SIGNALS:
    /// Other images are wanted: first() or order() has changed.
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
    std::size_t m_firstOfDataset = 0; ///< while pictures of one's own are shown
    std::size_t m_total = 0;
    int m_visible = 0;
    int m_page = 0; ///< how many were visible where the images did not end
};

} // namespace simclr::ui
