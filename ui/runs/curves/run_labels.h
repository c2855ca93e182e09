// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/results/flat_settings.h"
#include "core/store/records.h"

#include <QHash>
#include <QString>
#include <QStringList>
#include <vector>

namespace simclr::ui {

/// Names runs in legends: "12 · crop", or "12 · batch 256 · seed 2" if several have one name, so that the
/// legend says in what they differ. Owned by the CurvesPanel; UI thread.
class RunLabels {
  public:
    /// Labels of full records, in their order. What a run was trained with does not change, so each is
    /// flattened once.
    QStringList of(const std::vector<RunRecord> &runs);

  private:
    const FlatSettings &settingsOf(const RunRecord &run);

    QHash<qint64, FlatSettings> m_settings; ///< of the runs of the last call
    QStringList m_titles;                   ///< with their names
    QStringList m_labels;
};

} // namespace simclr::ui
