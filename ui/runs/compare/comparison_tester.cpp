// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/comparison_tester.h"

#include <utility>

namespace simclr::ui {

namespace {

std::vector<ResultRow> rowsOf(const std::filesystem::path &database, const std::vector<RunRecord> &runs) {
    try {
        return compareResults(RunStore(database, RunStore::Access::ReadOnly), runs);
    } catch (const std::exception &) {
        return resultRows(runs); // a run may just have been deleted: show its rows without tests
    }
}

} // namespace

ComparisonTester::ComparisonTester(std::filesystem::path database, QObject *parent)
    : QObject(parent), m_database(std::move(database)) {}

void ComparisonTester::test(const std::vector<RunRecord> &runs) {
    m_worker.ask([database = m_database, runs] { return rowsOf(database, runs); },
                 [this, runs](const std::vector<ResultRow> &rows) { Q_EMIT tested(runs, rows); });
}

} // namespace simclr::ui
