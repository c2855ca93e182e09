// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/confusion/confusion_reading.h"
#include "ui/runs/explore/confusion/matrix_view.h"

#include <QStringList>
#include <QWidget>
#include <array>

class QLabel;

namespace simclr::ui {

class ElidedLabel;

/// The confusion matrix of one run, or those of two side by side; beside the first one either that of the
/// second run or the difference. Both scroll and zoom together. Owned by the ConfusionView; UI thread.
class ConfusionMatrices : public QWidget {
    Q_OBJECT
  public:
    enum class Order { ByClass, MostErrorsFirst };

    explicit ConfusionMatrices(QWidget *parent = nullptr);

    void setReading(const ConfusionPtr &reading, const QStringList &names);
    /// Of the images of one run.
    void setDataset(std::size_t run, const DatasetPtr &dataset);
    void setOrder(Order order);
    void showDifference(bool isDifference);
    /// Chooses a place in the matrix of a run, and in no other; without a place in none.
    void setChosen(std::size_t run, const MatrixPlace &place);
    /// What is at a place of the matrix of a run, with its numbers.
    QString textOf(std::size_t run, const MatrixPlace &place) const;

  Q_SIGNALS:
    void placeChosen(int run, const simclr::ui::MatrixPlace &place);

  private:
    void connectViews();
    void showContents();
    void arrange();

    ConfusionPtr m_reading;
    QStringList m_names;
    Order m_order = Order::ByClass;
    bool m_isDifference = false;
    std::array<ElidedLabel *, 2> m_titles;
    std::array<MatrixView *, 2> m_views;
    QWidget *m_second; ///< title and view of the second run
    QLabel *m_legend;
};

} // namespace simclr::ui
