// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/result_choice.h"

#include <QComboBox>
#include <optional>

namespace simclr::ui {

/// Selects by which evaluation runs are explored. Keeps the protocol and split when other runs are selected.
/// Owned by the view that asks; UI thread.
class ResultPicker : public QComboBox {
    Q_OBJECT
  public:
    explicit ResultPicker(QWidget *parent = nullptr);

    void setRuns(const std::vector<RunRecord> &runs);
    /// nullptr if the runs have no evaluation in common.
    const ResultChoice *choice() const;
    /// Selects the evaluation that is like this one, if the runs have it; also those selected later.
    void choose(const ResultKey &key);

  Q_SIGNALS:
    /// The user selected another one, or choose() did.
    void chosen();

  private:
    int placeOf(const ResultKey &key) const;

    std::vector<ResultChoice> m_choices;
    std::optional<ResultKey> m_wanted; ///< the last one that was selected
};

} // namespace simclr::ui
