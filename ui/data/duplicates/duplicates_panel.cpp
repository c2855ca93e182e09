// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/duplicates/duplicates_panel.h"

#include "ui/data/duplicates/duplicate_text.h"
#include "ui/data/duplicates/group_delegate.h"
#include "ui/data/duplicates/group_model.h"
#include "ui/data/wall/tile_loader.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QListView>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>

namespace simclr::ui {

DuplicatesPanel::DuplicatesPanel(DataStudy &study, QWidget *parent)
    : QWidget(parent),
      m_study(study),
      m_similarity(new QComboBox),
      m_search(new QPushButton),
      m_progress(new QProgressBar),
      m_status(new ElidedLabel),
      m_counts(plainLabel()),
      m_onlyLeaks(new QCheckBox(tr("Only between training and held-out images"))),
      m_which(new QComboBox),
      m_leaveOut(new QPushButton(tr("Leave these out"))),
      m_result(new QWidget),
      m_model(new GroupModel(this)),
      m_tiles(new TileLoader(qint64{32} << 20, this)),
      m_list(new QListView),
      m_stack(new QStackedWidget),
      m_empty(new EmptyState(QStringLiteral("edit-copy"), {}, {})) {
    setObjectName(QStringLiteral("duplicatesPanel"));
    buildSearch();
    buildList();
    buildLayout();
    connectParts();
    showState();
}

void DuplicatesPanel::buildSearch() {
    m_similarity->setObjectName(QStringLiteral("duplicateSimilarity"));
    m_similarity->setAccessibleName(tr("How similar"));
    m_similarity->setToolTip(
        tr("How similar two images must be. Brightness, contrast, tint, size, compression "
           "and small shifts do not count; mirrored images are not found."));
    m_similarity->addItem(tr("Equal images"), 1.0);
    m_similarity->addItem(tr("Nearly equal images"), DuplicateImageOptions{}.similarity);
    m_similarity->addItem(tr("Similar images"), 0.6);
    m_similarity->setCurrentIndex(1);
    m_search->setObjectName(QStringLiteral("findImageDuplicates"));
    m_progress->setObjectName(QStringLiteral("imageDuplicateProgress"));
    m_progress->setTextVisible(false);
    m_progress->setMaximumWidth(140);
    m_status->setObjectName(QStringLiteral("imageDuplicateStatus"));
    m_counts->setObjectName(QStringLiteral("duplicateCounts"));
    m_counts->setWordWrap(true);
    m_onlyLeaks->setObjectName(QStringLiteral("onlyImageLeaks"));
    m_onlyLeaks->setToolTip(tr("Only groups with an image that is trained on and one that is evaluated on: "
                               "what is measured on one was seen in the other"));
    m_which->setObjectName(QStringLiteral("leaveOutWhich"));
    m_which->setAccessibleName(tr("Which images are left out"));
    m_which->setToolTip(tr("Of each group, a test image is kept before a validation image, and that before a "
                           "training image"));
    m_which->addItem(tr("All but one of each group"), int(LeaveOut::AllButOne));
    m_which->addItem(tr("Training images that are also held out"), int(LeaveOut::TrainingCopies));
    m_which->addItem(tr("Held-out images that are also trained on"), int(LeaveOut::HeldOutCopies));
    m_leaveOut->setObjectName(QStringLiteral("leaveOutDuplicates"));
    m_leaveOut->setToolTip(tr("Opens the images again without these, and keeps the list as a selection"));
}

void DuplicatesPanel::buildList() {
    m_list->setObjectName(QStringLiteral("duplicateGroups"));
    m_list->setAccessibleName(tr("Groups of near-duplicates"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new GroupDelegate(*m_tiles, m_list));
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMinimumHeight(80);
    m_empty->setObjectName(QStringLiteral("noDuplicates"));
}

QBoxLayout *DuplicatesPanel::searchRow() {
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_similarity);
    row->addWidget(m_search);
    row->addWidget(m_progress);
    row->addWidget(m_status, 1);
    return row;
}

QBoxLayout *DuplicatesPanel::leaveOutRow() {
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_which);
    row->addWidget(m_leaveOut);
    row->addStretch(1);
    return row;
}

void DuplicatesPanel::buildLayout() {
    auto *result = new QVBoxLayout(m_result);
    result->setContentsMargins(0, 0, 0, 0);
    result->setSpacing(8);
    result->addWidget(m_counts);
    result->addLayout(leaveOutRow());
    result->addWidget(m_onlyLeaks);
    result->addWidget(m_list, 1);
    auto *emptyPage = new QWidget;
    (new QVBoxLayout(emptyPage))->addWidget(m_empty, 0, Qt::AlignCenter);
    m_stack->addWidget(emptyPage);
    m_stack->addWidget(m_result);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(searchRow());
    layout->addWidget(m_stack, 1);
}

