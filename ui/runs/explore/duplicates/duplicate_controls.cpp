// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/explore/duplicates/duplicate_controls.h"

#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>

namespace simclr::ui {

DuplicateControls::DuplicateControls(QWidget *parent)
    : QWidget(parent),
      m_by(new QComboBox),
      m_threshold(new QDoubleSpinBox),
      m_onlyLeaks(new QCheckBox(tr("Only leaks"))),
      m_start(new QPushButton),
      m_progress(new QProgressBar),
      m_status(new ElidedLabel) {
    buildFields();
    auto *thresholdTitle = plainLabel(tr("Cosine above"));
    thresholdTitle->setBuddy(m_threshold);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_by);
    row->addWidget(thresholdTitle);
    row->addWidget(m_threshold);
    row->addWidget(m_onlyLeaks);
    row->addWidget(m_start);
    row->addWidget(m_progress);
    row->addWidget(m_status, 1);
    connect(m_start, &QPushButton::clicked, this,
            [this] { m_isSearching ? Q_EMIT cancelRequested() : Q_EMIT searchRequested(); });
    connect(m_by, &QComboBox::activated, this, &DuplicateControls::edited);
    connect(m_onlyLeaks, &QCheckBox::clicked, this, &DuplicateControls::edited);
    connect(m_threshold, &QDoubleSpinBox::valueChanged, this, &DuplicateControls::edited);
    setSearching(false);
}

void DuplicateControls::buildFields() {
    m_by->setObjectName(QStringLiteral("comparedBy"));
    m_by->setAccessibleName(tr("Compare by"));
    m_by->setToolTip(
        tr("What the images are compared by. An encoder that was trained briefly finds nearly all "
           "images similar: then compare thumbnails."));
    m_by->addItem(tr("Encoder output h"), int(ComparedBy::H));
    m_by->addItem(tr("Projections z"), int(ComparedBy::Z));
    m_by->addItem(tr("Thumbnails"), int(ComparedBy::Thumbnails));
    m_by->setItemData(2, tr("16 × 16 pixels minus their mean; needs no encoder"), Qt::ToolTipRole);
    m_threshold->setObjectName(QStringLiteral("duplicateThreshold"));
    m_threshold->setToolTip(tr("Pairs with a larger cosine are listed; a smaller value lists more pairs"));
    m_threshold->setRange(0, 0.9999);
    m_threshold->setDecimals(4);
    m_threshold->setSingleStep(0.005);
    m_threshold->setValue(0.98);
    m_threshold->setKeyboardTracking(false);
    m_onlyLeaks->setObjectName(QStringLiteral("onlyLeaks"));
    m_onlyLeaks->setToolTip(
        tr("List only pairs in different splits: what is measured on one was seen in the other"));
    m_start->setObjectName(QStringLiteral("findDuplicates"));
    m_progress->setObjectName(QStringLiteral("duplicateProgress"));
    m_progress->setMaximumWidth(140);
    m_progress->setTextVisible(false);
    m_status->setObjectName(QStringLiteral("duplicateStatus"));
}

DuplicateRequest DuplicateControls::request() const {
    DuplicateRequest request;
    request.by = ComparedBy(m_by->currentData().toInt());
    request.threshold = m_threshold->value();
    request.onlyLeaks = m_onlyLeaks->isChecked();
    return request;
}

void DuplicateControls::setSearching(bool isSearching) {
    m_isSearching = isSearching;
    m_start->setText(isSearching ? tr("Cancel") : tr("Find pairs"));
    m_start->setToolTip(isSearching ? tr("Stop the search")
                                    : tr("Compare all images of the run with each other"));
    m_progress->setVisible(isSearching);
    if (isSearching)
        showProgress(0, 0);
}

void DuplicateControls::showProgress(std::size_t done, std::size_t all) {
    m_progress->setRange(0, int(all));
    m_progress->setValue(int(done));
    if (m_isSearching)
        m_status->setText(all == 0 ? tr("Comparing …")
                                   : tr("%1 of %2 images").arg(countText(done), countText(all)));
}

void DuplicateControls::showStatus(const QString &status) {
    m_status->setText(status);
}

} // namespace simclr::ui
