// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/compare/agreement/agreement_panel.h"

#include "ui/plots/figure_export.h"
#include "ui/runs/compare/agreement/agreement_model.h"
#include "ui/runs/compare/figures/exported_table.h"
#include "ui/text/training_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/tool_buttons.h"
#include "ui/widgets/wheel_guard.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QSettings>
#include <QSignalBlocker>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

const QString measureKey = QStringLiteral("runs/agreement/measure");
const QString orderKey = QStringLiteral("runs/agreement/order");
constexpr std::size_t mostRuns = 50; ///< more cells are neither readable nor fast

enum Order { Similar = 0, AsInTable = 1 }; // stored in the settings

QString measureName(Protocol protocol, Split split) {
    return QString::fromStdString(nameOf(protocol) + '.' + nameOf(split));
}

/// The newest result of the trained encoder that has this name; nullptr without one.
const Result *resultOf(const RunRecord &run, const QString &measure) {
    for (const Result &result : run.results)
        if (result.key.isPlain() && !isBaseline(run, result) &&
            measureName(result.key.protocol, result.key.split) == measure)
            return latestResult(run, result.key.protocol, result.key.split);
    return nullptr;
}

/// Of the same results. A run that trains has a new record every second, mostly with the same ones.
bool isSame(const AgreementRequest &one, const AgreementRequest &other) {
    return one.isOrdered == other.isOrdered &&
           std::ranges::equal(one.results, other.results, [](const auto &left, const auto &right) {
               return left.run->id == right.run->id && left.run->name == right.run->name &&
                      left.key == right.key && left.value == right.value && left.detail == right.detail;
           });
}

} // namespace

AgreementPanel::AgreementPanel(std::filesystem::path database, QWidget *parent)
    : FigurePanel(parent),
      m_reader(std::move(database)),
      m_model(new AgreementModel(this)),
      m_measure(new QComboBox(this)),
      m_order(new QComboBox(this)),
      m_save(iconButton(QStringLiteral("agreementSave"), QStringLiteral("document-save"),
                        tr("Save as picture or CSV"), this)),
      m_hint(mutedLabel({}, this)),
      m_table(new QTableView(this)) {
    buildTable();
    buildControls();
    connect(&m_reader, &AgreementReader::answered, this, &AgreementPanel::show);
    show({});
}

void AgreementPanel::buildTable() {
    m_table->setObjectName(QStringLiteral("agreementTable"));
    m_table->setAccessibleName(tr("Agreement of predictions"));
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 10);
    m_table->verticalHeader()->setMaximumWidth(260);
    m_table->verticalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setHighlightSections(false);
    connect(m_table, &QTableView::clicked, this, &AgreementPanel::choose);
    connect(m_table, &QTableView::activated, this, &AgreementPanel::choose);
    connect(m_table, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &place) { popUpMenu(m_table->viewport()->mapToGlobal(place)); });
}

void AgreementPanel::buildControls() {
    m_measure->setObjectName(QStringLiteral("agreementMeasure"));
    m_measure->setAccessibleName(tr("Evaluation"));
    m_measure->setToolTip(tr("The evaluation whose predictions are compared"));
    m_order->setObjectName(QStringLiteral("agreementOrder"));
    m_order->setAccessibleName(tr("Order"));
    m_order->setToolTip(tr("Order of the runs"));
    m_order->addItem(tr("Similar runs together"), Similar);
    m_order->addItem(tr("As in the table"), AsInTable);
    m_order->setCurrentIndex(QSettings().value(orderKey).toInt() == AsInTable ? AsInTable : Similar);
    for (QComboBox *box : {m_measure, m_order}) {
        box->setMinimumContentsLength(8); // in a narrow window
        box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
        WheelGuard::install(box);
    }
    connect(m_measure, &QComboBox::activated, this, [this] {
        QSettings().setValue(measureKey, m_measure->currentData());
        ask();
    });
    connect(m_order, &QComboBox::activated, this, [this] {
        QSettings().setValue(orderKey, m_order->currentData());
        ask();
    });
    connect(m_save, &QToolButton::clicked, this,
            [this] { popUpMenu(m_save->mapToGlobal(m_save->rect().bottomLeft())); });
    m_hint->setObjectName(QStringLiteral("agreementHint"));
    m_hint->setWordWrap(true);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_measure);
    row->addWidget(m_order);
    row->addStretch(1);
    row->addWidget(m_save);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(row);
    column->addWidget(m_hint);
    column->addWidget(m_table, 1);
}

