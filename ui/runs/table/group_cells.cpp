// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/group_cells.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(GroupCells)
};

QString countOf(const GroupSummary &summary) {
    return summary.known == summary.runs ? QString::number(summary.known)
                                         : Texts::tr("%1 of %2").arg(summary.known).arg(summary.runs);
}

} // namespace

QString groupName(const QString &title, int runs) {
    return runs == 1 ? Texts::tr("%1 · 1 run").arg(title)
                     : Texts::tr("%1 · %2 runs").arg(title, QLocale().toString(runs));
}

QString meanText(const RunColumn &column, const GroupSummary &summary) {
    if (summary.known == 0)
        return QStringLiteral("–");
    const QString mean = column.number(summary.mean);
    return summary.deviation
               ? Texts::tr("%1 ± %2 (%3)").arg(mean, column.number(*summary.deviation), countOf(summary))
               : Texts::tr("%1 (%2)").arg(mean, countOf(summary));
}

QString commonText(const RunColumn &column, const std::vector<RunPtr> &runs) {
    if (runs.empty())
        return QStringLiteral("…");
    const QString first = column.text(*runs.front());
    const bool isCommon =
        std::ranges::all_of(runs, [&](const RunPtr &run) { return column.text(*run) == first; });
    return isCommon ? first : QStringLiteral("…");
}

QString groupText(const RunColumn &column, const QString &title, const std::vector<RunPtr> &runs) {
    return column.field == QLatin1String("name") ? groupName(title, static_cast<int>(runs.size()))
                                                 : commonText(column, runs);
}

} // namespace simclr::ui
