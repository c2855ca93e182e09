// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/quality/quality_view.h"

#include "ui/runs/explore/quality/quality_model.h"
#include "ui/runs/explore/table_export.h"
#include "ui/text/run_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"
#include "ui/workspace/compute_queue.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QProgressBar>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStandardPaths>
#include <QTableView>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

QString fileOfQuality() {
    return QStandardPaths::writableLocation(QStandardPaths::CacheLocation) + QStringLiteral("/quality.json");
}

QString rankingText(const RankCorrelation &ranking) {
    if (!ranking.tau)
        return QualityView::tr("not decidable, n = %1").arg(ranking.count);
    const QString tau = decimalText(std::abs(*ranking.tau), 2);
    return QualityView::tr("τ = %1, n = %2")
        .arg(*ranking.tau < 0 ? QStringLiteral("−") + tau : tau)
        .arg(ranking.count);
}

} // namespace

QualityView::QualityView(FeatureCache &features, DatasetCache &images, const ComputeQueue &queue,
                         QWidget *parent)
    : ExploreView(parent),
      m_features(features),
      m_images(images),
      m_queue(queue),
      m_file(fileOfQuality()),
      m_model(new QualityModel(this)),
      m_sorted(new QSortFilterProxyModel(this)),
      m_table(new QTableView),
      m_measure(new QPushButton(tr("Measure selected"))),
      m_measureAll(new QPushButton),
      m_cancel(new QPushButton(tr("Cancel"))),
      m_progress(new QProgressBar),
      m_state(new ElidedLabel) {
    buildTable();
    buildLayout();
    connect(m_measure, &QPushButton::clicked, this, [this] { measure(m_runs); });
    connect(m_measureAll, &QPushButton::clicked, this, [this] { measure(unmeasured()); });
    connect(m_cancel, &QPushButton::clicked, this, &QualityView::cancel);
    updateState();
    showRanking();
}

void QualityView::buildTable() {
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(Qt::UserRole);
    m_table->setObjectName(QStringLiteral("qualityTable"));
    m_table->setAccessibleName(tr("Quality without labels"));
    m_table->setModel(m_sorted);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QualityModel::Run, QHeaderView::Stretch);
    auto *tables = new TableExport(*m_table, tr("quality"), [this] { return content(); });
    connect(tables, &TableExport::done, m_state, [this](const QString &what) { m_state->setText(what); });
}

/// The images are opened only to find out whether a file is one of them.
TableContent QualityView::content() const {
    if (m_runs.empty())
        return {m_model->cells(), {}};
    return {m_model->cells(), [run = m_runs.front(), &images = m_images](const std::stop_token &stop) {
                try {
                    return openRunImages(images, run, stop);
                } catch (const std::exception &) {
                    return DatasetPtr(); // they are no longer there
                }
            }};
}

/// How well each measure has ranked the runs.
QWidget *QualityView::buildRanking() {
    auto *box = new QWidget;
    auto *grid = new QGridLayout; // two measures in a row: it must fit into a small window
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(2);
    for (const QualityMeasure each : allQualityMeasures) {
        QLabel *value = valueLabel(QualityModel::title(each));
        value->setObjectName(QStringLiteral("ranking_") + QString::fromStdString(nameOf(each)));
        value->setToolTip(plainToolTip(QualityModel::help(each)));
        m_ranking[std::size_t(each)] = value;
        const int place = int(each);
        grid->addWidget(mutedLabel(QualityModel::title(each)), place / 2, 2 * (place % 2));
        grid->addWidget(value, place / 2, 2 * (place % 2) + 1);
    }
    grid->setColumnStretch(4, 1);
    QLabel *note =
        mutedLabel(tr("Kendall's τ-b: 1 is the same order, −1 the reverse. At least 3 runs with an "
                      "accuracy. It may differ for other data and methods."));
    note->setWordWrap(true);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(headingLabel(tr("Ranks the runs as their accuracies do:")));
    column->addLayout(grid);
    column->addWidget(note);
    return box;
}

