// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/runs_filter_bar.h"

#include "ui/text/run_text.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSettings>
#include <QToolButton>

namespace simclr::ui {

namespace {

const QString wordsKey = QStringLiteral("runs/filter");
const QString statusKey = QStringLiteral("runs/status");

} // namespace

RunsFilterBar::RunsFilterBar(QWidget *parent)
    : QWidget(parent), m_search(new QLineEdit(this)), m_status(new QComboBox(this)), m_count(mutedLabel()) {
    buildSearch();
    buildStatus();
    m_count->setObjectName(QStringLiteral("runsCount"));
    auto *columns = new QToolButton;
    columns->setObjectName(QStringLiteral("columnsButton"));
    columns->setText(tr("Columns"));
    columns->setToolTip(tr("Chooses the columns of the table"));
    connect(columns, &QToolButton::clicked, this,
            [this, columns] { Q_EMIT columnsRequested(columns->mapToGlobal(QPoint(0, columns->height()))); });
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_search, 1);
    row->addWidget(m_status);
    row->addStretch(1);
    row->addWidget(m_count);
    row->addWidget(columns);
    recall();
    connect(m_search, &QLineEdit::textChanged, this, &RunsFilterBar::edited);
    connect(m_status, &QComboBox::currentIndexChanged, this, &RunsFilterBar::edited);
    connect(this, &RunsFilterBar::edited, this, &RunsFilterBar::remember);
}

void RunsFilterBar::buildSearch() {
    m_search->setObjectName(QStringLiteral("runsSearch"));
    m_search->setPlaceholderText(tr("Filter by name, images, pipeline, encoder"));
    m_search->setAccessibleName(tr("Filter"));
    m_search->setToolTip(tr("Shows only runs that contain every typed word"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(360);
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

QString RunsFilterBar::words() const {
    return m_search->text();
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
    for (int i = 1; i < m_status->count(); ++i)
        m_status->setItemIcon(i, statusIcon(static_cast<RunStatus>(m_status->itemData(i).toInt())));
}

/// A status is stored by its name, because numbers change their meaning when a status is added.
void RunsFilterBar::remember() const {
    QSettings settings;
    settings.setValue(wordsKey, words());
    settings.setValue(statusKey, status() ? QString::fromStdString(statusName(*status())) : QString());
}

void RunsFilterBar::recall() {
    const QSettings settings;
    m_search->setText(settings.value(wordsKey).toString());
    const std::string wanted = settings.value(statusKey).toString().toStdString();
    for (int i = 1; i < m_status->count(); ++i)
        if (statusName(static_cast<RunStatus>(m_status->itemData(i).toInt())) == wanted)
            m_status->setCurrentIndex(i);
}

} // namespace simclr::ui
