// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/comparison_panel.h"

#include "ui/runs/compare/comparison_model.h"
#include "ui/runs/compare/comparison_tester.h"
#include "ui/runs/compare/verdict_panel.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/table_copy.h"
#include "ui/widgets/text_labels.h"

#include <QHeaderView>
#include <QMenu>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

bool missesImages(const RunRecord &run) {
    return std::ranges::any_of(run.results, [](const Result &each) { return skippedImages(each) > 0; });
}

/// Accuracies on different images, or on different parts of them, are not comparable; the hint says so.
bool sharesImages(const std::vector<RunRecord> &runs) {
    return std::ranges::none_of(runs, missesImages) &&
           std::ranges::all_of(runs, [&runs](const RunRecord &run) {
               const DatasetRecord &first = runs.front().dataset;
               return run.dataset.evaluatedFingerprint() == first.evaluatedFingerprint() &&
                      run.dataset.testImages == first.testImages &&
                      run.dataset.validationImages == first.validationImages;
           });
}

bool haveSameResults(const RunRecord &one, const RunRecord &other) {
    return one.id == other.id && std::ranges::equal(one.results, other.results, isSameResult);
}

} // namespace

ComparisonPanel::ComparisonPanel(std::filesystem::path database, QWidget *parent)
    : QWidget(parent),
      m_model(new ComparisonModel(this)),
      m_tester(new ComparisonTester(std::move(database), this)),
      m_verdict(new VerdictPanel(this)),
      m_hint(mutedLabel({}, this)),
      m_table(new QTableView(this)) {
    m_hint->setObjectName(QStringLiteral("comparisonHint"));
    m_hint->setWordWrap(true);
    m_table->setObjectName(QStringLiteral("comparisonTable"));
    m_table->setAccessibleName(tr("Comparison"));
    m_table->setToolTip(tr("Accuracies and configuration of the selected runs"));
    m_table->setModel(m_model);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setWordWrap(false);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->setSelectionMode(QAbstractItemView::ContiguousSelection);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_table->verticalHeader()->setMinimumSectionSize(0);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_verdict);
    layout->addWidget(m_hint);
    layout->addWidget(m_table, 1);
    addCopyAction(*m_table);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, &ComparisonPanel::offerBaseline);
    connect(m_tester, &ComparisonTester::tested, this, &ComparisonPanel::showTested);
    showRuns();
}

void ComparisonPanel::setRuns(const std::vector<RunRecord> &runs, std::size_t selected) {
    m_selected = selected;
    const bool hasSameResults = std::ranges::equal(runs, m_runs, haveSameResults);
    m_runs = runs;
    if (!hasSameResults) { // otherwise finished tests stay
        m_results = resultRows(runs);
        if (runs.size() == 2)
            m_tester->test(runs);
    }
    showRuns();
}

void ComparisonPanel::setGroups(std::vector<SelectedRuns> groups) {
    m_verdict->setGroups(std::move(groups));
}

void ComparisonPanel::showTested(const std::vector<RunRecord> &runs, const std::vector<ResultRow> &results) {
    if (!std::ranges::equal(runs, m_runs, haveSameResults))
        return; // of an earlier selection
    m_results = results;
    showRuns();
}

void ComparisonPanel::showRuns() {
    const bool isOther = m_model->setRuns(m_runs, m_results);
    m_table->setVisible(!m_runs.empty());
    showHint(m_runs);
    if (!isOther)
        return;
    m_table->resizeColumnsToContents();
    for (int column = 0; column < m_model->columnCount(); ++column)
        m_table->setColumnWidth(column, std::clamp(m_table->columnWidth(column) + 24, 80, 320));
}

void ComparisonPanel::offerBaseline(const QPoint &place) {
    const RunId run = m_model->runAt(m_table->indexAt(place).row());
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("comparisonMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (run != 0) // not the row of the test
        menu->addAction(tr("Use as the baseline"), this, [this, run] { m_model->setBaseline(run); });
    menu->addActions(m_table->actions());
    menu->popup(m_table->viewport()->mapToGlobal(place));
}

void ComparisonPanel::showHint(const std::vector<RunRecord> &runs) {
    if (runs.size() < 2)
        return m_hint->setText(
            tr("Select two or more runs above, with Ctrl or Shift, to see what differs between them."));
    const QString left = m_selected > runs.size() ? tr("Showing the first %1 of %2 selected runs. ")
                                                        .arg(countText(runs.size()), countText(m_selected))
                                                  : QString();
    const QString settings =
        configDifferences(runs).empty() ? tr("All have the same configuration. ") : QString();
    const QString accuracies = m_results.empty() ? tr("None has been evaluated yet. ") : QString();
    m_hint->setText(left + settings + accuracies + imagesHint(runs));
}

QString ComparisonPanel::imagesHint(const std::vector<RunRecord> &runs) {
    if (!sharesImages(runs))
        return tr("These runs were evaluated on different images: their accuracies are not comparable.");
    if (std::ranges::any_of(runs, [&runs](const RunRecord &run) { return run.seed != runs.front().seed; }))
        return tr(
            "These runs have the same images but different seeds. The seed selects the validation images, "
            "and the test images unless the dataset has its own test split. p compares two encoders on the "
            "images that both were evaluated on, not their methods.");
    return runs.size() == 2 ? tr("Both runs were evaluated on the same images. p compares these two encoders "
                                 "only, not their methods: different seeds also give different results.")
                            : tr("All of these runs were evaluated on the same images.");
}

} // namespace simclr::ui
