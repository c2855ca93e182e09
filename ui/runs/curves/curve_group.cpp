// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/curves/curve_group.h"

#include <QCoreApplication>
#include <QHash>
#include <QStringList>

namespace simclr::ui {

namespace {

struct Texts {
    Q_DECLARE_TR_FUNCTIONS(CurveGroup)
};

QString withNumbers(const CurveGroup &group) {
    constexpr std::size_t most = 4;
    QStringList numbers;
    for (std::size_t i = 0; i < std::min(most, group.runs.size()); ++i)
        numbers.append(QString::number(group.runs[i]));
    if (group.runs.size() > most)
        numbers.append(QStringLiteral("…"));
    const QString runs = numbers.join(QStringLiteral(", "));
    return group.runs.size() == 1 ? Texts::tr("%1 (run %2)").arg(group.label, runs)
                                  : Texts::tr("%1 (runs %2)").arg(group.label, runs);
}

} // namespace

std::vector<QString> distinctLabels(const std::vector<CurveGroup> &groups) {
    QHash<QString, int> counts;
    for (const CurveGroup &group : groups)
        ++counts[group.label];
    std::vector<QString> labels;
    for (const CurveGroup &group : groups)
        labels.push_back(counts[group.label] > 1 ? withNumbers(group) : group.label);
    return labels;
}

} // namespace simclr::ui
