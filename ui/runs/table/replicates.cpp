// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/replicates.h"

#include "core/results/run_groups.h"
#include "core/store/run_settings.h"
#include "core/store/run_store.h"
#include "core/train/train_options.h"
#include "core/util/error.h"
#include "ui/runs/table/run_queries.h"

namespace simclr::ui {

namespace {

/// Among more groups, what differs is too much for a title, and takes long to find.
constexpr std::size_t mostCompared = 200;

const Schema &trainingSchema() {
    return trainOptionsDescription().schema();
}

} // namespace

const std::string &Replicates::keyOf(const RunStore &store, RunId run) {
    const auto known = m_keys.find(run);
    if (known != m_keys.end())
        return known->second;
    FlatSettings settings = runSettings(store.runs().one(run), trainingSchema());
    std::string key = groupKey(settings, trainingSchema());
    m_examples.emplace(key, std::move(settings));
    return m_keys.emplace(run, std::move(key)).first->second;
}

void Replicates::nameByDifferences(FieldValues &values, const std::set<std::string> &keys) const {
    std::vector<GroupedRun> examples;
    for (const std::string &key : keys)
        examples.push_back({.settings = m_examples.at(key)});
    for (const RunGroup &group : groupRuns(examples, {AllButSeed{}}, trainingSchema()))
        values.titles.insert(QString::fromStdString(group.key), QString::fromStdString(group.title));
}

void Replicates::nameByPipelines(FieldValues &values, const std::set<std::string> &keys) const {
    constexpr int shownDigits = 6; // of the key
    for (const std::string &key : keys) {
        const QString text = QString::fromStdString(key);
        values.titles.insert(text, QString::fromStdString(m_examples.at(key).value("pipeline")) +
                                       QStringLiteral(" · ") + text.left(shownDigits));
    }
}

std::shared_ptr<const FieldValues> Replicates::read(const RunStore &store, const std::vector<RunId> &runs) {
    auto values = std::make_shared<FieldValues>();
    values->kind = ValueKind::Text;
    std::set<std::string> used;
    for (const RunId run : runs) {
        try {
            const std::string &key = keyOf(store, run);
            values->values.insert(run, key);
            used.insert(key);
        } catch (const InvalidInput &) { // deleted in the meantime
        }
    }
    if (used.size() > mostCompared)
        nameByPipelines(*values, used);
    else
        nameByDifferences(*values, used);
    return values;
}

} // namespace simclr::ui
