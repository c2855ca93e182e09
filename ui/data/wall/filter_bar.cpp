// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/data/wall/filter_bar.h"

#include "ui/data/wall/column_filter.h"
#include "ui/data/wall/image_wall.h"
#include "ui/widgets/plain_text.h"
#include "ui/widgets/text_labels.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>
#include <QVariant>

namespace simclr::ui {

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent),
      m_class(addBox("wallClass", tr("Class"), tr("Show the images of one class"))),
      m_split(addBox("wallSplit", tr("Split"),
                     tr("Show the images of one split, as a run with the current options would have it"))),
      m_size(addBox("wallSize", tr("Size"),
                    tr("Show images by their shorter side; sizes are known when the images are measured"))),
      m_text(new QLineEdit),
      m_count(new ElidedLabel),
      m_side(new QSlider(Qt::Horizontal)),
      m_column(new ColumnFilter) {
    build();
    connect(m_column, &ColumnFilter::edited, this, &FilterBar::edited);
    for (QComboBox *box : {m_class, m_split, m_size})
        connect(box, &QComboBox::activated, this, &FilterBar::edited);
    m_soon.setSingleShot(true);
    m_soon.setInterval(150);
    connect(&m_soon, &QTimer::timeout, this, &FilterBar::edited);
    connect(m_text, &QLineEdit::textChanged, &m_soon, qOverload<>(&QTimer::start));
    connect(m_side, &QSlider::valueChanged, this, &FilterBar::sideChosen);
    setDataset(nullptr);
}

QComboBox *FilterBar::addBox(const char *name, const QString &title, const QString &toolTip) {
    auto *box = new QComboBox(this);
    box->setObjectName(QLatin1String(name));
    box->setAccessibleName(title);
    box->setToolTip(toolTip);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(8);
    return box;
}

void FilterBar::build() {
    m_text->setObjectName(QStringLiteral("wallName"));
    m_text->setAccessibleName(tr("Part of the name"));
    m_text->setPlaceholderText(tr("Name"));
    m_text->setToolTip(tr("Show images whose name or folder contains this"));
    m_text->setClearButtonEnabled(true);
    m_text->setMinimumWidth(70);
    m_count->setObjectName(QStringLiteral("wallCount"));
    m_side->setObjectName(QStringLiteral("wallTileSize"));
    m_side->setAccessibleName(tr("Size of the thumbnails"));
    m_side->setToolTip(tr("Size of the thumbnails (Ctrl+wheel, + and −)"));
    m_side->setRange(ImageWall::smallestSide, ImageWall::largestSide);
    m_side->setFixedWidth(84);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(6);
    rows->addLayout(firstRow());
    rows->addWidget(m_column);
}

QLayout *FilterBar::firstRow() {
    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    for (QComboBox *box : {m_class, m_split, m_size})
        row->addWidget(box, 1);
    row->addWidget(m_text, 1);
    row->addWidget(m_count, 1);
    row->addWidget(m_side);
    return row;
}

void FilterBar::setDataset(const DatasetPtr &dataset) {
    const QSignalBlocker blocker(m_text);
    m_text->clear();
    for (QComboBox *box : {m_class, m_split})
        box->clear();
    m_class->addItem(tr("All classes"));
    for (int label = 0; dataset && label < dataset->classCount(); ++label)
        m_class->addItem(QString::fromStdString(dataset->report().classNames[std::size_t(label)]), label);
    if (dataset && dataset->isLabelled() && dataset->report().unlabelledImages() > 0)
        m_class->addItem(tr("Without a label"), Dataset::unlabelled);
    m_class->setEnabled(m_class->count() > 1);
    m_split->addItem(tr("All splits"));
    for (std::size_t split = 0; split < DuplicateCounts::splits; ++split)
        m_split->addItem(studiedSplitText(ImageSplit(split)), int(split));
    m_split->setEnabled(dataset != nullptr);
    m_size->setCurrentIndex(0);
    m_column->setDataset(dataset);
}

void FilterBar::setSizesKnown(bool areKnown, int trainingSide) {
    const int chosen = areKnown ? std::max(0, m_size->currentIndex()) : 0;
    m_size->clear();
    m_size->addItem(tr("All sizes"), int(WallFilter::Size::Any));
    m_size->addItem(tr("Below %1 px").arg(countText(trainingSide)), int(WallFilter::Size::Smaller));
    m_size->addItem(tr("From %1 px").arg(countText(trainingSide)), int(WallFilter::Size::Larger));
    m_size->addItem(tr("Not readable"), int(WallFilter::Size::Unreadable));
    m_size->setCurrentIndex(chosen);
    m_size->setEnabled(areKnown);
}

WallFilter FilterBar::filter() const {
    WallFilter filter;
    if (const QVariant label = m_class->currentData(); label.isValid())
        filter.label = label.toInt();
    if (const QVariant split = m_split->currentData(); split.isValid())
        filter.split = ImageSplit(split.toInt());
    filter.size = WallFilter::Size(m_size->currentData().toInt());
    filter.text = m_text->text();
    filter.columnValue = m_column->value();
    return filter;
}

/// What is selected and not shown is not part of an action, and is told apart.
QString FilterBar::selectedText(const Counts &counts) {
    const std::size_t hidden = counts.selected - counts.selectedShown;
    if (hidden == 0)
        return counts.selected > 1 ? tr("%1 selected").arg(countText(counts.selected)) : QString();
    return tr("%1 selected, %2 more not shown").arg(countText(counts.selectedShown), countText(hidden));
}

void FilterBar::setCount(const Counts &counts) {
    const QString images = counts.shown == counts.all
                               ? tr("%1 images").arg(countText(counts.all))
                               : tr("%1 of %2").arg(countText(counts.shown), countText(counts.all));
    const QString selected = selectedText(counts);
    m_count->setText(selected.isEmpty() ? images : tr("%1 · %2").arg(images, selected));
}

void FilterBar::setSide(int side) {
    const QSignalBlocker blocker(m_side);
    m_side->setValue(side);
}

} // namespace simclr::ui