// ---- what is compared

void AgreementPanel::setRuns(const FigureRuns &runs) {
    m_runs = runs;
    fillMeasures();
    ask();
}

/// Those that at least one run has, the most frequent first.
void AgreementPanel::fillMeasures() {
    const QStringList known = accuracyFields(m_runs);
    QStringList shown;
    for (int i = 0; i < m_measure->count(); ++i)
        shown.append(m_measure->itemData(i).toString());
    if (known == shown)
        return; // it may be open
    const QSignalBlocker blocker(m_measure);
    m_measure->clear();
    for (const QString &field : known)
        m_measure->addItem(figureFieldTitle(field), field);
    m_measure->setCurrentIndex(std::max(0, m_measure->findData(QSettings().value(measureKey))));
}

void AgreementPanel::ask() {
    AgreementRequest request;
    request.isOrdered = m_order->currentData().toInt() == Similar;
    m_left = 0;
    for (const SelectedRuns &entity : m_runs.entities())
        for (const RunPtr &run : entity.runs)
            if (const Result *result = resultOf(*run, m_measure->currentData().toString());
                result != nullptr && request.results.size() < mostRuns)
                request.results.push_back({run, result->key, result->value, result->detail});
            else
                ++m_left;
    if (isSame(request, m_asked) && (m_reader.isReading() || m_model->rowCount() > 0))
        return;
    m_asked = request;
    m_reader.ask(request);
}

void AgreementPanel::show(const AgreementAnswer &answer) {
    m_hint->setText(hint(answer));
    m_table->setVisible(answer.results.size() > 1);
    m_save->setEnabled(answer.results.size() > 1);
    m_model->setAnswer(answer);
    resizeCells();
}

void AgreementPanel::resizeCells() {
    const int width = fontMetrics().horizontalAdvance(QStringLiteral("100.0 %")) + 20;
    for (int column = 0; column < m_model->columnCount(); ++column)
        m_table->setColumnWidth(column, width);
}

QString AgreementPanel::hint(const AgreementAnswer &answer) const {
    if (!answer.problem.isEmpty())
        return tr("The predictions cannot be compared: %1").arg(answer.problem);
    QStringList parts;
    if (answer.results.size() < 2)
        parts.append(tr("Select two or more evaluated runs above to see for how many images they predict the "
                        "same class."));
    else
        parts.append(tr("Share of images for which two encoders predict the same class. A click shows the "
                        "images on which they differ."));
    if (answer.withoutPredictions > 0)
        parts.append(tr("Runs that were evaluated without storing predictions: %1. Evaluate them again.")
                         .arg(answer.withoutPredictions));
    if (m_left > 0)
        parts.append(tr("Runs that are not shown, because they have no such evaluation or are beyond the "
                        "first %1: %2.")
                         .arg(mostRuns)
                         .arg(m_left));
    return parts.join(QLatin1Char(' '));
}

// ---- actions

void AgreementPanel::choose(const QModelIndex &cell) {
    const AgreementAnswer &answer = m_model->answer();
    const auto row = static_cast<std::size_t>(cell.row());
    const auto column = static_cast<std::size_t>(cell.column());
    if (cell.isValid() && row != column && answer.at(row, column).common > 0)
        Q_EMIT disagreementRequested(answer.results[row].run->id, answer.results[column].run->id,
                                     answer.results[row].key);
}

void AgreementPanel::popUpMenu(const QPoint &globalPosition) {
    popUpExportMenu(*this, globalPosition, [this] {
        return exportedTable(
            *m_table, m_measure->currentText(), m_hint->text(), [this] { return m_model->asCsv(); },
            m_model->rowCount() > 1);
    });
}

} // namespace simclr::ui
