// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/importance/importance_panel.h"

#include "ui/plots/figure_export.h"
#include "ui/runs/compare/figures/exported_table.h"
#include "ui/runs/compare/figures/field_box.h"
#include "ui/runs/compare/importance/bar_delegate.h"
#include "ui/runs/compare/importance/importance_model.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/tool_buttons.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

constexpr std::size_t leastRuns = 3; ///< for a correlation
constexpr std::size_t fewRuns = 20;  ///< below, a strong correlation by chance is common

std::vector<RunPtr> runsOf(const FigureRuns &runs) {
    std::vector<RunPtr> all;
    for (const SelectedRuns &entity : runs.entities())
        all.insert(all.end(), entity.runs.begin(), entity.runs.end());
    return all;
}

bool haveSameIds(const std::vector<RunPtr> &one, const std::vector<RunPtr> &other) {
    return std::ranges::equal(one, other, {}, &RunRecord::id, &RunRecord::id);
}

} // namespace

ImportancePanel::ImportancePanel(std::filesystem::path database, QWidget *parent)
    : FigurePanel(parent),
      m_values(database),
      m_reader(std::move(database)),
      m_model(new ImportanceModel(this)),
      m_measure(new FieldBox(QStringLiteral("importanceMeasure"), QStringLiteral("runs/importance/measure"),
                             m_values.queries(), this)),
      m_save(iconButton(QStringLiteral("importanceSave"), QStringLiteral("document-save"),
                        tr("Save as picture or CSV"), this)),
      m_hint(mutedLabel({}, this)),
      m_table(new QTableView(this)) {
    buildTable();
    buildControls();
    connect(&m_reader, &ImportanceReader::answered, this, [this](const ImportanceAnswer &answer) {
        show(answer);
        ask(); // runs may have changed in the meantime
    });
    show({});
}

void ImportancePanel::buildTable() {
    m_table->setObjectName(QStringLiteral("importanceTable"));
    m_table->setAccessibleName(tr("Importance of options"));
    m_table->setModel(m_model);
    m_table->setItemDelegateForColumn(ImportanceModel::Correlation,
                                      new BarDelegate(BarDelegate::Kind::Signed, m_table));
    m_table->setItemDelegateForColumn(ImportanceModel::Forest,
                                      new BarDelegate(BarDelegate::Kind::Positive, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 12);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionResizeMode(ImportanceModel::Option, QHeaderView::Stretch);
    const int character = fontMetrics().averageCharWidth();
    for (const auto &[column, characters] : {std::pair{ImportanceModel::Correlation, 36},
                                             {ImportanceModel::Probability, 10},
                                             {ImportanceModel::Count, 8},
                                             {ImportanceModel::Forest, 32},
                                             {ImportanceModel::Choices, 9}})
        m_table->setColumnWidth(column, character * characters);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QTableView::activated, this, &ImportancePanel::choose);
    connect(m_table, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &place) { popUpMenu(m_table->viewport()->mapToGlobal(place)); });
}

void ImportancePanel::buildControls() {
    m_measure->setAccessibleName(tr("Accuracy or metric"));
    m_measure->setToolTip(tr("The accuracy or metric that options are to explain"));
    connect(m_measure, &FieldBox::fieldChosen, this, &ImportancePanel::ask);
    connect(m_save, &QToolButton::clicked, this,
            [this] { popUpMenu(m_save->mapToGlobal(m_save->rect().bottomLeft())); });
    m_hint->setObjectName(QStringLiteral("importanceHint"));
    m_hint->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(mutedLabel(tr("Options that go together with"), this));
    row->addWidget(m_measure);
    row->addStretch(1);
    row->addWidget(m_save);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(row);
    column->addWidget(m_hint);
    column->addWidget(m_table, 1);
}

void ImportancePanel::setRuns(const FigureRuns &runs) {
    m_runs = runs;
    m_values.want({QStringLiteral("seed")}, runs);
    if (m_measure->isUndecided())
        m_measure->propose(offered().accuracies.value(0, offered().metrics.value(0)));
    ask();
}

void ImportancePanel::offeredFieldsChanged() {
    m_measure->offer(offered().accuracies + offered().metrics);
    if (m_measure->isUndecided())
        m_measure->propose(offered().accuracies.value(0, offered().metrics.value(0)));
    ask();
}

/// A changed run has another record.
void ImportancePanel::ask() {
    std::vector<RunPtr> runs = runsOf(m_runs);
    if (runs.empty() || m_measure->field().isEmpty()) {
        m_reader.cancel();
        m_askedRuns.clear();
        return show({});
    }
    if (runs == m_askedRuns && m_measure->field() == m_askedField)
        return;
    if (m_reader.isReading() && m_measure->field() == m_askedField && haveSameIds(runs, m_askedRuns))
        return; // a run in training would never get an answer; asked again after it
    m_askedRuns = std::move(runs);
    m_askedField = m_measure->field();
    m_reader.ask(m_runs.ids(), m_askedField);
}

void ImportancePanel::show(const ImportanceAnswer &answer) {
    m_hint->setText(hint(answer));
    m_model->setAnswer(answer);
    m_table->setVisible(answer.importances.runs >= leastRuns && m_model->rowCount() > 0);
    m_save->setEnabled(m_model->rowCount() > 0);
}

QString ImportancePanel::hint(const ImportanceAnswer &answer) const {
    const OptionImportances &found = answer.importances;
    if (!answer.problem.isEmpty())
        return answer.problem;
    if (answer.runs == 0)
        return tr(
            "Select evaluated runs above, or choose all runs that the table shows, to see which options "
            "go together with an accuracy.");
    if (found.runs < leastRuns)
        return tr("Too few runs: %1 of %2 have this value, and at least %3 are needed.")
            .arg(countText(found.runs), countText(answer.runs), countText(leastRuns));
    if (found.options.empty())
        return tr("These %1 runs differ in no option.").arg(countText(found.runs));
    QStringList parts{tr("n = %1 of %2 runs.").arg(countText(found.runs), countText(answer.runs))};
    if (answer.read < answer.runs)
        parts.append(tr("%1 of them were read, evenly spaced in the table.").arg(countText(answer.read)));
    if (!found.explained)
        parts.append(tr("Too few runs for a forest, which needs 8 with different values."));
    else if (*found.explained <= 0)
        parts.append(
            tr("The forest explains nothing in runs that it has not seen: its importances mean nothing."));
    else
        parts.append(tr("The forest explains %1 of the variance in runs that it has not seen.")
                         .arg(QStringLiteral("%1 %").arg(decimalText(100 * *found.explained, 0))));
    if (found.runs < fewRuns)
        parts.append(tr("With so few runs, strong correlations are common by chance."));
    parts.append(
        tr("An association in the runs that were trained, not a proof of an effect; options that were "
           "changed together share their importance."));
    return parts.join(QLatin1Char(' '));
}

void ImportancePanel::choose(const QModelIndex &cell) {
    const QString path = cell.data(ImportanceModel::PathRole).toString();
    if (!path.isEmpty() && !path.startsWith(QStringLiteral("pipeline."))) // which is no field
        Q_EMIT scatterRequested(path == QStringLiteral("dataset") ? QStringLiteral("images")
                                                                  : optionField(path.toStdString()),
                                m_model->answer().field);
}

void ImportancePanel::popUpMenu(const QPoint &globalPosition) {
    popUpExportMenu(*this, globalPosition, [this] {
        return exportedTable(
            *m_table, m_measure->currentText(), m_hint->text(), [this] { return m_model->asCsv(); },
            m_model->rowCount() > 0);
    });
}

} // namespace simclr::ui
