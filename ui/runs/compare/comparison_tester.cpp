// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/comparison_tester.h"

#include <utility>

namespace simclr::ui {

ComparisonTester::ComparisonTester(std::filesystem::path database, QObject *parent)
    : QObject(parent), m_database(std::move(database)) {
    m_pool.setMaxThreadCount(1);
}

ComparisonTester::~ComparisonTester() {
    m_pool.waitForDone(); // its answer is posted to this object and discarded with it
}

void ComparisonTester::test(const std::vector<RunRecord> &runs) {
    if (m_working)
        m_next = runs;
    else
        work(runs);
}

void ComparisonTester::work(const std::vector<RunRecord> &runs) {
    m_working = true;
    m_pool.start([this, runs] {
        std::vector<ResultRow> rows;
        try {
            rows = compareResults(RunStore(m_database, RunStore::Access::ReadOnly), runs);
        } catch (const std::exception &) {
            rows = resultRows(runs); // a run may just have been deleted: show its rows without tests
        }
        QMetaObject::invokeMethod(
            this, [this, runs, rows] { done(runs, rows); }, Qt::QueuedConnection);
    });
}

void ComparisonTester::done(const std::vector<RunRecord> &runs, const std::vector<ResultRow> &rows) {
    m_working = false;
    if (m_next)
        work(*std::exchange(m_next, std::nullopt));
    else
        Q_EMIT tested(runs, rows);
}

} // namespace simclr::ui