void DuplicatesPanel::connectParts() {
    connect(m_search, &QPushButton::clicked, this, &DuplicatesPanel::press);
    connect(&m_study, &DataStudy::duplicatesChanged, this, &DuplicatesPanel::showState);
    connect(&m_study, &DataStudy::splitsChanged, this, &DuplicatesPanel::showFound);
    connect(&m_study, &DataStudy::searchProgressed, this, &DuplicatesPanel::showProgress);
    connect(m_onlyLeaks, &QCheckBox::toggled, this, &DuplicatesPanel::showFound);
    connect(m_which, &QComboBox::activated, this, &DuplicatesPanel::showFound);
    connect(m_leaveOut, &QPushButton::clicked, this, [this] { Q_EMIT leaveOutRequested(toLeaveOut()); });
    connect(m_list, &QListView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT wallRequested(m_model->group(index.row())); });
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &DuplicatesPanel::loadVisible);
    connect(m_list->verticalScrollBar(), &QScrollBar::valueChanged, &m_soon, qOverload<>(&QTimer::start));
    connect(m_list->verticalScrollBar(), &QScrollBar::rangeChanged, &m_soon, qOverload<>(&QTimer::start));
    connect(m_tiles, &TileLoader::loaded, m_list->viewport(), qOverload<>(&QWidget::update));
}

void DuplicatesPanel::press() {
    if (m_study.isSearching())
        m_study.cancelSearch();
    else
        m_study.findDuplicates(m_similarity->currentData().toDouble());
}

void DuplicatesPanel::showState() {
    const bool isSearching = m_study.isSearching();
    m_search->setEnabled(m_study.dataset() != nullptr);
    m_search->setText(isSearching ? tr("Cancel") : tr("Find duplicates"));
    m_search->setToolTip(isSearching ? tr("Stop the search") : tr("Compare all images with each other"));
    m_similarity->setEnabled(!isSearching);
    m_progress->setVisible(isSearching);
    m_progress->setRange(0, 0);
    m_status->clear();
    m_tiles->setDataset(m_study.dataset());
    showFound();
}

void DuplicatesPanel::showProgress(DuplicateStage stage, qulonglong done, qulonglong all) {
    m_progress->setRange(0, 1000);
    m_progress->setValue(all > 0 ? int(1000 * done / all) : 0);
    m_status->setText(stageText(stage, done, all));
}

std::vector<std::uint32_t> DuplicatesPanel::toLeaveOut() const {
    if (!m_study.duplicates() || !m_study.splits())
        return {};
    return samplesToLeaveOut(*m_study.duplicates(), *m_study.dataset(), m_study.splits()->splitOfEach,
                             LeaveOut(m_which->currentData().toInt()));
}

void DuplicatesPanel::showFound() {
    const DuplicateImagesPtr found = m_study.duplicates();
    m_model->setGroups(m_study.dataset(), found, m_study.splits(), m_onlyLeaks->isChecked());
    const bool hasPairs = found && !found->pairs.empty();
    m_stack->setCurrentIndex(hasPairs ? 1 : 0);
    if (!found)
        m_empty->setTexts(tr("Duplicates"),
                          tr("Finds images that are equal or nearly equal, within and between splits. A test "
                             "image that was trained on makes every accuracy too high."));
    else if (!hasPairs)
        m_empty->setTexts(tr("No duplicates"), nothingFoundText(*found));
    m_counts->setText(hasPairs && m_study.splits() ? foundText(*found, *m_study.splits()) : QString());
    const std::size_t count = toLeaveOut().size();
    m_leaveOut->setEnabled(count > 0);
    m_leaveOut->setText(count > 0 ? tr("Leave these %1 out").arg(countText(count)) : tr("Leave these out"));
    m_soon.start();
}

/// On another screen thumbnails may have other pixels.
bool DuplicatesPanel::event(QEvent *event) {
    if (event->type() == QEvent::Show || event->type() == QEvent::ScreenChangeInternal)
        m_soon.start();
    return QWidget::event(event);
}

void DuplicatesPanel::loadVisible() {
    m_tiles->setSide(GroupDelegate::side, devicePixelRatioF());
    std::vector<std::uint32_t> samples;
    const int first = std::max(0, m_list->indexAt(QPoint(4, 4)).row());
    for (int row = first; row < m_model->rowCount(); ++row) {
        if (m_list->visualRect(m_model->index(row)).top() > m_list->viewport()->height())
            break;
        const std::vector<std::uint32_t> &group = m_model->group(row);
        const auto count = std::min(group.size(), std::size_t(GroupDelegate::mostImages));
        samples.insert(samples.end(), group.begin(), group.begin() + std::ptrdiff_t(count));
    }
    m_tiles->want(samples);
}

} // namespace simclr::ui
