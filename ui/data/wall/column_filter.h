// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/background/background_worker.h"
#include "ui/data/wall/wall_filter.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace simclr::ui {

/// A value of a column and how many images have it.
struct CountedValue {
    std::string value; ///< empty: no value
    std::size_t images = 0;
};

/// The values of a further column, the most frequent first, then by text; at most `most`. Incomplete if
/// `stop` was requested.
std::vector<CountedValue> valuesOfColumn(const Dataset &dataset, const std::string &column, std::size_t most,
                                         const std::stop_token &stop);

/// Chooses images by a further column of their table, such as a patient or a device; hidden for images
/// without one. Reads the values in a thread. Owned by the FilterBar; UI thread.
class ColumnFilter : public QWidget {
    Q_OBJECT
  public:
    static constexpr std::size_t mostValues = 500; ///< in the list

    explicit ColumnFilter(QWidget *parent = nullptr);

    /// Nothing is chosen any more; null: no images.
    void setDataset(const DatasetPtr &dataset);
    /// Nothing: all images.
    std::optional<ColumnValue> value() const;

  Q_SIGNALS:
    void edited();

  private:
    void chooseColumn();
    void showValues(const std::vector<CountedValue> &values);
    void forgetValues();

    DatasetPtr m_dataset;
    QComboBox *m_column;
    QComboBox *m_value;
    QLabel *m_note;
    BackgroundWorker m_worker{BackgroundWorker::Policy::StopCurrent};
};

} // namespace simclr::ui