void QualityView::buildLayout() {
    m_measure->setObjectName(QStringLiteral("measureSelected"));
    m_measure->setToolTip(tr("Compute the features of the training images and measure them"));
    m_measureAll->setObjectName(QStringLiteral("measureAll"));
    m_measureAll->setToolTip(tr("Measure all finished runs on these images that are not measured yet"));
    m_cancel->setObjectName(QStringLiteral("cancelMeasuring"));
    m_cancel->setToolTip(tr("Stop; what is measured is kept"));
    m_progress->setObjectName(QStringLiteral("measureProgress"));
    m_progress->setMaximumWidth(140);
    m_progress->setTextVisible(false);
    m_state->setObjectName(QStringLiteral("qualityState"));
    auto *controls = new QHBoxLayout;
    controls->setSpacing(8);
    for (QWidget *each : {static_cast<QWidget *>(m_measure), static_cast<QWidget *>(m_measureAll),
                          static_cast<QWidget *>(m_cancel), static_cast<QWidget *>(m_progress)})
        controls->addWidget(each);
    controls->addWidget(m_state, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(controls);
    layout->addWidget(m_table, 1);
    layout->addWidget(buildRanking());
}

void QualityView::showRuns(const std::vector<RunRecord> &runs) {
    m_runs = runs;
    m_reader.ask(
        [run = runs.front()]() -> std::vector<QualityRow> {
            try {
                return comparableRuns(run);
            } catch (const std::exception &) {
                return {}; // the page says why the database cannot be read
            }
        },
        [this](std::vector<QualityRow> rows) { takeRows(std::move(rows)); });
}

void QualityView::takeRows(std::vector<QualityRow> rows) {
    m_model->setRows(std::move(rows));
    for (const QualityRow &row : m_model->rows())
        if (const auto known = m_file.find(row.run))
            m_model->setQuality(row.run.id, *known);
    m_table->resizeColumnsToContents();
    updateState();
    showRanking();
}

std::vector<RunRecord> QualityView::unmeasured() const {
    std::vector<RunRecord> runs;
    for (const QualityRow &row : m_model->rows())
        if (!m_model->isMeasured(row.run.id))
            runs.push_back(row.run);
    return runs;
}

void QualityView::measure(const std::vector<RunRecord> &runs) {
    m_waiting.assign(runs.begin(), runs.end());
    measureNext();
}

void QualityView::measureNext() {
    updateState();
    if (m_waiting.empty())
        return;
    m_state->setText(tr("Measuring “%1” …").arg(runTitle(m_waiting.front())));
    m_progress->setRange(0, 0);
    m_worker.ask(
        [this, run = m_waiting.front(), device = std::string(m_queue.computing() != nullptr ? "cpu" : "")](
            const BackgroundWorker::Task &task) {
            FeatureRequest request;
            request.device = device;
            request.progress = [this, &task](std::size_t done, std::size_t all) {
                task.post([this, done, all] {
                    m_progress->setRange(0, int(all));
                    m_progress->setValue(int(done));
                });
            };
            return measureQuality(run, m_features, m_images, request, task.stop());
        },
        [this, run = m_waiting.front()](const QualityAnswer &answer) { take(run, answer); });
}

void QualityView::take(const RunRecord &run, const QualityAnswer &answer) {
    m_waiting.pop_front();
    if (answer.quality) {
        if (answer.isOfNewest)
            m_file.add(run, *answer.quality);
        m_model->setQuality(run.id, *answer.quality);
        showRanking();
    }
    measureNext();
    if (!answer.problem.isEmpty())
        m_state->setText(answer.problem);
}

void QualityView::cancel() {
    m_worker.cancel();
    m_waiting.clear();
    updateState();
}

void QualityView::updateState() {
    const bool isMeasuring = !m_waiting.empty();
    const std::size_t left = unmeasured().size();
    m_measureAll->setText(left == 1 ? tr("Measure 1 more run") : tr("Measure %1 more runs").arg(left));
    m_measureAll->setVisible(left > 0);
    m_measure->setEnabled(!isMeasuring && !m_runs.empty());
    m_measureAll->setEnabled(!isMeasuring);
    m_cancel->setVisible(isMeasuring);
    m_progress->setVisible(isMeasuring);
    if (!isMeasuring)
        m_state->setText(
            tr("Finished runs on the images of the selected one. Of up to 25,600 training images."));
}

void QualityView::showRanking() {
    for (const QualityMeasure each : allQualityMeasures)
        m_ranking[std::size_t(each)]->setText(rankingText(m_model->ranking(each)));
}

} // namespace simclr::ui
