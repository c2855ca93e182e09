// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/runs_filter_bar.h"

#include "ui/runs/table/filter_line.h"
#include "ui/text/run_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"
#include "ui/widgets/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSettings>
#include <QToolButton>
#include <algorithm>
#include <utility>

namespace simclr::ui {

namespace {

const QString wordsKey = QStringLiteral("runs/filter");
const QString statusKey = QStringLiteral("runs/status");

} // namespace

RunsFilterBar::RunsFilterBar(QWidget *parent)
    : QWidget(parent),
      m_search(new FilterLine(this)),
      m_status(new QComboBox(this)),
      m_count(mutedLabel()),
      m_problem(plainLabel({}, this)),
      m_row(new QHBoxLayout) {
    buildSearch();
    buildStatus();
    buildRow();
    recall();
    connect(m_search, &QLineEdit::textChanged, this, &RunsFilterBar::edited);
    connect(m_search, &FilterLine::confirmed, this, &RunsFilterBar::edited);
    connect(m_status, &QComboBox::currentIndexChanged, this, &RunsFilterBar::edited);
    connect(this, &RunsFilterBar::edited, this, &RunsFilterBar::remember);
}

void RunsFilterBar::buildRow() {
    m_count->setObjectName(QStringLiteral("runsCount"));
    m_problem->setObjectName(QStringLiteral("filterProblem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *columns = new QToolButton;
    columns->setObjectName(QStringLiteral("columnsButton"));
    columns->setText(tr("Columns"));
    columns->setToolTip(tr("Chooses the columns of the table"));
    connect(columns, &QToolButton::clicked, this,
            [this, columns] { Q_EMIT columnsRequested(columns->mapToGlobal(QPoint(0, columns->height()))); });
    m_row->setSpacing(8);
    m_row->addWidget(m_search, 1);
    m_row->addWidget(m_status);
    m_row->addWidget(m_count);
    m_row->addWidget(columns);
    m_problem->setContentsMargins(8, 4, 8, 4);
    m_row->setContentsMargins(0, 0, 0, 0);
    setLayout(m_row);
}

void RunsFilterBar::addButton(QToolButton *button) {
    m_row->addWidget(button);
}

void RunsFilterBar::buildSearch() {
    m_search->setObjectName(QStringLiteral("runsSearch"));
    m_search->setPlaceholderText(
        tr("Filter: words, or conditions such as linear > 0.8 and encoder = resnet18"));
    m_search->setAccessibleName(tr("Filter"));
    m_search->setToolTip(tr("Shows only runs that contain every word, or that meet the conditions"));
    m_search->setClearButtonEnabled(true);
}

void RunsFilterBar::buildStatus() {
    m_status->setObjectName(QStringLiteral("statusFilter"));
    m_status->setAccessibleName(tr("Status"));
    m_status->setToolTip(tr("Shows only runs of this status"));
    m_status->addItem(tr("every status"));
    for (const RunStatus status : {RunStatus::Running, RunStatus::Completed, RunStatus::Cancelled,
                                   RunStatus::Failed, RunStatus::Interrupted})
        m_status->addItem(statusIcon(status), statusTitle(status), static_cast<int>(status));
}

QString RunsFilterBar::filter() const {
    return m_search->text();
}

void RunsFilterBar::setApplied(const QString &line) {
    if (std::exchange(m_applied, line) != line)
        QSettings().setValue(wordsKey, line);
}

void RunsFilterBar::setFilter(const QString &line) {
    m_search->setText(line);
}

void RunsFilterBar::showProblem(const QString &problem, int from, int length) {
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_search->mark(from, problem.isEmpty() ? 0 : std::max(1, length));
}

std::optional<RunStatus> RunsFilterBar::status() const {
    const QVariant chosen = m_status->currentData();
    return chosen.isValid() ? std::optional(static_cast<RunStatus>(chosen.toInt())) : std::nullopt;
}

void RunsFilterBar::clear() {
    m_search->clear();
    m_status->setCurrentIndex(0);
}

void RunsFilterBar::showCount(int shown, int all) {
    if (shown < all)
        m_count->setText(tr("%1 of %2 runs").arg(countText(shown), countText(all)));
    else
        m_count->setText(all == 1 ? tr("1 run") : tr("%1 runs").arg(countText(all)));
}

void RunsFilterBar::applyLook() {
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, theme::danger());
    m_problem->setPalette(colors);
    for (int i = 1; i < m_status->count(); ++i)
        m_status->setItemIcon(i, statusIcon(static_cast<RunStatus>(m_status->itemData(i).toInt())));
}

/// A status is stored by its name, because numbers change their meaning when a status is added.
void RunsFilterBar::remember() const {
    QSettings settings;
    settings.setValue(statusKey, status() ? QString::fromStdString(statusName(*status())) : QString());
}

void RunsFilterBar::recall() {
    const QSettings settings;
    m_search->setText(settings.value(wordsKey).toString());
    setStatus(settings.value(statusKey).toString());
}

void RunsFilterBar::setStatus(const QString &name) {
    int wanted = 0; // every status
    for (int i = 1; i < m_status->count(); ++i)
        if (statusName(static_cast<RunStatus>(m_status->itemData(i).toInt())) == name.toStdString())
            wanted = i;
    m_status->setCurrentIndex(wanted);
}

} // namespace simclr::ui
