// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/curves/run_labels.h"

#include "core/results/distinguishing_labels.h"
#include "core/results/run_groups.h"
#include "core/store/run_settings.h"
#include "core/train/train_options.h"
#include "ui/text/run_text.h"

#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

QStringList titlesOf(const std::vector<RunRecord> &runs) {
    QStringList titles;
    for (const RunRecord &run : runs)
        titles.append(runTitle(run));
    return titles;
}

QHash<QString, int> countNames(const std::vector<RunRecord> &runs) {
    QHash<QString, int> counts;
    for (const RunRecord &run : runs)
        ++counts[QString::fromStdString(run.name)];
    return counts;
}

} // namespace

const FlatSettings &RunLabels::settingsOf(const RunRecord &run) {
    const auto known = m_settings.constFind(run.id);
    if (known != m_settings.cend())
        return *known;
    const Schema &schema = trainOptionsDescription().schema();
    return *m_settings.insert(run.id,
                              withoutMachineOptions(runSettings(run, schema), schema, SeedSetting::Kept));
}

QStringList RunLabels::of(const std::vector<RunRecord> &runs) {
    const QStringList titles = titlesOf(runs);
    if (std::exchange(m_titles, titles) == titles)
        return m_labels;
    m_settings.removeIf([&runs](const auto &item) {
        return std::ranges::find(runs, item.key(), &RunRecord::id) == runs.end();
    });
    m_labels = titles;
    const QHash<QString, int> counts = countNames(runs);
    if (counts.size() == static_cast<qsizetype>(runs.size()))
        return m_labels;
    std::vector<FlatSettings> settings;
    for (const RunRecord &run : runs)
        settings.push_back(settingsOf(run));
    const std::vector<std::string> differences = distinguishingLabels(settings);
    for (std::size_t i = 0; i < runs.size(); ++i)
        if (counts[QString::fromStdString(runs[i].name)] > 1 && !differences[i].empty())
            m_labels[static_cast<qsizetype>(i)] =
                QStringLiteral("%1 · %2").arg(runs[i].id).arg(QString::fromStdString(differences[i]));
    return m_labels;
}

} // namespace simclr::ui
