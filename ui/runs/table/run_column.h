// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QIcon>
#include <QString>
#include <functional>
#include <variant>
#include <vector>

namespace simclr::ui {

/// A value that runs are sorted by; nothing where a run has none.
using SortValue = std::variant<std::monostate, double, QString>;

/// A column of the table of runs. Its functions are given short records (RunListing). Those that are not set
/// have the meaning in their comment.
struct RunColumn {
    QString field; ///< identifies it in settings and saved views; a field of the filter where there is one
    QString title;
    QString help;
    bool isNumber = false; ///< aligned right, and summarised as mean ± standard deviation
    bool isHiddenAtFirst = false;
    bool growsWithTime = false; ///< of a running run, without any change in the store
    std::function<QString(const RunRecord &)> text;
    std::function<SortValue(const RunRecord &)> value;    ///< the text
    std::function<QString(const RunRecord &)> toolTip;    ///< the text
    std::function<QIcon(const RunRecord &)> icon;         ///< none
    std::function<QString(const RunRecord &)> comparable; ///< equal where values may be compared; all may
    std::function<bool(const RunRecord &)> evaluable; ///< the value is missing, an evaluation gives it; no
    std::function<QString(double value)> number;      ///< a mean or a deviation as text, with its unit
};

/// The columns that every table has. The first identifies the run.
std::vector<RunColumn> basicRunColumns();

SortValue sortValue(const RunColumn &column, const RunRecord &run);
QString toolTip(const RunColumn &column, const RunRecord &run);

} // namespace simclr::ui
