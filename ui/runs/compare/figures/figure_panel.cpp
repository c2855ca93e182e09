// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/figures/figure_panel.h"

namespace simclr::ui {

void FigurePanel::offer(const OfferedFields &fields) {
    if (fields == m_offered)
        return;
    m_offered = fields;
    offeredFieldsChanged();
}

} // namespace simclr::ui
